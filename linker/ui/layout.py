"""What every page is made with: its title, HTML of ours, and the way to another page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
PAGES = HERE / "pages"


def page_file(name: str) -> str:
    """Return the path of a page, as ``st.switch_page`` wants it."""
    return str(PAGES / f"{name}.py")


def heading(title: str, lead: str = "") -> None:
    """Show the title of a page and the sentence below it."""
    below = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<div class="heading"><h1>{escape(title)}</h1>{below}</div>')


def html(text: str, inline: bool = False) -> None:
    """Show HTML made in ``linker.ui``; what comes from files was escaped there."""
    st.html(text, width="content" if inline else "stretch")


def plain(text: str) -> str:
    """Return a text in which Streamlit finds no markdown: a name is whatever a file says."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>$:~])", r"\\\1", text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of plain texts as HTML; where it is wide it scrolls, by keyboard too."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table class="plain"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
