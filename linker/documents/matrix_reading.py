"""Reads what people filled in in a matrix that Linker wrote, in Word or Excel, for the plan.

A matrix does not carry what stood in it when it was written: an empty cell says nothing, and where
the plan says something else than a cell, that is a conflict for people to decide.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from linker.documents.plan_reading import FiledRow, PlanFile, checked_values
from linker.records.import_notes import ImportRefused, Notes
from linker.records.importers.base import Limits, Options
from linker.records.importers.own_matrix import MATRIX, OwnMatrix
from linker.records.importers.own_matrix_xlsx import OwnMatrixXlsx
from linker.records.importers.sniff import look

_READERS = (OwnMatrix(), OwnMatrixXlsx())


def is_matrix(path: Path, limits: Limits) -> bool:
    """Say whether a file is a matrix that Linker wrote; whoever reads it says what is wrong."""
    try:
        return look(path, Options(limits=limits)).about == MATRIX
    except ImportRefused:
        return False


def read_matrix(path: Path, limits: Limits) -> PlanFile:
    """Return what a matrix says for the plan, and the text that it has of each record.

    Raises:
        ImportRefused: it cannot be read.
    """
    head = look(path, Options(limits=limits))
    reader = next(one for one in _READERS if one.recognises(head))
    met = Notes(path.name)
    found = list(reader.filled_rows(path, met, Options(limits=limits)))
    times = Counter(record.id for record, _ in found)
    notes = Notes(path.name)
    rows = tuple(
        FiledRow(record.row, record.id, checked_values(planned, record.row, notes))
        for record, planned in found
        if planned and times[record.id] == 1
    )
    for record_id, number in sorted(times.items()):
        if number > 1:
            reason = f"{record_id} stands in {number} rows, and nobody knows which one counts"
            notes.refused("several rows", row="", reason=reason, remedy="Keep one row of it.")
    texts = {record.id: record.text for record, _ in found}
    return PlanFile(path.name, rows, None, "", "", tuple(notes), texts)
