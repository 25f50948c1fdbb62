"""The measures behind the convergence numbers, on made-up scores."""

import numpy as np
import pytest
from ir_measures import AP, R

from evaluation.calibration import calibration_error, reliability
from evaluation.convergence.bands import HIDDEN, TOP_PRECISION, thresholds
from evaluation.convergence.held_out import HeldOut, groups
from evaluation.convergence.report import by_group, error_by_chance, of_bands, text
from evaluation.convergence.table import SAMPLE_STATE, Table
from evaluation.rankings import average_precision, measured


@pytest.fixture
def made_up() -> tuple[Table, HeldOut]:
    random = np.random.default_rng(3)
    size = 1200
    score = random.random(size)
    true = random.random(size) < score**2
    state = np.where(np.arange(size) < 600, SAMPLE_STATE, "KEN")
    table = Table(
        query=np.arange(size) // 20, grade=np.where(true, 2, 0), state=state,
        kind=np.full(size, "TB-UPR"), body=np.where(np.arange(size) % 2, "CAT", "SP"),
        pair=np.arange(size),
        values=np.zeros((size, 1)), baselines={"MiniLM": score, "TF-IDF": random.random(size)},
    )  # fmt: skip
    return table, HeldOut(
        score, score, np.full(size, 0.9), np.full(size, 0.5), np.zeros(size, bool)
    )


def test_lines_keep_their_promise_in_every_group(made_up):
    table, held_out = made_up
    true = table.grade == 2
    propose, ask = thresholds(held_out.same, true, table.state == SAMPLE_STATE)
    assert 0 < ask < propose < 1
    for state in np.unique(table.state):
        mine, score = table.state == state, held_out.same
        assert true[mine & (score >= propose)].mean() >= TOP_PRECISION - 0.01
    real = true & (table.state != SAMPLE_STATE)
    assert (held_out.same[real] < ask).mean() <= HIDDEN


def test_calibration_error_is_nil_for_honest_probabilities():
    score = np.repeat([0.25, 0.75], 400)
    true = np.tile([True, False, False, False], 100).tolist()
    true += np.tile([True, True, True, False], 100).tolist()
    assert calibration_error(score, np.array(true)) == pytest.approx(0)
    assert calibration_error(score, np.zeros(800, dtype=bool)) == pytest.approx(0.5)
    assert [row["links"] for row in reliability(score, np.array(true))] == [400, 400]
    assert error_by_chance(score[:20]) > error_by_chance(score)


def test_rows_are_plain_and_print(made_up):
    table, held_out = made_up
    rows = by_group(table, held_out, groups(table))
    assert [row["name"] for row in rows] == ["KEN", SAMPLE_STATE, "others", "real"]
    real = rows[3]
    low, high = real["average_precision_interval"]
    assert low < real["average_precision"] < high
    assert real["average_precision"] == real["MiniLM"] > real["TF-IDF"]
    assert real["proposed"] == int((held_out.same[600:] >= 0.9).sum())
    shares = real["true_proposed"] + real["true_hidden"]
    assert 0 < shares < 1
    assert set(of_bands(table, held_out, table.kind == "TB-UPR")) == {
        "real States",
        "fictional State",
    }
    assert len(text(rows).splitlines()) == 5


def test_average_precision_of_a_perfect_and_a_reversed_list():
    query, true = np.zeros(4, dtype=int), np.array([True, False, False, False])
    assert average_precision(query, true, np.array([4.0, 3, 2, 1])) == 1
    assert average_precision(query, true, np.array([1.0, 2, 3, 4])) == 0.25


def test_measures_of_queries_without_a_right_answer_are_left_out():
    query = np.array([7, 7, 7, 3, 3, 5])
    true = np.array([False, True, True, False, True, False])
    found = measured([AP, R @ 1], query, true, np.array([0.9, 0.8, 0.1, 0.2, 0.3, 0.5]))
    assert found == pytest.approx(np.array([[1.0, 1.0], [(1 / 2 + 2 / 3) / 2, 0.0]]))
