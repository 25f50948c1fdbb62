"""What comes back: pages of rows, each with its schema.

Rows that `linker export` writes too have its schema (docs/schemas); the others have theirs here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from linker.paths import schemas_dir

RowT = TypeVar("RowT")


class Answer(BaseModel):
    """An answer, none of whose columns is unknown."""

    model_config = ConfigDict(extra="forbid")


class Page(Answer, Generic[RowT]):
    """Some of many rows."""

    total: int
    limit: int
    offset: int
    next: str | None
    rows: list[RowT]


class Listed(Answer, Generic[RowT]):
    """All rows that were asked for, the best first."""

    rows: list[RowT]


class Found(Answer):
    """A record that a search found."""

    id: str
    state: str
    meaning: float
    words: float
    body: str
    cycle: str
    position: str
    text: str


class Convergence(Answer):
    """A convergence link with both its records."""

    link_id: str
    state: str
    left_id: str
    right_id: str
    relation: str
    reiteration: bool
    probability: float | None
    probability_related: float | None
    band: str
    decision: str
    left: str
    right: str
    left_ask: str
    right_ask: str
    left_text: str
    right_text: str


class SdgLink(Answer):
    """A link of a record to an SDG target or indicator."""

    link_id: str
    record_id: str
    target: str
    indicator: str
    role: str
    probability: float | None
    band: str
    decision: str
    title: str
    record: str
    ask: str
    text: str


class Suggested(Answer):
    """An SDG target or indicator for a text."""

    target: str
    indicator: str
    role: str
    probability: float
    band: str
    title: str
    reasons: str


class Suggestions(Listed[Suggested]):
    """What is suggested for a text, and what to know before trusting it."""

    caution: str


class Precedent(Answer):
    """A record of another State that asks the same, or may."""

    record_id: str
    state: str
    relation: str
    probability: float
    band: str
    wording: list[str]
    ask: str
    record: str
    recommended_by: list[str]
    position: str
    mechanism: str
    body: str
    cycle: str
    year: int | Literal[""]
    plan_indicators: list[str]
    text: str


class Member(Answer):
    """A record of a cluster."""

    cluster_id: str
    title: str
    record_id: str
    probability: float | None
    band: str
    decision: str
    record: str
    ask: str
    text: str


class Side(Answer):
    """One side of a link: its text, where the ask stands, and the words that carry the link."""

    label: str
    text: str
    start: int
    end: int
    marks: list[tuple[int, int]]
    read_as: list[tuple[str, str]]


class Contribution(Answer):
    """A finding for or against a link, in log-odds."""

    evidence: str
    log_odds: float
    finding: str


class Explained(Answer):
    """Why a link was proposed."""

    link_id: str
    headline: str
    probability: float
    sides: list[Side]
    contributions: list[Contribution]


class Example(Answer):
    """A record that shows a finding."""

    record_id: str
    excerpt: str
    why: str


class Finding(Answer):
    """Something not to trust."""

    kind: str
    severity: str
    finding: str
    count: int
    total: int
    of: str
    share: float
    meaning: str
    remedy: str
    examples: list[Example]
    record_ids: list[str]


class ImportedFile(Answer):
    """A source of the workspace."""

    number: int
    name: str
    format: str
    date: str
    rows: int
    records: int
    forgotten: bool
    sha256: str
    options: str
    pledges: list[str]


class Due(Answer):
    """A date to work towards."""

    key: str
    what: str
    date: str
    about: Literal["yes", "no"]
    why: str


class Info(Answer):
    """The workspace and who asks."""

    linker: str
    workspace: str
    encoder: str
    states: dict[str, int]
    built: list[str]
    counts: dict[str, int]
    person: str
    role: str


class Decided(Answer):
    """A row of the log."""

    seq: int
    at: str
    link_id: str
    verdict: str
    reviewer: str
    note: str


class PlanChange(Answer):
    """A row of the plan's log."""

    seq: int
    at: str
    reviewer: str
    record_id: str
    field: str
    value: str


class Changed(Answer):
    """What a correction did: ids of the records that changed, and each change in words."""

    changed: list[str]
    altered: list[str]


class Note(Answer):
    """What is told of a row that was read, or not."""

    sheet: str
    row: str
    column: str
    value: str
    what: str
    kind: str
    why: str
    remedy: str


class Imported(Answer):
    """What became of a file."""

    file: str
    format: str
    rows: int
    kept: int
    new: int
    changed: int
    merged: int
    repaired: int
    incomplete: int
    refused: int
    report: str
    notes: list[Note]


class Heard(Answer):
    """An ask of a submission beside a record."""

    item: str
    text: str
    record_id: str
    relation: str
    probability: float | Literal[""]
    band: str
    outcome: str
    strength: str
    same_measure: float | Literal[""]
    same_issue: float | Literal[""]
    ask: str
    record_ask: str
    record: str
    recommended_by: list[str] | Literal[""]
    position: str
    asked_before: list[str]
    where: str
    record_text: str


class WereHeard(Listed[Heard]):
    """What came back of a submission."""

    notes: list[str]


class BuildStatus(Answer):
    """The last build that was asked for here."""

    status: Literal["never", "running", "done", "failed"]
    stage: str
    done: int
    total: int
    report: list[str]
    error: str


def paged(request: Request, rows: Sequence[Any], limit: int, offset: int) -> dict[str, Any]:
    """Return some of many rows, with the address of the next ones.

    Args:
        request: whose address the next one is like.
        rows: all of them.
        limit: rows of the page.
        offset: rows before it.
    """
    following, more = offset + limit, None
    if following < len(rows):
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "offset"]
        more = f"{request.url.path}?{urlencode([*kept, ('offset', following)])}"
    return {
        "total": len(rows),
        "limit": limit,
        "offset": offset,
        "next": more,
        "rows": list(rows[offset:following]),
    }


@cache
def row_schema(kind: str) -> dict[str, Any]:
    """Return the schema of a row as `linker export KIND` writes it (docs/schemas)."""
    path = schemas_dir() / f"{kind}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    items: dict[str, Any] = found["properties"]["rows"]["items"]
    return items


def page_of(kind: str) -> dict[str, Any]:
    """Return how FastAPI is told of a page of rows of an exported kind."""
    page = Page[Any].model_json_schema()
    page["properties"]["rows"] = {"type": "array", "items": row_schema(kind)}
    return described({**page, "title": f"Page of {kind}"})


def described(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return how FastAPI is told of an answer whose schema is given."""
    return {"description": "Found.", "content": {"application/json": {"schema": dict(schema)}}}
