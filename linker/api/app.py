"""The application: paths, errors and the door before them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from linker.api import problems, reading, writing
from linker.api.door import FIRST_PAGE, HEALTH, Door
from linker.api.keys import Keys
from linker.api.page import first_page
from linker.api.served import Served
from linker.errors import LinkerError

ABOUT = (
    "Where UN human-rights recommendations converge: the verbs of Linker as JSON. Links, clusters "
    "and SDG targets are proposals with a probability until a person decides; a decision says who "
    "took it. Every request carries a token. Errors say what to do."
)


def make_app(served: Served, keys: Keys, hosts: Iterable[str]) -> ASGIApp:
    """Return the application of a workspace, with the door before it.

    Args:
        served: the workspace.
        keys: who may ask.
        hosts: names by which the server may be known.
    """
    return Door(described(served), keys, hosts)


def described(served: Served) -> FastAPI:
    """Return the application without its door: what OpenAPI describes."""
    app = FastAPI(
        title="Linker",
        version=version("linker"),
        description=ABOUT,
        docs_url=None,  # FastAPI's own pages load their scripts from the network
        redoc_url=None,
        openapi_url=None,
        responses={"4XX": {"model": problems.Problem, "description": "Refused."}},
    )
    app.state.served = served
    app.add_exception_handler(LinkerError, problems.engine_said)
    app.add_exception_handler(RequestValidationError, problems.not_as_described)
    app.add_exception_handler(HTTPException, problems.not_served)
    app.add_exception_handler(Exception, problems.broke_off)
    app.include_router(reading.router)
    app.include_router(writing.router)

    @app.get(FIRST_PAGE, response_class=HTMLResponse, include_in_schema=False)
    def page(request: Request) -> str:
        """Show what can be asked."""
        return first_page(schema(app), str(request.base_url))

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> JSONResponse:
        """Return the description for programs."""
        return JSONResponse(schema(app))

    @app.get(HEALTH, include_in_schema=False)
    def health() -> dict[str, str]:
        """Say that the server answers; the one path without a token."""
        return {"status": "ok"}

    return app


def schema(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, with the token that every path takes."""
    found: dict[str, Any] = app.openapi()
    schemes = {"token": {"type": "http", "scheme": "bearer"}}
    found.setdefault("components", {})["securitySchemes"] = schemes
    found["security"] = [{"token": []}]
    return found
