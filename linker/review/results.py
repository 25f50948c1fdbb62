"""What the workspace answers with: links together with their records and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from linker.links import BY_HAND, Convergence, SdgLink
from linker.records.asks import asks
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.sdg.framework import framework

PERCENT = 4
"""Decimals of a printed probability."""


def asked(record: Record, ask: int) -> str:
    """Return the ask of a record that carries a link; its whole text where it is gone."""
    parts = asks(record.text, record.language)
    return parts[ask].text if ask < len(parts) else record.text


def printed(link: Convergence | SdgLink, probability: float) -> float | None:
    """Return a link's probability as listings show it; none where a person made the link."""
    return None if link.band == BY_HAND else round(probability, PERCENT)


@dataclass(frozen=True, slots=True)
class ProposedConvergence:
    """A convergence link, the two records and what was decided about it."""

    link: Convergence
    left: Record
    right: Record
    decision: Decision | None

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings and files show."""
        link = self.link
        return {
            "link_id": link.link_id,
            "state": self.left.state,
            "left_id": link.left_id,
            "right_id": link.right_id,
            "relation": self.relation,
            "reiteration": link.reiteration,
            "probability": printed(link, link.probability),
            "probability_related": printed(link, link.probability_related),
            "band": link.band,
            "decision": self.decision.verdict if self.decision else "",
            "left": self.left.label,
            "right": self.right.label,
            "left_ask": asked(self.left, link.left_ask),
            "right_ask": asked(self.right, link.right_ask),
            "left_text": self.left.text,
            "right_text": self.right.text,
        }

    @property
    def confirmed(self) -> bool:
        """Whether a reviewer confirmed it."""
        return self.decision is not None and self.decision.verdict == "confirm"

    @property
    def rejected(self) -> bool:
        """Whether a reviewer rejected it."""
        return self.decision is not None and self.decision.verdict == "reject"

    @property
    def relation(self) -> str:
        """What a confirmed link was when it was confirmed, else what is proposed now."""
        kept = dict(self.decision.link) if self.decision and self.confirmed else {}
        return kept.get("relation", self.link.relation)

    def __str__(self) -> str:
        link = self.link
        return f"{link.probability:.2f} {self.relation:<11} {self.left.label} ↔ {self.right.label}"


@dataclass(frozen=True, slots=True)
class ProposedSdgLink:
    """An SDG link, its record and what was decided about it."""

    link: SdgLink
    record: Record | None
    decision: Decision | None

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings and files show."""
        link = self.link
        return {
            "link_id": link.link_id,
            "record_id": link.record_id,
            "target": link.target,
            "indicator": link.indicator,
            "role": link.role,
            "probability": printed(link, link.probability),
            "band": link.band,
            "decision": self.decision.verdict if self.decision else "",
            "title": framework()[link.indicator or link.target].title,
            "record": self.record.label if self.record else "",
            "ask": asked(self.record, link.ask) if self.record else "",
            "text": self.record.text if self.record else "",
        }

    @property
    def confirmed(self) -> bool:
        """Whether a reviewer confirmed it."""
        return self.decision is not None and self.decision.verdict == "confirm"

    def __str__(self) -> str:
        link, label = self.link, self.record.label if self.record else ""
        return f"{link.probability:.2f} {link.indicator or link.target:<7} {link.role:<6} {label}"


ItemT = TypeVar("ItemT", ProposedConvergence, ProposedSdgLink)


class Links(Sequence[ItemT], Generic[ItemT]):
    """Links with their records, most probable first."""

    def __init__(self, items: Sequence[ItemT]) -> None:
        self._items: list[ItemT] = list(items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, position: int) -> ItemT: ...
    @overload
    def __getitem__(self, position: slice) -> Links[ItemT]: ...
    def __getitem__(self, position: int | slice) -> ItemT | Links[ItemT]:
        if isinstance(position, slice):
            return Links(self._items[position])
        return self._items[position]

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items)

    def above(self, probability: float) -> Links[ItemT]:
        """Return those at least as probable; nothing is computed again."""
        return Links([item for item in self._items if item.link.probability >= probability])

    def shown(self) -> Links[ItemT]:
        """Return those outside the ``hide`` band, and all that somebody judged."""
        return Links([i for i in self._items if i.link.band != "hide" or i.decision])

    def confirmed(self) -> Links[ItemT]:
        """Return those that a reviewer confirmed."""
        return Links([item for item in self._items if item.confirmed])

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each link."""
        return [item.to_row() for item in self._items]

    def __repr__(self) -> str:
        lines: list[str] = [f"  {item}" for item in self._items[:10]]
        return "\n".join([f"{len(self)} links", *lines])
