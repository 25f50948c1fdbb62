"""A filled-in plan beside what stands in the workspace: what changed here, there, or in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from linker.documents.plan_reading import FiledRow, PlanFile
from linker.errors import Invalid
from linker.plan.entries import COMMENT, PlanChange, PlanEntry, title_of
from linker.records.import_notes import Note

Keep = Literal["theirs", "ours"]
"""Of a conflict: what the file says, or what the workspace says."""
KEEPS: tuple[Keep, ...] = get_args(Keep)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a recommendation that the file changes.

    Attributes:
        place: row of the file.
        record_id: the recommendation.
        field: as in `PlanChange`.
        base: what stood there when the plan was written out; None where nobody knows.
        theirs: what the file says.
        ours: what the workspace says.
        last: the change that made it so; None where nobody filled it in here.
    """

    place: str
    record_id: str
    field: str
    base: str | None
    theirs: str
    ours: str
    last: PlanChange | None

    @property
    def key(self) -> str:
        """Names the difference, for a choice made about it."""
        return f"{self.record_id}\x1f{self.field}"

    @property
    def is_conflict(self) -> bool:
        """Whether the workspace changed too, since the plan was written out."""
        return self.ours not in ("" if self.base is None else self.base, self.theirs)

    @property
    def who(self) -> str:
        """Who changed it in the workspace, and when."""
        if self.last is None:
            return "nobody filled it in here"
        return f"{self.last.reviewer}, {self.last.at[:16].replace('T', ' ')} UTC"

    def __str__(self) -> str:
        before = "unknown" if self.base is None else _said(self.base)
        return (
            f"{self.place}, {self.record_id}, {title_of(self.field)}: "
            f"was {before}; the file says {_said(self.theirs)}; "
            f"here it is {_said(self.ours)} ({self.who})"
        )

    def to_row(self) -> dict[str, str]:
        """Return the columns that listings show."""
        return {
            "place": self.place,
            "record_id": self.record_id,
            "field": self.field,
            "when_written": "" if self.base is None else self.base,
            "in_the_file": self.theirs,
            "in_the_workspace": self.ours,
            "changed_by": self.last.reviewer if self.last else "",
            "changed_at": self.last.at if self.last else "",
        }


@dataclass(frozen=True)
class Comparison:
    """What a filled-in plan would change.

    Attributes:
        file: the plan that was read.
        changes: fields that only the file changed, and new comments.
        conflicts: fields that were changed on both sides.
        unknown: rows about recommendations that the workspace does not have.
        foreign: whether another workspace wrote the plan.
        kept_out: what the file changes and who hands it over may not, each with the reason.
    """

    file: PlanFile
    changes: tuple[Difference, ...]
    conflicts: tuple[Difference, ...]
    unknown: tuple[FiledRow, ...]
    foreign: bool
    kept_out: tuple[tuple[Difference, str], ...] = ()

    def within(self, refusal: Callable[[Difference], str]) -> Comparison:
        """Return the same without what may not be written, which `notes` then tells.

        Args:
            refusal: why a difference may not be written; empty where it may.
        """
        reasons = {one: refusal(one) for one in (*self.changes, *self.conflicts)}
        return replace(
            self,
            changes=tuple(one for one in self.changes if not reasons[one]),
            conflicts=tuple(one for one in self.conflicts if not reasons[one]),
            kept_out=tuple((one, why) for one, why in reasons.items() if why),
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """Everything to tell a person, with row, column and remedy."""
        found = list(self.file.notes)
        if self.foreign:
            found.append(
                Note(
                    self.file.name,
                    "",
                    "",
                    "another workspace wrote this plan; rows are matched by their ids",
                    "",
                    "repaired",
                    "another workspace",
                )
            )
        found += [
            Note(
                self.file.name,
                row.place,
                "Id (locked)",
                f"{row.record_id!r} is no record of this workspace",
                "Import the recommendation first, or copy the id from the exported plan.",
                "refused",
                "unknown id",
            )
            for row in self.unknown
        ]
        found += [
            Note(
                self.file.name,
                one.place,
                title_of(one.field),
                f"{one.record_id}, {_said(one.theirs)}: {why}",
                "Ask a reviewer or lead to write it.",
                "refused",
                "not theirs to fill in",
            )
            for one, why in self.kept_out
        ]
        return tuple(found)

    def to_write(
        self, reviewer: str, keep: str = "", choices: Mapping[str, str] | None = None
    ) -> list[PlanChange]:
        """Return the changes to write.

        Args:
            reviewer: in whose name.
            keep: what to do with conflicts: "theirs" (the file), "ours" (the workspace), or
                empty: conflicts without a choice of their own leave the workspace as it is.
            choices: the same for single conflicts, by their ``key``.

        Raises:
            UsageError: neither of the two words.
        """
        chosen = {d.key: (choices or {}).get(d.key, keep) for d in self.conflicts}
        for word in (keep, *chosen.values()):
            if word and word not in KEEPS:
                raise Invalid(f"keep {word!r} is not known. Use: {' or '.join(KEEPS)}.")
        taken = [d for d in self.conflicts if chosen[d.key] == "theirs"]
        return [
            PlanChange(0, d.record_id, d.field, d.theirs, reviewer, "")
            for d in (*self.changes, *taken)
        ]


def compare(
    file: PlanFile,
    entries: Mapping[str, PlanEntry],
    log: Iterable[PlanChange],
    known: Iterable[str],
    workspace: str,
) -> Comparison:
    """Compare a filled-in plan with what stands.

    Args:
        file: the plan.
        entries: what stands, by record id.
        log: all changes, to say who made the last one.
        known: ids of the workspace's records.
        workspace: id of the workspace.
    """
    last = {(c.record_id, c.field): c for c in sorted(log, key=lambda c: c.seq)}
    ids = set(known)
    found = [
        difference
        for row in file.rows
        if row.record_id in ids
        for difference in _differences(file, row, entries.get(row.record_id, PlanEntry()), last)
    ]
    return Comparison(
        file=file,
        changes=tuple(d for d in found if not d.is_conflict),
        conflicts=tuple(d for d in found if d.is_conflict),
        unknown=tuple(row for row in file.rows if row.record_id not in ids),
        foreign=bool(file.workspace) and file.workspace != workspace,
    )


def _differences(
    file: PlanFile,
    row: FiledRow,
    entry: PlanEntry,
    last: Mapping[tuple[str, str], PlanChange],
) -> Iterator[Difference]:
    known = None if file.base is None else file.base.get(row.record_id, {})
    for field, theirs in row.values.items():
        if field == COMMENT:
            if theirs not in [comment.text for comment in entry.comments]:
                yield Difference(row.place, row.record_id, field, "", theirs, "", None)
            continue
        ours = entry.value(field)
        base = None if known is None else known.get(field, "")
        # Without the hidden sheet an empty cell says nothing: nobody emptied it on purpose.
        edited = theirs != base if base is not None else bool(theirs)
        if edited and theirs != ours:
            changed = last.get((row.record_id, field))
            yield Difference(row.place, row.record_id, field, base, theirs, ours, changed)


def _said(value: str) -> str:
    flat = " ".join(value.split())
    return f"“{flat[:80]}{'…' if len(flat) > 80 else ''}”" if flat else "empty"
