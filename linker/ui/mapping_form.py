"""Saying which column of a table holds what, with the first rows in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from linker.i18n.messages import tr, tr_later
from linker.records.importers import Options
from linker.records.importers.looking import SheetLook
from linker.records.record import Record
from linker.ui.layout import html

FIELDS = {
    "text": tr_later("Recommendation"),
    "state": tr_later("State it is about"),
    "paragraph": tr_later("Number or paragraph"),
    "position": tr_later("Position of the State"),
    "recommending_states": tr_later("Who recommends"),
    "themes": tr_later("Themes"),
    "body": tr_later("Body or committee"),
    "symbol": tr_later("Document symbol"),
    "year": tr_later("Year"),
}
"""Fields that are asked for, in the words of people who hold tables; others are told by heading."""
_NONE = tr_later("– in no column –")
_CHARS = 90


def mapping_form(
    name: str, sheets: Sequence[SheetLook], options: Options, records: Sequence[Record]
) -> Options | None:
    """Offer to say what each column holds; return the options once somebody said it.

    Args:
        name: of the file.
        sheets: what it holds.
        options: with which it was read.
        records: that it gives so far; without any the form is open.
    """
    with st.expander(tr("Which column holds what"), expanded=not records):
        st.caption(tr("It is remembered for the next file with these headings."))
        sheet = _sheet(name, sheets, options)
        _rows(sheet)
        with st.form(f"columns-{name}-{sheet.name}", border=False):
            chosen = _chosen(name, sheet)
            state = st.text_input(
                tr("State of rows that name none"),
                value=options.state,
                key=f"state-{name}-{sheet.name}",
                help=tr("ISO code or any usual name"),
            )
            said = st.form_submit_button(tr("Read it so"))
    if not said:
        return None
    only = (sheet.name,) if sheet.name and len(sheets) > 1 else ()
    return replace(options, columns=chosen, sheets=only, state=state.strip())


def _sheet(name: str, sheets: Sequence[SheetLook], options: Options) -> SheetLook:
    if len(sheets) == 1:
        return sheets[0]
    first = next((at for at, one in enumerate(sheets) if one.name in options.sheets), None)
    if first is None:
        first = next((at for at, one in enumerate(sheets) if "text" in one.fields), 0)
    at = st.selectbox(
        tr("Sheet or table"),
        range(len(sheets)),
        index=first,
        format_func=lambda at: sheets[at].name or tr("Table {n}", n=at + 1),
        key=f"sheet-{name}",
    )
    return sheets[at or 0]


def _rows(sheet: SheetLook) -> None:
    """Show the headings and the first rows."""
    head = "".join(f"<th>{escape(column)}</th>" for column in sheet.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_cut(cell))}</td>' for cell in row)}</tr>"
        for row in sheet.rows
    )
    html(
        f'<div class="scroll" tabindex="0"><table class="plain sample"><thead><tr>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _chosen(name: str, sheet: SheetLook) -> tuple[tuple[str, str], ...]:
    chosen = []
    places = st.columns(3)
    for number, (field, words) in enumerate(FIELDS.items()):
        known = sheet.fields.get(field)
        with places[number % len(places)]:
            column = st.selectbox(
                tr(words),
                [_NONE, *sheet.columns],
                index=0 if known is None else known + 1,
                format_func=lambda column: tr(column) if column == _NONE else column,
                key=f"column-{name}-{sheet.name}-{field}",
            )
        if column and column != _NONE:
            chosen.append((field, str(column)))
    return tuple(chosen)


def _cut(cell: str) -> str:
    return cell if len(cell) <= _CHARS else f"{cell[:_CHARS].rstrip()} …"
