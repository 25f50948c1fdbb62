"""How the command line names a workspace: by a folder, or by an address of a server."""

from __future__ import annotations

import click

from linker.errors import Invalid
from linker.store.location import EXAMPLE, Location, locate


class WorkspaceType(click.ParamType):  # type: ignore[type-arg]  # no generic before click 8.2
    """A folder or an address; what is wrong with one is said without repeating it."""

    name = "workspace"

    def convert(
        self, value: str | Location, param: click.Parameter | None, ctx: click.Context | None
    ) -> Location:
        """Return where the workspace lies."""
        try:
            return locate(value)
        except Invalid as error:
            self.fail(str(error), param, ctx)


WORKSPACE_TYPE = WorkspaceType()
HELP = f"Folder of the workspace, or {EXAMPLE}."
