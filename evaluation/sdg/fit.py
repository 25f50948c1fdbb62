"""Fits the SDG scorer: logistic models over few kinds of evidence, with signs that make sense.

Weights of evidence that speaks for a link cannot turn negative (and of procedural evidence not
positive), so more evidence never lowers a probability. The prior of a target is its frequency in
the labels, shrunk towards the mean as if one mean target's worth of labels were added; while
training, a text's own labels are left out of it, or the prior would look better than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from evaluation.logistic import FREE, Bound, logistic
from linker.encoding.encoder import Encoder
from linker.sdg.evidence import FEATURES, Evidence, EvidenceMaker
from linker.sdg.framework import framework
from linker.sdg.indicators import INDICATOR_FEATURES, IndicatorEvidence
from linker.sdg.knowledge import knowledge
from linker.sdg.passages import passages

Array = NDArray[np.float64]
L2 = 3.0
SHRINKAGE = 1.0
INDICATOR_SHRINKAGE = 3.0
"""How many links of its target with an average outcome are added to those of an indicator."""
SAMPLE = "XVM"
PROCEDURAL = "procedural"
MADE_UP = (SAMPLE, PROCEDURAL)
MADE_UP_WEIGHT = 0.25
"""A made-up text counts a quarter of a real one."""
PARTS = 4
SIGNS = {"procedural": -1, "siblings": 0}
BOUNDS: dict[int, Bound] = {1: (0.0, None), -1: (None, 0.0), 0: FREE}
"""What a weight may be, by the sign that sense demands."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with what graders linked it to.

    Attributes:
        id: of the record.
        group: the State; texts of one State are never split between training and testing.
        text: the text.
        targets: most important first; empty for procedural texts.
        direct: indicators that measure what is asked.
        proxy: indicators that tell something about it.
        source: UPR, or TB and SP.
    """

    id: str
    group: str
    text: str
    targets: tuple[str, ...]
    direct: tuple[str, ...]
    proxy: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Measured:
    """Labelled texts with their evidence as arrays; the first axis is the text everywhere."""

    labelled: tuple[Labelled, ...]
    targets: tuple[str, ...]
    indicators: tuple[str, ...]
    parents: NDArray[np.intp]
    features: Array
    indicator_features: Array

    def real(self) -> NDArray[np.bool_]:
        """Return which texts are of real documents."""
        return np.array([x.group not in MADE_UP for x in self.labelled])

    def weights(self) -> Array:
        """Return how much each text counts in training."""
        return np.where(self.real(), 1.0, MADE_UP_WEIGHT)

    def target_labels(self) -> Array:
        """Return 1 where a text is linked to a target, shape (texts, targets)."""
        return _indicator_matrix([x.targets for x in self.labelled], self.targets)

    def direct_labels(self) -> Array:
        """Return 1 where an indicator is direct, shape (texts, indicators)."""
        return _indicator_matrix([x.direct for x in self.labelled], self.indicators)

    def useful_labels(self) -> Array:
        """Return 1 where an indicator is direct or proxy, shape (texts, indicators)."""
        both = [(*x.direct, *x.proxy) for x in self.labelled]
        return _indicator_matrix(both, self.indicators)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients: intercept first, then one for each feature; priors in log-odds."""

    target: Array
    prior: Array
    useful: Array
    useful_prior: Array
    direct: Array


def measure(maker: EvidenceMaker, labelled: Sequence[Labelled]) -> Measured:
    """Return labelled texts with their evidence."""
    indicators = IndicatorEvidence(maker)
    reading = maker.read([x.text for x in labelled])
    evidence: Evidence = maker.measure(reading)
    return Measured(
        labelled=tuple(labelled),
        targets=maker.targets,
        indicators=indicators.codes,
        parents=indicators.targets,
        features=evidence.features,
        indicator_features=indicators.measure(reading, evidence.ask),
    )


def measure_procedural(encoder: Encoder) -> Measured:
    """Return the knowledge's procedural exemplars, each measured with its quarter left out.

    Real labelled texts hold too few procedural ones to learn what tells them apart.
    """
    known = [p for p in passages(knowledge(), framework()) if p.kind == "procedural"]
    measured = []
    for part in range(PARTS):
        left_out = known[part::PARTS]
        maker = EvidenceMaker(encoder, without=[p.id for p in left_out])
        texts = [Labelled(p.id, PROCEDURAL, p.text, (), (), ()) for p in left_out]
        measured.append(measure(maker, texts))
    return joined(measured)


def joined(parts: Sequence[Measured]) -> Measured:
    """Return several measurements as one."""
    return replace(
        parts[0],
        labelled=tuple(x for part in parts for x in part.labelled),
        features=np.concatenate([part.features for part in parts]),
        indicator_features=np.concatenate([part.indicator_features for part in parts]),
    )


def fit(data: Measured, rows: NDArray[np.intp]) -> Fitted:
    """Fit all models on some of the texts.

    Args:
        data: labelled texts.
        rows: which of them to learn from.
    """
    linked = data.target_labels()[rows]
    weights = data.weights()[rows]
    counts = weights[:, None] * linked
    prior = _priors(counts.sum(axis=0)[None] - counts)
    features = np.concatenate([data.features[rows], prior[:, :, None]], axis=2)
    signs = [SIGNS.get(name, 1) for name in (*FEATURES, "prior")]
    each = np.repeat(weights, linked.shape[1])
    target = _fitted(features.reshape(-1, len(signs)), linked.ravel(), signs, each)
    of_linked = linked[:, data.parents] > 0
    useful, direct = data.useful_labels()[rows], data.direct_labels()[rows]
    found = data.indicator_features[rows]
    free = [0] * len(INDICATOR_FEATURES)
    rises = [1, 1, 1, 1, 0, 1]
    is_useful = of_linked & (useful > 0)
    each = np.broadcast_to(weights[:, None], useful.shape)
    tried, right = each * of_linked, each * is_useful
    often = _often(right.sum(axis=0) - right, tried.sum(axis=0) - tried)
    known = np.concatenate([found, often[:, :, None]], axis=2)
    use = _fitted(known[of_linked], useful[of_linked], rises, each[of_linked])
    return Fitted(
        target=target[:-1],
        prior=target[-1] * _priors(counts.sum(axis=0)),
        useful=use[:-1],
        useful_prior=use[-1] * _often(right.sum(axis=0), tried.sum(axis=0)),
        direct=_fitted(found[is_useful], direct[is_useful], free, each[is_useful]),
    )


def _fitted(features: Array, labels: Array, signs: Sequence[int], weights: Array) -> Array:
    """Return intercept and weights of evidence as it is, for signs 1, -1 and 0 (free)."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = (features - mean) / spread
    shift, found = logistic(scaled, labels, weights, L2, [BOUNDS[sign] for sign in signs])
    slopes = found / spread
    return np.asarray(np.r_[shift - (slopes * mean).sum(), slopes])


def target_chances(fitted: Fitted, data: Measured, rows: NDArray[np.intp]) -> Array:
    """Return the probability of every target for some of the texts."""
    logit = data.features[rows] @ fitted.target[1:] + fitted.target[0] + fitted.prior
    return np.asarray(expit(logit))


def indicator_chances(
    fitted: Fitted, data: Measured, rows: NDArray[np.intp], of_targets: Array
) -> tuple[Array, Array]:
    """Return the probability that every indicator is useful, and that it is direct if so."""
    found = data.indicator_features[rows]
    logit = found @ fitted.useful[1:] + fitted.useful[0] + fitted.useful_prior
    useful = expit(logit)
    direct = expit(found @ fitted.direct[1:] + fitted.direct[0])
    return of_targets[:, data.parents] * useful, np.asarray(direct)


def folds(labelled: Sequence[Labelled], parts: int = 10) -> NDArray[np.intp]:
    """Return for each text its fold; a State lies in one, the largest States first spread out."""
    sizes: dict[str, int] = {}
    for item in labelled:
        sizes[item.group] = sizes.get(item.group, 0) + 1
    filled = [0] * parts
    place = {}
    for group, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        place[group] = filled.index(min(filled))
        filled[place[group]] += size
    return np.array([place[item.group] for item in labelled], dtype=np.intp)


def _priors(counts: Array) -> Array:
    mean = counts.mean(axis=-1, keepdims=True)
    return np.asarray(np.log((counts + SHRINKAGE * mean) / ((1 + SHRINKAGE) * mean)))


def _often(right: Array, tried: Array) -> Array:
    """Return how often each indicator is useful when its target is linked, in log-odds, shrunk."""
    mean = right.sum(axis=-1, keepdims=True) / tried.sum(axis=-1, keepdims=True)
    share = (right + INDICATOR_SHRINKAGE * mean) / (tried + INDICATOR_SHRINKAGE)
    return np.asarray(np.log(share / (1 - share)))


def _indicator_matrix(lists: Sequence[Sequence[str]], codes: Sequence[str]) -> Array:
    column = {code: number for number, code in enumerate(codes)}
    matrix = np.zeros((len(lists), len(codes)))
    for row, found in enumerate(lists):
        matrix[row, [column[code] for code in found]] = 1
    return matrix
