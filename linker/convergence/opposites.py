"""Pairs of asks that want the contrary of one thing: lower an age limit, raise it.

Both name the same things and would have the contrary happen to them (`linker.reading.polarity`), or
say contrary words of them: a voluntary register, a compulsory one (`linker.reading.poles`). Two
asks that merely differ in their verbs do not: a moratorium on executions and an end to the death
penalty both turn executions down.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.encoding.encoder import Vectors
from linker.reading.ask_table import Floats, Rows, cosines, row_products
from linker.reading.document_frequencies import background
from linker.reading.polarity import Polarity
from linker.reading.poles import Pole
from linker.reading.record_reading import word_rarity

LEAST_SHARE = 0.6
"""Share of what the shorter ask names, by rarity, of which the other wants the contrary. What both
name and one of them leaves open is no part of it."""
LEAST_OF_ALL = 0.3
"""Least share of all that the shorter ask names."""
LEAST_COMMON = 0.5
"""Share of what the shorter ask names that both name, where contrary words are said of it."""
LEAST_MEANING = 0.6
"""Cosine of the two asks: the same words about another matter are not opposites; but a named
instrument is one matter, whatever it is called."""
LEAST_BESIDE = 0.5
"""Share of the fewer telling words beside one of two contrary words that stand beside the other."""
NEARLY_ALL = 0.7
"""Share of what both asks name, by rarity, from which on one other word may make the difference."""
SOME = 0.3
"""Share of what both asks name, by rarity, from which on they speak of the same things."""
FEW = 2
"""Words of its own that an ask has where no more than a word makes the difference."""
LEAST_DOUBT = 0.15
"""Share of what the shorter ask names that is to go another way: a person should look."""
INSTRUMENT = 3.0
"""Weight of a named instrument beside words, which weigh their rarity (some 0 to 9)."""
NOTHING = 1e-9

NEARNESS = 11.72, 2.43, 2.96, -4.47
"""What tells contrary asks from such as are merely read so: weights of the cosine of both, of the
share of what they act on that both name, of (the logarithm of 1 and) the rarity of what one names
alone, and a constant. Fitted on 261 made-up opposites, and on 158 pairs of 32 real States that
these rules would else call contrary and that are not: they are long, and name much besides."""
SURE = 0.0
"""Log-odds from which on a pair is called contrary …"""
POSSIBLE = -2.0
"""… and from which on a person should look."""

Flags = NDArray[np.bool_]


def contrary(
    said: Sequence[Polarity], vectors: Vectors, left: Rows, right: Rows
) -> tuple[Flags, Flags]:
    """Say which pairs of asks want the contrary of the same thing, and which may.

    A pair may where contrary words are said of the same things, where of two that are nearly the
    same words some are to go contrary ways or only one says "only", "unless" or the like, and where
    the word that makes the difference is none that the vocabularies hold: a person should look.

    Args:
        said: which way each ask goes.
        vectors: of each ask, unit length.
        left: rows of asks.
        right: rows of the others.
    """
    things, words = _Things.of(said).compared(left, right), _Poles.of(said).compared(left, right)
    against, alike = words[0] > words[1], words[1] > words[0]
    by_things, by_words = things.most & ~alike, against & things.common
    some = np.flatnonzero(by_things | by_words)
    found = np.zeros(len(left), dtype=bool)
    found[some] = cosines(vectors, vectors, left[some], right[some]) >= LEAST_MEANING
    unread = _unread(said, left, right, things.some)
    doubted = np.zeros(len(left), dtype=bool)
    for row in np.flatnonzero(found | against).tolist():
        one, other = said[left[row]], said[right[row]]
        if against[row] and _of_one_instrument(one, other):
            found[row] = True
        elif not found[row]:
            continue
        elif not by_things[row]:
            found[row] = _of_one_thing(one, other)
        elif not against[row]:
            doubted[row] = _turn_unlike(one, other) or _other_verb(one, other)
    found &= ~doubted
    near = np.full(len(left), -np.inf)
    near[found] = _nearness(things, vectors, left, right, np.flatnonzero(found))
    doubted |= found & (near < SURE) & (near >= POSSIBLE)
    found &= near >= SURE
    limits = _numbered([polarity.limits for polarity in said])
    unsure = (things.contrary >= LEAST_DOUBT) | (limits[left] != limits[right])
    doubted |= unread | (things.nearly_all & unsure) | (things.common & against)
    return found, doubted & ~found


def _nearness(things: _Compared, vectors: Vectors, left: Rows, right: Rows, rows: Rows) -> Floats:
    """Return how likely it is that pairs speak of one matter and of nothing else, in log-odds."""
    meaning = cosines(vectors, vectors, left[rows], right[rows])
    meant, shared, alone, always = NEARNESS
    named = shared * things.shared[rows] - alone * np.log1p(things.alone[rows])
    return np.asarray(meant * meaning + named + always)


def _turn_unlike(one: Polarity, other: Polarity) -> bool:
    """Whether each has a word that turns and the other lacks.

    "Spare children restraints", "do not restrain children": two turns of different words may be
    read wrongly where one may not.
    """
    return bool(one.turns - other.turns and other.turns - one.turns)


def _unread(said: Sequence[Polarity], left: Rows, right: Rows, shared: Flags) -> Flags:
    """Say of which pairs that name the same things it is not read which way they go.

    Two languages hardly ever use the same words: a word that no vocabulary holds tells nothing
    beside the English reading of another text.
    """
    found = np.zeros(len(left), dtype=bool)
    for row in np.flatnonzero(shared).tolist():
        one, other = said[left[row]], said[right[row]]
        if not (one.through_english or other.through_english):
            found[row] = _other_verb(one, other) or _other_word(one, other)
    return found


def _other_verb(one: Polarity, other: Polarity) -> bool:
    """Whether one begins with a verb that no vocabulary holds, nor the other ask.

    "Shield officers from prosecution", "prosecute officers".
    """
    return not (one.unread <= other.stems and other.unread <= one.stems)


def _other_word(one: Polarity, other: Polarity) -> bool:
    """Whether they differ in a word or two of each, one of which no vocabulary holds.

    "Run the mines by the State", "run the mines for profit".
    """
    mine = one.stems - other.stems - other.examples
    theirs = other.stems - one.stems - one.examples
    few = 0 < len(mine) <= FEW and 0 < len(theirs) <= FEW
    return few and not (mine | theirs).isdisjoint(one.strange | other.strange)


def _of_one_instrument(one: Polarity, other: Polarity) -> bool:
    """Whether they want the contrary of one instrument, however differently they name it."""
    mine = {(s.thing, s.sign) for s in one.stances if s.thing.startswith("i:")}
    return any((s.thing, -s.sign) in mine for s in other.stances if s.sign)


def _of_one_thing(one: Polarity, other: Polarity) -> bool:
    """Whether contrary words stand beside the same word, and no other subjects are named."""
    left, right = ({s.thing for s in p.stances if s.thing[:2] == "c:"} for p in (one, other))
    if left and right and left.isdisjoint(right):
        return False
    for left_said, right_said in ((one, other), (other, one)):
        things = {stance.thing for stance in right_said.stances}
        if any(pole.axis in things for pole in left_said.poles):
            return True
    mine = {pole.axis: pole for pole in one.poles}
    return any(
        pole.axis in mine
        and mine[pole.axis].value != pole.value
        and _beside(mine[pole.axis].beside, pole.beside)
        and not (mine[pole.axis].turns != pole.turns and _go_one_way(one, other, pole.beside))
        for pole in other.poles
    )


def _go_one_way(one: Polarity, other: Polarity, things: Collection[str]) -> bool:
    """Whether what both name of some things is to go the same way, and none of it is left open.

    Of "introduce a moratorium on X" and "a moratorium with a view to the abolition of X" one word
    turns what it acts on and the other does not: if they wanted the contrary, that would show.
    """
    mine = {s.thing: s.sign for s in one.stances if s.thing in things}
    return {mine[s.thing] * s.sign for s in other.stances if s.thing in mine} == {1}


def _beside(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    fewer = min(len(mine), len(theirs))
    return fewer > 0 and len(mine & theirs) >= LEAST_BESIDE * fewer


@dataclass(frozen=True)
class _Things:
    """What asks name, and which way it is to go."""

    signs: sparse.csr_matrix
    decided: sparse.csr_matrix
    named: sparse.csr_matrix
    acted_on: sparse.csr_matrix
    objects: Floats

    @classmethod
    def of(cls, said: Sequence[Polarity]) -> _Things:
        every = [stance for polarity in said for stance in polarity.stances]
        rows = np.repeat(np.arange(len(said)), [len(polarity.stances) for polarity in said])
        weights = np.array([_weight(stance.thing) for stance in every], dtype=np.float64)
        signs = np.array([stance.sign for stance in every], dtype=np.float64)
        objects = np.array([not stance.acting for stance in every], dtype=np.float64)
        ways = _numbered([(stance.thing, stance.about) for stance in every])
        things = _numbered([stance.thing for stance in every])
        # The root of the rarity on each side: products then weigh as rare as what both name.
        roots = np.sqrt(weights)
        return cls(
            _rows(signs * roots, rows, ways, len(said)),
            _rows(abs(signs) * roots, rows, ways, len(said)),
            _once(roots, rows, things, len(said)),
            _once(roots * objects, rows, things, len(said)),
            np.bincount(rows, weights=weights * objects, minlength=len(said)).astype(np.float64),
        )

    def compared(self, left: Rows, right: Rows) -> _Compared:
        """Compare what pairs of asks name."""
        both = row_products(self.decided, self.decided, left, right)
        net = row_products(self.signs, self.signs, left, right)
        named = row_products(self.named, self.named, left, right)
        acted = row_products(self.acted_on, self.acted_on, left, right)
        contrary, alike = (both - net) / 2, (both + net) / 2
        undecided = np.maximum(named - both, 0.0)
        shorter = np.minimum(self.objects[left], self.objects[right])
        most = (contrary > alike) & (contrary >= LEAST_OF_ALL * shorter)
        most &= contrary >= LEAST_SHARE * np.maximum(shorter - undecided, NOTHING)
        whole, objects = _lengths(self.named), _lengths(self.acted_on)
        return _Compared(
            most=most,
            common=named >= LEAST_COMMON * shorter,
            some=2 * named >= SOME * (whole[left] + whole[right]),
            nearly_all=2 * named >= NEARLY_ALL * (whole[left] + whole[right]),
            shared=2 * acted / np.maximum(objects[left] + objects[right], NOTHING),
            alone=np.maximum(objects[left], objects[right]) - acted,
            contrary=contrary / np.maximum(shorter, NOTHING),
        )


@dataclass(frozen=True)
class _Compared:
    """What both asks of each pair name.

    Attributes:
        most: whether most of it is to go contrary ways, and that is much of the shorter ask.
        common: whether it is much of the shorter ask.
        some: whether it is a good part of both asks.
        nearly_all: whether it is nearly all of both.
        shared: share of all that the two would have something happen to.
        alone: rarity of what the one that names more such things names alone.
        contrary: share of the shorter ask that is to go contrary ways.
    """

    most: Flags
    common: Flags
    some: Flags
    nearly_all: Flags
    shared: Floats
    alone: Floats
    contrary: Floats


@dataclass(frozen=True)
class _Poles:
    """Which of two contrary words asks use: of each side alone, and of either or both."""

    first: sparse.csr_matrix
    second: sparse.csr_matrix
    every: sparse.csr_matrix

    @classmethod
    def of(cls, said: Sequence[Polarity]) -> _Poles:
        stems = {p.axis for polarity in said for p in polarity.poles if isinstance(p.axis, str)}
        all_poles = [_one_sided(polarity.poles + _plain(polarity, stems)) for polarity in said]
        every = [pole for those in all_poles for pole in those]
        rows = np.repeat(np.arange(len(said)), [len(those) for those in all_poles])
        axes = _numbered([pole.axis for pole in every])
        values = np.array([pole.value for pole in every], dtype=np.float64)
        sides = np.array([pole.side for pole in every], dtype=np.intp)
        width = int(axes.max(initial=-1)) + 1
        first, second = (
            _rows(values * (sides == side), rows, axes, len(said), width) for side in (1, -1)
        )
        return cls(first, second, _rows(values, rows, axes, len(said), width))

    def compared(self, left: Rows, right: Rows) -> tuple[Floats, Floats]:
        """Return how often pairs use contrary words to want the contrary, and to want the same.

        As "keep it open" and "do not close it". The same word on both sides tells nothing: what
        turns it turns what it is said of, too.
        """
        contrary, alike = _agreeing(self.every, left, right)
        for side in (self.first, self.second):
            opposite, same = _agreeing(side, left, right)
            contrary, alike = contrary - opposite, alike - same
        return contrary, alike


def _plain(polarity: Polarity, stems: Collection[str]) -> tuple[Pole, ...]:
    """Return the poles of words of which others say the contrary with a prefix."""
    return tuple(
        Pole(stance.thing, 1, stance.sign, frozenset())
        for stance in polarity.stances
        if stance.sign and stance.thing in stems
    )


def _one_sided(poles: tuple[Pole, ...]) -> tuple[Pole, ...]:
    """Return the poles of which an ask does not use the contrary too."""
    sides: dict[int | str, set[int]] = {}
    for pole in poles:
        sides.setdefault(pole.axis, set()).add(pole.side)
    return tuple(pole for pole in poles if len(sides[pole.axis]) == 1)


def _agreeing(wanted: sparse.csr_matrix, left: Rows, right: Rows) -> tuple[Floats, Floats]:
    """Return on how many axes two asks want contrary poles, and on how many the same."""
    both = row_products(abs(wanted), abs(wanted), left, right)
    net = row_products(wanted, wanted, left, right)
    return (both - net) / 2, (both + net) / 2


def _rows(
    values: Floats, rows: Rows, columns: Rows, count: int, width: int | None = None
) -> sparse.csr_matrix:
    shape = count, len(values) + 1 if width is None else width + 1
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def _lengths(named: sparse.csr_matrix) -> Floats:
    """Return the rarity of all that each ask names."""
    return np.asarray(named.multiply(named).sum(axis=1)).ravel()


def _once(values: Floats, rows: Rows, columns: Rows, count: int) -> sparse.csr_matrix:
    """Return the rows with each column counted once."""
    width = len(values) + 1
    _, first = np.unique(rows * width + columns, return_index=True)
    return _rows(values[first], rows[first], columns[first], count, width)


def _numbered(keys: Sequence[Hashable]) -> Rows:
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return np.array([number[key] for key in keys], dtype=np.intp)


def _weight(thing: str) -> float:
    if thing.startswith("i:"):
        return INSTRUMENT
    return background().rarity(thing) if thing.startswith("c:") else word_rarity(thing)
