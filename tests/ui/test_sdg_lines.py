"""SDG lines of the review deck without a browser: what a card is dealt, what its events write."""

from test_clusters_page import send

from linker.ui.cluster_cards import card, version_of
from linker.ui.cluster_list import clusters_of
from linker.ui.deck_hand import Dealt


def rich(here):
    return max(clusters_of(here), key=lambda one: len(one.sdg))


def test_a_card_lists_what_its_records_share(at):
    cluster = rich(at("Ada"))
    lines, hidden = card(cluster, False)["goals"], card(cluster, True)["goals"]
    assert [line["code"] for line in lines] == [one.code for one in cluster.sdg]
    assert all("%" in line["facts"] and line["why"] for line in lines)
    assert sorted(line["code"] for line in hidden) == sorted(line["code"] for line in lines)
    assert not any("%" in line["facts"] or line["why"] or line["likely"] for line in hidden)


def test_lines_are_judged_explained_and_taken_back(at, valmora, log):
    cluster, dealt = rich(at("Ada")), Dealt()
    key, target = cluster.cluster_id, cluster.targets[0]
    said = {"cluster": key, "codes": [target.code], "verdict": "reject"}
    (answer,) = send(at("Ada"), dealt, {"do": "sdg", **said})
    assert answer["said"] == f"Rejected: {target.code}"
    assert len(log(valmora)) == len(target.items) + len(target.below)
    after = rich(at("Ada"))
    assert version_of(after, False) != version_of(cluster, False)
    (line,) = [one for one in card(after, False)["goals"] if one["code"] == target.code]
    assert (line["decision"], line["likely"]) == ("reject", False)

    (why,) = send(at("Ada"), dealt, {"do": "why", "cluster": key, "code": target.code}, start=2)
    assert "Speaks for it" in why["said"]
    (back,) = send(at("Ada"), dealt, {"do": "undo"}, start=3)
    assert (back["show"], back["said"]) == (key, taken_back(target))
    assert version_of(rich(at("Ada")), False) == version_of(cluster, False)

    bad = {**said, "codes": ["1.1.1.1"]}
    (refused,) = send(at("Ada"), dealt, {"do": "sdg", **bad}, start=4)
    assert not refused["ok"]
    assert "Not written" in refused["said"]


def taken_back(target):
    below = dict.fromkeys(item.link.indicator for item in target.below)
    return f"Taken back: rejected: SDG {', '.join([target.code, *below])}"


def test_two_events_of_one_moment_see_each_other(at, valmora, log):
    cluster = rich(at("Ada"))
    said = {"do": "sdg", "cluster": cluster.cluster_id, "codes": [cluster.targets[0].code]}
    send(at("Ada"), Dealt(), {**said, "verdict": "confirm"}, {**said, "verdict": "confirm"})
    assert len(log(valmora)) == len(cluster.targets[0].items)


def test_who_judges_independently_does_not_see_what_others_said(at):
    cluster = rich(at("Ada"))
    said = {"do": "sdg", "cluster": cluster.cluster_id, "codes": [cluster.targets[0].code]}
    send(at("Ada"), Dealt(), {**said, "verdict": "confirm"})
    assert rich(at("Grace")).targets[0].decision == "confirm"
    assert not any(one.decision for one in rich(at("Grace", True)).sdg)
