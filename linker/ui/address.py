"""What the address of a page holds, so that a link to it can be shared and reloaded.

Streamlit clears the address when the reader goes to another page. What belongs to the session as
a whole (workspace, State, reviewer) is therefore kept in the session too and written back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

_KEPT, _WIDGETS, _BEFORE = "address.", "address widgets", "page before"
_TOLD = "address told "


def session_value(name: str, default: str = "") -> str:
    """Return a value of the address, else what this session last held under the name."""
    key = _KEPT + name
    if name in st.query_params:
        st.session_state[key] = st.query_params[name]
    elif st.session_state.get(key):
        st.query_params[name] = st.session_state[key]
    return str(st.session_state.get(key) or default)


def kept_value(name: str) -> str:
    """Return what the session last held under a name, without a look at the address."""
    return str(st.session_state.get(_KEPT + name, ""))


def set_session_value(name: str, value: str) -> None:
    """Put a value into the address and keep it for the session; an empty one is dropped."""
    st.session_state[_KEPT + name] = value
    point(name, value)


def pointed(name: str) -> str:
    """Return a value of this page's address only, such as the link or theme looked at."""
    return st.query_params.get(name, "")


def point(name: str, value: str) -> None:
    """Write a value into this page's address; an empty one is dropped."""
    if value:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def pointer(name: str, value: str) -> Callable[[], None]:
    """Return a callback that points the address at a value."""
    return lambda: point(name, value)


def chosen_of(names: Iterable[str]) -> int:
    """Return how many filters are set, also before their widgets took them from the address."""
    return sum(bool(st.session_state.get(name, st.query_params.get(name))) for name in names)


def restore(names: Iterable[str]) -> None:
    """Give the widgets of a page what they held when the reader left it.

    Streamlit forgets a widget with its page. Call it before the widgets are made, and `remember`
    after; an address that says what they are to hold says all of it.

    Args:
        names: keys of widgets, bound to the address.
    """
    names = list(names)
    if any(name in st.query_params and name not in st.session_state for name in names):
        return
    kept = st.session_state.get(_WIDGETS, {})
    for name in names:
        if name not in st.session_state and name not in st.query_params and kept.get(name):
            st.session_state[name] = kept[name]
            st.session_state[_TOLD + name] = []


def take(
    name: str, options: Mapping[str, str], default: Sequence[str] = (), several: bool = False
) -> None:
    """Give a widget what the address says by the ids of its options: labels are translated.

    Labels are understood as well, in the language of the page: addresses held them once.

    Call it before the widget is made, and `tell` after. What the address newly says counts more
    than what the widget holds: the reader followed a link, or went back.

    Args:
        name: key of the widget, and of the address.
        options: the ids that it offers, each with its label.
        default: those that are chosen where the address says nothing.
        several: whether it holds a list of them.
    """
    said = st.query_params.get_all(name)
    if name in st.session_state and said == st.session_state.get(_TOLD + name, []):
        return
    known = [i for i, label in options.items() if {i, label} & {*said}] or list(default)
    st.session_state[name] = known if several else next(iter(known), None)


def tell(name: str, held: Sequence[str], default: Sequence[str] = ()) -> None:
    """Write into the address what a widget holds, by the ids of its options.

    Args:
        name: key of the widget, and of the address.
        held: ids of the chosen options.
        default: those that need not be told.
    """
    said = [] if list(held) == list(default) else list(held)
    if said != st.query_params.get_all(name):
        if said:
            st.query_params[name] = said
        else:
            del st.query_params[name]
    st.session_state[_TOLD + name] = said


def wish(name: str, value: str) -> None:
    """Let a widget of the page that is opened next hold a value, for `restore`."""
    st.session_state[_WIDGETS] = {**st.session_state.get(_WIDGETS, {}), name: value}
    st.session_state.pop(name, None)


def remember(names: Iterable[str]) -> None:
    """Keep what the widgets of a page hold, for `restore`."""
    kept = {name: st.session_state.get(name) for name in names}
    st.session_state[_WIDGETS] = {**st.session_state.get(_WIDGETS, {}), **kept}


def came_from(page: str, words: str) -> None:
    """Keep which page the reader leaves for a record, so that the record leads back there."""
    st.session_state[_BEFORE] = (page, words)


def before() -> tuple[str, str]:
    """Return the page that the reader left for a record, and what the way back is called."""
    page, words = st.session_state.get(_BEFORE, ("", ""))
    return page, words


def choice(name: str, options: list[str]) -> None:
    """Take a widget's value, or those of several, out of the session when it is no option any more.

    A filter that the address brings along from another State would otherwise stop the page.
    """
    held = st.session_state.get(name)
    if isinstance(held, list):
        if not set(held) <= set(options):
            st.session_state[name] = [value for value in held if value in options]
    elif held not in (None, *options):
        del st.session_state[name]
