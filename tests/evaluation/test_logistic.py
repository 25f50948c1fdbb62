"""One logistic regression and one calibration for all that is learned."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from evaluation.calibration import calibration_error, reliability
from evaluation.logistic import FREE, LEAST_SLOPE, logistic, platt


@pytest.fixture
def made_up() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    x = random.normal(size=(600, 3))
    chance = 1 / (1 + np.exp(-(x @ [1.5, -0.8, 0.0] - 0.4)))
    return x, random.random(600) < chance, random.uniform(0.2, 2, 600)


def test_without_bounds_it_is_scikit_learns(made_up):
    x, y, weight = made_up
    shift, slopes = logistic(x, y, weight, 2.0, [FREE] * 3)
    theirs = LogisticRegression(C=1 / 2.0, tol=1e-8, max_iter=1000).fit(x, y, weight)
    assert slopes == pytest.approx(theirs.coef_[0], abs=1e-3)
    assert shift == pytest.approx(theirs.intercept_[0], abs=1e-3)


def test_bounds_hold_and_fixed_weights_stay(made_up):
    x, y, weight = made_up
    _, slopes = logistic(x, y, weight, 0.1, [(None, 0.0), (0.0, None), (2.5, 2.5)])
    assert slopes.tolist() == [0.0, 0.0, 2.5]


def test_calibration_makes_overstated_odds_honest():
    random = np.random.default_rng(2)
    odds = random.normal(0, 2, 4000)
    true = random.random(4000) < 1 / (1 + np.exp(-odds))
    slope, shift = platt(3 * odds + 1, true)
    assert slope == pytest.approx(1 / 3, rel=0.1)
    assert shift == pytest.approx(-1 / 3, abs=0.1)
    said = 1 / (1 + np.exp(-(slope * (3 * odds + 1) + shift)))
    stated = 1 / (1 + np.exp(-(3 * odds + 1)))
    assert calibration_error(said, true) < 0.02 < 0.05 < calibration_error(stated, true)


def test_calibration_never_turns_the_order_round():
    odds = np.linspace(-3, 3, 100)
    assert platt(odds, odds < 0)[0] == LEAST_SLOPE
    assert platt(odds, np.ones(100)) == (1.0, 0.0)
    assert platt(odds[:0], odds[:0]) == (1.0, 0.0)


def test_reliability_is_counted_by_tenths():
    rows = reliability([0.72, 0.78, 0.15, 1.0], [1, 0, 0, 1])
    assert rows == [
        {"probability": pytest.approx(0.15), "true": 0.0, "links": 1},
        {"probability": pytest.approx(0.75), "true": 0.5, "links": 2},
        {"probability": 1.0, "true": 1.0, "links": 1},
    ]
    error = calibration_error([0.72, 0.78, 0.15, 1.0], [1, 0, 0, 1])
    assert error == pytest.approx((0.15 + 2 * 0.25) / 4)
