"""Judging where one reads: record pages, SDG lines by key, themes that lead on."""

from test_pages import button, texts

from linker.ui.theme_counts import ORDERS
from linker.workspace.workspace import Linker
from tests.conftest import ask_the_contrary


def a_record_with_links(folder):
    with Linker.open(folder) as linker:
        item = next(i for i in linker.convergences().shown() if i.link.band == "propose")
        return item.link.left_id, item.link.link_id


def test_links_are_judged_on_the_page_of_their_record(show, valmora, log):
    record, link = a_record_with_links(valmora)
    app = show("xray", valmora, reviewer="Ada", record=record)
    app.button(key=f"here-confirm-{link}").click().run()
    assert not app.exception
    assert app.query_params["record"] == record
    assert "Confirmed · Ada" in texts(app)
    app.button(key=f"here-undo-{link}").click().run()
    assert [(d.link_id, d.verdict) for d in log(valmora)] == [(link, "confirm"), (link, "undo")]
    assert app.button(key=f"here-reject-{link}")


def test_a_record_shows_all_its_links_and_starts_one_by_hand(show, valmora):
    with Linker.open(valmora) as linker:
        numbers = {}
        for item in linker.convergences().shown():
            for record_id in (item.link.left_id, item.link.right_id):
                numbers[record_id] = numbers.get(record_id, 0) + 1
    record = max(numbers, key=lambda key: numbers[key])
    app = show("xray", valmora, reviewer="Ada", record=record)
    listed = [b for b in app.button if b.label == "Compare"]
    if numbers[record] > len(listed):
        app.button(key="more-links").click().run()
        assert len([b for b in app.button if b.label == "Compare"]) > len(listed)
    app.button(key="link-from-here").click().run()
    assert not app.exception
    assert app.query_params["left"] == record


def test_a_theme_leads_to_its_clusters_and_rows(show, valmora):
    with Linker.open(valmora) as linker:
        labels = [c.theme for c in linker.clusters("XVM")]
        theme = next(t for t in linker.xray() if t.label in labels)
    app = show("xray", valmora, theme=theme.theme_id)
    said = f"Review {labels.count(theme.label)} cluster"
    assert next(b for b in app.button if b.key == "theme-clusters").label.startswith(said)
    app.button(key="theme-clusters").click().run()
    assert not app.exception
    assert app.selectbox(key="cluster-theme").value == theme.label
    app = show("xray", valmora, theme=theme.theme_id)
    app.button(key="theme-plan").click().run()
    assert app.selectbox(key="plan-theme").value == theme.theme_id


def test_clusters_are_judged_on_the_page_of_their_theme(show, valmora, log):
    with Linker.open(valmora) as linker:
        found = [c for c in linker.clusters("XVM") if len(c.records) > 1]
        cluster = max(found, key=lambda c: (len(c.records), c.cluster_id))
        theme = next(t for t in linker.xray() if t.label == cluster.theme)
    app = show("xray", valmora, reviewer="Ada", theme=theme.theme_id)
    assert all(one.record.label in texts(app) for one in cluster.members)
    app.button(key=f"theme-confirm-{cluster.cluster_id}").click().run()
    assert not app.exception
    assert app.query_params["theme"] == theme.theme_id
    assert "Confirmed · Ada" in texts(app)
    app.button(key=f"theme-undo-{cluster.cluster_id}").click().run()
    said = [(d.link_id, d.verdict) for d in log(valmora)]
    assert said == [(cluster.cluster_id, "confirm"), (cluster.cluster_id, "undo")]
    assert app.button(key=f"theme-reject-{cluster.cluster_id}")
    assert {b.key for b in app.get("download_button")} == {"factsheet-docx"}


def test_pairs_are_no_countdown_from_thousands(show, valmora):
    with Linker.open(valmora) as linker:
        waiting = sum(len(c.records) > 1 for c in linker.clusters("XVM"))
    app = show("convergences", valmora, reviewer="Ada")
    assert f"{waiting} questions are left there" in texts(app)
    assert "links judged.</p>" not in texts(app)
    assert " of 1," not in texts(app)
    app = show("convergences", valmora, reviewer="Ada", band="propose", across="Between mechanisms")
    assert "questions are left there" not in texts(app)
    assert "0 of " in texts(app)


def test_themes_with_contrary_asks_are_told_and_come_first(show, valmora):
    ask_the_contrary(valmora)
    with Linker.open(valmora) as linker:
        against = [i for i in linker.convergences() if i.link.relation == "opposite"]
        assert against
        for item in against[1:]:
            linker.decide(item.link.link_id, "reject", "Ada")
        left = against[0].link
        home = {m.record_id: t.theme_id for t in linker.xray() for m in t.members}
    wanted = {home[left.left_id], home[left.right_id]}
    app = show("xray", valmora, **{"theme-order": "Contrary asks first"})
    order = [str(b.key)[6:] for b in app.button if str(b.key).startswith("theme-T-")]
    # Two columns, drawn one after the other: the first themes are the first of each.
    assert {order[0], order[(len(order) + 1) // 2]} >= wanted
    assert texts(app).count("1 contrary ask<") == len(wanted)
    assert "How many themes there are follows from the files" in texts(app)


def test_themes_can_be_ordered_by_what_matters(show, demo):
    with Linker.open(demo[0]) as linker:
        records = {r.id: r for r in linker.records()}
        noted = {
            t.theme_id: sum(records[m.record_id].position == "noted" for m in t.members)
            for t in linker.xray()
        }
    for order in ORDERS:
        app = show("xray", demo[0], **{"theme-order": order})
        listed = [b.key[6:] for b in app.button if str(b.key).startswith("theme-T-")]
        assert sorted(listed) == sorted(noted)
        half = (len(listed) + 1) // 2  # two columns: a line is one of each
        listed[::2], listed[1::2] = listed[:half], listed[half:]
        if order == "Most noted first":
            assert [noted[i] for i in listed] == sorted(noted.values(), reverse=True)
            assert f"{max(noted.values())} noted" in texts(app)


def test_sdg_lines_are_judged_by_key_and_a_rejected_target_settles_its_indicators(
    show, valmora, log
):
    with Linker.open(valmora) as linker:
        shown = list(linker.sdg().shown())
        item = next(
            i for i in shown
            if not i.link.indicator
            and any(
                o.link.indicator
                and (o.link.record_id, o.link.target) == (i.link.record_id, i.link.target)
                for o in shown
            )
        )  # fmt: skip
        below = {
            o.link.link_id for o in shown
            if o.link.indicator
            and (o.link.record_id, o.link.target) == (item.link.record_id, item.link.target)
        }  # fmt: skip
    app = show("sdg", valmora, reviewer="Ada", record=item.link.record_id)
    keyed = [b for b in app.button if b.label in ("Confirm", "Reject") and b.proto.shortcut]
    assert [b.proto.shortcut for b in keyed] == ["a", "x"], "one line has the keys"
    app.button(key=f"reject-{item.link.link_id}").click().run()
    assert not app.exception
    written = log(valmora)
    assert {d.link_id for d in written} == {item.link.link_id, *below}
    assert {d.verdict for d in written} == {"reject"}
    app.button(key="sdg-undo").click().run()
    assert [d.verdict for d in log(valmora)[len(written) :]] == ["undo"] * len(written)


def test_all_likely_targets_of_a_card_are_confirmed_at_once(show, valmora, log):
    with Linker.open(valmora) as linker:
        likely = {}
        for item in linker.sdg():
            if item.link.band == "propose":
                likely.setdefault(item.link.record_id, set()).add(item.link.link_id)
    record = max(likely, key=lambda key: len(likely[key]))
    app = show("sdg", valmora, reviewer="Ada", record=record)
    app.button(key="all-likely").click().run()
    assert not app.exception
    assert {d.link_id for d in log(valmora)} <= likely[record]
    assert len(log(valmora)) > 1
    app.button(key="sdg-undo").click().run()
    with Linker.open(valmora) as linker:
        assert not linker.sdg().confirmed()


def test_a_target_is_judged_for_a_whole_theme(show, valmora, log):
    with Linker.open(valmora) as linker:
        theme = max(linker.xray(), key=lambda t: len(t.members))
    app = show("sdg", valmora, reviewer="Ada", **{"for": "A theme"})
    app.selectbox(key="sdg-theme").set_value(theme.theme_id).run()
    pressed = next(b for b in app.button if b.label.startswith("Confirm for all"))
    pressed.click().run()
    assert not app.exception
    assert f"Confirm for all {len(log(valmora))}" == pressed.label
    assert button(app, "Undo")


def test_a_target_rejected_for_a_theme_takes_its_indicators_along(show, valmora, log):
    with Linker.open(valmora) as linker:
        theme = max(linker.xray(), key=lambda t: len(t.members))
        links = {item.link.link_id: item.link for item in linker.sdg()}
        members = {member.record_id for member in theme.members}
        below = [x for x in links.values() if x.indicator and x.record_id in members]
    app = show("xray", valmora, theme=theme.theme_id)
    app.button(key="theme-sdg").click().run()
    assert app.session_state["sdg-theme"] == theme.theme_id
    app = show("sdg", valmora, reviewer="Ada", **{"for": "A theme"})
    app.selectbox(key="sdg-theme").set_value(theme.theme_id).run()
    codes = {x.target for x in below if x.band != "hide"}
    pressed = next(
        b for b in app.button
        if b.label.startswith("Reject for all") and links[b.key[-14:]].target in codes
        and not links[b.key[-14:]].indicator
    )  # fmt: skip
    pressed.click().run()
    assert not app.exception
    said = [links[d.link_id] for d in log(valmora)]
    assert len({link.target for link in said}) == 1
    assert any(link.indicator for link in said)
    app.button(key="sdg-undo").click().run()
    assert [d.verdict for d in log(valmora)[len(said) :]] == ["undo"] * len(said)
