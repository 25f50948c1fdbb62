"""Measures of ranked lists, by ir-measures (trec_eval), on judged answers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ir_measures
import numpy as np
from ir_measures import AP
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def measured(
    measures: Sequence[Any], query: NDArray[np.intp], true: NDArray[np.bool_], score: Floats
) -> Floats:
    """Return measures of each query that has a right answer, shape (queries, measures).

    Args:
        measures: of ir-measures, such as ``AP`` and ``Success @ 3``.
        query: the query of each answer, shape (answers,).
        true: whether each is right.
        score: by which they are ranked, highest first.
    """
    place = {str(number): row for row, number in enumerate(np.unique(query[true]).tolist())}
    qrels: dict[str, dict[str, int]] = {number: {} for number in place}
    run: dict[str, dict[str, float]] = {number: {} for number in place}
    of_query, right, scores = query.astype(str).tolist(), true.tolist(), score.tolist()
    for answer, number in enumerate(of_query):
        if number in place:
            qrels[number][str(answer)] = int(right[answer])
            run[number][str(answer)] = scores[answer]
    found = np.zeros((len(place), len(measures)))
    for metric in ir_measures.iter_calc(measures, qrels, run):
        found[place[metric.query_id], measures.index(metric.measure)] = metric.value
    return found


def average_precisions(query: NDArray[np.intp], true: NDArray[np.bool_], score: Floats) -> Floats:
    """Return the average precision of each query that has a right answer."""
    return np.asarray(measured([AP], query, true, score)[:, 0])


def average_precision(query: NDArray[np.intp], true: NDArray[np.bool_], score: Floats) -> float:
    """Return the mean of them; not a number where there is none."""
    found = average_precisions(query, true, score)
    return float(found.mean()) if len(found) else float("nan")
