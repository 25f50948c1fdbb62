"""What "Were we heard?" says, in sentences that the page, the document and the workbook share."""

from __future__ import annotations

from linker.documents.citation import reference
from linker.documents.inputs import counted, percent
from linker.records.record import Record
from linker.uptake.results import Answer, AskedItem, Uptake
from linker.vocabulary.states import state_name

CAUTION = (
    "Computed from the files imported, and nothing else: “not found” means not found in them. A "
    "recommendation that asks for the same need not have come from the submission. Everything here "
    "is a proposal; read both texts before you cite one."
)
EARLIER_SHOWN = 3
IN_FULL = 5
"""Answers to an ask that a document prints in full; the others are cited."""


def about(uptake: Uptake) -> str:
    """Return what was compared with what, in a sentence."""
    review = f"the review of UPR cycle {uptake.cycle}" if uptake.cycle else "no UPR review"
    return (
        f"{counted(len(uptake), 'ask')} of {uptake.file} compared with "
        f"{counted(uptake.compared, 'record')} of {state_name(uptake.state)}; "
        f"the submission is read as one to {review}."
    )


def positions(uptake: Uptake) -> str:
    """Return how many of the recommendations that took asks up have which position."""
    found: dict[str, set[str]] = {}
    for item in uptake:
        for answer in item.heard:
            found.setdefault(answer.record.position or "no position known", set()).add(
                answer.record.id
            )
    total = len({record_id for ids in found.values() for record_id in ids})
    if not total:
        return "No recommendation of the review asks for the same, in the files imported."
    parts = ", ".join(f"{len(ids)} {position}" for position, ids in sorted(found.items()))
    return f"{counted(total, 'recommendation')} of the review may take asks up: {parts}."


def taken_up_by(uptake: Uptake) -> str:
    """Return which States recommended what was asked, most asks first; empty where none."""
    said = [f"{name} ({number})" for name, number in uptake.recommenders().items()]
    return f"Taken up by: {', '.join(said)}." if said else ""


def cited(record: Record) -> str:
    """Return symbol and paragraph of a record, and its review: what a reader looks up."""
    if not record.is_cyclic or not (record.symbol and record.paragraph):
        return reference(record)
    review = f"{record.mechanism} cycle {record.cycle}" if record.cycle else record.mechanism
    return f"{record.symbol}, para. {record.paragraph}, {review}"


def by_whom(record: Record) -> str:
    """Return who recommended it: States, else the body."""
    return ", ".join(map(state_name, record.recommending_states)) or record.raised_by


def how_sure(answer: Answer) -> str:
    """Return the mark of an answer: how likely it is that both ask the same."""
    chance = f"{percent(answer.link.probability)} %"
    if answer.link.relation == "opposite":
        return f"asks for the contrary, {chance}"
    if not answer.same:
        issue = percent(answer.link.probability_related)
        return f"same issue {issue} %, same measure {chance}"
    weaker = f"; {answer.strength}" if answer.strength == "weaker" else ""
    return f"proposal, {chance}{weaker}"


def before(item: AskedItem) -> str:
    """Return the recommendations of earlier reviews that ask the same; empty where none."""
    found = [cited(answer.record) for answer in item.before]
    more = f" and {len(found) - EARLIER_SHOWN} more" if len(found) > EARLIER_SHOWN else ""
    return f"Asked before: {'; '.join(found[:EARLIER_SHOWN])}{more}." if found else ""


def more(item: AskedItem) -> str:
    """Return the answers beyond `IN_FULL`, cited with how sure each is; empty where none."""
    rest = [f"{cited(one.record)} [{how_sure(one)}]" for one in item.shown[IN_FULL:]]
    return f"And {'; '.join(rest)}." if rest else ""


def place(item: AskedItem) -> str:
    """Return how an ask is named: what the file cites, else its number and where it stands."""
    record = item.item
    return record.cites or ", ".join(part for part in (record.id, record.row) if part)
