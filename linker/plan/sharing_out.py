"""Who works on what: clusters, themes and rows of the plan assigned to people or institutions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from linker.i18n.messages import tr_plural
from linker.plan.entries import STATUSES, PlanEntry
from linker.vocabulary.text import fold_name


def people(entry: PlanEntry | None) -> tuple[str, ...]:
    """Return to whom something is assigned, each by name; a row may have several."""
    said = re.split(r"[;\n]", entry.person) if entry else []
    return tuple(name for part in said if (name := part.strip()))


def everybody(entries: Iterable[PlanEntry]) -> list[str]:
    """Return all to whom something is assigned, by name."""
    return sorted({name for entry in entries for name in people(entry)})


def is_assigned(entries: Mapping[str, PlanEntry], keys: Iterable[str], name: str) -> bool:
    """Whether one of several things is assigned to somebody.

    Args:
        entries: what stands in the plan, by id of a record, theme or cluster.
        keys: ids: of a row, of the theme and clusters that it stands in.
        name: of a person or institution, whatever its case and accents.
    """
    wanted = fold_name(name)
    return bool(wanted) and any(
        fold_name(one) == wanted for key in keys for one in people(entries.get(key))
    )


def not_released(entries: Iterable[PlanEntry]) -> str:
    """Return the sentence about what no administrator released yet; empty where all is.

    Args:
        entries: what was filled in for the rows of a document.
    """
    waiting = sum(entry.is_internal for entry in entries)
    if not waiting:
        return ""
    return tr_plural(
        "Status, result or evidence of {n:,} recommendation not released by an administrator: not "
        "for publication.",
        "Status, result or evidence of {n:,} recommendations not released by an administrator: not "
        "for publication.",
        waiting,
    )


def is_overdue(entry: PlanEntry | None, today: str) -> bool:
    """Whether a deadline has passed: a day, a month or a year before today's.

    Args:
        entry: what was filled in; None where nothing was.
        today: ISO 8601 date.
    """
    due = entry.deadline if entry else ""
    done = entry.status == STATUSES[-1] if entry else True
    return bool(due) and due < today[: len(due)] and not done
