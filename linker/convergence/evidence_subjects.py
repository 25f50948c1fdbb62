"""Evidence from subjects: the concepts two asks are about, and the people they speak of."""

from __future__ import annotations

import numpy as np

from linker.convergence.pairs import Compared, Kind, Pairs, agreement, apart
from linker.convergence.wording import concepts, people
from linker.i18n.messages import tr
from linker.reading.ask_table import Floats
from linker.reading.record_reading import subjects
from linker.vocabulary.groups import groups_in, kinship


def _agreement(pairs: Pairs) -> Floats:
    return agreement(pairs.profiles.concepts, pairs.shared_concepts, pairs)


def _say_agreement(value: float, texts: Compared) -> str:
    both = subjects(texts.left) & subjects(texts.right)
    if not both:
        return tr("They name no common subject")
    return tr("Both are about: {subjects}", subjects=concepts(both))


def _other(pairs: Pairs) -> Floats:
    return apart(pairs.profiles.concepts, pairs.shared_concepts, pairs)


def _say_other(value: float, texts: Compared) -> str:
    if not value:
        return tr("Their subjects do not exclude one another")
    one, other = concepts(subjects(texts.left)), concepts(subjects(texts.right))
    return tr("One is about {one}, the other about {other}", one=one, other=other)


def _of_records(pairs: Pairs) -> Floats:
    both = pairs.profiles.record_concepts.shared(pairs.left_record, pairs.right_record)
    return np.log1p(both)


def _say_of_records(value: float, texts: Compared) -> str:
    left, right = subjects(texts.left_record), subjects(texts.right_record)
    if not left & right:
        return tr("The two whole texts name no common subject")
    return tr("Both whole texts are about: {subjects}", subjects=concepts(left & right))


def _other_group(pairs: Pairs) -> Floats:
    return pairs.groups_apart.astype(float)


def _say_groups(value: float, texts: Compared) -> str:
    one, other = groups_in(texts.left), groups_in(texts.right)
    if kinship(one, other) == "apart":
        return tr(
            "One is about {one}, the other about {other}", one=people(one), other=people(other)
        )
    shared = one & other
    if not shared:
        return tr("They do not name different groups")
    return tr("Both are about {groups}", groups=people(shared))


KINDS = (
    Kind("concept_agreement", _agreement, _say_agreement),
    Kind("other_concepts", _other, _say_other, "against", there_or_not=True),
    Kind("concepts_of_records", _of_records, _say_of_records),
    Kind("other_group", _other_group, _say_groups, "against", there_or_not=True),
)
