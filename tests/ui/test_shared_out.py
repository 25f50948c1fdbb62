"""Mine and overdue on Clusters, X-ray and Plan; assigning and releasing by a click."""

import pytest
from test_pages import button, texts

from linker.ui.cluster_list import clusters_of
from linker.ui.desk import Desk
from linker.ui.shared_out import Work
from linker.ui.workbench import Workbench
from linker.workspace.workspace import Linker


@pytest.fixture
def shared(valmora):
    """A row overdue and Ada's; the largest theme Bea's; the first cluster of two records Ada's."""
    with Linker.open(valmora) as linker:
        row = next(iter(linker.plan())).plan_id
        theme = next(iter(linker.xray())).theme_id
        cluster = next(c for c in linker.clusters() if len(c.records) > 1).cluster_id
        linker.set_plan(row, reviewer="Lead", deadline="2020", status="in progress")
        linker.assign([row, cluster], "Ada", reviewer="Lead")
        linker.assign([theme], "Bea", reviewer="Lead")
    return row, theme, cluster


def test_what_is_mine_and_overdue(valmora, shared):
    row, theme, cluster = shared
    bench = Workbench(valmora)

    def work(reviewer, **wanted):
        return Work(Desk(bench, bench.snapshot("XVM"), "XVM", reviewer), **wanted)

    ada, bea, late = work("ADA", mine=True), work("Bea", mine=True), work("", overdue=True)
    assert ada.row(row)
    clusters = clusters_of(ada.here)
    assert cluster in {one.cluster_id for one in clusters if ada.cluster(one)}
    assert not any(map(work("Nobody", mine=True).cluster, clusters))
    snapshot = ada.here.snapshot
    records = [r for r, home in snapshot.home.items() if home.theme_id == theme]
    assert all(map(bea.row, records))
    assert theme in {one.theme_id for one in snapshot.xray if bea.theme(one)}
    assert [r for r in snapshot.records if late.row(r)] == [row]
    home = snapshot.home[row].theme_id
    assert [one.theme_id for one in snapshot.xray if late.theme(one)] == [home]
    bench.linker.close()


def test_the_plan_and_the_xray_show_mine(show, valmora, shared):
    app = show("plan", valmora, reviewer="Ada")
    app.toggle(key="plan-mine").set_value(True).run()
    app.toggle(key="plan-overdue").set_value(True).run()
    assert not app.exception
    assert [b.key for b in app.button if b.label == "Fill in"] == [f"fill-{shared[0]}"]
    app = show("xray", valmora, reviewer="Bea")
    every = len([b for b in app.button if str(b.key).startswith("theme-T-")])
    app.toggle(key="theme-mine").set_value(True).run()
    assert not app.exception
    mine = [b.key for b in app.button if str(b.key).startswith("theme-T-")]
    assert f"theme-{shared[1]}" in mine
    assert len(mine) < every


def test_a_theme_is_assigned_and_taken_back(show, valmora):
    with Linker.open(valmora) as linker:
        theme = next(iter(linker.xray())).theme_id
    app = show("xray", valmora, reviewer="Ada", theme=theme)
    app.text_input(key="theme-person").set_value("Coalition on torture")
    button(app, "Assign this theme").click().run()
    assert not app.exception
    assert "Assigned this theme to Coalition on torture" in texts(app)
    assert "Assigned to Coalition on torture" in texts(app)
    button(app, "Undo").click().run()
    assert "Taken back" in texts(app)
    with Linker.open(valmora) as linker:
        said = [(c.field, c.value, c.reviewer) for c in linker.plan_log(theme)]
    assert said == [("person", "Coalition on torture", "Ada"), ("person", "", "Ada")]


def test_clusters_are_shared_out_and_rows_released(show, valmora, shared):
    app = show("clusters", valmora, reviewer="Ada")
    app.toggle(key="cluster-mine").set_value(True).run()
    assert not app.exception
    assign = next(b for b in app.button if b.label.startswith("Assign these"))
    app.text_input(key="clusters-person").set_value("Bea")
    assign.click().run()
    assert not app.exception
    with Linker.open(valmora) as linker:
        given = {c.record_id for c in linker.plan_log() if c.value == "Bea"}
    assert shared[2] in given
    app = show("plan", valmora, reviewer="Ada")
    assert "not released" in texts(app)
    app.toggle(key="plan-unreleased").set_value(True).run()
    button(app, "Choose all 1").click().run()
    app.button(key="release-many").click().run()
    assert not app.exception
    assert "Released 1 row" in texts(app)
    with Linker.open(valmora) as linker:
        row = next(r for r in linker.plan() if r.plan_id == shared[0])
    assert row.entry.released
