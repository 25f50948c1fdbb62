"""Reading files into a workspace, with an account of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from linker.reading.phrase_table import prepared
from linker.reading.reader import remedy
from linker.records.asks import LONGEST
from linker.records.import_notes import ImportRefused, Note, Notes
from linker.records.importers import Options
from linker.records.importers.apart import Origin, read_apart
from linker.records.importers.impactoss_package import as_file
from linker.records.record import Record
from linker.store.settling import Changes
from linker.store.store import Store
from linker.vocabulary.spoken import FOREIGN, name_of
from linker.worker import Worker
from linker.workspace.keeping import Gathered, keep_source, told
from linker.workspace.remembering import with_remembered

ReadProgress = Callable[[str, int, int, int], None]
"""Told of each file: (name, place among the files, how many files, records read of it so far)."""
SHOWN = 5
"""Notes of a kind that a report prints; the others are counted."""
COUNTED_ONLY = frozenset({
    "no State", "no paragraph number", "no symbol", "no cycle", "no date or year",
    "rows that are no recommendations",
})  # fmt: skip

TOO_LONG = (
    f"of the records kept are longer than {LONGEST:,} characters: they are searched and shown, and "
    "not analysed, so they have no links and no theme. Part them into rows of their own."
)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        file: its name.
        format: what it was recognised as, in words; empty when it was refused whole.
        rows: rows read.
        kept: records it gave.
        new: of these, how many the workspace did not have.
        changed: how many it had, and that are others now.
        merged: rows that joined the record of an earlier row.
        repaired: rows in which something was repaired.
        incomplete: rows kept that name no State or hold a value that was not understood.
        left_out: records of States that were not asked for.
        refused: rows refused; 1 when the whole file was.
        notes: the refusals, and examples of each kind of repair.
        counts: (severity, kind, how many) for every kind of note.
        foreign: languages beside English, with how many records are in each.
        sources: what it changed among the records of other sources, in lines.
        too_long: records longer than what is analysed.
    """

    file: str
    format: str
    rows: int
    kept: int
    new: int
    changed: int
    merged: int
    repaired: int
    refused: int
    notes: tuple[Note, ...]
    counts: tuple[tuple[str, str, int], ...]
    foreign: tuple[tuple[str, int], ...] = ()
    incomplete: int = 0
    left_out: int = 0
    sources: tuple[str, ...] = ()
    too_long: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """A line for each language beside English: how many records, and whether they are read."""
        ready = prepared().there
        return tuple(
            f"{count:,} of the records kept are in {name_of(code)}: "
            + (
                "read through an English reading (`linker languages`)"
                if ready and code in FOREIGN
                else f"shown and searched, not linked {remedy(code)}"
            )
            for code, count in self.foreign
        )

    def __str__(self) -> str:
        if not self.format:
            return "\n".join(str(note) for note in self.notes)
        merged = f" ({self.merged} rows merged into others)" if self.merged else ""
        lines = [
            f"{self.file}: {self.format}",
            f"  {self.rows} rows read, {self.kept} records kept{merged}: "
            f"{self.new} new, {self.changed} changed",
            f"  {self.repaired} rows repaired, {self.incomplete} incomplete, "
            f"{self.refused} refused",
        ]
        if self.left_out:
            lines.append(f"  {self.left_out:,} records of other States left out")
        lines += [f"    {n} × {kind} ({severity})" for severity, kind, n in self.counts]
        lines += [
            f"  {note.reason}"
            for note in self.notes
            if note.severity == "told" and note.kind not in COUNTED_ONLY
        ]
        lines += [f"  {line}" for line in self.languages]
        if self.too_long:
            lines.append(f"  {self.too_long} {TOO_LONG}")
        lines += [f"  {line}" for line in self.sources]
        return "\n".join([*lines, *self._listed()])

    def _listed(self) -> list[str]:
        """Return lines for what was refused, and for the first of each kind not understood."""
        lines = [f"  {note}" for note in self.notes if note.severity == "refused"]
        stateless = next((n for _, kind, n in self.counts if kind == "no State"), 0)
        if stateless:
            lines.append(
                f"  {stateless:,} rows name no State: they are kept, but neither linked nor "
                "merged. Take this import out (`linker forget N`) and say the State with --state, "
                "or name the column that holds it with --column state=HEADING."
            )
        for kind, found in self._not_understood().items():
            lines += [f"  {note}" for note in found[:SHOWN]]
            more = next(n for _, k, n in self.counts if k == kind) - SHOWN
            if more > 0:
                lines.append(f"  … and {more:,} more; --report FILE.csv lists them all")
        return lines

    def _not_understood(self) -> dict[str, list[Note]]:
        """Return the notes on what was not understood, by kind."""
        found: dict[str, list[Note]] = {}
        for note in self.notes:
            if note.severity == "incomplete" and note.kind not in COUNTED_ONLY:
                found.setdefault(note.kind, []).append(note)
        return found


def add_files(
    store: Store,
    paths: Iterable[Path],
    options: Options,
    progress: ReadProgress | None = None,
) -> list[FileReport]:
    """Read files into the store, in a process apart; a file that cannot be read stops no other.

    Args:
        store: the workspace's.
        paths: the files.
        options: what they do not say.
        progress: is called with the file, its place, how many there are, and its records so far.
    """
    listed = [as_file(path) for path in paths]
    reports = []
    with Worker() as worker:
        for place, path in enumerate(listed, start=1):
            told = partial(progress, path.name, place, len(listed)) if progress else None
            if told:
                told(0)
            reports.append(add_file(store, worker, path, options, told))
    return reports


def read_only(paths: Iterable[Path], options: Options) -> list[tuple[FileReport, list[Record]]]:
    """Read files and keep nothing: the report of each, and the records that it would give."""
    with Worker() as worker:
        return [read_one(worker, as_file(path), options) for path in paths]


def read_one(worker: Worker, path: Path, options: Options) -> tuple[FileReport, list[Record]]:
    """Read a file and keep nothing; see `read_only`."""
    records: list[Record] = []
    with Gathered() as gathered:
        try:
            origin, notes = gathered.take(read_apart(worker, path, options), records)
        except ImportRefused as refusal:
            return _refused(path, refusal, Gathered(), Changes()), []
        would = Changes(new=[record.id for record in records])
        return _report(path, origin.label, notes, gathered, would), records


def add_file(
    store: Store,
    worker: Worker,
    path: Path,
    options: Options,
    told_of: Callable[[int], None] | None = None,
) -> FileReport:
    """Read one file into the store. A file that cannot be read is reported, not raised.

    What was read before a file turned out to be unreadable is kept, and told.
    """
    given, options = options, with_remembered(worker, path, options, store.sources())
    with Gathered() as gathered:
        try:
            origin, notes = gathered.take(read_apart(worker, path, options), told=told_of)
        except ImportRefused as refusal:
            partly, kept = Origin("", "read in part", ()), Changes()
            if gathered.kept:
                kept = keep_source(store, path, partly, options, gathered)
            report = _refused(path, refusal, gathered, kept)
        else:
            kept = keep_source(store, path, origin, options, gathered, notes.pledges)
            report = _report(path, origin.label, notes, gathered, kept)
    if options is not given:
        named = "; ".join(f"{field} = {heading}" for field, heading in options.columns)
        line = f"columns read as somebody named them for a file of this shape: {named}"
        report = replace(report, sources=(*report.sources, line))
    store.log_import(path.name, report.format, _summary(report))
    return report


def _counted(gathered: Gathered) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(gathered.foreign.items()))


def _refused(path: Path, refusal: ImportRefused, gathered: Gathered, kept: Changes) -> FileReport:
    note, rows = refusal.note, gathered.kept
    if rows:
        read = f"{note.reason}; the {rows:,} records before this were kept"
        note = replace(note, reason=read)
    return FileReport(
        path.name, "", rows, rows, len(kept.new), len(kept.changed), 0, 0, 1, (note,), (),
        _counted(gathered), sources=tuple(told(kept)),
    )  # fmt: skip


def _report(path: Path, label: str, notes: Notes, gathered: Gathered, kept: Changes) -> FileReport:
    counts = tuple((sev, kind, n) for (sev, kind), n in sorted(notes.counts.items()))
    return FileReport(
        file=path.name,
        format=label,
        rows=notes.rows_read,
        kept=notes.kept,
        new=len(kept.new),
        changed=len(kept.changed),
        merged=notes.merged,
        repaired=notes.repaired_count,
        refused=notes.refused_count,
        notes=tuple(notes),
        counts=counts,
        foreign=_counted(gathered),
        too_long=gathered.too_long,
        incomplete=notes.incomplete_count,
        left_out=notes.left_out,
        sources=tuple(told(kept)),
    )


def _summary(report: FileReport) -> dict[str, object]:
    return {
        "rows": report.rows,
        "kept": report.kept,
        "new": report.new,
        "changed": report.changed,
        "repaired": report.repaired,
        "incomplete": report.incomplete,
        "refused": report.refused,
        "notes": [str(note) for note in report.notes],
    }
