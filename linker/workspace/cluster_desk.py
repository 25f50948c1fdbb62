"""What a workspace lets people do with clusters: look at them, decide on them, change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from linker.convergence.cluster import PREFIX, AskKey, Cluster
from linker.convergence.convergence import ConvergenceLinker
from linker.errors import Invalid, NotFound
from linker.records.record import Record
from linker.review.cluster_results import Around, Clusters, ShownCluster
from linker.review.cluster_words import ask_name
from linker.review.decisions import Decision, checked_verdict
from linker.review.edits import EditStatus, ThemeEdit, standing_edits, statuses
from linker.review.events import batch_of, last_event, sdg_batch, undone
from linker.review.roles import Right
from linker.stable_ids import new_id
from linker.workspace.arranging import edited
from linker.workspace.by_hand import checked_pair, convergence_by_hand
from linker.workspace.clustering import edited_clusters, find_cluster
from linker.workspace.facade_part import Desk

if TYPE_CHECKING:
    from linker.review.results import ProposedSdgLink

LONGEST_TITLE = 160
OTHER_RELATIONS = ("related", "opposite")
"""What a record may be to a cluster that it does not belong to."""


class ClusterDesk(Desk):
    """The clusters of a workspace: ``linker.clusters``.

    Example:
        >>> linker.clusters(state="KEN").above(0.8)  # doctest: +SKIP
    """

    def __call__(self, state: str | None = None) -> Clusters:
        """Return the clusters of two records or more, those of most records first.

        Args:
            state: whose; those of all States unless given.
        """
        return self.all(state).shared()

    def all(self, state: str | None = None) -> Clusters:
        """Return all clusters, those too that hold one record: each ask stands in one."""
        states = [state] if state else self.store.states()
        return Clusters([shown for known in states for shown in self._shown(known)])

    def one(self, cluster_id: str) -> ShownCluster:
        """Return a cluster with its records; of its State alone anything is read.

        Raises:
            UsageError: no such cluster here, or its records are gone.
        """
        state, _ = find_cluster(self.store, cluster_id)
        for shown in self._shown(state):
            if shown.cluster_id == cluster_id:
                return shown
        raise NotFound(f"{cluster_id}: none of its records is here any more.")

    def decide(
        self, cluster_id: str, verdict: str, reviewer: str, note: str = "", settle: bool = False
    ) -> Decision:
        """Write a decision on a cluster, which keeps the asks seen in it; as ``linker.decide``."""
        return self.linker.decide(cluster_id, verdict, reviewer, note, settle)

    def decide_target(
        self, cluster_id: str, code: str, verdict: str, reviewer: str, note: str = ""
    ) -> list[Decision]:
        """Decide once on an SDG target or indicator of a cluster; as ``decide_sdg``."""
        return self.decide_sdg(self.one(cluster_id), [code], verdict, reviewer, note)

    def decide_sdg(
        self,
        cluster: ShownCluster,
        codes: Iterable[str],
        verdict: str,
        reviewer: str,
        note: str = "",
    ) -> list[Decision]:
        """Decide on SDG targets and indicators of a cluster: on the links of all its records.

        One undo takes all of it back.

        Args:
            cluster: as it was seen.
            codes: of what its records share.
            verdict: confirm, reject or unsure; see `SharedSdg.decided_by`.
            reviewer: who decides.
            note: why.

        Raises:
            UsageError: the cluster does not share a code; as for ``linker.decide``.
        """
        shared, said = {one.code: one for one in cluster.sdg}, checked_verdict(verdict)
        wanted = list(dict.fromkeys(codes))
        if strangers := [code for code in wanted if code not in shared]:
            known = ", ".join(shared) or "none"
            raise NotFound(
                f"{strangers[0]}: no SDG target or indicator that {cluster.cluster_id} shares. "
                f"There are: {known}."
            )
        decided = (link_id for code in wanted for link_id in shared[code].decided_by(said))
        ids = list(dict.fromkeys(decided))
        batch = sdg_batch(cluster.cluster_id, batch_of(ids, self.store.version().decisions))
        return self.linker.decide_many(ids, said, reviewer, note, batch=batch)

    # Changing -----------------------------------------------------------------------------------

    def rename(self, cluster_id: str, title: str, reviewer: str, note: str = "") -> ThemeEdit:
        """Give a cluster another title.

        Raises:
            UsageError: no such cluster, no title or one too long, or no reviewer's name.
        """
        state, _ = find_cluster(self.store, cluster_id)
        edit = ThemeEdit("rename", cluster_id, state, _titled(title), note=note)
        return self._write(edit, reviewer)

    def merge(self, cluster_id: str, into: str, reviewer: str, note: str = "") -> ThemeEdit:
        """Put all asks of a cluster into another, which keeps its title.

        Raises:
            UsageError: no such clusters, one and the same, or of two States; no reviewer's name.
        """
        state, _ = find_cluster(self.store, cluster_id)
        where, _ = find_cluster(self.store, into)
        if cluster_id == into or state != where:
            raise Invalid(f"{cluster_id} and {into}: name two clusters of one State.")
        return self._write(ThemeEdit("merge", cluster_id, state, into=into, note=note), reviewer)

    def split(
        self,
        cluster_id: str,
        records: Iterable[str],
        reviewer: str,
        title: str = "",
        note: str = "",
    ) -> ThemeEdit:
        """Split records off a cluster into a new one; ``.into`` of the result is its id.

        Raises:
            UsageError: no such cluster; records that are not in it, or all of it; no reviewer.
        """
        state, found = find_cluster(self.store, cluster_id)
        asks = _asks_in(found, records)
        if len(asks) == len(found.members):
            raise Invalid(f"These are all records of “{found.title}”: rename it instead.")
        edit = self._split_off(state, cluster_id, asks, title, note)
        return self._write(edit, reviewer)

    def take_out(
        self, cluster_id: str, records: Iterable[str], reviewer: str, note: str = ""
    ) -> list[ThemeEdit]:
        """Take records out of a cluster: each stands alone afterwards.

        Raises:
            UsageError: as for ``split``.
        """
        chosen = list(dict.fromkeys(records))
        _, found = find_cluster(self.store, cluster_id)
        if len(_asks_in(found, chosen)) == len(found.members):
            raise Invalid(f"These are all records of “{found.title}”: reject it instead.")
        return [self.split(cluster_id, [one], reviewer, note=note) for one in chosen]

    def move(
        self, records: Iterable[str], to: str, reviewer: str, from_: str = "", note: str = ""
    ) -> ThemeEdit:
        """Move records to another cluster.

        Args:
            records: their ids.
            to: the cluster.
            reviewer: who decides.
            from_: the cluster they stand in, where records of several asks stand in several.
            note: why.

        Raises:
            UsageError: no such cluster or record, one there already, or one that stands in
                several where ``from_`` does not say which; no reviewer's name.
        """
        state, target = find_cluster(self.store, to)
        clusters = edited_clusters(self.store, state).clusters
        held = [c for c in clusters if c.cluster_id != to and from_ in ("", c.cluster_id)]
        asks: list[AskKey] = []
        for record_id in dict.fromkeys(records):
            found = [m.key for c in held for m in c.members if m.record_id == record_id]
            if record_id in target.records or not found:
                raise NotFound(f"{record_id}: stands in {to} already, or is no record of {state}.")
            if len(found) > 1 and not from_:
                raise Invalid(f"{record_id}: asks several things. Say from which cluster (--from).")
            asks += found
        names = tuple(ask_name(key) for key in asks)
        return self._write(ThemeEdit("move", to, state, records=names, note=note), reviewer)

    def relate(
        self, cluster_id: str, record_id: str, relation: str, reviewer: str, note: str = ""
    ) -> list[Decision]:
        """Say that a record is about the same issue only, or asks the contrary: out, and linked so.

        It is linked to the surest record of the cluster that stands in another document.

        Args:
            cluster_id: the cluster.
            record_id: a record in it.
            relation: related or opposite.
            reviewer: who says so.
            note: why.

        Returns:
            The rows written: the edit, and the link where there is another document.

        Raises:
            UsageError: as for ``take_out``; no such relation.
        """
        if relation not in OTHER_RELATIONS:
            raise Invalid(f"relation {relation!r} is not known. Use: {', '.join(OTHER_RELATIONS)}.")
        state, found = find_cluster(self.store, cluster_id)
        asks = _asks_in(found, [record_id])
        if len(asks) == len(found.members):
            raise Invalid(f"These are all records of “{found.title}”: reject it instead.")
        name = self._named(reviewer)
        edit = self._split_off(state, cluster_id, asks, "", note)
        rows = [replace(edit, reviewer=name, subject="cluster").decision()]
        if other := self._in_another_document(record_id, found):
            pair = checked_pair(self.store.record(record_id), other)
            english = map(self.linker.reader.english, pair)
            scored = ConvergenceLinker(self.encoder).score(*english)
            key, kept = convergence_by_hand(scored, relation)
            rows.append(Decision(0, key, "confirm", name, note, "", kept))
        return self._together(rows)

    def confirm_unseen(self, cluster_ids: Iterable[str], reviewer: str, note: str = "") -> int:
        """Confirm clusters that nobody looked at, because a sample was right; return how many.

        Such decisions are of kind ``sample`` and are shown and printed as such.

        Raises:
            UsageError: no such cluster, or no reviewer's name.
        """
        ids = list(cluster_ids)
        batch = batch_of(ids, self.store.version().decisions)
        written = self.linker.decide_many(ids, "confirm", reviewer, note, batch=batch, unseen=True)
        return len(written)

    def undo_last(self, reviewer: str) -> list[Decision]:
        """Take back what a reviewer did last about clusters, whatever it was; return its rows.

        Raises:
            UsageError: nothing stands, or no reviewer's name.
        """
        name = self._named(reviewer)
        rows = last_event(self.store.log().own.get(name, ()))
        if not rows:
            raise Invalid(f"Nothing of {name} stands here to be undone.")
        self.store.append_decisions(undone(rows))
        return rows

    def undo(self, reviewer: str, edit: int | None = None) -> ThemeEdit:
        """Take an edit of clusters back and return it.

        Args:
            reviewer: who takes it back.
            edit: its number in ``edits``; the reviewer's own last one when not given.

        Raises:
            UsageError: no such edit stands, or no reviewer's name.
        """
        name = self._named(reviewer)
        standing = standing_edits(self.store.decisions(kind="edit"), subject="cluster")
        mine = [e for e in standing if (e.reviewer == name if edit is None else e.seq == edit)]
        if not mine:
            what = f"edit {edit}" if edit is not None else f"edit of clusters by {name}"
            raise NotFound(f"No {what} stands. `linker clusters log` lists all of them.")
        last = mine[-1]
        link = (("state", last.state), ("subject", "cluster"), ("undoes", str(last.seq)))
        row = Decision(0, last.theme_id, "undo", name, "", "", link, kind="edit")
        self.store.append_decision(row)
        return last

    def edits(self, state: str | None = None) -> list[EditStatus]:
        """Return every edit of clusters ever made, oldest first, and what became of it."""
        log = self.store.decisions(kind="edit")
        states = dict.fromkeys(e.state for e in standing_edits(log, subject="cluster"))
        unmet = [one for known in states for one in edited_clusters(self.store, known).unmet]
        found = statuses(log, unmet, "cluster")
        return [one for one in found if state in (None, one.edit.state)]

    # Inside -------------------------------------------------------------------------------------

    def _shown(self, state: str) -> list[ShownCluster]:
        links: dict[str, list[ProposedSdgLink]] = {}
        for item in self.linker.sdg(state).shown():
            links.setdefault(item.link.record_id, []).append(item)
        around = Around(
            state=state,
            records={record.id: record for record in self.store.records(state)},
            words=self.store.log().on_clusters,
            themes={
                member.record_id: theme.label
                for theme in edited(self.store, state).themes
                for member in theme.members
            },
            sdg=links,
        )
        clusters = edited_clusters(self.store, state).clusters
        return [shown for one in clusters if (shown := around.shown(one)) is not None]

    def _split_off(
        self, state: str, cluster_id: str, asks: Sequence[AskKey], title: str, note: str
    ) -> ThemeEdit:
        """Return the edit, not yet written, that parts asks from a cluster."""
        names = tuple(ask_name(key) for key in asks)
        taken = {cluster.cluster_id for cluster in edited_clusters(self.store, state).clusters}
        taken |= {
            e.target for e in standing_edits(self.store.decisions(kind="edit"), state, "cluster")
        }
        into = new_id(state, "split|" + "|".join(sorted(names)), taken, PREFIX)
        title = _titled(title) if title else self._ask(asks[0])
        return ThemeEdit("split", cluster_id, state, title, into=into, records=names, note=note)

    def _in_another_document(self, record_id: str, cluster: Cluster) -> Record | None:
        """Return the surest record of a cluster that a record may be linked to, or None."""
        mine = self.store.record(record_id)
        for other_id in cluster.records:
            with suppress(Invalid):
                return checked_pair(mine, self.store.record(other_id))[1]
        return None

    def _together(self, rows: Sequence[Decision]) -> list[Decision]:
        """Write rows that one undo takes back together."""
        batch = batch_of([row.link_id for row in rows], self.store.version().decisions)
        return self.store.append_decisions([replace(row, batch=batch) for row in rows])

    def _ask(self, key: AskKey) -> str:
        from linker.convergence.cluster_titles import measure_of, shortened
        from linker.convergence.treaty_asks import to_ratify
        from linker.review.results import asked

        if key[2]:
            return shortened(to_ratify(key[2]).text)
        record = self.store.record(key[0])
        return shortened(measure_of(asked(record, key[1]))) if record else key[0]

    def _named(self, reviewer: str) -> str:
        name = self._guard(Right.DECIDE, reviewer).strip()
        if not name:
            raise Invalid("An edit needs a reviewer's name (--reviewer NAME).")
        return name

    def _write(self, edit: ThemeEdit, reviewer: str) -> ThemeEdit:
        signed = replace(edit, reviewer=self._named(reviewer), subject="cluster")
        return ThemeEdit.of(self.store.append_decision(signed.decision()))


def _asks_in(cluster: Cluster, records: Iterable[str]) -> Sequence[AskKey]:
    """Return the asks of some records in a cluster.

    Raises:
        UsageError: one of them is not in it, or there is none.
    """
    chosen = list(dict.fromkeys(record.strip() for record in records if record.strip()))
    if not chosen:
        raise Invalid("Name at least one record by its id (`linker clusters --members`).")
    if strangers := [one for one in chosen if one not in cluster.records]:
        raise NotFound(f"{strangers[0]}: not in {cluster.cluster_id} ({cluster.title}).")
    return [m.key for one in chosen for m in cluster.members if m.record_id == one]


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(f"A cluster needs a title of 1 to {LONGEST_TITLE} characters (--title).")
    return title
