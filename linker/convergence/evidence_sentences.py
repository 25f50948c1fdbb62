"""What each kind of evidence found, in the words of somebody who works on human rights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from linker.convergence.scorer import Scorer
from linker.links import Contribution
from linker.reading.ask_table import Floats
from linker.reading.document_frequencies import background
from linker.reading.record_reading import subjects, word_rarity
from linker.vocabulary.groups import groups_in, kinship
from linker.vocabulary.instruments import instruments, named
from linker.vocabulary.phrases import names_in
from linker.vocabulary.tokens import carries_meaning, stem, tokenise

SHOWN = 4
"""Words, subjects or instruments named in one finding."""
PRIOR = "Most pairs of recommendations do not ask for the same thing"


@dataclass(frozen=True, slots=True)
class Compared:
    """The texts that evidence was taken from, without names of committees and of the State.

    Attributes:
        left: one ask.
        right: the other.
        left_record: the whole text it stands in.
        right_record: likewise.
    """

    left: str
    right: str
    left_record: str
    right_record: str


def waterfall(scorer: Scorer, values: Floats, texts: Compared) -> tuple[Contribution, ...]:
    """Return what each kind of evidence adds to the log-odds of the same measure.

    Args:
        scorer: the weights.
        values: the evidence of one pair of asks, in the order of the scorer's kinds.
        texts: what was compared.
    """
    added = scorer.contributions(values)
    return Contribution("prior", PRIOR, scorer.same.intercept), *(
        Contribution(kind, finding(kind, float(value), texts), float(log_odds))
        for kind, value, log_odds in zip(scorer.kinds, values, added, strict=True)
        if log_odds
    )


def finding(kind: str, value: float, texts: Compared) -> str:
    """Return a sentence on what was found, which speaks for the link or against it.

    Args:
        kind: name of the evidence, as in `linker.convergence.evidence.KINDS`.
        value: its value.
        texts: what was compared.
    """
    return _FINDINGS[kind](value, texts)


def shared_words(left: str, right: str) -> tuple[str, ...]:
    """Return the words, as the left text writes them, that both texts share; rarest first."""
    mine, theirs = _telling(left), _telling(right)
    shared = sorted(mine.keys() & theirs.keys(), key=lambda root: (-word_rarity(root), root))
    return tuple(mine[root] for root in shared)


def short_name(instrument: str) -> str:
    """Return what an officer calls an instrument: "the Nelson Mandela Rules"; else its title."""
    title = instruments()[instrument].name
    popular = re.search(r"\((?!Revised)([A-Z][^()0-9]+)\)", title)
    return "the " + (popular.group(1) if popular else re.sub(r" \([a-z][^()]*\)", "", title))


def _telling(text: str) -> dict[str, str]:
    """Return the stems that say something, each with the word as the text first writes it."""
    found: dict[str, str] = {}
    for token in tokenise(text):
        root = stem(token.word)
        if carries_meaning(token.word) and word_rarity(root) > 0:
            found.setdefault(root, token.word)
    return found


def _alike(what: str, *least: float) -> Callable[[float, Compared], str]:
    """Say how close in meaning two texts are, from the least values of three degrees."""
    degrees = ("very close", "close", "only partly alike")

    def describe(value: float, texts: Compared) -> str:
        for degree, bound in zip(degrees, least, strict=True):
            if value >= bound:
                return f"{what} {degree} in meaning"
        return f"{what} far apart in meaning"

    return describe


def _words(value: float, texts: Compared) -> str:
    words = shared_words(texts.left, texts.right)
    if not words:
        return "They have no telling word in common"
    return f"Both use the word{'s' if len(words) > 1 else ''}: {_listed(words)}"


def _within(value: float, texts: Compared) -> str:
    for least, share in ((0.6, "Most"), (0.4, "About half"), (0.2, "Some"), (0.05, "Few")):
        if value >= least:
            return f"{share} of the words of each are found in the other's whole text"
    return "Hardly a word of either is found in the other's whole text"


def _same_subject(value: float, texts: Compared) -> str:
    both = subjects(texts.left) & subjects(texts.right)
    return f"Both are about: {_listed(_rarest(both))}" if both else "They name no common subject"


def _same_subject_of_records(value: float, texts: Compared) -> str:
    left, right = subjects(texts.left_record), subjects(texts.right_record)
    if not left & right:
        return "The two whole texts name no common subject"
    return f"Both whole texts are about: {_listed(_rarest(left & right))}"


def _other_subject(value: float, texts: Compared) -> str:
    if not value:
        return "Their subjects do not exclude one another"
    one, other = _rarest(subjects(texts.left)), _rarest(subjects(texts.right))
    return f"One is about {_listed(one)}, the other about {_listed(other)}"


def _same_action(value: float, texts: Compared) -> str:
    both = _actions(names_in("measures", texts.left) & names_in("measures", texts.right))
    return f"Both ask to {_listed(both)}" if both else "They do not ask for the same kind of action"


def _other_action(value: float, texts: Compared) -> str:
    if not value:
        return "The kinds of action do not exclude one another"
    one, other = (_actions(names_in("measures", text)) for text in (texts.left, texts.right))
    return f"One asks to {_listed(one)}; the other to {_listed(other)}"


def _shared_instruments(value: float, texts: Compared) -> str:
    both = named(texts.left) & named(texts.right)
    return f"Both name {_titles(both)}" if both else "They name no common treaty or standard"


def _ratify_the_same(value: float, texts: Compared) -> str:
    if not value:
        return "They do not ask to ratify the same treaty"
    return f"Both ask to ratify {_titles(named(texts.left) & named(texts.right))}"


def _other_instruments(value: float, texts: Compared) -> str:
    if not value:
        return "They do not name different treaties or standards"
    return f"One names {_titles(named(texts.left))}; the other {_titles(named(texts.right))}"


def _only_one_ratifies(value: float, texts: Compared) -> str:
    if not value:
        return "Both or neither ask to ratify a treaty"
    return "Only one of them asks to ratify a treaty"


def _one_carries_it_out(value: float, texts: Compared) -> str:
    if not value:
        return "Neither asks to carry out what the other asks to ratify"
    both = _titles(named(texts.left) & named(texts.right))
    return f"One asks to ratify {both}, the other to do what it requires"


def _groups(value: float, texts: Compared) -> str:
    one, other = groups_in(texts.left), groups_in(texts.right)
    if kinship(one, other) == "apart":
        return f"One is about {_people(one)}, the other about {_people(other)}"
    shared = one & other
    return f"Both are about {_people(shared)}" if shared else "They do not name different groups"


def _specific(value: float, texts: Compared) -> str:
    for least, what in ((3.2, "Both are specific"), (2.6, "Both are fairly specific")):
        if value >= least:
            return f"{what} in what they ask"
    return "At least one of them is very general in what it asks"


def _opposed(value: float, texts: Compared) -> str:
    return "They ask for opposite things" if value else "They do not ask for opposite things"


def _actions(kinds: Iterable[str]) -> list[str]:
    rarest = sorted(kinds, key=lambda kind: (-background().rarity(f"m:{kind}"), kind))
    return [ACTIONS.get(kind, kind) for kind in rarest]


def _people(groups: Iterable[str]) -> str:
    return _listed([group[0].lower() + group[1:] for group in sorted(groups)])


def _titles(found: Iterable[str]) -> str:
    return _listed([short_name(instrument) for instrument in sorted(found)])


def _rarest(concepts: Iterable[str]) -> list[str]:
    return sorted(concepts, key=lambda name: (-background().rarity(f"c:{name}"), name))


def _listed(items: Sequence[str]) -> str:
    shown = ", ".join(items[:SHOWN])
    return shown + (f" and {len(items) - SHOWN} more" if len(items) > SHOWN else "")


ACTIONS = {
    "ratify": "ratify or join a treaty",
    "withdraw reservations": "withdraw reservations",
    "accept procedure or visit": "accept a procedure or a visit",
    "legislate": "make or change laws",
    "repeal": "repeal rules",
    "prohibit or criminalize": "prohibit or criminalize acts",
    "decriminalize": "decriminalize acts",
    "abolish punishment": "abolish a punishment",
    "moratorium": "suspend a punishment",
    "retain": "keep or restore what exists",
    "define age or threshold": "set an age limit",
    "plan or strategy": "adopt a plan or policy",
    "institution": "set up or strengthen an institution",
    "resources": "provide money or staff",
    "investigate and punish": "investigate and punish",
    "remedy or compensate": "give victims a remedy",
    "protect or assist": "protect or assist people",
    "provide access": "give access to services",
    "prevent or combat": "prevent or combat abuses",
    "train": "train officials",
    "raise awareness": "raise awareness",
    "teach": "teach",
    "collect data": "collect data",
    "report": "report or publish",
    "monitor": "monitor or evaluate",
    "cooperate": "cooperate or consult",
    "represent and participate": "have people take part in decisions",
    "equal pay or economic": "improve work, pay or income",
    "release or stop": "release people or stop an act",
    "register or document": "register or document people",
    "infrastructure and conditions": "improve places and conditions",
    "special measures": "take special measures for a group",
    "implement": "carry out what is agreed",
}
"""Each kind of measure of data/vocabularies/measures.yaml, as a sentence goes on after "ask to"."""

_FINDINGS: dict[str, Callable[[float, Compared], str]] = {
    "meaning": _alike("The two asks are", 0.6, 0.4, 0.2),
    "meaning_across": _alike("One ask and the other's whole text are", 0.65, 0.5, 0.35),
    "meaning_of_records": _alike("The two whole texts are", 0.6, 0.4, 0.2),
    "shared_words": _words,
    "within_record": _within,
    "concept_agreement": _same_subject,
    "other_concepts": _other_subject,
    "concepts_of_records": _same_subject_of_records,
    "measure_agreement": _same_action,
    "other_measure": _other_action,
    "shared_instruments": _shared_instruments,
    "ratify_the_same": _ratify_the_same,
    "other_instruments": _other_instruments,
    "only_one_ratifies": _only_one_ratifies,
    "one_carries_it_out": _one_carries_it_out,
    "other_group": _groups,
    "specific": _specific,
    "opposed": _opposed,
}
