"""Which convergence links a reviewer is asked about, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from linker.i18n.messages import tr_later
from linker.links import Convergence
from linker.review.agreement import Judged
from linker.review.decisions import Decision
from linker.ui.workbench import Snapshot

LIKELY_FIRST, UNCERTAIN_FIRST = tr_later("Most likely first"), tr_later("Most uncertain first")
ORDERS = (LIKELY_FIRST, UNCERTAIN_FIRST)
BETWEEN_MECHANISMS, BETWEEN_CYCLES = tr_later("Between mechanisms"), tr_later("Between cycles")
ACROSS = (BETWEEN_MECHANISMS, BETWEEN_CYCLES)
DIFFERING = "differing"
"""Filter for links of which reviewers said different things."""
JUDGED_SO = {
    "unsure": tr_later("Unsure"),
    "reject": tr_later("Rejected"),
    "confirm": tr_later("Confirmed"),
    DIFFERING: tr_later("Reviewers differ"),
}
"""Filters for what was judged, in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions a link must meet; an empty one is met by every link.

    Attributes:
        bands: propose, ask, hide; empty for what is shown by default (all but hide).
        relation: convergence or related.
        across: ``BETWEEN_MECHANISMS``, ``BETWEEN_CYCLES`` (reiterations) or empty.
        mechanism: UPR, TB, SP, REG or SUB: one of the two records is of it.
        theme: id of the home theme of one of the two records.
        said: confirm, reject, unsure or ``DIFFERING``: the link was judged so.
        by: name of a reviewer who judged the link.
    """

    bands: tuple[str, ...] = ()
    relation: str = ""
    across: str = ""
    mechanism: str = ""
    theme: str = ""
    said: str = ""
    by: str = ""

    def select(self, snapshot: Snapshot) -> Iterator[Convergence]:
        """Yield the links that meet every condition, in the order of the snapshot."""
        bands = self.bands or ("propose", "ask")
        hidden = snapshot.hidden if "hide" in bands else ()
        for link in chain(snapshot.convergences, hidden):
            if link.band in bands and self.takes(snapshot, link):
                yield link

    def takes(self, snapshot: Snapshot, link: Convergence) -> bool:
        """Whether a link meets the conditions, however likely it is and whatever was said of it."""
        return (
            self.relation in ("", link.relation)
            and self.across in ("", BETWEEN_CYCLES if link.reiteration else BETWEEN_MECHANISMS)
            and self._sides(snapshot, link)
        )

    def _sides(self, snapshot: Snapshot, link: Convergence) -> bool:
        if not (self.mechanism or self.theme):
            return True
        ids = link.left_id, link.right_id
        if self.mechanism and self.mechanism not in {snapshot.records[i].mechanism for i in ids}:
            return False
        homes = {snapshot.home[i].theme_id for i in ids if i in snapshot.home}
        return not self.theme or self.theme in homes


def ordered(links: Iterable[Convergence], order: str, blind: bool) -> dict[str, Convergence]:
    """Return links by their id, in the order they are asked about.

    Blind, the order must not give the probability away: links come by their id, which is a
    digest and so as good as drawn by lot, yet the same for every reviewer.
    """
    known = [(link.link_id, link) for link in links]
    if blind:
        return dict(sorted(known, key=lambda one: one[0]))
    if order == UNCERTAIN_FIRST:
        return dict(sorted(known, key=lambda one: (abs(one[1].probability - 0.5), one[0])))
    return dict(sorted(known, key=lambda one: (-one[1].probability, one[0])))


def asked(snapshot: Snapshot, wanted: Wanted, order: str, blind: bool) -> Mapping[str, Convergence]:
    """Return the links that meet the conditions by link id, in order.

    Worked out once for each filter: ids are digests, too dear to make anew for each decision.
    """
    return snapshot.keep(
        (wanted, order, blind),
        lambda: ordered(wanted.select(snapshot), order, blind),
    )


def judged_so(words: Judged, standing: Mapping[str, Decision], wanted: Wanted) -> list[str]:
    """Return the ids of links that were judged as wanted, the last judged first.

    Args:
        words: what each reviewer said of each link.
        standing: the decision that counts on each link that the reader may see.
        wanted: its ``said`` and ``by``.
    """
    found = []
    for link_id, decision in standing.items():
        given = words.get(link_id, {})
        own = given.get(wanted.by)
        counts = own if wanted.by else decision
        if counts is None:
            continue
        differ = len({word.verdict for word in given.values()}) > 1
        if wanted.said in ("", counts.verdict) or (wanted.said == DIFFERING and differ):
            found.append((-counts.seq, link_id))
    return [link_id for _, link_id in sorted(found)]


def waiting(links: Collection[str], judged: Collection[str], skipped: Sequence[str]) -> list[str]:
    """Return the ids nobody judged, those skipped in this session last, first skipped first."""
    left = [link_id for link_id in links if link_id not in judged and link_id not in skipped]
    return left + [link_id for link_id in skipped if link_id in links and link_id not in judged]
