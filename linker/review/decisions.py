"""Decisions of reviewers on links, and what stands after all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from linker.errors import UsageError

Verdict = Literal["accept", "reject", "unsure", "undo"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's word on one link. Never changed, only followed by another.

    Attributes:
        seq: its number in the log, from 1; 0 before it is written.
        link_id: the link it is about.
        verdict: accept, reject, unsure; ``undo`` takes back the same reviewer's last one.
        reviewer: who decided.
        note: why, if they said.
        at: when, ISO 8601 in UTC.
        link: what the link was at that moment (ids, codes, probability), so that the decision
            can be read when the link is no longer proposed.
    """

    seq: int
    link_id: str
    verdict: Verdict
    reviewer: str
    note: str
    at: str
    link: tuple[tuple[str, str], ...] = ()


def checked_verdict(verdict: str) -> Verdict:
    """Return the verdict.

    Raises:
        UsageError: it is none of accept, reject, unsure, undo.
    """
    for known in VERDICTS:
        if verdict == known:
            return known
    raise UsageError(f"verdict {verdict!r} is not known. Use one of: {', '.join(VERDICTS)}.")


def standing(log: Iterable[Decision]) -> dict[str, Decision]:
    """Return, for each link, the last decision that was not undone, whoever took it.

    Each reviewer has a stack of decisions on a link; ``undo`` pops the reviewer's own. Of what is
    left on all stacks the latest stands.
    """
    stacks: dict[tuple[str, str], list[Decision]] = {}
    for decision in sorted(log, key=lambda d: d.seq):
        stack = stacks.setdefault((decision.link_id, decision.reviewer), [])
        if decision.verdict != "undo":
            stack.append(decision)
        elif stack:
            stack.pop()
    last: dict[str, Decision] = {}
    for (link_id, _), stack in stacks.items():
        if stack and (link_id not in last or stack[-1].seq > last[link_id].seq):
            last[link_id] = stack[-1]
    return last
