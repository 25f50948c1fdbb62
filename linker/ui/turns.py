"""What happens from one key to the next: what was put off, and the mark that the page moved on."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from linker.ui.layout import html

_SKIPS, _TURN = "skips of ", "turn"


@dataclass
class Skips:
    """What was put off; nothing of it is written.

    Attributes:
        held: ids, first put off first, each with the number of the log's last row then, so that
            an undo finds what was done last.
    """

    held: list[tuple[str, int]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids, first put off first."""
        return [key for key, _ in self.held]

    def add(self, key: str, seq: int) -> None:
        """Put something off, after a row of the log."""
        self.drop(key)
        self.held.append((key, seq))

    def drop(self, key: str) -> None:
        """Take back that something was put off."""
        self.held = [one for one in self.held if one[0] != key]

    def last(self, seq: int) -> str:
        """Return what was put off after a row of the log, last of all; empty where nothing was."""
        return self.held[-1][0] if self.held and self.held[-1][1] >= seq else ""


def skips(prefix: str) -> Skips:
    """Return what this session put off.

    Args:
        prefix: first characters of the ids: what kind of thing was put off.
    """
    held: Skips = st.session_state.setdefault(_SKIPS + prefix, Skips())
    return held


def moved_on() -> None:
    """Count a key or button that was followed: the next key may be served."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def mark() -> None:
    """Write the count of followed keys after the buttons, for ``keyboard.js``."""
    html(f'<i class="unseen" data-turn="{st.session_state.get(_TURN, 0)}"></i>')
