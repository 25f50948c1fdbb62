"""Light, dark or as the system has it: a choice above every page that the browser keeps.

It is HTML, not a widget: Streamlit cannot be told from Python how to look. See appearance.js.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.i18n.messages import tr, tr_later

NAMES = {
    "System": tr_later("As the system"),
    "Light": tr_later("Light"),
    "Dark": tr_later("Dark"),
}
"""What Streamlit calls an appearance, and what people do."""


def switch() -> None:
    """Ask for the appearance of the pages."""
    options = (f'<option value="{one}">{escape(tr(name))}</option>' for one, name in NAMES.items())
    label = escape(tr("Appearance"), quote=True)
    st.html(
        f'<select class="appearance" aria-label="{label}">{"".join(options)}</select>',
        width="content",
    )


def is_dark() -> bool:
    """Whether the page is shown in the dark, by choice or by the system."""
    return st.context.theme.type == "dark"
