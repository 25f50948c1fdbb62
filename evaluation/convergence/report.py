"""Every number on convergence, as plain values; a scorer never saw the State it is measured on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from ir_measures import AP, R

from evaluation.bootstrap import interval
from evaluation.calibration import calibration_error, reliability
from evaluation.convergence.fit import fit
from evaluation.convergence.gold import load
from evaluation.convergence.held_out import LEARNED, HeldOut, cross_validate, groups, trained
from evaluation.convergence.table import SAMPLE_STATE, Table, tabulate
from evaluation.rankings import average_precision, average_precisions, measured
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder

Row = dict[str, Any]
SHARES = (0.25, 0.5, 1.0)
"""Points of the learning curve: shares of the training paragraphs."""
DRAWS = 3
"""Samples of paragraphs for each of its points below the last."""


def numbers(encoder: Encoder | None = None) -> Row:
    """Measure everything; takes some two minutes.

    Returns:
        missing: gold that was not there, in words.
        states: a row for each State, ``others`` (real States of few pairs), ``real``, ``all``.
        bodies: likewise for each body that asked, over the real States.
        reliability: by tenths of the probability, for real States and the fictional one.
        learning: average precision on real States by share of the training paragraphs.
        bands: lines of the shipped bands, and what they were worth on States left out.
    """
    gold = load()
    table = tabulate(gold, encoder or default_encoder())
    held_out = cross_validate(table)
    judges = trained(table, np.ones(len(table.grade), bool))
    across = table.kind == "TB-UPR"
    real, fictional = across & (table.state != SAMPLE_STATE), across & (table.state == SAMPLE_STATE)
    true = table.grade == 2
    bodies = {str(body): real & (table.body == body) for body in np.unique(table.body[real])}
    return {
        "missing": list(gold.missing),
        "states": by_group(table, held_out, groups(table)),
        "bodies": by_group(table, held_out, bodies),
        "reliability": {
            "real": reliability(held_out.same[real], true[real]),
            "fictional": reliability(held_out.same[fictional], true[fictional]),
        },
        "learning": learning_curve(table),
        "bands": {
            kind: {
                "propose": scorer.propose,
                "ask": scorer.ask,
                **of_bands(table, held_out, table.kind == kind),
            }
            for kind, scorer in judges.of.items()
        },
    }


def by_group(table: Table, held_out: HeldOut, rows_of: Mapping[str, np.ndarray]) -> list[Row]:
    """Return a row of numbers for each group of pairs that holds a true link."""
    return [
        {"name": name, **_measured(table, held_out, rows)}
        for name, rows in rows_of.items()
        if (table.grade[rows] == 2).any()
    ]


def _measured(table: Table, held_out: HeldOut, rows: np.ndarray) -> Row:
    query, grade, same = table.query[rows], table.grade[rows], held_out.same[rows]
    true = grade == 2
    each, recalls = measured([AP, R @ 20], query, true, same).T
    return {
        "paragraphs": len(each),
        "pairs": int(rows.sum()),
        "average_precision": float(each.mean()),
        "average_precision_interval": interval(each),
        "recall_at_20": float(recalls.mean()),
        "average_precision_related": average_precision(query, grade >= 1, held_out.related[rows]),
        **_bands(query, true, held_out.proposed[rows], held_out.asked[rows]),
        "calibration_error": calibration_error(same, true),
        "calibration_error_by_chance": error_by_chance(same),
        **{
            name: average_precision(query, true, scores[rows])
            for name, scores in table.baselines.items()
        },
    }


def _bands(query: np.ndarray, true: np.ndarray, proposed: np.ndarray, asked: np.ndarray) -> Row:
    def over_paragraphs(chosen: np.ndarray) -> tuple[float, float]:
        counted = [np.bincount(query, weights=part) for part in (chosen & true, chosen)]
        return interval(counted[0][counted[1] > 0], counted[1][counted[1] > 0])

    return {
        "proposed": int(proposed.sum()),
        "precision_proposed": _precision(true, proposed),
        "precision_proposed_interval": over_paragraphs(proposed),
        "asked": int(asked.sum()),
        "precision_asked": _precision(true, asked),
        "precision_asked_interval": over_paragraphs(asked),
        "true_proposed": float(proposed[true].mean()),
        "true_hidden": float((~proposed & ~asked)[true].mean()),
    }


def _precision(true: np.ndarray, chosen: np.ndarray) -> float:
    return float(true[chosen].mean()) if chosen.any() else float("nan")


def of_bands(table: Table, held_out: HeldOut, some: np.ndarray) -> Row:
    """Return what the bands are worth on States left out: real ones, and the fictional one.

    Args:
        table: graded pairs.
        held_out: what scorers that had not seen their State say.
        some: which pairs to look at, such as those of a kind.
    """
    real = table.state != SAMPLE_STATE
    found = {}
    for name, rows in (("real States", some & real), ("fictional State", some & ~real)):
        if (table.grade[rows] == 2).any():
            bands = _bands(
                table.query[rows], table.grade[rows] == 2,
                held_out.proposed[rows], held_out.asked[rows],
            )  # fmt: skip
            found[name] = {
                key: round(value, 4) for key, value in bands.items() if not isinstance(value, tuple)
            }
    return found


def error_by_chance(probability: np.ndarray, draws: int = 200) -> float:
    """Return the calibration error that perfect probabilities would show on so few pairs."""
    random = np.random.default_rng(0)
    return float(np.mean([
        calibration_error(probability, random.random(len(probability)) < probability)
        for _ in range(draws)
    ]))  # fmt: skip


def learning_curve(table: Table) -> list[Row]:
    """Return average precision on real States left out, by share of training paragraphs used."""
    real = (table.state != SAMPLE_STATE) & (table.kind == "TB-UPR")
    found = []
    for share in SHARES:
        each = [_left_out(table, share, seed) for seed in range(DRAWS if share < 1.0 else 1)]
        paragraphs = np.mean([
            average_precisions(table.query[real], table.grade[real] == 2, odds[real])
            for odds in each
        ], axis=0)  # fmt: skip
        found.append({
            "share": share,
            "average_precision": float(paragraphs.mean()),
            "average_precision_interval": interval(paragraphs),
        })  # fmt: skip
    return found


def _left_out(table: Table, share: float, seed: int) -> np.ndarray:
    """Return log-odds of pairs of real States from a share of the other States' paragraphs."""
    random = np.random.default_rng(seed)
    paragraphs = np.unique(table.query)
    drawn = random.permutation(paragraphs)[: max(1, round(share * len(paragraphs)))]
    used = np.isin(table.query, drawn)
    odds = np.zeros(len(table.grade))
    for state in table.states:
        if state != SAMPLE_STATE:
            mine = table.state == state
            values = fit(table, used & ~mine, LEARNED["TB-UPR"]).log_odds(table.values)
            odds[mine] = values[table.best(values)][mine]
    return odds


COLUMNS = (
    ("paragraphs", "parag.", "d"), ("pairs", "pairs", "d"), ("average_precision", "AP", ".3f"),
    ("recall_at_20", "R@20", ".3f"), ("average_precision_related", "AP rel.", ".3f"),
    ("proposed", "propose", "d"), ("precision_proposed", "prec.", ".3f"), ("asked", "ask", "d"),
    ("precision_asked", "prec.", ".3f"), ("true_hidden", "hidden", ".3f"),
    ("calibration_error", "ECE", ".3f"), ("calibration_error_by_chance", "chance", ".3f"),
    ("MiniLM", "MiniLM", ".3f"), ("TF-IDF", "TF-IDF", ".3f"),
)  # fmt: skip
"""What is printed: key, heading, format."""


def text(rows: list[Row]) -> str:
    """Return rows as a table to print."""
    head = f"{'':8}" + "".join(f"{heading:>9}" for _, heading, _ in COLUMNS)
    lines = [
        f"{row['name']:8}" + "".join(f"{row[key]:>9{form}}" for key, _, form in COLUMNS)
        for row in rows
    ]
    return "\n".join([head, *lines])
