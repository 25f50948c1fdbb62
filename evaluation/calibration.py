"""Whether probabilities are honest: reliability by tenths, and expected calibration error."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike

TENTHS = 10


class Tenth(TypedDict):
    """Links of one tenth of the scale: how many, what they say on average, what share is true."""

    links: int
    probability: float
    true: float


def reliability(probability: ArrayLike, true: ArrayLike) -> list[Tenth]:
    """Return each tenth of the scale that holds a link, from below."""
    said, right = np.asarray(probability, np.float64), np.asarray(true, np.float64)
    place = np.minimum((said * TENTHS).astype(int), TENTHS - 1)
    return [
        Tenth(
            links=int((place == tenth).sum()),
            probability=float(said[place == tenth].mean()),
            true=float(right[place == tenth].mean()),
        )
        for tenth in np.unique(place).tolist()
    ]


def calibration_error(probability: ArrayLike, true: ArrayLike) -> float:
    """Return the expected calibration error over tenths (Naeini, Cooper, Hauskrecht 2015)."""
    rows = reliability(probability, true)
    wrong = sum(row["links"] * abs(row["probability"] - row["true"]) for row in rows)
    return wrong / max(sum(row["links"] for row in rows), 1)
