"""Work shared out, and what may be published: lines of the plan's log that a person writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from linker.convergence.cluster import PREFIX as CLUSTER
from linker.errors import Invalid, NotFound
from linker.plan.entries import PUBLIC, RELEASED, PlanChange, PlanEntry, checked_value
from linker.store.plan_log import append_plan, plan_changes
from linker.store.store import Store
from linker.workspace.arranging import edited
from linker.workspace.clustering import edited_clusters

THEME = "T-"
"""What ids of themes begin with."""


def assign(store: Store, keys: Sequence[str], person: str, reviewer: str) -> list[PlanChange]:
    """Assign records, themes or clusters, whoever had them before.

    Args:
        store: the workspace.
        keys: ids of records (rows of the plan), themes (``T-…``), clusters (``CL-…``).
        person: people or institutions, parted by ";"; empty for nobody.
        reviewer: who assigns.

    Raises:
        UsageError: no name of who assigns, or none of the ids is there.
    """
    known = _known(store, keys)
    for key in keys:
        if key not in known:
            raise NotFound(
                f"{key}: no such record, theme or cluster here. `linker records`, `linker themes` "
                "and `linker clusters` list their ids."
            )
    value = checked_value("person", person.strip())
    return _written(store, [(key, "person", value) for key in dict.fromkeys(keys)], reviewer)


def release(store: Store, keys: Sequence[str], on: bool, reviewer: str) -> list[PlanChange]:
    """Release status, result and evidence of records for the public, or take a release back.

    Args:
        store: the workspace.
        keys: ids of records.
        on: False takes a release back.
        reviewer: who releases.

    Raises:
        UsageError: no name, no such record, or nothing that could be released.
    """
    for key in keys:
        store.known_record(key)

    def says_something(entry: PlanEntry) -> bool:
        return not on or any(entry.value(field) for field in PUBLIC)

    value = "yes" if on else ""
    lines = [(key, RELEASED, value) for key in dict.fromkeys(keys)]
    return _written(store, lines, reviewer, says_something)


def take_back(store: Store, changes: Iterable[PlanChange], reviewer: str) -> list[PlanChange]:
    """Undo assignments and releases: what stood before them stands again.

    Args:
        store: the workspace.
        changes: lines of the log, as they were written.
        reviewer: who takes them back.

    Raises:
        UsageError: no name, or somebody changed one of them since.
    """
    log, lines = plan_changes(store), []
    for change in changes:
        same = [c for c in log if (c.record_id, c.field) == (change.record_id, change.field)]
        if not same or same[-1].seq != change.seq:
            raise Invalid(f"{change.record_id} was changed since: look at it again.")
        before = same[-2].value if len(same) > 1 else ""
        lines.append((change.record_id, change.field, before))
    return _written(store, lines, reviewer)


def signed(reviewer: str) -> str:
    """Return the name that stands beside a change of the plan.

    Raises:
        Invalid: there is none.
    """
    if name := reviewer.strip():
        return name
    raise Invalid("This needs a name (--reviewer NAME): it stands beside the change.")


def _written(
    store: Store,
    lines: Iterable[tuple[str, str, str]],
    reviewer: str,
    wanted: Callable[[PlanEntry], bool] = lambda _: True,
) -> list[PlanChange]:
    """Write the lines that say something new, of the entries that are wanted."""
    name = signed(reviewer)

    def decide(entries: dict[str, PlanEntry]) -> list[PlanChange]:
        return [
            PlanChange(0, key, field, value, name, "")
            for key, field, value in lines
            if wanted(entry := entries.get(key, PlanEntry())) and _stands(entry, field) != value
        ]

    return append_plan(store, decide)


def _stands(entry: PlanEntry, field: str) -> str:
    return ("yes" if entry.released else "") if field == RELEASED else entry.value(field)


def _known(store: Store, keys: Iterable[str]) -> set[str]:
    """Return those of some ids that are there."""
    found = {key for key in keys if store.record(key) is not None}
    for state in store.states():
        if any(key.startswith(THEME) for key in keys):
            found |= {theme.theme_id for theme in edited(store, state).themes}
        if any(key.startswith(CLUSTER) for key in keys):
            found |= {cluster.cluster_id for cluster in edited_clusters(store, state).clusters}
    return found
