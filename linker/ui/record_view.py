"""One record with everything that is known of it and linked to it."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.links import Convergence, SdgLink
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.review.roles import Right
from linker.ui import cards
from linker.ui.correct_form import correct_form
from linker.ui.desk import Desk
from linker.ui.reading_view import reading_view
from linker.ui.wording import RELATIONS, VERDICTS, not_written, sure
from linker.vocabulary.official import official_name

LINKS_SHOWN, SHOWN = 12, "record-links-shown"


def record_view(here: Desk, record: Record) -> str:
    """Show a record, its tags and its links; return the id of a link to review, or nothing."""
    st.html(cards.record_card(record, footer=cards.cite_button(record)) + _tags(here, record))
    correct_form(here, record)
    reading_view(here, record)
    left, right = st.columns(2, gap="large")
    with left:
        chosen = _convergences(here, record)
    with right:
        _sdg(here, record)
    return chosen


def _tags(here: Desk, record: Record) -> str:
    home = here.snapshot.home.get(record.id)
    rows = (
        (tr("Theme in this x-ray"), official_name(home.label) if home else ""),
        (tr("Context"), record.context),
        (tr("Position taken in"), record.position_source),
        (tr("Heading in the source"), record.heading),
        (tr("Themes in the source"), "; ".join(map(official_name, record.themes))),
        (tr("Groups in the source"), "; ".join(map(official_name, record.groups))),
        (tr("SDGs in the source"), "; ".join(record.sdgs)),
        (tr("Read from"), "; ".join(record.sources)),
        (tr("Id"), record.id),
    )
    lines = "".join(
        f"<p><b>{escape(name)}</b> {escape(value)}</p>" for name, value in rows if value
    )
    return f'<div class="tags facts">{lines}</div>'


def _convergences(here: Desk, record: Record) -> str:
    st.header(tr("Convergences"), anchor=False)
    verdicts = here.verdicts
    links = [
        *here.made(Convergence, record.id),
        *(
            link
            for link in here.bench.linker.store.convergences(record_id=record.id)
            if shown(link, verdicts.get(link.link_id))
        ),
    ]
    if not links:
        st.caption(tr("None found."))
    chosen = ""
    shown_key = f"{SHOWN}-{record.id}"
    number = st.session_state.get(shown_key, LINKS_SHOWN)
    for link in links[:number]:
        other_id = link.right_id if link.left_id == record.id else link.left_id
        ask = link.right_ask if link.left_id == record.id else link.left_ask
        decision = verdicts.get(link.link_id)
        chip = cards.chip(f"{sure(link.band, link.probability)} · {tr(RELATIONS[link.relation])}")
        footer = f'<p class="facts">{chip} {cards.decision_chip(decision)}</p>'
        other = here.snapshot.records[other_id]
        st.html(cards.record_card(other, ask, footer, "clipped"))
        with st.container(horizontal=True, gap="small"):
            judge_here(here, link)
            if st.button(tr("Compare"), key=f"review-{link.link_id}", type="tertiary"):
                chosen = link.link_id
    if len(links) > number:
        left = len(links) - number
        st.button(
            tr("Show {number:,} less likely", number=left),
            key="more-links",
            on_click=_more,
            args=(shown_key, number),
        )
    return chosen


def _more(key: str, number: int) -> None:
    st.session_state[key] = number + LINKS_SHOWN


def judge_here(here: Desk, link: Convergence | SdgLink) -> None:
    """Offer to confirm or reject a link where it is read, or to take one's own word back."""
    if not here.reviewer or not here.may(Right.DECIDE):
        return
    words = here.bench.words.get(link.link_id, {})
    ways = [("confirm", tr("Confirm")), ("reject", tr("Reject"))]
    if here.reviewer in words:
        ways = [("undo", tr("Take back"))]
    for verdict, label in ways:
        st.button(
            label,
            key=f"here-{verdict}-{link.link_id}",
            type="tertiary",
            on_click=_decide,
            args=(here, link.link_id, verdict),
        )


def _decide(here: Desk, link_id: str, verdict: str) -> None:
    try:
        here.linker.decide(link_id, verdict, here.reviewer)
    except LinkerError as error:
        st.toast(not_written(error))
        return
    st.toast(tr("Taken back.") if verdict == "undo" else f"{tr(VERDICTS[verdict])}.")


def _sdg(here: Desk, record: Record) -> None:
    st.header(tr("SDG targets and indicators"), anchor=False)
    links, verdicts = sdg_links(here, record.id), here.verdicts
    if not links:
        st.caption(tr("None proposed."))
    for link in by_target(links):
        decision = verdicts.get(link.link_id)
        said = sure(link.band, link.probability)
        line = f'<p class="facts indent">{escape(said)} {cards.decision_chip(decision)}</p>'
        st.html(cards.sdg_title(link) + line)
        with st.container(horizontal=True, gap="small"):
            judge_here(here, link)


def sdg_links(here: Desk, record_id: str) -> list[SdgLink]:
    """Return the SDG links of a record to show: what is proposed, judged or added by hand."""
    verdicts = here.verdicts
    proposed = here.bench.linker.store.sdg_links(record_id=record_id)
    kept = [link for link in proposed if shown(link, verdicts.get(link.link_id))]
    return [*here.made(SdgLink, record_id), *kept]


def shown(link: Convergence | SdgLink, decision: Decision | None) -> bool:
    """Whether a link is shown by default: it is not hidden, or somebody judged it."""
    return link.band != "hide" or decision is not None


def by_target(links: list[SdgLink]) -> list[SdgLink]:
    """Return links so that each target is followed by its indicators, likeliest target first.

    An indicator without its target among the links is left out: it says nothing alone.
    """
    ranked = sorted(links, key=lambda link: (-link.probability, link.target, link.indicator))
    found: list[SdgLink] = []
    for target in (link for link in ranked if not link.indicator):
        found.append(target)
        found += [i for i in ranked if i.indicator and i.target == target.target]
    return found
