"""What a workspace says of a submission: what it asks, and what came back of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from linker.convergence.convergence import ConvergenceLinker
from linker.documents.writers.uptake import write_uptake
from linker.errors import Invalid, NotFound
from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.apart import made_apart
from linker.records.importers.submission import Submission, read_submission
from linker.uptake.compare import compare
from linker.uptake.results import Uptake
from linker.vocabulary.files import refresh
from linker.vocabulary.states import state_name
from linker.workspace.facade_part import Desk


class UptakeDesk(Desk):
    """Were we heard? ``linker.uptake("submission.docx")`` says; nothing is imported.

    Example:
        >>> heard = linker.uptake("submission.docx", state="KEN")  # doctest: +SKIP
        >>> linker.uptake.write(heard, "were-we-heard.docx")  # doctest: +SKIP
    """

    def __call__(self, file: str | Path, state: str | None = None, cycle: str = "") -> Uptake:
        """Return what became of each ask of a submission.

        Args:
            file: DOCX, PDF, text, Markdown, a summary of stakeholders' submissions, or a table
                with the columns id and text. It is read, not imported.
            state: the State; the only one when not given.
            cycle: of the review that it was made for; the one it names, else the newest here,
                unless given.

        Raises:
            UsageError: no such State or review here, or the file is about another State.
            LinkerError: the file cannot be read, or asks for nothing.
            AccessError: the file is not the acting person's to read.
        """
        path, state = self._handed(file), self.only_state(state)
        refresh()
        submission = self._read(path, state)
        records = self.store.records(state)
        if cycle and cycle not in {record.cycle for record in records}:
            there = ", ".join(sorted({r.cycle for r in records if r.cycle})) or "none"
            raise NotFound(f"No records of a review of cycle {cycle} here; there are: {there}.")
        linker = ConvergenceLinker(self.linker.indices.encoder_of(state))
        english = self.linker.reader.english
        found = compare(submission, state, records, linker, cycle, english)
        return replace(found, notes=_told(submission))

    def write(self, uptake: Uptake, path: str | Path) -> Path:
        """Write "Were we heard?" as a Word document, a workbook, CSV or JSON, by the suffix.

        Raises:
            UsageError: another suffix.
            LinkerError: the file cannot be written.
        """
        return write_uptake(Path(path), self.linker.source(uptake.state), uptake)

    def _read(self, path: Path, state: str) -> Submission:
        options = Options(state=state)
        try:
            found = made_apart(
                read_submission, path, options, limits=options.limits, classes=(Submission,)
            )
        except ImportRefused as refusal:
            raise Invalid(str(refusal.note)) from refusal
        about = {found.state, *(item.state for item in found.items)} - {"", state}
        if found.state and found.state != state:
            raise NotFound(
                f"{path.name} is about {state_name(found.state)}, and the records are of "
                f"{state_name(state)}. Name another State with --state, or import its files first."
            )
        if about:
            kept = tuple(item for item in found.items if item.state in ("", state))
            names = ", ".join(sorted(map(state_name, about)))
            if not kept:
                raise NotFound(f"{path.name}: every row is about another State ({names}).")
            told = found.silent + len(found.items) - len(kept)
            return replace(found, items=kept, silent=told)
        return found


def _told(submission: Submission) -> tuple[str, ...]:
    """Return what a reader should know of how the file was read."""
    what = "rows" if submission.format == "table" else "paragraphs"
    lines = []
    if submission.silent:
        lines.append(f"{submission.silent} other {what} of it ask for nothing and are left out.")
    lines += [str(note) for note in submission.notes if note.severity in ("refused", "incomplete")]
    return tuple(lines)
