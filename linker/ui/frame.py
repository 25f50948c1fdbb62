"""What stands around every page: navigation, styles, workspace, State and reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TypeVar

import streamlit as st

from linker.documents.inputs import FICTIONAL
from linker.documents.writers import charts
from linker.errors import Invalid, LinkerError
from linker.i18n.language import language, speaking
from linker.i18n.messages import tr, tr_later
from linker.links import Convergence, SdgLink
from linker.review.decisions import Decision
from linker.review.roles import ONLOOKER, Person, Right
from linker.store.database import database_at
from linker.store.location import Location, NoWorkspace, locate
from linker.ui import access, background, languages
from linker.ui.address import session_value, set_session_value
from linker.ui.meanwhile import meanwhile
from linker.ui.reviewer import reviewer_menu
from linker.ui.workbench import Snapshot, Workbench
from linker.vocabulary.mechanisms import OTHER, mechanisms
from linker.vocabulary.official import official_state
from linker.workspace.by_hand import records_of
from linker.workspace.known import is_known
from linker.workspace.workspace import Linker, default_workspace

LinkT = TypeVar("LinkT", Convergence, SdgLink)
HERE = Path(__file__).parent
PAGES = HERE / "pages"
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


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with.

    Attributes:
        bench: the open workspace.
        snapshot: what it holds of the State now.
        state: the State looked at, ISO 3166-1 alpha-3.
        reviewer: name of whoever decides; empty before it was given, and where who logged in may
            not decide.
        independent: whether the reviewer judges without seeing what others said.
        person: who logged in; None on one's own machine.
    """

    bench: Workbench
    snapshot: Snapshot
    state: str
    reviewer: str
    independent: bool = False
    person: Person | None = None

    @property
    def linker(self) -> Linker:
        """The workspace as whoever clicks may use it now: roles may change after a page is drawn.

        Raises:
            AccessError: who clicks is not logged in any more, or has no role.
        """
        return self.bench.linker.acting(access.acting())

    def exclusive(self) -> AbstractContextManager[Linker]:
        """Hold the workspace for work that must not run twice at once, such as theme edits.

        Raises:
            AccessError: as for ``linker``.
        """
        return self.bench.exclusive(access.acting())

    def may(self, right: Right) -> bool:
        """Whether the page is to offer something; it is the workspace that refuses."""
        return self.person is None or self.person.may(right)

    @property
    def verdicts(self) -> Mapping[str, Decision]:
        """The decision that counts on each link, as far as this reviewer may see it.

        Who judges independently sees what others said of a link after giving an own word on it.
        """
        verdicts = self.bench.verdicts
        if not self.independent:
            return verdicts
        words = self.bench.words
        return {i: said for i, said in verdicts.items() if self.reviewer in words.get(i, ())}

    def link(self, link_id: str) -> Convergence | None:
        """Return a convergence link of this State, whoever made it, or None."""
        found = self.snapshot.convergence(link_id) or self.bench.made.get(link_id)
        known = isinstance(found, Convergence) and found.left_id in self.snapshot.records
        return found if isinstance(found, Convergence) and known else None

    def made(self, kind: type[LinkT], record_id: str) -> list[LinkT]:
        """Return a record's links that the log alone knows, such as those made by hand."""
        links = self.bench.made.values()
        return [x for x in links if isinstance(x, kind) and record_id in records_of(x)]


def page_file(name: str) -> str:
    """Return the path of a page, as ``st.switch_page`` wants it."""
    return str(PAGES / f"{name}.py")


def run() -> None:
    """Show the page that the address names."""
    languages.listen()
    with speaking(language()):  # asked once, not for each message
        _show()


def _show() -> None:
    # A Material icon or an emoji here would be fetched from elsewhere by the browser.
    st.set_page_config(page_icon=str(HERE / "icon.svg"), layout="wide")
    dark = st.context.theme.type == "dark"
    st.logo(str(HERE / ("logo-dark.svg" if dark else "logo.svg")), size="large")
    own = _own("style.css") + (_own("dark.css") if dark else "")
    st.html(f"<style>{own}{_colours()}.picture{{{charts.STYLE}}}</style>")
    script = f"{languages.script_words()}\n{_own('keyboard.js')}"
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
    _known_only()
    _bar()
    person = access.acting()
    background.bar(person is None or person.may(Right.BUILD))
    chosen.run()


def heading(title: str, lead: str = "") -> None:
    """Show the title of a page and the sentence below it."""
    below = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<div class="heading"><h1>{escape(title)}</h1>{below}</div>')


def html(text: str, inline: bool = False) -> None:
    """Show HTML made in ``linker.ui``; what comes from files was escaped there."""
    st.html(text, width="content" if inline else "stretch")


def workspace_location() -> Location:
    """Return where the workspace lies: by the address of the page, else by LINKER_WORKSPACE.

    Where people log in it is always the latter: no address leads to others of a server.
    """
    named = "" if access.requires_login() else session_value("workspace")
    return locate(named) if named else default_workspace()


def _known_only() -> None:
    """Take what nobody opened on this machine before out of the address of the page; say so."""
    named = "" if access.requires_login() else session_value("workspace")
    if not named:
        return
    try:
        location = locate(named)
        if is_known(location):
            return
        what = tr("the workspace {location}, which was never opened on this machine",
                  location=location)  # fmt: skip
    except Invalid:
        what = tr("a workspace by what is no folder and no address")  # it may hold a password
    set_session_value("workspace", "")
    st.warning(
        tr(
            "The address of this page names {what}. If you want to, open it on the page Start, or "
            "with `linker --workspace FOLDER app`.",
            what=what,
        )
    )


def bench_at(location: Location | Path) -> Workbench:
    """Return the workspace that lies somewhere, the same one to every session.

    Raises:
        NoWorkspace: none is there.
        LinkerError: it cannot be read.
    """
    location = locate(location)
    identity = database_at(location).identity()
    return _opened(location, location.address, identity, access.requires_login())


def bench_if_any(location: Location, person: Person | None = None) -> Workbench | None:
    """Return the workspace that lies somewhere; None where there is none.

    Args:
        location: where.
        person: who looks at it, perhaps at some States alone.

    Raises:
        LinkerError: it cannot be read.
    """
    try:
        return bench_at(location).of(person.states if person else ())
    except NoWorkspace:
        return None


def desk() -> Desk:
    """Return what the page works with; without records, show where to begin and stop there."""
    try:
        person = access.acting()
        bench = bench_if_any(workspace_location(), person)
        states = bench.largest() if bench else []
    except LinkerError as error:
        st.error(str(error))
        st.stop()
    if bench is None or not states:
        st.info(tr("No records yet. Open a workspace or the demonstration first."))
        if st.button(tr("Go to Start"), type="primary"):
            st.switch_page(page_file("start"))
        st.stop()
    state = chosen_state(states)
    independent = session_value("independent") == "true"
    name = session_value("reviewer") if person is None else access.signature(person)
    snapshot = bench.snapshot(state)
    meanwhile(bench.linker.store, bench.last_decision, name, person)
    return Desk(bench, snapshot, state, name, independent, person)


def built(here: Desk) -> None:
    """Stop the page with a pointer to Start where a State was not built, or by another Linker."""
    said = ""
    if not here.bench.linker.store.build_digest(here.state):
        said = tr(
            "The records of {state} are here; links and themes are not made yet.",
            state=official_state(here.state),
        )
    elif _is_outdated(here):
        said = tr(
            "The clusters of {state} were made by another version of Linker. Build once more: "
            "what you decided stays.",
            state=official_state(here.state),
        )
    if said:
        st.info(said)
        if st.button(tr("Go to Start and build"), type="primary"):
            st.switch_page(page_file("start"))
        st.stop()


def _is_outdated(here: Desk) -> bool:
    """Whether the State's clusters have a form that this Linker does not read; looked up once."""
    store = here.bench.linker.store
    return here.snapshot.keep(
        ("outdated clusters", store.cluster_digest(here.state)),
        lambda: store.holds_clusters_of_another_form(here.state),
    )


def chosen_state(states: list[str]) -> str:
    """Return the State of the address where it has records, else the one with most.

    It stays chosen: files of another State that are added later do not move the reader there.

    Args:
        states: those of the workspace, of most records first.
    """
    wanted = session_value("state")
    if wanted not in states:
        if wanted:
            st.warning(
                tr(
                    "{wanted}: no records here. This is {shown}.",
                    wanted=official_state(wanted),
                    shown=official_state(states[0]),
                )
            )
        wanted = states[0]
        set_session_value("state", wanted)
    return wanted


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


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(_location: Location, address: str, identity: int, shared: bool) -> Workbench:
    # The identity of the file is part of the key: `linker demo` may make the folder anew.
    # Where people log in, a page that forgets in whose name it writes cannot write at all.
    return Workbench(_location, ONLOOKER if shared else None)


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
