"""Two asks side by side, and what a kind of evidence is: value, sentence and sign in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from linker.convergence.opposites import contrary
from linker.reading.ask_table import Bag, Floats, Profiles, Rows
from linker.vocabulary.groups import kinship

Sign = Literal["for", "against", "either"]


@dataclass(frozen=True)
class Pairs:
    """Pairs of asks of one collection.

    Attributes:
        profiles: the asks.
        left: row of an ask, for each pair.
        right: row of the other.
    """

    profiles: Profiles
    left: Rows
    right: Rows

    @cached_property
    def left_record(self) -> Rows:
        """Row of the record of the left ask."""
        return self.profiles.owner[self.left]

    @cached_property
    def right_record(self) -> Rows:
        """Row of the record of the right ask."""
        return self.profiles.owner[self.right]

    @cached_property
    def mechanisms(self) -> tuple[str, ...]:
        """Mechanism of each record."""
        return tuple(record.mechanism for record in self.profiles.records)

    @cached_property
    def shared_words(self) -> Floats:
        """Rarity of the words both asks hold, added up."""
        return self.profiles.words.shared(self.left, self.right)

    @cached_property
    def shared_concepts(self) -> Floats:
        """Rarity of the concepts both asks name, added up."""
        return self.profiles.concepts.shared(self.left, self.right)

    @cached_property
    def shared_measures(self) -> Floats:
        """Likewise of the kinds of measure."""
        return self.profiles.measures.shared(self.left, self.right)

    @cached_property
    def shared_instruments(self) -> Floats:
        """How many instruments both asks name."""
        return self.profiles.instruments.shared(self.left, self.right)

    @cached_property
    def words_mass(self) -> tuple[Floats, Floats]:
        """Rarity of all words of either ask, added up."""
        mass = self.profiles.words.mass
        return mass[self.left], mass[self.right]

    @cached_property
    def ratifying(self) -> tuple[Floats, Floats]:
        """Whether either ask is to ratify."""
        column = self.profiles.measures.has("ratify").astype(np.float64)
        return column[self.left], column[self.right]

    @cached_property
    def contrary(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which pairs want the contrary of the same thing, and which may."""
        profiles = self.profiles
        return contrary(profiles.polarities, profiles.vectors, self.left, self.right)

    @cached_property
    def groups_apart(self) -> NDArray[np.bool_]:
        """Whether both asks speak of groups, and of others (see `linker.vocabulary.groups`)."""
        groups = self.profiles.groups
        number = {group: place for place, group in enumerate(dict.fromkeys(groups))}
        distinct = list(number)
        of_ask = np.array([number[group] for group in groups], dtype=np.intp)
        codes = of_ask[self.left] * len(distinct) + of_ask[self.right]
        apart = np.zeros(len(distinct) ** 2, dtype=bool)
        met = np.flatnonzero(np.bincount(codes, minlength=len(apart)))
        apart[met] = [
            kinship(distinct[code // len(distinct)], distinct[code % len(distinct)]) == "apart"
            for code in met.tolist()
        ]
        return np.asarray(apart[codes])


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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence.

    Attributes:
        name: as in the scorer's JSON.
        value: works it out for many pairs at once; symmetric, from the two records alone.
        sentence: says to a reader what was found, from the value and the texts.
        sign: whether it can only speak for a link, only against it, or either way.
        there_or_not: whether its absence (0) adds nothing.
        by_hand: log-odds set by hand, where the gold holds too few pairs to learn from.
    """

    name: str
    value: Callable[[Pairs], Floats]
    sentence: Callable[[float, Compared], str]
    sign: Sign = "for"
    there_or_not: bool = False
    by_hand: float | None = None


def share(part: Floats, whole: Floats) -> Floats:
    """Return part over whole; 0 where there is no whole."""
    return part / np.maximum(whole, 1e-9)


def agreement(bag: Bag, shared: Floats, pairs: Pairs) -> Floats:
    """Dice: twice what both name over what each names, by rarity; 0 where neither names any."""
    mass = bag.mass
    return share(2 * shared, mass[pairs.left] + mass[pairs.right])


def apart(bag: Bag, shared: Floats, pairs: Pairs) -> Floats:
    """1 where both name something and nothing in common."""
    mass = bag.mass
    both = (mass[pairs.left] > 0) & (mass[pairs.right] > 0)
    return np.asarray(both & (shared == 0), dtype=np.float64)
