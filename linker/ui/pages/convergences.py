"""Convergences: one link after the other, judged by a person."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import wait
from functools import partial
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.links import BY_HAND, Convergence, Relation
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.review.events import batch_of, standing_words
from linker.ui import cards, judging, turns
from linker.ui.address import point, pointed, pointer, remember, restore
from linker.ui.cards import NAMES
from linker.ui.choosing import narrowing, order_of, pick
from linker.ui.frame import (
    Desk,
    ask_reviewer,
    built,
    desk,
    heading,
    html,
    judge_independently,
)
from linker.ui.hand_links import link_by_hand
from linker.ui.queue import ACROSS, JUDGED_SO, ORDERS, Wanted, asked, judged_so, waiting
from linker.ui.waterfall import explanation
from linker.ui.wording import (
    BANDS,
    NEUTRAL,
    QUESTIONS,
    RELATIONS,
    VERDICTS,
    counted,
    duration,
    percent,
)
from linker.vocabulary.mechanisms import codes, mechanism
from linker.vocabulary.text import clipped

PREFIX = "C-"
BULK, BULK_LISTED, QUOTED = "bulk wanted", 8, 140
MINE = 10
"""Own decisions listed, the last first, to be looked at again."""
OPEN = "open link"
"""Session key of the link whose buttons count; those of the last link may still be on the page."""
AGAIN = 0.04
"""Seconds between two looks whether an explanation is ready."""
AHEAD = 2
"""Links, next in the queue, that are explained before they are shown."""
FILTERS = ("relation", "across", "mechanism", "theme", "said", "by")


def page() -> None:
    """Show the queue, or the link that the address names."""
    here = desk()
    built(here)
    heading("Convergences")
    restore(FILTERS)
    blind, order, wanted = _filters(here)
    remember(FILTERS)
    links = _links(here, wanted, order, blind)
    again = bool(wanted.said or wanted.by)
    queue = waiting(links, () if again else here.verdicts, turns.skipped(PREFIX))
    _progress(here, len(links), len(links) - len(queue), again)
    _last()
    link = here.link(pointed("link")) or (links[queue[0]] if queue else None)
    st.session_state[OPEN] = link.link_id if link else ""
    if link is None:
        _done(here, bool(links))
    else:
        hidden = blind and link.link_id not in here.verdicts
        point("link", link.link_id)
        _judge(here, link, hidden, again)
        _show(here, link, hidden)
        for next_id in [i for i in queue[: AHEAD + 1] if i != link.link_id][:AHEAD]:
            here.bench.explaining(here.snapshot, links[next_id], ahead=True)
        if not (blind or again):
            _bulk(here, [links[link_id] for link_id in queue])
    link_by_hand(here)


def _links(here: Desk, wanted: Wanted, order: str, blind: bool) -> Mapping[str, Convergence]:
    """Return the links to go through: those not judged, or those judged as the filters say."""
    if not (wanted.said or wanted.by):
        return asked(here.snapshot, wanted, order, blind)
    known = ((i, here.link(i)) for i in judged_so(here.bench.words, here.verdicts, wanted))
    return {i: link for i, link in known if link and wanted.takes(here.snapshot, link)}


def _filters(here: Desk) -> tuple[bool, str, Wanted]:
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        order = order_of("order", ORDERS, 210, _forget_link)
        with narrowing(FILTERS):
            wanted = _wanted(here)
        blind = here.independent or st.toggle(
            "Blind",
            key="blind",
            bind="query-params",
            help="Hides how sure Linker is, and why, until you have judged; the order is random. "
            "Who judges independently always judges so.",
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
        relation=filter_of("Relation", "relation", {str(k): v for k, v in RELATIONS.items()}),
        across=filter_of("Across", "across", {name: name for name in ACROSS}),
        mechanism=filter_of("Mechanism", "mechanism", {m: mechanism(m).plural for m in mechanisms}),
        theme=filter_of("Theme", "theme", themes),
        said=filter_of("Judged", "said", JUDGED_SO),
        by=filter_of("By whom", "by", {name: name for name in _reviewers(here)}),
    )


def _reviewers(here: Desk) -> list[str]:
    """Return who judged links; who judges independently is not told."""
    if here.independent:
        return [here.reviewer] if here.reviewer else []
    given = (words for i, words in here.bench.words.items() if i.startswith(PREFIX))
    return sorted({name for words in given for name in words})


def _forget_link() -> None:
    # What is filtered for is wanted at once, not after the link that happened to be open.
    point("link", "")


def _progress(here: Desk, total: int, judged: int, again: bool) -> None:
    if again:
        html(f"<p class='facts'>{counted(total, 'link')} judged so.</p>")
        return
    left = total - judged
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


def _last() -> None:
    """Say what was done last: blind mode shows here how sure Linker had been."""
    done = st.session_state.pop("judged", None)
    if done:
        html(f'<p class="last" role="status">{escape(done)}</p>')


def _answers(link: Convergence, blind: bool) -> list[tuple[str, str, str]]:
    """Return what can be said of a link: verdict or relation, label and key.

    Blind, the answers are those of every link, whatever Linker makes of this one.
    """
    if blind:
        relations: list[tuple[Relation, str, str]] = [
            ("convergence", "Same measure", "A"),
            ("related", "Same issue only", "O"),
            ("opposite", "The contrary", "K"),
        ]
        told = [(_verdict(link, relation), label, key) for relation, label, key in relations]
        return [*told, ("reject", "Neither", "X"), ("unsure", "Unsure", "U")]
    other = _other(link)
    return [
        ("confirm", "Confirm", "A"),
        ("reject", "Reject", "X"),
        ("unsure", "Unsure", "U"),
        (other, f"It is: {RELATIONS[other].lower()}", "O"),
    ]


def _verdict(link: Convergence, relation: Relation) -> str:
    return "confirm" if link.relation == relation else relation


def _judge(here: Desk, link: Convergence, hidden: bool, again: bool) -> None:
    named = bool(here.reviewer)
    if not named:
        ask_reviewer("judge-reviewer")
    html(f'<p class="question">{escape(NEUTRAL if hidden else QUESTIONS[link.relation])}</p>')
    with st.container(key="judge", horizontal=True, vertical_alignment="bottom"):
        for answer, label, key in _answers(link, hidden):
            st.button(
                label,
                key=f"{answer if answer in VERDICTS or hidden else 'other'}-{link.link_id}",
                shortcut=key,
                type="primary" if key == "A" else "secondary",
                disabled=not named,
                on_click=_decide,
                args=(here, link, answer, again),
            )
        st.button(
            "Skip",
            key=f"skip-{link.link_id}",
            shortcut="S",
            on_click=_skip,
            args=(here, link.link_id),
        )
        _undo_button(here)
        st.text_input(
            "Note",
            key=f"note-{link.link_id}",
            placeholder="Note (optional)",
            label_visibility="collapsed",
            max_chars=1000,
        )
        _mine(here)
        turns.mark()


def _mine(here: Desk) -> None:
    """List the reviewer's last decisions; each opens its link, to be judged anew."""
    mine = standing_words(here.bench.log, here.reviewer, [PREFIX])[-MINE:]
    if not mine:
        return
    with st.popover("My last decisions", type="tertiary"):
        for said in reversed(mine):
            link = here.link(said.link_id)
            if link is not None:
                st.button(
                    f"{VERDICTS[said.verdict]}: {_both(here, link)}",
                    key=f"mine-{said.seq}",
                    type="tertiary",
                    on_click=pointer("link", said.link_id),
                )


def _both(here: Desk, link: Convergence) -> str:
    left, right = (here.snapshot.records[i].label for i in (link.left_id, link.right_id))
    return f"{left} ↔ {right}"


def _decide(here: Desk, link: Convergence, answer: str, again: bool) -> None:
    if st.session_state.get(OPEN) != link.link_id:
        # A key pressed twice, or one that reached buttons not yet taken off the page.
        return
    note = str(st.session_state.get(f"note-{link.link_id}", "")).strip()
    try:
        if answer in VERDICTS:
            here.linker.decide(link.link_id, answer, here.reviewer, note)
        else:
            ids = link.left_id, link.right_id
            here.linker.add_convergence(*ids, here.reviewer, note, answer)
    except LinkerError as error:
        st.session_state["judged"] = f"Not written: {error}"
        turns.moved_on()
        return
    st.session_state["judged"] = _told(here, link, answer)
    if again:
        turns.skip(PREFIX, link.link_id, 0)
    _move_on()


def _move_on() -> None:
    turns.moved_on()
    st.session_state[OPEN] = ""
    point("link", "")


def _told(here: Desk, link: Convergence, answer: str) -> str:
    """Return what was done; blind and independent reviewers learn now what was kept from them."""
    what = VERDICTS.get(answer) or NAMES[answer]
    said = f"{what}: {_both(here, link)}."
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


def _skip(here: Desk, link_id: str) -> None:
    if st.session_state.get(OPEN) != link_id:
        return
    turns.skip(PREFIX, link_id, here.bench.log[-1].seq if here.bench.log else 0)
    st.session_state["judged"] = "Put off; it comes again at the end. Undo brings it back."
    _move_on()


def _undo_button(here: Desk) -> None:
    possible = bool(here.reviewer) and bool(
        judging.last_of(here.bench.log, here.reviewer, PREFIX) or turns.last_skip(PREFIX, 0)
    )
    st.button("Undo", key="undo", shortcut="Z", disabled=not possible, on_click=_undo, args=(here,))


def _undo(here: Desk) -> None:
    """Reverse what was done last, a decision or a skip."""
    turns.moved_on()
    own = judging.last_of(here.bench.log, here.reviewer, PREFIX)
    if link_id := turns.last_skip(PREFIX, own[-1].seq if own else 0):
        turns.unskip(PREFIX, link_id)
        st.session_state["judged"] = "Taken back: it is not put off any more."
        point("link", link_id)
        return
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
            st.session_state[BULK] = True
            _confirm(here, queue)


@st.dialog("Confirm all of these?", width="large")
def _confirm(here: Desk, queue: list[Convergence]) -> None:
    records = here.snapshot.records
    listed = "".join(
        f"<li>{percent(link.probability)} {_quoted(records[link.left_id])} ↔ "
        f"{_quoted(records[link.right_id])}</li>"
        for link in queue[:BULK_LISTED]
    )
    more = len(queue) - BULK_LISTED
    html(
        f"<p>{counted(len(queue), 'link')} will be confirmed in the name of "
        f"<b>{escape(here.reviewer)}</b>, among them:</p><ul>{listed}</ul>"
        + (f"<p>and {more:,} more.</p>" if more > 0 else "")
    )
    pressed = st.button(
        f"Confirm {counted(len(queue), 'link')}",
        type="primary",
        key="bulk-confirmed",
        on_click=_confirm_all,
        args=(here, [link.link_id for link in queue]),
    )
    if pressed:
        # A button in a dialog draws only the dialog again: the page must be told to close it.
        st.rerun()


def _quoted(record: Record) -> str:
    text = escape(clipped(record.text, QUOTED))
    return f'<b>{escape(record.label)}</b> <span dir="auto">{text}</span>'


def _confirm_all(here: Desk, ids: list[str]) -> None:
    if not st.session_state.pop(BULK, False):
        return
    batch = batch_of(ids, here.linker.store.version().decisions)
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
