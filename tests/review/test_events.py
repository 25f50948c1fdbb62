"""One undo takes back what was done last, whatever it was; and what a sample says of the rest."""

from dataclasses import replace
from math import comb, floor

import pytest

from linker.errors import LinkerError
from linker.review.decisions import Decision
from linker.review.sampling import lower_bound, sample, size_of


def of(linker, cluster_id):
    return next(c for c in linker.clusters.all() if c.cluster_id == cluster_id)


def test_each_undo_takes_back_the_last_event_whatever_it_was(linker):
    before = linker.clusters("XVM")
    first, second = before[0], before[1]
    out = first.records[-1].id
    linker.clusters.decide(second.cluster_id, "unsure", "Ada")
    (alone,) = linker.clusters.take_out(first.cluster_id, [out], "Ada")
    linker.clusters.move([out], second.cluster_id, "Ada", from_=alone.into)
    linker.clusters.decide(first.cluster_id, "confirm", "Grace")
    linker.clusters.decide(first.cluster_id, "confirm", "Ada")
    kinds = [[row.verdict for row in linker.clusters.undo_last("Ada")] for _ in range(4)]
    assert kinds == [["confirm"], ["move"], ["split"], ["unsure"]]
    after = linker.clusters("XVM")
    assert [c.cluster for c in after] == [c.cluster for c in before]
    assert of(linker, first.cluster_id).decision.reviewer == "Grace"
    with pytest.raises(LinkerError, match="Nothing of Ada stands"):
        linker.clusters.undo_last("Ada")


@pytest.mark.parametrize("relation", ["related", "opposite"])
def test_a_member_that_asks_something_else_is_taken_out_and_linked_so(linker, relation):
    cluster = next(c for c in linker.clusters("XVM") if len(c.mechanisms) > 1)
    odd = cluster.records[-1].id
    written = linker.clusters.relate(cluster.cluster_id, odd, relation, "Ada")
    assert [row.verdict for row in written] == ["split", "confirm"]
    assert odd not in {r.id for r in of(linker, cluster.cluster_id).records}
    (link,) = [i for i in linker.convergences() if i.confirmed]
    assert link.relation == relation
    assert odd in (link.link.left_id, link.link.right_id)
    assert len(linker.clusters.undo_last("Ada")) == 2
    assert of(linker, cluster.cluster_id).cluster == cluster.cluster
    assert not [i for i in linker.convergences() if i.confirmed]
    with pytest.raises(LinkerError, match="'alike' is not known"):
        linker.clusters.relate(cluster.cluster_id, odd, "alike", "Ada")


def test_the_bound_is_that_of_clopper_and_pearson():
    # Closed form where all are right: the bound is the n-th root of 1 - confidence.
    assert lower_bound(40, 40) == pytest.approx(0.05 ** (1 / 40), abs=1e-9)
    # Otherwise a quantile of the beta distribution: scipy.stats.beta.ppf(0.05, 38, 3)
    assert lower_bound(38, 40) == pytest.approx(0.85085, abs=0.00005)
    assert lower_bound(0, 40) == 0
    assert lower_bound(20, 40) < 0.5


def test_how_many_are_drawn_and_what_they_can_say():
    assert [size_of(n) for n in (0, 12, 20, 21, 40, 41, 60, 79, 80, 2_000)] == [
        20, 20, 20, 20, 20, 20, 30, 39, 40, 40,
    ]  # fmt: skip
    assert floor(100 * lower_bound(20, 20)) == 86
    assert floor(100 * lower_bound(30, 30)) == 90
    assert floor(100 * lower_bound(40, 40)) == 92
    # Any sample that may speak for a rest says the bound of the exact binomial: a State whose
    # share were lower would show so many right ones in fewer than one draw of twenty.
    for right, judged in ((20, 20), (19, 20), (27, 30)):
        bound = lower_bound(right, judged)
        tail = sum(
            comb(judged, k) * bound**k * (1 - bound) ** (judged - k)
            for k in range(right, judged + 1)
        )
        assert tail == pytest.approx(0.05, abs=1e-6)


def test_a_sample_speaks_for_fewer_than_forty_likely_clusters(linker):
    likely = [c for c in linker.clusters("XVM") if c.cluster.band == "propose"]
    for number in (21, 30):
        some = [replace(likely[0], cluster=replace(likely[0].cluster, cluster_id=f"CL-{n:010d}"),
                        decision=None) for n in range(number)]  # fmt: skip
        known = sample(some)
        assert (len(known.drawn), len(known.rest)) == (20, number - 20)
        assert not known.tells
        word = Decision(1, "", "confirm", "Ada", "", "")
        judged = [
            replace(c, decision=word,
                    members=tuple(replace(m, decision=word) for m in c.members))
            if c.cluster_id in known.drawn
            else c
            for c in some
        ]  # fmt: skip
        told = sample(judged)
        assert told.tells
        assert str(told) == "20 of 20 right (at least 86 in 100)"


def test_a_sample_speaks_for_the_rest_and_its_confirmations_say_so(linker, tmp_path):
    clusters = linker.clusters("XVM")
    drawn = sample(clusters)
    assert not drawn.tells
    assert set(drawn.drawn).isdisjoint(drawn.rest)
    assert sample(list(reversed(list(clusters)))).drawn == drawn.drawn
    for number, key in enumerate(drawn.drawn):
        linker.clusters.decide(key, "reject" if number == 3 else "confirm", "Ada")
    known = sample(linker.clusters("XVM"))
    assert (known.judged, known.right) == (len(drawn.drawn), len(drawn.drawn) - 1)
    assert known.waiting == ()
    assert sample(linker.clusters("XVM"), [drawn.drawn[0]]).right == known.right - 1
    if known.tells:
        count = linker.clusters.confirm_unseen(known.rest, "Ada", str(known))
        assert count == len(known.rest)
        told = [d for d in linker.store.decisions() if d.kind == "sample"]
        assert {d.link_id for d in told} == set(known.rest)
        assert sample(linker.clusters("XVM")).rest == ()
        assert len(linker.clusters.undo_last("Ada")) == count
