"""One open workspace, shared by every browser that looks at it, and what it last held in memory.

Reading 2,500 records and their links from the database takes longer than a reviewer should wait
between two decisions. They are therefore read once for each version of the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property, partial
from pathlib import Path
from threading import Lock, RLock
from typing import Any, TypeVar

from linker.audit.build import audit
from linker.audit.finding import Audit
from linker.convergence.cluster import PREFIX
from linker.convergence.convergence import ConvergenceLinker
from linker.i18n.language import language, speaking
from linker.links import Band, Convergence, SdgLink
from linker.plan.entries import PlanChange, PlanEntry, standing_entries
from linker.records.record import Record
from linker.review.agreement import Judged
from linker.review.decisions import Decision
from linker.review.folded_log import FoldedLog
from linker.review.roles import Person
from linker.sdg.linking import SdgLinker
from linker.store.location import Location
from linker.store.plan_log import mark_of, plan_read_on
from linker.store.store import Version
from linker.themes.map import Places
from linker.themes.theme import Theme, Xray
from linker.ui.explainer import Asked, Explainer
from linker.workspace.arranging import edited
from linker.workspace.building import taught
from linker.workspace.by_hand import links_only_in_log
from linker.workspace.explaining import Explanation, explain_convergence, explain_sdg
from linker.workspace.recalibrating import pair_scorers
from linker.workspace.workspace import Linker

SHOWN: tuple[Band, ...] = ("propose", "ask")
MadeT = TypeVar("MadeT")
LISTS_KEPT = 12


class Snapshot:
    """What one version of a workspace holds of one State; read once, never changed.

    Args:
        linker: the workspace.
        state: the State; empty where the workspace has no records.
    """

    def __init__(self, linker: Linker, state: str) -> None:
        self.linker = linker
        self.state = state
        self._kept: dict[Hashable, Any] = {}
        self._keeping = Lock()

    def keep(self, key: Hashable, make: Callable[[], MadeT]) -> MadeT:
        """Return what was made under a key before, else make it: one filter, many decisions.

        Args:
            key: names what is made, and the version of the logs where they matter to it.
            make: makes it from this snapshot, in the language spoken.
        """
        key = (key, language())
        with self._keeping:
            known: MadeT | None = self._kept.pop(key, None)
            if known is not None:
                self._kept[key] = known  # asked for last, dropped last
                return known
        with speaking(language()):  # asked once, not for each of thousands of messages
            made = make()
        with self._keeping:
            self._kept[key] = made
            while len(self._kept) > LISTS_KEPT:
                del self._kept[next(iter(self._kept))]
        return made

    def read(self) -> None:
        """Read now what the pages show first."""
        for name in ("records", "home", "convergences"):
            getattr(self, name)

    @cached_property
    def records(self) -> dict[str, Record]:
        """The State's records by id."""
        return {record.id: record for record in self.linker.store.records(self.state)}

    @cached_property
    def convergences(self) -> tuple[Convergence, ...]:
        """The convergence links outside the band ``hide``, most probable first."""
        return tuple(self.linker.store.convergences(self.state, bands=SHOWN))

    @cached_property
    def hidden(self) -> tuple[Convergence, ...]:
        """Those in the band ``hide``: a hundred for each record, read only when asked for."""
        return tuple(self.linker.store.convergences(self.state, bands=("hide",)))

    @cached_property
    def sdg(self) -> tuple[SdgLink, ...]:
        """The SDG links outside the band ``hide``, most probable first."""
        return tuple(self.linker.store.sdg_links(self.state, bands=SHOWN))

    @cached_property
    def audit(self) -> Audit:
        """What not to trust in the State's labels and texts."""
        told = self.linker.store.contradictions(self.state)
        return audit(self.records.values(), contradicted=told)

    @cached_property
    def xray(self) -> Xray:
        """The themes as people want them; none where the State was not built yet."""
        return Xray(self.state, edited(self.linker.store, self.state).themes)

    @cached_property
    def places(self) -> Places:
        """Where records lie on the map of themes."""
        return self.linker.map(self.state)

    def forget_themes(self) -> None:
        """Read the themes anew when they are next asked for: somebody changed them."""
        for name in ("xray", "home", "places"):
            self.__dict__.pop(name, None)
        with self._keeping:
            self._kept.clear()

    @cached_property
    def home(self) -> dict[str, Theme]:
        """The home theme of each record id."""
        return self.xray.home()

    @cached_property
    def converging(self) -> Counter[str]:
        """How many convergence links, hidden ones left out, each record id has."""
        return Counter(i for link in self.convergences for i in (link.left_id, link.right_id))

    def convergence(self, link_id: str) -> Convergence | None:
        """Return one convergence link of this State, hidden or not, or None."""
        link = self.linker.store.link(link_id) if link_id.startswith("C-") else None
        known = isinstance(link, Convergence) and link.left_id in self.records
        return link if isinstance(link, Convergence) and known else None

    @cached_property
    def convergence_linker(self) -> ConvergenceLinker:
        """The linker as the build used it."""
        linker = self.linker
        scorer = pair_scorers(linker.store, linker.encoder, linker.reader, self.state)
        return ConvergenceLinker(linker.encoder, scorer)

    @cached_property
    def sdg_linker(self) -> SdgLinker:
        """The SDG linker with what reviewers taught it."""
        linker = self.linker
        return SdgLinker(linker.encoder, taught(linker.store, linker.reader, self.state))


def _grew(before: Sequence[object], now: Sequence[object]) -> bool:
    """Whether a log is one that was read before, with more at its end or not."""
    return now[: len(before)] == before


class Workbench:
    """A workspace held open.

    Args:
        location: where the workspace lies.
        person: who reads it; None on one's own machine, where everybody may write.

    Raises:
        LinkerError: no workspace there, or one that cannot be read.
    """

    _log: FoldedLog
    _plan_log: tuple[PlanChange, ...]
    _entries: dict[str, PlanEntry]
    _made: dict[str, Convergence | SdgLink]
    _looked_up: set[str]
    _unproposed: set[str]

    def __init__(self, location: Location | Path, person: Person | None = None) -> None:
        self.linker = Linker.open(location).acting(person)
        self._working, self._exporting = RLock(), Lock()
        self._limited: dict[tuple[str, ...], Workbench] = {}
        self._begin()

    def _begin(self) -> None:
        """Begin with nothing read."""
        self._reading = Lock()
        self._version: tuple[object, ...] = ()
        self._snapshots: dict[str, Snapshot] = {}
        self._arranged: tuple[Sequence[Decision], dict[str, str]] = ((), {})
        self._explainer = Explainer()
        self._forget_logs()

    def of(self, states: tuple[str, ...]) -> Workbench:
        """Return the workspace as those see it whose role is for some States; all where empty.

        They wait for one another and for everybody else as all do, and share what is loaded.
        """
        if not states:
            return self
        with self._reading:
            if states not in self._limited:
                view = copy(self)
                view.linker = self.linker.acting(Person("", "reader", states=states))
                view._begin()
                self._limited[states] = view
            return self._limited[states]

    @contextmanager
    def exclusive(self, person: Person | None) -> Iterator[Linker]:
        """Hold the workspace for work that must not run twice at once: import, build, theme edits.

        Whoever only looks does not wait for it: until it is committed, they see what was before.

        Args:
            person: who does it; None on one's own machine.
        """
        with self._working:
            yield self.linker.acting(person)

    @contextmanager
    def exporting(self, person: Person | None) -> Iterator[Linker]:
        """Write one document at a time, which takes memory; builds may go on meanwhile.

        Args:
            person: who wants it; None on one's own machine.
        """
        with self._exporting:
            yield self.linker.acting(person)

    def states(self) -> list[str]:
        """Return the codes of the States that have records."""
        return self.linker.store.states()

    def largest(self) -> list[str]:
        """Return the codes of the States that have records, of most records first."""
        sizes = self.linker.store.sizes()
        return sorted(sizes, key=lambda state: (-sizes[state], state))

    def snapshot(self, state: str) -> Snapshot:
        """Return what the workspace holds of a State now; read again only after a change."""
        store = self.linker.store
        version = store.version()
        with self._reading:
            changed = version.records != self._version
            # What is erased with its source is gone from the logs too.
            log, plan_log = store.log(version), self._plan_log_at(version, changed)
            if changed or not (_grew(self._log.rows, log.rows) and _grew(self._plan_log, plan_log)):
                self._version = version.records
                self._snapshots.clear()
                self._explainer.forget()
                self._forget_logs()
            if log is not self._log:
                self._follow(log)
            if plan_log is not self._plan_log:
                self._plan_log = plan_log
                self._entries = standing_entries(plan_log)
            arranged = (self._log.edits[-1:], store.settings())
            if arranged != self._arranged:
                self._arranged = arranged
                for known in self._snapshots.values():
                    known.forget_themes()
            return self._snapshots.setdefault(state, Snapshot(self.linker, state))

    def _forget_logs(self) -> None:
        self._log, self._plan_log, self._entries = FoldedLog(), (), {}
        self._made, self._looked_up, self._unproposed = {}, set(), set()

    def _follow(self, log: FoldedLog) -> None:
        """Take in a log that has grown, and look up only what is new in it.

        What was found before stays so until a build.
        """
        store, new = self.linker.store, log.rows[len(self._log.rows) :]
        self._log = log
        ids = {row.link_id for row in new} - log.on_clusters.keys()
        said = {key: log.standing[key] for key in ids & log.standing.keys()}
        self._unproposed |= store.unknown_links(said.keys() - self._looked_up)
        self._looked_up |= said.keys()
        made = links_only_in_log(store, said, self._unproposed)
        kept = (link for link in self._made.values() if link.link_id not in ids)
        ordered = sorted((*kept, *made), key=lambda link: (-link.probability, link.link_id))
        self._made = {link.link_id: link for link in ordered}

    def _plan_log_at(self, version: Version, changed: bool) -> tuple[PlanChange, ...]:
        last = self._plan_log[-1] if self._plan_log else None
        told = (last.seq, mark_of(last)) if last else (0, "")
        if not changed and told == (version.plan, version.plan_mark):
            return self._plan_log
        return plan_read_on(self.linker.store, () if changed else self._plan_log)

    @property
    def entries(self) -> dict[str, PlanEntry]:
        """What people filled into the plan as of the last ``snapshot``, by record id."""
        return self._entries

    @property
    def plan_log(self) -> tuple[PlanChange, ...]:
        """All changes of the plan as of the last ``snapshot``, oldest first."""
        return self._plan_log

    @property
    def words(self) -> Judged:
        """What each reviewer said of each link, by link id and reviewer; no settlements."""
        return self._log.words

    @property
    def made(self) -> dict[str, Convergence | SdgLink]:
        """Links that the log alone knows: made by hand, or confirmed and proposed no longer."""
        return self._made

    @property
    def folded(self) -> FoldedLog:
        """All decisions as of the last ``snapshot``, and what stands after them."""
        return self._log

    @property
    def log(self) -> tuple[Decision, ...]:
        """All decisions as of the last ``snapshot``, oldest first."""
        return self._log.rows

    @property
    def last_decision(self) -> int:
        """Number of the last decision as of the last ``snapshot``; 0 where there is none."""
        return self._log.last

    @property
    def links_judged(self) -> int:
        """Number of decisions on links, which those on clusters do not change, likewise."""
        return len(self._log.rows) - self._log.kinds.get(PREFIX, 0)

    @property
    def verdicts(self) -> Mapping[str, Decision]:
        """The decision that stands on each link, as of the last ``snapshot``."""
        return self._log.standing

    def explain(self, snapshot: Snapshot, link: Convergence | SdgLink) -> Explanation:
        """Return why a link was proposed, in the language spoken; computed once for all data."""
        spoken = language()
        return self._explainer.wait(
            f"{link.link_id} {spoken}", partial(_explain, snapshot, link, spoken)
        )

    def explaining(
        self, snapshot: Snapshot, link: Convergence | SdgLink, ahead: bool = False
    ) -> Asked:
        """Return why a link was proposed, ready or under way; ask again while it is under way.

        Args:
            snapshot: of the link's State.
            link: the link.
            ahead: it is only going to be shown next.
        """
        spoken = language()
        explain = partial(_explain, snapshot, link, spoken)
        return self._explainer.ask(f"{link.link_id} {spoken}", explain, ahead)


def _explain(snapshot: Snapshot, link: Convergence | SdgLink, spoken: str) -> Explanation:
    """Explain a link in a language: the explainer's thread belongs to no session."""
    with speaking(spoken):
        return _explained(snapshot, link)


def _explained(snapshot: Snapshot, link: Convergence | SdgLink) -> Explanation:
    records = snapshot.records
    if isinstance(link, Convergence):
        left, right = records[link.left_id], records[link.right_id]
        return explain_convergence(
            snapshot.convergence_linker, snapshot.linker.reader, link, left, right
        )
    return explain_sdg(snapshot.sdg_linker, snapshot.linker.reader, link, records[link.record_id])
