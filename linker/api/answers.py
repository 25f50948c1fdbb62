"""What comes back: pages of rows, each with its schema.

Rows that `linker export` writes too have its schema (docs/schemas); the others are in ``columns``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from linker.paths import schemas_dir

RowT = TypeVar("RowT")


class Answer(BaseModel):
    """An answer, none of whose columns is unknown; read from what has attributes of its names."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


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
