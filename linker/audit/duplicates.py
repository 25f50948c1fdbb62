"""Records that stand twice within one document of a State: word for word, or nearly.

Two records of the UPR by different States are two recommendations even when their words are the
same; only where the recommending States overlap, or one side names none, is it one twice. The same
words in a later cycle are a reiteration, not a repetition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import ceil

from linker.audit.finding import Example, Finding, excerpt, spread
from linker.convergence.candidates import document
from linker.records.record import Record
from linker.vocabulary.groups import groups_in
from linker.vocabulary.instruments import named
from linker.vocabulary.text import fold
from linker.vocabulary.tokens import stems

KIND = "repeated"
NEAR = 0.85
"""Share of the stems of both texts together that must stand in each."""
SHORTEST = 6
"""Stems a text needs before a few different ones may be overlooked."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Pairs = Iterator[tuple[int, int]]


def duplicates(records: Sequence[Record]) -> Iterator[Finding]:
    """Yield records that are repeated within their document, word for word and nearly.

    Args:
        records: all records.
    """
    documents: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        documents[record.state, *document(record)].append(record)
    exact: list[list[Record]] = []
    near: list[list[Record]] = []
    for _, members in sorted(documents.items()):
        exact += _grouped(members, _same_text(members))
        known = {frozenset((a.id, b.id)) for group in exact for a in group for b in group}
        pairs = (
            (a, b)
            for a, b in _near_text(members)
            if frozenset((members[a].id, members[b].id)) not in known
        )
        near += _grouped(members, pairs)
    if exact:
        yield _finding("Records with the same text twice in a document", exact, len(records))
    if near:
        yield _finding("Records with nearly the same text in a document", near, len(records))


def _same_text(members: Sequence[Record]) -> Pairs:
    by_text: dict[str, list[int]] = defaultdict(list)
    for row, record in enumerate(members):
        by_text[fold(record.text)].append(row)
    for rows in by_text.values():
        for place, row in enumerate(rows):
            yield from ((row, other) for other in rows[place + 1 :])


def _near_text(members: Sequence[Record]) -> Pairs:
    """Yield pairs that share nearly all stems and name the same numbers, treaties and groups.

    Prefix filtering: two sets that share 85 % of their stems share one of the rarest 15 % of each,
    so only records that do are compared at all.
    """
    words = [frozenset(stems(record.text)) for record in members]
    often = Counter(stem for one in words for stem in one)
    waiting: dict[str, list[int]] = defaultdict(list)
    for row, mine in enumerate(words):
        rarest = sorted(mine, key=lambda stem: (often[stem], stem))
        rarest = rarest[: len(mine) - ceil(NEAR * len(mine)) + 1]
        for other in sorted({other for stem in rarest for other in waiting[stem]}):
            if _alike(mine, words[other]) and _same_facts(members[row].text, members[other].text):
                yield other, row
        for stem in rarest:
            waiting[stem].append(row)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < SHORTEST:
        return one == other and len(one) > 1
    return len(one & other) >= NEAR * len(one | other)


def _same_facts(one: str, other: str) -> bool:
    facts: tuple[Callable[[str], object], ...] = (_numbers, groups_in, named)
    return all(fact(one) == fact(other) for fact in facts)


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))


def _grouped(members: Sequence[Record], pairs: Pairs) -> list[list[Record]]:
    """Return records that are one and the same, together, by the pairs among them."""
    home: dict[int, set[int]] = {}
    for one, other in pairs:
        if _of_different_states(members[one], members[other]):
            continue
        together = home.get(one, {one}) | home.get(other, {other})
        home.update(dict.fromkeys(together, together))
    groups = {min(rows): sorted(rows) for rows in home.values()}
    return [[members[row] for row in rows] for _, rows in sorted(groups.items())]


def _of_different_states(one: Record, other: Record) -> bool:
    mine, theirs = set(one.recommending_states), set(other.recommending_states)
    return bool(mine and theirs) and not mine & theirs


def _finding(title: str, groups: list[list[Record]], total: int) -> Finding:
    return Finding(
        kind=KIND,
        severity="check",
        title=title,
        count=sum(len(group) for group in groups),
        total=total,
        of="records",
        meaning="The same recommendation seems to be here more than once, so it is counted twice.",
        remedy="Where two are one, `linker merge A B` makes one record of them, and can be undone.",
        examples=tuple(
            Example(group[0].id, excerpt(group[0].text), f"also {_others(group[1:])}")
            for group in spread(groups)
        ),
        cases=tuple(tuple(record.id for record in group) for group in groups),
    )


def _others(group: Sequence[Record]) -> str:
    ids = [record.id for record in group]
    return ", ".join(ids) if len(ids) <= 3 else f"{', '.join(ids[:3])} and {len(ids) - 3} others"
