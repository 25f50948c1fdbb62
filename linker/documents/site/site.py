"""All files of a portal, as (address, content): pages, search, open data, feed and changes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linker.documents.bibliography import bibtex, cited_documents, ris
from linker.documents.inputs import Options, Source, counted
from linker.documents.site.changes import CHANGE_COLUMNS, NAME, Published, published
from linker.documents.site.open_data import (
    MEASURE_COLUMNS,
    RECORD_COLUMNS,
    measure_rows,
    record_rows,
)
from linker.documents.site.pages import FEED_ENTRIES, pages
from linker.documents.site.published import PUBLISHED_FIELDS, Publication, publication
from linker.documents.site.search_index import FACETS, index
from linker.documents.site.templates import Templates
from linker.documents.writers.phrasing import EXPLANATION
from linker.documents.writers.tables import csv_bytes, json_bytes
from linker.paths import schemas_dir
from linker.plan.entries import FIELDS

FORMAT, VERSION = "linker-portal", 1
MARKER = "portal.json"
"""File that says that a folder was made here, and of which States."""
File = tuple[str, bytes]


def portal(
    sources: Iterable[Source], options: Options, earlier: Mapping[str, Published]
) -> Iterator[File]:
    """Yield all files of the portal of one State, or of several, each in a folder of its own.

    Status, result and evidence are there once an administrator released them.

    Args:
        sources: the States.
        options: what to take in; ``template`` names a folder of an organisation's own templates.
        earlier: what earlier publications left, by State.

    Raises:
        Invalid: an organisation's template has a fault.
        UsageError: a theme or cluster asked for is not there.
    """
    templates = Templates(options.template)
    several = sorted(sources, key=lambda source: source.state)
    folders = {s.state: f"{s.state.lower()}/" if len(several) > 1 else "" for s in several}
    states = []
    for source in several:
        made = publication(source.released_only(), options)
        for address, content in _site(made, earlier.get(source.state), templates):
            yield folders[source.state] + address, content
        said = f"{source.state_name}: {counted(len(made.records), 'recommendation')}"
        states.append((folders[source.state], said, source.notice))
    if len(several) > 1:
        values = {"states": states, "root": "", "title": "Recommendations by State"}
        yield "index.html", templates.render("front.html", values)
        yield from templates.assets()
    about = {"format": FORMAT, "version": VERSION, "states": [s.state for s in several]}
    yield MARKER, f"{json.dumps(about)}\n".encode()


def _site(made: Publication, earlier: Published | None, templates: Templates) -> Iterator[File]:
    left = published(made, earlier)
    shared = _shared(made)
    for page in pages(made, left):
        values = {**shared, "root": page.root, "title": page.title, "here": page.address}
        yield page.address, templates.render(page.template, {**values, **page.values})
    yield from templates.assets()
    yield from index(made)
    yield from _data(made, left)
    yield "feed.xml", templates.render("feed.xml", {**shared, **_feed(made, left)})
    yield NAME, left.to_json()


def _shared(made: Publication) -> dict[str, Any]:
    """Return what every template is given."""
    source = made.source
    return {
        "state": source.state_name,
        "notice": source.notice,
        "date": source.date,
        "footer": source.footer,
        "with_proposals": made.with_proposals,
        "explanation": EXPLANATION,
        "facets": FACETS,
        "pages_of": {key: one.page for key, one in made.by_id.items()},
        "public_fields": [FIELDS[name] for name in PUBLISHED_FIELDS],
    }


def _data(made: Publication, left: Published) -> Iterator[File]:
    """Yield the open data: tables, their schemas, and the sources for reference managers."""
    source = made.source
    changes = [row for step in left.history for row in step.to_rows()]
    tables = (
        ("records", RECORD_COLUMNS, record_rows(made)),
        ("measures", MEASURE_COLUMNS, measure_rows(made)),
        ("changes", CHANGE_COLUMNS, changes),
    )
    for name, columns, rows in tables:
        yield f"data/{name}.csv", csv_bytes(source, columns, rows)
        yield f"data/{name}.json", json_bytes(source, f"portal-{name}", rows)
        schema = schemas_dir() / f"portal-{name}.json"
        yield f"data/{name}.schema.json", schema.read_bytes()
    cited = cited_documents(one.record for one in made.records)
    yield "data/sources.ris", ris(cited, source.notice).encode("utf-8", errors="replace")
    yield "data/sources.bib", bibtex(cited, source.notice).encode("utf-8", errors="replace")


def _feed(made: Publication, left: Published) -> dict[str, Any]:
    """Return the entries of the feed: each publication, and what changed with it."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{made.source.workspace} {left.state}")
    entries: list[dict[str, Any]] = []
    for place, step in enumerate(left.history):
        kept = len(left.history) - place
        day = f"{step.date or '1970-01-01'}T00:00:00Z"
        whole = {"id": uuid.uuid5(name, f"{kept}"), "updated": day, "step": step, "change": None}
        entries.append(whole)
        for change in step.changes[:FEED_ENTRIES]:
            key = uuid.uuid5(name, f"{kept} {change.record_id} {change.what}")
            entries.append({**whole, "id": key, "change": change})
    return {"id": name, "updated": entries[0]["updated"], "entries": entries[:FEED_ENTRIES]}
