"""SDG indicators: what already measures what a recommendation asks for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.language import language, speaking
from linker.i18n.messages import tr, tr_later
from linker.links import SdgLink
from linker.records.record import Record
from linker.review.events import batch_of
from linker.ui import cards, judging, turns
from linker.ui.address import choice, point, pointed, remember, restore
from linker.ui.choosing import view_of
from linker.ui.desk import Desk, built, desk
from linker.ui.hand_links import sdg_by_hand
from linker.ui.layout import heading, html
from linker.ui.record_view import by_target, sdg_links
from linker.ui.reviewer import reviewer_field
from linker.ui.waterfall import explanation, in_words, waterfall
from linker.ui.wording import VERDICTS, counted_records, not_written, sure, taken_back
from linker.vocabulary.official import official_name
from linker.workspace.suggesting import Suggestion, suggest

MODES = (tr_later("A record"), tr_later("A theme"), tr_later("A text of your own"))
PREFIX = "S-"
RECORD, CHOOSER = "sdg-record", "sdg-choose"
KEPT = ("for", "sdg-theme")


def page() -> None:
    """Show the proposals for a record or for a pasted text."""
    here = desk()
    heading(
        tr("SDG targets and indicators"),
        tr("Reuse an indicator that a State already reports on instead of inventing a new one."),
    )
    restore(KEPT)
    mode = view_of(tr("For"), "for", MODES)
    if mode == MODES[2]:
        _text()
    elif mode == MODES[1]:
        built(here)
        _theme(here)
    else:
        built(here)
        _records(here)
    remember(KEPT)


def _records(here: Desk) -> None:
    only_open = st.toggle(tr("Only what nobody has judged yet"), key="open", bind="query-params")
    ids = _choices(here, only_open)
    if not ids:
        st.success(tr("Every proposal is judged."))
        return
    record_id = _stay(ids)
    _choose(here, ids, record_id)
    if not here.reviewer:
        reviewer_field("sdg-reviewer")
    if said := st.session_state.pop("sdg-judged", ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
    left, right = st.columns([2, 3], gap="large")
    with left:
        html(cards.record_card(here.snapshot.records[record_id]))
    with right:
        _proposals(here, record_id)


def _theme(here: Desk) -> None:
    """Show the targets that the records of a theme ask for, most of its records first."""
    themes = {theme.theme_id: theme for theme in here.snapshot.xray}
    if not themes:
        st.info(tr("No themes yet."))
        return
    choice("sdg-theme", list(themes))
    names = {key: official_name(theme.label) for key, theme in themes.items()}
    chosen = st.selectbox(tr("Theme"), list(themes), format_func=names.__getitem__, key="sdg-theme")
    members = {member.record_id for member in themes[chosen].members}
    verdicts = here.verdicts
    found: dict[str, list[SdgLink]] = {}
    made = [link for link in here.bench.made.values() if isinstance(link, SdgLink)]
    for link in [*made, *here.snapshot.sdg]:
        decision = verdicts.get(link.link_id)
        rejected = decision is not None and decision.verdict == "reject"
        if link.record_id in members and not rejected:
            found.setdefault(link.indicator or link.target, []).append(link)
    st.caption(
        tr(
            "What is likely, to check or confirmed for the records of the theme. Confirm or reject "
            "a target for all of them at once, or open a record to judge it there. A target that "
            "is rejected takes the indicators of these records along."
        )
    )
    if not here.reviewer:
        reviewer_field("sdg-theme-reviewer")
    if said := st.session_state.pop("sdg-judged", ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
    _undo_button(here)
    for code in sorted((c for c in found if c == found[c][0].target), key=lambda c: -len(found[c])):
        below = {c: found[c] for c in sorted(found) if c != code and found[c][0].target == code}
        _target(here, found[code], len(members), [link for held in below.values() for link in held])
        for links in below.values():
            _target(here, links, len(members))


def _target(here: Desk, links: list[SdgLink], members: int, below: Sequence[SdgLink] = ()) -> None:
    confirmed = sum(
        decision is not None and decision.verdict == "confirm"
        for decision in (here.verdicts.get(link.link_id) for link in links)
    )
    said = tr(
        "{number:,} of {records}, {confirmed:,} confirmed",
        number=len(links),
        records=counted_records(members),
        confirmed=confirmed,
    )
    html(cards.sdg_title(links[0]) + f'<p class="facts indent">{escape(said)}</p>')
    first = max(links, key=lambda link: link.probability)
    waiting = [link for link in links if link.link_id not in here.verdicts]
    settled = [
        link
        for link in below
        if link.link_id not in here.verdicts
        and link.record_id in {target.record_id for target in waiting}
    ]
    decided = {
        "confirm": (tr_later("Confirm for all {number:,}"), waiting),
        "reject": (tr_later("Reject for all {number:,}"), [*waiting, *settled]),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for verdict, (label, chosen) in decided.items() if waiting else ():
            st.button(
                tr(label, number=len(waiting)),
                key=f"theme-{verdict}-{first.link_id}",
                disabled=not here.reviewer,
                on_click=_decide,
                args=(here, chosen, verdict),
            )
        _opener(here, first)


def _opener(here: Desk, first: SdgLink) -> None:
    st.button(
        tr("Open {record}", record=here.snapshot.records[first.record_id].label),
        key=f"theme-open-{first.link_id}",
        type="tertiary",
        on_click=_open,
        args=(first.record_id,),
    )


def _open(record_id: str) -> None:
    st.session_state["for"] = MODES[0]
    point("record", record_id)


def _choose(here: Desk, ids: list[str], record_id: str) -> None:
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        where = cards.citation(here.snapshot.records[record_id])
        with st.popover(where, key=CHOOSER, on_change="rerun") as chooser:
            if chooser.open:  # all records in a list are most of the page, and seldom wanted
                _list(here, ids, record_id)
        position = ids.index(record_id)
        _step(tr("Previous"), "P", ids, position - 1)
        _step(tr("Next"), "N", ids, position + 1)
        _undo_button(here)
        place = tr("{position:,} of {number:,}", position=position + 1, number=len(ids))
        html(f'<span class="facts">{escape(place)}</span>', inline=True)


def _list(here: Desk, ids: list[str], record_id: str) -> None:
    def take() -> None:
        point("record", st.session_state[RECORD])
        st.session_state[CHOOSER] = False

    st.session_state[RECORD] = record_id
    st.selectbox(
        tr("Record"),
        ids,
        format_func=lambda i: _option(here.snapshot.records[i]),
        key=RECORD,
        on_change=take,
        label_visibility="collapsed",
    )


def _choices(here: Desk, only_open: bool) -> list[str]:
    verdicts = here.verdicts
    waiting = {link.record_id for link in here.snapshot.sdg if link.link_id not in verdicts}
    return [i for i in here.snapshot.records if not only_open or i in waiting]


def _stay(ids: list[str]) -> str:
    """Keep to the record that the address names, or the next one where it is judged to its end."""
    wanted = pointed("record")
    if wanted not in ids:
        wanted = next((i for i in ids if i > wanted), ids[-1]) if wanted else ids[0]
        point("record", wanted)
    return wanted


def _option(record: Record) -> str:
    return f"{cards.citation(record)} · {record.text[:110]}"


def _step(label: str, key: str, ids: list[str], position: int) -> None:
    def go() -> None:
        turns.moved_on()
        point("record", ids[position])

    inside = 0 <= position < len(ids)
    st.button(label, shortcut=key, key=f"step-{key}", on_click=go, disabled=not inside)


def _undo_button(here: Desk) -> None:
    def take_back() -> None:
        turns.moved_on()
        try:
            taken = judging.undo(here.linker, here.bench.folded, here.reviewer, PREFIX)
        except LinkerError as error:
            st.session_state["sdg-judged"] = tr("Not taken back: {error}", error=error)
            return
        st.session_state["sdg-judged"] = taken_back(len(taken))

    possible = bool(here.reviewer and judging.last_of(here.bench.folded, here.reviewer, PREFIX))
    st.button(tr("Undo"), key="sdg-undo", shortcut="Z", disabled=not possible, on_click=take_back)


def _proposals(here: Desk, record_id: str) -> None:
    links = sdg_links(here, record_id)
    if not links:
        st.info(tr("No target is likely enough to be proposed. Some recommendations have none."))
    lines = by_target(links)
    waiting = [link for link in lines if link.link_id not in here.verdicts]
    put_off = turns.skips(PREFIX).ids
    current = min(waiting, key=lambda link: link.link_id in put_off, default=None)
    _all_likely(here, [link for link in waiting if link.band == "propose"])
    for link in lines:
        with st.container(key=f"{'current' if link is current else 'sdg'}-{link.link_id}"):
            html(cards.sdg_title(link))
            _verdicts(here, link, lines, link is current)
    turns.mark()
    sdg_by_hand(here, record_id)


def _all_likely(here: Desk, likely: list[SdgLink]) -> None:
    if len(likely) > 1:
        st.button(
            tr("Confirm all {number} likely", number=len(likely)),
            key="all-likely",
            shortcut="L",
            disabled=not here.reviewer,
            on_click=_decide,
            args=(here, likely, "confirm"),
        )


def _verdicts(here: Desk, link: SdgLink, lines: list[SdgLink], current: bool) -> None:
    decision = here.verdicts.get(link.link_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = cards.chip(sure(link.band, link.probability), f"band {link.band}")
        html(f'<span class="indent">{said} {cards.decision_chip(decision)}</span>', inline=True)
        if decision is None:
            ways = (("confirm", tr("Confirm"), "A"), ("reject", tr("Reject"), "X"))
            for verdict, label, key in ways:
                st.button(
                    label,
                    key=f"{verdict}-{link.link_id}",
                    shortcut=key if current else None,
                    disabled=not here.reviewer,
                    on_click=_decide,
                    args=(here, _together(here, link, lines, verdict), verdict),
                )
        if current:
            st.button(
                tr("Later"),
                key=f"later-{link.link_id}",
                shortcut="S",
                type="tertiary",
                on_click=_later,
                args=(link.link_id,),
            )
        with st.popover(
            tr("Why"), type="tertiary", key=f"why-{link.link_id}", on_change="rerun"
        ) as why:
            if why.open:
                _why(here, link)


def _together(here: Desk, link: SdgLink, lines: list[SdgLink], verdict: str) -> list[SdgLink]:
    """Return what one verdict decides: a target that is rejected takes its indicators along."""
    if verdict != "reject" or link.indicator:
        return [link]
    below = [one for one in lines if one.target == link.target and one.indicator]
    return [link, *(one for one in below if one.link_id not in here.verdicts)]


def _later(link_id: str) -> None:
    turns.skips(PREFIX).add(link_id, 0)
    turns.moved_on()


def _why(here: Desk, link: SdgLink) -> None:
    try:
        explained = here.bench.explain(here.snapshot, link)
    except LinkerError as error:
        st.error(str(error))
        return
    html(explanation(explained))


def _decide(here: Desk, links: list[SdgLink], verdict: str) -> None:
    turns.moved_on()
    ids = [link.link_id for link in links]
    batch = batch_of(ids, here.linker.store.version().decisions) if len(ids) > 1 else ""
    try:
        here.linker.decide_many(ids, verdict, here.reviewer, batch=batch)
    except LinkerError as error:
        st.session_state["sdg-judged"] = not_written(error)
        return
    codes = ", ".join(dict.fromkeys(link.indicator or link.target for link in links))
    st.session_state["sdg-judged"] = f"{tr(VERDICTS[verdict])}: {codes}."


def _text() -> None:
    with st.form("text", border=False):
        text = st.text_area(
            tr("A recommendation, in English"),
            key="pasted",
            placeholder=tr("Take effective measures to end child marriage"),
            height=110,
            max_chars=20_000,
        )
        st.form_submit_button(tr("Suggest"), type="primary")
    if not text.strip():
        return
    try:
        with st.spinner(tr("Looking through the framework …")):
            suggestion = _suggested(text, language())
    except LinkerError as error:
        st.error(str(error))
        return
    if suggestion.caution:
        st.warning(suggestion.caution)
    links = [link for link in suggestion if link.band != "hide"]
    if not links:
        st.info(tr("No target is likely enough to be proposed."))
    for link in by_target(links):
        said = sure(link.band, link.probability)
        html(cards.sdg_title(link) + f'<p class="facts indent">{escape(said)}</p>')
        if not link.indicator and link.contributions:
            with st.expander(tr("Why {target}", target=link.target)):
                html(in_words(link.contributions))
                html(waterfall(link.contributions, link.probability))


@st.cache_data(max_entries=50, show_spinner=False)
def _suggested(text: str, spoken: str) -> Suggestion:
    """Return what is suggested, with its reasons in the language spoken."""
    with speaking(spoken):
        return suggest(text)


page()
