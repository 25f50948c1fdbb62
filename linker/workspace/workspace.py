"""The façade: everything a user does with a workspace, in the words of the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from linker.audit.build import audit
from linker.audit.finding import Audit
from linker.documents.inputs import Options as ExportOptions
from linker.documents.inputs import Source
from linker.documents.writers import write
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.errors import Invalid, LinkerError, NotFound
from linker.labels.labeller import Labels
from linker.links import Convergence, SdgLink
from linker.plan.entries import standing_entries
from linker.records.filters import Filter
from linker.records.importers import Options
from linker.records.record import Record
from linker.review.decisions import standing
from linker.review.results import Links, ProposedConvergence, ProposedSdgLink
from linker.review.roles import Right
from linker.store.plan_log import measures, plan_changes, workspace_id
from linker.store.store import Store
from linker.themes.theme import Xray
from linker.vocabulary.files import refresh
from linker.workspace.adding import FileReport, add_files
from linker.workspace.arranging import edited
from linker.workspace.ask_indices import AskIndices
from linker.workspace.building import Builder, BuildProgress, BuildReport
from linker.workspace.by_hand import (
    with_remembered,
)
from linker.workspace.cluster_desk import ClusterDesk
from linker.workspace.known import remember
from linker.workspace.plan_desk import PlanDesk
from linker.workspace.review_desk import ReviewDesk
from linker.workspace.search import Found, search
from linker.workspace.source_desk import EMBEDDINGS, SourceDesk
from linker.workspace.theme_desk import ThemeDesk


class Linker(SourceDesk, ThemeDesk, PlanDesk, ReviewDesk):
    """A workspace: its records, embeddings, links, themes and decisions.

    Example:
        >>> linker = Linker.open("kenya", create=True)  # doctest: +SKIP
        >>> linker.add(["export.xlsx"])  # doctest: +SKIP
        >>> linker.build()  # doctest: +SKIP
        >>> linker.convergences(state="KEN").above(0.8)  # doctest: +SKIP

    Use ``Linker.open``; close it, or use it in a ``with`` statement.
    """

    def __init__(self, folder: Path, store: Store, encoder: Encoder | None = None) -> None:
        self.folder = folder
        self.store = store
        embeddings = folder / EMBEDDINGS
        # Loaded when first needed, and once for all who act on the same open workspace.
        self._encoder = cache(lambda: CachedEncoder(encoder or default_encoder(), embeddings))
        self._indices = cache(lambda: AskIndices(folder, store, self._encoder()))

    @classmethod
    def open(cls, path: str | Path, create: bool = False, encoder: Encoder | None = None) -> Linker:
        """Open a workspace.

        Args:
            path: its folder.
            create: make it when it is not there.
            encoder: another encoder than the default one.

        Raises:
            LinkerError: no workspace there, or one that cannot be read.
        """
        folder = Path(path).expanduser()
        store = Store(folder, create=create)
        remember(folder)
        return cls(folder, store, encoder)

    def __enter__(self) -> Linker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self.store.counts()
        return (
            f"Linker({self.folder.name!r}: {counts['records']} records of "
            f"{len(self.store.states())} States, {counts['convergences']} convergence and "
            f"{counts['sdg_links']} SDG candidates, {counts['decisions']} decisions)"
        )

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    @property
    def encoder(self) -> Encoder:
        """The encoder, with the workspace's cache of embeddings before it."""
        return self._encoder()

    @property
    def indices(self) -> AskIndices:
        """The FAISS indices of the asks, one a State."""
        return self._indices()

    # Files to records, records to links ---------------------------------------------------------

    def add(self, files: Iterable[str | Path], options: Options | None = None) -> list[FileReport]:
        """Read files into the workspace. A file that is refused does not stop the others.

        Args:
            files: in any of the formats of docs/file-formats.md.
            options: what the files do not say, such as the State.

        Raises:
            AccessError: the acting person may not import, or the file is not theirs to read.
        """
        self._guard(Right.IMPORT)
        refresh()
        files = [self._handed(file) for file in files]
        return add_files(self.store, map(Path, files), options or Options())

    def build(
        self,
        progress: BuildProgress | None = None,
        states: Collection[str] | None = None,
        anew: bool = False,
    ) -> BuildReport:
        """Make embeddings, links and themes of all States whose records or decisions changed.

        Safe to interrupt: a State is written whole or not at all, and what was encoded stays.

        Args:
            progress: called with (stage, done, in all) as work goes on.
            states: alpha-3 codes of the States to build; all of them unless given.
            anew: also where nothing had changed, from nothing.

        Raises:
            AccessError: the acting person may not build.
            NotFound: a State without records.
        """
        self._guard(Right.BUILD)
        return Builder(self.store, self.encoder, self.indices).build(progress, states, anew)

    # Asking -------------------------------------------------------------------------------------

    def records(self, where: Filter | None = None, responsible: str = "") -> list[Record]:
        """Return the records that match a filter, ordered by id.

        Args:
            where: conditions that a record alone meets.
            responsible: part of the name of an institution that the plan makes answer for the
                record; "nobody yet" for those without one.
        """
        where = where or Filter()
        found = list(where.select(self.store.records(where.state.upper() or None)))
        return self.answered_by(responsible, found) if responsible else found

    def search(
        self, text: str, where: Filter | None = None, limit: int = 20, responsible: str = ""
    ) -> list[Found]:
        """Return records that say this, or mean it, best first; filtered as by ``records``."""
        return search(text, self.records(where, responsible), self.encoder, limit, self.indices)

    def convergences(self, state: str | None = None) -> Links[ProposedConvergence]:
        """Return all convergence links, most probable first.

        The hidden ones are among them: ``.shown()`` drops them, ``.above(p)`` cuts elsewhere.
        """
        records, verdicts = self._known_records(state), standing(self.store.decisions())
        links = with_remembered(Convergence, self.store.convergences(state), self.store, verdicts)
        return Links(
            [
                ProposedConvergence(link, left, right, verdicts.get(link.link_id))
                for link in links
                for left, right in [(records.get(link.left_id), records.get(link.right_id))]
                if left and right
            ]
        )

    def sdg(self, state: str | None = None) -> Links[ProposedSdgLink]:
        """Return all SDG links, most probable first; ``.shown()`` drops the hidden ones."""
        records, verdicts = self._known_records(state), standing(self.store.decisions())
        links = with_remembered(SdgLink, self.store.sdg_links(state), self.store, verdicts)
        return Links(
            [
                ProposedSdgLink(link, record, verdicts.get(link.link_id))
                for link in links
                for record in [records.get(link.record_id)]
                if record
            ]
        )

    @property
    def clusters(self) -> ClusterDesk:
        """The clusters: ``linker.clusters(state=…)`` returns them, its verbs decide on them."""
        return ClusterDesk(self)

    def xray(self, state: str | None = None) -> Xray:
        """Return the themes of a State (the only one, when there is one).

        Raises:
            UsageError: several States are there and none was named, or it was never built.
        """
        chosen = self.only_state(state)
        themes = edited(self.store, chosen).themes
        if not themes:
            raise NotFound(f"{chosen}: no themes yet. Run `linker build` first.")
        return Xray(chosen, themes)

    def labels(self, state: str | None = None) -> dict[str, Labels]:
        """Return the predicted issue tags and action category of each record, by record id.

        Empty until the first build. What a source tags stands in the record itself.
        """
        return self.store.labels(state)

    def audit(self, state: str | None = None) -> Audit:
        """Find what not to trust in the imported labels and texts; nothing is changed.

        Args:
            state: only this State's records; all records when not given.

        Raises:
            UsageError: no records of this State here.
        """
        records = self.store.records(self.only_state(state) if state else None)
        return audit(records, contradicted=self.store.contradictions(state))

    def only_state(self, state: str | None = None) -> str:
        """Return the State asked for, or the only one there is.

        Raises:
            UsageError: it has no records here, or several States have and none was named.
        """
        states = self.store.states()
        if state and state not in states:
            raise NotFound(f"{state}: no records of this State here. There are: {_list(states)}.")
        if not state and len(states) != 1:
            raise Invalid(f"Name a State with --state; records here are of: {_list(states)}.")
        return state or states[0]

    def export(
        self,
        kind: str,
        path: str | Path,
        state: str | None = None,
        theme: str | None = None,
        accepted_only: bool = False,
        **options: Any,
    ) -> list[Path]:
        """Write a document and return the files written.

        Args:
            kind: one of `linker.documents.kinds.KINDS`: matrix, plan, factsheet, midterm, xray …
            path: file to write; its suffix says the format.
            state: the State; the only one when not given.
            theme: id or label of a theme, for a factsheet.
            accepted_only: leave out what nobody has accepted yet.
            **options: cycles, mechanisms, bodies, columns and min_band of the plan's `Options`.

        Raises:
            UsageError: the kind cannot be written in that format, or there is no such theme.
        """
        chosen = ExportOptions(only_accepted=accepted_only, theme=theme or "", **options)
        source = self.source(state)
        if kind == "xray":
            source = replace(source, places=self.map(source.state))
        return write(kind, Path(path), source, chosen)

    def source(self, state: str | None = None) -> Source:
        """Return what documents are made from; the same workspace gives the same documents.

        Args:
            state: the State; the only one when not given.
        """
        state = self.only_state(state)
        stamps = [entry["at"] for entry in self.store.import_log()]
        log, planned = self.store.decisions(), plan_changes(self.store)
        stamps += [*(decision.at for decision in log), *(change.at for change in planned)]
        return Source(
            state=state,
            records=self.store.records(state),
            convergences=self.convergences(state),
            sdg=self.sdg(state),
            xray=self.xray(state),
            model=f"{self.encoder.name} {self.encoder.checksum}",
            version=version("linker"),
            date=max(stamps, default="")[:10],
            actions={key: one.action for key, one in self.labels(state).items()},
            entries=standing_entries(planned),
            decisions=log,
            measures=measures(self.store),
            workspace=workspace_id(self.store),
            clusters=self.clusters(state),
        )

    # Inside -------------------------------------------------------------------------------------

    def _known_records(self, state: str | None) -> dict[str, Record]:
        return {record.id: record for record in self.store.records(state)}


def default_workspace() -> Path:
    """Return the folder that LINKER_WORKSPACE names, else ``workspace`` where one stands."""
    return Path(os.environ.get("LINKER_WORKSPACE") or "workspace")


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none (import files first)"


__all__ = ["Linker", "LinkerError", "default_workspace"]
