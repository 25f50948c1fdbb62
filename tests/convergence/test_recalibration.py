"""Decisions on convergences move the scorer of their kind of pair a little, and only theirs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.convergence.recalibration import LEAST, MOST, Judged, recalibrated, shifts
from linker.convergence.scorers import scorers

KINDS = ("TB-UPR", "UPR-UPR", "TB-TB")
judged = st.lists(
    st.builds(
        Judged, st.sampled_from(KINDS), st.floats(0, 1, allow_nan=False), st.booleans()
    ),
    max_size=80,
)  # fmt: skip


@given(judged)
def test_a_shift_is_bounded_and_waits_for_enough_decisions(found):
    shift = shifts(found)
    for kind, value in shift.items():
        assert 0 < abs(value) <= MOST
        assert sum(one.kind == kind for one in found) >= LEAST
    assert shifts(reversed(found)) == shift


@given(st.integers(LEAST, 60), st.floats(0.05, 0.95))
def test_rejections_lower_and_confirmations_raise(count, probability):
    for same, sign in ((True, 1), (False, -1)):
        (value,) = shifts([Judged("TB-UPR", probability, same)] * count).values() or (0.0,)
        assert value * sign >= 0
    assert shifts([Judged("TB-UPR", probability, True)] * (LEAST - 1)) == {}


def test_decisions_that_say_what_the_scorer_says_move_nothing():
    agreeing = [Judged("TB-UPR", 0.75, n % 4 != 0) for n in range(40)]
    assert shifts(agreeing) == {}


def test_only_the_kind_of_pair_that_was_judged_moves():
    shipped = scorers()
    moved = recalibrated(shipped, {"TB-UPR": -0.5, "no such kind": 1.0})
    assert moved.of.keys() == shipped.of.keys()
    odds = np.linspace(-4, 4, 9)
    for kind, scorer in moved.of.items():
        before = shipped.of[kind].same.calibration.probability(odds)
        after = scorer.same.calibration.probability(odds)
        difference = np.log(after / (1 - after)) - np.log(before / (1 - before))
        assert difference == pytest.approx(-0.5 if kind == "TB-UPR" else 0.0)
        assert scorer.propose == shipped.of[kind].propose
