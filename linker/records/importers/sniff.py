"""The first sight of a file, by which its importer is recognised."""

from __future__ import annotations

from pathlib import Path

from linker.i18n.messages import in_every_language
from linker.records.import_notes import ImportRefused, Notes, refuse
from linker.records.importers.base import Head, Kind, Options
from linker.records.importers.own_files import own_file
from linker.records.importers.safe_open import kind_of
from linker.records.importers.un.first_sight import front_of_file
from linker.vocabulary.headings import fields_of_heading


def look(path: Path, options: Options) -> Head:
    """Return the kind of a file and the names at its beginning.

    Raises:
        ImportRefused: it cannot be opened, is of no kind that is read, or is a file of Linker's
            own that another command reads.
    """
    kind = kind_of(path, options.limits)
    if kind == "zip":
        return Head(kind, ())
    front = front_of_file(path, kind, options.limits)
    if front:
        return Head(kind, (), front=front)
    if kind == "pdf":
        return _of_unknown_pdf(path, options)
    if kind == "json":
        return _of_objects(path, options)
    return _of_tables(path, kind, options)


def _of_unknown_pdf(path: Path, options: Options) -> Head:
    from linker.records.importers.un.paragraph_list import is_list

    reason = "this PDF is no UN document that Linker knows by its first page, and no list"
    remedy = "Copy its recommendations into a table with a text column (CSV or XLSX)."
    refusal = refuse(path.name, reason, remedy, kind="not recognised").note
    return Head("pdf", (), listed=is_list(path, "pdf", options.limits), refusal=refusal)


def _of_objects(path: Path, options: Options) -> Head:
    from linker.records.importers.json_shape import json_shape
    from linker.records.importers.table_json import has_text

    shape = json_shape(path, options.limits, has_text)
    about = dict(shape.around)
    if "linker" in about and about.get("kind") not in (None, "records"):
        raise own_file(path.name, about["kind"])
    if shape.cells:
        return _of_tables(path, "json", options)
    return Head("json", shape.keys)


def _of_tables(path: Path, kind: Kind, options: Options) -> Head:
    from linker.records.importers.found_tables import tables_in
    from linker.records.importers.own_matrix import MATRIX
    from linker.records.importers.un.paragraph_list import is_list
    from linker.records.importers.un.plain import runs_on

    notes = Notes(path.name)
    try:
        table = next(tables_in(path, kind, notes, options))
    except ImportRefused as refusal:
        if refusal.note.kind != "not recognised":
            raise
        listed = is_list(path, kind, options.limits)
        headings = _headings(path, kind, options)
        return Head(kind, headings, listed=listed, refusal=refusal.note)
    named = fields_of_heading(table.columns[table.fields["text"]])[:1] == ("text",)
    if kind == "csv" and not (named or options.columns) and is_list(path, kind, options.limits):
        return Head(kind, table.columns, listed=True)
    said = tuple(f"· {title}" for title in in_every_language(MATRIX))
    if kind == "csv" and not (named or options.columns) and runs_on(path, options.limits):
        reason = "this is running text, no table and no list of recommendations"
        remedy = (
            "For what a submission asks: `linker uptake FILE`. To import recommendations, write "
            "each as a numbered paragraph, or put them into a table with a column 'text'."
        )
        told = refuse(path.name, reason, remedy, kind="not recognised").note
        return Head(kind, (), refusal=told)
    about = MATRIX if any(one in title for one in said for title in table.titles) else ""
    return Head(kind, table.columns, has_text=True, about=about)


def _headings(path: Path, kind: Kind, options: Options) -> tuple[str, ...]:
    """Return the headings of a table without a column of texts; none where there is no table."""
    from linker.records.importers.sheets import read_sheet

    if kind not in ("csv", "xlsx"):
        return ()
    try:
        return read_sheet(path, kind, Notes(path.name), options.limits).columns
    except ImportRefused:
        return ()
