"""Puts the English of a phrase into the form that the phrase before it asks for.

A lexicon gives words as a dictionary does: "abstenerse de expulsar" is "refrain from" and "expel".
Which way an ask goes is read from its grammar (`linker.reading.scope_reader`), and "from" turns
nothing that "expel" does: it has to be "refrain from expelling". A language without a word for
"of" says it by what stands next to what: "احتجاز الأطفال", "detention of children".
"""

from __future__ import annotations

import re

from linker.vocabulary.polarity import Expression, forms, polarity
from linker.vocabulary.tokens import words

NOTHING = Expression((), "plain")
"""What a phrase begins with where no expression of the vocabulary stands there."""
_GOVERNING = frozenset({"from", "without", "by", "including", "stop", "cease", "avoid"})
"""Words after which a verb stands in its -ing form; "including by" is said of what is done."""
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$|(?:pel|cur|fer|mmit|[bdr]mit)$")
"""Verbs whose last letter is doubled before it."""
_NOUN = re.compile(r"(?:tion|sion|ment|ance|ence|ture|ing|age|sal|tions|sions|ments)$")
"""Endings of nouns that say what is done."""


def expression(english: str) -> Expression:
    """Return the expression that some English begins with; `NOTHING` where none does."""
    said = words(english)
    return next(polarity().at(said, 0), NOTHING) if said else NOTHING


def governed(before: str, english: str, genitive: bool) -> str:
    """Return the English of a phrase as it stands after another.

    Args:
        before: the English right before it; empty where a stop or nothing stands there.
        english: its own, as the lexicon gives it.
        genitive: whether the language has no word for "of".
    """
    last = words(before)[-1:]
    begins = expression(english)
    first, blank, rest = english.partition(" ")
    if last and first == "be" and last[0] in ("of", *_GOVERNING):
        return f"being{blank}{rest}"
    if last and last[0] in _GOVERNING and begins.form == "plain":
        by = "by " if last[0] == "including" else ""
        return f"{by}{gerund(first.lower())}{blank}{rest}"
    if genitive and last and _acted_on(last[0], begins):
        return f"of {english}"
    return english


def gerund(verb: str) -> str:
    """Return the -ing form of a verb."""
    made = [text for form, text in forms(verb, polarity().irregular.get(verb, ())) if form == "ing"]
    return made[-1 if _DOUBLED.search(verb) else 0] if made else verb


def _acted_on(noun: str, begins: Expression) -> bool:
    """Whether what follows a noun is what is done to something, and no verb, joint or denial."""
    is_noun = bool(_NOUN.search(noun)) and not expression(noun).form
    return is_noun and begins.kind in ("plain", "harm") and not begins.form
