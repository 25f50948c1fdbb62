"""The tables of a workspace. Plain SQLite that anybody can open."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

DATABASE = "workspace.db"
"""Name of the file in the folder of a workspace."""

VERSION = 2
"""Raised with every change that an older Linker could not read."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("file", String, nullable=False),
    Column("format", String, nullable=False),
    Column("at", String, nullable=False),
    Column("summary", JSON, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("mechanism", String, nullable=False),
    Column("body", String, nullable=False),
    Column("year", Integer),
    Column("text", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

convergences = Table(
    "convergences",
    metadata,
    Column("link_id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("left_id", String, nullable=False, index=True),
    Column("right_id", String, nullable=False, index=True),
    Column("left_ask", Integer, nullable=False),
    Column("right_ask", Integer, nullable=False),
    Column("relation", String, nullable=False),
    Column("reiteration", Boolean, nullable=False),
    Column("probability", Float, nullable=False),
    Column("probability_related", Float, nullable=False),
    Column("band", String, nullable=False),
)
Index("convergences_by_probability", convergences.c.state, convergences.c.probability)

sdg_links = Table(
    "sdg_links",
    metadata,
    Column("link_id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("record_id", String, nullable=False, index=True),
    Column("ask", Integer, nullable=False),
    Column("target", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("role", String, nullable=False),
    Column("probability", Float, nullable=False),
    Column("band", String, nullable=False),
)
Index("sdg_links_by_probability", sdg_links.c.state, sdg_links.c.probability)

themes = Table(
    "themes",
    metadata,
    Column("theme_id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("theme", JSON, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    Column("record_id", String, primary_key=True),
    Column("state", String, primary_key=True, index=True),
    Column("labels", JSON, nullable=False),
)
"""Predicted, never imported: what a source tags stands in its record."""

builds = Table(
    "builds",
    metadata,
    Column("state", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("summary", JSON, nullable=False),
)

scored = Table(
    "scored",
    metadata,
    Column("state", String, primary_key=True),
    Column("pairs", LargeBinary, nullable=False),
)
"""Scores of all pairs looked at, compressed: what the next build starts from. Can be deleted."""

clusters = Table(
    "clusters",
    metadata,
    Column("cluster_id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("cluster", JSON, nullable=False),
)
"""As builds make them; what people change about them stands in the log."""

ask_pairs = Table(
    "ask_pairs",
    metadata,
    Column("state", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("basis", JSON, nullable=False),
    Column("pairs", LargeBinary, nullable=False),
)
"""What clusters were made from: the scores of asks, compressed. Can be deleted, as `scored`."""

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("link_id", String, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("link", JSON, nullable=False),
    Column("kind", String, nullable=False, server_default="word"),
    Column("batch", String, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
"""Append-only: nothing here is ever updated or deleted, an undo is a row of its own."""

plan_changes = Table(
    "plan_changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("record_id", String, nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("at", String, nullable=False),
    sqlite_autoincrement=True,
)
"""The implementation plan, append-only likewise: the last change of a field stands."""

exemplars = Table(
    "exemplars",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("target", String, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("source", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Merged from other workspaces, append-only likewise: the last word on a text and target stands."""

measures = Table(
    "measures",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("deadline", String, nullable=False),
)
"""Measures of a national plan that rows of the plan can be linked to."""

sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("importer", String, nullable=False),
    Column("format", String, nullable=False),
    Column("at", String, nullable=False),
    Column("line", String, nullable=False),
    Column("options", JSON, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("said", String, nullable=False),
    Column("forgotten", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Files that were imported, in their order; a forgotten one keeps its place and says nothing.
``line`` is what it shares with its versions, ``said`` the digest of all that it says."""

statements = Table(
    "statements",
    metadata,
    Column("source", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("record_id", String, nullable=False, index=True),
    Column("given", String, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("row", String, nullable=False),
    Column("said", Text, nullable=False),
)
Index("statements_by_state", statements.c.source, statements.c.state)
"""What each row of a source said, under the id ``given`` by that source alone, as JSON without
what is empty; ``record_id`` is the record that it was taken for. Never changed, only erased."""

record_edits = Table(
    "record_edits",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("record_id", String, nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("other", String, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Append-only: a correction of a field by hand, a merge of two records or their parting; an undo
is a row of its own. ``value`` is JSON. ``merge`` and ``part`` name ``record_id``, which stays, and
``other``."""
