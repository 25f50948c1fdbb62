"""Actions of a national plan beside the recommendations that they may answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linker.links import Convergence
from linker.plan.action_verdicts import Verdict
from linker.plan.entries import Measure
from linker.records.record import Record
from linker.uptake.results import DECIMALS
from linker.vocabulary.text import clipped

PRINTED = 10


@dataclass(frozen=True, slots=True)
class Aligned:
    """An action and a record that it may answer.

    Attributes:
        action: of the national plan.
        record: what was recommended.
        link: how near both are; None where only the plan says that they belong together.
        ask: the part of the record that the link is about; its whole text where there is no link.
        linked: whether the implementation plan names the action beside the record.
        declined: whether a person said that the action does not carry it out.
    """

    action: Measure
    record: Record
    link: Convergence | None
    ask: str
    linked: bool = False
    declined: bool = False

    @property
    def standing(self) -> Verdict:
        """What a person said of both; empty while it is a proposal."""
        if self.linked:
            return "confirm"
        return "reject" if self.declined else ""

    @property
    def probability(self) -> float:
        """That the action does what the record asks."""
        return self.link.probability if self.link else 0.0

    @property
    def shown(self) -> bool:
        """Whether somebody linked both, or they are a proposal that nobody rejected."""
        return self.linked or (self.is_likely and not self.declined)

    @property
    def is_likely(self) -> bool:
        """Whether the action likely enough does what the record asks to be proposed."""
        return self.link is not None and self.link.may_be_same

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        return {
            "action": self.action.id,
            "title": self.action.title,
            "responsible": self.action.responsible,
            "deadline": self.action.deadline,
            "record_id": self.record.id,
            "relation": self.link.relation if self.link else "",
            "probability": round(self.probability, DECIMALS),
            "band": self.link.band if self.link else "",
            "standing": self.standing,
            "decision": "",
            "record": self.record.label,
            "position": self.record.position,
            "ask": self.ask,
            "text": self.record.text,
        }

    def __str__(self) -> str:
        said = f" ({self.standing})" if self.standing else ""
        return f"{self.probability:.2f} {self.action.id} → {self.record.label}{said}"


COLUMNS = (
    "action", "title", "responsible", "deadline", "record_id", "relation", "probability", "band",
    "standing", "decision", "record", "position", "ask", "text",
)  # fmt: skip
"""Columns of a listing, in order; ``decision`` is to be filled in and read back."""


@dataclass(frozen=True)
class Alignment(Sequence[Aligned]):
    """A national plan beside everything that a State was asked, action by action.

    Attributes:
        actions: all of them, in the order of their list.
        records: all that was compared.
        pairs: of an action and a record, action by action, most probable first.
    """

    actions: tuple[Measure, ...]
    records: tuple[Record, ...]
    pairs: tuple[Aligned, ...]

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, place: Any) -> Any:
        return self.pairs[place]

    def above(self, probability: float) -> Alignment:
        """Return the pairs at least as probable, rejected ones too, and what somebody linked."""
        kept = tuple(p for p in self.pairs if p.linked or p.probability >= probability)
        return Alignment(self.actions, self.records, kept)

    def shown(self) -> Alignment:
        """Return what somebody linked, and what is likely the same and nobody rejected."""
        kept = tuple(pair for pair in self.pairs if pair.shown)
        return Alignment(self.actions, self.records, kept)

    @property
    def idle(self) -> tuple[Measure, ...]:
        """Actions for which no record is shown."""
        busy = {pair.action.id for pair in self.pairs if pair.shown}
        return tuple(action for action in self.actions if action.id not in busy)

    @property
    def unanswered(self) -> tuple[Record, ...]:
        """Records for which no action is shown."""
        answered = {pair.record.id for pair in self.pairs if pair.shown}
        return tuple(record for record in self.records if record.id not in answered)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a row for each pair, and one without a record for each action without any."""
        there = {pair.action.id for pair in self.pairs}
        empty = [
            {**dict.fromkeys(COLUMNS, ""), "action": one.id, "title": one.title,
             "responsible": one.responsible, "deadline": one.deadline}
            for one in self.actions if one.id not in there
        ]  # fmt: skip
        return [*(pair.to_row() for pair in self.pairs), *empty]

    def __repr__(self) -> str:
        head = (
            f"{len(self.actions)} actions, {len(self.records)} records: {len(self.idle)} actions "
            f"answer nothing shown, {len(self.unanswered)} records have no action shown"
        )
        lines = [f"  {pair}: {clipped(pair.ask, 60)}" for pair in self.pairs[:PRINTED]]
        return "\n".join([head, *lines])
