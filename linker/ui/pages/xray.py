"""X-ray: the picture of a State, from umbrella to theme to record to its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

import streamlit as st

from linker.documents.claims import Claims
from linker.documents.writers import charts
from linker.documents.xray_numbers import (
    NUMBER_OF_THEMES,
    Picture,
    mechanisms_in,
    picture,
    theme_facts,
)
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.records.record import Record
from linker.review.roles import Right
from linker.themes.theme import Theme
from linker.ui import cards, theme_forms
from linker.ui.address import before, came_from, point, pointed, pointer, wish
from linker.ui.choosing import order_of, view_of
from linker.ui.desk import Desk, built, desk
from linker.ui.downloads import download
from linker.ui.layout import heading, html, page_file
from linker.ui.record_view import record_view
from linker.ui.shared_out import assign_form, assigned_to, work_of
from linker.ui.sources import source_of
from linker.ui.theme_clusters import theme_clusters
from linker.ui.theme_counts import BY_UMBRELLA, ORDERS, ThemeCounts, theme_counts
from linker.ui.wording import counted_records, counted_themes
from linker.vocabulary.mechanisms import codes
from linker.vocabulary.official import official_name, official_state

ALONG = ("workspace", "state", "reviewer", "independent", "language")
"""What the address of every page holds for the session as a whole."""
TARGETS = 12
VIEWS = (
    tr_later("Themes"),
    tr_later("Bodies"),
    tr_later("Years"),
    tr_later("SDGs"),
    tr_later("Map"),
)


def page() -> None:
    """Show the whole, one theme or one record, as the address says."""
    here = desk()
    built(here)
    record = here.snapshot.records.get(pointed("record"))
    theme = {t.theme_id: t for t in here.snapshot.xray}.get(pointed("theme"))
    if record is not None:
        _record(here, record, theme)
    elif theme is not None:
        _theme(here, theme)
    else:
        _whole(here)


def _whole(here: Desk) -> None:
    came_from("", "")
    records, xray = here.snapshot.records, here.snapshot.xray
    heading(
        tr("X-ray of {state}", state=official_state(here.state)),
        tr(
            "{records} in {themes} under {umbrellas}. Choose a theme to read what is in it.",
            records=counted_records(len(records)),
            themes=counted_themes(len(xray)),
            umbrellas=tr_plural("{n:,} umbrella", "{n:,} umbrellas", len(xray.umbrellas)),
        ),
    )
    theme_forms.said()
    theme_forms.undo_button(here)
    theme_forms.waiting(here)
    view = view_of(tr("View"), "view", VIEWS)
    if view == VIEWS[1]:
        _shown(charts.heatmap(_picture(here), _leading(here)))
        st.caption(tr("Empty places may be gaps, or themes outside a body's treaty."))
        _opens("body", {one: official_name(one) for one in _picture(here).bodies})
    elif view == VIEWS[2]:
        _years(_picture(here))
    elif view == VIEWS[3]:
        _shown(charts.goals(_picture(here)))
        st.caption(tr("Records with a link that a reviewer confirmed, or that is likely."))
        linked = [goal for goal, *counts in _picture(here).goals if any(counts)]
        _opens("goal", {one.code: tr("SDG {code}", code=one.code) for one in linked})
    elif view == VIEWS[4]:
        _map(here)
    else:
        _themes(here)
    theme_forms.arrange(here)


def _leading(here: Desk) -> charts.Link:
    """Return where pictures lead: to a theme, or to its records of one body on the page Search.

    What the session holds goes along: a link that is opened in a tab of its own begins another.
    """
    labels = {theme.theme_id: theme.label for theme in here.snapshot.xray}
    held = {name: value for name in ALONG if (value := st.query_params.get(name))}

    def link(theme_id: str, body: str) -> str:
        page = "search" if body else "xray"
        told = {"home": labels[theme_id], "body": body} if body else {"theme": theme_id}
        address = escape(f"/{page}?{urlencode(held | told)}", quote=True)
        return f'href="{address}" target="_self"'

    return link


def _opens(filter_name: str, names: Mapping[str, str]) -> None:
    """Link each part of a picture to the records that it counts, on the page Search.

    Args:
        filter_name: the filter of that page which leaves them.
        names: value of the filter -> how it is shown here.
    """
    html(f"<h2>{escape(tr('Open the records of'))}</h2>")
    with st.container(horizontal=True):
        for value, shown in names.items():
            st.page_link(page_file("search"), label=shown, query_params={filter_name: value})


def _picture(here: Desk) -> Picture:
    """Return what the documents count of the State, counted once for each state of the log."""
    return here.snapshot.keep(
        ("picture", here.bench.links_judged),
        lambda: picture(source_of(here, here.snapshot.convergences, here.snapshot.sdg).spoken()),
    )


def _claims(here: Desk) -> Claims:
    """Return what can be claimed of the State's themes, held against hidden links too."""

    def make() -> Claims:
        snapshot = here.snapshot
        links = (*snapshot.convergences, *snapshot.hidden)
        clusters = snapshot.linker.clusters(here.state)
        return Claims(replace(source_of(here, links, ()), clusters=clusters))

    return here.snapshot.keep(("claims", len(here.bench.log)), make)


def _shown(*drawn: str) -> None:
    """Show pictures as the documents draw them."""
    # st.html takes SVG out; and a blank line would end what Markdown takes for HTML.
    whole = " ".join("".join(drawn).split())
    st.markdown(f'<div class="picture">{whole}</div>', unsafe_allow_html=True)


def _years(made: Picture) -> None:
    _shown(charts.legend(made.mechanisms), charts.timeline(made))
    if made.undated:
        st.caption(made.undated)
    _opens(
        "year",
        {str(year): str(year) for year, counts in made.years.items() if any(counts.values())},
    )


def _map(here: Desk) -> None:
    made = _picture(here)
    placed = replace(made, source=replace(made.source, places=here.snapshot.places))
    _shown(charts.legend(made.mechanisms), charts.record_map(placed, _leading(here)))
    st.caption(
        tr(
            "For looking only: like themes lie near each other, the most typical record in the "
            "middle of its theme. Nothing is decided by it."
        )
    )


def _themes(here: Desk) -> None:
    xray: Sequence[Theme] = list(here.snapshot.xray)
    largest = max((len(theme.members) for theme in xray), default=1)
    counts = theme_counts(here)
    with st.container(horizontal=True, vertical_alignment="center"):
        order = order_of("theme-order", (BY_UMBRELLA, *ORDERS), 280)
        work = work_of(here, "theme")
    _shown(charts.legend(mechanisms_in(here.snapshot.records.values())))
    if not work.is_all:
        xray = [theme for theme in xray if work.theme(theme)]
        html(f"<p class='facts'>{escape(counted_themes(len(xray)))}</p>")
    st.caption(tr(NUMBER_OF_THEMES))
    if order != BY_UMBRELLA:
        themes = sorted(xray, key=lambda t: (*ORDERS[order](counts[t.theme_id]), t.theme_id))
        _columns(here, themes, counts, largest)
        return
    for umbrella in here.snapshot.xray.umbrellas:
        themes = [theme for theme in xray if theme.umbrella == umbrella]
        if not themes:
            continue
        total = sum(len(theme.members) for theme in themes)
        html(
            f'<div class="umbrella"><h2>{escape(official_name(umbrella))}</h2>'
            f'<span class="facts">{escape(counted_records(total))}</span></div>'
        )
        _columns(here, themes, counts, largest)


def _columns(
    here: Desk, themes: Sequence[Theme], counts: Mapping[str, ThemeCounts], largest: int
) -> None:
    columns = st.columns(2, gap="large")
    for number, theme in enumerate(themes):
        with columns[number % 2]:
            _theme_line(here, theme, counts[theme.theme_id], largest)


def _theme_line(here: Desk, theme: Theme, counts: ThemeCounts, largest: int) -> None:
    with st.container(gap=None):
        st.button(
            official_name(theme.label),
            key=f"theme-{theme.theme_id}",
            type="tertiary",
            on_click=pointer("theme", theme.theme_id),
        )
        badges = f"<p class='badges'>{counts.badges}</p>" if counts.badges else ""
        html(cards.bar(_by_mechanism(_members(here, theme)), largest) + badges)


def _by_mechanism(records: list[Record]) -> dict[str, int]:
    """Return how many records each mechanism made, in the usual order, those without last."""
    counts = Counter(record.mechanism for record in records)
    return {code: counts[code] for code in (*codes(), "") if counts[code]}


def _members(here: Desk, theme: Theme) -> list[Record]:
    records = here.snapshot.records
    return [records[m.record_id] for m in theme.members if m.record_id in records]


def _theme(here: Desk, theme: Theme) -> None:
    came_from("", "")
    st.button(
        tr("All themes"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=pointer("theme", ""),
    )
    below = f"{official_name(theme.umbrella)} · {counted_records(len(theme.members))}"
    heading(official_name(theme.label), below)
    theme_forms.said()
    members = _members(here, theme)
    html(cards.bar(_by_mechanism(members), len(members)))
    st.caption(theme.description)
    html(_facts(here, theme))
    _onwards(here, theme)
    if whose := assigned_to(here, theme.theme_id):
        html(whose)
    theme_clusters(here, theme)
    with st.expander(tr("Who works on this theme")):
        assign_form(here, [theme.theme_id], tr("this theme"), "theme")
    theme_forms.undo_button(here)
    theme_forms.change_theme(here, theme, members)
    weak = {member.record_id for member in theme.members if member.weak}
    for record in members:
        _line(here, record, record.id in weak)
    also = [here.snapshot.records[i] for i in theme.also if i in here.snapshot.records]
    if also:
        html(f"<h2>{escape(tr('Also here'))}</h2>")
        st.caption(tr("One of their asks belongs to this theme; their home is another."))
        for record in also:
            _line(here, record, False)


def _onwards(here: Desk, theme: Theme) -> None:
    """Offer what is done with a theme: its clusters and SDG targets to review, rows of the plan."""
    counts = theme_counts(here).get(theme.theme_id, ThemeCounts())
    with st.container(horizontal=True):
        if counts.clusters:
            said = tr_plural("See {n:,} cluster", "See {n:,} clusters", counts.clusters)
            if counts.waiting:
                said = tr_plural("Review {n:,} cluster", "Review {n:,} clusters", counts.waiting)
            if st.button(said, key="theme-clusters"):
                wish("cluster-theme", theme.label)
                st.switch_page(page_file("clusters"))
        if st.button(tr("Rows of the plan"), key="theme-plan"):
            wish("plan-theme", theme.theme_id)
            st.switch_page(page_file("plan"))
        if st.button(tr("SDG targets"), key="theme-sdg"):
            wish("for", "A theme")
            wish("sdg-theme", theme.theme_id)
            st.switch_page(page_file("sdg"))
        download(here, "factsheet", "docx", tr("Factsheet (Word)"), theme=theme.theme_id)


def _facts(here: Desk, theme: Theme) -> str:
    """Return what the documents say of a theme, and the SDG targets on their colours."""
    made = _picture(here)
    shown = next((one for one in made.themes if one.theme.theme_id == theme.theme_id), None)
    if shown is None:
        return ""
    claims = _claims(here).of(theme.theme_id)
    facts = [(name, escape(said)) for name, said in theme_facts(shown, claims)]
    linked = len(shown.inside), len(shown.across)
    if any(linked):
        said = tr(
            "{inside} inside this theme, {across} with others", inside=linked[0], across=linked[1]
        )
        facts.append((tr("Convergences"), escape(said)))
    chips = " ".join(
        f'<span class="n">{cards.goal_chip(entry.code)} × {number}</span>'
        for entry, number in shown.targets[:TARGETS]
    )
    if chips:
        facts.append((tr("SDG targets"), chips))
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{said}</td></tr>" for name, said in facts)
    return f'<table class="themefacts">{rows}</table>'


def _line(here: Desk, record: Record, weak: bool) -> None:
    linked = here.snapshot.converging[record.id]
    note = cards.chip(tr("loosely connected"), "weak") if weak else ""
    said = tr("Open")
    if linked:
        said = tr_plural("Open with {n:,} convergence", "Open with {n:,} convergences", linked)
    with st.container(gap=None):
        html(cards.record_card(record, text_class="clipped", footer=note))
        st.button(
            said,
            key=f"record-{record.id}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=pointer("record", record.id),
        )


def _record(here: Desk, record: Record, theme: Theme | None) -> None:
    page, words = before()
    back = official_name(theme.label) if theme else words or tr("All themes")
    leave = None if page else pointer("record", "")
    if st.button(back, type="tertiary", icon=":material/arrow_back:", on_click=leave) and page:
        st.switch_page(page_file(page))
    heading(record.label)
    link = record_view(here, record)
    if here.may(Right.LINK) and st.button(tr("Link it to another record"), key="link-from-here"):
        point("record", "")
        st.switch_page(page_file("convergences"), query_params={"left": record.id})
    if link:
        point("record", "")
        st.switch_page(page_file("convergences"), query_params={"link": link})


page()
