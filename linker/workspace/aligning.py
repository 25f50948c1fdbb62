"""Compares the actions of a national plan with the records of a State."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from linker.convergence.convergence import ConvergenceLinker
from linker.plan.entries import Measure, PlanEntry
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
    plan: Mapping[str, PlanEntry],
    linker: ConvergenceLinker,
    english: Callable[[Record], Record] = lambda record: record,
) -> Alignment:
    """Return each action beside each record, most probable first.

    Args:
        actions: of the national plan.
        state: the State, ISO 3166-1 alpha-3.
        records: all of the State's; submissions are left aside.
        plan: what was filled in, by record id.
        linker: compares them.
        english: returns a record as it is compared: in English.
    """
    within = [r for r in records if r.mechanism != SUBMISSION and not r.wordless]
    by_id, place = {r.id: r for r in within}, {one.id: n for n, one in enumerate(actions)}
    named = {f"{_MARK}{one.id}": one for one in actions}
    texts = [Record(id=key, text=one.title, state=state) for key, one in named.items()]
    chosen = {(m.strip(), key) for key, entry in plan.items() for m in entry.measure.split(";")}
    pairs = []
    for link in linker.across(list(map(english, texts)), list(map(english, within))):
        key = link.left_id if link.left_id in named else link.right_id
        _, other, number = link.beside(key)
        action, record = named[key], by_id[other]
        linked = (action.id, record.id) in chosen
        pairs.append(Aligned(action, record, link, asked(record, number), linked))
    met = {(pair.action.id, pair.record.id) for pair in pairs}
    for action_id, record_id in sorted(chosen - met):
        if action_id in place and record_id in by_id:
            record = by_id[record_id]
            pairs.append(Aligned(actions[place[action_id]], record, None, record.text, linked=True))
    pairs.sort(key=lambda p: (place[p.action.id], -p.probability, p.record.id))
    return Alignment(tuple(actions), tuple(within), tuple(pairs))
