"""OHCHR's thematic lists of recommendations, of every cycle and in every language of the UN."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Head, Options
from linker.records.importers.found_tables import tables_in
from linker.records.importers.safe_open import kind_of
from linker.records.importers.table import records_of
from linker.records.record import Record
from linker.vocabulary.headings import fields_of_heading


class ThematicList:
    """Tables of recommendation, position, themes (and SDGs) with themes as rows between."""

    name = "thematic_list"
    label = "OHCHR thematic list of recommendations (DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether a table begins with recommendations, positions and themes."""
        if head.kind != "docx" or not head.has_text or len(head.columns) > 5:
            return False
        fields = [fields_of_heading(column)[:1] for column in head.columns]
        return fields[0] == ("text",) and {("position",), ("themes",)} <= set(fields)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a recommendation."""
        options = replace(options, mechanism="UPR", body="UPR")
        for table in tables_in(path, kind_of(path, options.limits), notes, options):
            for record in records_of(table, notes, options):
                yield replace(record, kind=record.kind or "recommendation")
