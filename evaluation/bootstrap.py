"""How sure a measured number is: bootstrap intervals over paragraphs.

Pairs of one paragraph are alike, so whole paragraphs are drawn, with what belongs to each (Efron
and Tibshirani, 1993, chapter 8). Seeded: the same numbers give the same interval.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

DRAWS = 2000
LEVEL = 0.95
SEED = 0


def interval(
    numerators: ArrayLike, denominators: ArrayLike | None = None, level: float = LEVEL
) -> tuple[float, float]:
    """Return the bootstrap percentile interval of a mean, or of a ratio of sums.

    Args:
        numerators: one number for each paragraph: its average precision, or how many of its
            proposed links are true.
        denominators: for a ratio, one number for each: how many are proposed.
        level: share of the draws within the interval.

    Returns:
        Low and high; both NaN where there are fewer than two paragraphs to draw from.

    Raises:
        ValueError: numerators and denominators are not one for one.
    """
    above = np.asarray(numerators, dtype=np.float64)
    below = np.ones_like(above) if denominators is None else np.asarray(denominators, np.float64)
    if above.shape != below.shape or above.ndim != 1:
        raise ValueError(f"{above.shape} numerators for {below.shape} denominators")
    if len(above) < 2:
        return float("nan"), float("nan")
    drawn = np.random.default_rng(SEED).integers(0, len(above), (DRAWS, len(above)))
    sums = below[drawn].sum(axis=1)
    ratios = above[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    if not len(ratios):
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail])
    return float(low), float(high)
