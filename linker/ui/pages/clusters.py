"""Clusters: one measure after the other, with all that ask for it, judged by a person."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.links import BY_HAND
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.review.cluster_words import ask_name
from linker.review.edits import standing_edits
from linker.ui import cards, judging
from linker.ui.address import point, pointed
from linker.ui.frame import Desk, built, desk, heading, html, reviewer_field
from linker.ui.wording import BANDS, VERDICTS, counted, percent

PREFIX = "CL-"
VERDICT_KEYS = (("confirm", "Confirm", "A"), ("reject", "Reject", "X"), ("unsure", "Unsure", "U"))
OPEN, SKIPPED, DONE = "open cluster", "skipped clusters", "cluster judged"
"""Session keys: the cluster whose buttons count, those put off, and what was done last."""
MEMBERS = 25
"""Members shown at once."""


def page() -> None:
    """Show the next cluster to judge, or the one that the address names."""
    here = desk()
    built(here)
    heading("Clusters", "All asks for the same measure, whoever asked and when.")
    clusters = _clusters(here)
    waiting = _waiting(clusters)
    html(
        f"<p class='facts'>{counted(len(clusters), 'cluster')} of two records or more; "
        f"{len(waiting):,} to judge.</p>"
    )
    if done := st.session_state.pop(DONE, ""):
        html(f'<p class="last" role="status">{escape(done)}</p>')
    named = next((c for c in clusters if c.cluster_id == pointed("cluster")), None)
    cluster = named or (waiting[0] if waiting else None)
    st.session_state[OPEN] = cluster.cluster_id if cluster else ""
    if cluster is None:
        st.success("Every cluster is judged." if clusters else "No measure is asked for twice.")
        return
    point("cluster", cluster.cluster_id)
    if not here.reviewer:
        with st.container(border=True):
            reviewer_field("cluster-reviewer")
    _head(cluster)
    _judge(here, cluster)
    _members(here, cluster)


def _clusters(here: Desk) -> list[ShownCluster]:
    store = here.bench.linker.store
    version = "clusters", len(here.bench.log), store.cluster_digest(here.state)
    return here.snapshot.keep(version, lambda: list(here.bench.linker.clusters(here.state)))


def _waiting(clusters: list[ShownCluster]) -> list[ShownCluster]:
    """Return what waits to be judged, what was skipped last: nobody did, or records came since."""
    skipped = st.session_state.get(SKIPPED, [])
    found = [cluster for cluster in clusters if cluster.decision is None or cluster.new]
    place = {cluster_id: number for number, cluster_id in enumerate(skipped)}
    return sorted(found, key=lambda c: place.get(c.cluster_id, -1))


def _head(cluster: ShownCluster) -> None:
    band = cards.chip(BANDS[cluster.cluster.band], cluster.cluster.band)
    said = cards.decision_chip(cluster.decision) if cluster.decision else ""
    since = f" · since {cluster.since}" if cluster.since else ""
    theme = f" · {cluster.theme}" if cluster.theme else ""
    targets = "".join(cards.goal_chip(target.target) for target in cluster.targets)
    html(
        f"<h2>{escape(cluster.title)}</h2><p class='facts'>{escape(cluster.summary)}"
        f"{escape(since + theme)}</p><p class='sure'>{band} {percent(cluster.probability)} {said} "
        f"{targets}</p>{cards.note_line(cluster.decision)}"
    )


def _judge(here: Desk, cluster: ShownCluster) -> None:
    html('<p class="question">Do all of these ask the same measure?</p>')
    key = cluster.cluster_id
    with st.container(key="judge", horizontal=True, vertical_alignment="bottom"):
        for verdict, label, shortcut in VERDICT_KEYS:
            st.button(
                label,
                key=f"{verdict}-{key}",
                shortcut=shortcut,
                type="primary" if verdict == "confirm" else "secondary",
                disabled=not here.reviewer,
                on_click=_decide,
                args=(here, cluster, verdict),
            )
        st.button("Next", key=f"skip-{key}", shortcut="S", on_click=_skip, args=(key,))
        possible = bool(here.reviewer) and _last_row(here) > 0
        st.button(
            "Undo", key="undo", shortcut="Z", disabled=not possible, on_click=_undo, args=(here,)
        )
        with st.popover("Rename"):
            title = st.text_input("Title", value=cluster.title, key=f"title-{key}", max_chars=160)
            st.button(
                "Give it this title",
                key=f"rename-{key}",
                disabled=not here.reviewer or title == cluster.title,
                on_click=_change,
                args=(here, "rename", key, title),
            )


def _members(here: Desk, cluster: ShownCluster) -> None:
    number = st.session_state.get(f"shown-{cluster.cluster_id}", MEMBERS)
    ordered = sorted(cluster.members, key=lambda member: not member.asked_about)
    for member in ordered[:number]:
        with st.container(border=True, key=f"member-{_key(cluster, member)}"):
            html(cards.record_card(member.record, member.member.ask, footer=_footer(member)))
            st.button(
                "Take out",
                key=f"out-{_key(cluster, member)}",
                disabled=not here.reviewer or len(cluster.records) < 2,
                on_click=_change,
                args=(here, "take_out", cluster.cluster_id, [member.record.id]),
            )
    if len(ordered) > number:
        left = len(ordered) - number
        st.button(f"Show {left:,} more", on_click=_more, args=(cluster.cluster_id, number))


def _key(cluster: ShownCluster, member: ShownMember) -> str:
    return f"{cluster.cluster_id}-{ask_name(member.member.key)}"


def _footer(member: ShownMember) -> str:
    held = member.member
    if held.band == BY_HAND:
        return f"<p class='sure'>{cards.chip('Put here by hand')}</p>"
    word = BANDS[held.band]
    if held.torn:
        word = "Confirmed together with one that it was parted from"
    said = f" {cards.decision_chip(member.decision)}" if member.decision else ""
    return f"<p class='sure'>{cards.chip(word, held.band)} {percent(held.probability)}{said}</p>"


def _decide(here: Desk, cluster: ShownCluster, verdict: str) -> None:
    if st.session_state.get(OPEN) != cluster.cluster_id:
        return
    try:
        here.linker.clusters.decide(cluster.cluster_id, verdict, here.reviewer)
    except LinkerError as error:
        st.session_state[DONE] = f"Not written: {error}"
        return
    st.session_state[DONE] = f"{VERDICTS[verdict]}: {cluster.title}."
    _move_on()


def _change(here: Desk, verb: str, cluster_id: str, what: object) -> None:
    if st.session_state.get(OPEN) != cluster_id:
        return
    try:
        with here.exclusive() as linker:
            getattr(linker.clusters, verb)(cluster_id, what, here.reviewer)
    except LinkerError as error:
        st.session_state[DONE] = f"Not changed: {error}"
        return
    st.session_state[DONE] = "Changed; Undo takes it back."


def _undo(here: Desk) -> None:
    """Take back the reviewer's last word or edit, whichever came last."""
    edits = _edits(here)
    try:
        if edits and edits[-1] == _last_row(here):
            with here.exclusive() as linker:
                taken = linker.clusters.undo(here.reviewer, edits[-1]).theme_id
        else:
            taken = judging.undo(here.linker, here.bench.log, here.reviewer, PREFIX)[-1].link_id
    except LinkerError as error:
        st.session_state[DONE] = f"Not taken back: {error}"
        return
    st.session_state[DONE] = "Taken back."
    point("cluster", taken)


def _last_row(here: Desk) -> int:
    """Return the number in the log of what one undo takes back; 0 where there is nothing."""
    words = judging.last_of(here.bench.log, here.reviewer, PREFIX)
    return max([*(word.seq for word in words), *_edits(here)], default=0)


def _edits(here: Desk) -> list[int]:
    edits = standing_edits(here.bench.log, here.state, "cluster")
    return [edit.seq for edit in edits if edit.reviewer == here.reviewer]


def _skip(cluster_id: str) -> None:
    skipped = [key for key in st.session_state.get(SKIPPED, []) if key != cluster_id]
    st.session_state[SKIPPED] = [*skipped, cluster_id]
    _move_on()


def _more(cluster_id: str, number: int) -> None:
    st.session_state[f"shown-{cluster_id}"] = number + MEMBERS


def _move_on() -> None:
    st.session_state[OPEN] = ""
    point("cluster", "")


page()
