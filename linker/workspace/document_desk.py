"""What a workspace lets people take away: documents, and what they are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from linker.documents.claims import Claims
from linker.documents.inputs import Options, Source
from linker.documents.writers import write
from linker.errors import AccessError, Invalid
from linker.i18n.language import ENGLISH, speaking
from linker.plan.entries import standing_entries
from linker.store.plan_log import measures, plan_changes, workspace_id
from linker.themes.theme import Xray
from linker.workspace.arranging import edited
from linker.workspace.facade_part import Desk
from linker.workspace.publishing import publish

UNBUILT = frozenset({"records", "decisions"})
"""Kinds that need no build: what was read is to be looked at before one."""


class DocumentDesk(Desk):
    """The documents of a workspace: ``linker.documents``.

    Example:
        >>> linker.documents.write("matrix", "matrix.docx", state="KEN")  # doctest: +SKIP
    """

    def write(
        self,
        /,
        kind: str,
        path: str | Path,
        state: str | None = None,
        theme: str | None = None,
        confirmed_only: bool = False,
        **options: Any,
    ) -> list[Path]:
        """Write a document and return the files written.

        Args:
            kind: one of `linker.documents.kinds.KINDS`: matrix, plan, factsheet, midterm, xray …
            path: file to write; its suffix says the format.
            state: the State; the only one when not given.
            theme: id or label of a theme, for a factsheet.
            confirmed_only: leave out what nobody has confirmed yet.
            **options: cycles, mechanisms, bodies, columns and min_band of the plan's `Options`.

        Raises:
            UsageError: the kind cannot be written in that format, or there is no such theme.
        """
        if kind == "site":
            return self.publish(path, [state] if state else [], theme=theme, **options)
        if template := options.get("template"):
            options["template"] = str(self._handed(template))
        chosen = Options(only_confirmed=confirmed_only, theme=theme or "", **options)
        with speaking(chosen.language):
            source = self.source(state, built=kind not in UNBUILT)
            if kind == "xray":
                source = replace(source, places=self.linker.map(source.state))
            return write(kind, Path(path), source, chosen)

    def publish(
        self,
        /,
        path: str | Path,
        states: Sequence[str] = (),
        proposals: bool = False,
        since: str | Path | None = None,
        replace: bool = False,
        theme: str | None = None,
        **options: Any,
    ) -> list[Path]:
        """Write the public portal of one State or of several, and return its folder or archive.

        Only what was confirmed is shown, and nobody is named. The same workspace gives the same
        bytes. Of what was published in the folder before, a page says what changed.

        Args:
            path: the folder, or a ZIP file.
            states: the States; the only one when none is given.
            proposals: whether proposals are shown too, marked as such.
            since: folder or ``changes.json`` of an earlier publication to tell changes from; that
                in the folder itself when not given.
            replace: whether a folder that is no earlier portal of these States is deleted.
            theme: id or label of the one theme to publish.
            **options: as of ``write``; ``template`` is a folder of templates.

        Raises:
            Invalid: the folder holds something else, or what is named as earlier is no portal.
            AccessError: who logged in names a file of the server, or replaces a folder of it.
        """
        if replace and self.person is not None:
            raise AccessError("A folder of the server is replaced on its command line alone.")
        if replace and self.store.location.files.resolve().is_relative_to(Path(path).resolve()):
            raise Invalid(f"{path}: holds the workspace, with all decisions. Name another folder.")
        for handed in filter(None, (options.get("template"), since)):
            self._handed(handed)
        chosen = Options(only_confirmed=not proposals, theme=theme or "", **options)
        # Its pages are in English as yet, and never half in another language.
        with speaking(ENGLISH):
            sources = [self.source(state) for state in dict.fromkeys(states)] or [self.source()]
            return publish(sources, Path(path), chosen, Path(since) if since else None, replace)

    def claims(self, state: str | None = None) -> Claims:
        """Return what can be claimed of a State's themes and clusters, with what refutes it."""
        return Claims(self.source(state))

    def source(self, state: str | None = None, *, built: bool = True) -> Source:
        """Return what documents are made from; the same workspace gives the same documents.

        Args:
            state: the State; the only one when not given.
            built: whether its themes have to be there; what needs none may be had before a build.

        Raises:
            NotFound: it was never built.
        """
        state = self.only_state(state)
        xray = self.linker.xray(state) if built else Xray(state, edited(self.store, state).themes)
        stamps = [entry["at"] for entry in self.store.import_log()]
        log, planned = self.store.decisions(), plan_changes(self.store)
        stamps += [*(decision.at for decision in log), *(change.at for change in planned)]
        return Source(
            state=state,
            records=self.store.records(state),
            convergences=self.linker.convergences(state),
            sdg=self.linker.sdg(state),
            xray=xray,
            model=f"{self.encoder.name} {self.encoder.checksum}",
            version=version("linker"),
            date=max(stamps, default="")[:10],
            actions={key: one.action for key, one in self.linker.labels(state).items()},
            entries=standing_entries(planned),
            decisions=log,
            measures=measures(self.store),
            workspace=workspace_id(self.store),
            clusters=self.linker.clusters(state),
            dates=self.linker.dates(state),
        )
