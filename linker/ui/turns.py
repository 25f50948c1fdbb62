"""What happens from one key to the next: what was put off, and the mark that the page moved on."""

from __future__ import annotations

import streamlit as st

from linker.ui.frame import html

_SKIPS, _TURN = "skips of ", "turn"


def skipped(prefix: str) -> list[str]:
    """Return the ids that this session put off, first put off first.

    Args:
        prefix: first characters of the ids: what kind of thing was put off.
    """
    return [link_id for link_id, _ in st.session_state.get(_SKIPS + prefix, [])]


def skip(prefix: str, link_id: str, seq: int) -> None:
    """Put something off; nothing is written.

    Args:
        prefix: first characters of its id.
        link_id: its id.
        seq: number of the last row of the log, so that an undo finds what was done last.
    """
    held = st.session_state.get(_SKIPS + prefix, [])
    st.session_state[_SKIPS + prefix] = [one for one in held if one[0] != link_id] + [
        (link_id, seq)
    ]


def last_skip(prefix: str, seq: int) -> str:
    """Return what was put off after a row of the log, last of all; empty where nothing was."""
    held = st.session_state.get(_SKIPS + prefix, [])
    return held[-1][0] if held and held[-1][1] >= seq else ""


def unskip(prefix: str, link_id: str) -> None:
    """Take back that something was put off."""
    held = st.session_state.get(_SKIPS + prefix, [])
    st.session_state[_SKIPS + prefix] = [one for one in held if one[0] != link_id]


def moved_on() -> None:
    """Count a key or button that was followed: the next key may be served."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def mark() -> None:
    """Write the count of followed keys after the buttons, for ``keyboard.js``."""
    html(f'<i class="unseen" data-turn="{st.session_state.get(_TURN, 0)}"></i>')
