"""Learning: on made-up recommendations always, on the real ones where they are."""

import csv
import gzip
import random

import numpy as np
import pytest

from evaluation.labels.data import coded, tags_of, to_learn, to_report
from evaluation.labels.fit import (
    ACTIONS,
    action_truth,
    best_threshold,
    fit,
    fit_action,
    fit_issues,
    issue_truth,
    write,
)
from linker.errors import LinkerError
from linker.labels.labeller import Labeller
from linker.labels.model import Model, default_model
from linker.records.record import Record

COLUMNS = ("sur", "text", "action", "issues", "session")
VERBS = {"2": "Continue", "3": "Consider", "4": "Strengthen", "5": "Adopt"}
TOPICS = {"Torture and other CID treatment": "torture", "Women's rights": "women"}


def made_up_rows():
    for state in (f"State {n}" for n in range(20)):
        for action, verb in VERBS.items():
            for tag, word in TOPICS.items():
                yield state, f"{verb} laws on {word} in {state}", action, tag, "3.0"


def written(path, rows):
    with gzip.open(path, "wt", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([COLUMNS, *rows])
    return path


@pytest.fixture
def rows(tmp_path):
    return coded(written(tmp_path / "made-up.csv.gz", made_up_rows()))


def test_a_text_made_twice_counts_once_where_it_stood_first(tmp_path):
    twice = [
        ("B", "End child  marriage.", "4", "Women's rights", "26.0"),
        ("A", "end child marriage", "5", "Rights of the Child,Women's rights", "20.0"),
        ("C", "End child marriage", "5", "Rights of the Child,Women's rights", "25.0"),
        ("D", "Without a session", "5", "", ""),
    ]
    (only,) = coded(written(tmp_path / "twice.csv.gz", twice))
    assert (only.state, only.session, only.action) == ("A", 20, 5)
    assert only.issues == ("Rights of the Child", "Women's rights")
    assert to_learn([only]) == [only]
    assert to_report([only]) == []


def test_a_missing_corpus_is_said(tmp_path):
    with pytest.raises(LinkerError, match="Set LINKER_CORPORA"):
        coded(tmp_path / "nothing.csv.gz")


def test_what_is_learned_comes_back_from_the_files(rows, tmp_path):
    issues, action = fit_issues(rows, 1.0), fit_action(rows, 1.0)
    line = best_threshold(issues.held_out, issue_truth(rows, tags_of(rows)))
    write(tmp_path / "labels", issues.weights, action.weights, {"threshold": line})
    labeller = Labeller(Model.load(tmp_path / "labels"))
    made = Record(id="new", text="Strengthen laws on women in State 99", mechanism="UPR")
    labels = labeller.label([made])[0]
    assert [tag for tag, _ in labels.issues] == ["Women's rights"]
    assert labels.action == 4


def test_order_of_rows_does_not_change_the_weights(rows):
    shuffled = random.Random(3).sample(rows, len(rows))
    one = fit(rows, action_truth(rows), ACTIONS[1:2], 1.0)
    other = fit(shuffled, action_truth(shuffled), ACTIONS[1:2], 1.0)
    assert one.row == other.row
    assert np.array_equal(one.table, other.table)


def test_names_of_states_are_not_learned(tmp_path):
    kenya = [(f"S{n}", f"Kenya should act on matter {n}", "4", "General", "3") for n in range(9)]
    from evaluation.labels.fit import vocabulary

    known = vocabulary(coded(written(tmp_path / "kenya.csv.gz", kenya)))
    assert "matter" in known
    assert not any("kenya" in term for term in known)


def test_real_recommendations_not_seen_before(corpora):
    from sklearn.metrics import cohen_kappa_score, f1_score

    unseen = [row for row in to_report(coded()) if row.issues and row.action]
    model = default_model()
    issue, action = model.chances([row.text for row in unseen])
    truth = issue_truth(unseen, model.issues.labels)
    assert f1_score(truth, issue >= model.threshold, average="micro") > 0.89
    kappa = cohen_kappa_score([row.action for row in unseen], action.argmax(axis=1) + 1)
    assert kappa > 0.80


def test_no_text_is_both_learned_and_reported(corpora):
    rows = coded()
    learned = {" ".join(row.text.casefold().split()) for row in to_learn(rows)}
    assert not any(" ".join(row.text.casefold().split()) in learned for row in to_report(rows))


def test_headings_of_real_lists(corpora):
    from evaluation.labels.transfer import headings

    for row in headings(default_model()):
        assert row["heading covered"] > 0.6
        assert row["no label"] < 0.1
