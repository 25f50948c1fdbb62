"""How good the labels of untagged records are.

Learned from UPR Info's coding of sessions 1 to 22, chosen by leaving States out inside them, and
reported once on sessions from 24, beside plain TF-IDF with logistic regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evaluation.bootstrap import interval
from evaluation.calibration import calibration_error
from evaluation.labels.data import (
    FIRST_TO_REPORT,
    Coded,
)
from evaluation.labels.fit import (
    action_truth,
    best_threshold,
    fit_action,
    fit_issues,
    issue_truth,
)
from evaluation.tables import plain
from linker.labels.model import Array, Model, sigmoid, softmax

Row = dict[str, Any]


def choose(rows: Sequence[Coded]) -> list[Row]:
    """Return the scores on States left out, for some strengths of L1."""
    tagged, acted = tagged_only(rows), acted_only(rows)
    found = []
    for strength in (0.1, 0.3, 1.0):
        fitted = fit_issues(tagged, strength)
        truth = issue_truth(tagged, fitted.weights.labels)
        line = best_threshold(fitted.held_out, truth)
        scores = issue_scores(truth, sigmoid(fitted.held_out), line)
        found.append({"labels": "issues", "C": strength, **scores, **_size(fitted.weights)})
    for strength in (0.2, 0.5, 1.0):
        fitted = fit_action(acted, strength)
        scores = action_scores(acted, softmax(fitted.held_out))
        found.append({"labels": "action", "C": strength, **scores, **_size(fitted.weights)})
    return found


def report(model: Model, learned: Sequence[Coded], unseen: Sequence[Coded]) -> str:
    """Return all tables as text."""
    found = numbers(model, learned, unseen)
    return "\n\n".join(f"{title}\n{plain(rows)}" for title, rows in found.items())


def numbers(
    model: Model, learned: Sequence[Coded], unseen: Sequence[Coded]
) -> dict[str, list[Row]]:
    """Return rows by title: tags, categories, both beside the baseline; each tag; other sources."""
    from evaluation.labels.transfer import headings

    tagged, acted = tagged_only(unseen), acted_only(unseen)
    truth = issue_truth(tagged, model.issues.labels)
    chances = model.chances([row.text for row in tagged])[0]
    plain = plain_issues(tagged_only(learned), tagged, model.issues.labels)
    ours = model.chances([row.text for row in acted])[1]
    baseline = plain_action(acted_only(learned), acted)
    unseen_sessions = f"UPR Info, sessions from {FIRST_TO_REPORT}"
    return {
        f"Issue tags: {unseen_sessions}, {len(tagged):,} texts not seen before": [
            {"method": "Linker", **issue_scores(truth, chances, model.threshold)},
            {"method": "TF-IDF + LR, line 0.5", **issue_scores(truth, plain, 0.5)},
            {"method": "TF-IDF + LR, line 0.3", **issue_scores(truth, plain, 0.3)},
        ],
        f"Action category: {unseen_sessions}, {len(acted):,} texts not seen before": [
            {"method": "Linker", **action_scores(acted, ours)},
            {"method": "TF-IDF + LR", **action_scores(acted, baseline)},
        ],
        "Issue tags one by one": tag_by_tag(truth, chances, model),
        "Themes against the headings of OHCHR's lists for Slovenia": headings(model),
    }


def issue_scores(truth: Array, chances: Array, line: float) -> Row:
    """Return micro- and macro-F1, precision, recall with a 95 % interval of micro-F1, and ECE."""
    from sklearn.metrics import f1_score, precision_score, recall_score

    shown = chances >= line
    low, high = interval(2 * (truth * shown).sum(axis=1), (truth + shown).sum(axis=1))
    return {
        "micro-F1": float(f1_score(truth, shown, average="micro")),
        "95 %": f"{low:.3f}–{high:.3f}",
        "macro-F1": float(f1_score(truth, shown, average="macro", zero_division=0)),
        "precision": float(precision_score(truth, shown, average="micro")),
        "recall": float(recall_score(truth, shown, average="micro")),
        "ECE": calibration_error(chances.ravel(), truth.ravel()),
    }


def action_scores(rows: Sequence[Coded], chances: Array) -> Row:
    """Return κ plain and quadratic, accuracy, F1 of "specific" and ECE of the top category."""
    from sklearn.metrics import cohen_kappa_score, f1_score

    truth = np.array([row.action for row in rows])
    said = chances.argmax(axis=1) + 1
    kappas = [cohen_kappa_score(truth[p], said[p]) for p in _resamples(len(rows))]
    low, high = np.percentile(kappas, [2.5, 97.5])
    return {
        "kappa": float(cohen_kappa_score(truth, said)),
        "95 %": f"{low:.3f}–{high:.3f}",
        "quadratic kappa": float(cohen_kappa_score(truth, said, weights="quadratic")),
        "accuracy": float(np.mean(truth == said)),
        "specific F1": float(f1_score(truth == 5, said == 5)),
        "ECE": calibration_error(chances.max(axis=1), truth == said),
    }


def tag_by_tag(truth: Array, chances: Array, model: Model) -> list[Row]:
    """Return F1 of each tag with how often it was given, the commonest first."""
    from sklearn.metrics import f1_score

    shown = chances >= model.threshold
    rows: list[Row] = [
        {
            "tag": tag,
            "given": int(truth[:, n].sum()),
            "F1": float(f1_score(truth[:, n], shown[:, n], zero_division=0)),
        }
        for n, tag in enumerate(model.issues.labels)
    ]
    return sorted(rows, key=lambda row: (-row["given"], row["tag"]))


def plain_issues(learned: Sequence[Coded], unseen: Sequence[Coded], tags: Sequence[str]) -> Array:
    """Baseline: probability of each tag by TF-IDF and logistic regression, defaults."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    words = TfidfVectorizer()
    known = words.fit_transform([row.text for row in learned])
    learner = OneVsRestClassifier(LogisticRegression(solver="liblinear"))
    learner.fit(known, issue_truth(learned, tags))
    return np.asarray(learner.predict_proba(words.transform([row.text for row in unseen])))


def plain_action(learned: Sequence[Coded], unseen: Sequence[Coded]) -> Array:
    """Baseline: probability of each category by TF-IDF and logistic regression, defaults."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer()
    known = words.fit_transform([row.text for row in learned])
    learner = LogisticRegression(max_iter=300).fit(known, action_truth(learned).argmax(axis=1))
    return np.asarray(learner.predict_proba(words.transform([row.text for row in unseen])))


def tagged_only(rows: Sequence[Coded]) -> list[Coded]:
    """Return the rows that have issue tags; UPR Info leaves one in twenty without."""
    return [row for row in rows if row.issues]


def acted_only(rows: Sequence[Coded]) -> list[Coded]:
    """Return the rows that have an action category."""
    return [row for row in rows if row.action]


def _resamples(count: int, times: int = 200) -> list[Any]:
    generator = np.random.default_rng(0)
    return [generator.integers(0, count, count) for _ in range(times)]


def _size(weights: Any) -> Row:
    return {"weights": int(np.count_nonzero(weights.table)), "terms": len(weights.row)}
