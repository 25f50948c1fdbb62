"""A cluster as a card of the review deck: what is asked, by whom, and what differs."""

from __future__ import annotations

import hashlib
from collections import Counter
from html import escape
from typing import Any

from linker.i18n.language import language
from linker.i18n.messages import tr
from linker.links import BY_HAND
from linker.reading.occlusion import Spans, ask_of, merged_spans, shifted
from linker.reading.record_reading import word_rarity
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.review.cluster_words import ask_name
from linker.ui import cards
from linker.ui.sdg_lines import sdg_lines
from linker.ui.wording import sure
from linker.vocabulary.official import official_name
from linker.vocabulary.tokens import carries_meaning, stem, tokenise

SHARED = 0.5
"""A word is marked where the asks of at least this share of the other members hold it."""
OWN = 0.25
"""A word tells a member from the others where fewer than this share of them hold it."""
DIFFERENCES = 6
"""Words named, at most, that tell a member from the others."""
TELLING = 0.5
"""Rarity from which on a word tells something: "ensure" and "take" lie below it, "law" above."""
MEMBERS = 40
"""Members of a card at the most; of a larger cluster those in doubt, then the surest."""


def card(cluster: ShownCluster, blind: bool) -> dict[str, Any]:
    """Return a cluster as the deck takes it: plain data, HTML escaped.

    Args:
        cluster: the cluster.
        blind: leave out how sure Linker is.
    """
    members = sorted(cluster.members, key=lambda member: not member.asked_about)
    shown = members[:MEMBERS]
    held = [_stems(member) for member in members]
    said = Counter(root for roots in held for root in roots)
    return {
        "id": cluster.cluster_id,
        "version": version_of(cluster, blind),
        "title": cluster.title,
        "summary": cluster.summary,
        "head": _head(cluster, blind),
        "more": len(members) - len(shown),
        "members": [
            _member(member, roots, said, len(members), blind)
            for member, roots in zip(shown, held, strict=False)
        ],
        "goals": sdg_lines(cluster, blind),
    }


def version_of(cluster: ShownCluster, blind: bool) -> str:
    """Return a digest of what a card shows: the browser keeps a card until it changes."""
    decided = cluster.decision.seq if cluster.decision else 0
    said = [(i.link.link_id, i.decision and i.decision.seq) for s in cluster.sdg for i in s.items]
    keys = [one.member.key for one in cluster.members]
    held = [language(), blind, cluster.title, decided, said, *keys]
    return hashlib.sha256(repr(held).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _head(cluster: ShownCluster, blind: bool) -> str:
    since = tr("since {when}", when=cluster.since) if cluster.since else ""
    facts = " · ".join(part for part in (since, official_name(cluster.theme)) if part)
    band = ""
    if not blind:
        held = cluster.cluster.band
        band = f"{cards.chip(sure(held, cluster.probability), held)} "
    said = cards.decision_chip(cluster.decision)
    return (
        f"<p class='facts'>{escape(facts)}</p><p class='sure'>{band}{said}</p>"
        f"{cards.note_line(cluster.decision)}"
    )


def _member(
    member: ShownMember, roots: frozenset[str], said: Counter[str], count: int, blind: bool
) -> dict[str, Any]:
    others = max(1, count - 1)
    common = {root for root in roots if (said[root] - 1) / others >= SHARED}
    own = {root for root in roots if (said[root] - 1) / others < OWN}
    footer = _differs(member.text, own) + _doubt(member, blind)
    return {
        "key": ask_name(member.member.key),
        "record": member.record.id,
        "label": member.record.label,
        "doubt": member.asked_about and not blind,
        "html": cards.record_card(
            member.record, member.member.ask, footer, carrying=_spans(member, common)
        ),
    }


def _doubt(member: ShownMember, blind: bool) -> str:
    held = member.member
    if held.band == BY_HAND:
        return f"<p class='sure'>{cards.chip(tr('Put here by hand'))}</p>"
    if blind:
        return ""
    word = sure(held.band, held.probability)
    if held.torn:
        word = tr("Confirmed together with one that it was parted from")
    return f"<p class='sure'>{cards.chip(word, held.band)}</p>" if held.asked_about else ""


def _differs(text: str, own: set[str]) -> str:
    """Return the words that tell an ask from the others, as it writes them.

    Its first word too, however common: to consider ratifying is not to ratify.
    """
    tokens = tokenise(text)
    telling = [
        token.word
        for token in tokens
        if stem(token.word) in own
        and (token is tokens[0] or word_rarity(stem(token.word)) >= TELLING)
    ]
    found = list(dict.fromkeys(telling))[:DIFFERENCES]
    if not found:
        return ""
    only, words = escape(tr("Only here:")), escape(", ".join(found))
    return f"<p class='facts differs'>{only} <b>{words}</b></p>"


def _stems(member: ShownMember) -> frozenset[str]:
    words = (token.word for token in tokenise(member.text) if carries_meaning(token.word))
    return frozenset(map(stem, words))


def _spans(member: ShownMember, common: set[str]) -> Spans:
    """Return the stretches of a record's text that the others say too."""
    text = member.text
    found = [
        (token.start, token.end)
        for token in tokenise(text)
        if stem(token.word) in common and carries_meaning(token.word)
    ]
    return shifted(merged_spans(text, found), ask_of(member.record, member.member.ask).start)
