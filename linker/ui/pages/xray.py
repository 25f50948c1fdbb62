"""X-ray: the picture of a State, from umbrella to theme to record to its links."""

from __future__ import annotations

from html import escape

import altair as alt
import streamlit as st

from linker.documents.xray_numbers import picture, theme_facts
from linker.records.record import Record
from linker.themes.theme import Theme
from linker.ui import cards, charts, theme_forms
from linker.ui.address import point, pointed, pointer
from linker.ui.choosing import view_of
from linker.ui.frame import Desk, built, desk, heading, html, page_file
from linker.ui.record_view import record_view
from linker.ui.sources import source_of
from linker.ui.wording import counted
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.states import state_name

TARGETS = 12
VIEWS = ("Themes", "Bodies", "Years", "SDGs", "Map")


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
    records, xray = here.snapshot.records, here.snapshot.xray
    heading(
        f"X-ray of {state_name(here.state)}",
        f"{counted(len(records), 'record')} in {counted(len(xray), 'theme')} under "
        f"{counted(len(xray.umbrellas), 'umbrella')}. Choose a theme to read what is in it.",
    )
    theme_forms.said()
    theme_forms.undo_button(here)
    theme_forms.waiting(here)
    view = view_of("View", "view", VIEWS)
    if view == VIEWS[1]:
        _chart(*charts.heatmap(xray, records), key="chart-wide")
    elif view == VIEWS[2]:
        _legend(list(records.values()))
        _chart(*charts.timeline(list(records.values())))
    elif view == VIEWS[3]:
        _chart(*charts.coverage(here.snapshot.sdg, here.bench.verdicts))
    elif view == VIEWS[4]:
        _legend(list(records.values()))
        _chart(*charts.record_map(xray, records, here.snapshot.places), key="chart-wide")
    else:
        _themes(here)
    theme_forms.arrange(here)


def _chart(chart: alt.Chart | alt.LayerChart, words: str, key: str = "chart") -> None:
    with st.container(key=key):
        st.altair_chart(chart, width="stretch", alt=words)
    st.caption(words)


def _themes(here: Desk) -> None:
    records, xray = here.snapshot.records, here.snapshot.xray
    largest = max((len(theme.members) for theme in xray), default=1)
    _legend(list(records.values()))
    for umbrella in xray.umbrellas:
        themes = [theme for theme in xray if theme.umbrella == umbrella]
        total = sum(len(theme.members) for theme in themes)
        html(
            f'<div class="umbrella"><h2>{escape(umbrella)}</h2>'
            f'<span class="facts">{counted(total, "record")}</span></div>'
        )
        columns = st.columns(2, gap="large")
        for number, theme in enumerate(themes):
            with columns[number % 2]:
                _theme_line(here, theme, largest)


def _legend(records: list[Record]) -> None:
    present = charts.of_mechanisms(records)
    html(
        '<p class="key">'
        + "".join(
            f'<span><i class="{name.lower()}"></i>{escape(mechanism(name).plural)}</span>'
            for name in present
            if name
        )
        + "</p>"
    )


def _theme_line(here: Desk, theme: Theme, largest: int) -> None:
    with st.container(gap=None):
        st.button(
            theme.label,
            key=f"theme-{theme.theme_id}",
            type="tertiary",
            on_click=pointer("theme", theme.theme_id),
        )
        html(cards.bar(charts.of_mechanisms(_members(here, theme)), largest))


def _members(here: Desk, theme: Theme) -> list[Record]:
    records = here.snapshot.records
    return [records[m.record_id] for m in theme.members if m.record_id in records]


def _theme(here: Desk, theme: Theme) -> None:
    st.button(
        "All themes", type="tertiary", icon=":material/arrow_back:", on_click=pointer("theme", "")
    )
    heading(theme.label, f"{theme.umbrella} · {counted(len(theme.members), 'record')}")
    theme_forms.said()
    members = _members(here, theme)
    html(cards.bar(charts.of_mechanisms(members), len(members)))
    st.caption(theme.description)
    html(_facts(here, theme))
    theme_forms.undo_button(here)
    theme_forms.change_theme(here, theme, members)
    weak = {member.record_id for member in theme.members if member.weak}
    for record in members:
        _line(here, record, record.id in weak)
    also = [here.snapshot.records[i] for i in theme.also if i in here.snapshot.records]
    if also:
        html("<h2>Also here</h2>")
        st.caption("One of their asks belongs to this theme; their home is another.")
        for record in also:
            _line(here, record, False)


def _facts(here: Desk, theme: Theme) -> str:
    """Return what the documents say of a theme, and the SDG targets on their colours."""
    made = picture(source_of(here, here.snapshot.convergences, here.snapshot.sdg))
    shown = next((one for one in made.themes if one.theme.theme_id == theme.theme_id), None)
    if shown is None:
        return ""
    facts = [(name, escape(said)) for name, said in theme_facts(made, shown)]
    linked = len(shown.inside), len(shown.across)
    if any(linked):
        said = f"{linked[0]} inside this theme, {linked[1]} with others"
        facts.append(("Convergences", said))
    chips = " ".join(
        f'<span class="n">{cards.goal_chip(entry.code)} × {number}</span>'
        for entry, number in shown.targets[:TARGETS]
    )
    if chips:
        facts.append(("SDG targets", chips))
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{said}</td></tr>" for name, said in facts)
    return f'<table class="themefacts">{rows}</table>'


def _line(here: Desk, record: Record, weak: bool) -> None:
    linked = here.snapshot.converging[record.id]
    note = cards.chip("loosely connected", "weak") if weak else ""
    said = f"Open with {counted(linked, 'convergence')}" if linked else "Open"
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
    back = theme.label if theme else "All themes"
    st.button(back, type="tertiary", icon=":material/arrow_back:", on_click=pointer("record", ""))
    heading(record.label)
    link = record_view(here, record)
    if link:
        point("record", "")
        st.switch_page(page_file("convergences"), query_params={"link": link})


page()
