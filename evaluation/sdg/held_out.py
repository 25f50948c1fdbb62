"""Probabilities of links to the SDGs from models that saw no text of the same State.

Labels come from graders that were language models following written guidelines, not from human
experts: numbers say how well the engine follows those guidelines. Every number on the development
texts is held out by State: the texts of a State are scored by models that saw none of them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.sdg.fit import (
    SAMPLE,
    Fitted,
    Labelled,
    Measured,
    fit,
    folds,
    indicator_chances,
    joined,
    measure,
    measure_left_out,
    target_chances,
)
from evaluation.sources import LABELS, gold
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.errors import LinkerError
from linker.paths import home
from linker.sdg.evidence import FEATURES, EvidenceMaker
from linker.sdg.framework import sort_key
from linker.sdg.indicators import INDICATOR_FEATURES

Array = NDArray[np.float64]
MOST_SHOWN = 4
PROPOSE_PRECISION = 0.94
"""A little above the 0.92 wanted, for on texts that a line was not drawn on it keeps less."""


def numbers(cache: Path | None = None) -> dict[str, Any]:
    """Return every SDG number as plain dictionaries; see ``evaluation.sdg.report.numbers``.

    Args:
        cache: folder of embeddings that are kept between runs.
    """
    from evaluation.sdg.report import numbers as found

    folder = cache or home() / ".cache" / "embeddings"
    maker = EvidenceMaker(CachedEncoder(default_encoder(), folder))
    data = everything(maker)
    return found(maker, data, cross_validate(data))


def everything(maker: EvidenceMaker, with_sample: bool = True) -> Measured:
    """Return all labelled texts with their evidence."""
    parts = [measure(maker, development()), measure_left_out(maker.encoder)]
    if with_sample:
        parts.append(measure(maker, sample()))
    return joined(parts)


def development() -> list[Labelled]:
    """Return the labelled development texts (LINKER_GOLD/sdg_dev.json).

    Raises:
        LinkerError: they are not there.
    """
    path = gold() / "sdg_dev.json"
    if not path.is_file():
        raise LinkerError(f"{path}: development labels missing. Set LINKER_GOLD.")
    return [_labelled(item) for item in json.loads(path.read_text(encoding="utf-8"))]


def sample() -> list[Labelled]:
    """Return the labelled records of the fictional State that ships with Linker."""
    texts = dict(_sample_texts(home() / "data" / "sample"))
    with (LABELS / "sample_sdg.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Labelled(
            id=row["record_id"],
            group=SAMPLE,
            text=texts[row["record_id"]],
            targets=_codes(row["targets"]),
            direct=_codes(row["direct"]),
            proxy=_codes(row["proxy"]),
            source="UPR" if row["record_id"].startswith("A/HRC/") else "TB and SP",
        )
        for row in rows
    ]


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def cross_validate(data: Measured, share: float = 1.0) -> HeldOut:
    """Return held-out probabilities for every text; models see no text of the same State.

    Args:
        data: labelled texts.
        share: how much of the real texts to learn from, drawn by a seeded generator.
    """
    kept = ~data.real() | (np.random.default_rng(0).random(len(data.labelled)) < share)
    fold = folds(data.labelled)
    width, indicators = len(data.targets), len(data.indicators)
    found = HeldOut(
        np.zeros((len(fold), width)),
        np.zeros((len(fold), indicators)),
        np.zeros((len(fold), indicators)),
    )
    for number in range(fold.max() + 1):
        test = np.flatnonzero(fold == number)
        fitted = fit(data, np.flatnonzero((fold != number) & kept))
        found.target[test] = target_chances(fitted, data, test)
        chances = indicator_chances(fitted, data, test, found.target[test])
        found.indicator[test], found.direct[test] = chances
    return found


def scorer_file(data: Measured, held_out: HeldOut) -> dict[str, Any]:
    """Return models/sdg/scorer.json: weights from all texts, bands from held-out ones."""
    fitted = fit(data, np.arange(len(data.labelled)))
    return {
        "format": 1,
        "made_by": "python -m evaluation.sdg train",
        "texts": int(data.learned().sum()),
        "target": _log_odds(fitted.target, FEATURES),
        "indicator_useful": _log_odds(fitted.useful, INDICATOR_FEATURES),
        "indicator_direct": _log_odds(fitted.direct, INDICATOR_FEATURES),
        "bands": bands(data, held_out),
        "prior": _prior(data, fitted),
        "indicator_prior": _indicator_prior(data, fitted.useful_prior),
        "direct_prior": _indicator_prior(data, fitted.direct_prior),
    }


def bands(
    data: Measured, held_out: HeldOut, chosen: NDArray[np.bool_] | None = None
) -> dict[str, float | int]:
    """Return thresholds: ``ask`` where the set shown is best, ``propose`` where it is right enough.

    Args:
        data: labelled texts.
        held_out: their held-out probabilities.
        chosen: the texts to choose on; all real ones that may be learned from when not given.
    """
    rows = data.real() & data.learned() if chosen is None else chosen
    linked, useful = data.target_labels()[rows], data.useful_labels()[rows]
    of_target = held_out.target[rows]
    ask = best_threshold(of_target, linked)
    of_indicator = of_shown_targets(data, held_out, ask)[rows]
    ask_indicator = best_threshold(of_indicator, useful)
    return {
        "propose": max(ask, precise_threshold(of_target, linked)),
        "ask": ask,
        "propose_indicator": max(ask_indicator, precise_threshold(of_indicator, useful)),
        "ask_indicator": ask_indicator,
        "most_targets": MOST_SHOWN,
        "most_indicators": MOST_SHOWN,
    }


@dataclass(frozen=True)
class Sets:
    """Which links are shown and proposed, by lines drawn without the texts of the same fold."""

    target_shown: NDArray[np.bool_]
    target_proposed: NDArray[np.bool_]
    indicator_shown: NDArray[np.bool_]
    indicator_proposed: NDArray[np.bool_]


def nested_sets(data: Measured, held_out: HeldOut) -> Sets:
    """Return the links that lines drawn on the other folds show and propose."""
    fold = folds(data.labelled)
    of_target = np.zeros((2, *held_out.target.shape), dtype=bool)
    of_indicator = np.zeros((2, *held_out.indicator.shape), dtype=bool)
    for number in range(fold.max() + 1):
        test = fold == number
        lines = bands(data, held_out, data.real() & data.learned() & ~test)
        reachable = of_shown_targets(data, held_out, float(lines["ask"]))[test]
        for place, band in enumerate(("ask", "propose")):
            of_target[place, test] = shown(held_out.target[test], float(lines[band]))
            of_indicator[place, test] = shown(reachable, float(lines[f"{band}_indicator"]))
    return Sets(*of_target, *of_indicator)


def shown(chances: Array, threshold: float) -> NDArray[np.bool_]:
    """Return which links are shown by default: the best four that reach a threshold."""
    order = np.argsort(np.argsort(-chances, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray((order < MOST_SHOWN) & (chances >= threshold))


def of_shown_targets(data: Measured, held_out: HeldOut, ask: float) -> Array:
    """Return the indicators' probabilities, 0 where the target is hidden: so is the indicator."""
    return held_out.indicator * shown(held_out.target, ask)[:, data.parents]


def best_threshold(chances: Array, labels: Array) -> float:
    """Return the threshold with the best micro F1; the middle of those within 0.01 of it."""
    tried = np.round(np.arange(0.1, 0.61, 0.01), 2)
    scores = np.array([f1(shown(chances, t), labels) for t in tried])
    return float(np.median(tried[scores >= scores.max() - 0.01]).round(2))


def precise_threshold(chances: Array, labels: Array) -> float:
    """Return the lowest threshold from 0.4 above which shown links are right often enough."""
    for threshold in np.round(np.arange(0.4, 0.96, 0.01), 2):
        proposed = shown(chances, float(threshold))
        if proposed.any() and labels[proposed].mean() >= PROPOSE_PRECISION:
            return float(threshold)
    return 0.96


def f1(proposed: NDArray[np.bool_], labels: Array) -> float:
    """Return micro-averaged F1 over all links."""
    size = proposed.sum() + (labels > 0).sum()
    return float(2 * (proposed & (labels > 0)).sum() / max(size, 1))


class HeldOut:
    """Held-out probabilities: of targets, of indicators, and of their being direct if useful."""

    def __init__(self, target: Array, indicator: Array, direct: Array) -> None:
        self.target = target
        self.indicator = indicator
        self.direct = direct


def _log_odds(coefficients: Array, names: Sequence[str]) -> dict[str, Any]:
    intercept, *weights = (round(float(value), 4) for value in coefficients)
    return {"intercept": intercept, "weights": dict(zip(names, weights, strict=True))}


def _prior(data: Measured, fitted: Fitted) -> dict[str, float]:
    """Return the priors of targets by code."""
    return _listed(data.targets, fitted.prior, data.target_labels().sum(axis=0) > 0)


def _indicator_prior(data: Measured, prior: Array) -> dict[str, float]:
    """Return priors of indicators by code."""
    seen = data.target_labels()[:, data.parents].sum(axis=0) > 0
    return _listed(data.indicators, prior, seen)


def _listed(codes: Sequence[str], prior: Array, seen: NDArray[np.bool_]) -> dict[str, float]:
    """Return priors by code; those never seen in the labels share one, under the empty code."""
    listed = {code: v for code, v, s in zip(codes, prior, seen, strict=True) if s}
    rest = float(prior[~seen].mean()) if (~seen).any() else 0.0
    listed = dict(sorted(listed.items(), key=lambda pair: sort_key(pair[0])))
    return {"": round(rest, 4), **{code: round(float(v), 4) for code, v in listed.items()}}


def _labelled(item: dict[str, Any]) -> Labelled:
    return Labelled(
        item["id"],
        item["country"].strip(),
        item["text"],
        tuple(item["targets"]),
        tuple(item["direct"]),
        tuple(item["proxy"]),
        source="UPR" if item["kind"] == "UPR" else "TB and SP",
    )


def _sample_texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield f"{row['symbol']}#{row['paragraph']}", row["text"]
