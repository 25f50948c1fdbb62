"""The words that ask, bind, introduce and deny in English: ``data/vocabularies/asking.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linker.vocabulary.expressions import one_of
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.language import language
from linker.vocabulary.polarity import NOT_DOING, negations, verbs_of

OPENING = 400
"""Characters of a clause in which its preamble ends and what it asks for begins."""


@dataclass(frozen=True, slots=True)
class AskingWords:
    """The words by which texts in English ask, each list as one expression."""

    asking: re.Pattern[str]
    duty: re.Pattern[str]
    context: re.Pattern[str]
    after_and: re.Pattern[str]
    imperative: re.Pattern[str]
    denied: re.Pattern[str]
    turned: re.Pattern[str]
    turned_lead: re.Pattern[str]
    refusing: re.Pattern[str]


@remembered()
def asking_words() -> AskingWords:
    """Return the words; those that deny are of the vocabulary of polarity."""
    lists = read_yaml(vocabulary_file(language().asking))
    said = {key: [str(value) for value in values] for key, values in lists.items()}
    either = {key: "|".join(values) for key, values in said.items()}
    unambiguous = said["unambiguous_imperatives"]
    denied, not_doing = one_of(negations()), one_of(verbs_of(NOT_DOING))
    return AskingWords(
        denied=re.compile(rf"\b(?:{denied})\b", re.IGNORECASE),
        turned=re.compile(rf"\b(?:{denied}|{not_doing})\b", re.IGNORECASE),
        turned_lead=re.compile(
            rf"\b(?:{denied}|{not_doing})(?:\s+(?:from|to|in|the|any))*\s*(?::\s*)?$", re.IGNORECASE
        ),
        refusing=re.compile(
            rf"(?:(?:do\s+)?(?:{denied})|{not_doing})\s+(?:from\s+|to\s+)?"
            rf"(?:{one_of([*said['imperatives'], *unambiguous])})\b",
            re.IGNORECASE,
        ),
        asking=re.compile(rf"\b(?:{either['asking_verbs']})\b", re.IGNORECASE),
        duty=re.compile(rf"\b(?:{either['duty_verbs']})\b", re.IGNORECASE),
        context=re.compile(rf"\s*(?:{either['context_openers']})", re.IGNORECASE),
        after_and=re.compile(
            r"[,\s](?:(?:(?<=,)\s+|(?<=\s)(?<!\s\s)\s*)"
            r"(?:and|as well as)\s+(?:also\s+|further\s+|to\s+)?"
            r"|(?<=,)\s+(?:to\s+)?)"
            rf"(?=(?:{one_of(unambiguous)})\s)"
        ),
        imperative=re.compile(
            rf"(?:\w+ly\s+)?(?:{one_of([*said['imperatives'], *unambiguous])})\b",
            re.IGNORECASE,
        ),
    )


def begins_ask(clause: str) -> bool:
    """Whether a clause begins with what is to be done: "adopt", "fully implement"."""
    return bool(asking_words().imperative.match(clause))
