"""Says on a page that stands still that others decided meanwhile.

Only where others can be at work: on a server, or where people log in. What they said is not told
before it is asked for: who judges independently must not see it, and no card may change under a
hand that is about to click.
"""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.review.roles import Person
from linker.store.location import Server
from linker.store.store import Store

LOOKED_EVERY = 1.5
"""Seconds between two looks: what others decide shows within two, the look itself included."""


def meanwhile(store: Store, seen: int, reviewer: str, person: Person | None) -> None:
    """Look on, from now on, whether others decide; show it with a button that draws the page anew.

    Args:
        store: the workspace.
        seen: number of the last decision that the page shows.
        reviewer: whose own decisions are no news.
        person: who looks; None on one's own machine.
    """
    if person is not None or isinstance(store.location, Server):
        _watched(store, seen, reviewer)


def decided_by_others(store: Store, seen: int, reviewer: str) -> int:
    """Return how many decisions others wrote after one; none where the workspace does not answer.

    Args:
        store: the workspace.
        seen: number of that decision.
        reviewer: whose own do not count.
    """
    try:
        return sum(one.reviewer != reviewer for one in store.decisions(after=seen))
    except LinkerError:  # the next click says so
        return 0


@st.fragment(run_every=LOOKED_EVERY)
def _watched(store: Store, seen: int, reviewer: str) -> None:
    number = decided_by_others(store, seen, reviewer)
    if not number:
        return
    with st.container(key="meanwhile", horizontal=True, vertical_alignment="center"):
        st.caption(
            tr_plural(
                "{n:,} decision of others since this page was drawn.",
                "{n:,} decisions of others since this page was drawn.",
                number,
            )
        )
        if st.button(tr("Show"), key="meanwhile-show", type="tertiary"):
            st.rerun()
