"""Decisions of reviewers on links, and what stands after all of them.

The same log holds their edits of themes (``linker.review.edits``), told apart by the id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from linker.errors import UsageError

LinkVerdict = Literal["accept", "reject", "unsure", "undo"]
EditVerdict = Literal["rename", "merge", "split", "move", "umbrella"]
Verdict = LinkVerdict | EditVerdict
VERDICTS: tuple[LinkVerdict, ...] = get_args(LinkVerdict)
"""What can be said of a link."""
EDIT_VERDICTS: tuple[EditVerdict, ...] = get_args(EditVerdict)
"""What can be done to a theme."""
ADJUDICATION = "adjudication"
"""How the note of a decision begins that settles a disagreement between reviewers."""
THEME_PREFIX = "T-"
"""How ids of themes begin; a row of the log with such an id is an edit of themes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's word on one link. Never changed, only followed by another.

    Attributes:
        seq: its number in the log, from 1; 0 before it is written.
        link_id: the link it is about; the theme, for an edit of themes.
        verdict: accept, reject, unsure; ``undo`` takes back the same reviewer's last one. Of a
            theme: rename, merge, split, move, umbrella, undo.
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


def is_theme_edit(decision: Decision) -> bool:
    """Whether a row of the log is an edit of themes and no word on a link."""
    return decision.link_id.startswith(THEME_PREFIX)


def is_adjudication(decision: Decision) -> bool:
    """Whether a decision settles what reviewers disagree about, rather than being one more word."""
    return decision.note.startswith(ADJUDICATION)


def checked_verdict(verdict: str) -> LinkVerdict:
    """Return the verdict on a link.

    Raises:
        UsageError: it is none of accept, reject, unsure, undo.
    """
    for known in VERDICTS:
        if verdict == known:
            return known
    raise UsageError(f"verdict {verdict!r} is not known. Use one of: {', '.join(VERDICTS)}.")


def standing(log: Iterable[Decision]) -> dict[str, Decision]:
    """Return, for each link, the decision that counts, whoever took it.

    Edits of themes are passed over. Each reviewer has a stack of decisions on a link; ``undo``
    pops the reviewer's own. Of what lies on top of the stacks the latest stands; an adjudication
    stands before every other decision, earlier or later.
    """
    stacks: dict[tuple[str, str], list[Decision]] = {}
    about_links = (decision for decision in log if not is_theme_edit(decision))
    for decision in sorted(about_links, key=lambda d: d.seq):
        stack = stacks.setdefault((decision.link_id, decision.reviewer), [])
        if decision.verdict != "undo":
            stack.append(decision)
        elif stack:
            stack.pop()
    last: dict[str, Decision] = {}
    for (link_id, _), stack in stacks.items():
        if stack and (link_id not in last or _weight(stack[-1]) > _weight(last[link_id])):
            last[link_id] = stack[-1]
    return last


def _weight(decision: Decision) -> tuple[bool, int]:
    return is_adjudication(decision), decision.seq
