"""The clusters of a theme where one reads it: what each asks, and a word on it without leaving."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.review.cluster_results import ShownCluster
from linker.review.roles import Right
from linker.themes.theme import Theme
from linker.ui import cards
from linker.ui.cluster_list import clusters_of
from linker.ui.desk import Desk
from linker.ui.layout import html, plain
from linker.ui.wording import VERDICTS, not_written

SHOWN, MORE = "theme-clusters-shown", 5


def theme_clusters(here: Desk, theme: Theme) -> None:
    """List the clusters of a theme, those that wait first, each to be confirmed or rejected."""
    found = [cluster for cluster in clusters_of(here) if cluster.theme == theme.label]
    if not found:
        return
    ranked = sorted(found, key=lambda c: (not _waits(c), -len(c.records), c.cluster_id))
    said = tr_plural("{n:,} cluster of this theme", "{n:,} clusters of this theme", len(found))
    with st.expander(said, icon=":material/join_inner:"):
        number = st.session_state.get(f"{SHOWN}-{theme.theme_id}", MORE)
        for cluster in ranked[:number]:
            _cluster(here, cluster)
        if len(ranked) > number:
            st.button(
                tr("Show more"),
                key="more-clusters",
                on_click=_more,
                args=(f"{SHOWN}-{theme.theme_id}", number),
            )


def _waits(cluster: ShownCluster) -> bool:
    return cluster.decision is None or bool(cluster.new)


def _cluster(here: Desk, cluster: ShownCluster) -> None:
    with st.container(border=True, gap="small"):
        html(
            f"<h2>{escape(cluster.title)}</h2><p class='facts'>{escape(cluster.summary)}</p>"
            f"<p class='sure'>{cards.decision_chip(cluster.decision)}</p>{_asks(cluster)}"
        )
        if here.reviewer and here.may(Right.DECIDE):
            _ways(here, cluster)


def _asks(cluster: ShownCluster) -> str:
    """Return all asks of a cluster, for a word on it is one on each; many scroll by themselves."""
    lines = "".join(
        f"<li><b>{escape(one.record.label)}</b> <span dir='auto'>{escape(one.text)}</span></li>"
        for one in cluster.members
    )
    return f"<div class='asks' tabindex='0'><ul>{lines}</ul></div>"


def _ways(here: Desk, cluster: ShownCluster) -> None:
    """Offer what can be said of a cluster; of one judged by oneself, to take that back."""
    key = cluster.cluster_id
    ways: Sequence[tuple[str, str]] = (
        ("confirm", tr("All ask the same: confirm")),
        ("reject", tr("Reject")),
        ("unsure", tr("Unsure")),
    )
    if here.reviewer in here.bench.folded.of_clusters.get(key, {}) and not cluster.new:
        ways = (("undo", tr("Take back")),)
    with st.container(horizontal=True, gap="small"):
        for verdict, label in ways:
            st.button(
                plain(label),
                key=f"theme-{verdict}-{key}",
                type="tertiary",
                on_click=_decide,
                args=(here, key, verdict),
            )


def _decide(here: Desk, cluster_id: str, verdict: str) -> None:
    try:
        here.linker.clusters.decide(cluster_id, verdict, here.reviewer)
    except LinkerError as error:
        st.toast(not_written(error))
        return
    st.toast(tr("Taken back.") if verdict == "undo" else f"{tr(VERDICTS[verdict])}.")


def _more(key: str, number: int) -> None:
    st.session_state[key] = number + MORE
