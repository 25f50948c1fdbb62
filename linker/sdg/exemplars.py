"""What reviewers taught, as a table that can travel between workspaces: CSV files of exemplars.

Columns: ``text``, ``target`` (5.3), ``accepted`` (yes or no) and, if you like, ``source`` (where
the text comes from). Any order; further columns are passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from linker.records.import_notes import Notes, refuse
from linker.sdg.framework import framework

COLUMNS = ("text", "target", "accepted", "source")
NEEDED = ("text", "target", "accepted")
LONGEST = 20_000
"""Characters; a longer text is a document, not a recommendation."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""A cell that starts so is written with an apostrophe before it: spreadsheets run formulas."""
YES, NO = (
    frozenset({"yes", "true", "1", "confirm", "accept"}),
    frozenset({"no", "false", "0", "reject"}),
)


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A reviewer's verdict on a text and a target, which later links learn from.

    Attributes:
        text: what was judged: a record or an ask.
        target: code of the target, ``5.3``.
        accepted: whether the link was accepted or rejected.
        source: where it comes from: the id of a record, the name of an office.
    """

    text: str
    target: str
    accepted: bool = True
    source: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two exemplars about the same matter share: text and target."""
        return " ".join(self.text.split()), self.target


def write_exemplars(path: Path, exemplars: Iterable[Exemplar]) -> int:
    """Write a CSV file that ``read_exemplars`` reads again, and return how many it holds.

    The same exemplars give the same bytes, in any order.
    """
    kept = {exemplar.key: exemplar for exemplar in exemplars}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, found in sorted(kept.items()):
        accepted = "yes" if found.accepted else "no"
        writer.writerow([_cell(found.text), found.target, accepted, _cell(found.source)])
    path.write_bytes(out.getvalue().encode("utf-8"))
    return len(kept)


def read_exemplars(path: Path) -> tuple[list[Exemplar], Notes]:
    """Read a CSV file of exemplars; a row that cannot be used is refused and the rest is read.

    Returns:
        The exemplars in the order of the file, and an account of every row.

    Raises:
        ImportRefused: the file is missing, is no UTF-8 text, or lacks a column.
    """
    rows = csv.DictReader(io.StringIO(_content(path), newline=""), restkey="")
    _check_columns(path.name, rows.fieldnames or ())
    notes = Notes(path.name)
    found: dict[tuple[str, str], Exemplar] = {}
    try:
        for number, row in enumerate(rows, start=2):
            _take(
                {str(k).strip().lower(): v for k, v in row.items()}, f"row {number}", found, notes
            )
    except csv.Error as error:
        remedy = "Save the table as CSV (UTF-8) again."
        raise refuse(path.name, f"cannot be read as CSV: {error}", remedy) from error
    notes.kept = len(found)
    return list(found.values()), notes


def _take(
    row: dict[str, str | None], place: str, found: dict[tuple[str, str], Exemplar], notes: Notes
) -> None:
    """Keep the exemplar of a row, or note why not."""
    values = {name: _plain(row.get(name) or "") for name in COLUMNS}
    if not any(values.values()):
        return
    notes.rows_read += 1
    accepted = values["accepted"].lower()
    for column, reason, remedy in _faults(values, accepted):
        notes.refused(f"unusable {column}", row=place, column=column, reason=reason, remedy=remedy)
        return
    exemplar = Exemplar(values["text"], values["target"], accepted in YES, values["source"])
    before = found.setdefault(exemplar.key, exemplar)
    if before.accepted != exemplar.accepted:
        notes.refused(
            "contradiction",
            row=place,
            column="accepted",
            reason=f"an earlier row says the opposite of this text and {exemplar.target}",
            remedy="Keep one of the two rows.",
        )
    elif before is not exemplar:
        notes.merged += 1


def _faults(values: dict[str, str], accepted: str) -> Iterator[tuple[str, str, str]]:
    """Yield column, reason and remedy for what is wrong with a row."""
    text, target = values["text"], values["target"]
    if not text:
        yield "text", "there is no text", "Write the recommendation, or remove the row."
    if len(text) > LONGEST:
        reason = f"the text has {len(text):,} characters"
        yield "text", reason, f"Split it: a recommendation has at most {LONGEST:,}."
    if target not in framework() or framework()[target].level != "target":
        reason = f"{target!r} is no SDG target"
        yield "target", reason, "Write a target such as 5.3 or 16.b, in a column kept as text."
    if accepted not in YES | NO:
        yield "accepted", f"{accepted!r} is neither yes nor no", "Write yes or no."


def _content(path: Path) -> str:
    if not path.is_file():
        raise refuse(path.name, "there is no such file", "Check the name and the folder.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 text (byte {error.start})"
        raise refuse(path.name, reason, "Save it as CSV UTF-8.") from error


def _check_columns(name: str, columns: Iterable[str]) -> None:
    there = {str(column).strip().lower() for column in columns}
    if missing := [column for column in NEEDED if column not in there]:
        raise refuse(
            name,
            f"lacks the column {' and '.join(missing)}",
            f"The first row must name the columns {', '.join(COLUMNS)}, separated by commas.",
        )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
