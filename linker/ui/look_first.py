"""Files looked at before they are kept: what they hold beside the records they would give."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.records.importers import Options
from linker.records.importers.un.document import Paragraph
from linker.records.record import Record
from linker.ui import access
from linker.ui.imported import SAID
from linker.ui.layout import html
from linker.ui.mapping_form import mapping_form
from linker.ui.reports import refusal
from linker.ui.workbench import Workbench
from linker.vocabulary.official import official_name, official_state
from linker.vocabulary.text import fold
from linker.workspace.handed_over import on_disk
from linker.workspace.looking import Preview

HELD, READ = "files-held", "files-looked-at"
BESIDE = tr_later("Document"), tr_later("Records")
_ROWS = 40
_CHARS = 700


@dataclass(frozen=True, slots=True)
class Held:
    """A file that somebody looks at.

    Attributes:
        name: as the browser gave it, or its path on this machine.
        content: what was uploaded; None for a file on this machine.
        options: what was said of it.
    """

    name: str
    content: bytes | None
    options: Options

    def there(self) -> bool:
        """Say whether there is such a file."""
        return self.content is not None or Path(self.name).is_file()

    def lent(self, within: Path) -> AbstractContextManager[Path]:
        """Lend it as a file on the disk."""
        if self.content is None:
            return nullcontext(Path(self.name))
        return on_disk(within, self.name, self.content)


def look_at(files: Sequence[Held]) -> None:
    """Keep files to be looked at, those that are looked at already anew."""
    held: dict[str, Held] = st.session_state.setdefault(HELD, {})
    for file in files:
        held[file.name] = file
        st.session_state.get(READ, {}).pop(file.name, None)


def looked_at(bench: Workbench) -> None:
    """Show every file that is held, each with what keeps it and what puts it away."""
    for file in list(st.session_state.get(HELD, {}).values()):
        with st.container(border=True):
            _file(bench, file)


def _file(bench: Workbench, file: Held) -> None:
    try:
        preview = _preview(bench, file)
    except LinkerError as error:
        st.error(str(error))
        return
    name = Path(file.name).name
    report = preview.report
    st.header(name, anchor=False)
    if report.format:
        states = sorted({one.state for one in preview.records if one.state})
        records = tr_plural("{n:,} record", "{n:,} records", len(preview.records))
        of = tr(
            "{records}, of {states}",
            records=records,
            states=", ".join(map(official_state, states[:5])),
        )
        st.write(
            tr(
                "Recognised as {format}. It would give {records}. Nothing is kept yet.",
                format=report.format,
                records=of if states else records,
            )
        )
    if preview.look.sheets and not report.format:
        reason = report.notes[0].reason
        st.warning(tr("{reason}. Say below which column holds what.", reason=reason))
    else:
        refusal(report)
    if preview.look.sheets:
        chosen = mapping_form(file.name, preview.look.sheets, preview.options, preview.records)
        if chosen is not None:
            look_at([replace(file, options=chosen)])
            st.rerun()
    with st.container(horizontal=True):
        st.button(
            tr("Keep {name}", name=name),
            type="primary",
            key=f"keep-{file.name}",
            disabled=not preview.records,
            on_click=_keep,
            args=(bench, file, preview.options),
        )
        st.button(tr("Put away"), key=f"away-{file.name}", on_click=_put_away, args=(file.name,))
    if preview.look.paragraphs:
        _beside(file.name, preview)
    elif preview.records:
        _records(preview.records)


def _preview(bench: Workbench, file: Held) -> Preview:
    """Return what a file would give, read once for as long as it is held."""
    read: dict[str, Preview] = st.session_state.setdefault(READ, {})
    if file.name not in read:
        linker = bench.linker.acting(access.acting())
        said = tr("Reading {name} …", name=Path(file.name).name)
        with st.spinner(said), file.lent(linker.folder) as path:
            read[file.name] = linker.preview(path, file.options)
    return read[file.name]


def _keep(bench: Workbench, file: Held, options: Options) -> None:
    try:
        with bench.exclusive(access.acting()) as linker, file.lent(linker.folder) as path:
            st.session_state["reports"] = linker.add([path], options)
    except LinkerError as error:
        st.session_state[SAID] = str(error)
        return
    _put_away(file.name)


def _put_away(name: str) -> None:
    for where in (HELD, READ):
        st.session_state.get(where, {}).pop(name, None)


def _beside(name: str, preview: Preview) -> None:
    """Show the paragraphs of a document, and beside each the records made of it."""
    pairs = preview.beside()
    only = st.checkbox(tr("Only paragraphs that give a record"), key=f"only-{name}")
    pairs = [pair for pair in pairs if pair[1] or not only]
    pages = max(1, -(-len(pairs) // _ROWS))
    first = 0
    if pages > 1:
        numbers = range(1, pages + 1)
        chosen = st.selectbox(
            tr("Part of the document"), numbers, key=f"part-{name}",
            format_func=lambda n: tr("{n} of {pages}", n=n, pages=pages),
        )  # fmt: skip
        first = (int(chosen or 1) - 1) * _ROWS
    rows = _pairs(pairs[first : first + _ROWS])
    heads = "".join(f'<p class="facts">{escape(tr(one))}</p>' for one in BESIDE)
    html(f'<div class="beside">{heads}{rows}</div>')


def _pairs(pairs: Sequence[tuple[Paragraph | None, tuple[Record, ...]]]) -> str:
    rows, last = [], ""
    for paragraph, records in pairs:
        last = fold(records[-1].text) if records else last
        goes_on = bool(last and paragraph and not records and fold(paragraph.text) in last)
        rows.append(_pair(paragraph, records, "↑" if goes_on else "–"))
    return "".join(rows)


def _pair(paragraph: Paragraph | None, records: Sequence[Record], nothing: str) -> str:
    nowhere = tr("Found nowhere in the text as it stands:")
    shown = paragraph.printed if paragraph else nowhere
    left = f"<h4>{escape(shown)}</h4>" if paragraph and paragraph.heading else escape(_cut(shown))
    right = "".join(map(_card, records)) or f'<span class="facts none">{nothing}</span>'
    return f'<div class="from">{left}</div><div>{right}</div>'


def _card(record: Record) -> str:
    facts = (
        record.paragraph and tr("para. {value}", value=record.paragraph),
        official_name(record.position),
        ", ".join(map(official_state, record.recommending_states)),
        "; ".join(record.themes),
    )
    said = " · ".join(escape(fact) for fact in facts if fact)
    text = escape(_cut(record.text)) if record.text else tr("a position, without its text")
    return f'<div class="made"><p class="facts">{said}</p><p>{text}</p></div>'


def _records(records: Sequence[Record]) -> None:
    html(f'<div class="made-list">{"".join(map(_card, records[:_ROWS]))}</div>')
    if len(records) > _ROWS:
        st.caption(tr("and {n:,} more", n=len(records) - _ROWS))


def _cut(text: str) -> str:
    return text if len(text) <= _CHARS else f"{text[:_CHARS].rstrip()} …"
