"""Paths that look: every one is a verb of the façade that changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from itertools import groupby
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from linker.api import answers, columns, questions
from linker.api.served import Served, TheLinker, TheServed
from linker.documents.inputs import Options, Source
from linker.documents.kinds import FOLDER, KINDS, added_kinds, formats_of
from linker.documents.media import ANY, MIME, as_one
from linker.documents.writers.tables import ROWS
from linker.errors import Invalid, NotFound
from linker.records.record import Record
from linker.review.results import Links
from linker.themes.theme import Xray
from linker.workspace.suggesting import suggest
from linker.workspace.workspace import Linker

router = APIRouter(prefix="/v1")
ZIP = "zip"
RecordId = Annotated[str, Path(description="Id of a record; write # as %23.")]


@router.get("/info", response_model=columns.Info, tags=["workspace"])
def info(linker: TheLinker) -> dict[str, Any]:
    """Say what this workspace holds, which models read it, and who asks."""
    store, person = linker.store, linker.person
    return {
        "linker": version("linker"),
        "workspace": store.location.name,
        "encoder": f"{linker.encoder.name} {linker.encoder.checksum}",
        "states": store.sizes(),
        "built": [state for state in store.states() if store.build_digest(state)],
        "counts": store.counts(),
        "person": person.identity if person else "",
        "role": person.role if person else "lead",
    }


@router.get("/sources", response_model=answers.Page[columns.ImportedFile], tags=["workspace"])
def sources(
    request: Request, linker: TheLinker, asked: Annotated[questions.Pages, Query()]
) -> dict[str, Any]:
    """List the files that were imported, forgotten ones too."""
    rows = [one.to_row() for one in linker.imports()]
    return answers.paged(request, rows, asked.limit, asked.offset)


@router.get(
    "/records",
    response_model=None,
    responses={200: answers.page_of("records")},
    tags=["records"],
)
def records(
    request: Request, linker: TheLinker, asked: Annotated[questions.Records, Query()]
) -> dict[str, Any]:
    """List records, filtered; by id."""
    found = linker.records(asked.filter, asked.responsible)
    _refuse_nothing(linker, found, asked)
    page = answers.paged(request, found, asked.limit, asked.offset)
    return {**page, "rows": list(_record_rows(linker, page["rows"]))}


@router.get(
    "/records/{record_id:path}",
    response_model=None,
    responses={200: answers.described(answers.row_schema("records"))},
    tags=["records"],
)
def record(linker: TheLinker, record_id: RecordId) -> dict[str, Any]:
    """Return one record."""
    return next(_record_rows(linker, [linker.store.known_record(record_id)]))


@router.get("/search", response_model=answers.Listed[columns.Found], tags=["records"])
def search(linker: TheLinker, asked: Annotated[questions.Search, Query()]) -> dict[str, Any]:
    """Find records that say this, or mean it, best first."""
    found = linker.search(asked.q, asked.filter, asked.limit, asked.responsible)
    _refuse_nothing(linker, found, asked)
    return {"rows": [one.to_row() for one in found]}


@router.get("/similar", response_model=answers.Listed[columns.Precedent], tags=["records"])
def similar(linker: TheLinker, asked: Annotated[questions.Similar, Query()]) -> dict[str, Any]:
    """Find who was asked the same as a record or a text, in the other States."""
    found = linker.similar(asked.what, asked.filter, asked.limit, asked.responsible)
    least = asked.min_probability
    return {"rows": (found.shown() if least is None else found.above(least)).to_rows()}


@router.get("/suggest", response_model=columns.Suggestions, tags=["SDGs"])
def suggested(asked: Annotated[questions.Suggest, Query()]) -> dict[str, Any]:
    """Suggest SDG targets and indicators for a text, with the reasons."""
    found = suggest(asked.text)
    return {"caution": found.caution, "rows": found.to_rows(asked.min_probability)}


@router.get("/convergences", response_model=answers.Page[columns.Convergence], tags=["links"])
def convergences(
    request: Request,
    linker: TheLinker,
    held: TheServed,
    asked: Annotated[questions.Probable, Query()],
) -> dict[str, Any]:
    """List proposed convergences, most probable first: a person decides."""
    return _probable(request, linker, held, asked, "convergences", linker.convergences)


@router.get("/sdg", response_model=answers.Page[columns.SdgLink], tags=["SDGs"])
def sdg(
    request: Request,
    linker: TheLinker,
    held: TheServed,
    asked: Annotated[questions.Probable, Query()],
) -> dict[str, Any]:
    """List proposed SDG links, most probable first: a person decides."""
    return _probable(request, linker, held, asked, "sdg", linker.sdg)


@router.get("/clusters/{cluster_id}/members", tags=["clusters"])
def members(linker: TheLinker, held: TheServed, cluster_id: str) -> answers.Listed[columns.Member]:
    """List the records of a cluster, surest first."""
    every = held.keep(linker, "clusters", None, linker.clusters.all)
    rows = [row for one in every if one.cluster_id == cluster_id for row in one.member_rows()]
    if not rows:
        raise NotFound(f"{cluster_id}: no such cluster in this workspace.")
    return answers.Listed(rows=[columns.Member(**row) for row in rows])


@router.get("/explain/{link_id}", response_model=columns.Explained, tags=["links"])
def explain(linker: TheLinker, link_id: str) -> dict[str, Any]:
    """Say why a link was proposed: both texts with the shared evidence, and the waterfall."""
    return asdict(linker.explain(link_id))


@router.get("/audit", response_model=answers.Listed[columns.Finding], tags=["workspace"])
def audit(linker: TheLinker, asked: Annotated[questions.OfState, Query()]) -> dict[str, Any]:
    """Say what not to trust in the imported labels and texts."""
    return {"rows": linker.audit(asked.code).to_rows()}


@router.get("/dates", response_model=answers.Listed[columns.Due], tags=["plan"])
def dates(linker: TheLinker, asked: Annotated[questions.OfState, Query()]) -> dict[str, Any]:
    """List what is due for a State, earliest first."""
    return {"rows": [due.to_row() for due in linker.dates(asked.code)]}


def _table(kind: str, tag: str, summary: str) -> None:
    """Add a path whose rows are those of `linker export KIND`."""

    def rows(
        request: Request,
        linker: TheLinker,
        held: TheServed,
        asked: Annotated[questions.Named, Query()],
    ) -> dict[str, Any]:
        source = held.source(linker, asked.code)
        source = source if asked.with_names else source.without_names()
        made = ROWS[kind](source, Options(with_names=asked.with_names))
        return answers.paged(request, made, asked.limit, asked.offset)

    router.get(
        f"/{kind}",
        response_model=None,
        responses={200: answers.page_of(kind)},
        name=kind,
        summary=kind.capitalize(),
        description=f"{summary} The rows of `linker export {kind}`.",
        tags=[tag],
    )(rows)


_table("clusters", "clusters", "List all asks for the same measure, whoever asked and when.")
_table("links", "links", "List convergence and SDG links with what was decided.")
_table("themes", "themes", "List the themes of the x-ray with their records.")
_table("xray", "themes", "List the records of each theme.")
_table("claims", "themes", "List what can be claimed, with evidence and what refutes it.")
_table("plan", "plan", "List the implementation plan as people filled it in.")
_table("decisions", "links", "List everything reviewers decided, in order.")


@router.get(
    "/export/{kind}",
    response_class=Response,
    responses={200: {"description": "The document.", "content": {"application/octet-stream": {}}}},
    tags=["documents"],
)
def export(
    linker: TheLinker,
    held: TheServed,
    kind: Annotated[str, Path(description=f"{', '.join(KINDS)}, or one a plugin adds.")],
    asked: Annotated[questions.Document, Query()],
) -> Response:
    """Write a document of a kind and hand it over; several files come as one zip archive."""
    if kind not in KINDS and kind not in added_kinds():
        raise NotFound(f"{kind}: no such document. There are: {', '.join(KINDS)}.")
    wanted = asked.format or next(one for one in formats_of(kind) if one != FOLDER)
    if wanted not in formats_of(kind) or wanted == FOLDER:
        formats = ", ".join(one for one in formats_of(kind) if one != FOLDER)
        raise Invalid(f"format {wanted!r}: no format of {kind}. Formats: {formats}.")
    state = linker.only_state(asked.code)
    with tempfile.TemporaryDirectory() as folder, held.exporting():
        path = FilePath(folder) / f"{state}-{kind}.{wanted}"
        files = linker.export(kind, path, state, **asked.options)
        content, suffix = as_one(files), wanted if len(files) == 1 else ZIP
    headers = {"Content-Disposition": f'attachment; filename="{state}-{kind}.{suffix}"'}
    return Response(content, media_type=MIME.get(suffix, ANY), headers=headers)


def _refuse_nothing(linker: Linker, found: Sequence[Any], asked: questions.Where) -> None:
    """Refuse a filter that no record meets, with the nearest names there are."""
    where = asked.filter
    if not found and (where.given or asked.responsible):
        raise NotFound(linker.why_nothing(where, asked.responsible))


def _probable(
    request: Request,
    linker: Linker,
    held: Served,
    asked: questions.Probable,
    name: str,
    verb: Callable[[str | None], Links[Any]],
) -> dict[str, Any]:
    """Return a page of the links that a verb proposes for a State, or for all."""
    state = linker.only_state(asked.code) if asked.code else None
    links, least = held.keep(linker, name, state, lambda: verb(state)), asked.min_probability
    chosen = links.shown() if least is None else links.above(least)
    page = answers.paged(request, chosen, asked.limit, asked.offset)
    return {**page, "rows": [link.to_row() for link in page["rows"]]}


def _themes(linker: Linker, state: str) -> Xray:
    """Return the themes of a State; none where it was never built, or a record names no State."""
    built = state and linker.store.build_digest(state)
    return linker.xray(state) if built else Xray(state, ())


def _record_rows(linker: Linker, found: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """Yield the rows of `linker export records`, in the order given."""
    rows: dict[str, dict[str, Any]] = {}
    for state, some in groupby(sorted(found, key=lambda r: r.state), key=lambda r: r.state):
        nothing = Source(state, (), (), (), _themes(linker, state), "", "")
        for row in ROWS["records"](replace(nothing, records=list(some)), Options()):
            rows[row["id"]] = row
    return (rows[one.id] for one in found)
