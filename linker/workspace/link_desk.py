"""What a workspace lets people do to links: understand them, decide on them, teach the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from linker.convergence.convergence import ConvergenceLinker
from linker.errors import Invalid, NotFound, UsageError
from linker.links import Convergence, SdgLink
from linker.records.import_notes import Notes
from linker.records.record import Record
from linker.review.cluster_words import kept_of
from linker.review.decisions import Decision, DecisionKind, checked_verdict, standing
from linker.review.results import Links, ProposedConvergence, ProposedSdgLink
from linker.review.roles import Right
from linker.sdg.exemplars import read_exemplars, write_exemplars
from linker.sdg.linking import SdgLinker
from linker.store.teaching import merge_exemplars, reviewed_exemplars
from linker.workspace.building import taught
from linker.workspace.by_hand import (
    LoggedLink,
    checked_code,
    checked_pair,
    convergence_by_hand,
    link_from_log,
    sdg_by_hand,
    with_logged_links,
)
from linker.workspace.clustering import find_cluster
from linker.workspace.explaining import Explanation, explain_convergence, explain_sdg
from linker.workspace.facade_part import Desk
from linker.workspace.learning import Move
from linker.workspace.recalibrating import RECALIBRATION, pair_scorers
from linker.workspace.reviewing import ReviewImport, import_review


class LinkDesk(Desk):
    """The links of a workspace: ``linker.links``.

    Example:
        >>> linker.links.convergences(state="KEN").above(0.8)  # doctest: +SKIP
    """

    def convergences(self, state: str | None = None) -> Links[ProposedConvergence]:
        """Return all convergence links, most probable first.

        The hidden ones are among them: ``.shown()`` drops them, ``.above(p)`` cuts elsewhere.
        """
        records, verdicts = self._records(state), self.store.log().standing
        links = with_logged_links(Convergence, self.store.convergences(state), self.store, verdicts)
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
        records, verdicts = self._records(state), self.store.log().standing
        links = with_logged_links(SdgLink, self.store.sdg_links(state), self.store, verdicts)
        return Links(
            [
                ProposedSdgLink(link, record, verdicts.get(link.link_id))
                for link in links
                for record in [records.get(link.record_id)]
                if record
            ]
        )

    def explain(self, link_id: str) -> Explanation:
        """Return both sides of a link with the evidence marked, and its waterfall.

        Raises:
            UsageError: no such link here.
        """
        link = self._link(link_id)
        if isinstance(link, Convergence):
            left, right = (
                self.store.known_record(link.left_id),
                self.store.known_record(link.right_id),
            )
            scorer = pair_scorers(self.store, self.encoder, self.linker.reader, left.state)
            linker = ConvergenceLinker(self.encoder, scorer)
            return explain_convergence(linker, self.linker.reader, link, left, right)
        record = self.store.known_record(link.record_id)
        return explain_sdg(self._sdg_linker(record.state), self.linker.reader, link, record)

    def decide(
        self, link_id: str, verdict: str, reviewer: str, note: str = "", settle: bool = False
    ) -> Decision:
        """Write a decision to the append-only log; it is on disk when this returns.

        Args:
            link_id: the link.
            verdict: confirm, reject, unsure, or undo to take back this reviewer's last one.
            reviewer: who decides.
            note: why.
            settle: it settles a disagreement, and stands whatever others say before or after.

        Raises:
            UsageError: no such link or verdict, the reviewer has no name, or nothing to undo.
            AccessError: the acting person may not decide, or not settle a disagreement.
        """
        return self.decide_many([link_id], verdict, reviewer, note, settle)[0]

    def read_review(
        self, path: str | Path, *, reviewer: str, theirs: bool = False
    ) -> ReviewImport[Decision]:
        """Write what a filled-in review sheet decides; conflicts are listed, never overwritten.

        Args:
            path: the XLSX file that ``export("review", …)`` wrote.
            reviewer: in whose name.
            theirs: of a conflict, take what the sheet says.

        Raises:
            LinkerError: it is no such sheet, or the acting person may not decide.
        """
        self._signed(Right.DECIDE, reviewer)
        return import_review(self.linker, self._handed(path), reviewer, theirs)

    def decide_many(
        self,
        link_ids: Iterable[str],
        verdict: str,
        reviewer: str,
        note: str = "",
        settle: bool = False,
        batch: str = "",
        unseen: bool = False,
    ) -> list[Decision]:
        """Write the same decision on several links: all of them, or none where one is refused.

        Args:
            link_ids: the links.
            verdict: as for ``decide``.
            reviewer: who decides.
            note: why.
            settle: as for ``decide``.
            batch: what names them together, so that one undo can take all of them back.
            unseen: nobody looked at them; a random sample was right.

        Raises:
            UsageError: as for ``decide``.
        """
        name = self._signed(Right.ADJUDICATE if settle else Right.DECIDE, reviewer)
        checked, links = checked_verdict(verdict), list(link_ids)
        kind: DecisionKind = "settlement" if settle else "sample" if unseen else "word"
        if checked == "undo":
            kind = "undo"
            log = self.store.log()
            if idle := [link_id for link_id in links if not log.stands(link_id, name)]:
                raise Invalid(f"{idle[0]}: no decision of {name} stands here to be undone.")
        return self.store.append_decisions(
            [
                Decision(0, key, checked, name, note, "", self._as_it_is(key), kind, batch)
                for key in links
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
        """Link two records by hand: a confirmed link that outlives every build.

        Where the engine proposes the pair too, this confirms it, as the relation given.

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
        english = [self.linker.reader.english(record) for record in pair]
        made = convergence_by_hand(ConvergenceLinker(self.encoder).score(*english), relation)
        return self._confirm([made], reviewer, note)[0]

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
        record = self.store.known_record(record_id)
        target, indicator = checked_code(code)
        linker, text = self._sdg_linker(record.state), self.linker.reader.english(record).text
        made = [sdg_by_hand(linker.explain(text, target, indicator, record_id))]
        if indicator:
            above = sdg_by_hand(linker.explain(text, target, "", record_id))
            stands = standing(self.store.decisions(above[0])).get(above[0])
            if stands is None or stands.verdict != "confirm":
                made.insert(0, above)
        return self._confirm(made, reviewer, note)[-1]

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
            LinkerError: the file is missing, is no UTF-8 text, or lacks a column; or the acting
                person may not merge exemplars.
        """
        self._guard(Right.TEACH)
        found, notes = read_exemplars(self._handed(path))
        return merge_exemplars(self.store, found), notes

    def recalibrate(self, wanted: bool) -> None:
        """Let decisions on convergences move the pair scorer of their State, or not.

        It is on unless switched off, kept for the workspace, and counts from the next build.

        Raises:
            AccessError: the acting person may not build.
        """
        self._guard(Right.BUILD)
        self.store.set_setting(RECALIBRATION, "" if wanted else "off")

    def moved(self, states: Iterable[str] | None = None) -> dict[str, tuple[Move, ...]]:
        """Return by State the SDG links that decisions moved at its last build, and which.

        Args:
            states: alpha-3 codes; all States unless given.
        """
        return {
            state: tuple(map(Move.from_dict, self.store.build_summary(state).get("moved", ())))
            for state in states or self.store.states()
        }

    # Inside ---------------------------------------------------------------------------------------

    def _sdg_linker(self, state: str) -> SdgLinker:
        return SdgLinker(self.encoder, taught(self.store, self.linker.reader, state))

    def _records(self, state: str | None) -> dict[str, Record]:
        return {record.id: record for record in self.store.records(state)}

    def _confirm(
        self, made: Sequence[tuple[str, LoggedLink]], reviewer: str, note: str
    ) -> list[Decision]:
        name = self._signed(Right.LINK, reviewer)
        return self.store.append_decisions(
            [Decision(0, key, "confirm", name, note, "", kept) for key, kept in made]
        )

    def _signed(self, right: Right, reviewer: str) -> str:
        """Return the name beside a decision of somebody who may take it."""
        name = self._guard(right, reviewer).strip()
        if not name:
            raise Invalid("A decision needs a reviewer's name (--reviewer NAME).")
        return name

    def _as_it_is(self, link_id: str) -> tuple[tuple[str, str], ...]:
        """Return what a decision keeps of the link, to be read when it is proposed no longer."""
        if self.store.link(link_id) is None:
            try:
                state, cluster = find_cluster(self.store, link_id)
                return kept_of(cluster, state)
            except UsageError:
                judged = [d.link for d in self.store.decisions(link_id) if d.kind != "edit"]
                if judged:
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
            kept = [link_from_log(dict(d.link)) for d in self.store.decisions(link_id)]
            link = next((made for made in kept if made is not None), None)
        if link is None:
            raise NotFound(
                f"{link_id}: no such link or cluster in this workspace. Ids stand in the first "
                "column of `linker convergence`, `linker sdg` and `linker clusters`."
            )
        return link
