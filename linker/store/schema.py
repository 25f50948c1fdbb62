"""The tables of a workspace, the same in SQLite and PostgreSQL. Plain SQL that anybody can read."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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
from sqlalchemy.dialects.postgresql import TEXT, VARCHAR

VERSION = 2
"""Raised with every change that an older Linker could not read."""

# Sorted by code points, whatever the language of the server is: the order that SQLite has.
WORD = String().with_variant(VARCHAR(collation="C"), "postgresql")
TEXTUAL = Text().with_variant(TEXT(collation="C"), "postgresql")
WHOLE = Integer().with_variant(BigInteger(), "postgresql")
"""As large as SQLite has them."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", WORD, primary_key=True),
    Column("value", TEXTUAL, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("seq", WHOLE, primary_key=True, autoincrement=True),
    Column("file", WORD, nullable=False),
    Column("format", WORD, nullable=False),
    Column("at", WORD, nullable=False),
    Column("summary", JSON, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("state", WORD, nullable=False, index=True),
    Column("mechanism", WORD, nullable=False),
    Column("body", WORD, nullable=False),
    Column("year", WHOLE),
    Column("text", TEXTUAL, nullable=False),
    Column("record", JSON, nullable=False),
)

record_digests = Table(
    "record_digests",
    metadata,
    Column("state", WORD, primary_key=True),
    Column("digest", WORD, nullable=False),
)
"""What the records of each State come to: see `linker.store.record_digests`. Can be deleted."""

convergences = Table(
    "convergences",
    metadata,
    Column("link_id", WORD, primary_key=True),
    Column("state", WORD, nullable=False),
    Column("left_id", WORD, nullable=False, index=True),
    Column("right_id", WORD, nullable=False, index=True),
    Column("left_ask", WHOLE, nullable=False),
    Column("right_ask", WHOLE, nullable=False),
    Column("relation", WORD, nullable=False),
    Column("reiteration", Boolean, nullable=False),
    Column("probability", Float, nullable=False),
    Column("probability_related", Float, nullable=False),
    Column("band", WORD, nullable=False),
)
Index("convergences_by_probability", convergences.c.state, convergences.c.probability)

sdg_links = Table(
    "sdg_links",
    metadata,
    Column("link_id", WORD, primary_key=True),
    Column("state", WORD, nullable=False),
    Column("record_id", WORD, nullable=False, index=True),
    Column("ask", WHOLE, nullable=False),
    Column("target", WORD, nullable=False),
    Column("indicator", WORD, nullable=False),
    Column("role", WORD, nullable=False),
    Column("probability", Float, nullable=False),
    Column("band", WORD, nullable=False),
)
Index("sdg_links_by_probability", sdg_links.c.state, sdg_links.c.probability)

themes = Table(
    "themes",
    metadata,
    Column("theme_id", WORD, primary_key=True),
    Column("state", WORD, nullable=False, index=True),
    Column("position", WHOLE, nullable=False),
    Column("theme", JSON, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    Column("record_id", WORD, primary_key=True),
    Column("state", WORD, primary_key=True, index=True),
    Column("labels", JSON, nullable=False),
)
"""Predicted, never imported: what a source tags stands in its record."""

builds = Table(
    "builds",
    metadata,
    Column("state", WORD, primary_key=True),
    Column("digest", WORD, nullable=False),
    Column("summary", JSON, nullable=False),
)

scored = Table(
    "scored",
    metadata,
    Column("state", WORD, primary_key=True),
    Column("pairs", LargeBinary, nullable=False),
)
"""Scores of all pairs looked at, compressed: what the next build starts from. Can be deleted."""

clusters = Table(
    "clusters",
    metadata,
    Column("cluster_id", WORD, primary_key=True),
    Column("state", WORD, nullable=False, index=True),
    Column("position", WHOLE, nullable=False),
    Column("cluster", JSON, nullable=False),
)
"""As builds make them; what people change about them stands in the log."""

ask_pairs = Table(
    "ask_pairs",
    metadata,
    Column("state", WORD, primary_key=True),
    Column("digest", WORD, nullable=False),
    Column("basis", JSON, nullable=False),
    Column("pairs", LargeBinary, nullable=False),
)
"""What clusters were made from: the scores of asks, compressed. Can be deleted, as `scored`."""

decisions = Table(
    "decisions",
    metadata,
    Column("seq", WHOLE, primary_key=True, autoincrement=True),
    Column("link_id", WORD, nullable=False, index=True),
    Column("verdict", WORD, nullable=False),
    Column("reviewer", WORD, nullable=False),
    Column("note", TEXTUAL, nullable=False),
    Column("at", WORD, nullable=False),
    Column("link", JSON, nullable=False),
    Column("kind", WORD, nullable=False, server_default="word"),
    Column("batch", WORD, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
"""Append-only: nothing here is ever updated or deleted, an undo is a row of its own."""

plan_changes = Table(
    "plan_changes",
    metadata,
    Column("seq", WHOLE, primary_key=True, autoincrement=True),
    Column("record_id", WORD, nullable=False, index=True),
    Column("field", WORD, nullable=False),
    Column("value", TEXTUAL, nullable=False),
    Column("reviewer", WORD, nullable=False),
    Column("at", WORD, nullable=False),
    sqlite_autoincrement=True,
)
"""The implementation plan, append-only likewise: the last change of a field stands."""

exemplars = Table(
    "exemplars",
    metadata,
    Column("seq", WHOLE, primary_key=True, autoincrement=True),
    Column("text", TEXTUAL, nullable=False),
    Column("target", WORD, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("source", WORD, nullable=False),
    sqlite_autoincrement=True,
)
"""Merged from other workspaces, append-only likewise: the last word on a text and target stands."""

measures = Table(
    "measures",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("position", WHOLE, nullable=False),
    Column("title", TEXTUAL, nullable=False),
    Column("responsible", TEXTUAL, nullable=False),
    Column("deadline", WORD, nullable=False),
)
"""Measures of a national plan that rows of the plan can be linked to."""

sources = Table(
    "sources",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=True),
    Column("name", WORD, nullable=False),
    Column("sha256", WORD, nullable=False),
    Column("importer", WORD, nullable=False),
    Column("format", WORD, nullable=False),
    Column("at", WORD, nullable=False),
    Column("line", WORD, nullable=False),
    Column("options", JSON, nullable=False),
    Column("rows", WHOLE, nullable=False),
    Column("said", WORD, nullable=False),
    Column("forgotten", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Files that were imported, in their order; a forgotten one keeps its place and says nothing.
``line`` is what it shares with its versions, ``said`` the digest of all that it says."""

statements = Table(
    "statements",
    metadata,
    Column("source", WHOLE, primary_key=True),
    Column("place", WHOLE, primary_key=True),
    Column("record_id", WORD, nullable=False, index=True),
    Column("given", WORD, nullable=False, index=True),
    Column("state", WORD, nullable=False),
    Column("row", WORD, nullable=False),
    Column("said", TEXTUAL, nullable=False),
)
Index("statements_by_state", statements.c.source, statements.c.state)
"""What each row of a source said, under the id ``given`` by that source alone, as JSON without
what is empty; ``record_id`` is the record that it was taken for. Never changed, only erased."""

record_edits = Table(
    "record_edits",
    metadata,
    Column("seq", WHOLE, primary_key=True, autoincrement=True),
    Column("kind", WORD, nullable=False),
    Column("record_id", WORD, nullable=False, index=True),
    Column("field", WORD, nullable=False),
    Column("value", TEXTUAL, nullable=False),
    Column("other", WORD, nullable=False),
    Column("reviewer", WORD, nullable=False),
    Column("note", TEXTUAL, nullable=False),
    Column("at", WORD, nullable=False),
    sqlite_autoincrement=True,
)
"""Append-only: a correction of a field by hand, a merge of two records or their parting; an undo
is a row of its own. ``value`` is JSON. ``merge`` and ``part`` name ``record_id``, which stays, and
``other``."""
