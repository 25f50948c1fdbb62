"""Fits the labels' weights and their calibration, and writes ``models/labels``.

L1 keeps a handful of telling words for each label; what it leaves are weights one can read.
Calibration comes from the same fit with each fifth of the States left out, and is folded into the
weights, so that what is written gives probabilities without a second step.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.labels.data import FOLDS, Coded, tags_of
from evaluation.logistic import platt
from linker.labels.model import ANY_TEXT, HEADER, MANIFEST, Array, Weights, sigmoid, terms
from linker.vocabulary.states import state_rows
from linker.vocabulary.tokens import stem, tokenise

ISSUE_C, ACTION_C = 0.3, 0.5
"""Inverse strength of L1, chosen by ``python -m evaluation.labels choose``."""
SHRINKAGE = 0.1
"""Penalty on the slope of a tag's calibration: rare tags have few texts to draw it on."""
FEWEST_STATES = 5
"""A term counts when recommendations to at least this many States use it."""
SURE = 6.0
"""Log-odds of a label that every text has, and below zero of one that none has."""
ACTIONS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Fitted:
    """Weights with what they gave on States they had not seen.

    Attributes:
        weights: from all rows, calibrated.
        held_out: calibrated log-odds of every row by a fit that saw none of its State.
    """

    weights: Weights
    held_out: Array


def vocabulary(rows: Sequence[Coded]) -> dict[str, int]:
    """Return the terms that enough States' recommendations use, without names of States."""
    states: dict[str, set[str]] = {}
    for row in rows:
        for term in terms(row.text):
            states.setdefault(term, set()).add(row.state)
    names = _names()
    kept = sorted(
        term
        for term, users in states.items()
        if len(users) >= FEWEST_STATES and names.isdisjoint(term.split())
    )
    return {term: place for place, term in enumerate(kept)}


def issue_truth(rows: Sequence[Coded], tags: Sequence[str]) -> Array:
    """Return 1 where a tag was given, shape (rows, tags)."""
    return np.array([[tag in row.issues for tag in tags] for row in rows], dtype=np.float64)


def action_truth(rows: Sequence[Coded]) -> Array:
    """Return 1 in the column of each row's category, shape (rows, 5)."""
    return np.array([[str(row.action) == a for a in ACTIONS] for row in rows], dtype=np.float64)


def fit_issues(rows: Sequence[Coded], inverse_strength: float = ISSUE_C) -> Fitted:
    """Fit the issue tags; each gets a Platt scaling of its own."""
    tags = tags_of(rows)
    truth = issue_truth(rows, tags)
    raw, held_out = _cross_fit(rows, truth, tags, inverse_strength)
    scales = [platt(held_out[:, n], truth[:, n], penalty=SHRINKAGE) for n in range(len(tags))]
    return _scaled(raw, held_out, np.array(scales))


def fit_action(rows: Sequence[Coded], inverse_strength: float = ACTION_C) -> Fitted:
    """Fit the action categories; a scale and a shift for each make them one distribution."""
    truth = action_truth(rows)
    raw, held_out = _cross_fit(rows, truth, ACTIONS, inverse_strength)
    return _scaled(raw, held_out, _shares(held_out, truth))


def fit(
    rows: Sequence[Coded],
    truth: Array,
    labels: Sequence[str],
    inverse_strength: float,
) -> Weights:
    """Fit each label for itself, uncalibrated; the same rows in any order give the same weights.

    Args:
        rows: recommendations to learn from.
        truth: shape (rows, labels).
        labels: names of the columns.
        inverse_strength: C of scikit-learn's LogisticRegression with L1.
    """
    from sklearn.linear_model import LogisticRegression

    order = sorted(range(len(rows)), key=lambda n: rows[n].text)
    rows, truth = [rows[n] for n in order], truth[order]
    place = vocabulary(rows)
    matrix = _matrix(rows, place)
    table, always = np.zeros((len(place), len(labels))), np.zeros(len(labels))
    for column in range(len(labels)):
        if truth[:, column].min() == truth[:, column].max():
            always[column] = SURE if truth[0, column] else -SURE
            continue
        learner = LogisticRegression(
            solver="liblinear", l1_ratio=1.0, C=inverse_strength, random_state=0, max_iter=200
        ).fit(matrix, truth[:, column])
        table[:, column], always[column] = learner.coef_[0], learner.intercept_[0]
    used = np.flatnonzero(table.any(axis=1))
    names = list(place)
    return Weights(
        tuple(labels), {names[row]: n for n, row in enumerate(used)}, table[used], always
    )


def best_threshold(held_out: Array, truth: Array) -> float:
    """Return the probability from which showing tags gives the best micro-F1, in hundredths."""
    from sklearn.metrics import f1_score

    chances = sigmoid(held_out)
    tried = np.arange(20, 61) / 100
    scores = [f1_score(truth, chances >= line, average="micro") for line in tried]
    return float(tried[int(np.argmax(scores))])


def write(folder: Path, issues: Weights, action: Weights, facts: dict[str, Any]) -> None:
    """Write both files of weights and the manifest that vouches for them."""
    folder.mkdir(parents=True, exist_ok=True)
    sums = {}
    for name, weights in (("issues.tsv", issues), ("action.tsv", action)):
        content = "\n".join([HEADER, *_lines(weights)]) + "\n"
        (folder / name).write_bytes(content.encode("utf-8"))
        sums[name] = hashlib.sha256(content.encode("utf-8")).hexdigest()
    manifest = json.dumps({**facts, "files": sums}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _lines(weights: Weights) -> list[str]:
    """Return lines of label, term, log-odds: for each label the telling terms first."""
    lines = []
    names = list(weights.row)
    for column, label in enumerate(weights.labels):
        lines.append(f"{label}\t{ANY_TEXT}\t{weights.always[column]:.3f}")
        told = weights.table[:, column]
        for row in sorted(np.flatnonzero(told), key=lambda n: (-told[n], names[n])):
            if f"{abs(told[row]):.3f}" != "0.000":
                lines.append(f"{label}\t{names[row]}\t{told[row]:.3f}")
    return lines


def _cross_fit(
    rows: Sequence[Coded], truth: Array, labels: Sequence[str], inverse_strength: float
) -> tuple[Weights, Array]:
    held_out = np.zeros_like(truth)
    for fold in range(FOLDS):
        seen = [n for n, row in enumerate(rows) if row.fold != fold]
        unseen = [n for n, row in enumerate(rows) if row.fold == fold]
        weights = fit([rows[n] for n in seen], truth[seen], labels, inverse_strength)
        held_out[unseen] = weights.log_odds([terms(rows[n].text) for n in unseen])
    return fit(rows, truth, labels, inverse_strength), held_out


def _scaled(raw: Weights, held_out: Array, scales: Array) -> Fitted:
    """Fold a scale (column 0) and a shift (column 1) for each label into its weights."""
    scale, shift = scales[:, 0], scales[:, 1]
    weights = Weights(raw.labels, raw.row, raw.table * scale, raw.always * scale + shift)
    return Fitted(weights, held_out * scale + shift)


def _shares(odds: Array, truth: Array) -> Array:
    """Return the scale and shift of each column that make a softmax of them likeliest."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp

    count = odds.shape[1]

    def loss(flat: Array) -> tuple[float, Array]:
        scale, shift = flat[:count], flat[count:]
        moved = odds * scale + shift
        log_shares = moved - logsumexp(moved, axis=1, keepdims=True)
        off = (np.exp(log_shares) - truth) / len(odds)
        gradient = np.concatenate([(off * odds).sum(axis=0), off.sum(axis=0)])
        return float(-(truth * log_shares).sum() / len(odds)), gradient

    start = np.concatenate([np.ones(count), np.zeros(count)])
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    found[count:] -= found[count:].mean()
    return np.asarray(found.reshape(2, count).T)


def _matrix(rows: Sequence[Coded], place: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    columns = [sorted(place[t] for t in terms(row.text) if t in place) for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for found in columns for column in found], dtype=np.int32)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(place)))


def _names() -> frozenset[str]:
    """Return the stems of States' names of one word: they say who is asked, not what."""
    words = [tokenise(row["name"].split(" (")[0]) for row in state_rows()]
    return frozenset(stem(found[0].word) for found in words if len(found) == 1)
