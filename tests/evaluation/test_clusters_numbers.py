"""The numbers of clusters: what is counted, on made-up clusters, and the gold where it is here."""

import numpy as np
import pytest

from evaluation.clusters.gold import load
from evaluation.clusters.metrics import Counted, b_cubed, pairs
from evaluation.clusters.questions import questions
from linker.convergence.ask_pairs import AskPairs
from linker.convergence.cluster import Lines


def homes(**given):
    return {key: frozenset(value) for key, value in given.items()}


def test_b_cubed_of_partitions():
    true = homes(a="1", b="1", c="1", d="2", e="2")
    assert b_cubed(true, true) == (1.0, 1.0)
    alone = homes(a="1", b="2", c="3", d="4", e="5")
    assert b_cubed(alone, true) == pytest.approx((1.0, (3 / 3 + 2 / 2) / 5))
    whole = homes(a="1", b="1", c="1", d="1", e="1")
    assert b_cubed(whole, true) == pytest.approx(((3 * 3 / 5 + 2 * 2 / 5) / 5, 1.0))


def test_b_cubed_of_clusters_that_overlap():
    true = homes(a="12", b="1", c="2")
    assert b_cubed(true, true) == (1.0, 1.0)
    found = homes(a="1", b="1", c="2")
    precision, recall = b_cubed(found, true)
    assert precision == 1.0
    assert recall == pytest.approx((np.mean([1 / 2, 1, 0]) + 1 + np.mean([0, 1])) / 3)


def test_pairs_are_counted_where_both_share_a_cluster():
    found = homes(a="12", b="2", c="3")
    counted = pairs(found, {("a", "b"): 2, ("a", "c"): 2, ("b", "c"): 1})
    assert counted == Counted(1, 1, 2)
    assert (counted.precision, counted.recall) == (1.0, 0.5)
    assert (Counted() + counted).f1 == pytest.approx(2 / 3)
    assert Counted().f1 == 0.0


def test_questions_of_a_reviewer_whom_the_gold_answers():
    ids = ("a", "b", "c", "d", "e")
    scored = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (3, 4): 0.3}
    one, other = (np.array([key[side] for key in scored]) for side in (0, 1))
    asks = np.ones(5, np.intp), np.zeros(5, np.intp), ("",) * 5
    compared = AskPairs(
        ids, *asks, one, other, np.array([*scored.values()]), np.zeros(len(scored), bool)
    )
    grades = {("a", "b"): 2, ("a", "c"): 0, ("b", "c"): 0, ("d", "e"): 2}
    found = questions(compared, grades, Lines(0.5, 0.8))
    # c is taken out, the rest confirmed; then a, c and b, c, already refused by taking c out,
    # stand before d, e among the pairs.
    assert (found["questions of cards"], found["by cards"]) == (2, 1)
    assert (found["questions"], found["confirmed"]) == (5, 2)
    assert found["questions, pair by pair"] == 4
    assert questions(compared, grades, Lines(0.5, 0.8), enough=0.5)["questions"] == 2


def test_the_gold_speaks_of_records_that_are_here():
    try:
        states = load()
    except FileNotFoundError as error:
        pytest.skip(f"the labels or texts are not here ({error.filename})")
    for state in states.values():
        assert {key for pair in state.grades for key in pair} <= set(state.records)
        assert set(state.measures) <= set(state.records)
    assert [code for code, state in states.items() if state.measures] == ["MCO", "TON"]
