"""Where the map of themes lies on a page: from its own units to pixels or points."""

from __future__ import annotations

from dataclasses import dataclass

from linker.documents.xray_numbers import Picture, ThemePicture

TALLEST = 1.2
"""Height of a map in widths, at most."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A theme on the page: its middle and radius."""

    theme: ThemePicture
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A record on the page: its middle and mechanism."""

    label: str
    mechanism: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Discs and dots, fitted to a width.

    Attributes:
        discs: themes in the order of the x-ray, each with its records.
        height: of the whole map in the units of the width asked for.
        dot: radius of a dot.
    """

    discs: tuple[tuple[Disc, tuple[Dot, ...]], ...]
    height: float
    dot: float


def map_frame(made: Picture, width: float, edge: float, below: float) -> MapFrame | None:
    """Return the map fitted to a width, None where the x-ray has no places.

    Args:
        made: the x-ray in numbers.
        width: of the whole picture.
        edge: left free at the left, the right and the top.
        below: left free at the bottom.
    """
    places = made.source.places
    themes = [t for t in made.themes if places and t.theme.theme_id in places.themes]
    if places is None or not themes:
        return None
    known = [places.themes[theme.theme.theme_id] for theme in themes]
    left, right = min(x - r for x, _, r in known), max(x + r for x, _, r in known)
    top, bottom = min(y - r for _, y, r in known), max(y + r for _, y, r in known)
    fits = (width - 2 * edge) / max(right - left, 1)
    scale = min(fits, (TALLEST * width - edge - below) / max(bottom - top, 1))
    start = (width - (right - left) * scale) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return start + (x - left) * scale, edge + (y - top) * scale

    return MapFrame(
        tuple(
            (
                Disc(theme, *at(x, y), radius * scale),
                tuple(
                    Dot(record.label, record.mechanism, *at(*places.records[record.id]))
                    for record in theme.records
                    if record.id in places.records
                ),
            )
            for theme, (x, y, radius) in zip(themes, known, strict=True)
        ),
        (bottom - top) * scale + edge + below,
        0.36 * scale,
    )
