"""An example of a plugin: it reads registers of complaints, counts records, knows fisheries."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from linker.documents.inputs import Options as DocumentOptions
from linker.documents.inputs import Source
from linker.records.import_notes import Notes
from linker.records.importers import Head, Options
from linker.records.record import Record

WORDS = Path(__file__).parent / "words"
"""Folder with more rows and terms for the files of data/vocabularies."""


class Complaints:
    """Reads the register of an ombuds institution: CSV with the columns CaseNo and Finding."""

    name = "complaints"
    label = "register of complaints"

    def recognises(self, head: Head) -> bool:
        """Say whether a file is such a register, from its headings."""
        return head.kind == "csv" and {"caseno", "finding"} <= head.names

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record for each finding; a row without one is told."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                notes.rows_read += 1
                if not (row["Finding"] or "").strip():
                    notes.refused(
                        "no finding",
                        row=f"row {number}",
                        column="Finding",
                        reason="the cell is empty",
                        remedy="Write what was found, or leave the row out.",
                    )
                    continue
                notes.kept += 1
                yield Record(
                    id=f"COMPLAINT-{row['CaseNo']}",
                    text=row["Finding"],
                    state=options.state,
                    mechanism="SUB",
                    paragraph=row["CaseNo"],
                    row=f"row {number}",
                )


class Tally:
    """Writes how many records each mechanism made."""

    formats = ("txt",)
    what = "how many records each mechanism made"

    def write(self, source: Source, options: DocumentOptions, path: Path) -> None:
        """Write a line for each mechanism."""
        counts = Counter(record.mechanism or "other" for record in source.records)
        lines = [f"{source.state_name}", *(f"{name}: {n}" for name, n in sorted(counts.items()))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


COMPLAINTS, TALLY = Complaints(), Tally()
