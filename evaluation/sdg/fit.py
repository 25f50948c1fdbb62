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
from linker.sdg.indicators import LEARNED, IndicatorEvidence
from linker.sdg.passages import shipped_passages
from linker.sdg.reach import STRENGTH

Array = NDArray[np.float64]
L2 = 3.0
SHRINKAGE = 1.0
INDICATOR_SHRINKAGE = 3.0
"""How many links of its target with an average outcome are added to those of an indicator."""
SAMPLE = "XVM"
MADE_UP = (SAMPLE, "procedural", "graded")
MADE_UP_WEIGHT = {SAMPLE: 0.05, "procedural": 0.25, "graded": 0.25}
"""How much of a real text a made-up one counts."""
KEPT_APART = frozenset(
    {"Panama", "Mongolia", "Sierra Leone", "Afghanistan", "Barbados", "Brunei Darussalam"}
    | {"Costa Rica", "Spain", "Peru", "Latvia", "Togo", "Iceland"}
)
"""States whose texts are measured and never learned from."""
PARTS = 4
NEAREST = 40
"""Targets of a text that are learned from, besides those it links to."""
SIGNS = {"procedural": -1}
USEFUL_SIGNS = (1, 1, 1, 1, -1, 0, None)
DIRECT_SIGNS = (1, 1, 1, -1, -1, 0, -1)
"""For what is learned of indicators: asks that look near and are not never speak for one, and that
other asks are nearer says which of two roles an indicator has, not whether it has any."""
REFUSED = {"useful": -STRENGTH, "direct": 0.0}
"""What the very same ask as one of which an indicator tells nothing adds to its log-odds."""
BOUNDS: dict[int | None, Bound] = {
    1: (0.0, None), -1: (None, 0.0), 0: FREE, None: (0.0, 0.0),
}  # fmt: skip
"""What a weight may be, by the sign that sense demands; None for none at all."""


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
        return np.array([MADE_UP_WEIGHT.get(x.group, 1.0) for x in self.labelled])

    def learned(self) -> NDArray[np.bool_]:
        """Return which texts may be learned from."""
        return np.array([x.group not in KEPT_APART for x in self.labelled])

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
    direct_prior: Array


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
        indicator_features=indicators.measure(reading),
    )


def measure_left_out(encoder: Encoder) -> Measured:
    """Return the procedural exemplars and graded texts that ship, each with its quarter left out.

    Real labelled texts hold too few procedural ones to learn what tells them apart.
    """
    known = [p for p in shipped_passages() if p.kind in ("procedural", "graded")]
    measured = []
    for part in range(PARTS):
        left_out = known[part::PARTS]
        maker = EvidenceMaker(encoder, without=[p.id for p in left_out])
        texts = [Labelled(p.id, p.kind, p.text, p.targets, p.direct, p.proxy) for p in left_out]
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
        rows: which of them to learn from; those of States kept apart are left out.
    """
    rows = rows[data.learned()[rows]]
    linked = data.target_labels()[rows]
    weights = data.weights()[rows]
    counts = weights[:, None] * linked
    prior = _priors(counts.sum(axis=0)[None] - counts)
    features = np.concatenate([data.features[rows], prior[:, :, None]], axis=2)
    signs = [SIGNS.get(name, 1) for name in (*FEATURES, "prior")]
    tried = _near(data.features[rows, :, FEATURES.index("resemblance")]) | (linked > 0)
    each = np.broadcast_to(weights[:, None], linked.shape)
    target = _fitted(features[tried], linked[tried], signs, each[tried])
    return Fitted(
        target=target[:-1],
        prior=target[-1] * _priors(counts.sum(axis=0)),
        **_fit_indicators(data, rows, linked[:, data.parents] > 0),
    )


def _near(resemblance: Array) -> NDArray[np.bool_]:
    """Return which targets resemble each text most: the others teach nothing that these do not."""
    order = np.argsort(np.argsort(-resemblance, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(order < NEAREST)


def _fit_indicators(
    data: Measured, rows: NDArray[np.intp], of_linked: NDArray[np.bool_]
) -> dict[str, Array]:
    """Fit which indicators of linked targets are useful, and which of these are direct."""
    useful, direct = data.useful_labels()[rows], data.direct_labels()[rows]
    each = np.broadcast_to(data.weights()[rows][:, None], useful.shape)
    is_useful = of_linked & (useful > 0)
    found = data.indicator_features[rows, :, : len(LEARNED)]
    use, useful_prior = _with_prior(found, useful, of_linked, each, USEFUL_SIGNS)
    role, direct_prior = _with_prior(found, direct, is_useful, each, DIRECT_SIGNS)
    return {
        "useful": np.r_[use, REFUSED["useful"]],
        "useful_prior": useful_prior,
        "direct": np.r_[role, REFUSED["direct"]],
        "direct_prior": direct_prior,
    }


def _with_prior(
    features: Array,
    labels: Array,
    tried: NDArray[np.bool_],
    each: Array,
    signs: Sequence[int | None],
) -> tuple[Array, Array]:
    """Fit a model of the indicators tried, with how often each came true as a prior.

    Returns:
        Intercept and weights of the evidence, and the prior of each indicator in log-odds.
    """
    count, right = each * tried, each * (tried & (labels > 0))
    often = _often(right.sum(axis=0) - right, count.sum(axis=0) - count)
    known = np.concatenate([features, often[:, :, None]], axis=2)
    weights = _fitted(known[tried], labels[tried], [*signs, 1], each[tried])
    return weights[:-1], weights[-1] * _often(right.sum(axis=0), count.sum(axis=0))


def _fitted(features: Array, labels: Array, signs: Sequence[int | None], weights: Array) -> Array:
    """Return intercept and weights of evidence as it is, for signs as in BOUNDS."""
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
    direct = expit(found @ fitted.direct[1:] + fitted.direct[0] + fitted.direct_prior)
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
