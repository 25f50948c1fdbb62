"""What brings a database of an older Linker to the tables of this one, a version a step.

A step may use no code that tomorrow's Linker changes: it speaks SQL to the tables as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, text

EARLIER = "earlier imports"
"""Name of the source that holds what was imported before sources were kept."""
BATCH = 1000
_ADJUDICATION = "adjudication"
_BATCH = re.compile(r"\[batch ([0-9a-f]{8})\]$")


def decision_of_version_2(row: dict[str, Any]) -> dict[str, Any]:
    """Return a decision of version 1 with the columns that say what its wording said before.

    A note that began with "adjudication" settled a disagreement, one that ended in "[batch …]"
    named decisions taken together, an id that began with T- was of an edit of themes.
    """
    kind = "word"
    if row["link_id"].startswith("T-"):
        kind = "edit"
    elif row["verdict"] == "undo":
        kind = "undo"
    elif row["note"].startswith(_ADJUDICATION):
        kind = "settlement"
    batch = _BATCH.search(row["note"])
    verdict = "confirm" if row["verdict"] == "accept" else row["verdict"]
    return {**row, "verdict": verdict, "kind": kind, "batch": batch[1] if batch else ""}


def _to_version_2(db: Connection) -> None:
    """Give decisions a kind and a batch."""
    for column, default in (("kind", "word"), ("batch", "")):
        added = f"ADD COLUMN {column} VARCHAR NOT NULL DEFAULT '{default}'"
        db.execute(text(f"ALTER TABLE decisions {added}"))
    rows = db.execute(text("SELECT seq, link_id, verdict, note FROM decisions ORDER BY seq"))
    changed = [decision_of_version_2(dict(row._mapping)) for row in rows]
    if changed:
        statement = "UPDATE decisions SET verdict=:verdict, kind=:kind, batch=:batch WHERE seq=:seq"
        db.execute(text(statement), changed)
    give_source(db)


def give_source(db: Connection) -> None:
    """Let one source say what records are that came before sources were kept, as they are."""
    if not db.execute(text("SELECT count(*) FROM records")).scalar_one():
        return
    db.execute(
        text(
            "INSERT INTO sources (name, sha256, importer, format, at, line, options, rows, said, "
            "forgotten) SELECT :name, '', '', 'records imported before sources were kept', "
            "coalesce(min(at), ''), :name, '{}', (SELECT count(*) FROM records), '', :forgotten "
            "FROM imports"
        ),
        {"name": EARLIER, "forgotten": False},
    )
    source = db.execute(text("SELECT max(number) FROM sources")).scalar_one()
    insert = (
        "INSERT INTO statements (source, place, record_id, given, state, row, said) "
        "VALUES (:source, :place, :id, :id, :state, '', :said)"
    )
    rows = db.execute(text("SELECT id, state, CAST(record AS TEXT) FROM records ORDER BY id"))
    batch = []
    for place, (record_id, state, record) in enumerate(rows):
        held = {key: value for key, value in json.loads(record).items() if value and key != "id"}
        said = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        row = {"source": source, "place": place, "id": record_id, "state": state, "said": said}
        batch.append(row)
        if len(batch) == BATCH:
            db.execute(text(insert), batch)
            batch = []
    if batch:
        db.execute(text(insert), batch)


ROW_STEPS: Mapping[int, Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    1: {"decisions": decision_of_version_2}
}
"""The same for a row of an archive, by version and table."""


def brought_forward(table: str, row: dict[str, Any], version: int, to: int) -> dict[str, Any]:
    """Return a row of an archive as the tables of a later version have it."""
    for since in range(version, to):
        if change := ROW_STEPS.get(since, {}).get(table):
            row = change(row)
    return row


STEPS: Mapping[int, Callable[[Connection], None]] = {1: _to_version_2}
"""What brings a database of version N to N + 1; new tables need no step. Version 1 is the first."""
