"""An input with one of everything, from which a table without rows takes its header."""

from __future__ import annotations

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as ClusterMember
from linker.documents.inputs import Source
from linker.links import SdgLink
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.review.decisions import Decision
from linker.review.results import ProposedSdgLink
from linker.themes.theme import Member, Theme, Xray


def one_of_each() -> Source:
    """Return a State with one SDG link, cluster, theme, claim and decision, all but empty."""
    record, again = (Record(id=f"none{n}", text="none", mechanism="UPR", cycle=n) for n in "12")
    observed = Record(id="none3", text="none", mechanism="TB")
    theme = Theme("T-0", "", "", "", (Member(record.id, 0.0),))
    link = SdgLink(record.id, 0, "1.1", "", "", 1.0, "propose")
    said = Decision(1, link.link_id, "confirm", "", "", "", (("record_id", record.id),))
    shown = tuple(ShownMember(ClusterMember(r.id, 0, "", 1.0), r, said) for r in (record, again))
    cluster = ShownCluster(Cluster("CL-0", "", tuple(m.member for m in shown)), "", shown, said)
    return Source(
        state="",
        records=[record, again, observed],
        convergences=[],
        sdg=[ProposedSdgLink(link, record, said)],
        xray=Xray("", (theme,)),
        model="",
        version="",
        decisions=[said],
        clusters=[cluster],
    )
