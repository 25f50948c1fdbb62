"""A decision costs no more for all that were taken before, and what is kept is what is there."""

from itertools import combinations

from linker.links import Convergence
from linker.review.decisions import Decision
from linker.store.store import Store
from linker.ui.workbench import Workbench
from linker.workspace.clustering import find_cluster


def made_anew(valmora):
    fresh = Workbench(valmora)
    fresh.snapshot("XVM")
    return fresh.made


def test_links_that_the_log_alone_knows_are_the_same_read_on_and_read_anew(bench, valmora):
    linker = bench.linker
    records = bench.snapshot("XVM").records
    proposed = [link.link_id for link in bench.snapshot("XVM").convergences[:3]]
    asked = []
    look_up = linker.store.unknown_links
    linker.store.unknown_links = lambda ids: asked.append(set(ids)) or look_up(ids)
    for link_id in proposed:
        linker.links.decide(link_id, "confirm", "Ana")
        bench.snapshot("XVM")
    pairs = {frozenset((c.left_id, c.right_id)) for c in linker.store.convergences("XVM")}
    left, right = next(
        (one, other)
        for one, other in combinations(records.values(), 2)
        if one.mechanism != other.mechanism and {one.id, other.id} not in pairs
    )
    added = linker.links.add_convergence(left.id, right.id, "Ana")
    bench.snapshot("XVM")
    assert asked == [*({one} for one in proposed), {added.link_id}]
    assert isinstance(bench.made[added.link_id], Convergence)
    assert bench.made == made_anew(valmora)
    linker.links.decide(added.link_id, "reject", "Grace")
    bench.snapshot("XVM")
    assert bench.made == made_anew(valmora)


def test_a_build_has_what_is_proposed_looked_up_anew(bench, valmora):
    linker = bench.linker
    link = bench.snapshot("XVM").convergences[0]
    linker.links.decide(link.link_id, "confirm", "Ana")
    bench.snapshot("XVM")
    assert link.link_id not in bench.made
    linker.store.save_build("XVM", "another", [], [], [], {})  # proposes nothing
    bench.snapshot("XVM")
    assert link.link_id in bench.made
    assert bench.made == made_anew(valmora)


def test_edits_are_read_without_the_words_on_links(bench):
    store: Store = bench.linker.store
    cluster = bench.linker.clusters("XVM")[0].cluster_id
    store.append_decision(Decision(0, "C-0123456789ab", "confirm", "Ana", "", ""))
    bench.linker.clusters.rename(cluster, "Wells in schools", "Ana")
    edits = store.decisions(kind="edit")
    assert [one.kind for one in edits] == ["edit"]
    assert len(store.decisions()) == 2
    assert find_cluster(store, cluster)[1].title == "Wells in schools"
