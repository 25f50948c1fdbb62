"""Records and links as HTML. Everything that comes from a file is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from linker.documents.citation import quoted
from linker.documents.writers.phrasing import contrasting
from linker.i18n.messages import tr
from linker.links import BY_HAND, Convergence, SdgLink
from linker.reading.occlusion import Spans
from linker.records.asks import cut
from linker.records.record import Record
from linker.review.decisions import Decision, is_settlement, is_unseen
from linker.sdg.framework import framework
from linker.ui.wording import RELATIONS, VERDICTS
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_state, official_title
from linker.vocabulary.text import is_right_to_left
from linker.vocabulary.tokens import carries_meaning, stem, tokenise, words
from linker.workspace.explaining import Explanation

NAMES: dict[str, str] = {str(relation): name for relation, name in RELATIONS.items()}
BOLD, FOUND = ("<b>", "</b>"), ('<mark class="found">', "</mark>")
"""What stands around phrases that carry a link, and around words that were looked for."""
STATES = 8
"""Recommending States named, at the most."""


def chip(text: str, kind: str = "", colour: str = "") -> str:
    """Return a small label; ``colour`` paints it, with the legible one of black and white."""
    style = ""
    if colour:
        style = f' style="background:{colour};color:{contrasting(colour, least=4.5)}"'
    return f'<span class="chip {escape(kind, quote=True)}"{style}>{escape(text)}</span>'


def mechanism_chip(record: Record) -> str:
    """Return the body of a record in the colour of its mechanism."""
    body = official_name(record.body or record.mechanism) or tr("Record")
    return chip(body, f"mech {record.mechanism.lower()}")


def position_chip(record: Record) -> str:
    """Return what the State said to a recommendation, or nothing."""
    if not record.position:
        return ""
    note = f" ({record.position_note})" if record.position_note else ""
    said = official_name(record.position) + note
    return chip(said, f"position {record.position.replace(' ', '-')}")


def goal_chip(code: str) -> str:
    """Return a target or indicator on its goal's official colour."""
    return chip(code, "goal", framework().colour(code))


def decision_chip(decision: Decision | None) -> str:
    """Return what was decided, by whom and when, or nothing."""
    if decision is None:
        return ""
    what = tr(VERDICTS[decision.verdict])
    if is_settlement(decision):
        what = tr("Settled: {verdict}", verdict=what.lower())
    elif dict(decision.link).get("origin") == BY_HAND:
        relation = NAMES.get(dict(decision.link).get("relation", ""), "")
        what = tr("Added by hand")
        if relation:
            what = tr("Said to be: {relation}", relation=tr(relation).lower())
    if is_unseen(decision):
        what = tr("{verdict} after a random sample", verdict=what)
    return chip(f"{what} · {decision.reviewer}, {decision.at[:10]}", f"verdict {decision.verdict}")


def words_chips(words: Iterable[Decision]) -> str:
    """Return what each reviewer said of a link, the first to say it first."""
    return " ".join(decision_chip(said) for said in sorted(words, key=lambda d: d.seq))


def note_line(decision: Decision | None) -> str:
    """Return the note of a decision, or nothing."""
    if decision is None or not decision.note:
        return ""
    return f'<p class="facts note">{escape(decision.reviewer)}: “{escape(decision.note)}”</p>'


def citation(record: Record) -> str:
    """Return where a record stands: its symbol and paragraph, or UPR cycle and paragraph."""
    if record.cites:
        return record.cites
    if record.is_cyclic and record.cycle:
        cited = tr("Cycle {cycle}", cycle=record.cycle)
    else:
        cited = record.symbol or record.id
    if not record.paragraph:
        return cited
    return tr("{cited}, para. {paragraph}", cited=cited, paragraph=record.paragraph)


def facts(record: Record) -> str:
    """Return what else is known of a record, in one line."""
    made = mechanism(record.mechanism)
    known = [official_name(made.plural) if made.code != record.body else ""]
    known += [record.symbol if record.is_cyclic and record.cycle else ""]
    known += [str(record.year) if record.year else ""]
    if record.recommending_states:
        names = [official_state(state) for state in record.recommending_states]
        left = len(names) - STATES
        shown = names if left <= 0 else [*names[:STATES], tr("{left} more", left=left)]
        # Behind a colon no language wants an article: "by Philippines", "par France" are wrong.
        known.append(tr("asked by: {states}", states=", ".join(shown)))
    return " · ".join(part for part in known if part)


def words_found(record: Record, text: str) -> Spans:
    """Return where a record has the words that were looked for, in any of their forms.

    Args:
        record: the record.
        text: what was looked for; function words count only where there is nothing else.
    """
    asked = words(text)
    wanted = {stem(word) for word in [*filter(carries_meaning, asked)] or asked}
    found = ((one.start, one.end) for one in tokenise(record.text) if stem(one.word) in wanted)
    return tuple(found) if wanted else ()


def cite_button(record: Record) -> str:
    """Return a button that copies a record as a citation; see citing.js."""
    said = escape(quoted(record), quote=True)
    label = escape(tr("Copy as citation"))
    return f'<button type="button" class="cite" data-cite="{said}">{label}</button>'


def marked_text(
    record: Record, ask: int | None = None, carrying: Spans = (), found: Spans = ()
) -> str:
    """Return a record's text with context in grey and, if given, the linked ask marked.

    Args:
        record: the record.
        ask: number of the ask among the record's asks, from 0.
        carrying: first and past-last characters of the phrases in that ask that carry the link.
        found: the same of words that were looked for.
    """
    text, html, done, number = record.text, [], 0, -1
    for part in cut(record.text, record.language):
        html.append(escape(text[done : part.start]))
        words = _phrases(text, part.start, part.end, found, FOUND)
        if part.role == "context":
            html.append(f'<span class="context">{words}</span>')
        else:
            number += 1
            linked = _phrases(record.text, part.start, part.end, carrying)
            html.append(f"<mark>{linked}</mark>" if number == ask else words)
        done = part.end
    return "".join(html) + escape(text[done:])


def _phrases(text: str, start: int, end: int, carrying: Spans, tags: tuple[str, str] = BOLD) -> str:
    """Return a stretch of a text with some of its phrases in bold, or in other tags."""
    html, place = [], start
    for first, last in carrying:
        if place <= first and last <= end:
            phrase = escape(text[first:last])
            html.append(f"{escape(text[place:first])}{tags[0]}{phrase}{tags[1]}")
            place = last
    return "".join(html) + escape(text[place:end])


def record_card(
    record: Record,
    ask: int | None = None,
    footer: str = "",
    text_class: str = "",
    carrying: Spans = (),
    found: Spans = (),
) -> str:
    """Return a record as it is shown everywhere.

    Args:
        record: the record.
        ask: number of the ask to mark, from 0.
        footer: HTML, already escaped, to stand below the text.
        text_class: class of the text, such as ``clipped``.
        carrying: phrases of that ask that carry the link, by their characters.
        found: words that were looked for, by their characters.
    """
    direction = "rtl" if is_right_to_left(record.text) else "ltr"
    language = escape(record.language or "en", quote=True)
    return (
        f'<article class="record {record.mechanism.lower()}">'
        f"<header>{mechanism_chip(record)}"
        f'<span class="cited">{escape(citation(record))}</span>{position_chip(record)}</header>'
        f'<p class="facts">{escape(facts(record))}</p>'
        f'<p class="text {text_class}" dir="{direction}" lang="{language}">'
        f"{marked_text(record, ask, carrying, found)}</p>"
        f"{footer}</article>"
    )


def pair(
    link: Convergence, left: Record, right: Record, explained: Explanation | None = None
) -> str:
    """Return both records of a link side by side (one above the other on a narrow screen).

    Args:
        link: the link.
        left: its left record.
        right: its right record.
        explained: why it was proposed, where that is known: carrying phrases are marked.
    """
    marks = [side.marks for side in explained.sides] if explained else [(), ()]
    cards = record_card(left, link.left_ask, carrying=marks[0])
    cards += record_card(right, link.right_ask, carrying=marks[1])
    return f'<div class="pair" data-link="{link.link_id}">{cards}</div>'


def sdg_title(link: SdgLink) -> str:
    """Return code, official title and, for an indicator, role, tier and custodian."""
    entry = framework()[link.indicator or link.target]
    details = []
    if link.role:
        indirect = tr("tells something about it")
        details.append(tr("measures this directly") if link.role == "direct" else indirect)
    details += [tr("Tier {tier}", tier=entry.tier) if entry.tier else ""]
    details += [tr("compiled by {agency}", agency=entry.custodian) if entry.custodian else ""]
    line = " · ".join(part for part in details if part)
    small = f'<span class="facts">{escape(line)}</span>' if line else ""
    title = escape(official_title(entry.code, entry.title))
    return (
        f'<div class="sdg {"indicator" if link.indicator else "target"}">{goal_chip(entry.code)}'
        f'<span class="title">{title}{small}</span></div>'
    )


def bar(counts: dict[str, int], largest: int) -> str:
    """Return a bar cut by mechanism, its length relative to the largest one, with its words."""
    total = sum(counts.values())
    pieces = "".join(
        f'<i class="{name.lower() or "other"}" style="flex:{number}"></i>'
        for name, number in counts.items()
        if number
    )
    words = " · ".join(
        f"{official_name(name) or tr('other')} {number}"
        for name, number in counts.items()
        if number
    )
    width = 100 * total / max(largest, 1)
    return (
        f'<div class="bar"><div class="pieces" style="width:{width:.1f}%" aria-hidden="true">'
        f'{pieces}</div><span class="facts">{escape(words)}</span></div>'
    )
