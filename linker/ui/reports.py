"""What became of the files that were read, shown so that a person can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from linker.records.import_notes import Note
from linker.ui.wording import counted
from linker.workspace.adding import FileReport

LISTED = 50
FEW = 5


def file_report(report: FileReport) -> None:
    """Show what was recognised, kept, repaired and refused of one file, and how to mend it."""
    if not report.format:
        refusal(report)
        return
    merged = f", {counted(report.merged, 'row')} joined to others" if report.merged else ""
    kind = "refused" if report.refused and not report.kept else "kept"
    st.html(
        f'<div class="report {kind}"><h3>{escape(report.file)}</h3>'
        f'<p class="facts">Recognised as {escape(report.format)}</p>'
        f"<p>{counted(report.rows, 'row')} read, {counted(report.kept, 'record')} kept{merged}: "
        f"{report.new:,} new, {report.changed:,} completed. {counted(report.repaired, 'row')} "
        f"repaired, {report.incomplete:,} incomplete, {report.refused:,} refused.</p></div>"
    )
    for line in report.languages:
        st.info(line)
    if report.sources:
        with st.expander("Beside what was here already"):
            st.text("\n".join(report.sources))
    refused = [note for note in report.notes if note.severity == "refused"]
    repaired = [note for note in report.notes if note.severity == "repaired"]
    incomplete = [note for note in report.notes if note.severity == "incomplete"]
    _listed(f"{report.incomplete:,} incomplete: what was not understood", incomplete)
    _listed(f"{report.refused:,} refused: what to do", refused)
    _listed(f"{report.repaired:,} repaired: what was changed", repaired)


def refusal(report: FileReport) -> None:
    """Say why a file is not read; nothing where it is."""
    if not report.format:
        reasons = "".join(f"<p>{_said(note)}</p>" for note in report.notes)
        st.html(
            f'<div class="report refused"><h3>{escape(report.file)}: not read</h3>{reasons}</div>'
        )


def _listed(title: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    with st.expander(title, expanded=notes[0].severity == "refused" and len(notes) <= FEW):
        items = "".join(f"<li>{_said(note)}</li>" for note in notes[:LISTED])
        more = f"<p>and {len(notes) - LISTED:,} more</p>" if len(notes) > LISTED else ""
        st.html(f"<ul>{items}</ul>{more}")


def _said(note: Note) -> str:
    place = ", ".join(part for part in (note.row, note.column and f"column {note.column}") if part)
    before = f"<b>{escape(place)}</b>: " if place else ""
    remedy = f" <b>{escape(note.remedy)}</b>" if note.remedy else ""
    return f"{before}{escape(note.reason)}.{remedy}"
