"""Compares the actions of a national plan with the records of a State."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from linker.convergence.convergence import ConvergenceLinker
from linker.plan.action_verdicts import verdict_on
from linker.plan.entries import Measure, PlanEntry, measure_ids
from linker.records.importers.submission import SUBMISSION
from linker.records.record import Record
from linker.review.results import asked
from linker.uptake.alignment import Aligned, Alignment

_MARK = "\x00"
"""Before the ids of actions while they are compared: records may have the same."""


def align(
    actions: Sequence[Measure],
    state: str,
    records: Sequence[Record],
    linker: ConvergenceLinker,
    english: Callable[[Record], Record] = lambda record: record,
) -> Alignment:
    """Return each action beside each record, most probable first, as nobody judged them yet.

    Args:
        actions: of the national plan.
        state: the State, ISO 3166-1 alpha-3.
        records: all of the State's; submissions are left aside.
        linker: compares them.
        english: returns a record as it is compared: in English.
    """
    within = [r for r in records if r.mechanism != SUBMISSION and not r.wordless]
    by_id = {r.id: r for r in within}
    named = {f"{_MARK}{one.id}": one for one in actions}
    texts = [Record(id=key, text=one.title, state=state) for key, one in named.items()]
    pairs = []
    for link in linker.across(list(map(english, texts)), list(map(english, within))):
        key = link.left_id if link.left_id in named else link.right_id
        _, other, number = link.beside(key)
        record = by_id[other]
        pairs.append(Aligned(named[key], record, link, asked(record, number)))
    return Alignment(tuple(actions), tuple(within), tuple(pairs))


def with_verdicts(found: Alignment, plan: Mapping[str, PlanEntry]) -> Alignment:
    """Return an alignment with what people said of its pairs, and those that only they made.

    Args:
        found: the alignment.
        plan: what was filled in, by record id.
    """
    pairs = [_judged(pair, plan) for pair in found.pairs]
    met = {(pair.action.id, pair.record.id) for pair in pairs}
    actions = {action.id: action for action in found.actions}
    for record in found.records:
        for key in measure_ids(plan[record.id].measure) if record.id in plan else ():
            if key in actions and (key, record.id) not in met:
                pairs.append(Aligned(actions[key], record, None, record.text, linked=True))
    place = {key: number for number, key in enumerate(actions)}
    pairs.sort(key=lambda p: (place[p.action.id], -p.probability, p.record.id))
    return replace(found, pairs=tuple(pairs))


def _judged(pair: Aligned, plan: Mapping[str, PlanEntry]) -> Aligned:
    verdict = verdict_on(pair.action.id, plan.get(pair.record.id, PlanEntry()))
    return replace(pair, linked=verdict == "confirm", declined=verdict == "reject")
