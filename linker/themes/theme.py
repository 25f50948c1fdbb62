"""What the x-ray is made of: themes, their members, and the picture as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """A record in a theme.

    Attributes:
        record_id: the record.
        strength: mean similarity to the theme's other members, 0 to 1.
        weak: far from the rest: shown, flagged, never thrown out.
        drawn_to: id of a theme made or filled by hand that was nearest to the record when it
            came; it is shown there while the edit behind that theme stands.
        by_hand: a person put it here; strength and ``weak`` are no longer the engine's.
    """

    record_id: str
    strength: float
    weak: bool = False
    drawn_to: str = ""
    by_hand: bool = False


_MEMBER = tuple(field.name for field in fields(Member))


@dataclass(frozen=True, slots=True)
class Theme:
    """A node of the x-ray.

    Attributes:
        theme_id: stable over rebuilds, ``T-`` and 10 hexadecimal digits.
        umbrella: name of its parent.
        label: the official theme's name where one fits, else a short phrase.
        description: the most central ask, in one line.
        members: every record whose home this is, strongest first, ties by id.
        also: ids of records that have an ask here but their home elsewhere.
        is_rest: gathers what is too small for a theme, or fits no name, under its umbrella.
    """

    theme_id: str
    umbrella: str
    label: str
    description: str
    members: tuple[Member, ...]
    also: tuple[str, ...] = ()
    is_rest: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        # Not asdict, which copies the values of every member of a large State deeply.
        members = tuple({name: getattr(m, name) for name in _MEMBER} for m in self.members)
        return {f.name: getattr(self, f.name) for f in fields(self)} | {"members": members}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Theme:
        """Read back what ``to_dict`` returned."""
        members = tuple(Member(**member) for member in data["members"])
        return cls(**{**data, "members": members, "also": tuple(data["also"])})


def in_order(themes: Iterable[Theme], umbrellas: Sequence[str]) -> tuple[Theme, ...]:
    """Return themes by umbrella (unknown ones last, by name), largest first, the rest last."""
    place = {name: number for number, name in enumerate(umbrellas)}
    return tuple(
        sorted(
            themes,
            key=lambda theme: (
                place.get(theme.umbrella, len(place)),
                theme.umbrella,
                theme.is_rest,
                -len(theme.members),
                theme.theme_id,
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Xray:
    """The themes of one State, in the order of umbrellas, largest theme first."""

    state: str
    themes: tuple[Theme, ...]

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __len__(self) -> int:
        return len(self.themes)

    @property
    def umbrellas(self) -> tuple[str, ...]:
        """Names of the umbrellas that have themes, in order."""
        return tuple(dict.fromkeys(theme.umbrella for theme in self.themes))

    def home(self) -> dict[str, Theme]:
        """Return the home theme of each record id."""
        return {member.record_id: theme for theme in self.themes for member in theme.members}

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each record and theme: home rows, then ``also`` rows."""
        rows = []
        for theme in self.themes:
            base = {"umbrella": theme.umbrella, "theme_id": theme.theme_id, "theme": theme.label}
            for member in theme.members:
                strength = round(member.strength, 4)
                row = {"record_id": member.record_id, "home": True}
                rows.append({**base, **row, "strength": strength, "weak": member.weak})
            for record_id in theme.also:
                row = {"record_id": record_id, "home": False}
                rows.append({**base, **row, "strength": "", "weak": ""})
        return rows

    def __repr__(self) -> str:
        lines = [f"X-ray of {self.state}: {len(self)} themes"]
        lines += [f"  {len(t.members):4d}  {t.label}  ({t.umbrella})" for t in self.themes]
        return "\n".join(lines)
