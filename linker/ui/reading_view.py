"""How Linker read a record in another language: its phrases, and putting one of them right."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.reading.english import EnglishReading
from linker.records.record import Record
from linker.review.roles import Right
from linker.ui.frame import Desk
from linker.vocabulary.spoken import ENGLISH, NOT_TOLD, name_of, spoken

SAID = "reading-said"
NO_TRANSLATION = (
    "What the engine compares, phrase by phrase: no translation. No native expert has checked the "
    "lexicon it rests on; what you correct here is read anew with the next build."
)


def reading_view(here: Desk, record: Record) -> None:
    """Show how a record was read; nothing for a record in English."""
    language = spoken(record.text, record.language)
    if language in (ENGLISH, NOT_TOLD):
        return
    if said := st.session_state.pop(SAID, ""):
        st.info(said)
    found = here.bench.linker.lexicon.how_read(record.id)
    if found is None:
        st.caption(f"In {name_of(language)}: shown and searched, not linked (linker languages).")
        return
    with st.expander("How Linker read this"):
        st.caption(NO_TRANSLATION)
        st.html(pairs_table(found))
        _form(here, record, found)


def pairs_table(found: EnglishReading) -> str:
    """Return a table of phrases: as published, the English, and where that comes from."""
    rows = "".join(
        f'<tr><td dir="auto" lang="{found.language}">{escape(row["phrase"])}</td>'
        f"<td>{escape(row['english'])}</td><td>{_source(row['source'], row['cosine'])}</td></tr>"
        for row in found.to_rows()
    )
    head = "<tr><th>As published</th><th>Compared as</th><th>By</th></tr>"
    return f'<table class="facts">{head}{rows}</table>'


def _source(source: str, cosine: float) -> str:
    return f"nearest in meaning, {cosine:.2f}" if source == "nearest" else source


def _form(here: Desk, record: Record, found: EnglishReading) -> None:
    phrase = st.text_input("Phrase, as published", key=f"phrase-{record.id}")
    english = st.text_input("Read it as (English)", key=f"english-{record.id}")
    st.button(
        "Correct the reading",
        key=f"read-{record.id}",
        disabled=not (here.reviewer and here.may(Right.DECIDE)),
        help=None if here.reviewer else "Give your name first (top right).",
        on_click=_correct,
        args=(here, found.language, phrase, english),
    )


def _correct(here: Desk, language: str, phrase: str, english: str) -> None:
    try:
        with here.exclusive() as linker:
            made = linker.lexicon.correct(language, phrase, english, here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = f"Not written: {error}"
        return
    st.session_state[SAID] = f"{made.phrase!r} is corrected. Build again to bring links along."
