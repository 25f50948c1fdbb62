"""The page Clusters: one card a cluster, judged, changed and taken back."""

from test_pages import button, texts

from linker.review.decisions import is_theme_edit
from linker.workspace.workspace import Linker


def shown(app):
    """The id of the cluster whose card is shown."""
    return next(b.key for b in app.button if b.label == "Confirm").removeprefix("confirm-")


def test_a_cluster_is_confirmed_and_the_next_one_shown(show, valmora, log):
    app = show("clusters", valmora, reviewer="Ada")
    first = shown(app)
    with Linker.open(valmora) as linker:
        clusters = linker.clusters("XVM")
    assert clusters[0].title in texts(app)
    assert clusters[0].records[0].text[:40] in texts(app)
    assert f"{len(clusters)} clusters" in texts(app)
    app.button(key=f"confirm-{first}").click().run()
    assert not app.exception
    assert [(d.link_id, d.verdict, d.reviewer) for d in log(valmora)] == [(first, "confirm", "Ada")]
    second = shown(app)
    assert second != first
    app.button(key=f"skip-{second}").click().run()
    assert shown(app) not in (first, second)
    app.button(key="undo").click().run()
    assert not app.exception
    assert log(valmora)[-1].verdict == "undo"
    assert shown(app) == first


def test_a_member_is_taken_out_a_title_given_and_both_taken_back(show, valmora, log):
    app = show("clusters", valmora, reviewer="Ada")
    here = shown(app)
    with Linker.open(valmora) as linker:
        before = next(c for c in linker.clusters.all() if c.cluster_id == here)
    out = next(b for b in app.button if b.label == "Take out")
    taken = out.key.removeprefix(f"out-{here}-").split(":", 1)[1]
    out.click().run()
    assert not app.exception
    app.text_input(key=f"title-{here}").set_value("A clearer title").run()
    button(app, "Give it this title").click().run()
    assert "A clearer title" in texts(app)
    with Linker.open(valmora) as linker:
        now = next(c for c in linker.clusters.all() if c.cluster_id == here)
        assert {r.id for r in now.records} == {r.id for r in before.records} - {taken}
    for _ in range(2):
        app.button(key="undo").click().run()
    assert not app.exception
    with Linker.open(valmora) as linker:
        assert next(c for c in linker.clusters.all() if c.cluster_id == here) == before
    assert all(map(is_theme_edit, log(valmora)))


def test_nobody_decides_without_a_name(show, valmora):
    app = show("clusters", valmora)
    here = shown(app)
    assert app.button(key=f"confirm-{here}").disabled
    assert all(b.disabled for b in app.button if b.label == "Take out")
