"""The façade: everything a user does with a workspace, in the words of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from linker.audit.build import audit
from linker.audit.finding import Audit
from linker.encoding.cache import CachedEncoder
from linker.encoding.encoder import Encoder, default_encoder
from linker.errors import LinkerError, UsageError
from linker.labels.labeller import Labels
from linker.linking.convergence import ConvergenceLinker
from linker.linking.links import Convergence, SdgLink
from linker.linking.sdg import SdgLinker
from linker.plan.entries import Measure, PlanChange, standing_entries
from linker.plan.export import write
from linker.plan.plan import Plan, plan_of
from linker.plan.source import Options as ExportOptions
from linker.plan.source import Source
from linker.records.filters import Filter
from linker.records.importers import Options
from linker.records.notes import Notes
from linker.records.record import Record
from linker.review.decisions import Decision, checked_verdict, standing
from linker.sdg.exemplars import read_exemplars, write_exemplars
from linker.workspace.adding import FileReport, add_file
from linker.workspace.arranging import edited
from linker.workspace.building import Builder, BuildProgress, BuildReport
from linker.workspace.by_hand import (
    Kept,
    checked_code,
    checked_pair,
    convergence_by_hand,
    link_of,
    sdg_by_hand,
    with_remembered,
)
from linker.workspace.explaining import Explanation, explain_convergence, explain_sdg
from linker.workspace.plan_log import measures, plan_changes, workspace_id
from linker.workspace.planning import PlanImport, import_measures, import_plan, set_plan
from linker.workspace.results import Links, ProposedConvergence, ProposedSdgLink
from linker.workspace.search import Found, search
from linker.workspace.store import Store
from linker.workspace.teaching import merge_exemplars, reviewed_exemplars
from linker.workspace.theming import ThemeDesk
from linker.xray.theme import Xray

EMBEDDINGS = "embeddings"


class Linker(ThemeDesk):
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
        self._given_encoder = encoder

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
        return cls(folder, Store(folder, create=create), encoder)

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

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, with the workspace's cache of embeddings before it."""
        return CachedEncoder(self._given_encoder or default_encoder(), self.folder / EMBEDDINGS)

    # Files to records, records to links ---------------------------------------------------------

    def add(self, files: Iterable[str | Path], options: Options | None = None) -> list[FileReport]:
        """Read files into the workspace. A file that is refused does not stop the others.

        Args:
            files: in any of the formats of docs/file-formats.md.
            options: what the files do not say, such as the State.
        """
        return [add_file(self.store, Path(file), options or Options()) for file in files]

    def build(self, progress: BuildProgress | None = None) -> BuildReport:
        """Make embeddings, links and themes of all States whose records or decisions changed.

        Safe to interrupt: a State is written whole or not at all, and what was encoded stays.

        Args:
            progress: called with (stage, done, in all) as work goes on.
        """
        return Builder(self.store, self.encoder).build(progress)

    # Asking -------------------------------------------------------------------------------------

    def records(self, where: Filter | None = None) -> list[Record]:
        """Return the records that match a filter, ordered by id."""
        return list((where or Filter()).select(self.store.records()))

    def search(self, text: str, where: Filter | None = None, limit: int = 20) -> list[Found]:
        """Return records that say this, or mean it, best first."""
        return search(text, self.records(where), self.encoder, limit)

    def convergences(self, state: str | None = None) -> Links[ProposedConvergence]:
        """Return all convergence links, most probable first.

        The hidden ones are among them: ``.shown()`` drops them, ``.above(p)`` cuts elsewhere.
        """
        records, verdicts = self._known_records, standing(self.store.decisions())
        links = with_remembered(Convergence, self.store.convergences(state), self.store, verdicts)
        return Links(
            [
                ProposedConvergence(link, left, records[link.right_id], verdicts.get(link.link_id))
                for link in links
                for left in [records[link.left_id]]
                if state in (None, left.state)
            ]
        )

    def sdg(self, state: str | None = None) -> Links[ProposedSdgLink]:
        """Return all SDG links, most probable first; ``.shown()`` drops the hidden ones."""
        records, verdicts = self._known_records, standing(self.store.decisions())
        links = with_remembered(SdgLink, self.store.sdg_links(state), self.store, verdicts)
        return Links(
            [
                ProposedSdgLink(link, record, verdicts.get(link.link_id))
                for link in links
                for record in [records[link.record_id]]
                if state in (None, record.state)
            ]
        )

    def xray(self, state: str | None = None) -> Xray:
        """Return the themes of a State (the only one, when there is one).

        Raises:
            UsageError: several States are there and none was named, or it was never built.
        """
        chosen = self.only_state(state)
        themes = edited(self.store, chosen).themes
        if not themes:
            raise UsageError(f"{chosen}: no themes yet. Run `linker build` first.")
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
        return audit(self.store.records(self.only_state(state) if state else None))

    def only_state(self, state: str | None = None) -> str:
        """Return the State asked for, or the only one there is.

        Raises:
            UsageError: it has no records here, or several States have and none was named.
        """
        states = self.store.states()
        if state and state not in states:
            raise UsageError(f"{state}: no records of this State here. There are: {_list(states)}.")
        if not state and len(states) != 1:
            raise UsageError(f"Name a State with --state; records here are of: {_list(states)}.")
        return state or states[0]

    def explain(self, link_id: str) -> Explanation:
        """Return both sides of a link with the evidence marked, and its waterfall.

        Raises:
            UsageError: no such link here.
        """
        link = self._link(link_id)
        if isinstance(link, Convergence):
            sides = self._known_records[link.left_id], self._known_records[link.right_id]
            linker = ConvergenceLinker(self.encoder)
            return explain_convergence(linker, self.store.records(sides[0].state), link, *sides)
        linker_for_sdg = SdgLinker(self.encoder, reviewed_exemplars(self.store))
        record = self.store.record(link.record_id)
        assert record is not None  # a link is deleted with its record
        return explain_sdg(linker_for_sdg, link, record)

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
            kind: one of `linker.plan.kinds.KINDS`: matrix, plan, factsheet, midterm, xray …
            path: file to write; its suffix says the format.
            state: the State; the only one when not given.
            theme: id or label of a theme, for a factsheet.
            accepted_only: leave out what nobody has accepted yet.
            **options: cycles, mechanisms, bodies, columns and min_band of the plan's `Options`.

        Raises:
            UsageError: the kind cannot be written in that format, or there is no such theme.
        """
        chosen = ExportOptions(only_accepted=accepted_only, theme=theme or "", **options)
        source = self._source(self.only_state(state))
        if kind == "xray":
            source = replace(source, places=self.map(source.state))
        return write(kind, Path(path), source, chosen)

    # Planning -----------------------------------------------------------------------------------

    def plan(self, state: str | None = None) -> Plan:
        """Return the implementation plan of a State with what people filled in."""
        return plan_of(self._source(self.only_state(state)))

    def set_plan(self, record_id: str, *, reviewer: str, **fields: str) -> list[PlanChange]:
        """Fill in fields of the plan for a record, or for every record of a theme.

        Args:
            record_id: id of the record, or of a theme (``T-…``).
            reviewer: who fills it in.
            **fields: responsible, partners, actions, indicators, baseline, deadline, budget,
                status, law, policy, practice, measure; ``comment`` adds a comment.

        Returns:
            The changes written; fields that already said so are none.

        Raises:
            UsageError: no such record or field, a value that does not fit, or no name.
        """
        return set_plan(self.store, self._planned(record_id), reviewer, fields)

    def plan_log(self, record_id: str | None = None) -> list[PlanChange]:
        """Return all changes of the plan, oldest first."""
        return plan_changes(self.store, record_id)

    def import_plan(self, path: str | Path, *, reviewer: str, keep: str = "") -> PlanImport:
        """Read a filled-in plan and write what it changes; conflicts are listed, never overwritten.

        Args:
            path: the XLSX file that ``export("plan", …)`` wrote.
            reviewer: in whose name.
            keep: of a conflict, "theirs" (the file) or "ours" (the workspace).

        Raises:
            LinkerError: the file is no plan, a column was renamed, or there is no name.
        """
        return import_plan(self.store, Path(path), reviewer, keep)

    def import_measures(self, path: str | Path) -> list[Measure]:
        """Read the measures of a national plan (CSV, XLSX: id, title, responsible, deadline)."""
        return import_measures(self.store, Path(path))

    def _planned(self, key: str) -> list[str]:
        for state in self.store.states():
            for theme in edited(self.store, state).themes:
                if theme.theme_id == key:
                    return [member.record_id for member in theme.members]
        return [key]

    # Deciding -----------------------------------------------------------------------------------

    def decide(self, link_id: str, verdict: str, reviewer: str, note: str = "") -> Decision:
        """Write a decision to the append-only log; it is on disk when this returns.

        Args:
            link_id: the link.
            verdict: accept, reject, unsure, or undo to take back this reviewer's last one.
            reviewer: who decides.
            note: why.

        Raises:
            UsageError: no such link or verdict, or the reviewer has no name.
        """
        return self.decide_many([link_id], verdict, reviewer, note)[0]

    def decide_many(
        self, link_ids: Iterable[str], verdict: str, reviewer: str, note: str = ""
    ) -> list[Decision]:
        """Write the same decision on several links: all of them, or none where one is refused.

        Raises:
            UsageError: as for ``decide``.
        """
        _named(reviewer)
        checked = checked_verdict(verdict)
        return self.store.append_decisions(
            [
                Decision(0, link_id, checked, reviewer.strip(), note, "", self._as_it_is(link_id))
                for link_id in link_ids
            ]
        )

    def add_convergence(
        self,
        left_id: str,
        right_id: str,
        reviewer: str,
        note: str = "",
        relation: str = "convergence",
    ) -> Decision:
        """Link two records by hand: an accepted link that outlives every build.

        Where the engine proposes the pair too, this accepts it, as the relation given.

        Args:
            left_id: one record.
            right_id: another of the same State and of another document.
            reviewer: who links them.
            note: why.
            relation: convergence (the same measure) or related (the same issue).

        Raises:
            UsageError: no such record or relation, one document, or no name.
        """
        pair = checked_pair(self.store.record(left_id), self.store.record(right_id))
        made = convergence_by_hand(ConvergenceLinker(self.encoder).score(*pair), relation)
        return self._accept([made], reviewer, note)[0]

    def add_sdg(self, record_id: str, code: str, reviewer: str, note: str = "") -> Decision:
        """Give a record an SDG target, or an indicator and with it its target, by hand.

        Args:
            record_id: the record.
            code: of the framework, such as 5.3 or 5.3.1.
            reviewer: who adds it.
            note: why.

        Returns:
            The decision on the code itself; that on its target, where new, stands before it.

        Raises:
            LinkerError: no such record or code, or no name.
        """
        record = self.store.record(record_id)
        if record is None:
            raise UsageError(f"{record_id}: no such record in this workspace.")
        target, indicator = checked_code(code)
        linker = SdgLinker(self.encoder, reviewed_exemplars(self.store))
        made = [sdg_by_hand(linker.explain(record.text, target, indicator, record_id))]
        if indicator:
            above = sdg_by_hand(linker.explain(record.text, target, "", record_id))
            stands = standing(self.store.decisions(above[0])).get(above[0])
            if stands is None or stands.verdict != "accept":
                made.insert(0, above)
        return self._accept(made, reviewer, note)[-1]

    # Teaching -----------------------------------------------------------------------------------

    def export_exemplars(self, path: str | Path) -> int:
        """Write what reviewers taught the SDG engine here to a CSV file; return how many rows.

        Args:
            path: the file; ``merge_exemplars`` of another workspace reads it.
        """
        return write_exemplars(Path(path), reviewed_exemplars(self.store))

    def merge_exemplars(self, path: str | Path) -> tuple[int, Notes]:
        """Keep the exemplars of a CSV file (text, target, accepted, source) for the next build.

        Returns:
            How many were new here, and an account of every row.

        Raises:
            LinkerError: the file is missing, is no UTF-8 text, or lacks a column.
        """
        found, notes = read_exemplars(Path(path))
        return merge_exemplars(self.store, found), notes

    # Inside -------------------------------------------------------------------------------------

    def _source(self, state: str) -> Source:
        """Return what documents are made from; the same workspace gives the same documents."""
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
        )

    @property
    def _known_records(self) -> dict[str, Record]:
        return {record.id: record for record in self.store.records()}

    def _accept(self, made: Sequence[tuple[str, Kept]], reviewer: str, note: str) -> list[Decision]:
        _named(reviewer)
        return self.store.append_decisions(
            [Decision(0, key, "accept", reviewer.strip(), note, "", kept) for key, kept in made]
        )

    def _as_it_is(self, link_id: str) -> tuple[tuple[str, str], ...]:
        """Return what a decision keeps of the link, to be read when it is proposed no longer."""
        judged = [d.link for d in self.store.decisions(link_id)]
        if judged and self.store.link(link_id) is None:
            return judged[-1]
        link = self._link(link_id)
        if isinstance(link, Convergence):
            what = {"left_id": link.left_id, "right_id": link.right_id, "relation": link.relation}
        else:
            what = {"record_id": link.record_id, "target": link.target, "indicator": link.indicator}
        return tuple(sorted({**what, "probability": f"{link.probability:.4f}"}.items()))

    def _link(self, link_id: str) -> Convergence | SdgLink:
        link = self.store.link(link_id)
        if link is None:
            kept = [link_of(dict(d.link)) for d in self.store.decisions(link_id)]
            link = next((made for made in kept if made is not None), None)
        if link is None:
            raise UsageError(
                f"{link_id}: no such link in this workspace. Ids stand in the first column of "
                "`linker convergence` and `linker sdg`."
            )
        return link


def _named(reviewer: str) -> None:
    if not reviewer.strip():
        raise UsageError("A decision needs a reviewer's name (--reviewer NAME).")


def default_workspace() -> Path:
    """Return the folder that LINKER_WORKSPACE names, else ``workspace`` where one stands."""
    return Path(os.environ.get("LINKER_WORKSPACE") or "workspace")


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none (import files first)"


__all__ = ["Linker", "LinkerError", "default_workspace"]
