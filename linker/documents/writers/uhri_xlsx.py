"""Records in the shape of the Universal Human Rights Index, as its XLSX export has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from linker.documents.inputs import Options, Source
from linker.documents.selection import newest_records
from linker.documents.writers import xlsx
from linker.documents.writers.uhri_json import annotation
from linker.records.record import Record

HEADINGS: Mapping[str, str] = {
    "Countries Concerned": "Countries",
    "Document Symbol": "Symbol",
    "Reccomending Body": "Body",
    "Text": "Text",
    "Themes": "Themes",
    "Affected Persons": "AffectedPersons",
    "Sdgs": "Sdgs",
    "Document Publication Date": "PublicationDate",
    "UPR Reccomending States": "UprRecommendingCountry",
    "UPR Position": "UprPositions",
    "Type": "AnnotationType",
    "OHCHR Annotation Id": "AnnotationId",
    "UPR Session": "UprSession",
    "Regions Concerned": "Regions",
    "Recommending Regions": "UprRecommendingRegions",
    "Date of publication on UHRI": "PublicationDateOnUhri",
}
"""Headings of the export, spelt as it spells them -> keys of its JSON, which says the same."""
_DATES = ("PublicationDate", "PublicationDateOnUhri")
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_WIDTH, _TEXT_WIDTH = 24, 90


def write_uhri_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write a row a record under the export's headings, several values of a cell one a line.

    Dates are dates of Excel, as in the export; what UHRI keeps and no record says is left empty.
    """
    workbook = xlsx.new_workbook(source, "UHRI")
    sheet = workbook.active
    for place, heading in enumerate(HEADINGS, start=1):
        xlsx.put(sheet, 1, place, heading, bold=True, border=False)
        column = sheet.column_dimensions[sheet.cell(row=1, column=place).column_letter]
        column.width = _TEXT_WIDTH if heading == "Text" else _WIDTH
    for row, record in enumerate(newest_records(source, options), 2):
        _put_row(sheet, row, record)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    xlsx.save(workbook, path, source)


def _put_row(sheet: Any, row: int, record: Record) -> None:
    said = annotation(record)
    for place, key in enumerate(HEADINGS.values(), start=1):
        value = said[key]
        moment = _moment(value) if key in _DATES else None
        if moment is None:
            text = "\n".join(f"- {one}" for one in value) if isinstance(value, list) else value
            xlsx.put(sheet, row, place, text, border=False)
        else:
            cell = sheet.cell(row=row, column=place, value=moment)
            cell.number_format = _MOMENT if moment.time().isoformat() != "00:00:00" else _DAY


def _moment(value: str) -> datetime | None:
    """Return a whole date; a year or a month alone stays text."""
    try:
        return datetime.fromisoformat(value) if "T" in value else None
    except ValueError:
        return None
