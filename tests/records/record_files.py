"""Made-up files of every shape the importers read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import openpyxl

from linker.records.import_notes import Notes
from linker.records.importers import Options, read_file
from linker.records.record import Record


def read(path: Path, options: Options | None = None) -> tuple[list[Record], Notes]:
    records, notes = read_file(path, options=options)
    return list(records), notes


def write_csv(path: Path, rows: list[list[str]], *, delimiter=",", encoding="utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


LAYOUTS = {
    2014: ["Recommendation", "Position", "Full list of themes", "Assessment/comments"],
    2019: ["Recommendation", "Position", "Full list of themes", "Assessment/comments"],
    2025: [
        "Recommendation and recommending State",
        "Position of the State under review",
        "Human rights themes and groups of persons",
        "Relevant SDGs",
    ],
}


def write_list(path: Path, layout: int, rows: list[list[str]], header: str) -> Path:
    """A thematic list: a row of one cell is a theme, merged over the table's width."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    table = document.add_table(rows=0, cols=4)
    for row in [LAYOUTS[layout], *rows]:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[3]).text = row[0]
        else:
            for cell, text in zip(cells, row, strict=False):
                cell.text = text
    document.save(str(path))
    return path


UHRI = {
    "AffectedPersons": ["Women & girls", "Children"],
    "AnnotationId": "11111111-2222-3333-4444-555555555555",
    "AnnotationType": "- Recommendations",
    "Body": "- CRC",
    "Countries": ["Valmora"],
    "DocumentId": "66666666-2222-3333-4444-555555555555",
    "PublicationDate": "2024-02-12T00:00:00",
    "PublicationDateOnUhri": "2024-03-03T10:53:45.827",
    "Regions": ["Nowhere"],
    "Sdgs": ["5.2 - End violence", "16 - PEACE, JUSTICE AND STRONG INSTITUTIONS", "16.a - Police"],
    "Symbol": "CRC/C/XVM/CO/3-4",
    "Text": "12.The Committee recommends that the State party ban corporal punishment.",
    "Themes": [" Right to health", "Children: definition; general principles; protection"],
    "UprCycle": None,
    "UprPositions": [],
    "UprRecommendingCountry": [],
    "UprRecommendingRegions": [],
    "UprSession": [],
}


def annotation(**changes: object) -> dict[str, object]:
    return {**UHRI, **changes}
