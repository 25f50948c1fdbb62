"""A workspace of which only some States are shown: views in the place of tables, in either store.

Each connection of a limited engine has temporary views under the names of the tables, which both
databases find first; what is read, by whatever query, is of these States. A row is shown where it
is known to belong to one of them, so a table that is forgotten here would be seen by all: a test
names every table. Views cannot be written to: who writes does so by the engine of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Engine, event

from linker.store import schema
from linker.store.engines import WHOLE, Database, database_of
from linker.store.faults import say_in_words

_OF_STATES = "state IN ({states})"
_OF_RECORDS = "record_id IN (SELECT id FROM records)"
_OF_WHAT_IS_MADE = (
    "record_id IN (SELECT cluster_id FROM clusters UNION SELECT theme_id FROM themes)"
)
_NOTHING, _ALL = "1 = 0", "1 = 1"
SHOWN: dict[str, str] = {
    **{
        table.name: _OF_STATES
        for table in schema.metadata.sorted_tables
        if "state" in table.c and table is not schema.statements
    },
    schema.statements.name: _OF_RECORDS,
    schema.sources.name: "number IN (SELECT source FROM statements)",
    schema.imports.name: _NOTHING,
    schema.record_edits.name: _OF_RECORDS,
    schema.plan_changes.name: f"{_OF_RECORDS} OR {_OF_WHAT_IS_MADE}",
    schema.decisions.name: "{state} IN ({states}) OR {state} IS NULL AND "
    "COALESCE({left_id}, {record_id}) IN (SELECT id FROM records)",
}
"""Which rows of a table are shown.

Logs of imports are not: they quote rows of any State. The rest are settings, measures and what was
taught, which belong to no State.
"""
OF_NO_STATE = (schema.meta, schema.measures, schema.exemplars)
"""Tables that are shown whole: by views as well, for beside them nothing is found."""
FIRST = (schema.records.name, schema.clusters.name, schema.themes.name)
"""Views that are made before the others, which look at them."""


def limited(whole: Engine, states: Collection[str]) -> Engine:
    """Return an engine that reads nothing but some States; close it with the other.

    Args:
        whole: of the workspace.
        states: ISO 3166-1 alpha-3.
    """
    database = database_of(whole)
    engine = database.engine()
    engine.update_execution_options(**{WHOLE: whole})
    statements = list(_views(database, states))

    @event.listens_for(engine, "connect")
    def narrow(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()

    database.keep_narrow(engine)
    say_in_words(engine)
    return engine


def _views(database: Database, states: Collection[str]) -> Iterator[str]:
    """Yield the statements that put views in the place of tables."""
    quoted = ", ".join("'{}'".format(state.replace("'", "''")) for state in sorted(states))
    parts = {name: database.text_in("link", name) for name in ("state", "left_id", "record_id")}
    shown = {**SHOWN, **{table.name: _ALL for table in OF_NO_STATE}}
    for name in sorted(shown, key=lambda one: one not in FIRST):
        which = shown[name].format(states=quoted or "NULL", **parts)
        # What is put in are names of this file and codes that are quoted above.
        select = f"SELECT * FROM {database.own(name)} WHERE {which}"  # noqa: S608  # nosec B608
        yield f"CREATE TEMPORARY VIEW {name} AS {select}"
