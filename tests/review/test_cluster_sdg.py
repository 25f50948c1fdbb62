"""SDG targets and indicators of a cluster: shared, judged once, settled together, undone as one."""

import pytest

from linker.errors import NotFound
from linker.links import SdgLink
from linker.review.cluster_sdg import shared_sdg
from linker.review.decisions import Decision
from linker.review.results import ProposedSdgLink

ASKS = [("r1", 0, ""), ("r2", 1, ""), ("r2", 1, "CEDAW"), ("r3", 0, "")]


def proposed(*links):
    """Links by record: (record, ask, code, probability, verdict)."""
    found = {}
    for record, ask, code, probability, verdict in links:
        parts = code.split(".")
        target, indicator = ".".join(parts[:2]), code if len(parts) > 2 else ""
        role, band = ("direct" if indicator else ""), "propose" if probability > 0.8 else "ask"
        link = SdgLink(record, ask, target, indicator, role, probability, band)
        said = Decision(1, link.link_id, verdict, "Ada", "", "") if verdict else None
        found.setdefault(record, []).append(ProposedSdgLink(link, None, said))
    return found


def test_a_cluster_shares_what_half_of_its_records_ask_for():
    known = proposed(
        ("r1", 0, "5.2", 0.9, ""), ("r2", 1, "5.2", 0.6, ""), ("r1", 0, "5.2.1", 0.9, ""),
        ("r2", 1, "16.1", 0.9, ""), ("r3", 0, "16.1", 0.95, ""), ("r2", 1, "16.1.3", 0.5, ""),
        ("r3", 0, "16.1.3", 0.5, ""), ("r1", 1, "4.1", 0.9, ""), ("r2", 0, "4.1", 0.9, ""),
    )  # fmt: skip
    found = shared_sdg(ASKS, known)
    assert [(one.code, one.probability, one.band) for one in found] == [
        ("16.1", 0.925, "propose"), ("16.1.3", 0.5, "ask"), ("5.2", 0.75, "propose"),
    ]  # fmt: skip
    assert found == shared_sdg(reversed(ASKS), known)
    assert shared_sdg([], known) == ()


def test_a_rejected_target_takes_its_indicators_along_shared_or_not():
    known = proposed(
        ("r1", 0, "5.2", 0.9, ""), ("r2", 1, "5.2", 0.9, "confirm"), ("r1", 3, "5.2.1", 0.9, ""),
        ("r2", 1, "5.2.2", 0.9, "confirm"), ("r3", 0, "5.2.1", 0.9, ""),
    )  # fmt: skip
    (target,) = shared_sdg(ASKS, known)
    ids = {(i.link.record_id, i.link.indicator): i.link.link_id for k in known.values() for i in k}
    assert target.decided_by("confirm") == (ids["r1", ""],)
    assert target.decided_by("reject") == (ids["r1", ""], ids["r1", "5.2.1"])
    assert target.decision == ""


def test_what_is_judged_whole_is_changed_whole():
    known = proposed(("r1", 0, "5.2", 0.9, "reject"), ("r2", 1, "5.2", 0.9, "confirm"))
    (target,) = shared_sdg(ASKS, known)
    rejected, confirmed = (known[record][0].link.link_id for record in ("r1", "r2"))
    assert target.decided_by("confirm") == (rejected,)
    assert target.decided_by("reject") == (confirmed,)


def test_one_word_is_written_for_each_record_and_one_undo_takes_it_back(linker):
    cluster = max(linker.clusters("XVM"), key=lambda one: len(one.sdg))
    first, *_, last = cluster.targets
    before = linker.store.decisions()
    linker.clusters.decide_target(cluster.cluster_id, first.code, "confirm", "Ada")
    written = linker.clusters.decide_target(cluster.cluster_id, last.code, "reject", "Ada")
    links = [dict(row.link) for row in written]
    assert {link["target"] for link in links} == {last.code}
    assert len(written) == len(last.items) + len(last.below)
    again = linker.clusters.one(cluster.cluster_id)
    assert {one.code: one.decision for one in again.targets}[first.code] == "confirm"
    assert last.code not in {one.code for one in again.targets}
    assert {i.decision for i in linker.sdg("XVM") if i.decision} != set()
    assert linker.clusters.undo_last("Ada") == written
    assert len(linker.clusters.undo_last("Ada")) == len(first.items)
    assert linker.clusters.one(cluster.cluster_id).sdg == cluster.sdg
    assert len(linker.store.decisions()) > len(before)
    with pytest.raises(NotFound, match="no SDG target or indicator that CL-"):
        linker.clusters.decide_target(cluster.cluster_id, "1.1.1.1", "confirm", "Ada")
