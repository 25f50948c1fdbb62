"""The x-ray page as a reviewer changes themes on it."""

import html

import pytest

from linker.workspace.workspace import Linker


def texts(app):
    blocks = [element.body for element in app.get("html")]
    for kind in ("markdown", "caption", "success", "error"):
        blocks += [element.value for element in app.get(kind)]
    return "\n".join(blocks)


def themes(folder):
    with Linker.open(folder) as linker:
        return {t.theme_id: t for t in linker.xray()}


@pytest.fixture
def two(valmora):
    return sorted(themes(valmora).values(), key=lambda t: (-len(t.members), t.theme_id))[:2]


def test_a_theme_is_renamed_and_the_name_taken_back(show, valmora, two, log):
    theme = two[0]
    app = show("xray", valmora, theme=theme.theme_id, reviewer="Ada")
    app.text_input(key=f"label-{theme.theme_id}").set_value("Ours <b>")
    app.button(key=f"rename-{theme.theme_id}").click().run()
    assert not app.exception
    assert themes(valmora)[theme.theme_id].label == "Ours <b>"
    assert "Ours &lt;b&gt;" in texts(app)
    assert f"Done: renamed “{theme.label}” to “Ours <b>”." in [e.value for e in app.success]
    edit = log(valmora)[-1]
    assert (edit.link_id, edit.verdict, edit.reviewer) == (theme.theme_id, "rename", "Ada")
    app.button(key=f"theme-undo-{edit.seq}").click().run()
    assert not app.exception
    assert themes(valmora)[theme.theme_id].label == theme.label
    assert "T-" not in app.success[0].value, "people know no ids"


def test_records_are_moved_by_their_ids(show, valmora, two):
    theme, other = two
    chosen = [m.record_id for m in theme.members[1:3]]
    app = show("xray", valmora, theme=theme.theme_id, reviewer="Ada")
    app.multiselect(key=f"chosen-{theme.theme_id}").set_value(chosen)
    app.selectbox(key=f"where-{theme.theme_id}").set_value(other.theme_id)
    app.button(key=f"move-{theme.theme_id}").click().run()
    assert not app.exception
    after = {m.record_id for m in themes(valmora)[other.theme_id].members}
    assert after == {m.record_id for m in other.members} | set(chosen)


def test_records_are_split_off_and_without_a_label_refused(show, valmora, two):
    theme = two[0]
    app = show("xray", valmora, theme=theme.theme_id, reviewer="Ada")
    app.multiselect(key=f"chosen-{theme.theme_id}").set_value([theme.members[0].record_id])
    app.button(key=f"move-{theme.theme_id}").click().run()
    assert "needs a label" in texts(app)
    app.multiselect(key=f"chosen-{theme.theme_id}").set_value([theme.members[0].record_id])
    app.text_input(key=f"new-{theme.theme_id}").set_value("On its own")
    app.button(key=f"move-{theme.theme_id}").click().run()
    assert not app.exception
    assert [len(t.members) for t in themes(valmora).values() if t.label == "On its own"] == [1]


def test_after_a_merge_the_page_shows_the_theme_that_stays(show, valmora, two):
    theme, other = two
    app = show("xray", valmora, theme=theme.theme_id, reviewer="Ada")
    app.selectbox(key=f"into-{theme.theme_id}").set_value(other.theme_id)
    app.button(key=f"merge-{theme.theme_id}").click().run()
    assert not app.exception
    assert app.query_params["theme"] == [other.theme_id] or (
        app.query_params["theme"] == other.theme_id
    )
    assert theme.theme_id not in themes(valmora)
    assert len(themes(valmora)[other.theme_id].members) == len(theme.members) + len(other.members)


def test_without_a_name_no_theme_can_be_changed(show, valmora, two):
    app = show("xray", valmora, theme=two[0].theme_id)
    assert not [b for b in app.button if str(b.key).startswith("rename-")]


def test_umbrellas_and_number_are_arranged(show, valmora):
    app = show("xray", valmora)
    app.selectbox(key="arrange-umbrellas").set_value("goals")
    app.checkbox(key="arrange-auto").set_value(False)
    app.slider(key="arrange-number").set_value(12)
    next(b for b in app.button if b.label == "Arrange").click().run()
    assert not app.exception
    assert len(themes(valmora)) == 12
    assert "16 Peace, justice and strong institutions" in texts(app)


def test_the_map_is_said_to_be_for_looking_only(show, valmora):
    assert "For looking only" in texts(show("xray", valmora, view="Map"))


def test_a_theme_says_who_raised_it_and_what_comes_back(show, valmora):
    with Linker.open(valmora) as linker:
        claims = linker.claims()
        largest = sorted(linker.xray(), key=lambda t: (-len(t.members), t.theme_id))
    standing = ((t.theme_id, claim) for t in largest for claim in claims.of(t.theme_id))
    theme, claim = next((theme, claim) for theme, claim in standing if claim.kind == "returning")
    said = texts(show("xray", valmora, theme=theme))
    assert html.escape(claim.detail) in said
    assert said.casefold().count("keeps coming back") == 1
    for name in ("Raised by", "State&#x27;s position", "Keeps coming back", "SDG targets"):
        assert name in said, name
