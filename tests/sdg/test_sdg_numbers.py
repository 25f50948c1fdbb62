"""What evaluation.sdg counts, on arrays small enough to count by hand; and how suggest starts."""

import csv
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from evaluation import sources
from evaluation.sdg.benchmark import every_goal, pairs, with_nearest
from evaluation.sdg.fit import Measured
from evaluation.sdg.held_out import HeldOut, of_shown_targets
from evaluation.sdg.report import quality

CHANCES = np.array([[0.9, 0.6, 0.1], [0.2, 0.7, 0.4], [0.3, 0.1, 0.05]])
LABELS = np.array([[1.0, 0, 0], [0, 0, 1], [0, 0, 0]])


def test_quality_is_counted_over_texts_and_links():
    found = quality(CHANCES, LABELS, threshold=0.5)
    assert found["hit@1"]["value"] == pytest.approx(0.5)
    assert found["hit@3"]["value"] == pytest.approx(1.0)
    assert found["MAP"]["value"] == pytest.approx((1 + 1 / 2) / 2)
    assert found["set F1"]["value"] == pytest.approx(2 * 1 / (3 + 2))
    for measure in found.values():
        low, high = measure["interval"]
        assert low <= measure["value"] <= high


def test_a_set_that_is_given_is_the_one_measured():
    nothing = np.zeros(CHANCES.shape, dtype=bool)
    assert quality(CHANCES, LABELS, nothing)["set F1"]["value"] == 0


def test_indicators_of_hidden_targets_are_hidden():
    measured = Measured(
        (), ("1.1", "1.2"), ("1.1.1", "1.2.1"), np.array([0, 1]), *[np.zeros(0)] * 2
    )
    held_out = HeldOut(np.array([[0.9, 0.2]]), np.array([[0.5, 0.19]]), np.array([[1.0, 1.0]]))
    assert of_shown_targets(measured, held_out, 0.3).tolist() == [[0.5, 0.0]]


def test_ways_to_learn_goals():
    features = np.zeros((2, 17, 5))
    features[0, 3, 1] = 1
    asked, right = np.array([1, 2]), np.array([True, False])
    assert pairs(features, asked, right)[1].tolist() == [True, False]
    nearest, labels = with_nearest(features, asked, right)
    assert labels.tolist() == [True, False, False]
    assert nearest[2, 1] == 1
    flat, every = every_goal(features, asked, right)
    assert flat.shape == (34, 5)
    assert np.flatnonzero(every).tolist() == [0]


def test_goal_texts_are_as_many_for_as_against_each_goal():
    with (sources.LABELS / "goal_texts.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    counts = Counter((int(row["goal"]), row["label"]) for row in rows)
    assert counts == {(goal, label): 14 for goal in range(1, 18) for label in ("True", "False")}
    assert len({row["text"] for row in rows}) == len(rows)


def test_suggest_starts_without_what_it_does_not_need():
    code = (
        "import sys; import linker.sdg.knowledge as knowledge; knowledge.read_knowledge = None; "
        "from linker import suggest; assert len(suggest('End child marriage')); "
        "print([m for m in ('pandas', 'sqlalchemy', 'scipy.linalg', 'sklearn', 'torch') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
