"""What a workspace says of a submission: what it asks, and what came back of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from linker.convergence.convergence import ConvergenceLinker
from linker.documents.writers.uptake import write_uptake
from linker.errors import Invalid, NotFound
from linker.reading.reader import Reader, remedy
from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.apart import made_apart
from linker.records.importers.submission import Submission, read_submission
from linker.uptake.compare import compare
from linker.uptake.results import Uptake
from linker.vocabulary.files import refresh
from linker.vocabulary.spoken import name_of
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
        read = self._read(path, state)
        submission = _of_state(read, state)
        records = self.store.records(state)
        if cycle and cycle not in {record.cycle for record in records}:
            there = ", ".join(sorted({r.cycle for r in records if r.cycle})) or "none"
            raise NotFound(f"No records of a review of cycle {cycle} here; there are: {there}.")
        linker = ConvergenceLinker(self.linker.indices.encoder_of(state))
        reader = self.linker.reader
        found = compare(submission, state, records, linker, cycle, reader.english)
        lines = (
            *_left_out(read, submission, state),
            *_unread(submission, reader),
            *_no_review(found),
        )
        return replace(found, notes=lines)

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
        if found.state and found.state != state:
            raise NotFound(
                f"{path.name} is about {state_name(found.state)}, and the records are of "
                f"{state_name(state)}. Name another State with --state, or import its files first."
            )
        return found


def _of_state(found: Submission, state: str) -> Submission:
    """Return the items that are about a State, or do not say about which.

    Raises:
        UsageError: all are about other States.
    """
    kept = tuple(item for item in found.items if item.state in ("", state))
    if not kept:
        raise NotFound(f"{found.file}: every row is about another State ({_others(found, state)}).")
    return replace(found, items=kept)


def _others(found: Submission, state: str) -> str:
    codes = {item.state for item in found.items} - {"", state}
    return ", ".join(sorted(map(state_name, codes)))


def _left_out(read: Submission, kept: Submission, state: str) -> Iterator[str]:
    """Yield what of the file was not compared."""
    what = "rows" if read.format == "table" else "paragraphs"
    if read.silent:
        yield f"{read.silent} other {what} of it ask for nothing and are left out."
    if less := len(read.items) - len(kept.items):
        yield f"{less} rows about other States ({_others(read, state)}) are left out."
    for note in read.notes:
        if note.severity in ("refused", "incomplete"):
            yield str(note)


def _unread(submission: Submission, reader: Reader) -> Iterator[str]:
    """Yield which asks are in a language that is not read here."""
    codes = Counter(reader.unread(item.text, item.language) for item in submission.items)
    for code, number in sorted(codes.items()):
        if code:
            yield (
                f"{number} of the asks are in {name_of(code)}, not read {remedy(code)}: what is "
                "said of them means little."
            )


def _no_review(found: Uptake) -> Iterator[str]:
    """Yield that the review of the submission is not among the records, where it is not."""
    if found.cycle and not any(one.review for one in found):
        yield (
            f"No recommendation of the review of cycle {found.cycle} or of a later one is here: "
            "import the report of the Working Group."
        )
