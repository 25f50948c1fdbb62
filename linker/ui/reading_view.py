"""How Linker read a record in another language: its phrases, and putting one of them right."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.i18n.numbers import spoken_language
from linker.reading.english import EnglishReading
from linker.records.record import Record
from linker.review.roles import Right
from linker.ui.desk import Desk
from linker.ui.wording import not_written
from linker.vocabulary.spoken import ENGLISH, NOT_TOLD, name_of, spoken

SAID = "reading-said"
SOURCES: dict[str, str] = {
    "lexicon": tr_later("lexicon"),
    "nearest": tr_later("nearest in meaning, {cosine:.2f}"),
    "function": tr_later("function word"),
    "kept": tr_later("as it is"),
}
"""Where the English of a phrase comes from, in words."""
NO_TRANSLATION = tr_later(
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
        name = spoken_language(language, name_of(language))
        st.caption(
            tr("In {language}: shown and searched, not linked (linker languages).", language=name)
        )
        return
    with st.expander(tr("How Linker read this")):
        st.caption(tr(NO_TRANSLATION))
        st.html(pairs_table(found))
        _form(here, record, found)


def pairs_table(found: EnglishReading) -> str:
    """Return a table of phrases: as published, the English, and where that comes from."""
    rows = "".join(
        f'<tr><td dir="auto" lang="{found.language}">{escape(row["phrase"])}</td>'
        f"<td>{escape(row['english'])}</td><td>{_source(row['source'], row['cosine'])}</td></tr>"
        for row in found.to_rows()
    )
    names = tr("As published"), tr("Compared as"), tr("By")
    head = f"<tr>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr>"
    return f'<table class="facts">{head}{rows}</table>'


def _source(source: str, cosine: float) -> str:
    return escape(tr(SOURCES[source], cosine=cosine))


def _form(here: Desk, record: Record, found: EnglishReading) -> None:
    phrase = st.text_input(tr("Phrase, as published"), key=f"phrase-{record.id}")
    english = st.text_input(tr("Read it as (English)"), key=f"english-{record.id}")
    st.button(
        tr("Correct the reading"),
        key=f"read-{record.id}",
        disabled=not (here.reviewer and here.may(Right.DECIDE)),
        help=None if here.reviewer else tr("Give your name first (top right)."),
        on_click=_correct,
        args=(here, found.language, phrase, english),
    )


def _correct(here: Desk, language: str, phrase: str, english: str) -> None:
    try:
        with here.exclusive() as linker:
            made = linker.lexicon.correct(language, phrase, english, here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = not_written(error)
        return
    st.session_state[SAID] = tr(
        "{what} is corrected. Build again to bring links along.", what=repr(made.phrase)
    )
