"""What a workspace lets people do to the implementation plan: fill it in, here or in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from linker.convergence.convergence import ConvergenceLinker
from linker.documents.plan import Plan, PlanRow, plan_of
from linker.documents.plan_merging import Comparison
from linker.errors import Invalid, NotFound
from linker.plan.action_verdicts import VERDICTS, WORDS
from linker.plan.dates import Due, checked_day, checked_key, due_dates
from linker.plan.entries import RELEASED, Measure, PlanChange, standing_entries
from linker.plan.sharing_out import everybody, is_assigned, is_overdue
from linker.review.roles import Right
from linker.store.plan_log import DATES, dates_by_hand, measures, plan_changes
from linker.uptake.alignment import Alignment
from linker.vocabulary.nearest import none_such
from linker.vocabulary.text import fold_name
from linker.workspace import assigning
from linker.workspace.action_judging import import_verdicts, judge_action
from linker.workspace.aligning import align, with_verdicts
from linker.workspace.arranging import edited
from linker.workspace.facade_part import Desk
from linker.workspace.measure_list import import_measures
from linker.workspace.planning import (
    PlanImport,
    PlanImports,
    compare_plan,
    import_plan,
    import_plans,
    set_plan,
)
from linker.workspace.reviewing import ReviewImport


class PlanDesk(Desk):
    """The implementation plan of a workspace: ``linker.plan``.

    Example:
        >>> linker.plan(state="KEN")  # doctest: +SKIP
        >>> linker.plan.set(record_id, reviewer="Ada", status="in progress")  # doctest: +SKIP
    """

    def __call__(self, state: str | None = None) -> Plan:
        """Return the implementation plan of a State with what people filled in."""
        return plan_of(self.linker.source(state))

    def set(
        self,
        record_id: str,
        seen: Mapping[str, str] | None = None,
        /,
        *,
        reviewer: str,
        **fields: str,
    ) -> list[PlanChange]:
        """Fill in fields of the plan for a record, or for every record of a theme.

        Args:
            record_id: id of the record, or of a theme (``T-…``).
            seen: field -> what the reviewer saw there; somebody else's change since is refused.
            reviewer: who fills it in.
            **fields: responsible, person, partners, actions, strategy, indicators, baseline,
                deadline, budget, status, law, policy, practice, measure; ``comment`` adds one.

        Returns:
            The changes written; fields that already said so are none.

        Raises:
            UsageError: no such record or field, a value that does not fit, or no name.
            AccessError: the acting person may not fill in the plan, or is a focal point of an
                institution that does not answer for the record.
        """
        name = self._guard(Right.REPORT, reviewer)
        return set_plan(
            self.store, self._planned(record_id), name, fields, seen, bodies=self._bodies
        )

    def assign(self, keys: Sequence[str], person: str, *, reviewer: str) -> list[PlanChange]:
        """Assign records, themes (``T-…``) or clusters (``CL-…``) to people or institutions.

        Args:
            keys: what is assigned, by id.
            person: to whom, parted by ";"; empty for nobody.
            reviewer: who assigns.

        Returns:
            The changes written; what was assigned so already is none.

        Raises:
            UsageError: none of the ids is there, or no name.
            AccessError: the acting person may not fill in the plan.
        """
        return assigning.assign(self.store, keys, person, self._guard(Right.PLAN, reviewer))

    def release(
        self, record_ids: Sequence[str], on: bool = True, *, reviewer: str
    ) -> list[PlanChange]:
        """Release status, result and evidence of records, which is when the public may read them.

        A later change of one of them ends the release. `PlanEntry.released` says whether it stands.

        Args:
            record_ids: of which records.
            on: False takes a release back.
            reviewer: who releases.

        Raises:
            UsageError: no such record, or no name.
            AccessError: the acting person may not release.
        """
        return assigning.release(self.store, record_ids, on, self._guard(Right.RELEASE, reviewer))

    def shared_out(
        self, state: str | None = None, person: str = "", overdue: bool = False
    ) -> list[PlanRow]:
        """Return rows of the plan: somebody's, or those whose deadline has passed.

        Args:
            state: the State; the only one when not given.
            person: to whom a row, its theme or its cluster is assigned; empty for all.
            overdue: only rows whose deadline has passed.

        Raises:
            NotFound: nothing is assigned to that person; says who has something.
        """
        source = self.linker.source(state)
        rows = list(plan_of(source))
        if person:
            entries = source.entries
            known = everybody(entries.values())
            if fold_name(person) not in map(fold_name, known):
                raise NotFound(none_such("person", person, known))
            held: dict[str, list[str]] = {}
            for cluster in source.clusters:
                for record in cluster.records:
                    held.setdefault(record.id, []).append(cluster.cluster_id)
            rows = [
                row
                for row in rows
                if is_assigned(
                    entries,
                    (row.plan_id, row.theme.theme_id, *held.get(row.plan_id, ())),
                    person,
                )
            ]
        today = datetime.now(UTC).date().isoformat()
        return [row for row in rows if not overdue or is_overdue(row.entry, today)]

    def take_back(self, changes: Sequence[PlanChange], *, reviewer: str) -> list[PlanChange]:
        """Undo assignments, releases and judged actions, as their verbs returned them.

        Raises:
            UsageError: somebody changed one of them since, or no name.
            AccessError: the acting person may not.
        """
        released = any(change.field == RELEASED for change in changes)
        name = self._guard(Right.RELEASE if released else Right.PLAN, reviewer)
        return assigning.take_back(self.store, changes, name)

    def dates(self, state: str | None = None) -> list[Due]:
        """Return what is due for a State, earliest first: reviews, submissions, reports."""
        state = self.only_state(state)
        return due_dates(self.store.records(state), dates_by_hand(self.store, state))

    def set_date(self, key: str, day: str, state: str | None = None, *, reviewer: str) -> str:
        """Set a date of a State by hand; an empty day takes the date away.

        Args:
            key: as `dates` lists it, or a name of one's own.
            day: ISO 8601 date or month, or any usual way of writing one.
            state: the State; the only one when not given.
            reviewer: who sets it.

        Returns:
            The key it is kept under.

        Raises:
            UsageError: no date with a month, no key, no such State, or no name.
            AccessError: the acting person may not arrange dates.
        """
        self._guard(Right.ARRANGE, reviewer)
        kept, day = checked_key(key), checked_day(day)
        self.store.set_setting(f"{DATES}{self.only_state(state)}:{kept}", day)
        return kept

    def log(self, record_id: str | None = None) -> list[PlanChange]:
        """Return all changes of the plan, oldest first."""
        return plan_changes(self.store, record_id)

    def read(
        self,
        path: str | Path,
        *,
        reviewer: str,
        keep: str = "",
        choices: Mapping[str, str] | None = None,
    ) -> PlanImport:
        """Read a filled-in plan and write what it changes; conflicts are listed, never overwritten.

        Args:
            path: the XLSX file that ``export("plan", …)`` wrote.
            reviewer: in whose name.
            keep: of a conflict, "theirs" (the file) or "ours" (the workspace).
            choices: the same for single conflicts, by their ``key``.

        Raises:
            LinkerError: the file is no plan, a column was renamed, or there is no name; or the
                acting person may not fill in the plan.
        """
        name = self._guard(Right.REPORT, reviewer)
        return import_plan(self.store, self._handed(path), name, keep, choices, self._bodies)

    def compare(self, path: str | Path) -> Comparison:
        """Compare a filled-in plan with what stands, as who acts could write it; write nothing.

        Raises:
            ImportRefused: the file is no plan, or a column was renamed.
            AccessError: the acting person may not fill in the plan.
        """
        self._guard(Right.REPORT)
        return compare_plan(self.store, self._handed(path), self._bodies)

    def read_all(
        self, path: str | Path, *, reviewer: str, keep: str = "", dry_run: bool = False
    ) -> PlanImports:
        """Read a filled-in plan, or a folder of them that came back, in one go.

        Args:
            path: an XLSX file, or a folder with some.
            reviewer: in whose name.
            keep: of a conflict, "theirs" (the file) or "ours" (the workspace).
            dry_run: write nothing, only say what would be.

        Raises:
            LinkerError: as `read`; or the folder holds no workbook.
        """
        name = self._guard(Right.REPORT, reviewer)
        return import_plans(self.store, self._handed(path), name, keep, dry_run, self._bodies)

    def read_measures(self, path: str | Path) -> list[Measure]:
        """Read the measures of a national plan (CSV, XLSX: id, title, responsible, deadline)."""
        self._guard(Right.IMPORT)
        return import_measures(self.store, self._handed(path))

    def align(self, state: str | None = None) -> Alignment:
        """Return the actions of the national plan beside the records that they may answer.

        Args:
            state: whose records; the only State when not given.

        Raises:
            UsageError: no such State here, or no list of actions was read.
        """
        state, actions = self.only_state(state), measures(self.store)
        if not actions:
            raise NotFound("No actions of a national plan here: `linker plan measures FILE` first.")
        linker = ConvergenceLinker(self.linker.indices.encoder_of(state))
        records, english = self.store.records(state), self.linker.reader.english
        found = align(actions, state, records, linker, english)
        return with_verdicts(found, standing_entries(plan_changes(self.store)))

    def judge_action(
        self, action: str, record_id: str, verdict: str, *, reviewer: str
    ) -> list[PlanChange]:
        """Say whether an action of the national plan carries out what a record asks.

        What is confirmed stands in the plan's field ``measure``, as if it were filled in there.

        Args:
            action: id of the action.
            record_id: id of the record.
            verdict: confirm (or accept), reject, or undo, after which it is a proposal again.
            reviewer: who says so.

        Returns:
            The changes written, which `take_back` undoes; none where it stood so.

        Raises:
            UsageError: no such action, record or verdict, or no name.
            AccessError: the acting person may not fill in the plan.
        """
        if verdict not in WORDS:
            raise Invalid(f"{verdict!r} is no verdict. Use: {', '.join(VERDICTS)}.")
        name = self._guard(Right.PLAN, reviewer)
        return judge_action(self.store, action, record_id, WORDS[verdict], name)

    def read_verdicts(
        self, path: str | Path, *, reviewer: str, theirs: bool = False
    ) -> ReviewImport[PlanChange]:
        """Write what a filled list of ``linker plan align`` says; conflicts are listed.

        Args:
            path: CSV or XLSX with the columns action, record_id and decision.
            reviewer: in whose name.
            theirs: of a conflict, take what the list says.

        Raises:
            LinkerError: the file is no such list, or there is no name; or the acting person may
                not fill in the plan.
        """
        name = self._guard(Right.PLAN, reviewer)
        return import_verdicts(self.store, self._handed(path), name, theirs)

    def _planned(self, key: str) -> list[str]:
        for state in self.store.states():
            for theme in edited(self.store, state).themes:
                if theme.theme_id == key:
                    return [member.record_id for member in theme.members]
        return [key]
