"""Drafting a recommendation: from what is open, with what was asked and supported before."""

from __future__ import annotations

from linker.errors import Invalid
from linker.plan.entries import STATUSES, standing_entries
from linker.records.asks import too_long
from linker.records.filters import Filter
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.sdg.linking import SdgLinker
from linker.store.plan_log import plan_changes
from linker.uptake.drafting import Drafted, Opening
from linker.uptake.wording import wording
from linker.workspace.building import taught
from linker.workspace.facade_part import Desk

DONE = STATUSES[-1]
SHOWN = 10


class DraftDesk(Desk):
    """Drafts: ``linker.draft("Criminalize marital rape", state="KEN")`` says what there is to know.

    Example:
        >>> linker.draft.openings(state="KEN")[0].best.text  # doctest: +SKIP
    """

    def __call__(self, text: str, state: str | None = None, limit: int = SHOWN) -> Drafted:
        """Return what there is to know before a recommendation is made.

        Args:
            text: the draft.
            state: the State it is for; the only one when not given.
            limit: at most how many records of each kind.

        Raises:
            UsageError: no such State here, or a text without a word or too long.
        """
        state = self.only_state(state)
        if not any(sign.isalpha() for sign in text):
            raise Invalid("Write a recommendation first.")
        if reason := too_long(text):
            raise Invalid(f"{reason[0].upper()}{reason[1:]}. Write a shorter recommendation.")
        supported = Filter(position="supported")
        english = self.linker.reader.english_text(text)
        exemplars = taught(self.store, self.linker.reader, state)
        links = SdgLinker(self.encoder, exemplars).suggest(english)
        return Drafted(
            text,
            state,
            self.linker.similar(text, Filter(state=state), limit).same(),
            self.linker.similar(text, supported, limit, but=state).same(),
            tuple(link for link in links if link.band != "hide"),
        )

    def openings(self, state: str | None = None) -> list[Opening]:
        """Return the measures asked of a State that its plan does not report as done.

        Those that a reviewer rejected are left out. Most records first.

        Args:
            state: the State; the only one when not given.

        Raises:
            UsageError: no such State here.
        """
        plan = standing_entries(plan_changes(self.store))
        found = []
        for cluster in self.linker.clusters(self.only_state(state)):
            said = [plan[r.id].status if r.id in plan else "" for r in cluster.records]
            if not cluster.rejected and not all(status == DONE for status in said):
                statuses = tuple(status for status in STATUSES if status in said)
                found.append(Opening(cluster, _best_worded(cluster), statuses))
        return found


def _best_worded(cluster: ShownCluster) -> ShownMember:
    """Return the member with the most specific ask; of equals, the newest recommendation."""
    return max(
        cluster.members,
        key=lambda m: (len(wording(m.text)), m.record.is_cyclic, m.record.cycle, m.record.id),
    )
