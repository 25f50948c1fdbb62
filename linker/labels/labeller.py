"""Labels records: what issues they are about, and how specific the measure they ask is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linker.labels.issues import issues
from linker.labels.model import Array, Model, default_model
from linker.records.asks import asks
from linker.records.record import Record

SPECIFIC = 5
ACTIONS: Mapping[int, str] = {
    1: "ask for help or share",
    2: "continue",
    3: "consider",
    4: "general action",
    5: "specific action",
}
"""UPR Info's action categories, after E. McMahon ("The Universal Periodic Review: A Work in
Progress", 2012)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a record.

    Attributes:
        record_id: the record.
        issues: UPR Info's issue tags with their probability, most probable first; only those
            above the line that the model's card states, so there may be none.
        themes: OHCHR's closest theme name for each of the issues, in their order, once each.
        groups: groups of persons that the issues name.
        action: category 1 to 5, see `ACTIONS`.
        action_probability: of that category.
    """

    record_id: str
    issues: tuple[tuple[str, float], ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    action: int
    action_probability: float

    @property
    def specific(self) -> bool:
        """Whether a measure is named that one could see done (category 5)."""
        return self.action == SPECIFIC

    def to_dict(self) -> dict[str, Any]:
        """Return plain values ready for JSON."""
        return {
            "record_id": self.record_id,
            "issues": self.issues,
            "themes": self.themes,
            "groups": self.groups,
            "action": self.action,
            "action_probability": self.action_probability,
            "specific": self.specific,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Labels:
        """Make labels from `to_dict`'s result, read back from JSON or not."""
        return cls(
            record_id=plain["record_id"],
            issues=tuple((str(tag), float(chance)) for tag, chance in plain["issues"]),
            themes=tuple(plain["themes"]),
            groups=tuple(plain["groups"]),
            action=int(plain["action"]),
            action_probability=float(plain["action_probability"]),
        )


class Labeller:
    """Labels records with a model.

    Args:
        model: the one that ships, unless given.

    Raises:
        LinkerError: the model's files are missing or damaged.
    """

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or default_model()

    def label(self, records: Sequence[Record]) -> list[Labels]:
        """Return the labels of each record, in the order given.

        A recommendation of the UPR is read whole, as the coders did whose work this was learned
        from. Anything else is read ask by ask, without context ("notes with concern …"): it is
        about an issue as surely as the ask that speaks most for it, and as specific as its most
        specific ask. Labels depend on the record alone, never on those beside it.
        """
        texts, owners = read_as(records)
        issue, action = self.model.chances(texts)
        return [
            self._combined(record.id, issue[first:last], action[first:last])
            for record, (first, last) in zip(records, owners, strict=True)
        ]

    def _combined(self, record_id: str, issue: Array, action: Array) -> Labels:
        about = self._shown(issue.max(axis=0))
        likeliest = zip(action.argmax(axis=1), action.max(axis=1), strict=True)
        category, chance = max((int(place) + 1, float(most)) for place, most in likeliest)
        known = [issues()[tag] for tag, _ in about if tag in issues()]
        return Labels(
            record_id=record_id,
            issues=about,
            themes=tuple(dict.fromkeys(i.themes[0] for i in known if i.themes)),
            groups=tuple(dict.fromkeys(i.group for i in known if i.group)),
            action=category,
            action_probability=round(chance, 4),
        )

    def _shown(self, chances: Array) -> tuple[tuple[str, float], ...]:
        found = [
            (tag, round(float(chance), 4))
            for tag, chance in zip(self.model.issues.labels, chances, strict=True)
            if chance >= self.model.threshold
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def is_specific(text: str, model: Model | None = None) -> bool:
    """Whether a text asks for a measure that one could see done, rather than for efforts."""
    return Labeller(model).label([Record(id="text", text=text)])[0].specific


def read_as(records: Sequence[Record]) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the texts to judge, and for each record the first and the one past its last.

    A text without a letter is its own only ask.
    """
    found: list[str] = []
    owners = []
    for record in records:
        first = len(found)
        parts = () if record.is_cyclic else asks(record.text, record.language)
        found += [part.text for part in parts] or [record.text]
        owners.append((first, len(found)))
    return found, owners
