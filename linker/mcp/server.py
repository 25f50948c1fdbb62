"""The MCP server: which tools and resources an assistant finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp.server.mcpserver.resources.templates import ResourceSecurity
from mcp_types import ToolAnnotations

from linker.errors import LinkerError
from linker.mcp.tools import Tools
from linker.workspace.workspace import Linker

INSTRUCTIONS = (
    "A workspace of Linker: recommendations that UN human-rights mechanisms made to States. Links, "
    "clusters, themes and SDG targets are proposals of a program with a probability; `decision` "
    "says what a person decided, and is empty where nobody has. Say how sure a proposal is, cite "
    "records by their label, quote texts as they stand, and leave decisions to a person. Nothing "
    "can be changed here."
)
LOOKS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
BY_NAME = ResourceSecurity(exempt_params=frozenset({"record_id", "cluster_id"}))
"""Ids are looked up and open no file: UN document symbols hold slashes."""
P = ParamSpec("P")
T = TypeVar("T")


def make_server(linker: Linker) -> MCPServer[Any]:
    """Return the server of a workspace.

    Args:
        linker: the workspace, in the hands of somebody who may only look.
    """
    server: MCPServer[Any] = MCPServer(
        "linker",
        title="Linker",
        instructions=INSTRUCTIONS,
        version=version("linker"),
        log_level="WARNING",
    )
    tools = Tools(linker)
    verbs: tuple[Callable[..., dict[str, Any]], ...] = (
        tools.search,
        tools.records,
        tools.similar,
        tools.suggest,
        tools.clusters,
        tools.claims,
        tools.explain,
    )
    for verb in verbs:
        server.add_tool(_told(verb, ToolError), annotations=LOOKS_ONLY)
    for name, read in (("record", tools.record), ("cluster", tools.cluster)):
        address = f"linker://{name}/{{{name}_id}}"
        add = server.resource(address, name=name, mime_type="application/json", security=BY_NAME)
        add(_told(read, ResourceError))
    return server


def _told(verb: Callable[P, T], kind: type[Exception]) -> Callable[P, T]:
    """Return a verb whose errors made on purpose reach the assistant in words."""

    @wraps(verb)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return verb(*args, **kwargs)
        except LinkerError as error:
            raise kind(str(error)) from error

    return asked
