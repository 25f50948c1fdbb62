"""Convergences: one link after the other, judged by a person."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import wait
from functools import partial
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.links import BY_HAND, Convergence
from linker.review.decisions import Decision
from linker.ui import cards, judging, turns
from linker.ui.address import point, pointed, remember, restore
from linker.ui.bulk_confirm import confirm_many
from linker.ui.choosing import narrowing, order_of, pick, pick_several
from linker.ui.cluster_list import clusters_of
from linker.ui.desk import Desk, built, desk
from linker.ui.hand_links import link_by_hand
from linker.ui.layout import heading, html, page_file
from linker.ui.pair_judging import DONE, OPEN, PREFIX, judge, undo_button
from linker.ui.queue import ACROSS, JUDGED_SO, ORDERS, Wanted, asked, judged_so, waiting
from linker.ui.reviewer import judge_independently
from linker.ui.waterfall import explanation
from linker.ui.wording import BANDS, RELATIONS, counted_links, duration, percent
from linker.ui.workbench import SHOWN
from linker.vocabulary.mechanisms import codes, mechanism
from linker.vocabulary.official import official_name

AGAIN = 0.04
"""Seconds between two looks whether an explanation is ready."""
AHEAD = 2
"""Links, next in the queue, that are explained before they are shown."""
SITTING = 200
"""Links left from which on it is told how many, and the time they take: a countdown from thousands
helps nobody."""
FILTERS = ("relation", "across", "mechanism", "theme", "said", "by")


def page() -> None:
    """Show the queue, or the link that the address names."""
    here = desk()
    built(here)
    heading(tr("Convergences"))
    restore(FILTERS)
    blind, order, wanted = _filters(here)
    remember(FILTERS)
    links = _links(here, wanted, order, blind)
    again = bool(wanted.said or wanted.by)
    queue = waiting(links, () if again else here.verdicts, turns.skips(PREFIX).ids)
    _progress(here, len(links), len(links) - len(queue), again)
    _last()
    link = here.link(pointed("link")) or (links[queue[0]] if queue else None)
    st.session_state[OPEN] = link.link_id if link else ""
    if link is None:
        _done(here, bool(links))
    else:
        hidden = blind and link.link_id not in here.verdicts
        point("link", link.link_id)
        judge(here, link, hidden, again)
        _show(here, link, hidden)
        for next_id in [i for i in queue[: AHEAD + 1] if i != link.link_id][:AHEAD]:
            here.bench.explaining(here.snapshot, links[next_id], ahead=True)
        if not (blind or again):
            confirm_many(here, [links[link_id] for link_id in queue])
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
            tr("Blind"),
            key="blind",
            bind="query-params",
            help=tr(
                "Hides how sure Linker is, and why, until you have judged; the order is random. "
                "Who judges independently always judges so."
            ),
            on_change=_forget_link,
        )
    return blind, order, wanted


def _wanted(here: Desk) -> Wanted:
    themes = {theme.theme_id: official_name(theme.label) for theme in here.snapshot.xray}
    present = {r.mechanism for r in here.snapshot.records.values()}
    mechanisms = [code for code in codes() if code in present]
    names = {str(band): tr(name) for band, name in BANDS.items()}
    bands = pick_several(tr("How sure"), "band", names, SHOWN, _forget_link)
    filter_of = partial(pick, on_change=_forget_link)
    relations = {str(relation): tr(name) for relation, name in RELATIONS.items()}
    made_by = {code: official_name(mechanism(code).plural) for code in mechanisms}
    return Wanted(
        bands=tuple(bands),
        relation=filter_of(tr("Relation"), "relation", relations),
        across=filter_of(tr("Across"), "across", {name: tr(name) for name in ACROSS}),
        mechanism=filter_of(tr("Mechanism"), "mechanism", made_by),
        theme=filter_of(tr("Theme"), "theme", themes),
        said=filter_of(tr("Judged"), "said", {key: tr(so) for key, so in JUDGED_SO.items()}),
        by=filter_of(tr("By whom"), "by", {name: name for name in _reviewers(here)}),
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
        so = tr_plural("{n:,} link judged so.", "{n:,} links judged so.", total)
        html(f"<p class='facts'>{escape(so)}</p>")
        return
    left = total - judged
    if left > SITTING:
        _point_to_clusters(here, judged)
        return
    said = tr("{judged:,} of {links} judged", judged=judged, links=counted_links(total))
    on_links = (said for said in here.bench.log if said.link_id.startswith(PREFIX))
    seconds = judging.pace(on_links, here.reviewer) if here.reviewer else None
    if seconds:
        pace = tr("your pace: {time} each", time=duration(seconds))
        if left > 0:
            to_go = duration(seconds * left)
            pace = tr("your pace: {time} each, {left} to go", time=duration(seconds), left=to_go)
        said += f" · {pace}"
    share = 100 * judged / max(total, 1)
    html(
        f'<div class="progress"><div class="rail" aria-hidden="true"><i style="width:{share:.1f}%">'
        f"</i></div><span>{escape(said)}</span></div>"
    )


def _point_to_clusters(here: Desk, judged: int) -> None:
    """Say what was judged, and that the page Clusters asks whole measures in place of pairs."""
    waiting_there = sum(one.decision is None or bool(one.new) for one in clusters_of(here))
    said = tr_plural("{n:,} link judged.", "{n:,} links judged.", judged)
    asks = tr_plural(
        "Pair by pair is for what you want to look into. Clusters ask about whole measures: "
        "{n:,} question is left there.",
        "Pair by pair is for what you want to look into. Clusters ask about whole measures: "
        "{n:,} questions are left there.",
        waiting_there,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        html(f'<p class="facts">{escape(said)} {escape(asks)}</p>', inline=True)
        st.page_link(page_file("clusters"), label=tr("Review clusters"))


def _last() -> None:
    """Say what was done last: blind mode shows here how sure Linker had been."""
    done = st.session_state.pop(DONE, None)
    if done:
        html(f'<p class="last" role="status">{escape(done)}</p>')


def _show(here: Desk, link: Convergence, hidden: bool) -> None:
    records = here.snapshot.records
    decision = here.verdicts.get(link.link_id)
    html(_headline(link, hidden) + _said(here, link, decision) + "</p>")
    sides = records[link.left_id], records[link.right_id]
    pair, place = st.empty(), st.empty()
    pair.html(cards.pair(link, *sides))
    if hidden:
        st.caption(tr("Blind mode: how sure Linker is, and why, is shown after you have judged."))
        return
    made_of_it = tr("What Linker makes of it"), tr("Why Linker proposes this")
    title = f"<h2>{escape(made_of_it[link.band != BY_HAND])}</h2>"
    waits = f'<p class="facts">{escape(tr("Adding up the evidence …"))}</p>'
    try:
        while not (asked_for := here.bench.explaining(here.snapshot, link)).done():
            # Every write to the page is a moment at which a decision can break off the wait.
            place.html(title + waits)
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
    kind = ""
    if link.reiteration:
        kind = cards.chip(tr("Reiterated in a later cycle"), "reiteration")
    if hidden:
        return f'<p class="sure">{kind}'
    if link.band == BY_HAND:
        relation = cards.chip(tr(RELATIONS[link.relation]))
        return f'<p class="sure"><b>{escape(tr("Added by hand"))}</b> {relation} {kind}'
    issue = tr("{percent} at least the same issue", percent=percent(link.probability_related))
    return (
        f'<p class="sure"><b>{percent(link.probability)}</b> {escape(tr("same measure"))} '
        f'<span class="facts">{escape(issue)}</span> '
        f"{cards.chip(tr(BANDS[link.band]), f'band {link.band}')} {kind}"
    )


def _done(here: Desk, some: bool) -> None:
    if some:
        undo_button(here)
        st.success(tr("Everything that these filters show is judged. Widen them to see more."))
        if here.reviewer and not here.independent:
            st.write(tr("Are you the second reviewer of the same links?"))
            st.button(tr("Judge independently"), key="go-independent", on_click=judge_independently)
    else:
        st.info(tr("No links meet these filters. Take one away, or add “Unlikely” to How sure."))


page()
