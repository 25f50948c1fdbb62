"""What decisions changed at a build: which links moved, and which decisions moved them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from linker.encoding.encoder import Encoder
from linker.links import BANDS, Band, SdgLink
from linker.records.record import Record
from linker.sdg.exemplars import Exemplar
from linker.sdg.linking import CHUNK, SdgLinker
from linker.sdg.reach import Reach, Taught

LEAST = 0.01
"""Probabilities that differ by less have not moved."""


@dataclass(frozen=True, slots=True)
class Move:
    """A link to the SDGs that decisions moved between two builds.

    Attributes:
        record_id: the record.
        target: code of the target.
        indicator: code of the indicator; empty for the link to the target itself.
        before: probability at the last build; 0 where there was no link.
        band_before: its band then; ``hide`` where there was no link.
        after: probability now.
        band: its band now.
        decisions: what was decided or taken back since then, as far as it reaches the record.
    """

    record_id: str
    target: str
    indicator: str
    before: float
    band_before: Band
    after: float
    band: Band
    decisions: tuple[str, ...]

    @property
    def proposes(self) -> bool:
        """Whether the band changed, so that a reviewer meets it elsewhere than before."""
        return self.band != self.band_before

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it, the decisions as one text."""
        return {**asdict(self), "decisions": "; ".join(self.decisions)}

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Move:
        """Return the move of which ``to_dict`` made a row."""
        return cls(**{**row, "decisions": tuple(filter(None, row["decisions"].split("; ")))})


class Lessons:
    """The decisions that are new or gone since the last build of a State, and their reach.

    Args:
        linker: links as the State's decisions teach now.
        before: the decisions that the last build knew, as its summary keeps them.
    """

    def __init__(self, linker: SdgLinker, before: Iterable[Mapping[str, Any]]) -> None:
        known, now = {Exemplar(**row) for row in before}, set(linker.exemplars)
        self._gone = known - now
        self._linker = linker
        self._changed = sorted(known ^ now, key=lambda e: (e.key, e.accepted, e.source))

    @property
    def count(self) -> int:
        """How many decisions are new or gone."""
        return len(self._changed)

    def reached(
        self, records: Sequence[Record], encoder: Encoder
    ) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return for each record and target in reach of them which decisions these are."""
        found: dict[tuple[str, str], list[str]] = {}
        if not self._changed:
            return {}
        reach = Reach(self._linker.maker, self._changed)
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            reading = self._linker.maker.read([record.text for record in chunk], encoder)
            effects = reach.effects(reading)
            for row, number in zip(*effects.nonzero(), strict=True):
                exemplar = reach.exemplars[number]
                said = str(Taught(exemplar, float(effects[row, number])))
                said += ", taken back" if exemplar in self._gone else ""
                found.setdefault((chunk[row].id, exemplar.target), []).append(said)
        return {key: tuple(sorted(said)) for key, said in found.items()}


def moves(
    before: Iterable[SdgLink],
    after: Iterable[SdgLink],
    reached: Mapping[tuple[str, str], tuple[str, ...]],
) -> list[Move]:
    """Return the links that moved and are in reach of decisions, by record and code.

    Args:
        before: links of the last build.
        after: links of this one.
        reached: as ``Lessons.reached`` gives.
    """
    old = {(k.record_id, k.target, k.indicator): k for k in before}
    new = {(k.record_id, k.target, k.indicator): k for k in after}
    found = []
    for key in sorted(old.keys() | new.keys()):
        decisions = reached.get(key[:2])
        if decisions is None:
            continue
        was, band_before = _of(old.get(key))
        now, band = _of(new.get(key))
        if band != band_before or abs(now - was) >= LEAST:
            found.append(Move(*key, was, band_before, now, band, decisions))
    return found


def _of(link: SdgLink | None) -> tuple[float, Band]:
    return (link.probability, link.band) if link else (0.0, BANDS[-1])


def learned(
    summary: Mapping[str, Any],
    shifts: Mapping[str, float],
    moved: Sequence[Move],
    decisions: int,
) -> str:
    """Return what a build says of what decisions changed since the last one; empty for nothing.

    Args:
        summary: of the last build; empty where there was none.
        shifts: what decisions add to the log-odds of each kind of pair.
        moved: links to the SDGs that moved.
        decisions: how many of those on links to the SDGs are new or gone.
    """
    if not summary:
        return ""
    before = summary.get("basis", {}).get("shifts", {})
    said = [
        f"decisions on convergences move {kind} pairs by {shifts.get(kind, 0.0):+.2f} log-odds "
        "(`linker build --recalibration off` switches it off)"
        for kind in sorted(before.keys() | shifts.keys())
        if before.get(kind, 0.0) != shifts.get(kind, 0.0)
    ]
    if decisions:
        links = sum(move.proposes for move in moved)
        records = len({move.record_id for move in moved if move.proposes})
        what = "decision is" if decisions == 1 else "decisions are"
        said.append(
            f"{decisions:,} {what} new or gone since the last build: {links:,} SDG proposals of "
            f"{records:,} records changed their band, {len(moved) - links:,} more their probability"
        )
    return "; ".join(said)
