"""Records as a CSV that Uwazi imports as entities, several values of a cell parted by "|"."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.selection import newest_records
from linker.records.cells import neutral
from linker.records.exchange import shapes
from linker.records.record import Record
from linker.vocabulary.states import state_name

SHAPE = "uwazi"


def write_uwazi_csv(source: Source, options: Options, path: Path) -> None:
    """Write a row a record, its headings those of data/vocabularies/exchange.yaml."""
    shape, out = shapes()[SHAPE], io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(shape.fields.values())
    for record in newest_records(source, options):
        writer.writerow([neutral(_cell(record, field, shape.between)) for field in shape.fields])
    path.write_bytes(out.getvalue().encode("utf-8", errors="replace"))


def _cell(record: Record, field: str, between: str) -> str:
    value = getattr(record, field)
    if field == "state":
        return state_name(record.state) if record.state else ""
    if field == "recommending_states":
        value = tuple(state_name(state) for state in value)
    if isinstance(value, tuple):
        return between.join(value)
    return str(value or "")
