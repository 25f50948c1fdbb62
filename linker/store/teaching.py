"""What the SDG engine of a workspace learns from: its own decisions, and exemplars merged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert, select

from linker.review.decisions import standing
from linker.sdg.exemplars import Exemplar
from linker.store import schema
from linker.store.database import writing
from linker.store.store import Store


def merged_exemplars(store: Store) -> list[Exemplar]:
    """Return the exemplars that came from other workspaces; the last word on each stands."""
    table = schema.exemplars
    columns = (table.c.text, table.c.target, table.c.accepted, table.c.source)
    with store.engine.connect() as db:
        rows = db.execute(select(*columns).order_by(table.c.seq))
        found = [Exemplar(**row._mapping) for row in rows]
    return list({exemplar.key: exemplar for exemplar in found}.values())


def merge_exemplars(store: Store, exemplars: Sequence[Exemplar]) -> int:
    """Keep exemplars that say something new, and return how many did. The next build learns them.

    An exemplar that contradicts one merged earlier replaces it.
    """
    known = {exemplar.key: exemplar.accepted for exemplar in merged_exemplars(store)}
    new = [e for e in exemplars if known.get(e.key) is not e.accepted]
    if new:
        with writing(store.engine) as db:
            db.execute(insert(schema.exemplars), [asdict(exemplar) for exemplar in new])
    return len(new)


def reviewed_exemplars(store: Store, state: str | None = None) -> list[Exemplar]:
    """Return all exemplars, by text and target: merged ones, and confirmed and rejected links.

    Where both speak of the same text and target, the decision taken in this workspace stands.

    Args:
        store: the workspace.
        state: whose decisions; those on records of other States teach nothing here, unless they
            were exported and merged, which somebody did knowingly. All decisions when not given.
    """
    found = {exemplar.key: exemplar for exemplar in merged_exemplars(store)}
    for exemplar in _decided(store, state):
        found[exemplar.key] = exemplar
    return [found[key] for key in sorted(found)]


def _decided(store: Store, state: str | None) -> list[Exemplar]:
    found: dict[tuple[str, str], Exemplar] = {}
    said = [(decision, dict(decision.link)) for decision in standing(store.decisions()).values()]
    records = store.records_of({link["record_id"] for _, link in said if "record_id" in link})
    for decision, link in said:
        record = records.get(link.get("record_id", ""))
        if record is None or link.get("indicator") or decision.verdict == "unsure":
            continue
        if state not in (None, record.state) or "." not in link["target"]:
            continue
        accepted = decision.verdict == "confirm"
        key = (record.id, link["target"])
        found[key] = Exemplar(record.text, link["target"], accepted, record.id)
    return [found[key] for key in sorted(found)]
