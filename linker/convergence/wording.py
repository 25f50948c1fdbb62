"""Words in which evidence is told: what a reader is shown of words, subjects and instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from linker.reading.document_frequencies import background
from linker.reading.record_reading import word_rarity
from linker.vocabulary.instruments import instruments
from linker.vocabulary.tokens import carries_meaning, stem, tokenise

SHOWN = 4
"""Words, subjects or instruments named in one finding."""


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


def in_words(kinds: Iterable[str]) -> list[str]:
    """Return kinds of measure as a sentence goes on after "ask to", the rarest first."""
    rarest = sorted(kinds, key=lambda kind: (-background().rarity(f"m:{kind}"), kind))
    return [ACTIONS.get(kind, kind) for kind in rarest]


def people(groups: Iterable[str]) -> str:
    """Return groups of people in a row."""
    return listed([group[0].lower() + group[1:] for group in sorted(groups)])


def titles(found: Iterable[str]) -> str:
    """Return instruments in a row, as officers call them."""
    return listed([short_name(instrument) for instrument in sorted(found)])


def rarest(concepts: Iterable[str]) -> list[str]:
    """Return concepts, the rarest first."""
    return sorted(concepts, key=lambda name: (-background().rarity(f"c:{name}"), name))


def listed(items: Sequence[str]) -> str:
    """Return the first few of some things in a row, and how many more there are."""
    shown = ", ".join(items[:SHOWN])
    return shown + (f" and {len(items) - SHOWN} more" if len(items) > SHOWN else "")


def _telling(text: str) -> dict[str, str]:
    """Return the stems that say something, each with the word as the text first writes it."""
    found: dict[str, str] = {}
    for token in tokenise(text):
        root = stem(token.word)
        if carries_meaning(token.word) and word_rarity(root) > 0:
            found.setdefault(root, token.word)
    return found


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
