"""Controls that several pages share: filters, an order, and which view of a page to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from linker.i18n.messages import tr
from linker.ui.address import choice, chosen_of, take, tell


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
    take(key, names)
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda value: names.get(value, value),
        placeholder=tr("Any"),
        key=key,
        on_change=on_change,
    )
    tell(key, [chosen] if chosen else [])
    return chosen or ""


def pick_several(
    label: str,
    key: str,
    names: Mapping[str, str],
    default: Sequence[str],
    on_change: Callable[[], None] | None = None,
) -> list[str]:
    """Show what can be chosen beside each other, and return all that was chosen.

    Args:
        label: of the filter.
        key: of the widget, and of the address.
        names: what can be chosen, each with how it is shown.
        default: chosen at first.
        on_change: called when another one is chosen.
    """
    take(key, names, default, several=True)
    chosen = st.pills(
        label,
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        key=key,
        on_change=on_change,
    )
    tell(key, chosen, default)
    return chosen


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
    take(key, names, orders[:1])
    chosen = st.selectbox(
        tr("Order"),
        orders,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=on_change,
        width=width,
    )
    tell(key, [chosen], orders[:1])
    return chosen


def view_of(label: str, key: str, views: Sequence[str]) -> str:
    """Show the views of a page beside each other, the first at first, and return the chosen one.

    Args:
        label: of the choice, as readers of the screen hear it.
        key: of the widget, and of the address.
        views: to choose from, in English.
    """
    names = {view: tr(view) for view in views}
    take(key, names, views[:1])
    chosen = (
        st.segmented_control(
            label,
            views,
            format_func=names.__getitem__,
            required=True,
            key=key,
            label_visibility="collapsed",
        )
        or views[0]
    )
    tell(key, [chosen], views[:1])
    return chosen
