"""Convergences: one link after the other, judged by a person."""

from __future__ import annotations

from concurrent.futures import wait
from datetime import UTC, datetime
from functools import partial
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.links import BY_HAND, Convergence, Relation
from linker.review.decisions import Decision
from linker.ui import cards, judging
from linker.ui.address import chosen_of, point, pointed
from linker.ui.choosing import pick
from linker.ui.frame import (
    Desk,
    built,
    desk,
    heading,
    html,
    judge_independently,
    reviewer_field,
)
from linker.ui.hand_links import link_by_hand
from linker.ui.queue import ACROSS, ORDERS, Wanted, asked, waiting
from linker.ui.waterfall import explanation
from linker.ui.wording import (
    BANDS,
    QUESTIONS,
    RELATIONS,
    VERDICTS,
    counted,
    duration,
    percent,
)
from linker.vocabulary.mechanisms import codes, mechanism

PREFIX = "C-"
VERDICT_KEYS = (("confirm", "Confirm", "A"), ("reject", "Reject", "X"), ("unsure", "Unsure", "U"))
OTHER = "other relation"
BULK_LISTED = 8
OPEN = "open link"
"""Session key of the link whose buttons count; those of the last link may still be on the page."""
AGAIN = 0.04
"""Seconds between two looks whether an explanation is ready."""
AHEAD = 2
"""Links, next in the queue, that are explained before they are shown."""
FILTERS = ("relation", "across", "mechanism", "theme")


def page() -> None:
    """Show the queue, or the link that the address names."""
    here = desk()
    built(here)
    heading("Convergences")
    blind, order, wanted = _filters(here)
    links = asked(here.snapshot, wanted, order, blind)
    queue = waiting(links, here.verdicts, st.session_state.get("skipped", []))
    _progress(here, len(links), len(queue))
    _last(here)
    link = here.link(pointed("link")) or (links[queue[0]] if queue else None)
    st.session_state[OPEN] = link.link_id if link else ""
    if link is None:
        _done(here, bool(links))
    else:
        point("link", link.link_id)
        _judge(here, link)
        _show(here, link, blind and link.link_id not in here.verdicts)
        for next_id in [i for i in queue[: AHEAD + 1] if i != link.link_id][:AHEAD]:
            here.bench.explaining(here.snapshot, links[next_id], ahead=True)
        if not blind:
            _bulk(here, [links[link_id] for link_id in queue])
    link_by_hand(here)


def _filters(here: Desk) -> tuple[bool, str, Wanted]:
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        order = st.selectbox(
            "Order",
            ORDERS,
            key="order",
            bind="query-params",
            label_visibility="collapsed",
            on_change=_forget_link,
            width=210,
        )
        narrowed = chosen_of(FILTERS)
        said = f"Filters ({narrowed})" if narrowed else "Filters"
        with st.popover(said, icon=":material/filter_list:"):
            wanted = _wanted(here)
        blind = st.toggle(
            "Blind",
            key="blind",
            bind="query-params",
            help="Hides how sure Linker is, and why, until you have judged; the order is random.",
            on_change=_forget_link,
        )
    return blind, order, wanted


def _wanted(here: Desk) -> Wanted:
    themes = {theme.theme_id: theme.label for theme in here.snapshot.xray}
    present = {r.mechanism for r in here.snapshot.records.values()}
    mechanisms = [code for code in codes() if code in present]
    bands = st.pills(
        "How sure",
        list(BANDS),
        default=["propose", "ask"],
        format_func=lambda band: BANDS[band],
        selection_mode="multi",
        key="band",
        bind="query-params",
        on_change=_forget_link,
    )
    filter_of = partial(pick, on_change=_forget_link)
    return Wanted(
        bands=tuple(bands),
        relation=pick(
            "Relation", "relation", {str(k): v for k, v in RELATIONS.items()}, _forget_link
        ),
        across=filter_of("Across", "across", {name: name for name in ACROSS}),
        mechanism=pick(
            "Mechanism", "mechanism", {m: mechanism(m).plural for m in mechanisms}, _forget_link
        ),
        theme=filter_of("Theme", "theme", themes),
    )


def _forget_link() -> None:
    # What is filtered for is wanted at once, not after the link that happened to be open.
    point("link", "")


def _progress(here: Desk, total: int, left: int) -> None:
    judged = total - left
    said = f"{judged:,} of {counted(total, 'link')} judged"
    seconds = judging.pace(here.bench.log, here.reviewer) if here.reviewer else None
    if seconds:
        said += f" · your pace: {duration(seconds)} each"
        said += f", {duration(seconds * left)} to go" if left else ""
    share = 100 * judged / max(total, 1)
    html(
        f'<div class="progress"><div class="rail" aria-hidden="true"><i style="width:{share:.1f}%">'
        f"</i></div><span>{escape(said)}</span></div>"
    )


def _last(here: Desk) -> None:
    """Say what was done last: blind mode shows here how sure Linker had been."""
    done = st.session_state.pop("judged", None)
    if done:
        html(f'<p class="last" role="status">{escape(done)}</p>')


def _judge(here: Desk, link: Convergence) -> None:
    named = bool(here.reviewer)
    if not named:
        with st.container(border=True):
            reviewer_field("judge-reviewer")
            st.caption("Asked once. It is written beside each decision, on this machine only.")
    html(f'<p class="question">{escape(QUESTIONS[link.relation])}</p>')
    with st.container(key="judge", horizontal=True, vertical_alignment="bottom"):
        for verdict, label, key in VERDICT_KEYS:
            st.button(
                label,
                key=f"{verdict}-{link.link_id}",
                shortcut=key,
                type="primary" if verdict == "confirm" else "secondary",
                disabled=not named,
                on_click=_decide,
                args=(here, link, verdict),
            )
        st.button(
            f"It is: {RELATIONS[_other(link)].lower()}",
            key=f"other-{link.link_id}",
            shortcut="O",
            disabled=not named,
            on_click=_decide,
            args=(here, link, OTHER),
        )
        st.button(
            "Skip", key=f"skip-{link.link_id}", shortcut="S", on_click=_skip, args=(link.link_id,)
        )
        _undo_button(here)
        st.text_input(
            "Note",
            key=f"note-{link.link_id}",
            placeholder="Note (optional)",
            label_visibility="collapsed",
            max_chars=1000,
        )


def _decide(here: Desk, link: Convergence, verdict: str) -> None:
    if st.session_state.get(OPEN) != link.link_id:
        # A key pressed twice, or one that reached buttons not yet taken off the page.
        return
    note = str(st.session_state.get(f"note-{link.link_id}", "")).strip()
    try:
        if verdict == OTHER:
            ids = link.left_id, link.right_id
            here.linker.add_convergence(*ids, here.reviewer, note, _other(link))
        else:
            here.linker.decide(link.link_id, verdict, here.reviewer, note)
    except LinkerError as error:
        st.session_state["judged"] = f"Not written: {error}"
        return
    st.session_state["judged"] = _told(here, link, verdict)
    _move_on()


def _move_on() -> None:
    st.session_state[OPEN] = ""
    point("link", "")


def _told(here: Desk, link: Convergence, verdict: str) -> str:
    """Return what was done; blind and independent reviewers learn now what was kept from them."""
    sides = [here.snapshot.records[i].label for i in (link.left_id, link.right_id)]
    what = RELATIONS[_other(link)] if verdict == OTHER else VERDICTS[verdict]
    said = f"{what}: {sides[0]} ↔ {sides[1]}."
    if link.band != BY_HAND:
        said += f" Linker's estimate that both ask the same measure: {percent(link.probability)}."
    others = [
        f"{word.reviewer}: {VERDICTS[word.verdict].lower()}"
        for word in here.bench.words.get(link.link_id, {}).values()
        if word.reviewer != here.reviewer
    ]
    return f"{said} Others said: {', '.join(others)}." if others else said


def _other(link: Convergence) -> Relation:
    return "related" if link.relation == "convergence" else "convergence"


def _skip(link_id: str) -> None:
    if st.session_state.get(OPEN) != link_id:
        return
    skipped = [i for i in st.session_state.get("skipped", []) if i != link_id]
    st.session_state["skipped"] = [*skipped, link_id]
    _move_on()


def _undo_button(here: Desk) -> None:
    possible = bool(here.reviewer and judging.last_of(here.bench.log, here.reviewer, PREFIX))
    st.button("Undo", key="undo", shortcut="Z", disabled=not possible, on_click=_undo, args=(here,))


def _undo(here: Desk) -> None:
    try:
        taken = judging.undo(here.linker, here.bench.log, here.reviewer, PREFIX)
    except LinkerError as error:
        st.session_state["judged"] = f"Not taken back: {error}"
        return
    if taken:
        st.session_state["judged"] = f"Taken back: {counted(len(taken), 'decision')}."
        point("link", taken[-1].link_id)


def _show(here: Desk, link: Convergence, hidden: bool) -> None:
    records = here.snapshot.records
    decision = here.verdicts.get(link.link_id)
    html(_headline(link, hidden) + _said(here, link, decision) + "</p>")
    sides = records[link.left_id], records[link.right_id]
    pair, place = st.empty(), st.empty()
    pair.html(cards.pair(link, *sides))
    if hidden:
        st.caption("Blind mode: how sure Linker is, and why, is shown after you have judged.")
        return
    title = "<h2>Why Linker proposes this</h2>"
    if link.band == BY_HAND:
        title = "<h2>What Linker makes of it</h2>"
    try:
        while not (asked_for := here.bench.explaining(here.snapshot, link)).done():
            # Every write to the page is a moment at which a decision can break off the wait.
            place.html(title + '<p class="facts">Adding up the evidence …</p>')
            wait([asked_for], AGAIN)
        explained = asked_for.result()
    except LinkerError as error:
        place.error(str(error))
        return
    pair.html(cards.pair(link, *sides, explained))
    place.html(title + explanation(explained))


def _said(here: Desk, link: Convergence, decision: Decision | None) -> str:
    """Return what was said of a link, as far as the reviewer may see it."""
    if decision is None:
        return ""
    words = list(here.bench.words.get(link.link_id, {}).values())
    chips = cards.words_chips([*words, decision] if decision not in words else words)
    notes = "".join(cards.note_line(word) for word in {*words, decision})
    return chips + notes


def _headline(link: Convergence, hidden: bool) -> str:
    kind = cards.chip("Reiterated in a later cycle", "reiteration") if link.reiteration else ""
    if hidden:
        return f'<p class="sure">{kind}'
    if link.band == BY_HAND:
        return f'<p class="sure"><b>Added by hand</b> {cards.chip(RELATIONS[link.relation])} {kind}'
    return (
        f'<p class="sure"><b>{percent(link.probability)}</b> same measure '
        f'<span class="facts">{percent(link.probability_related)} at least the same issue</span> '
        f"{cards.chip(BANDS[link.band], f'band {link.band}')} {kind}"
    )


def _bulk(here: Desk, queue: list[Convergence]) -> None:
    if len(queue) < 2 or not here.reviewer:
        return
    with st.expander("Confirm many at once"):
        st.write(
            f"The filters above leave {counted(len(queue), 'link')} still to judge. "
            "Confirm them together when you trust the whole band; one undo takes all of it back."
        )
        if st.button(f"Confirm all {len(queue):,} …", key="bulk"):
            _confirm(here, queue)


@st.dialog("Confirm all of these?", width="large")
def _confirm(here: Desk, queue: list[Convergence]) -> None:
    records = here.snapshot.records
    listed = "".join(
        f"<li>{percent(link.probability)} {escape(records[link.left_id].label)} ↔ "
        f"{escape(records[link.right_id].label)}</li>"
        for link in queue[:BULK_LISTED]
    )
    more = len(queue) - BULK_LISTED
    html(
        f"<p>{counted(len(queue), 'link')} will be confirmed in the name of "
        f"<b>{escape(here.reviewer)}</b>, among them:</p><ul>{listed}</ul>"
        + (f"<p>and {more:,} more.</p>" if more > 0 else "")
    )
    st.button(
        f"Confirm {counted(len(queue), 'link')}",
        type="primary",
        key="bulk-confirmed",
        on_click=_confirm_all,
        args=(here, [link.link_id for link in queue]),
    )


def _confirm_all(here: Desk, ids: list[str]) -> None:
    batch = judging.batch_id(ids, datetime.now(UTC))
    note = f"confirmed together with {len(ids) - 1} others"
    try:
        here.linker.decide_many(ids, "confirm", here.reviewer, note, batch=batch)
    except LinkerError as error:
        st.session_state["judged"] = f"Nothing was written: {error}"
    else:
        said = f"Confirmed {counted(len(ids), 'link')} together. Undo takes all of them back."
        st.session_state["judged"] = said
    point("link", "")


def _done(here: Desk, some: bool) -> None:
    if some:
        _undo_button(here)
        st.success("Everything that these filters show is judged. Widen them to see more.")
        if here.reviewer and not here.independent:
            st.write("Are you the second reviewer of the same links?")
            st.button("Judge independently", key="go-independent", on_click=judge_independently)
    else:
        st.info("No links meet these filters. Take one away, or add “Unlikely” to How sure.")


page()
