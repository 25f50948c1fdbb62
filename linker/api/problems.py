"""What goes wrong, as JSON: what it was, and what to do about it. Never a trace."""

from __future__ import annotations

import logging

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from linker.errors import AccessError, LinkerError, NotFound, UsageError
from linker.records.import_notes import ImportRefused

_LOG = logging.getLogger(__name__)
STATUS = (
    (NotFound, 404),
    (UsageError, 400),
    (AccessError, 403),
    (ImportRefused, 422),
    (LinkerError, 409),
)
"""Status of each kind of error that the engine raises on purpose, the most particular first."""
REMEDY = {
    400: "Ask as the first page (GET /) says; the message names what did not fit.",
    401: "Send the header `Authorization: Bearer TOKEN`, with the token `linker api` printed.",
    403: "Ask whoever runs this server.",
    404: "List what is there first; the first page (GET /) names every path.",
    405: "The first page (GET /) says which methods a path takes.",
    409: "Do what the message says, and send it again.",
    413: "Send less at once.",
    422: "Correct the file or the value that the message names.",
    500: "Tell whoever runs this server: its log says why.",
}
"""What to do where the message itself does not say more."""


class Problem(BaseModel):
    """Why a request was not answered."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(description="Kind of the error, such as NotFound.")
    message: str = Field(description="What was wrong, with the value.")
    remedy: str = Field(description="What to do.")


def problem(status: int, kind: str, message: str, remedy: str = "") -> JSONResponse:
    """Return an answer that says what went wrong."""
    told = Problem(kind=kind, message=message, remedy=remedy or REMEDY.get(status, REMEDY[400]))
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(told.model_dump(), status, headers)


async def engine_said(request: Request, error: Exception) -> JSONResponse:
    """Answer with an error that the engine raised on purpose."""
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    remedy = error.note.remedy if isinstance(error, ImportRefused) else ""
    return problem(status, type(error).__name__, str(error), remedy)


async def not_as_described(request: Request, error: Exception) -> JSONResponse:
    """Answer a request whose parameters or body are not those of its path."""
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return problem(400, "Invalid", "; ".join(told))


async def not_served(request: Request, error: Exception) -> JSONResponse:
    """Answer what no path or method serves, or a body that is too large."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "HTTP", str(error.detail))


async def broke_off(request: Request, error: Exception) -> JSONResponse:
    """Answer where nobody foresaw what happened; the log holds the trace, the answer does not."""
    _LOG.error("%s %s broke off", request.method, request.url.path, exc_info=error)
    return problem(500, "Error", "This request broke off.")
