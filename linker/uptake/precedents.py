"""The same ask elsewhere: records of other States, the surest and most specific first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linker.links import BANDS, Convergence
from linker.records.record import Record
from linker.uptake.results import DECIMALS
from linker.vocabulary.states import state_name
from linker.vocabulary.text import clipped

PRINTED = 10


@dataclass(frozen=True, slots=True)
class Precedent:
    """A record that asks what another record or a text asks.

    Attributes:
        record: the record.
        link: how near both are.
        ask: the part of the record that the link is about.
        wording: what makes that ask specific (see `linker.uptake.wording`).
        indicators: by what the plan of the record's State measures it; empty where it says nothing.
    """

    record: Record
    link: Convergence
    ask: str
    wording: tuple[str, ...]
    indicators: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int, float, str]:
        """What sorts precedents: how sure, then how specific, then how probable."""
        link = self.link
        sure = BANDS.index(link.band) + len(BANDS) * (link.relation != "convergence")
        return sure, -len(self.wording), -link.probability, self.record.id

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings and files show."""
        record = self.record
        return {
            "record_id": record.id,
            "state": record.state,
            "relation": self.link.relation,
            "probability": round(self.link.probability, DECIMALS),
            "band": self.link.band,
            "wording": list(self.wording),
            "ask": self.ask,
            "record": record.label,
            "recommended_by": [state_name(state) for state in record.recommending_states],
            "position": record.position,
            "mechanism": record.mechanism,
            "body": record.body,
            "cycle": record.cycle,
            "year": record.year or "",
            "plan_indicators": list(self.indicators),
            "text": record.text,
        }

    def __str__(self) -> str:
        record = self.record
        said = f", {record.position}" if record.position else ""
        where = f"{state_name(record.state)}, {record.label}{said}"
        return f"{self.link.probability:.2f} {where}: {clipped(self.ask, 80)}"


COLUMNS = (
    "record_id", "state", "relation", "probability", "band", "wording", "ask", "record",
    "recommended_by", "position", "mechanism", "body", "cycle", "year", "plan_indicators", "text",
)  # fmt: skip
"""Columns of a listing, in order."""


class Precedents(Sequence[Precedent]):
    """What was found, the surest first; of equally sure ones the most specific.

    Args:
        text: what was looked for.
        found: the precedents, in order.
    """

    def __init__(self, text: str, found: Sequence[Precedent]) -> None:
        self.text, self._found = text, tuple(found)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: Any) -> Any:
        return self._found[place]

    def above(self, probability: float) -> Precedents:
        """Return those at least as probable; nothing is computed again."""
        return Precedents(self.text, [p for p in self if p.link.probability >= probability])

    def shown(self) -> Precedents:
        """Return those outside the band ``hide``."""
        return Precedents(self.text, [p for p in self if p.link.band != "hide"])

    def same(self) -> Precedents:
        """Return those of them that ask for the same measure, or may."""
        return Precedents(self.text, [p for p in self if p.link.may_be_same])

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each."""
        return [precedent.to_row() for precedent in self]

    def __repr__(self) -> str:
        head = f"{len(self)} records ask the same, or may: {clipped(self.text, 80)}"
        return "\n".join([head, *(f"  {one}" for one in self._found[:PRINTED])])
