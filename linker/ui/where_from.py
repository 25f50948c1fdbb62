"""Where the files are: which page of the UN gives which, and what to click there."""

from __future__ import annotations

import streamlit as st

from linker.i18n.messages import tr, tr_later
from linker.ui.layout import html, table

SOURCES = (
    (
        tr_later("Everything of a State, all mechanisms together"),
        "uhri.ohchr.org",
        tr_later("Search human rights recommendations, your State, then Export as JSON or Excel"),
    ),
    (
        tr_later("UPR: report of the Working Group, addendum, matrix of recommendations"),
        "ohchr.org",
        tr_later("Human Rights Bodies, UPR, Documentation, your State, the cycle"),
    ),
    (
        tr_later("UPR: who recommended what"),
        "upr-info-database.uprinfo.org",
        tr_later("your State as State under review, then Export as CSV"),
    ),
    (
        tr_later("Treaty bodies: concluding observations"),
        "tbinternet.ohchr.org",
        tr_later("View by country, your State, Concluding observations, then docx or pdf"),
    ),
    (
        tr_later("Special procedures: reports on visits"),
        "ohchr.org",
        tr_later("Special Procedures, Country and other visits, your State"),
    ),
    (
        tr_later("Any document whose symbol you know"),
        "docs.un.org",
        tr_later("the symbol behind the address, such as docs.un.org/A/HRC/44/9"),
    ),
)
"""What there is, at which address, and what to click there in the English version."""


def where_from(open_now: bool) -> None:
    """Say where the files are that Linker reads.

    Args:
        open_now: whether it is unfolded at first, as for who has no records yet.
    """
    with st.expander(tr("Where to get the files"), expanded=open_now):
        heads = tr("What"), tr("Where"), tr("Click")
        html(table(heads, ((tr(what), where, tr(how)) for what, where, how in SOURCES)))
        st.caption(tr("Take the English version, as Word or PDF, where there is one."))
