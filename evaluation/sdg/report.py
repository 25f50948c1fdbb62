"""SDG quality in numbers, beside what a plain encoder and plain words reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from ir_measures import AP, Success
from numpy.typing import NDArray

from evaluation.bootstrap import interval
from evaluation.calibration import calibration_error, reliability
from evaluation.rankings import measured
from evaluation.sdg.fit import SAMPLE, Measured
from evaluation.sdg.held_out import (
    HeldOut,
    Sets,
    bands,
    best_threshold,
    cross_validate,
    nested_sets,
    shown,
)
from linker.sdg.evidence import FEATURES, EvidenceMaker
from linker.sdg.words import WordSpace

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
Numbers = dict[str, Any]
MEASURES = ("hit@1", "hit@3", "MAP", "set F1")
SHARES = (0.25, 0.5, 0.75, 1.0)
LEAST = 0.05
"""Links less probable than this are left out of calibration: nearly all are wrong, and say so."""


def numbers(maker: EvidenceMaker, data: Measured, held_out: HeldOut) -> Numbers:
    """Return everything as plain dictionaries.

    Every measure is ``{"value": …, "interval": (low, high)}``, intervals of 95 % by bootstrap over
    texts. Keys: ``texts`` (real texts, fictional State; by system, by source), ``bands``,
    ``reliability`` (by tenths of probability) and ``learning_curve`` (by share of real texts
    learned from).
    """
    fictional = np.array([x.group == SAMPLE for x in data.labelled])
    parts = {
        "real texts": data.real(),
        "real texts of States never learned from": ~data.learned(),
        "fictional State": fictional,
    }
    sets = nested_sets(data, held_out)
    return {
        "texts": {
            name: _part(maker, data, held_out, sets, np.flatnonzero(chosen))
            for name, chosen in parts.items()
            if chosen.any()
        },
        "bands": _bands(data, held_out, sets),
        "reliability": {
            level: reliability(*_probable(*of)) for level, of in _levels(data, held_out).items()
        },
        "learning_curve": _learning_curve(data, held_out),
    }


def in_words(found: Numbers) -> str:
    """Return the numbers as a table in plain text."""
    lines = []
    for name, part in found["texts"].items():
        lines += [f"{name}, {part['count']}; 95 % bootstrap intervals over texts"]
        lines += [f"{'':38} " + " ".join(f"{measure:>17}" for measure in MEASURES)]
        for level in ("targets", "indicators", "by_source"):
            lines += [_line(system, values) for system, values in part[level].items()]
        lines += [", ".join(f"{key} {value:.3g}" for key, value in part["roles"].items()), ""]
    lines += ["bands, real texts held out by State:"]
    for level, of in found["bands"].items():
        lines += [f"  {level}: " + ", ".join(f"{key} {value}" for key, value in of.items())]
    for level, rows in found["reliability"].items():
        lines += [f"reliability, {level}: said (share right, links)"]
        lines += [
            "  "
            + "  ".join(f"{r['probability']:.2f} ({r['true']:.2f}, {r['links']})" for r in rows)
        ]
    lines += ["learning curve, real texts held out: share of real texts learned from"]
    lines += [_line(f"  {row['share']:.2f}", row) for row in found["learning_curve"]]
    return "\n".join(lines)


def _part(
    maker: EvidenceMaker, data: Measured, held_out: HeldOut, sets: Sets, rows: Rows
) -> Numbers:
    sources = sorted({data.labelled[row].source for row in rows} - {""})
    labels = data.target_labels()
    return {
        "count": len(rows),
        "targets": _targets(maker, data, held_out, sets, rows),
        "indicators": _indicators(maker, data, held_out, sets, rows),
        "roles": _roles(data, held_out, sets, rows),
        "by_source": {
            f"Linker, {source} only": quality(
                held_out.target[of], labels[of], sets.target_shown[of]
            )
            for source in sources
            for of in [np.array([row for row in rows if data.labelled[row].source == source])]
        },
    }


def _roles(data: Measured, held_out: HeldOut, sets: Sets, rows: Rows) -> Numbers:
    """Return on what share of the indicators that labels and Linker both list the role agrees."""
    both = sets.indicator_shown[rows] & (data.useful_labels()[rows] > 0)
    agree = (held_out.direct[rows] >= 0.5) == (data.direct_labels()[rows] > 0)
    return {"both list": int(both.sum()), "role agrees": float(agree[both].mean())}


def _targets(
    maker: EvidenceMaker, data: Measured, held_out: HeldOut, sets: Sets, rows: Rows
) -> Numbers:
    texts = [data.labelled[row].text for row in rows]
    labels = data.target_labels()[rows]
    titles = [p.text for p in maker.passages if p.kind == "title"]
    order = [maker.column[p.target] for p in maker.passages if p.kind == "title"]
    return {
        "Linker, States held out": quality(held_out.target[rows], labels, sets.target_shown[rows]),
        "MiniLM, nearest exemplars": quality(_feature(data, "exemplars")[rows], labels),
        "MiniLM, titles": quality(_feature(data, "title")[rows], labels),
        "TF-IDF, titles": quality(_by_words(texts, titles, order), labels),
    }


def _indicators(
    maker: EvidenceMaker, data: Measured, held_out: HeldOut, sets: Sets, rows: Rows
) -> Numbers:
    texts = [data.labelled[row].text for row in rows]
    direct, useful = data.direct_labels()[rows], data.useful_labels()[rows]
    column = {code: number for number, code in enumerate(data.indicators)}
    titled = [i for i, p in enumerate(maker.all_passages) if p.kind == "indicator-title"]
    order = [column[maker.all_passages[i].indicator] for i in titled]
    titles = [maker.all_passages[i].text for i in titled]
    vectors = maker.encoder.encode(texts).astype(np.float64)
    by_title = np.zeros((len(rows), len(column)))
    by_title[:, order] = vectors @ maker.all_vectors[titled].T
    ranked, shown_direct = held_out.indicator[rows], held_out.direct[rows]
    listed = sets.indicator_shown[rows]
    count = int(direct.any(axis=1).sum())
    return {
        f"Linker, direct indicators of {count}": quality(
            ranked * shown_direct, direct, listed & (shown_direct >= 0.5)
        ),
        "Linker, direct, by usefulness alone": quality(ranked, direct, listed),
        "Linker, direct and proxy": quality(ranked, useful, listed),
        "MiniLM, indicator titles, direct": quality(by_title, direct),
        "TF-IDF, indicator titles, direct": quality(_by_words(texts, titles, order), direct),
    }


def quality(
    chances: Array,
    labels: Array,
    proposed: NDArray[np.bool_] | None = None,
    threshold: float | None = None,
) -> Numbers:
    """Return hit@1, hit@3, MAP (texts that have a link) and micro F1 of the set shown.

    Args:
        chances: shape (texts, codes).
        labels: 1 where linked, same shape.
        proposed: the set shown; by threshold when not given.
        threshold: from where a link is shown; the best one for these very texts when not given,
            which is kind to baselines.
    """
    if proposed is None:
        limit = best_threshold(chances, labels) if threshold is None else threshold
        proposed = shown(chances, limit)
    text = np.repeat(np.arange(len(labels)), labels.shape[1])
    ranked = measured([Success @ 1, Success @ 3, AP], text, labels.ravel() > 0, chances.ravel())
    found = dict(zip(MEASURES, ranked.T, strict=False))
    right = 2 * (proposed & (labels > 0)).sum(axis=1)
    sizes = proposed.sum(axis=1) + (labels > 0).sum(axis=1)
    numbers: Numbers = {
        name: {"value": float(each.mean()), "interval": interval(each)}
        for name, each in found.items()
    }
    value = float(right.sum() / max(sizes.sum(), 1))
    return {**numbers, "set F1": {"value": value, "interval": interval(right, sizes)}}


def _levels(data: Measured, held_out: HeldOut) -> dict[str, tuple[Array, Array]]:
    real = data.real()
    return {
        "targets": (held_out.target[real], data.target_labels()[real]),
        "indicators": (held_out.indicator[real], data.useful_labels()[real]),
    }


def _probable(chances: Array, labels: Array) -> tuple[Array, Array]:
    """Return the links that calibration is measured on."""
    kept = chances >= LEAST
    return chances[kept], labels[kept]


def _bands(data: Measured, held_out: HeldOut, sets: Sets) -> Numbers:
    """Return what the bands hold; each text by lines that its own fold had no part in."""
    limits, real = bands(data, held_out), data.real()
    by_level = {
        "targets": (sets.target_proposed, sets.target_shown, ""),
        "indicators": (sets.indicator_proposed, sets.indicator_shown, "_indicator"),
    }
    found: Numbers = {}
    for level, (chances, labels) in _levels(data, held_out).items():
        proposed, both = by_level[level][0][real], by_level[level][1][real]
        asked, suffix = both & ~proposed, by_level[level][2]
        found[level] = {
            "propose from": float(limits[f"propose{suffix}"]),
            "links proposed": int(proposed.sum()),
            "precision of propose": round(float(labels[proposed].mean()), 3),
            "ask from": float(limits[f"ask{suffix}"]),
            "links asked": int(asked.sum()),
            "precision of ask": round(float(labels[asked].mean()), 3),
            "true links hidden": round(float(labels[~both].sum() / labels.sum()), 3),
            "calibration error": round(calibration_error(*_probable(chances, labels)), 3),
        }
    return found


def _learning_curve(data: Measured, held_out: HeldOut) -> list[Numbers]:
    real = data.real()
    labels, rows = data.target_labels()[real], []
    for share in SHARES:
        found = held_out if share == 1 else cross_validate(data, share)
        sets = nested_sets(data, found)
        rows.append(
            {"share": share, **quality(found.target[real], labels, sets.target_shown[real])}
        )
    return rows


def _line(name: str, values: Numbers) -> str:
    cells = [
        f"{of['value']:.2f} [{of['interval'][0]:.2f}, {of['interval'][1]:.2f}]"
        for of in (values[measure] for measure in MEASURES)
    ]
    return f"{name:38} " + " ".join(f"{cell:>17}" for cell in cells)


def _feature(data: Measured, name: str) -> Array:
    return np.asarray(data.features[:, :, FEATURES.index(name)])


def _by_words(texts: Sequence[str], titles: Sequence[str], order: Sequence[int]) -> Array:
    space = WordSpace.learn(titles)
    found = np.zeros((len(texts), len(titles)))
    found[:, list(order)] = (space.vectors(texts) @ space.vectors(titles).T).toarray()
    return found
