"""Decisions of reviewers on links, and what stands after all of them.

The same log holds their edits of themes (``linker.review.edits``), told apart by their kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from linker.errors import Invalid

LinkVerdict = Literal["confirm", "reject", "unsure", "undo"]
EditVerdict = Literal["rename", "merge", "split", "move", "umbrella"]
Verdict = LinkVerdict | EditVerdict
VERDICTS: tuple[LinkVerdict, ...] = get_args(LinkVerdict)
"""What can be said of a link."""
EDIT_VERDICTS: tuple[EditVerdict, ...] = get_args(EditVerdict)
"""What can be done to a theme."""
DecisionKind = Literal["word", "settlement", "edit", "undo", "sample"]
KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
"""What a row of the log is: a reviewer's word on a link, one that settles what reviewers disagree
about, an edit of themes (its undo too), the undo of a word, a word on what nobody looked at
because a random sample was right."""
OLD_VERDICTS = {"accept": "confirm"}
"""What logs and scripts of before said."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's word on one link. Never changed, only followed by another.

    Attributes:
        seq: its number in the log, from 1; 0 before it is written.
        link_id: the link it is about; the theme, for an edit of themes.
        verdict: confirm, reject, unsure; ``undo`` takes back the same reviewer's last one. Of a
            theme: rename, merge, split, move, umbrella, undo.
        reviewer: who decided.
        note: why, if they said.
        at: when, ISO 8601 in UTC.
        link: what the link was at that moment (ids, codes, probability), so that the decision
            can be read when the link is no longer proposed.
        kind: one of `KINDS`.
        batch: what decisions taken together share; empty for one taken alone.
    """

    seq: int
    link_id: str
    verdict: Verdict
    reviewer: str
    note: str
    at: str
    link: tuple[tuple[str, str], ...] = ()
    kind: DecisionKind = "word"
    batch: str = ""


def is_theme_edit(decision: Decision) -> bool:
    """Whether a row of the log is an edit of themes and no word on a link."""
    return decision.kind == "edit"


def is_settlement(decision: Decision) -> bool:
    """Whether a decision settles what reviewers disagree about, rather than being one more word."""
    return decision.kind == "settlement"


def is_unseen(decision: Decision) -> bool:
    """Whether nobody looked at what was decided: a random sample spoke for it."""
    return decision.kind == "sample"


def checked_verdict(verdict: str) -> LinkVerdict:
    """Return the verdict on a link.

    Raises:
        UsageError: it is none of confirm, reject, unsure, undo.
    """
    meant = OLD_VERDICTS.get(verdict, verdict)
    for known in VERDICTS:
        if meant == known:
            return known
    raise Invalid(f"verdict {verdict!r} is not known. Use one of: {', '.join(VERDICTS)}.")


def stacks(log: Iterable[Decision]) -> dict[tuple[str, str], list[Decision]]:
    """Return, for each link and reviewer, the decisions not taken back, oldest first.

    Each reviewer has a stack of decisions on a link, and ``undo`` pops the reviewer's own. A stack
    may be empty. Edits of themes are passed over.
    """
    found: dict[tuple[str, str], list[Decision]] = {}
    about_links = (decision for decision in log if not is_theme_edit(decision))
    for decision in sorted(about_links, key=lambda d: d.seq):
        stack = found.setdefault((decision.link_id, decision.reviewer), [])
        if decision.verdict != "undo":
            stack.append(decision)
        elif stack:
            stack.pop()
    return found


def standing(log: Iterable[Decision]) -> dict[str, Decision]:
    """Return, for each link, the decision that counts, whoever took it.

    Of what lies on top of the reviewers' `stacks` the latest stands; a settlement stands before
    every other decision, earlier or later.
    """
    last: dict[str, Decision] = {}
    for (link_id, _), stack in stacks(log).items():
        if stack and (link_id not in last or _weight(stack[-1]) > _weight(last[link_id])):
            last[link_id] = stack[-1]
    return last


def _weight(decision: Decision) -> tuple[bool, int]:
    return is_settlement(decision), decision.seq
