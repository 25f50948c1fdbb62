"""The review deck in a page: what it is dealt, and what it sends back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from linker.i18n.language import bcp47, language, speaking
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.review.cluster_results import ShownCluster
from linker.review.decisions import Decision
from linker.review.edits import standing_edits
from linker.review.events import cluster_of, last_events
from linker.review.sampling import Sample, sample
from linker.ui.address import point, pointed
from linker.ui.cluster_cards import card, version_of
from linker.ui.cluster_list import Wanted, all_clusters, clusters_of, in_order
from linker.ui.deck_hand import Dealt, done, follow
from linker.ui.desk import Desk, desk
from linker.ui.layout import HERE
from linker.ui.wording import counted_clusters

KEY, DEALT = "deck", "deck dealt"
AHEAD = 15
"""Cards that the browser holds ahead, so that the next one shows at once."""
FIRST = 2
"""Cards that a deck is dealt which has none: the rest follow while the first is read."""
MINE = 10
"""Own decisions beside the deck."""
QUESTION = tr_later("Do all of these ask the same measure?")


@dataclass(frozen=True, slots=True)
class Hand:
    """What the page asks of the deck.

    Attributes:
        order: one of `linker.ui.cluster_list.ORDERS`.
        wanted: which clusters.
        blind: how sure Linker is stays hidden.
        sampled: only the likely ones drawn at random.
    """

    order: str
    wanted: Wanted
    blind: bool
    sampled: bool


@st.fragment
def deck(here: Desk, hand: Hand) -> None:
    """Show the deck. A decision draws only this part of the page again.

    Args:
        here: the desk as the page was drawn; what was decided since is read again.
        hand: what is asked about, and how.
    """
    dealt: Dealt = st.session_state.setdefault(DEALT, Dealt())
    now = desk()
    if named := pointed("cluster"):
        dealt.opened = named
        point("cluster", "")
    held = st.session_state.get(KEY)
    sent: Mapping[str, Any] = (held.get("sent") if held else None) or {}
    with speaking(language()):  # asked once, not for each of the messages of fifteen cards
        data = _dealt(now, hand, dealt, sent)
    _component()(
        data=data,
        key=KEY,
        default={"sent": None},
        on_sent_change=partial(_follow, here),
    )


def sample_of(here: Desk) -> Sample:
    """Return the random sample of the State's likely clusters and what was said of it."""
    changed = {
        edit.theme_id for edit in standing_edits(here.bench.folded.edits, here.state, "cluster")
    }
    return sample(clusters_of(here), changed)


def _follow(here: Desk) -> None:
    dealt: Dealt = st.session_state.setdefault(DEALT, Dealt())
    sent = st.session_state[KEY].get("sent") or {}
    st.session_state[f"{DEALT} answers"] = follow(here, dealt, sent)


def _dealt(here: Desk, hand: Hand, dealt: Dealt, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the browser needs to show the deck as it stands now."""
    clusters = clusters_of(here)
    chosen, total = _chosen(here, hand, clusters)
    last = dealt.last if hand.wanted.again else dealt.skipped.ids
    order = in_order(chosen, hand.order, last, hand.blind)
    known = {one.cluster_id: one for one in all_clusters(here)}
    have = set(sent.get("have", ()))
    ahead = [one.cluster_id for one in order[:AHEAD]]
    wanted = ahead if have else ahead[:FIRST]
    more = len(ahead) > len(wanted)
    wanted += [key for key in (dealt.opened, str(sent.get("open", ""))) if key in known]
    cards = {
        key: card(known[key], hand.blind and known[key].decision is None)
        for key in wanted
        if f"{key}@{version_of(known[key], _hidden(hand, known[key]))}" not in have
    }
    session = str(sent.get("session", ""))
    titles = [[one.cluster_id, one.title] for one in clusters]
    titled = _digest(titles)
    mine = here.bench.folded.own.get(here.reviewer, ())
    return {
        "scope": _scope(here, hand),
        "language": bcp47(),
        "session": session,
        "acked": dealt.acked.get(session, 0),
        "logged": here.bench.last_decision,
        "answers": st.session_state.pop(f"{DEALT} answers", []),
        "order": [one.cluster_id for one in order],
        "cards": list(cards.values()),
        "more": more,
        "opened": dealt.opened,
        "named": bool(here.reviewer),
        "question": tr(QUESTION),
        "progress": _progress(hand, len(order), total),
        "empty": _empty(hand, clusters),
        "mine": [_told(here, known, rows) for rows in last_events(mine, MINE)],
        "titled": titled,
        # Most of an answer, and hardly ever other than those that the browser says it holds.
        "titles": None if sent.get("titled") == titled else titles,
    }


def _hidden(hand: Hand, cluster: ShownCluster) -> bool:
    return hand.blind and cluster.decision is None


def _chosen(
    here: Desk, hand: Hand, clusters: Sequence[ShownCluster]
) -> tuple[list[ShownCluster], int]:
    """Return the clusters to go through, and how many there were before any was judged."""
    if hand.sampled:
        known = sample_of(here)
        waiting = set(known.waiting)
        return [one for one in clusters if one.cluster_id in waiting], len(known.drawn)
    said = here.bench.folded.of_clusters
    found = [one for one in clusters if hand.wanted.takes(one, said.get(one.cluster_id, {}))]
    return found, len(clusters)


def _scope(here: Desk, hand: Hand) -> str:
    """Return a digest of what is asked about: where it changes, the deck begins anew."""
    return _digest((here.state, here.reviewer, here.independent, hand))


def _digest(held: object) -> str:
    return hashlib.sha256(repr(held).encode()).hexdigest()[:10]


def _progress(hand: Hand, left: int, total: int) -> str:
    if hand.sampled:
        return tr(
            "Random sample: {judged:,} of {total:,} judged.", judged=total - left, total=total
        )
    if hand.wanted.again:
        return tr_plural("{n:,} cluster judged so.", "{n:,} clusters judged so.", left)
    return tr(
        "{left:,} of {clusters} of two records or more to judge.",
        left=left,
        clusters=counted_clusters(total),
    )


def _empty(hand: Hand, clusters: Sequence[ShownCluster]) -> str:
    if hand.sampled:
        return tr("The sample is judged. “When to stop” below says what it tells of the rest.")
    if hand.wanted == Wanted():
        return tr("Every cluster is judged.") if clusters else tr("No measure is asked for twice.")
    if not hand.wanted.again and any(map(hand.wanted.fits, clusters)):
        return tr("Every cluster that meets these filters is judged. Take one away to see more.")
    return tr("No cluster meets these filters. Take one away to see more.")


def _told(here: Desk, known: Mapping[str, ShownCluster], rows: Sequence[Decision]) -> list[str]:
    """Return the cluster to open (empty where none), what was done, and to what, in words."""
    key = cluster_of(rows)
    if key in known:
        return [key, done(rows), known[key].title]
    return ["", done(rows), _in_words(here, dict(rows[0].link)) or rows[0].link_id]


def _in_words(here: Desk, link: Mapping[str, str]) -> str:
    """Return what a decision was about, by what the log keeps of it; empty where it keeps none."""
    records = here.snapshot.records
    sides = [link[one] for one in ("left_id", "right_id", "record_id") if one in link]
    labels = " ↔ ".join(records[one].label if one in records else one for one in sides)
    return labels or link.get("title", "")


@cache
def _component() -> Any:
    scripts = (HERE / "deck.js", *sorted(HERE.glob("deck_*.js")))
    return st.components.v2.component(
        "linker.deck",
        html='<div class="deck-root"></div>',
        css=(HERE / "deck.css").read_text(encoding="utf-8"),
        js="\n".join(path.read_text(encoding="utf-8") for path in scripts),
        isolate_styles=False,
    )
