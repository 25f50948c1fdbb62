"""The evidence for a pair of asks: one number for each kind, worked out for many pairs at once.

Each kind is a function below it in ``KINDS``; the words a reader sees are in ``findings.py``, the
weights in ``models/convergence/scorer.json``. All of it is symmetric and depends on the two
records alone, so a pair has one score, whoever asks and whatever else is in the workspace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.convergence.opposites import opposed
from linker.reading.ask_table import Bag, Floats, Profiles, Rows, cosines, row_products
from linker.vocabulary.groups import kinship

DECIMALS = 4
"""Evidence is rounded, so that the last bits of a sum, which differ by machine, never show."""


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
        measures = self.profiles.measures
        column = measures.present[:, measures.names.index("ratify")].toarray().ravel()
        return column[self.left], column[self.right]

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


def _meaning(pairs: Pairs) -> Floats:
    centred = pairs.profiles.centred
    return cosines(centred, centred, pairs.left, pairs.right)


def _meaning_across(pairs: Pairs) -> Floats:
    """The better of: one ask against the whole other record, and the other way round."""
    p = pairs.profiles
    there = cosines(p.vectors, p.record_vectors, pairs.left, pairs.right_record)
    back = cosines(p.vectors, p.record_vectors, pairs.right, pairs.left_record)
    return np.maximum(there, back)


def _meaning_of_records(pairs: Pairs) -> Floats:
    centred = pairs.profiles.centred_records
    return cosines(centred, centred, pairs.left_record, pairs.right_record)


def _shared_words(pairs: Pairs) -> Floats:
    return np.log1p(pairs.shared_words)


def _within_record(pairs: Pairs) -> Floats:
    """How much of each ask's words the whole other record holds, on average."""
    p = pairs.profiles
    weighted = (p.words.present @ sparse.diags(p.words.rarity)).tocsr()
    left, right = pairs.words_mass
    there = row_products(weighted, p.record_words.present, pairs.left, pairs.right_record)
    back = row_products(weighted, p.record_words.present, pairs.right, pairs.left_record)
    return (_share(there, left) + _share(back, right)) / 2


def _concept_agreement(pairs: Pairs) -> Floats:
    return _agreement(pairs.profiles.concepts, pairs.shared_concepts, pairs)


def _other_concepts(pairs: Pairs) -> Floats:
    return _apart(pairs.profiles.concepts, pairs.shared_concepts, pairs)


def _concepts_of_records(pairs: Pairs) -> Floats:
    both = pairs.profiles.record_concepts.shared(pairs.left_record, pairs.right_record)
    return np.log1p(both)


def _measure_agreement(pairs: Pairs) -> Floats:
    return _agreement(pairs.profiles.measures, pairs.shared_measures, pairs)


def _other_measure(pairs: Pairs) -> Floats:
    return _apart(pairs.profiles.measures, pairs.shared_measures, pairs)


def _only_one_ratifies(pairs: Pairs) -> Floats:
    left, right = pairs.ratifying
    return np.abs(left - right)


def _shared_instruments(pairs: Pairs) -> Floats:
    return (pairs.shared_instruments > 0).astype(float)


def _ratify_the_same(pairs: Pairs) -> Floats:
    left, right = pairs.ratifying
    return _shared_instruments(pairs) * left * right


def _one_carries_it_out(pairs: Pairs) -> Floats:
    """1 where one asks to ratify a treaty and the other to do something that it requires."""
    mass = pairs.profiles.measures.mass
    acting = (mass[pairs.left] > 0) & (mass[pairs.right] > 0)
    return _shared_instruments(pairs) * _only_one_ratifies(pairs) * acting


def _other_instruments(pairs: Pairs) -> Floats:
    return _apart(pairs.profiles.instruments, pairs.shared_instruments, pairs)


def _other_group(pairs: Pairs) -> Floats:
    return pairs.groups_apart.astype(float)


def _specific(pairs: Pairs) -> Floats:
    """How much the less telling ask says: near 0 for "continue to promote human rights"."""
    return np.log1p(np.minimum(*pairs.words_mass))


def _opposed(pairs: Pairs) -> Floats:
    profiles = pairs.profiles
    return opposed(profiles.stances, profiles.vectors, pairs.left, pairs.right)


def _share(part: Floats, whole: Floats) -> Floats:
    return part / np.maximum(whole, 1e-9)


def _agreement(bag: Bag, shared: Floats, pairs: Pairs) -> Floats:
    """Dice: twice what both name over what each names, by rarity; 0 where neither names any."""
    mass = bag.mass
    return _share(2 * shared, mass[pairs.left] + mass[pairs.right])


def _apart(bag: Bag, shared: Floats, pairs: Pairs) -> Floats:
    """1 where both name something and nothing in common."""
    mass = bag.mass
    both = (mass[pairs.left] > 0) & (mass[pairs.right] > 0)
    return np.asarray(both & (shared == 0), dtype=np.float64)


KINDS: dict[str, Callable[[Pairs], Floats]] = {
    "meaning": _meaning,
    "meaning_across": _meaning_across,
    "meaning_of_records": _meaning_of_records,
    "shared_words": _shared_words,
    "within_record": _within_record,
    "concept_agreement": _concept_agreement,
    "other_concepts": _other_concepts,
    "concepts_of_records": _concepts_of_records,
    "measure_agreement": _measure_agreement,
    "other_measure": _other_measure,
    "shared_instruments": _shared_instruments,
    "ratify_the_same": _ratify_the_same,
    "other_instruments": _other_instruments,
    "only_one_ratifies": _only_one_ratifies,
    "one_carries_it_out": _one_carries_it_out,
    "other_group": _other_group,
    "specific": _specific,
    "opposed": _opposed,
}
"""Every kind of evidence by its name in the scorer's JSON."""


def evidence(pairs: Pairs, kinds: tuple[str, ...] = tuple(KINDS)) -> Floats:
    """Return the evidence, shape (pairs, kinds), rounded to `DECIMALS`."""
    found = np.empty((len(pairs.left), len(kinds)))
    for column, kind in enumerate(kinds):
        found[:, column] = np.round(KINDS[kind](pairs), DECIMALS)
    return found
