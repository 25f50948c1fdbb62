"""What "Were we heard?" says, in sentences that the page, the document and the workbook share."""

from __future__ import annotations

from linker.documents.citation import reference
from linker.documents.shown_links import percent
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.records.record import Record
from linker.uptake.results import Answer, AskedItem, Uptake
from linker.vocabulary.official import official_name, official_state

CAUTION = tr_later(
    "Computed from the files imported, and nothing else: “not found” means not found "
    "in them. A recommendation that asks for the same need not have come from the "
    "submission. Everything here is a proposal; read both texts before you cite one."
)
OUTCOME_NAMES = (
    tr_later("came back"), tr_later("came back weaker"), tr_later("perhaps came back"),
    tr_later("same issue only"), tr_later("raised elsewhere"), tr_later("not found"),
)  # fmt: skip
"""What can become of an ask (`linker.uptake.results.OUTCOMES`), as it is said."""
EARLIER_SHOWN = 3
IN_FULL = 5
"""Answers to an ask that a document prints in full; the others are cited."""


def about(uptake: Uptake) -> str:
    """Return what was compared with what, in a sentence."""
    review = (
        tr("the review of UPR cycle {cycle}", cycle=uptake.cycle)
        if uptake.cycle
        else tr("no UPR review")
    )
    return tr(
        "{asks} of {file} compared with {records} of {state}; the submission is read as "
        "one to {review}.",
        asks=tr_plural("{n} ask", "{n} asks", len(uptake)),
        file=uptake.file,
        records=tr_plural("{n} record", "{n} records", uptake.compared),
        state=official_state(uptake.state),
        review=review,
    )


def positions(uptake: Uptake) -> str:
    """Return how many of the recommendations that took asks up have which position."""
    found: dict[str, set[str]] = {}
    for item in uptake:
        for answer in item.heard:
            found.setdefault(answer.record.position or tr("no position known"), set()).add(
                answer.record.id
            )
    total = len({record_id for ids in found.values() for record_id in ids})
    if not total:
        return tr("No recommendation of the review asks for the same, in the files imported.")
    parts = ", ".join(
        f"{len(ids)} {official_name(position)}" for position, ids in sorted(found.items())
    )
    return tr(
        "{recommendations} of the review may take asks up: {parts}.",
        recommendations=tr_plural("{n} recommendation", "{n} recommendations", total),
        parts=parts,
    )


def taken_up_by(uptake: Uptake) -> str:
    """Return which States recommended what was asked, most asks first; empty where none."""
    said = [f"{name} ({number})" for name, number in uptake.recommenders().items()]
    return tr("Taken up by: {said}.", said=", ".join(said)) if said else ""


def cited(record: Record) -> str:
    """Return symbol and paragraph of a record, and its review: what a reader looks up."""
    if not record.is_cyclic or not (record.symbol and record.paragraph):
        return reference(record)
    review = official_name(record.mechanism)
    review = (
        tr("{review} cycle {cycle}", review=review, cycle=record.cycle) if record.cycle else review
    )
    return tr(
        "{symbol}, para. {paragraph}, {review}",
        symbol=record.symbol,
        paragraph=record.paragraph,
        review=review,
    )


def by_whom(record: Record) -> str:
    """Return who recommended it: States, else the body."""
    return ", ".join(map(official_state, record.recommending_states)) or record.raised_by


def how_sure(answer: Answer) -> str:
    """Return the mark of an answer: how likely it is that both ask the same."""
    chance = f"{percent(answer.link.probability)} %"
    if answer.link.relation == "opposite":
        return tr("asks for the contrary, {chance}", chance=chance)
    if not answer.same:
        issue = percent(answer.link.probability_related)
        return tr("same issue {issue} %, same measure {chance}", issue=issue, chance=chance)
    weaker = f"; {tr('weaker')}" if answer.strength == "weaker" else ""
    return tr("proposal, {chance}", chance=chance) + weaker


def before(item: AskedItem) -> str:
    """Return the recommendations of earlier reviews that ask the same; empty where none."""
    found = [cited(answer.record) for answer in item.before]
    more = (
        tr(" and {number} more", number=len(found) - EARLIER_SHOWN)
        if len(found) > EARLIER_SHOWN
        else ""
    )
    return (
        tr("Asked before: {found}{more}.", found="; ".join(found[:EARLIER_SHOWN]), more=more)
        if found
        else ""
    )


def more(item: AskedItem) -> str:
    """Return the answers beyond `IN_FULL`, cited with how sure each is; empty where none."""
    rest = [f"{cited(one.record)} [{how_sure(one)}]" for one in item.shown[IN_FULL:]]
    return tr("And {rest}.", rest="; ".join(rest)) if rest else ""


def place(item: AskedItem) -> str:
    """Return how an ask is named: what the file cites, else its number and where it stands."""
    record = item.item
    return record.cites or ", ".join(part for part in (record.id, record.row) if part)
