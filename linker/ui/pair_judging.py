"""What a reviewer does with one pair: says what it is, puts it off, takes back what was last."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.links import BY_HAND, Convergence, Relation
from linker.ui import judging, turns
from linker.ui.address import point, pointer
from linker.ui.cards import NAMES
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.reviewer import ask_reviewer
from linker.ui.wording import (
    NEUTRAL,
    QUESTIONS,
    RELATIONS,
    VERDICTS,
    not_written,
    percent,
    taken_back,
)

PREFIX = "C-"
MINE = 10
"""Own decisions listed, the last first, to be looked at again."""
OPEN, DONE = "open link", "judged"
"""Session keys: the link whose buttons count, as those of the last link may still be on the page;
and what was done last, in words."""


def judge(here: Desk, link: Convergence, hidden: bool, again: bool) -> None:
    """Show the question, its answers, and what is done beside them.

    Args:
        here: the desk.
        link: the pair asked about.
        hidden: blind: the answers are those of every link.
        again: judged links are gone through once more; this one comes last then.
    """
    named = bool(here.reviewer)
    if not named:
        ask_reviewer("judge-reviewer")
    question = tr(NEUTRAL if hidden else QUESTIONS[link.relation])
    html(f'<p class="question">{escape(question)}</p>')
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
            tr("Skip"),
            key=f"skip-{link.link_id}",
            shortcut="S",
            on_click=_skip,
            args=(here, link.link_id),
        )
        undo_button(here)
        st.text_input(
            tr("Note"),
            key=f"note-{link.link_id}",
            placeholder=tr("Note (optional)"),
            label_visibility="collapsed",
            max_chars=1000,
        )
        _mine(here)
        turns.mark()


def _mine(here: Desk) -> None:
    """List the reviewer's last decisions; each opens its link, to be judged anew."""
    mine = here.bench.folded.words_of(here.reviewer, PREFIX)[-MINE:]
    if not mine:
        return
    with st.popover(tr("My last decisions"), type="tertiary"):
        for said in reversed(mine):
            link = here.link(said.link_id)
            if link is not None:
                st.button(
                    f"{tr(VERDICTS[said.verdict])}: {_both(here, link)}",
                    key=f"mine-{said.seq}",
                    type="tertiary",
                    on_click=pointer("link", said.link_id),
                )


def _both(here: Desk, link: Convergence) -> str:
    left, right = (here.snapshot.records[i].label for i in (link.left_id, link.right_id))
    return f"{left} ↔ {right}"


def _answers(link: Convergence, blind: bool) -> list[tuple[str, str, str]]:
    """Return what can be said of a link: verdict or relation, label and key.

    Blind, the answers are those of every link, whatever Linker makes of this one.
    """
    if blind:
        relations: list[tuple[Relation, str, str]] = [
            ("convergence", tr("Same measure"), "A"),
            ("related", tr("Same issue only"), "O"),
            ("opposite", tr("The contrary"), "K"),
        ]
        told = [(_verdict(link, relation), label, key) for relation, label, key in relations]
        return [*told, ("reject", tr("Neither"), "X"), ("unsure", tr("Unsure"), "U")]
    other = _other(link)
    return [
        ("confirm", tr("Confirm"), "A"),
        ("reject", tr("Reject"), "X"),
        ("unsure", tr("Unsure"), "U"),
        (other, tr("It is: {relation}", relation=tr(RELATIONS[other]).lower()), "O"),
    ]


def _verdict(link: Convergence, relation: Relation) -> str:
    return "confirm" if link.relation == relation else relation


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
        st.session_state[DONE] = not_written(error)
        turns.moved_on()
        return
    st.session_state[DONE] = _told(here, link, answer)
    if again:
        turns.skips(PREFIX).add(link.link_id, 0)
    _move_on()


def _move_on() -> None:
    turns.moved_on()
    st.session_state[OPEN] = ""
    point("link", "")


def _told(here: Desk, link: Convergence, answer: str) -> str:
    """Return what was done; blind and independent reviewers learn now what was kept from them."""
    what = tr(VERDICTS.get(answer) or NAMES[answer])
    said = f"{what}: {_both(here, link)}."
    if link.band != BY_HAND:
        estimate = tr(
            "Linker's estimate that both ask the same measure: {percent}.",
            percent=percent(link.probability),
        )
        said += f" {estimate}"
    others = [
        f"{word.reviewer}: {tr(VERDICTS[word.verdict]).lower()}"
        for word in here.bench.words.get(link.link_id, {}).values()
        if word.reviewer != here.reviewer
    ]
    if not others:
        return said
    return f"{said} {tr('Others said: {others}.', others=', '.join(others))}"


def _other(link: Convergence) -> Relation:
    return "related" if link.relation == "convergence" else "convergence"


def _skip(here: Desk, link_id: str) -> None:
    if st.session_state.get(OPEN) != link_id:
        return
    turns.skips(PREFIX).add(link_id, here.bench.last_decision)
    st.session_state[DONE] = tr("Put off; it comes again at the end. Undo brings it back.")
    _move_on()


def undo_button(here: Desk) -> None:
    """Offer to take back what was done last, a decision or a skip."""
    possible = bool(here.reviewer) and bool(
        judging.last_of(here.bench.folded, here.reviewer, PREFIX) or turns.skips(PREFIX).last(0)
    )
    st.button(
        tr("Undo"), key="undo", shortcut="Z", disabled=not possible, on_click=_undo, args=(here,)
    )


def _undo(here: Desk) -> None:
    """Reverse what was done last, a decision or a skip."""
    turns.moved_on()
    own = judging.last_of(here.bench.folded, here.reviewer, PREFIX)
    if link_id := turns.skips(PREFIX).last(own[-1].seq if own else 0):
        turns.skips(PREFIX).drop(link_id)
        st.session_state[DONE] = tr("Taken back: it is not put off any more.")
        point("link", link_id)
        return
    try:
        taken = judging.undo(here.linker, here.bench.folded, here.reviewer, PREFIX)
    except LinkerError as error:
        st.session_state[DONE] = tr("Not taken back: {error}", error=error)
        return
    if taken:
        st.session_state[DONE] = taken_back(len(taken))
        point("link", taken[-1].link_id)
