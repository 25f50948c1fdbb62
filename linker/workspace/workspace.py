"""The façade: everything a user does with a workspace, in the words of the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from linker.audit.build import audit
from linker.audit.finding import Audit
from linker.errors import LinkerError
from linker.labels.labeller import Labels
from linker.records.importers import Options
from linker.review.roles import Right
from linker.store.location import Location, locate
from linker.vocabulary.files import refresh
from linker.workspace.adding import FileReport, ReadProgress, add_files
from linker.workspace.asking import Asking
from linker.workspace.build_report import BuildProgress, BuildReport
from linker.workspace.building import Builder
from linker.workspace.cluster_address import Scheduler
from linker.workspace.cluster_desk import ClusterDesk
from linker.workspace.document_desk import DocumentDesk
from linker.workspace.draft_desk import DraftDesk
from linker.workspace.facade_part import Verb
from linker.workspace.in_processes import in_processes
from linker.workspace.lexicon_desk import LexiconDesk
from linker.workspace.link_desk import LinkDesk
from linker.workspace.looking import Preview, previewed
from linker.workspace.on_cluster import on_cluster
from linker.workspace.plan_desk import PlanDesk
from linker.workspace.similar import SimilarDesk
from linker.workspace.source_desk import SourceDesk
from linker.workspace.theme_desk import ThemeDesk
from linker.workspace.uptake_desk import UptakeDesk


class Linker(Asking):
    """A workspace: its records, embeddings, links, themes and decisions.

    Example:
        >>> linker = Linker.open("kenya", create=True)  # doctest: +SKIP
        >>> linker.add(["export.xlsx"])  # doctest: +SKIP
        >>> linker.build()  # doctest: +SKIP
        >>> linker.convergences(state="KEN").above(0.8)  # doctest: +SKIP

    Use ``Linker.open``; close it, or use it in a ``with`` statement. Its parts hold its verbs:
    ``sources``, ``links``, ``clusters``, ``themes``, ``plan``, ``documents``; the usual ones are
    here too.
    """

    imports = Verb("sources", SourceDesk.imports)
    depends_on = Verb("sources", SourceDesk.depends_on)
    forget = Verb("sources", SourceDesk.forget)
    unforget = Verb("sources", SourceDesk.unforget)
    purge = Verb("sources", SourceDesk.purge)
    older_copies = Verb("sources", SourceDesk.older_copies)
    correct = Verb("sources", SourceDesk.correct)
    undo_correction = Verb("sources", SourceDesk.undo_correction)
    merge_records = Verb("sources", SourceDesk.merge_records)
    undo_merge = Verb("sources", SourceDesk.undo_merge)
    record_log = Verb("sources", SourceDesk.record_log)
    contradictions = Verb("sources", SourceDesk.contradictions)
    convergences = Verb("links", LinkDesk.convergences)
    sdg = Verb("links", LinkDesk.sdg)
    explain = Verb("links", LinkDesk.explain)
    decide = Verb("links", LinkDesk.decide)
    decide_many = Verb("links", LinkDesk.decide_many)
    add_convergence = Verb("links", LinkDesk.add_convergence)
    add_sdg = Verb("links", LinkDesk.add_sdg)
    import_review = Verb("links", LinkDesk.read_review)
    export_exemplars = Verb("links", LinkDesk.export_exemplars)
    merge_exemplars = Verb("links", LinkDesk.merge_exemplars)
    moved = Verb("links", LinkDesk.moved)
    recalibrate = Verb("links", LinkDesk.recalibrate)
    xray = Verb("themes", ThemeDesk.__call__)
    arrange = Verb("themes", ThemeDesk.arrange)
    map = Verb("themes", ThemeDesk.map)
    rename_theme = Verb("themes", ThemeDesk.rename)
    merge_themes = Verb("themes", ThemeDesk.merge)
    split_theme = Verb("themes", ThemeDesk.split)
    move_records = Verb("themes", ThemeDesk.move)
    choose_umbrella = Verb("themes", ThemeDesk.choose_umbrella)
    undo_theme_edit = Verb("themes", ThemeDesk.undo)
    theme_edits = Verb("themes", ThemeDesk.edits)
    set_plan = Verb("plan", PlanDesk.set)
    assign = Verb("plan", PlanDesk.assign)
    release = Verb("plan", PlanDesk.release)
    take_back = Verb("plan", PlanDesk.take_back)
    shared_out = Verb("plan", PlanDesk.shared_out)
    plan_log = Verb("plan", PlanDesk.log)
    dates = Verb("plan", PlanDesk.dates)
    set_date = Verb("plan", PlanDesk.set_date)
    compare_plan = Verb("plan", PlanDesk.compare)
    import_plan = Verb("plan", PlanDesk.read)
    import_plans = Verb("plan", PlanDesk.read_all)
    import_measures = Verb("plan", PlanDesk.read_measures)
    claims = Verb("documents", DocumentDesk.claims)
    align = Verb("plan", PlanDesk.align)
    judge_action = Verb("plan", PlanDesk.judge_action)
    import_verdicts = Verb("plan", PlanDesk.read_verdicts)
    export = Verb("documents", DocumentDesk.write)
    publish = Verb("documents", DocumentDesk.publish)
    source = Verb("documents", DocumentDesk.source)

    def __repr__(self) -> str:
        counts = self.store.counts()
        return (
            f"Linker({self.store.location.name!r}: {counts['records']} records of "
            f"{len(self.store.states())} States, {counts['convergences']} convergence and "
            f"{counts['sdg_links']} SDG candidates, {counts['decisions']} decisions)"
        )

    # Files to records, records to links ---------------------------------------------------------

    def add(
        self,
        files: Iterable[str | Path],
        options: Options | None = None,
        progress: ReadProgress | None = None,
    ) -> list[FileReport]:
        """Read files into the workspace. A file that is refused does not stop the others.

        Args:
            files: in any of the formats of docs/file-formats.md.
            options: what the files do not say, such as the State.
            progress: told of each file and of how many of its records were read so far.

        Raises:
            AccessError: the acting person may not import, or the file is not theirs to read.
        """
        self._guard(Right.IMPORT)
        refresh()
        files = [self._handed(file) for file in files]
        return add_files(self.store, map(Path, files), options or Options(), progress)

    def preview(self, file: str | Path, options: Options | None = None) -> Preview:
        """Read a file and keep nothing: what it holds, beside the records it would give.

        Args:
            file: in any of the formats of docs/file-formats.md.
            options: what the file does not say, such as which column holds the text.

        Raises:
            AccessError: the acting person may not import, or the file is not theirs to read.
        """
        self._guard(Right.IMPORT)
        return previewed(Path(self._handed(file)), options or Options(), self.store.sources())

    def build(
        self,
        progress: BuildProgress | None = None,
        states: Collection[str] | None = None,
        anew: bool = False,
        processes: int = 1,
        scheduler: Scheduler | None = None,
    ) -> BuildReport:
        """Make embeddings, links and themes of all States whose records or decisions changed.

        Safe to interrupt: a State is written whole or not at all, and what was encoded stays.

        Args:
            progress: called with (stage, done, in all) as work goes on.
            states: alpha-3 codes of the States to build; all of them unless given.
            anew: also where nothing had changed, from nothing.
            processes: how many States are built at once, each in a process of its own; the result
                is the same.
            scheduler: of a Dask cluster that builds them instead (docs/scale.md); the result is
                the same.

        Raises:
            AccessError: the acting person may not build.
            NotFound: a State without records.
        """
        self._guard(Right.BUILD)
        builder = Builder(self.store, self.encoder, self.indices, self.reader)
        crew = in_processes(processes) if processes > 1 else None
        return builder.build(progress, states, anew, on_cluster(scheduler) if scheduler else crew)

    # Parts ----------------------------------------------------------------------------------------

    @property
    def sources(self) -> SourceDesk:
        """The sources and records: taken out, put back, put right."""
        return SourceDesk(self)

    @property
    def links(self) -> LinkDesk:
        """The links: what is proposed, why, and what people decide on it."""
        return LinkDesk(self)

    @property
    def themes(self) -> ThemeDesk:
        """The themes: ``linker.themes(state=…)`` returns them, its verbs change them."""
        return ThemeDesk(self)

    @property
    def plan(self) -> PlanDesk:
        """The implementation plan: ``linker.plan(state=…)`` returns it, its verbs fill it in."""
        return PlanDesk(self)

    @property
    def documents(self) -> DocumentDesk:
        """The documents: what they are made from, and how they are written."""
        return DocumentDesk(self)

    @property
    def lexicon(self) -> LexiconDesk:
        """The lexicon of other languages: how records were read, and corrections of it."""
        return LexiconDesk(self)

    @property
    def clusters(self) -> ClusterDesk:
        """The clusters: ``linker.clusters(state=…)`` returns them, its verbs decide on them."""
        return ClusterDesk(self)

    @property
    def similar(self) -> SimilarDesk:
        """The same ask in other States: ``linker.similar(record_or_text)``."""
        return SimilarDesk(self)

    @property
    def draft(self) -> DraftDesk:
        """A recommendation in the making: ``linker.draft(text)``, ``linker.draft.openings()``."""
        return DraftDesk(self)

    @property
    def uptake(self) -> UptakeDesk:
        """What came back of a submission: ``linker.uptake(file)`` says; its verb writes it down."""
        return UptakeDesk(self)

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
        refresh()
        records = self.store.records(self.only_state(state) if state else None)
        return audit(records, contradicted=self.store.contradictions(state))


def default_workspace() -> Location:
    """Return where the workspace lies that LINKER_WORKSPACE names; else the folder ``workspace``.

    Raises:
        Invalid: it names an address that is none.
    """
    return locate(os.environ.get("LINKER_WORKSPACE") or "workspace")


__all__ = ["Linker", "LinkerError", "default_workspace"]
