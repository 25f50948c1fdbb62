"""What a workspace lets people do to its sources and records: take out, put back, put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.errors import Invalid, NotFound
from linker.records.edits import RecordEdit, standing_edits
from linker.records.importers.correcting import corrected_value
from linker.review.roles import Right
from linker.store.dependents import Dependents, dependents
from linker.store.purging import older_copies, purge
from linker.store.settling import Changes
from linker.store.sources import PLEDGES, Source
from linker.workspace.facade_part import EMBEDDINGS, Desk


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A source as it is listed.

    Attributes:
        source: the source.
        records: how many records it speaks of.
    """

    source: Source
    records: int

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        source = self.source
        return {
            "number": source.number,
            "name": source.name,
            "format": source.format,
            "date": source.at,
            "rows": source.rows,
            "records": self.records,
            "forgotten": source.forgotten,
            "sha256": source.sha256,
            "options": "; ".join(
                f"{key} = {value}" for key, value in source.options.items() if key != PLEDGES
            ),
            "pledges": [f"{place}: {text}" for place, text in source.options.get(PLEDGES, ())],
        }


class SourceDesk(Desk):
    """The sources of a workspace and what they say: ``linker.sources``."""

    def imports(self) -> list[ImportedFile]:
        """Return the sources of the workspace in their order, forgotten ones too."""
        counts = self.store.records_by_source()
        return [ImportedFile(one, counts.get(one.number, 0)) for one in self.store.sources()]

    def depends_on(self, number: int) -> Dependents:
        """Return what hangs on a source: ask before it is forgotten.

        Raises:
            NotFound: no such source.
        """
        self.store.source(number)
        return dependents(self.store, number)

    def forget(self, number: int, reviewer: str = "") -> Changes:
        """Take a source out; its records go where no other source has them, decisions stay.

        Args:
            number: of the source, as ``imports`` lists it.
            reviewer: who takes it out.

        Raises:
            NotFound: no such source.
            Invalid: it is forgotten already.
        """
        return self._forgotten(number, reviewer, True)

    def unforget(self, number: int, reviewer: str = "") -> Changes:
        """Put a forgotten source back in its old place.

        Raises:
            NotFound: no such source.
            Invalid: it is not forgotten.
        """
        return self._forgotten(number, reviewer, False)

    def purge(self, number: int) -> Changes:
        """Erase a source for good, and with it decisions and plan about records only it has.

        Later backups and archives hold it no more; copies made before do, see ``older_copies``.

        Raises:
            NotFound: no such source.
            LinkerError: somebody holds the file.
        """
        self._guard(Right.IMPORT)
        return purge(self.store, number, self.folder / EMBEDDINGS)

    def older_copies(self) -> list[Path]:
        """Return the copies of the workspace beside it, which ``purge`` leaves alone."""
        return older_copies(self.folder)

    def correct(
        self, record_id: str, field: str, value: str, reviewer: str, note: str = ""
    ) -> Changes:
        """Correct a field of a record by hand: logged, and above every source.

        Args:
            record_id: the record.
            field: of the table format, such as position, state or recommending_states.
            value: as a table would give it, lists parted by ";"; empty for nothing.
            reviewer: who corrects it.
            note: why.

        Raises:
            NotFound: no such record or field.
            Invalid: the value does not fit the field, or there is no name.
        """
        name = self._named(reviewer)
        record = self.store.known_record(record_id)
        held = corrected_value(record, field, value)
        edit = RecordEdit("correct", record.id, field, held, reviewer=name, note=note)
        return self.store.edit_record(lambda _: edit)[1]

    def undo_correction(self, record_id: str, field: str, reviewer: str) -> Changes:
        """Take the last correction of a field back: what it corrected, or the sources, count.

        Raises:
            NotFound: no correction of this field stands.
        """
        return self._undone(
            reviewer,
            lambda edit: (
                edit.kind == "correct" and (edit.record_id, edit.field) == (record_id, field)
            ),
            f"{record_id}: no correction of {field} stands.",
        )

    def merge_records(self, stays: str, other: str, reviewer: str, note: str = "") -> Changes:
        """Make one record of two; the first keeps its id, and both speak in it.

        Decisions and the plan of the other stay in the log, and count again once it is undone.

        Raises:
            NotFound: no such record.
            Invalid: it is one record, or there is no name.
        """
        name = self._named(reviewer)
        one, two = self.store.known_record(stays), self.store.known_record(other)
        if one.id == two.id:
            raise Invalid(f"{stays} and {other} are one record already.")
        edit = RecordEdit("merge", one.id, other=two.id, reviewer=name, note=note)
        return self.store.edit_record(lambda _: edit)[1]

    def undo_merge(self, stays: str, other: str, reviewer: str, note: str = "") -> Changes:
        """Part what was merged, by a person or at an import; no later import joins it again.

        Args:
            stays: the record.
            other: the id that was merged into it.
            reviewer: who parts them.
            note: why.

        Raises:
            NotFound: these two were not merged.
        """
        name = self._named(reviewer)

        def parted(log: list[RecordEdit]) -> RecordEdit:
            for edit in reversed(standing_edits(log)):
                if edit.kind == "merge" and (edit.record_id, edit.other) == (stays, other):
                    return RecordEdit("undo", stays, value=edit.seq, reviewer=name, note=note)
            if not self.store.is_joined(stays, other):
                raise NotFound(f"{other} was not merged into {stays}.")
            return RecordEdit("part", stays, other=other, reviewer=name, note=note)

        return self.store.edit_record(parted)[1]

    def record_log(self, record_id: str = "") -> list[RecordEdit]:
        """Return all corrections and merges, or those of one record, oldest first."""
        log = self.store.record_edits()
        return [edit for edit in log if record_id in ("", edit.record_id, edit.other)]

    def contradictions(self, state: str | None = None) -> list[str]:
        """Return what the sources say against one another of the records, a line each."""
        return [str(one) for one in self.store.contradictions(state)]

    # Inside ---------------------------------------------------------------------------------------

    def _forgotten(self, number: int, reviewer: str, forgotten: bool) -> Changes:
        name = self._guard(Right.IMPORT, reviewer)
        source = self.store.source(number)
        if source.forgotten is forgotten:
            how = "is forgotten already" if forgotten else "is not forgotten"
            raise Invalid(f"source {number} ({source.name}) {how}.")
        return self.store.set_forgotten(number, forgotten, name)

    def _undone(self, reviewer: str, wanted: Callable[[RecordEdit], bool], missing: str) -> Changes:
        name = self._named(reviewer)

        def undo(log: list[RecordEdit]) -> RecordEdit:
            standing = [edit for edit in standing_edits(log) if wanted(edit)]
            if not standing:
                raise NotFound(f"{missing} `linker correct RECORD` lists what stands.")
            last = standing[-1]
            return RecordEdit("undo", last.record_id, value=last.seq, reviewer=name)

        return self.store.edit_record(undo)[1]

    def _named(self, reviewer: str) -> str:
        name = self._guard(Right.CORRECT, reviewer).strip()
        if not name:
            raise Invalid("A correction needs a reviewer's name (--reviewer NAME).")
        return name
