"""Documents: what people take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from linker.documents.inputs import Options
from linker.documents.kinds import COLUMNS, FOLDER, PDF, added_kinds, formats_of
from linker.documents.selection import meets
from linker.documents.writers.template import opened
from linker.errors import LinkerError
from linker.i18n.language import LANGUAGES, language
from linker.i18n.messages import tr, tr_later
from linker.links import BANDS
from linker.programs import office_program
from linker.records.record import POSITIONS
from linker.ui.address import choice
from linker.ui.desk import Desk, built, desk
from linker.ui.downloads import download, download_archive
from linker.ui.layout import heading
from linker.vocabulary.official import official_name, official_state
from linker.workspace.handed_over import on_disk

COLUMN_NAMES = (tr_later("Targets"), tr_later("Strategy"))
"""Columns of the matrix that no document calls so."""
WORDS: Mapping[str, tuple[str, str]] = {
    "matrix": (
        tr_later("Matrix"),
        tr_later(
            "By theme: one row a measure with all who ask for it, or one row a recommendation "
            "with what asks the same beneath it; with the SDG indicators that can track it."
        ),
    ),
    "plan": (
        tr_later("Implementation plan"),
        tr_later("The matrix as a plan to fill in, offline, and to read back on the page Plan."),
    ),
    "annex": (
        tr_later("Submission annex"),
        tr_later(
            "One paragraph a confirmed cluster, with footnotes and sources, for a submission."
        ),
    ),
    "factsheet": (
        tr_later("Factsheet"),
        tr_later("One theme on at most two pages, for a meeting or a submission."),
    ),
    "midterm": (
        tr_later("Mid-term report"),
        tr_later(
            "How each recommendation of the last review stands, supported and noted, as the "
            "plan says."
        ),
    ),
    "followup": (
        tr_later("Follow-up report"),
        tr_later(
            "What was done on the observations of treaty bodies and others, with grades A to E; "
            "choose a body under What to take in."
        ),
    ),
    "packs": (
        tr_later("Ministry packs"),
        tr_later(
            "For each responsible body a workbook with its rows, what is urgent first, and a "
            "letter."
        ),
    ),
    "site": (
        tr_later("Public portal"),
        tr_later(
            "Web pages for everybody, with search and open data: for a web server, an intranet, "
            "a USB stick: unpack the archive and open index.html. Only what was confirmed; "
            "nobody is named."
        ),
    ),
    "xray": (
        tr_later("X-ray"),
        tr_later("The thematic picture of everything the State received."),
    ),
    "slides": (
        tr_later("Slides"),
        tr_later("The x-ray for a briefing, to edit in PowerPoint or LibreOffice."),
    ),
    "records": (
        tr_later("Records"),
        tr_later("All records in the table format that Linker reads."),
    ),
    "links": (
        tr_later("Links"),
        tr_later("All links with probabilities and decisions."),
    ),
    "clusters": (
        tr_later("Clusters"),
        tr_later("All asks for the same measure with who asked, one row a record."),
    ),
    "claims": (
        tr_later("Claims"),
        tr_later("What is new, raised by one body alone or keeps coming back, with evidence."),
    ),
    "review": (
        tr_later("Review sheet"),
        tr_later(
            "What waits for a decision, to judge in Excel; `linker decide FILE.xlsx` reads it back."
        ),
    ),
    "decisions": (
        tr_later("Decisions"),
        tr_later("Everything reviewers decided, in order, undone ones too."),
    ),
    "themes": (
        tr_later("Themes"),
        tr_later("The themes with their records."),
    ),
    "impactoss": (
        tr_later("Impact OSS"),
        tr_later("For the import of a national database."),
    ),
    "uhri": (
        tr_later("UHRI"),
        tr_later("The records in the shape of the Universal Human Rights Index."),
    ),
    "uwazi": (
        tr_later("Uwazi"),
        tr_later("The records for Uwazi, the database program that UPR Info uses."),
    ),
}
"""Every kind of document in words for a reader: title, and what it is."""


def page() -> None:
    """Show what can be downloaded."""
    here = desk()
    built(here)
    heading(
        tr("Documents"),
        tr(
            "Everything about {state}, ready to take away. Proposals are marked as proposals, "
            "decisions carry their date, and nobody is named unless you ask for it.",
            state=official_state(here.state),
        ),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options, template = _options(here), _template(here)
    if _meets(here, options):
        _kinds(here, options, template)
    else:
        st.warning(tr("No record has all of this. Choose less under What to take in."))
    with st.container(border=True, key="document-archive"):
        st.header(tr("The whole workspace"), anchor=False)
        st.write(
            tr(
                "Records, links, themes, decisions and plan of all States in one file, to keep "
                "or to hand to a colleague, who opens it on the page Start."
            )
        )
        download_archive(here)


def _kinds(here: Desk, options: dict[str, Any], template: tuple[str, bytes] | None) -> None:
    """Show a card for each kind of document, with a button for each format."""
    columns = st.columns(2, gap="large")
    more = {kind: (kind.capitalize(), one.what) for kind, one in added_kinds().items()}
    for number, (kind, (title, what)) in enumerate({**WORDS, **more}.items()):
        with columns[number % 2], st.container(border=True, key=f"document-{kind}"):
            st.header(tr(title), anchor=False)
            st.write(tr(what))
            theme = _theme(here) if kind == "factsheet" else None
            own = dict(options)
            if kind == "annex":
                own["themes"] = _themes(here)
            if kind == "matrix":
                own["by"] = _rows_of_a_matrix()
            if kind == "site":
                own["with_names"] = False
                del own["language"]
            ours = None if kind == "site" else template
            with st.container(horizontal=True):
                for suffix in _formats(kind):
                    download(here, kind, suffix, template=ours, theme=theme, **own)


def _template(here: Desk) -> tuple[str, bytes] | None:
    """Ask for an organisation's own Word document; it holds for every Word document below."""
    with st.popover(tr("Template of your organisation"), icon=":material/upload_file:"):
        file = st.file_uploader(
            tr("Word document with your cover, styles, header and footer"),
            type=["docx"],
            key="document-template",
        )
        st.caption(
            tr(
                "It is kept for this visit alone. {{title}}, {{state}} and {{date}} in it are "
                "filled in, and the document follows on a new page."
            )
        )
    if file is None:
        return None
    try:
        with on_disk(here.bench.linker.folder, file.name, file.getvalue()) as path:
            opened(path)
    except LinkerError as error:
        st.error(str(error))
        return None
    st.caption(tr("Word documents below follow {file}.", file=file.name))
    return file.name, file.getvalue()


def _themes(here: Desk) -> tuple[str, ...]:
    """Ask for the themes of the annex; all where none is chosen."""
    names = {theme.theme_id: theme.label for theme in here.snapshot.xray}
    choice("annex-themes", list(names))
    chosen = st.multiselect(
        tr("Themes"), list(names), placeholder=tr("All themes"),
        format_func=lambda key: official_name(names.get(key) or key),
        key="annex-themes",
    )  # fmt: skip
    return tuple(chosen)


def _formats(kind: str) -> list[str]:
    """Return the formats that can be downloaded here: a folder cannot, PDF needs LibreOffice."""
    without = {FOLDER} if office_program() else {FOLDER, PDF}
    return [suffix for suffix in formats_of(kind) if suffix not in without]


def _options(here: Desk) -> dict[str, Any]:
    """Ask what to take in; it holds for every document below."""
    records = here.snapshot.records.values()
    cycles = sorted({r.cycle for r in records if r.is_cyclic and r.cycle})
    bodies = sorted({r.body for r in records if r.body and r.body != r.mechanism})
    confirmed_only = st.toggle(
        tr("Only links that a reviewer confirmed"), key="confirmed", bind="query-params"
    )
    with st.popover(tr("What to take in"), icon=":material/filter_list:"):
        chosen_cycles = st.pills(tr("UPR cycles"), cycles, selection_mode="multi", key="cycles")
        positions = [p for p in POSITIONS if any(r.position == p for r in records)]
        choice("positions", positions)
        chosen_positions = st.multiselect(
            tr("Positions of the State"),
            positions,
            placeholder=tr("All"),
            format_func=official_name,
            key="positions",
        )
        choice("bodies", bodies)
        chosen_bodies = st.multiselect(tr("Bodies"), bodies, placeholder=tr("All"), key="bodies")
        chosen_columns = st.multiselect(
            tr("Columns of the matrix"),
            COLUMNS,
            placeholder=tr("All"),
            format_func=lambda name: tr(name.capitalize()),
            key="columns",
        )
        weaker = st.toggle(
            tr("Also proposals that are to be checked"),
            key="weaker",
            disabled=confirmed_only,
            help=tr("They are marked as proposals with their percentage, like all others."),
        )
        released_only = st.toggle(
            tr("Only status and evidence that were released"),
            key="released_only",
            help=tr("For publication. Without it reports say what no lead released yet."),
        )
        with_names = st.toggle(
            tr("Name who decided and commented"),
            key="with_names",
            help=tr("For use inside your organisation. Without it no document names a person."),
        )
    written_in = st.selectbox(
        tr("Language of the documents"),
        list(LANGUAGES),
        index=list(LANGUAGES).index(language()),
        format_func=lambda code: LANGUAGES[code],
        key="document-language",
        width=240,
        help=tr(
            "Headings, marks, dates and official names; records stay in their own language. "
            "Spanish and French are whole; Arabic, Portuguese, Russian and Chinese have headings "
            "and official names. No native expert has read them yet. CSV, JSON and the portal "
            "are in English."
        ),
    )
    return {
        "confirmed_only": confirmed_only,
        "language": written_in,
        "positions": tuple(chosen_positions),
        "with_names": with_names,
        "released_only": released_only,
        "cycles": tuple(chosen_cycles),
        "bodies": tuple(chosen_bodies),
        "columns": tuple(name for name in COLUMNS if name in chosen_columns),
        "min_band": BANDS[1] if weaker else BANDS[0],
    }


def _meets(here: Desk, options: dict[str, Any]) -> bool:
    """Whether a record gets a row: a document of none is refused."""
    rows = {name: options[name] for name in ("positions", "cycles", "bodies")}
    return any(meets(record, Options(**rows)) for record in here.snapshot.records.values())


def _rows_of_a_matrix() -> str:
    """Ask what a row of the matrix is; clusters are the unit of work and stand first."""
    words = {
        "cluster": tr("One row a measure"),
        "recommendation": tr("One row a recommendation"),
    }
    return st.radio(
        tr("Rows of the matrix"), list(words), key="matrix-by",
        format_func=lambda by: words.get(by, by), horizontal=True, label_visibility="collapsed",
    )  # fmt: skip


def _theme(here: Desk) -> str | None:
    themes = {theme.theme_id: theme.label for theme in here.snapshot.xray}
    return st.selectbox(
        tr("Theme"),
        list(themes),
        format_func=lambda i: official_name(themes.get(i) or i),
        key="factsheet-theme",
    )


page()
