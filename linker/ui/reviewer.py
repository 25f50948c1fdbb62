"""Whoever reviews: what they are called, and whether they judge without seeing others."""

from __future__ import annotations

import streamlit as st

from linker.i18n.messages import tr
from linker.review.roles import MEANING, Person, Right
from linker.ui import access
from linker.ui.address import session_value, set_session_value


def reviewer_field(key: str) -> None:
    """Ask for the reviewer's name; it stays with the session and the address.

    Who logged in is not asked: what they may decide carries their identity.
    """
    if person := access.acting():
        st.info(
            tr(
                "You are a {role} here: you {meaning}.",
                role=tr(person.role),
                meaning=tr(MEANING[person.role]),
            )
        )
        return
    st.text_input(
        tr("Your name, as it stands beside your decisions"),
        value=session_value("reviewer"),
        key=key,
        max_chars=80,
        on_change=lambda: set_session_value("reviewer", str(st.session_state[key]).strip()),
    )


def ask_reviewer(key: str) -> None:
    """Ask for the reviewer's name where decisions are about to be taken, and say what it is for."""
    with st.container(border=True):
        reviewer_field(key)
        st.caption(tr("Asked once. It is written beside each decision, on this machine only."))


def independent_field(key: str) -> None:
    """Ask whether to judge without seeing what others said; it stays with the session."""
    st.toggle(
        tr("Judge independently"),
        value=session_value("independent") == "true",
        key=key,
        help=tr(
            "For a second reviewer: links that others judged are offered too, and what the others "
            "said is hidden until you have judged. The page Agreement compares you afterwards."
        ),
        on_change=lambda: judge_independently(bool(st.session_state[key])),
    )


def judge_independently(on: bool = True) -> None:
    """Keep in session and address whether what others said is hidden."""
    set_session_value("independent", "true" if on else "")


def reviewer_menu(person: Person | None) -> None:
    """Offer, in the bar above every page, what the reviewer is called and how they judge."""
    name = session_value("reviewer") if person is None else access.called(person)
    if name and session_value("independent") == "true":
        name = tr("{name} · independent", name=name)
    with st.popover(name or tr("Your name"), icon=":material/person:", type="tertiary"):
        if person is None:
            reviewer_field("bar-reviewer")
        else:
            access.badge(person)
        if person is None or person.may(Right.DECIDE):
            independent_field("bar-independent")
