"""Start: open a workspace, put files in, build."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.i18n.numbers import written
from linker.records.import_notes import Note
from linker.records.importers import Options
from linker.review.roles import Right
from linker.ui import access
from linker.ui.background import Work, works
from linker.ui.imported import imported
from linker.ui.layout import heading, html, page_file
from linker.ui.look_first import Held, look_at, looked_at
from linker.ui.opened import bench_if_any, workspace_location
from linker.ui.reports import file_report
from linker.ui.where_from import where_from
from linker.ui.which_workspace import choose_workspace, made_demonstration
from linker.ui.workbench import Workbench
from linker.vocabulary.official import official_state
from linker.workspace.adding import FileReport
from linker.workspace.build_report import BuildProgress, BuildReport

ASKED = ("not recognised",)
"""Kinds of refusal that a person can mend by saying what the columns hold."""
LEAD = tr_later(
    "Put in the files that UN databases export; review what Linker proposes; take away a matrix, "
    "a plan or a factsheet. Everything happens on this machine: nothing is sent anywhere."
)
LEAD_ON_SERVER = tr_later(
    "Put in the files that UN databases export; review what Linker proposes; take away a matrix, "
    "a plan or a factsheet. Everything happens on this server: nothing is sent anywhere."
)
TYPES = [
    "json", "jsonl", "xlsx", "xls", "ods", "csv", "tsv", "txt", "md", "docx", "doc", "odt", "rtf",
    "pdf", "html", "htm", "gz", "zip",
]  # fmt: skip


def page() -> None:
    """Show where the work lies and what to do next."""
    heading(
        tr("Where recommendations converge"),
        tr(LEAD_ON_SERVER if access.requires_login() else LEAD),
    )
    made_demonstration()
    location = workspace_location()
    try:
        bench = bench_if_any(location, access.acting())
    except LinkerError as error:
        st.error(str(error))
        bench = None
    if bench is None:
        choose_workspace(location)
        return
    _state_of_work(bench)
    person = access.acting()
    if person is None or person.may(Right.IMPORT):
        left, right = st.columns([3, 2], gap="large")
        with left:
            _files(bench)
        with right:
            _build(bench)
        looked_at(bench)
        imported(bench)
    else:
        role = tr(person.role)
        st.caption(tr("You are a {role} here; leads add files and build.", role=role))
    if person is None:
        with st.expander(tr("Open another workspace")):
            choose_workspace(location)


def _state_of_work(bench: Workbench) -> None:
    states = bench.states()
    if not states:
        st.info(tr("This workspace is empty. Drop files in below."))
        return
    counts = bench.linker.store.counts(("records", "themes", "decisions"))
    figures = (
        (counts["records"], tr("records")),
        (len(states), tr("State") if len(states) == 1 else tr("States")),
        (counts["themes"], tr("themes")),
        (counts["decisions"], tr("decisions")),
    )
    html(
        '<div class="figures">'
        + "".join(f"<div><b>{written(number)}</b>{escape(name)}</div>" for number, name in figures)
        + "</div>"
    )
    if all(bench.linker.store.build_digest(state) for state in states):
        with st.container(horizontal=True):
            if st.button(tr("Review clusters"), type="primary"):
                st.switch_page(page_file("clusters"))
            if st.button(tr("See the x-ray")):
                st.switch_page(page_file("xray"))
            if st.button(tr("Review convergences")):
                st.switch_page(page_file("convergences"))


def _files(bench: Workbench) -> None:
    st.header(tr("Add files"), anchor=False)
    with st.form("files", clear_on_submit=True, border=False):
        uploads = st.file_uploader(
            tr(
                "Drop in UN documents (PDF, Word), exports of UHRI and UPR Info, OHCHR's lists of "
                "recommendations, or tables of your own"
            ),
            type=TYPES,
            accept_multiple_files=True,
        )
        paths = "" if access.requires_login() else _named_files()
        with st.expander(tr("If the files do not say which State or body they are about")):
            options = _options()
        with st.container(horizontal=True):
            whole = st.form_submit_button(tr("Read and build"), type="primary")
            submitted = st.form_submit_button(
                tr("Read the files"), key="read-files", help=tr("Build later, after more files")
            )
            look_first = st.form_submit_button(
                tr("Look first"), help=tr("Show what they would give")
            )
    if whole or submitted or look_first:
        named = [Path(line.strip()).expanduser() for line in paths.splitlines() if line.strip()]
        files = _held(uploads or [], named, options)
        try:
            st.session_state["reports"] = _looked(files) if look_first else _read(bench, files)
        except LinkerError as error:
            st.error(str(error))
            return
        # Not while a table waits for somebody to say what its columns hold.
        told = st.session_state["reports"]
        if whole and len(told) >= len(files) and any(report.kept for report in told):
            _start_build(bench)
        st.rerun()
    where_from(not bench.states())
    for report in st.session_state.get("reports", ()):
        file_report(report)


def _named_files() -> str:
    """Ask for files of this machine; never where the machine is a server."""
    label = tr("Or name files on this machine, one a line (better for very large ones)")
    return st.text_area(label, height=68)


def _options() -> Options:
    state = st.text_input(tr("State"), help=tr("ISO code or any usual name"))
    body = st.text_input(tr("Body"), help="CEDAW, CRC, UPR …")
    symbol = st.text_input(tr("Document symbol"), help="CEDAW/C/KEN/CO/8")
    return Options(state=state.strip(), body=body.strip(), symbol=symbol.strip())


def _held(uploads: Sequence[Any], named: Sequence[Path], options: Options) -> list[Held]:
    given = [Held(str(one.name), bytes(one.getbuffer()), options) for one in uploads]
    return [*given, *(Held(str(path), None, options) for path in named)]


def _looked(files: Sequence[Held]) -> list[FileReport]:
    """Hold the files to be looked at; return a report of those that are not there."""
    look_at([file for file in files if file.there()])
    return [_missing(Path(file.name)) for file in files if not file.there()]


def _read(bench: Workbench, files: Sequence[Held]) -> list[FileReport]:
    """Read files into the workspace; a table nobody can tell the columns of is held."""
    reports: list[FileReport] = []
    shown = st.empty()
    with bench.exclusive(access.acting()) as linker:
        for file in files:
            if not file.there():
                reports.append(_missing(Path(file.name)))
                continue
            with file.lent(linker.folder) as place, st.spinner(_reading(place)):
                made = linker.add([place], file.options, partial(_told, shown))
            asked = [file for report in made if any(one.kind in ASKED for one in report.notes)]
            look_at(asked)
            reports += [] if asked else made
    return reports


def _reading(place: Path) -> str:
    return tr("Reading {name} …", name=place.name)


def _told(shown: Any, name: str, _place: int, _files: int, records: int) -> None:
    """Show how much of a long file was read."""
    if records:
        shown.caption(tr("{name}: {records:,} records so far", name=name, records=records))


def _missing(path: Path) -> FileReport:
    note = Note(path.name, "", "", tr("there is no file {path}", path=path),
                tr("Check the path."), "refused")  # fmt: skip
    return FileReport(path.name, "", 0, 0, 0, 0, 0, 0, 1, (note,), ())


def _start_build(bench: Workbench) -> None:
    """Build in the background, in the name of whoever asked for it."""
    person = access.acting()

    def build(report: BuildProgress) -> BuildReport:
        with bench.exclusive(person) as linker:
            return linker.build(report)

    key = bench.linker.store.location.address
    works().start(key, lambda: Work(tr_later("Building"), build, len(bench.states())))


def _build(bench: Workbench) -> None:
    st.header(tr("Build"), anchor=False)
    st.write(
        tr(
            "Makes the links, the SDG suggestions and the themes. Only States whose records "
            "changed are built again. You may stop and start again; what was finished stays."
        )
    )
    states = bench.states()
    work = works().of(bench.linker.store.location.address)
    building = work is not None and work.running
    if st.button(tr("Build"), type="primary", disabled=not states or building):
        _start_build(bench)
        st.rerun()
    if building:
        st.caption(tr("Under way; go to any page meanwhile. What is finished can be used at once."))
    if work is None or building:
        return
    if work.error:
        st.error(work.words)
        return
    report: BuildReport | None = work.result
    if report is None:  # built by another process of the server
        st.caption(work.words)
        return
    for made in report.built:
        likely, check = made.convergences["propose"], made.convergences["ask"]
        said = tr(
            "{records}, {themes}, {likely}, {check:,} to check. {seconds:.0f} s.",
            records=tr_plural("{n:,} record", "{n:,} records", made.records),
            themes=tr_plural("{n:,} theme", "{n:,} themes", made.themes),
            likely=tr_plural("{n:,} likely convergence", "{n:,} likely convergences", likely),
            check=check,
            seconds=made.seconds,
        )
        html(
            f'<div class="report kept"><h3>{escape(official_state(made.state))}</h3>'
            f"<p>{escape(said)}</p></div>"
        )
    if report.up_to_date:
        names = ", ".join(official_state(state) for state in report.up_to_date)
        st.caption(tr("Already up to date: {names}", names=names))


page()
