"""Evidence from what is to be done: kinds of measure, instruments, and which way."""

from __future__ import annotations

import numpy as np

from linker.convergence.pairs import Compared, Kind, Pairs, agreement, apart
from linker.convergence.wording import in_words, listed, titles
from linker.i18n.messages import tr
from linker.reading.ask_table import Floats
from linker.reading.record_reading import actions
from linker.vocabulary.instruments import named

ALL_THAT_MATTER = "core treaties"
"""Concept of the treaties that an ask does not name one by one."""


def _agreement(pairs: Pairs) -> Floats:
    return agreement(pairs.profiles.measures, pairs.shared_measures, pairs)


def _say_agreement(value: float, texts: Compared) -> str:
    both = in_words(actions(texts.left) & actions(texts.right))
    if not both:
        return tr("They do not ask for the same kind of action")
    return tr("Both ask to {kinds}", kinds=listed(both))


def _other(pairs: Pairs) -> Floats:
    return apart(pairs.profiles.measures, pairs.shared_measures, pairs)


def _say_other(value: float, texts: Compared) -> str:
    if not value:
        return tr("The kinds of action do not exclude one another")
    one, other = (in_words(actions(text)) for text in (texts.left, texts.right))
    return tr("One asks to {one}; the other to {other}", one=listed(one), other=listed(other))


def _same_instrument(pairs: Pairs) -> Floats:
    return (pairs.shared_instruments > 0).astype(float)


def _shared_instruments(pairs: Pairs) -> Floats:
    """1 where both name an instrument and do not ask for other kinds of action about it."""
    return _same_instrument(pairs) * (1.0 - _other(pairs))


def _say_shared(value: float, texts: Compared) -> str:
    both = named(texts.left) & named(texts.right)
    if not both:
        return tr("They name no common treaty or standard")
    if value:
        return tr("Both name {instruments}", instruments=titles(both))
    return tr(
        "Both name {instruments}, but for different kinds of action", instruments=titles(both)
    )


def _ratify_the_same(pairs: Pairs) -> Floats:
    left, right = pairs.ratifying
    return _same_instrument(pairs) * left * right


def _say_ratify(value: float, texts: Compared) -> str:
    if not value:
        return tr("They do not ask to ratify the same treaty")
    both = titles(named(texts.left) & named(texts.right))
    return tr("Both ask to ratify {instruments}", instruments=both)


def _other_instruments(pairs: Pairs) -> Floats:
    return apart(pairs.profiles.instruments, pairs.shared_instruments, pairs)


def _say_other_instruments(value: float, texts: Compared) -> str:
    if not value:
        return tr("They do not name different treaties or standards")
    one, other = titles(named(texts.left)), titles(named(texts.right))
    return tr("One names {one}; the other {other}", one=one, other=other)


def _ratify_others(pairs: Pairs) -> Floats:
    """1 where both ask to ratify, different treaties, and neither all that matter."""
    left, right = pairs.ratifying
    all_that_matter = pairs.profiles.concepts.has(ALL_THAT_MATTER)
    either = all_that_matter[pairs.left] | all_that_matter[pairs.right]
    return np.asarray(_other_instruments(pairs) * left * right * ~either)


def _say_ratify_others(value: float, texts: Compared) -> str:
    if not value:
        return tr("They do not ask to ratify different treaties")
    one, other = titles(named(texts.left)), titles(named(texts.right))
    return tr("One asks to ratify {one}; the other {other}", one=one, other=other)


def _ratify_at_large(pairs: Pairs) -> Floats:
    """1 where both ask to ratify and only one says which treaties."""
    left, right = pairs.ratifying
    named_any = pairs.profiles.instruments.mass > 0
    only_one = named_any[pairs.left] != named_any[pairs.right]
    return np.asarray(left * right * only_one)


def _say_ratify_at_large(value: float, texts: Compared) -> str:
    if not value:
        return tr("Both or neither say which treaties are to be ratified")
    which = titles(named(texts.left) | named(texts.right))
    return tr("One asks to ratify treaties at large, the other {instruments}", instruments=which)


def _only_one_ratifies(pairs: Pairs) -> Floats:
    left, right = pairs.ratifying
    return np.abs(left - right)


def _say_only_one(value: float, texts: Compared) -> str:
    if not value:
        return tr("Both or neither ask to ratify a treaty")
    return tr("Only one of them asks to ratify a treaty")


def _one_carries_it_out(pairs: Pairs) -> Floats:
    """1 where one asks to ratify a treaty and the other to do something that it requires."""
    mass = pairs.profiles.measures.mass
    acting = (mass[pairs.left] > 0) & (mass[pairs.right] > 0)
    return _same_instrument(pairs) * _only_one_ratifies(pairs) * acting


def _say_carried_out(value: float, texts: Compared) -> str:
    if not value:
        return tr("Neither asks to carry out what the other asks to ratify")
    both = titles(named(texts.left) & named(texts.right))
    return tr(
        "One asks to ratify {instruments}, the other to do what it requires", instruments=both
    )


def _opposed(pairs: Pairs) -> Floats:
    return pairs.contrary[0].astype(np.float64)


def _say_opposed(value: float, texts: Compared) -> str:
    if value:
        return tr("They ask for opposite things")
    return tr("They do not ask for opposite things")


def _may_be_opposed(pairs: Pairs) -> Floats:
    return pairs.contrary[1].astype(np.float64)


def _say_may_be_opposed(value: float, texts: Compared) -> str:
    if not value:
        return tr("No word of one makes it the contrary of the other")
    return tr("They name the same things, but may not want the same of all of them")


KINDS = (
    Kind("measure_agreement", _agreement, _say_agreement),
    Kind("other_measure", _other, _say_other, "against", there_or_not=True),
    Kind("shared_instruments", _shared_instruments, _say_shared, there_or_not=True),
    Kind("ratify_the_same", _ratify_the_same, _say_ratify, there_or_not=True),
    Kind(
        "other_instruments",
        _other_instruments,
        _say_other_instruments,
        "against",
        there_or_not=True,
    ),
    Kind(
        "ratify_others",
        _ratify_others,
        _say_ratify_others,
        "against",
        there_or_not=True,
        by_hand=-3.0,
    ),
    Kind("ratify_at_large", _ratify_at_large, _say_ratify_at_large, there_or_not=True),
    Kind("only_one_ratifies", _only_one_ratifies, _say_only_one, "against", there_or_not=True),
    Kind(
        "one_carries_it_out",
        _one_carries_it_out,
        _say_carried_out,
        "against",
        there_or_not=True,
        by_hand=-3.0,
    ),
    Kind(
        "may_be_opposed",
        _may_be_opposed,
        _say_may_be_opposed,
        "against",
        there_or_not=True,
        by_hand=-1.5,
    ),
    Kind("opposed", _opposed, _say_opposed, "against", there_or_not=True, by_hand=-10.0),
)
"""Set by hand: the gold holds no opposed pair to learn from, hardly any that may be, two of a
treaty that one side ratifies and the other carries out, and few of two treaties."""
