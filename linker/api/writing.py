"""Paths that write: decisions, the plan, corrections, files, builds; as the role allows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from linker.api import answers, columns, questions
from linker.api.served import TheLinker, TheServed
from linker.errors import AccessError, Invalid, LinkerError
from linker.plan.entries import COMMENT, FIELDS, OWN
from linker.records.importers import Options
from linker.review.roles import Right
from linker.vocabulary.states import state_named
from linker.workspace.adding import FileReport
from linker.workspace.handed_over import on_disk

router = APIRouter(prefix="/v1")
T = TypeVar("T")
FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How OpenAPI is told that the body is the file itself."""


@router.post("/decisions", tags=["links"])
def decide(linker: TheLinker, said: questions.Decisions) -> answers.Listed[columns.Decided]:
    """Write a decision on links or clusters: on all of them, or on none where one is refused."""
    written = linker.decide_many(said.ids, said.verdict, said.reviewer, said.note, said.settle)
    return _decided(written)


@router.post("/undo", tags=["clusters"])
def undo(linker: TheLinker, said: questions.Undo) -> answers.Listed[columns.Decided]:
    """Take back what a reviewer did last about clusters, whatever it was."""
    return _decided(linker.clusters.undo_last(said.reviewer))


@router.post("/plan", tags=["plan"])
def fill_in(linker: TheLinker, said: questions.PlanFields) -> answers.Listed[columns.PlanChange]:
    """Fill in fields of the plan; those that already say so are not written again."""
    for name in said.fields:
        if name not in (*FIELDS, COMMENT) and not name.startswith(OWN):
            raise Invalid(f"{name!r} is no field of the plan. Fields: {', '.join(FIELDS)}.")
    changes = linker.plan.set(said.record_id, said.seen, reviewer=said.reviewer, **said.fields)
    return answers.Listed(rows=[columns.PlanChange.model_validate(one) for one in changes])


@router.post("/corrections", tags=["records"])
def correct(linker: TheLinker, said: questions.Correction) -> columns.Changed:
    """Correct a field of a record by hand: logged, and above every source."""
    done = linker.correct(said.record_id, said.field, said.value, said.reviewer, said.note)
    return columns.Changed(changed=done.changed, altered=done.altered)


@router.post("/import", openapi_extra=FILE_BODY, tags=["workspace"])
async def add(
    request: Request,
    linker: TheLinker,
    held: TheServed,
    asked: Annotated[questions.Import, Query()],
) -> columns.Imported:
    """Read a file into the workspace, in a process apart, with an account of every row."""
    linker.may(Right.IMPORT)
    given = Options(
        state=asked.code or "", mechanism=asked.mechanism, body=asked.body, symbol=asked.symbol
    )

    def read(path: Path) -> FileReport:
        with held.alone():
            return linker.add([path], given)[0]

    return _imported(await _uploaded(request, linker.folder, asked.name, read))


@router.post("/uptake", openapi_extra=FILE_BODY, response_model=columns.WereHeard, tags=["records"])
async def uptake(
    request: Request, linker: TheLinker, asked: Annotated[questions.Uptake, Query()]
) -> dict[str, Any]:
    """Say which asks of a submission came back as recommendations; nothing is kept of it."""
    if linker.person and not any(map(linker.person.may, Right)):
        raise AccessError("A reader may not hand files over; ask whoever keeps the roles file.")

    def heard(path: Path) -> Any:
        return linker.uptake(path, asked.code, asked.cycle)

    found = await _uploaded(request, linker.folder, asked.name, heard)
    return {"notes": list(found.notes), "rows": found.to_rows()}


@router.post("/build", status_code=202, tags=["workspace"])
def build(linker: TheLinker, held: TheServed, said: questions.Build) -> columns.BuildStatus:
    """Begin a build of what changed; GET says how far. A second one meanwhile is refused."""
    linker.may(Right.BUILD)
    states = [linker.only_state(state_named(name)) for name in said.states]

    def work(told: Callable[[str, int, int], None]) -> tuple[str, ...]:
        with held.alone():
            report = linker.build(told, states or None, said.anew)
        return (*map(str, report.built), *(f"{one}: nothing new" for one in report.up_to_date))

    if not held.building.start(work):
        raise LinkerError("A build goes on. Send this again when GET /v1/build says it is done.")
    return building(held)


@router.get("/build", tags=["workspace"])
def building(held: TheServed) -> columns.BuildStatus:
    """Say how far the last build has come that was asked for here."""
    return columns.BuildStatus.model_validate(held.building)


async def _uploaded(request: Request, folder: Path, name: str, use: Callable[[Path], T]) -> T:
    """Put the body of a request on the disk and return what is made of it there."""
    with on_disk(folder, name, b"") as path:
        with path.open("ab") as file:
            async for chunk in request.stream():
                await run_in_threadpool(file.write, chunk)
        return await run_in_threadpool(use, path)


def _decided(written: Any) -> answers.Listed[columns.Decided]:
    return answers.Listed(rows=[columns.Decided.model_validate(one) for one in written])


def _imported(report: FileReport) -> columns.Imported:
    notes = [note.to_row() for note in report.notes]
    for note in notes:
        del note["file"]
    told: dict[str, Any] = {"report": str(report), "notes": notes}
    counts = {name: getattr(report, name) for name in columns.Imported.model_fields.keys() - told}
    return columns.Imported(**counts, **told)
