"""Intervals: seeded, wider with less data, honest about too little."""

import math

import numpy as np
import pytest

from evaluation.bootstrap import interval


def test_an_interval_holds_the_mean_and_narrows_with_data():
    values = np.random.default_rng(1).random(400)
    low, high = interval(values)
    few_low, few_high = interval(values[:40])
    assert low < values.mean() < high
    assert few_high - few_low > 2 * (high - low)
    assert interval(values) == (low, high)


def test_a_ratio_weighs_paragraphs_by_what_they_hold():
    low, high = interval([9, 0, 1], [10, 0, 10])
    assert 0 <= low <= 0.5 <= high <= 1


def test_too_little_data_gives_no_interval():
    assert all(math.isnan(x) for x in interval([0.5]))
    assert all(math.isnan(x) for x in interval([0, 0], [0, 0]))
    with pytest.raises(ValueError, match="numerators"):
        interval([1, 2], [1])
