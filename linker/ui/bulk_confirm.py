"""Confirming many pairs at once, after a look at the first of them."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.links import Convergence
from linker.records.record import Record
from linker.review.events import batch_of
from linker.ui.address import point
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.pair_judging import DONE
from linker.ui.wording import counted_links, percent
from linker.vocabulary.text import clipped

BULK, BULK_LISTED, QUOTED = "bulk wanted", 8, 140


def confirm_many(here: Desk, queue: list[Convergence]) -> None:
    """Offer to confirm all that the filters leave, where that is more than one."""
    if len(queue) < 2 or not here.reviewer:
        return
    with st.expander(tr("Confirm many at once")):
        st.write(
            tr(
                "The filters above leave {links} still to judge. Confirm them together when you "
                "trust the whole band; one undo takes all of it back.",
                links=counted_links(len(queue)),
            )
        )
        if st.button(tr("Confirm all {number:,} …", number=len(queue)), key="bulk"):
            st.session_state[BULK] = True
            # The title of a dialog is read where it is declared: here, in the reader's language.
            st.dialog(tr("Confirm all of these?"), width="large")(_confirm)(here, queue)


def _confirm(here: Desk, queue: list[Convergence]) -> None:
    records = here.snapshot.records
    listed = "".join(
        f"<li>{percent(link.probability)} {_quoted(records[link.left_id])} ↔ "
        f"{_quoted(records[link.right_id])}</li>"
        for link in queue[:BULK_LISTED]
    )
    more = len(queue) - BULK_LISTED
    intro = tr_plural(
        "{n:,} link will be confirmed in the name of {name}, among them:",
        "{n:,} links will be confirmed in the name of {name}, among them:",
        len(queue),
        name=here.reviewer,
    )
    rest = f"<p>{escape(tr('and {number:,} more.', number=more))}</p>" if more > 0 else ""
    html(f"<p>{escape(intro)}</p><ul>{listed}</ul>{rest}")
    pressed = st.button(
        tr("Confirm {links}", links=counted_links(len(queue))),
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
        st.session_state[DONE] = tr("Nothing was written: {error}", error=error)
    else:
        st.session_state[DONE] = tr(
            "Confirmed {links} together. Undo takes all of them back.",
            links=counted_links(len(ids)),
        )
    point("link", "")
