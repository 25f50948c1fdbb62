"""The page Clusters without a browser: what the deck is dealt, and what its events do."""

import pytest
from sqlalchemy import text
from test_pages import texts

from linker.review.sampling import sample
from linker.ui.cluster_cards import card
from linker.ui.cluster_list import (
    BETWEEN,
    MOST_ASKED,
    ORDERS,
    Wanted,
    all_clusters,
    clusters_of,
    in_order,
)
from linker.ui.deck_hand import Dealt, follow
from linker.ui.queue import DIFFERING
from linker.ui.workbench import LISTS_KEPT
from linker.workspace.workspace import Linker


def send(here, dealt, *events, session="one", start=1):
    numbered = [{"n": start + n, **event} for n, event in enumerate(events)]
    return follow(here, dealt, {"session": session, "events": numbered})


def test_the_list_is_what_the_workspace_says(at, valmora):
    with Linker.open(valmora) as linker:
        assert clusters_of(at("Ada")) == list(linker.clusters("XVM"))
        linker.clusters.decide(linker.clusters("XVM")[0].cluster_id, "confirm", "Ada")
        linker.clusters.take_out(
            linker.clusters("XVM")[1].cluster_id, [linker.clusters("XVM")[1].records[0].id], "Ada"
        )
        assert all_clusters(at("Ada")) == list(linker.clusters.all("XVM"))


def test_what_is_asked_for_again_and_again_is_made_once(at):
    snapshot, made = at("Ada").snapshot, []
    for number in range(2 * LISTS_KEPT):
        snapshot.keep("at every key", lambda: made.append("made") or "kept")
        snapshot.keep(("of one state of the log", number), lambda: "kept")
    assert made == ["made"]


def test_events_are_followed_once_and_in_order(at, log, valmora):
    first, second, third, *_ = clusters_of(at("Ada"))
    dealt, events = Dealt(), [
        {"do": "decide", "cluster": first.cluster_id, "verdict": "confirm", "note": " why "},
        {"do": "decide", "cluster": second.cluster_id, "verdict": "reject"},
    ]  # fmt: skip
    answers = send(at("Ada"), dealt, *events)
    assert [(a["n"], a["ok"], a["said"]) for a in answers] == [
        (1, True, "Confirmed"), (2, True, "Rejected")
    ]  # fmt: skip
    assert send(at("Ada"), dealt, *events) == []
    again = send(
        at("Ada"),
        dealt,
        *events,
        {"do": "decide", "cluster": third.cluster_id, "verdict": "unsure"},
    )
    assert [a["n"] for a in again] == [3]
    assert [(d.verdict, d.note) for d in log(valmora)] == [
        ("confirm", "why"), ("reject", ""), ("unsure", "")
    ]  # fmt: skip


def test_undo_reverses_a_skip_before_the_decision_under_it(at, log, valmora):
    first, second, *_ = clusters_of(at("Ada"))
    dealt = Dealt()
    send(
        at("Ada"),
        dealt,
        {"do": "decide", "cluster": first.cluster_id, "verdict": "confirm"},
        {"do": "skip", "cluster": second.cluster_id},
    )
    assert dealt.last[-1] == second.cluster_id
    answers = send(at("Ada"), dealt, {"do": "undo"}, {"do": "undo"}, {"do": "undo"}, start=3)
    assert [a["show"] for a in answers] == [second.cluster_id, first.cluster_id, ""]
    assert [a["ok"] for a in answers] == [True, True, False]
    assert "Nothing of Ada stands" in answers[-1]["said"]
    assert [d.verdict for d in log(valmora)] == ["confirm", "undo"]


@pytest.mark.parametrize("what", ["out", "split", "related", "opposite", "move"])
def test_a_member_goes_and_comes_back_with_one_undo(at, bench, what):
    before = clusters_of(at("Ada"))
    cluster = next(c for c in before if len(c.records) > 3 and len(c.mechanisms) > 1)
    other = next(c for c in before if c.cluster_id != cluster.cluster_id)
    record = cluster.records[-1].id
    event = {"do": what, "cluster": cluster.cluster_id, "records": [record]}
    dealt = Dealt()
    (answer,) = send(at("Ada"), dealt, {**event, "to": other.cluster_id})
    assert answer["ok"], answer["said"]
    now = {c.cluster_id: c for c in all_clusters(at("Ada"))}
    assert record not in {r.id for r in now[cluster.cluster_id].records}
    if what == "move":
        assert record in {r.id for r in now[other.cluster_id].records}
    send(at("Ada"), dealt, {"do": "undo"}, start=2)
    assert [c.cluster for c in clusters_of(at("Ada"))] == [c.cluster for c in before]
    assert not any(d.verdict == "confirm" for d in bench.verdicts.values())


def test_a_refused_event_is_told_and_the_next_one_followed(at):
    first = clusters_of(at("Ada"))[0]
    everything = [record.id for record in first.records]
    answers = send(
        at("Ada"),
        Dealt(),
        {"do": "split", "cluster": first.cluster_id, "records": everything},
        {"do": "decide", "cluster": "CL-0000000000", "verdict": "confirm"},
        {"do": "decide", "cluster": first.cluster_id, "verdict": "confirm"},
    )
    assert [a["ok"] for a in answers] == [False, False, True]
    assert "rename it instead" in answers[0]["said"]


def test_judged_unsure_and_disputed_clusters_are_found_again(at):
    first, second, third, *_ = clusters_of(at("Ada"))
    for who, cluster, verdict in (
        ("Ada", first, "unsure"), ("Ada", second, "confirm"), ("Grace", second, "reject"),
        ("Grace", third, "confirm"),
    ):  # fmt: skip
        send(at(who), Dealt(), {"do": "decide", "cluster": cluster.cluster_id, "verdict": verdict})
    here = at("Ada")
    said = here.bench.folded.of_clusters

    def found(**wanted):
        return {
            c.cluster_id
            for c in clusters_of(here)
            if Wanted(**wanted).takes(c, said.get(c.cluster_id, {}))
        }

    judged = {c.cluster_id for c in (first, second, third)}
    assert found() == {c.cluster_id for c in clusters_of(here)} - judged
    assert found(said="unsure") == {first.cluster_id}
    assert found(by="Ada") == {first.cluster_id, second.cluster_id}
    assert found(said="confirm", by="Grace") == {third.cluster_id}
    assert found(said=DIFFERING) == {second.cluster_id}
    assert {c.cluster_id for c in clusters_of(at("Third", independent=True)) if c.decision} == set()


def test_what_people_came_for_comes_first_and_blind_tells_nothing(at):
    clusters = clusters_of(at("Ada"))
    order = in_order(clusters, BETWEEN, [], blind=False)
    mixed = [len(c.mechanisms) > 1 for c in order]
    assert mixed == sorted(mixed, reverse=True)
    sizes = [len(c.records) for c in in_order(clusters, MOST_ASKED, [], blind=False)]
    assert sizes == sorted(sizes, reverse=True)
    blind = [in_order(clusters, order, [], blind=True) for order in ORDERS]
    assert all(one == blind[0] for one in blind)
    assert in_order(clusters, BETWEEN, [order[0].cluster_id], blind=False)[-1] == order[0]
    for cluster in clusters[:20]:
        told = str(card(cluster, blind=True))
        assert " %" not in told
        assert "To check" not in told
        assert "Likely" not in told


def test_a_card_marks_what_is_shared_and_says_what_differs(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(
        "state,mechanism,symbol,paragraph,text\n"
        "Kenya,TB,CED/C/KEN/CO/1,10,Ratify the Convention on Enforced Disappearance\n"
        "Kenya,UPR,A/HRC/44/9,142.1,Consider ratifying the Convention on Enforced Disappearance\n"
        "Kenya,UPR,A/HRC/29/10,142.7,<b>Ratify</b> the Convention on Enforced Disappearance\n",
        encoding="utf-8",
    )
    with Linker.open(tmp_path / "kenya", create=True) as linker:
        linker.add([file])
        linker.build()
        (cluster,) = linker.clusters("KEN")
    made = card(cluster, blind=False)
    assert made["summary"].startswith("3 records")
    by_record = {m["record"]: m["html"] for m in made["members"]}
    assert len(by_record) == 3
    weak = next(html for html in by_record.values() if "Consider" in html)
    assert "Only here: <b>consider</b>" in weak
    assert all("Enforced Disappearance</b>" in html for html in by_record.values())
    assert any("&lt;b&gt;" in html for html in by_record.values()), "not escaped"


def test_the_page_deals_and_says_when_to_stop(show, valmora):
    app = show("clusters", valmora, reviewer="Ada")
    assert app.get("bidi_component")
    with Linker.open(valmora) as linker:
        known = sample(linker.clusters("XVM"))
        said = texts(app)
        likely = "" if known.rest else "likely "
        assert f"{len(known.waiting)} {likely}cluster" in said
        for key in known.drawn:
            linker.clusters.decide(key, "confirm", "Ada")
        rest = len(sample(linker.clusters("XVM")).rest)
    app.run()
    if rest:
        assert f"confirm the other {rest} likely cluster" in texts(app)
        app.button(key="confirm-unseen").click().run()
        assert not app.exception
        with Linker.open(valmora) as linker:
            assert sum(d.kind == "sample" for d in linker.store.decisions()) == rest


def test_without_a_name_nothing_is_written(show, valmora, log):
    app = show("clusters", valmora)
    assert app.text_input(key="cluster-reviewer")
    assert log(valmora) == []


def test_clusters_of_another_form_are_told(show, valmora):

    with Linker.open(valmora) as linker, linker.store.engine.begin() as db:
        db.execute(text("UPDATE clusters SET cluster = json_set(cluster, '$.asks', 3)"))
    app = show("clusters", valmora, reviewer="Ada")
    assert not app.exception
    assert "made by another version of Linker" in texts(app)
    assert [b.label for b in app.button if "build" in b.label]


def test_what_a_server_wrote_that_was_killed_before_its_answer_is_not_written_again(
    at, log, valmora
):
    first, second, third, *_ = [one for one in clusters_of(at("Ada")) if len(one.records) > 2]
    shared = next(one for one in clusters_of(at("Ada")) if one.sdg)
    code = shared.sdg[0].code
    events = [
        {"do": "decide", "cluster": first.cluster_id, "verdict": "confirm"},
        {"do": "decide", "cluster": second.cluster_id, "verdict": "reject"},
        {"do": "undo"},
        {"do": "out", "cluster": third.cluster_id, "records": [third.records[-1].id]},
        {"do": "sdg", "cluster": shared.cluster_id, "codes": [code], "verdict": "confirm"},
        {"do": "decide", "cluster": second.cluster_id, "verdict": "reject"},
        {"do": "undo"},
    ]  # fmt: skip
    send(at("Grace"), Dealt(), events[0], session="hers")
    sent = [{"since": 1, **event} for event in events]
    whole = []
    for upto in range(1, len(sent) + 1):
        send(at("Ada"), Dealt(), *sent[:upto])
        rows = log(valmora)
        assert rows[: len(whole)] == whole
        assert len(rows) > len(whole), f"event {upto} was lost"
        whole = rows
        answers = send(at("Ada"), Dealt(), *sent[:upto])
        assert [(one["n"], one["ok"]) for one in answers] == [(n, True) for n in range(1, upto + 1)]
        assert log(valmora) == whole, f"doubled up to event {upto}"
    alone = [row.verdict for row in whole[1:] if row.verdict in ("reject", "undo", "split")]
    assert alone == ["reject", "undo", "split", "reject", "undo"]
    assert len([row for row in whole if row.batch]) == len(shared.sdg[0].items)


def test_a_deck_that_was_told_of_its_decision_may_take_the_same_again(at, log, valmora):
    first = clusters_of(at("Ada"))[0].cluster_id
    decide = {"do": "decide", "cluster": first, "verdict": "confirm"}
    send(at("Ada"), Dealt(), {**decide, "since": 0})
    send(at("Ada"), Dealt(), {**decide, "since": 1}, session="loaded again")
    send(at("Ada"), Dealt(), decide, session="of before")
    assert [row.verdict for row in log(valmora)] == ["confirm"] * 3
