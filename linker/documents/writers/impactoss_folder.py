"""A package of IMPACT OSS as a folder: one CSV file a table, and what Linker says of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from linker.documents.impactoss import Tables, about, impactoss_tables
from linker.documents.impactoss_plan import written_plan
from linker.documents.inputs import Options, Source
from linker.records.cells import neutral
from linker.records.importers.impactoss import ABOUT, form


def write_impactoss_folder(source: Source, options: Options, folder: Path) -> list[Path]:
    """Write the package into a folder, and return its files."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = impactoss_tables(source, options)
    files = []
    for table in form().tables:
        files.append(folder / f"{table}.csv")
        files[-1].write_bytes(_csv(tables, table))
    files.append(folder / ABOUT)
    said = about(source, written_plan(tables.package()))
    text = json.dumps(said, ensure_ascii=False, indent=1)
    files[-1].write_bytes(f"{text}\n".encode("utf-8", errors="replace"))
    return files


def _csv(tables: Tables, table: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(form().columns(table))
    writer.writerows(map(neutral, row.values()) for row in tables.rows[table])
    return out.getvalue().encode("utf-8", errors="replace")
