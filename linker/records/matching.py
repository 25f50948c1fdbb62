"""Which known record each record of a new source is: by id, by number, by its words.

Rows of one file with different ids are never joined: each takes at most one known record, and no
two take the same. What is certain is joined, what is only likely is told, for a person to decide.
Certain is, the surest first:

1. the same id, or one that stands in its place (``~`` and six digits), and most words the same;
2. the same number: symbol and paragraph, or State, cycle and paragraph, and most words the same;
3. of the same State, mechanism and cycle (body and year outside the UPR), with a number missing on
   one side: the same words, or nearly the same and a recommending State in common;
4. in a new version of a file, what is left of the old one: the same words, or most of them in the
   same row. Only here may the State differ.

Two recommendations in the same words by different States are two, and two numbers of one document
are two whatever they say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from linker.records.ids import report_symbol, told_apart
from linker.records.record import Record
from linker.records.statements import family_name
from linker.vocabulary.text import fold

STAYS = 0.5
"""Share of the words of the longer text from which on a text is a new wording of another."""
NEARLY = 0.8
"""Share from which on two texts of one review are one recommendation."""
LIKELY = 0.6
"""Share from which on they may be."""
RARE = 3
"""Rarest words of a text by which others like it are looked for."""
_TOLD_APART = re.compile(r"~[0-9a-f]{6}$")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Known:
    """A record that sources gave before.

    Attributes:
        record: as it counts now.
        names: ids under which sources gave it.
        rows: where it stands in the earlier version of the new file, such as "row 12".
    """

    record: Record
    names: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


@dataclass
class Matches:
    """Which record each id of a new source is.

    Attributes:
        record_of: id in the source -> id of a record, known or new.
        joined: ids joined with a record of another source by number or words.
        doubtful: (id in the source, id of a known record) that may be one.
        clashes: (id in the source, id of its own record): that id has an unrelated text already.
    """

    record_of: dict[str, str] = field(default_factory=dict)
    joined: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[tuple[str, str]] = field(default_factory=list)


class _Text:
    """A text as it is compared."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.words = Counter(_WORD.findall(self.folded))
        self.length = sum(self.words.values())

    def share(self, other: _Text) -> float:
        """Return the share of the longer text's words that both have, 0 to 1."""
        longest = max(self.length, other.length)
        return (self.words & other.words).total() / longest if longest else 0.0

    def related(self, other: _Text) -> bool:
        """Whether one is a wording, or a part, of the other."""
        if self.folded == other.folded:
            return True
        parts = self.folded in other.folded or other.folded in self.folded
        return parts or self.share(other) > STAYS


def family(record_id: str) -> str:
    """Return an id without what tells several texts under it apart."""
    return _TOLD_APART.sub("", record_id)


class Matcher:
    """Matches the records of one new source, State by State and at last across States.

    Args:
        file: name of the new file.
        apart: (record id, id in a source) that a person parted: never joined again.
    """

    def __init__(self, file: str, apart: Iterable[tuple[str, str]] = ()) -> None:
        self.found = Matches()
        self._family = family_name(file)
        self._apart = set(apart)
        self._taken: set[str] = set()
        self._texts: dict[str, _Text] = {}

    def match(self, new: Sequence[Record], known: Sequence[Known]) -> None:
        """Match records of one State, each id once, with the known ones that may be the same."""
        self._texts.clear()
        self._assign(self._by_id(new, known))
        self._assign(self._by_number(new, known), joined=True)
        self._assign(self._by_words(new, known), joined=True)

    def match_versions(self, new: Sequence[Record], known: Sequence[Known]) -> None:
        """Match what is left of a file with what is left of its earlier version."""
        self._texts.clear()
        self._assign(self._by_version(new, known))

    def settle(self, new: Iterable[Record], taken: Iterable[str]) -> None:
        """Give each record that is none of the known ones an id of its own.

        Args:
            new: the records of the source.
            taken: ids that known records have.
        """
        there = set(taken)
        for record in new:
            if record.id in self.found.record_of:
                continue
            own = record.id
            if own in there or own in self._taken:
                own = told_apart(record).id
                self.found.clashes.append((record.id, own))
            self.found.record_of[record.id] = own
            self._taken.add(own)

    # Candidates -----------------------------------------------------------------------------------

    def _by_id(self, new: Sequence[Record], known: Sequence[Known]) -> Iterator[_Pair]:
        families: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            for name in {family(i) for i in (one.record.id, *one.names)}:
                families[name].append(one)
        for record in new:
            for one in families.get(family(record.id), ()):
                mine, theirs = self._text(record), self._text(one.record)
                if self._may_be(record, one) and mine.related(theirs):
                    same_id = record.id in (one.record.id, *one.names)
                    same = mine.folded == theirs.folded
                    rank = (not same, not same_id, -mine.share(theirs))
                    yield _Pair(rank, record.id, one.record.id)

    def _by_number(self, new: Sequence[Record], known: Sequence[Known]) -> Iterator[_Pair]:
        numbered: dict[tuple[str, ...], list[Known]] = defaultdict(list)
        for one in self._free(known):
            for key in _numbers(one.record):
                numbered[key].append(one)
        for record in self._open(new):
            for key in _numbers(record):
                for one in numbered.get(key, ()):
                    mine, theirs = self._text(record), self._text(one.record)
                    if not _two_numbers(record, one.record) and mine.related(theirs):
                        yield _Pair((-mine.share(theirs),), record.id, one.record.id)

    def _by_words(self, new: Sequence[Record], known: Sequence[Known]) -> Iterator[_Pair]:
        free = [one for one in self._free(known) if one.record.state]
        open_ones = [record for record in self._open(new) if record.state]
        if not free or not open_ones:
            return
        often = Counter(word for one in free for word in self._text(one.record).words)
        by_word: dict[str, list[Known]] = defaultdict(list)
        same: dict[str, list[Known]] = defaultdict(list)
        for one in free:
            same[self._text(one.record).folded].append(one)
            for word in self._text(one.record).words:
                by_word[word].append(one)
        for record in open_ones:
            near = [one for word in self._rarest(record, often) for one in by_word.get(word, ())]
            seen = {one.record.id: one for one in (*same[self._text(record).folded], *near)}
            for one in seen.values():
                if _may_be_one(record, one.record):
                    yield from self._likeness(record, one)

    def _likeness(self, record: Record, one: Known) -> Iterator[_Pair]:
        mine, theirs = self._text(record), self._text(one.record)
        share = 1.0 if mine.folded == theirs.folded else mine.share(theirs)
        by, also_by = set(record.recommending_states), set(one.record.recommending_states)
        common = len(by & also_by)
        if by and also_by and not common:
            return
        sure = share == 1 or (share >= NEARLY and common > 0)
        part = mine.length >= RARE and common > 0 and mine.folded in theirs.folded
        if share >= LIKELY or part:
            yield _Pair((not sure, -share, -common), record.id, one.record.id, sure)

    def _by_version(self, new: Sequence[Record], known: Sequence[Known]) -> Iterator[_Pair]:
        same: dict[str, list[Known]] = defaultdict(list)
        placed: dict[str, list[Known]] = defaultdict(list)
        for one in self._free(known):
            same[self._text(one.record).folded].append(one)
            for row in one.rows:
                placed[row].append(one)
        for record in self._open(new):
            mine = self._text(record)
            for one in same.get(mine.folded, ()):
                yield _Pair((0, record.row not in one.rows), record.id, one.record.id)
            for one in placed.get(record.row, ()):
                if mine.related(self._text(one.record)):
                    yield _Pair((1, False), record.id, one.record.id)

    # Choosing -------------------------------------------------------------------------------------

    def _assign(self, pairs: Iterable[_Pair], joined: bool = False) -> None:
        """Take the surest pair first; of equally sure ones that exclude one another, none."""
        ranked = sorted({(p.rank, p.new, p.known, p.sure) for p in pairs})
        best: dict[tuple[object, ...], int] = Counter(
            (rank, side, key) for rank, new, old, _ in ranked for side, key in ((0, new), (1, old))
        )
        for rank, new, old, sure in ranked:
            if new in self.found.record_of or old in self._taken or (old, new) in self._apart:
                continue
            if joined and (not sure or best[rank, 0, new] > 1 or best[rank, 1, old] > 1):
                self.found.doubtful.append((new, old))
                continue
            self.found.record_of[new] = old
            self._taken.add(old)
            if joined:
                self.found.joined.append(new)

    def _text(self, record: Record) -> _Text:
        return self._texts.setdefault(record.text, _Text(record.text))

    def _rarest(self, record: Record, often: Counter[str]) -> list[str]:
        words = sorted(self._text(record).words, key=lambda word: (often[word] or 1, word))
        return words[: max(RARE, round(len(words) * (1 - LIKELY)) + 1)]

    def _open(self, new: Sequence[Record]) -> list[Record]:
        return [record for record in new if record.id not in self.found.record_of]

    def _free(self, known: Sequence[Known]) -> list[Known]:
        return [one for one in known if one.record.id not in self._taken]

    def _may_be(self, record: Record, one: Known) -> bool:
        """Whether the States allow it: only a new version of a file corrects a State."""
        mine, theirs = record.state, one.record.state
        if not mine or not theirs or mine == theirs:
            return True
        return any(family_name(name) == self._family for name in one.record.sources)


@dataclass(frozen=True)
class _Pair:
    rank: tuple[float, ...]
    new: str
    known: str
    sure: bool = True


def _numbers(record: Record) -> Iterator[tuple[str, ...]]:
    if record.symbol and record.paragraph and ";" not in record.symbol:
        yield "", record.state, report_symbol(record.symbol), record.paragraph
    if record.mechanism == "UPR" and record.state and record.cycle and record.paragraph:
        yield "UPR", record.state, record.cycle, record.paragraph


def _two_numbers(one: Record, other: Record) -> bool:
    """Whether both carry a number and these are two."""
    if one.paragraph and other.paragraph and one.paragraph != other.paragraph:
        return True
    symbols = report_symbol(one.symbol), report_symbol(other.symbol)
    return all(symbols) and symbols[0] != symbols[1]


def _may_be_one(one: Record, other: Record) -> bool:
    """Whether nothing that is known of two records of one State tells them apart."""
    if (
        one.state != other.state
        or _two_numbers(one, other)
        or (_numbered(one) and _numbered(other))
    ):
        return False
    told = ("mechanism", "body", "cycle") if _is_upr(one, other) else ("mechanism", "body", "year")
    pairs = [(getattr(one, name), getattr(other, name)) for name in told]
    return all(not a or not b or a == b for a, b in pairs) and all(pairs[-1])


def _numbered(record: Record) -> bool:
    return bool(record.symbol and record.paragraph)


def _is_upr(one: Record, other: Record) -> bool:
    return "UPR" in (one.mechanism, other.mechanism)
