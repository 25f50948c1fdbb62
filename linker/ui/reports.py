"""What became of the files that were read, shown so that a person can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from linker.i18n.messages import tr, tr_plural
from linker.records.import_notes import Note
from linker.workspace.adding import FileReport

LISTED = 50
FEW = 5


def file_report(report: FileReport) -> None:
    """Show what was recognised, kept, repaired and refused of one file, and how to mend it."""
    if not report.format:
        refusal(report)
        return
    kind = "refused" if report.refused and not report.kept else "kept"
    st.html(
        f'<div class="report {kind}"><h3>{escape(report.file)}</h3>'
        f'<p class="facts">{escape(tr("Recognised as {format}", format=report.format))}</p>'
        f"<p>{escape(_counted(report))}</p></div>"
    )
    for line in report.languages:
        st.info(line)
    if report.sources:
        with st.expander(tr("Beside what was here already")):
            st.text("\n".join(report.sources))
    refused = [note for note in report.notes if note.severity == "refused"]
    repaired = [note for note in report.notes if note.severity == "repaired"]
    incomplete = [note for note in report.notes if note.severity == "incomplete"]
    _listed(tr("{n:,} incomplete: what was not understood", n=report.incomplete), incomplete)
    _listed(tr("{n:,} refused: what to do", n=report.refused), refused)
    _listed(tr("{n:,} repaired: what was changed", n=report.repaired), repaired)


def _counted(report: FileReport) -> str:
    """Return what was read, kept, mended and refused, in a line."""
    read = tr_plural("{n:,} row read", "{n:,} rows read", report.rows)
    kept = tr_plural("{n:,} record kept", "{n:,} records kept", report.kept)
    merged = tr_plural("{n:,} row joined to others", "{n:,} rows joined to others", report.merged)
    return tr(
        "{kept}: {new:,} new, {changed:,} completed. {repaired}, {incomplete:,} incomplete, "
        "{refused:,} refused.",
        kept=", ".join((read, kept, merged) if report.merged else (read, kept)),
        new=report.new,
        changed=report.changed,
        repaired=tr_plural("{n:,} row repaired", "{n:,} rows repaired", report.repaired),
        incomplete=report.incomplete,
        refused=report.refused,
    )


def refusal(report: FileReport) -> None:
    """Say why a file is not read; nothing where it is."""
    if not report.format:
        title = tr("{file}: not read", file=report.file)
        reasons = "".join(f"<p>{_said(note)}</p>" for note in report.notes)
        st.html(f'<div class="report refused"><h3>{escape(title)}</h3>{reasons}</div>')


def _listed(title: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    with st.expander(title, expanded=notes[0].severity == "refused" and len(notes) <= FEW):
        items = "".join(f"<li>{_said(note)}</li>" for note in notes[:LISTED])
        more = tr("and {n:,} more", n=len(notes) - LISTED)
        st.html(f"<ul>{items}</ul>" + (f"<p>{escape(more)}</p>" if len(notes) > LISTED else ""))


def _said(note: Note) -> str:
    column = note.column and tr("column {column}", column=note.column)
    place = ", ".join(part for part in (note.row, column) if part)
    before = f"<b>{escape(place)}</b>: " if place else ""
    remedy = f" <b>{escape(note.remedy)}</b>" if note.remedy else ""
    return f"{before}{escape(note.reason)}.{remedy}"
