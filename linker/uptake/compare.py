"""Compares what a submission asks with everything a State received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from linker.convergence.convergence import ConvergenceLinker
from linker.records.importers.submission import SUBMISSION, Submission
from linker.records.record import Record
from linker.review.results import asked
from linker.uptake.results import Answer, AskedItem, Uptake

_MARK = "\x00"
"""Before the ids of items while they are compared: a file may name its rows as records are."""


def compare(
    submission: Submission,
    state: str,
    records: Sequence[Record],
    linker: ConvergenceLinker,
    cycle: str = "",
    english: Callable[[Record], Record] = lambda record: record,
) -> Uptake:
    """Return what came back of a submission in the recommendations of a State.

    Every item is compared with every record that is no submission itself. A recommendation of a
    review before the one that the submission is for cannot be its answer: it is kept apart.

    Args:
        submission: what it asks.
        state: the State, ISO 3166-1 alpha-3.
        records: all of the State's.
        linker: compares them.
        cycle: of the review that it is for; the one it names itself, else the newest, unless given.
        english: returns a record as it is compared: in English.
    """
    own = {(item.id, item.text) for item in submission.items}
    within = [
        record
        for record in records
        if record.mechanism != SUBMISSION
        and (record.id, record.text) not in own
        and not record.wordless
    ]
    review = cycle or submission.cycle or newest_cycle(within)
    by_id = {record.id: record for record in within}
    items = {
        f"{_MARK}{number}": replace(item, id=f"{_MARK}{number}", mechanism=SUBMISSION)
        for number, item in enumerate(submission.items)
    }
    found = defaultdict(list)
    for link in linker.across(list(map(english, items.values())), list(map(english, within))):
        key = link.left_id if link.left_id in items else link.right_id
        mine, other, theirs = link.beside(key)
        record = by_id[other]
        asks = asked(items[key], mine), asked(record, theirs)
        found[key].append(Answer(record, link, *asks, is_earlier(record, review)))
    return Uptake(
        submission.file,
        state,
        review,
        tuple(
            AskedItem(item, tuple(sorted(found[f"{_MARK}{number}"], key=_place)))
            for number, item in enumerate(submission.items)
        ),
        len(within),
    )


def newest_cycle(records: Sequence[Record]) -> str:
    """Return the newest UPR cycle that records name, or an empty text."""
    return max((r.cycle for r in records if r.is_cyclic and r.cycle), key=_number, default="")


def is_earlier(record: Record, cycle: str) -> bool:
    """Whether a record is a recommendation of a review before that of a cycle."""
    return (
        record.is_cyclic and bool(record.cycle and cycle) and _number(record.cycle) < _number(cycle)
    )


def _place(answer: Answer) -> tuple[bool, float, float, str]:
    link = answer.link
    return answer.earlier, -link.probability, -link.probability_related, answer.record.id


def _number(cycle: str) -> tuple[int, str]:
    return (int(cycle), "") if cycle.isdecimal() else (0, cycle)
