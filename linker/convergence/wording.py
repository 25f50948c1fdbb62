"""Words in which evidence is told: what a reader is shown of words, subjects and instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from linker.i18n.messages import tr, tr_later
from linker.reading.document_frequencies import background
from linker.reading.record_reading import word_rarity
from linker.vocabulary.instruments import instruments
from linker.vocabulary.official import official_concept, official_instrument, official_name
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
    if named := official_instrument(instrument):
        return named
    title = instruments()[instrument].name
    popular = re.search(r"\((?!Revised)([A-Z][^()0-9]+)\)", title)
    return "the " + (popular.group(1) if popular else re.sub(r" \([a-z][^()]*\)", "", title))


def in_words(kinds: Iterable[str]) -> list[str]:
    """Return kinds of measure as a sentence goes on after "ask to", the rarest first."""
    rarest = sorted(kinds, key=lambda kind: (-background().rarity(f"m:{kind}"), kind))
    return [tr(ACTIONS.get(kind, kind)) for kind in rarest]


def people(groups: Iterable[str]) -> str:
    """Return groups of people in a row."""
    named = [official_name(group) for group in sorted(groups)]
    return listed([name[0].lower() + name[1:] for name in named])


def titles(found: Iterable[str]) -> str:
    """Return instruments in a row, as officers call them."""
    return listed([short_name(instrument) for instrument in sorted(found)])


def concepts(found: Iterable[str]) -> str:
    """Return concepts in a row, the rarest first."""
    rarest = sorted(found, key=lambda name: (-background().rarity(f"c:{name}"), name))
    return listed([official_concept(name) for name in rarest])


def listed(items: Sequence[str]) -> str:
    """Return the first few of some things in a row, and how many more there are."""
    shown = ", ".join(items[:SHOWN])
    if len(items) <= SHOWN:
        return shown
    return tr("{listed} and {left} more", listed=shown, left=len(items) - SHOWN)


def _telling(text: str) -> dict[str, str]:
    """Return the stems that say something, each with the word as the text first writes it."""
    found: dict[str, str] = {}
    for token in tokenise(text):
        root = stem(token.word)
        if carries_meaning(token.word) and word_rarity(root) > 0:
            found.setdefault(root, token.word)
    return found


ACTIONS = {
    "ratify": tr_later("ratify or join a treaty"),
    "withdraw reservations": tr_later("withdraw reservations"),
    "accept procedure or visit": tr_later("accept a procedure or a visit"),
    "legislate": tr_later("make or change laws"),
    "repeal": tr_later("repeal rules"),
    "prohibit or criminalize": tr_later("prohibit or criminalize acts"),
    "decriminalize": tr_later("decriminalize acts"),
    "abolish punishment": tr_later("abolish a punishment"),
    "moratorium": tr_later("suspend a punishment"),
    "retain": tr_later("keep or restore what exists"),
    "define age or threshold": tr_later("set an age limit"),
    "plan or strategy": tr_later("adopt a plan or policy"),
    "institution": tr_later("set up or strengthen an institution"),
    "resources": tr_later("provide money or staff"),
    "investigate and punish": tr_later("investigate and punish"),
    "remedy or compensate": tr_later("give victims a remedy"),
    "protect or assist": tr_later("protect or assist people"),
    "provide access": tr_later("give access to services"),
    "prevent or combat": tr_later("prevent or combat abuses"),
    "train": tr_later("train officials"),
    "raise awareness": tr_later("raise awareness"),
    "teach": tr_later("teach"),
    "collect data": tr_later("collect data"),
    "report": tr_later("report or publish"),
    "monitor": tr_later("monitor or evaluate"),
    "cooperate": tr_later("cooperate or consult"),
    "represent and participate": tr_later("have people take part in decisions"),
    "equal pay or economic": tr_later("improve work, pay or income"),
    "release or stop": tr_later("release people or stop an act"),
    "register or document": tr_later("register or document people"),
    "infrastructure and conditions": tr_later("improve places and conditions"),
    "special measures": tr_later("take special measures for a group"),
    "implement": tr_later("carry out what is agreed"),
}
"""Each kind of measure of data/vocabularies/measures.yaml, as a sentence goes on after "ask to"."""
