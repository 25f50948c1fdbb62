"""Controls that several pages share: one filter among many, and which view of a page to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from linker.ui.address import choice


def pick(
    label: str,
    key: str,
    names: Mapping[str, str],
    on_change: Callable[[], None] | None = None,
) -> str:
    """Show a filter and return what was chosen; empty for any.

    Args:
        label: of the filter.
        key: of the widget, and of the address.
        names: what can be chosen, each with how it is shown.
        on_change: called when another one is chosen.
    """
    choice(key, list(names))
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda value: names.get(value, value),
        placeholder="Any",
        key=key,
        bind="query-params",
        on_change=on_change,
    )
    return chosen or ""


def view_of(label: str, key: str, views: Sequence[str]) -> str:
    """Show the views of a page beside each other, the first at first, and return the chosen one."""
    return st.segmented_control(
        label,
        views,
        default=views[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
