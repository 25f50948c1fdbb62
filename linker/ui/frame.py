"""What stands around every page: navigation, styles, workspace, State and reviewer."""

from __future__ import annotations

from functools import cache
from html import escape

import streamlit as st

from linker.documents.inputs import FICTIONAL
from linker.documents.writers import charts
from linker.errors import LinkerError
from linker.i18n.language import language, speaking
from linker.i18n.messages import tr, tr_later
from linker.review.roles import Right
from linker.store.location import Location
from linker.ui import access, appearance, background, languages
from linker.ui.address import set_session_value
from linker.ui.desk import chosen_state
from linker.ui.layout import HERE, html, page_file
from linker.ui.opened import bench_if_any, known_only, workspace_location
from linker.ui.reviewer import reviewer_menu
from linker.vocabulary.mechanisms import OTHER, mechanisms
from linker.vocabulary.official import official_state

TITLES = {
    "start": tr_later("Start"),
    "xray": tr_later("X-ray"),
    "clusters": tr_later("Clusters"),
    "convergences": tr_later("Convergences"),
    "sdg": tr_later("SDG indicators"),
    "plan": tr_later("Plan"),
    "dates": tr_later("Dates"),
    "agreement": tr_later("Agreement"),
    "uptake": tr_later("Were we heard?"),
    "similar": tr_later("Similar"),
    "draft": tr_later("Draft"),
    "search": tr_later("Search"),
    "documents": tr_later("Documents"),
    "method": tr_later("Method"),
}


SCRIPTS = ("keyboard.js", "citing.js", "following.js")


def run() -> None:
    """Show the page that the address names."""
    languages.listen()
    with speaking(language()):  # asked once, not for each message
        _show()


def _show() -> None:
    # A Material icon or an emoji here would be fetched from elsewhere by the browser.
    st.set_page_config(page_icon=str(HERE / "icon.svg"), layout="wide")
    dark = appearance.is_dark()
    st.logo(str(HERE / ("logo-dark.svg" if dark else "logo.svg")), size="large")
    own = _own("style.css") + (_own("dark.css") if dark else "")
    st.html(f"<style>{own}{_colours()}.picture{{{charts.STYLE}}}</style>")
    script = "\n".join([languages.script_words(), *map(_own, SCRIPTS)])
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    pages = [
        st.Page(page_file(name), title=tr(title), url_path=name, default=name == "start")
        for name, title in TITLES.items()
    ]
    # Pages are named before anybody logs in, or Streamlit would take their addresses for wrong.
    seen = not access.requires_login() or access.logged_in()
    chosen = st.navigation(pages, position="top" if seen else "hidden")
    st.set_page_config(page_title=f"{chosen.title} · Linker")
    access.require_login()
    known_only()
    _bar()
    person = access.acting()
    background.bar(person is None or person.may(Right.BUILD))
    chosen.run()


def _bar() -> None:
    location, person = workspace_location(), access.acting()
    try:
        bench = bench_if_any(location, person)
        states = bench.largest() if bench else None
    except LinkerError:
        states = None
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        if states is not None or person is not None:
            _place(location, states or [])
            reviewer_menu(person)
        languages.switch()
        appearance.switch()


def _place(location: Location, states: list[str]) -> None:
    state = chosen_state(states) if states else ""
    states = sorted(states, key=official_state)
    told = f'<span class="fictional">{escape(tr("fictional State"))}</span>'
    fictional = told if state == FICTIONAL else ""
    where = f'<span class="folder" title="{escape(str(location), quote=True)}">'
    where += f"{escape(location.name)}</span>"
    if len(states) < 2:
        html(f'<p class="place"><b>{escape(official_state(state))}</b> {fictional} {where}</p>')
        return
    st.selectbox(
        tr("State"),
        states,
        index=states.index(state),
        format_func=official_state,
        key="bar-state",
        label_visibility="collapsed",
        width=220,
        on_change=lambda: set_session_value("state", st.session_state["bar-state"]),
    )
    html(f'<p class="place">{fictional} {where}</p>')


def _colours() -> str:
    """Return the style of what stands in the colour of a mechanism: chips, bars, keys, cards."""
    rules = [f":root{{--other:{OTHER.colour}}}"]
    for code, one in mechanisms().items():
        name = code.lower()
        rules.append(f".chip.{name},.bar i.{name}{{background:{one.colour}}}")
        rules.append(f".record.{name}{{border-left-color:{one.colour}}}")
    return "".join(rules)


@cache
def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
