"""Clusters: one measure after the other, with all that ask for it, judged in the review deck."""

from __future__ import annotations

from html import escape
from math import floor

import streamlit as st

from linker.i18n.messages import tr, tr_plural
from linker.review.sampling import FEWEST, Sample, left_among
from linker.ui import deck
from linker.ui.address import remember, restore
from linker.ui.choosing import narrowing, order_of, pick
from linker.ui.cluster_list import ORDERS, Wanted, clusters_of
from linker.ui.desk import Desk, built, desk
from linker.ui.layout import heading, html
from linker.ui.queue import JUDGED_SO
from linker.ui.reviewer import ask_reviewer
from linker.ui.shared_out import assign_form, work_of
from linker.ui.wording import BANDS
from linker.vocabulary.official import official_name

FILTERS = ("cluster-said", "cluster-by", "cluster-theme", "cluster-band", "cluster-mine",
           "cluster-overdue")  # fmt: skip


def page() -> None:
    """Show the deck, and what a random sample says of the rest."""
    here = desk()
    built(here)
    heading(tr("Clusters"), tr("All asks for the same measure, whoever asked and when."))
    restore(FILTERS)
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        order = order_of("cluster-order", ORDERS, 240)
        with narrowing(FILTERS):
            wanted = _wanted(here)
        blind = here.independent or st.toggle(
            tr("Blind"),
            key="cluster-blind",
            bind="query-params",
            help=tr(
                "Hides how sure Linker is; the order is random. Who judges independently always "
                "judges blind."
            ),
        )
        sampled = st.toggle(
            tr("Check a random sample"),
            key="sampled",
            bind="query-params",
            help=tr(
                "Judge likely clusters drawn at random, blind: what you find says how many of "
                "the others are right, and when you may stop."
            ),
        )
    remember(FILTERS)
    if not here.reviewer:
        ask_reviewer("cluster-reviewer")
    deck.deck(here, deck.Hand(order, wanted, blind or sampled, sampled))
    _share_out(here, wanted)
    _when_to_stop(here)


def _wanted(here: Desk) -> Wanted:
    clusters = clusters_of(here)
    themes = sorted({cluster.theme for cluster in clusters} - {""})
    names = {name for given in here.bench.folded.of_clusters.values() for name in given}
    if here.independent:
        names &= {here.reviewer}
    bands = {band: tr(BANDS[band]) for band in ("propose", "ask")}
    work = work_of(here, "cluster")
    left = None if work.is_all else tuple(c.cluster_id for c in clusters if work.cluster(c))
    return Wanted(
        among=left,
        said=pick(tr("Judged"), "cluster-said", {key: tr(so) for key, so in JUDGED_SO.items()}),
        by=pick(tr("By whom"), "cluster-by", {name: name for name in sorted(names)}),
        theme=pick(tr("Theme"), "cluster-theme", {one: official_name(one) for one in themes}),
        band=pick(tr("How sure"), "cluster-band", bands),
    )


def _share_out(here: Desk, wanted: Wanted) -> None:
    """Offer to assign the clusters that the filters leave."""
    said = here.bench.folded.of_clusters
    left = [c for c in clusters_of(here) if wanted.takes(c, said.get(c.cluster_id, {}))]
    with st.expander(tr("Share out")):
        st.caption(
            tr(
                "To a person, an institution or a thematic group: the clusters that the filters "
                "above leave, such as those of one theme. “Mine” then shows each their own."
            )
        )
        keys = [cluster.cluster_id for cluster in left]
        these = tr_plural("these {n:,} cluster", "these {n:,} clusters", len(left))
        assign_form(here, keys, these, "clusters")


@st.fragment
def _when_to_stop(here: Desk) -> None:
    with st.expander(tr("When to stop")):
        known = deck.sample_of(here)
        st.write(_told(known))
        if known.tells and here.reviewer:
            said = tr_plural(
                "{found}: confirm the other {n:,} likely cluster?",
                "{found}: confirm the other {n:,} likely clusters?",
                len(known.rest),
                found=_found(known),
            )
            html(f'<p class="question">{escape(said)}</p>')
            label = tr("Confirm the other {number:,}", number=len(known.rest))
            if st.button(label, key="confirm-unseen"):
                here.linker.clusters.confirm_unseen(known.rest, here.reviewer, str(known))
                st.rerun()
            st.caption(
                tr(
                    "Each is written as confirmed after a random sample, and printed so. One undo "
                    "takes all of them back."
                )
            )
        if st.toggle(tr("What is left among the links that nobody sees"), key="left-among"):
            judged = here.verdicts
            hidden = [
                link
                for link in here.snapshot.hidden
                if link.relation == "convergence" and link.link_id not in judged
            ]
            true, count = left_among(hidden)
            left = tr_plural(
                "About {n:,} true link is left among {unlikely}.",
                "About {n:,} true links are left among {unlikely}.",
                true,
                unlikely=tr_plural("{n:,} unlikely one", "{n:,} unlikely ones", count),
            )
            html(f"<p>{escape(left)}</p>")


def _found(known: Sample) -> str:
    """Return what a sample says, in the language of the page; the log keeps its English."""
    return tr(
        "{right} of {judged} right (at least {least} in 100)",
        right=known.right,
        judged=known.judged,
        least=floor(100 * known.bound),
    )


def _told(known: Sample) -> str:
    if known.tells:
        return tr("The sample is judged.")
    if not known.drawn:
        return tr("There are no likely clusters.")
    if not known.waiting:
        if known.rest:
            return tr("{found}: too few were drawn to speak for the rest.", found=_found(known))
        return tr("{found}. All likely clusters are judged.", found=_found(known))
    if len(known.drawn) <= FEWEST and not known.rest:
        return tr_plural(
            "{n:,} likely cluster still to judge: so few are judged one by one, for there is no "
            "rest that a sample could speak for.",
            "{n:,} likely clusters still to judge: so few are judged one by one, for there is no "
            "rest that a sample could speak for.",
            len(known.waiting),
        )
    return tr_plural(
        "{n:,} cluster of a random sample of {drawn} are still to judge. Switch on “Check a "
        "random sample” above: when they are right, the rest can be confirmed together, and you "
        "know how sure that is: were all {drawn} right, at least {least} in 100 of all are.",
        "{n:,} clusters of a random sample of {drawn} are still to judge. Switch on “Check a "
        "random sample” above: when they are right, the rest can be confirmed together, and you "
        "know how sure that is: were all {drawn} right, at least {least} in 100 of all are.",
        len(known.waiting),
        drawn=len(known.drawn),
        least=floor(100 * known.best),
    )


page()
