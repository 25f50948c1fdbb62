"""From records to links and themes, State by State, only where something changed."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.recalibration import recalibrated
from linker.convergence.scorers import scorers
from linker.encoding.encoder import Encoder, Progress
from linker.errors import NotFound
from linker.labels.labeller import Labeller
from linker.links import SdgLink
from linker.reading.document_frequencies import uncounted
from linker.reading.reader import Reader
from linker.records.asks import too_long
from linker.records.record import Record
from linker.sdg.exemplars import Exemplar
from linker.sdg.linking import SdgLinker
from linker.store import schema
from linker.store.builds import Overtaken
from linker.store.store import Store
from linker.store.teaching import reviewed_exemplars
from linker.vocabulary.files import reading, refresh
from linker.workspace.arranging import make_themes
from linker.workspace.ask_indices import AskIndices
from linker.workspace.build_report import BuildProgress, BuildReport, StateReport
from linker.workspace.clustering import make_clusters
from linker.workspace.learning import Lessons, Move, learned, moves
from linker.workspace.recalibrating import shifts_of
from linker.workspace.search_corpus import Corpora

ENGINE = 14
"""Raised with every change of code that changes links, themes or labels: all is then made again."""
TRIES = 3
"""How often a State is made before a build gives up on others who change what it is made from."""


@dataclass(frozen=True)
class Basis:
    """What the links of a State are made from.

    Attributes:
        engine: digest of all that is the same for every State.
        records: digest of each record, by id.
        taught: what reviewers decided on the State's links to the SDGs, and what was merged in.
        shifts: what decisions on convergences add to the log-odds of each kind of pair.
    """

    engine: str
    records: dict[str, str]
    taught: tuple[Exemplar, ...] = ()
    shifts: tuple[tuple[str, float], ...] = ()

    @property
    def digest(self) -> str:
        """What says whether anything changed."""
        taught = [str(part) for exemplar in self.taught for part in asdict(exemplar).values()]
        records = (part for pair in self.records.items() for part in pair)
        return _digest([self.engine, *records, *taught, *map(str, self.shifts)])

    def summary(self, moved: Sequence[Move] = ()) -> dict[str, Any]:
        """Return what the next build needs to know of this one, and what moved in it."""
        return {
            "basis": {"engine": self.engine, "records": self.records, "shifts": dict(self.shifts)},
            "taught": [asdict(exemplar) for exemplar in self.taught],
            "moved": [move.to_dict() for move in moved],
        }

    def changed_since(self, summary: Mapping[str, Any]) -> frozenset[str] | None:
        """Return the ids of records that were added, changed or taken away since a build.

        A record's SDG links and labels depend on itself and the engine alone, and the score of two
        records on these: those of the other records hold good.

        Args:
            summary: of that build; empty where there was none.

        Returns:
            None where everything has to be made again.
        """
        before = summary.get("basis", {})
        if (before.get("engine"), before.get("shifts")) != (self.engine, dict(self.shifts)):
            return None
        return frozenset(key for key, _ in self.records.items() ^ before["records"].items())


@dataclass(frozen=True)
class Crew:
    """Who builds many States at once.

    Attributes:
        least: how many have to wait before they are asked.
        build: called with the builder, the States in the order in which they are begun, whether
            without what the last build left, and progress; returns the report of each State, None
            where somebody else had built it meanwhile.
    """

    least: int
    build: Callable[
        [Builder, Sequence[str], bool, BuildProgress | None], Mapping[str, StateReport | None]
    ]


class Builder:
    """Makes what can be made from the records of a workspace."""

    def __init__(self, store: Store, encoder: Encoder, indices: AskIndices, reader: Reader) -> None:
        self.store = store
        self.encoder = encoder
        self.indices = indices
        self.reader = reader
        self._taught: dict[str, tuple[Exemplar, ...]] = {}
        self._shifts: dict[str, tuple[tuple[str, float], ...]] = {}

    def build(
        self,
        progress: BuildProgress | None = None,
        states: Collection[str] | None = None,
        anew: bool = False,
        crew: Crew | None = None,
    ) -> BuildReport:
        """Build every State whose records, models, vocabularies or reviewed links changed.

        Args:
            progress: called as work goes on.
            states: alpha-3 codes of those to build; all of them unless given.
            anew: also where nothing changed, and without what the last build left.
            crew: who builds many of them at once; the result is the same.

        Raises:
            NotFound: a State without records.
        """
        refresh()
        known = self.store.states()
        if missing := sorted(set(states or ()) - set(known)):
            raise NotFound(f"{missing[0]}: no records of this State. Import some first.")
        self.store.drop_builds(but=known)
        self.indices.drop(but=known)
        waiting: list[str] = []
        up_to_date: list[str] = []
        made: Sequence[StateReport | None]
        for state in known:
            if states is not None and state not in states:
                continue
            basis = self._basis(state)
            if not anew and self.store.build_digest(state) == basis.digest:
                make_clusters(self.store, self.indices.encoder_of(state), self.reader, state, basis)
                up_to_date.append(state)
            else:
                waiting.append(state)
        if crew and len(waiting) >= crew.least:
            made = self._at_once(waiting, progress, anew, crew)
        else:
            made = [self._built(state, progress, anew) for state in waiting]
        built = tuple(report for report in made if report)
        done = {report.state for report in built}
        up_to_date += [state for state in waiting if state not in done]  # by somebody else
        return BuildReport(built, tuple(sorted(up_to_date)), uncounted() if built else ())

    def _at_once(
        self, states: Sequence[str], progress: BuildProgress | None, anew: bool, crew: Crew
    ) -> Sequence[StateReport | None]:
        """Have States built, the largest first: the last one is waited for alone."""
        sizes = self.store.sizes()
        order = sorted(states, key=lambda state: (-sizes[state], state))
        reports = crew.build(self, order, anew, progress)
        return [reports[state] for state in states]

    def _built(self, state: str, progress: BuildProgress | None, anew: bool) -> StateReport:
        """Build a State, again where what it is made from changed meanwhile."""
        for _ in range(TRIES - 1):
            try:
                return self._build_state(state, self._basis(state), progress, anew)
            except Overtaken:
                anew = True
        return self._build_state(state, self._basis(state), progress, anew=True)

    def _basis(self, state: str) -> Basis:
        if state not in self._taught:
            self._taught[state] = tuple(taught(self.store, self.reader, state))
            # Not from the State's index: asking for that before its first build would make it.
            shift = shifts_of(self.store, self.encoder, self.reader, state)
            self._shifts[state] = tuple(sorted(shift.items()))
        records = self.store.record_digests(state)
        return Basis(self._engine_digest(), records, self._taught[state], self._shifts[state])

    def _build_state(
        self, state: str, basis: Basis, progress: BuildProgress | None, anew: bool
    ) -> StateReport:
        started = time.perf_counter()
        since = self.store.build_digest(state)
        everything = self.store.records(state)
        short = [record for record in everything if not too_long(record.text)]
        records = self.reader.all_english(short)
        summary = self.store.build_summary(state)

        def stage(name: str) -> Progress:
            def report(done: int, total: int) -> None:
                if progress:
                    progress(f"{state}: {name}", done, total)

            return report

        stage("reading")(0, len(records))
        self.indices.updated(state, records, stage("reading"))
        Corpora(self.store, self.indices, self.encoder).write(state, everything, self.reader)
        encoder = self.indices.encoder_of(state)
        sdg_linker = SdgLinker(encoder, basis.taught)
        lessons = Lessons(sdg_linker, summary.get("taught", ()))
        reached = lessons.reached(records, encoder)
        remade = None if anew else basis.changed_since(summary)
        if remade is not None:
            remade |= {record_id for record_id, _ in reached}
        fresh = [record for record in records if remade is None or record.id in remade]
        stage("SDG links")(0, len(fresh))
        sdg_links = sdg_linker.link(fresh, stage("SDG links"))
        moved = moves(self.store.sdg_links(state) if reached else (), sdg_links, reached)
        shown = [*sdg_links, *self._kept(state, remade)]
        before = self.store.scored(state) if remade is not None else None
        pair_scorers = recalibrated(scorers(), dict(basis.shifts))
        update = ConvergenceLinker(encoder, pair_scorers).update(
            records, before, remade or (), stage("convergences")
        )
        stage("themes")(0, len(records))
        xray = make_themes(self.store, encoder, state, records, shown)
        labels = Labeller().label(fresh)
        if self._engine_digest() != basis.engine:
            raise Overtaken(state)
        self.store.save_build(
            state,
            basis.digest,
            update.links,
            sdg_links,
            [theme.to_dict() for theme in xray],
            basis.summary(moved),
            labels,
            remade,
            update.dropped if before else None,
            update.scored,
            since,
        )
        stage("clusters")(0, len(records))
        make_clusters(self.store, encoder, self.reader, state, basis)
        return StateReport(
            state=state,
            records=len(everything),
            too_long=len(everything) - len(short),
            unread=self._unread(short),
            convergences=self.store.bands(schema.convergences, state),
            sdg_links=self.store.bands(schema.sdg_links, state),
            themes=len(xray),
            seconds=time.perf_counter() - started,
            learned=learned(summary, dict(basis.shifts), moved, lessons.count),
        )

    def _unread(self, records: Sequence[Record]) -> tuple[tuple[str, int], ...]:
        found = Counter(self.reader.unread(r.text, r.language) for r in records)
        return tuple(sorted((code, count) for code, count in found.items() if code))

    def _kept(self, state: str, remade: frozenset[str] | None) -> list[SdgLink]:
        """Return the SDG links that hold good from the last build, without the hidden ones."""
        if remade is None:
            return []
        links = self.store.sdg_links(state, bands=("propose", "ask"))
        return [link for link in links if link.record_id not in remade]

    def _engine_digest(self) -> str:
        """Return what besides the records decides the result: models, vocabularies, reviews."""
        parts = [version("linker"), str(ENGINE), self.encoder.checksum, reading().digest]
        parts.append(self.reader.digest)
        return _digest(parts)


def taught(store: Store, reader: Reader, state: str) -> list[Exemplar]:
    """Return what a State's reviewers taught the SDG engine, in English."""
    found = reviewed_exemplars(store, state)
    return [replace(e, text=reader.english_text(e.text)) for e in found]


def _digest(parts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()
