"""What pages keep in memory: made again only where a decision touches it."""

from linker.review.decisions import Decision
from linker.ui.cluster_list import clusters_of
from linker.ui.planning import rows_of


def decide(at, link_id):
    at("Ada").linker.decide(link_id, "confirm", "Ada")


def test_a_decision_on_one_cluster_leaves_the_others_as_they_are(at):
    before = {one.cluster_id: one for one in clusters_of(at("Ada"))}
    judged, *others = before
    decide(at, judged)
    after = {one.cluster_id: one for one in clusters_of(at("Ada"))}
    assert after[judged].confirmed
    assert all(after[key] is before[key] for key in others)


def test_the_plan_is_made_again_for_links_alone(at):
    here = at("Ada")
    before = rows_of(here)
    decide(at, clusters_of(here)[0].cluster_id)
    assert all(one is other for one, other in zip(rows_of(at("Ada")), before, strict=True))
    row = next(row for row in before if row.row.targets)
    decide(at, row.row.targets[0].link_id)
    (again,) = [one for one in rows_of(at("Ada")) if one.plan_id == row.plan_id]
    assert again.row.targets[0].mark.confirmed
    assert not row.row.targets[0].mark.confirmed


def test_who_judges_independently_has_clusters_of_their_own(at):
    key = clusters_of(at("Ada"))[0].cluster_id
    decide(at, key)
    said = {one.cluster_id: one.decision for one in clusters_of(at("Grace", True))}
    assert said[key] is None
    said = {one.cluster_id: one.decision for one in clusters_of(at("Grace"))}
    assert isinstance(said[key], Decision)
