"""Controls that several pages share: filters, an order, and which view of a page to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from linker.i18n.messages import tr
from linker.ui.address import choice, chosen_of


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
        placeholder=tr("Any"),
        key=key,
        bind="query-params",
        on_change=on_change,
    )
    return chosen or ""


def narrowing(filters: Iterable[str]) -> AbstractContextManager[object]:
    """Return the place where the filters of a page stand, with how many of them are set.

    Args:
        filters: keys of their widgets.
    """
    set_now = chosen_of(filters)
    said = tr("Filters ({number})", number=set_now) if set_now else tr("Filters")
    return st.popover(said, icon=":material/filter_list:")


def order_of(
    key: str, orders: Sequence[str], width: int, on_change: Callable[[], None] | None = None
) -> str:
    """Show the orders of a list, the first at first, and return the chosen one.

    Args:
        key: of the widget, and of the address.
        orders: to choose from, in English.
        width: of the widget, in pixels.
        on_change: called when another one is chosen.
    """
    names = {order: tr(order) for order in orders}
    return st.selectbox(
        tr("Order"),
        orders,
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        on_change=on_change,
        width=width,
    )


def view_of(label: str, key: str, views: Sequence[str]) -> str:
    """Show the views of a page beside each other, the first at first, and return the chosen one.

    Args:
        label: of the choice, as readers of the screen hear it.
        key: of the widget, and of the address.
        views: to choose from, in English.
    """
    names = {view: tr(view) for view in views}
    return st.segmented_control(
        label,
        views,
        format_func=names.__getitem__,
        default=views[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
