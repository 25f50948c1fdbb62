"""A map of a State's records, for looking only: like themes lie near each other.

Each theme is a disc of dots. The middles of discs are a metric scaling of how alike the themes
are (SMACOF: de Leeuw 1977, "Applications of convex analysis to multidimensional scaling"), moved
apart until no two discs overlap. In a disc, the most typical record lies in the middle and the
loosest on the rim, on Vogel's spiral (1979, "A better way to construct the sunflower head"), so
that every record can be seen. Two dimensions cannot hold what clusters are made from: nothing is
decided by this picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np

from linker.encoding.encoder import Encoder
from linker.records.record import Record
from linker.themes.evidence import gather, unit
from linker.themes.likeness import Matrix
from linker.themes.theme import Theme

GOLDEN = pi * (3 - sqrt(5))
ROUNDS = 200
GAP = 2.0
"""Free space between two discs, in distances between dots."""
ROOM = 1.9
"""How many times the summed diameter of all discs the layout spans before discs are pulled in."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie on the map; one unit is about the distance between two dots.

    Attributes:
        records: x and y of each record id.
        themes: x, y and radius of the disc of each theme id.
    """

    records: dict[str, tuple[float, float]]
    themes: dict[str, tuple[float, float, float]]


def draw_map(themes: Sequence[Theme], records: Sequence[Record], encoder: Encoder) -> Places:
    """Return the places of themes and records; the same themes give the same map.

    Args:
        themes: as people see them.
        records: of the State, in any order.
        encoder: for their asks.
    """
    known = {record.id for record in records}
    ordered = sorted(
        (theme for theme in themes if any(m.record_id in known for m in theme.members)),
        key=lambda theme: theme.theme_id,
    )
    if not ordered:
        return Places({}, {})
    rows = {record.id: row for row, record in enumerate(sorted(records, key=lambda r: r.id))}
    vectors = gather(records, encoder).vectors
    ids = [[m.record_id for m in theme.members if m.record_id in known] for theme in ordered]
    middles = unit(np.stack([vectors[[rows[i] for i in found]].mean(axis=0) for found in ids]))
    radii = np.array([sqrt(len(found)) / 2 + 0.5 for found in ids])
    places = _apart(_scaled(np.maximum(1 - middles @ middles.T, 0.0)), radii)
    dots = {
        record_id: (round(x + dx, 2), round(y + dy, 2))
        for (x, y), found in zip(places, ids, strict=True)
        for record_id, (dx, dy) in zip(found, _sunflower(len(found)), strict=True)
    }
    discs = {
        theme.theme_id: (round(float(x), 2), round(float(y), 2), round(float(radius), 2))
        for theme, (x, y), radius in zip(ordered, places, radii, strict=True)
    }
    return Places(dots, discs)


def _scaled(distance: Matrix) -> Matrix:
    """Return points whose distances are near the given ones; shape (points, 2)."""
    count = len(distance)
    if count < 3:
        return np.array([[0.0, 0.0], [float(distance.max()), 0.0]])[:count]
    centre = np.eye(count) - 1.0 / count
    values, axes = np.linalg.eigh(-0.5 * centre @ distance**2 @ centre)
    found = axes[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 1e-9))
    # An axis may come out either way round: its largest part is made positive.
    turned = np.sign(found[np.abs(np.round(found, 6)).argmax(axis=0), [0, 1]])
    found = found * np.where(turned == 0, 1.0, turned)
    for _ in range(ROUNDS):
        found = np.round(_smacof(distance, found), 9)
    return np.asarray(found)


def _smacof(distance: Matrix, points: Matrix) -> Matrix:
    between = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    ratio = np.divide(distance, between, out=np.zeros_like(distance), where=between > 1e-9)
    pull = -ratio
    np.fill_diagonal(pull, ratio.sum(axis=1))
    return np.asarray(pull @ points / len(points))


def _apart(points: Matrix, radii: np.ndarray) -> Matrix:
    """Return points drawn together until discs nearly touch, then pushed until none overlap."""
    least = radii[:, None] + radii[None, :] + GAP
    np.fill_diagonal(least, 0.0)
    spread = float(np.ptp(points, axis=0).max()) or 1.0
    places = points * (ROOM * sqrt(float((4 * radii**2).sum())) / spread)
    for turn in range(ROUNDS * 2):
        if turn < ROUNDS:
            places = places * 0.99
        away = places[:, None] - places[None, :]
        length = np.linalg.norm(away, axis=2)
        lacking = np.maximum(least - length, 0.0)
        length = np.where(length < 1e-6, 1.0, length)
        push = (away * (lacking / length / 2)[:, :, None]).sum(axis=1)
        places = np.round(places + push, 6)
    return np.asarray(places)


def _sunflower(count: int) -> list[tuple[float, float]]:
    """Return places in a disc, from the middle outwards, about one unit apart."""
    found = []
    for number in range(count):
        radius = sqrt(number + 0.5) / 2 if count > 1 else 0.0
        found.append((radius * cos(number * GOLDEN), radius * sin(number * GOLDEN)))
    return found
