"""The language of the pages: chosen above every page, kept by the session and in its address.

At a first visit it is that of the browser, unless `linker app --language` says another.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from linker.i18n.language import ENGLISH, LANGUAGE, SCREENS, bcp47, follow, language
from linker.i18n.messages import tr, tr_plural
from linker.i18n.scripts import messages_of
from linker.ui.address import kept_value, session_value, set_session_value

HERE = Path(__file__).parent
_KEPT = "language"


def spoken() -> str:
    """Return the language of the session that asks; empty outside of one, as in its threads."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    said = kept_value(_KEPT) or os.environ.get(LANGUAGE, "") or _of_browser()
    return said if said in SCREENS else ENGLISH


def _of_browser() -> str:
    """Return the language that the browser is set to, as its code of ISO 639-1; empty unknown."""
    return (st.context.locale or "").partition("-")[0].lower()


def listen() -> None:
    """Speak as the address of the page says; what is no language of the pages is dropped."""
    follow(spoken)
    if session_value(_KEPT) not in ("", *SCREENS):
        set_session_value(_KEPT, "")


def switch() -> None:
    """Ask for the language of the pages; each is called as it calls itself."""
    codes = list(SCREENS)
    st.selectbox(
        tr("Language"),
        codes,
        index=codes.index(language()),
        format_func=lambda code: SCREENS.get(code, code),
        key="bar-language",
        label_visibility="collapsed",
        width=125,
        on_change=lambda: set_session_value(_KEPT, str(st.session_state["bar-language"])),
    )


def script_words() -> str:
    """Return the JavaScript that tells the page its language and scripts their messages in it.

    Scripts say them with ``linkerTr`` and ``linkerTrPlural`` of words.js, for which ``tr`` and
    ``trPlural`` stand in them: by these names the catalogues find them.
    """
    return _script_words(language())


@cache
def _script_words(_: str) -> str:
    said: dict[str, str] = {}
    for message in _messages():
        if isinstance(message, str):
            said[message] = tr(message)
        else:
            said |= {one: tr_plural(*message, n, n="{n}") for n, one in enumerate(message, 1)}
    other = {english: words for english, words in said.items() if words != english}
    # Streamlit would take a tag for the end of the script.
    words = json.dumps(other, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"window.linkerWords = {words};\n"
        f"document.documentElement.lang = {json.dumps(bcp47())};\n"
        f"{(HERE / 'words.js').read_text(encoding='utf-8')}"
    )


@cache
def _messages() -> tuple[str | tuple[str, str], ...]:
    """Return the messages of all scripts; those with a plural with both."""
    return tuple(one for path in sorted(HERE.glob("*.js")) for one in messages_of(path))
