"""What pictures and plans are counted from, out of what a page has in memory."""

from __future__ import annotations

from collections.abc import Iterable

from linker.documents.inputs import Source
from linker.links import Convergence, SdgLink
from linker.review.results import ProposedConvergence, ProposedSdgLink
from linker.ui.desk import Desk


def source_of(here: Desk, convergences: Iterable[Convergence], sdg: Iterable[SdgLink]) -> Source:
    """Return the State with some of its links, each with the decision that stands on it."""
    snapshot, verdicts = here.snapshot, here.bench.verdicts
    records = snapshot.records
    return Source(
        state=here.state,
        records=list(records.values()),
        convergences=[
            ProposedConvergence(
                link, records[link.left_id], records[link.right_id], verdicts.get(link.link_id)
            )
            for link in convergences
        ],
        sdg=[
            ProposedSdgLink(link, records.get(link.record_id), verdicts.get(link.link_id))
            for link in sdg
        ],
        xray=snapshot.xray,
        model="",
        version="",
        actions={key: one.action for key, one in snapshot.linker.labels(here.state).items()},
    )
