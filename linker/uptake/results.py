"""What came back of a submission: each ask with the records that ask the same, and how strongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from linker.i18n.messages import tr_later
from linker.links import Band, Convergence
from linker.records.record import Record
from linker.uptake.strength import Strength, same_subject, strength
from linker.vocabulary.official import official_state
from linker.vocabulary.states import state_name
from linker.vocabulary.text import clipped

Outcome = Literal[
    "came back", "came back weaker", "perhaps came back", "same issue only", "raised elsewhere",
    "not found",
]  # fmt: skip
OUTCOMES: dict[Outcome, str] = {
    "came back": tr_later("A recommendation of the review asks for the same."),
    "came back weaker": tr_later(
        "A recommendation of the review takes it up, and asks for less: it goes on "
        "with, considers or strengthens what the submission wants done."
    ),
    "perhaps came back": tr_later(
        "A recommendation of the review may ask for the same; a person should look."
    ),
    "same issue only": tr_later("The review speaks of the issue, and asks for another measure."),
    "raised elsewhere": tr_later(
        "Nothing like it in the review; a treaty body, a special procedure or a "
        "regional body asks for it."
    ),
    "not found": tr_later("Nobody asks for it in the files imported."),
}
"""What can become of an ask, and what that means."""
SAME_ISSUE = 0.5
"""Probability from which on two asks are said to be about one issue."""
EARLIER = "earlier"
"""Relation of a recommendation that was made before the submission: it cannot be its answer."""
DECIMALS = 4
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A record beside an ask of the submission.

    Attributes:
        record: the record.
        link: how near both are; its probability is that of the same measure.
        ask: the part of the submission's text that the link is about.
        record_ask: likewise of the record.
        earlier: whether it was recommended in a review before the one that the submission is for.
    """

    record: Record
    link: Convergence
    ask: str
    record_ask: str
    earlier: bool = False

    @property
    def strength(self) -> Strength:
        """How the record asks, beside the submission."""
        return strength(self.ask, self.record_ask)

    @property
    def probability(self) -> float:
        """That the ask came back in this record: none where the record is older than the ask."""
        return 0.0 if self.earlier else self.link.probability

    @property
    def band(self) -> Band:
        """What to do with it; ``hide`` where the record is older than the ask."""
        return "hide" if self.earlier else self.link.band

    @property
    def relation(self) -> str:
        """``convergence``, ``related`` or ``opposite``; ``earlier`` where the record is older."""
        return EARLIER if self.earlier else self.link.relation

    @property
    def same(self) -> bool:
        """Whether it is likely enough to be shown as asking the same measure."""
        return self.link.may_be_same

    @property
    def same_issue(self) -> bool:
        """Whether it is at least about the same issue."""
        return self.link.probability_related >= SAME_ISSUE

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show of an answer."""
        record = self.record
        return {
            "record_id": record.id,
            "relation": self.relation,
            "probability": round(self.probability, DECIMALS),
            "band": self.band,
            "same_measure": round(self.link.probability, DECIMALS),
            "same_issue": round(self.link.probability_related, DECIMALS),
            "strength": self.strength,
            "ask": self.ask,
            "record_ask": self.record_ask,
            "record": record.label,
            "recommended_by": [state_name(state) for state in record.recommending_states],
            "position": record.position,
            "record_text": record.text,
        }

    def __str__(self) -> str:
        position = f", {self.record.position}" if self.record.position else ""
        weaker = f" ({self.strength})" if self.strength == "weaker" else ""
        text = clipped(self.record.text, 70)
        return f"{self.link.probability:.2f} {self.record.label}{position}{weaker}: {text}"


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item of the submission and what answers it.

    Attributes:
        item: the item; its id, its text and, in ``row``, where it stands.
        answers: the records compared with it, those that came after it first, most probable first.
    """

    item: Record
    answers: tuple[Answer, ...]

    @property
    def review(self) -> tuple[Answer, ...]:
        """Recommendations of the review that the submission is for, or of later ones."""
        return tuple(a for a in self.answers if a.record.is_cyclic and not a.earlier)

    @property
    def elsewhere(self) -> tuple[Answer, ...]:
        """What treaty bodies, special procedures and regional bodies ask that is the same."""
        return tuple(a for a in self.answers if not a.record.is_cyclic and a.same)

    @property
    def before(self) -> tuple[Answer, ...]:
        """Recommendations of earlier reviews that ask the same."""
        return tuple(a for a in self.answers if a.earlier and a.same)

    @property
    def heard(self) -> tuple[Answer, ...]:
        """Recommendations of the review that ask the same, most probable first."""
        return tuple(a for a in self.review if a.same)

    @property
    def opposed(self) -> tuple[Answer, ...]:
        """Recommendations of the review that want the contrary."""
        return tuple(a for a in self.review if a.link.relation == "opposite")

    @property
    def near(self) -> tuple[Answer, ...]:
        """Recommendations of the review about the same issue that ask another measure."""
        about = (a for a in self.review if a.same_issue and not a.same)
        return tuple(a for a in about if a.link.relation != "opposite")

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        if sure := [a for a in self.heard if a.band == "propose"]:
            return "came back weaker" if {a.strength for a in sure} == {"weaker"} else "came back"
        if self.heard:
            return "perhaps came back"
        if self.weaker:
            return "came back weaker"
        if self.elsewhere:
            return "raised elsewhere"
        return "same issue only" if self.near else "not found"

    @property
    def weaker(self) -> tuple[Answer, ...]:
        """Recommendations of the review on the very subject that want less done about it."""
        return tuple(a for a in self.near if _asks_less(a))

    @property
    def shown(self) -> tuple[Answer, ...]:
        """The answers that a reader sees: what asks the same, else what is about the issue."""
        mine = self.heard or self.weaker
        return (*mine, *self.opposed, *self.elsewhere, *(() if mine else self.near[:SHOWN]))

    def to_rows(self, answers: Sequence[Answer]) -> list[dict[str, Any]]:
        """Return a row for each answer given, or one without a record where there is none."""
        own = {
            "item": self.item.id,
            "text": self.item.text,
            "outcome": self.outcome,
            "where": self.item.row,
            "asked_before": [answer.record.label for answer in self.before],
        }
        return [{**own, **one.to_row()} for one in answers] or [
            {**dict.fromkeys(COLUMNS, ""), **own}
        ]


def _asks_less(answer: Answer) -> bool:
    return answer.strength == "weaker" and same_subject(answer.ask, answer.record_ask)


COLUMNS = (
    "item", "text", "record_id", "relation", "probability", "band", "outcome", "strength",
    "same_measure", "same_issue", "ask", "record_ask", "record", "recommended_by", "position",
    "asked_before", "where", "record_text",
)  # fmt: skip
"""Columns of a listing, in order."""


@dataclass(frozen=True)
class Uptake(Sequence[AskedItem]):
    """What came back of a submission.

    Attributes:
        file: its name.
        state: the State, ISO 3166-1 alpha-3.
        cycle: the review that it is compared with, and later ones; empty where there is none.
        items: its asks, in its own order.
        compared: how many records of the State each was compared with.
        notes: what a reader should know of how it was read.
    """

    file: str
    state: str
    cycle: str
    items: tuple[AskedItem, ...]
    compared: int
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: Any) -> Any:
        return self.items[place]

    def __iter__(self) -> Iterator[AskedItem]:
        return iter(self.items)

    def counts(self) -> dict[Outcome, int]:
        """Return how many asks became what, in the order of `OUTCOMES`; none left out."""
        found = Counter(one.outcome for one in self.items)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    def recommenders(self) -> dict[str, int]:
        """Return the States that took asks up, by name, with how many; most first."""
        found = Counter(
            name
            for one in self.items
            for name in {s for answer in one.heard for s in answer.record.recommending_states}
        )
        return {official_state(s): n for s, n in sorted(found.items(), key=lambda x: (-x[1], x[0]))}

    def above(self, probability: float) -> Uptake:
        """Return the same with the answers at least as probable; 0 leaves all of them."""
        kept = (
            replace(one, answers=tuple(a for a in one.answers if a.probability >= probability))
            for one in self.items
        )
        return replace(self, items=tuple(kept))

    def shown(self) -> Uptake:
        """Return the same with the answers that readers see alone: a small part of all."""
        kept = []
        for one in self.items:
            seen = {id(answer) for answer in (*one.shown, *one.before)}
            kept.append(replace(one, answers=tuple(a for a in one.answers if id(a) in seen)))
        return replace(self, items=tuple(kept))

    def to_rows(self, every: bool = False) -> list[dict[str, Any]]:
        """Return a row for each ask and each record shown beside it.

        Args:
            every: all answers held, also the hidden and the earlier ones.
        """
        return [
            row for one in self.items for row in one.to_rows(one.answers if every else one.shown)
        ]

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {outcome}" for outcome, n in self.counts().items() if n)
        review = f"review of cycle {self.cycle}" if self.cycle else "no review in the files"
        lines = [f"{self.file}: {len(self)} asks to {state_name(self.state)}, {review}: {counts}"]
        for one in self.items:
            lines.append(f"  {one.item.id}  {one.outcome}: {clipped(one.item.text, 80)}")
            lines += [f"      {answer}" for answer in one.shown[:SHOWN]]
        return "\n".join([*lines, *self.notes])
