"""Edits of themes: pure replay, for any sequence of edits."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.review.decisions import Decision, standing
from linker.review.edits import ThemeEdit, apply, standing_edits
from linker.themes.theme import Member, Theme, in_order

UMBRELLAS = ("First", "Second")


def theme(number, *records, umbrella="First", drawn=()):
    members = [Member(r, round(0.9 - 0.1 * n, 1), weak=n == 2) for n, r in enumerate(records)]
    members += [Member(r, 0.1, drawn_to=to) for r, to in drawn]
    return Theme(f"T-{number}", umbrella, f"Label {number}", f"Line {number}", tuple(members))


THEMES = in_order(
    [theme(1, "a", "b", "c", "d"), theme(2, "e", "f"), theme(3, "g", umbrella="Second")], UMBRELLAS
)


def edit(kind, theme_id, **content):
    return ThemeEdit(kind, theme_id, "XXX", **content)


def homes(themes):
    return {m.record_id: t.theme_id for t in themes for m in t.members}


def by_id(themes):
    return {t.theme_id: t for t in themes}


def test_no_edits_change_nothing():
    assert apply([], THEMES, UMBRELLAS).themes == THEMES


def test_a_new_name_stands_and_keeps_what_was_not_given():
    renamed = by_id(apply([edit("rename", "T-1", label="Ours")], THEMES).themes)["T-1"]
    assert (renamed.label, renamed.description) == ("Ours", "Line 1")
    described = by_id(apply([edit("rename", "T-1", description="So")], THEMES).themes)["T-1"]
    assert (described.label, described.description) == ("Label 1", "So")


def test_merged_themes_are_one_with_the_name_of_the_one_that_stays():
    themes = apply([edit("merge", "T-2", into="T-1")], THEMES).themes
    assert {homes(themes)[r] for r in "abcdef"} == {"T-1"}
    assert by_id(themes)["T-1"].label == "Label 1"
    assert "T-2" not in by_id(themes)


def test_split_records_found_a_theme_and_are_no_longer_weak():
    made = edit("split", "T-1", into="T-9", label="New", umbrella="Second", records=("a", "c"))
    themes = by_id(apply([made], THEMES, UMBRELLAS).themes)
    assert [m.record_id for m in themes["T-9"].members] == ["a", "c"]
    assert all(m.by_hand and not m.weak for m in themes["T-9"].members)
    assert (themes["T-9"].label, themes["T-9"].umbrella) == ("New", "Second")


def test_a_theme_emptied_by_moves_is_not_shown_and_comes_back_with_a_record():
    away = edit("move", "T-1", records=("g",))
    assert "T-3" not in by_id(apply([away], THEMES).themes)
    back = edit("move", "T-3", records=("b",))
    assert homes(apply([away, back], THEMES).themes)["b"] == "T-3"


def test_another_umbrella_reorders():
    themes = apply([edit("umbrella", "T-3", umbrella="First")], THEMES, UMBRELLAS).themes
    assert [t.umbrella for t in themes] == ["First", "First", "First"]


def test_records_that_came_later_follow_the_theme_that_drew_them_while_it_stands():
    grown = [theme(1, "a", "b", drawn=[("new", "T-9")])]
    split = edit("split", "T-1", into="T-9", label="New", umbrella="First", records=("a",))
    assert homes(apply([split], grown).themes)["new"] == "T-9"
    assert homes(apply([], grown).themes)["new"] == "T-1"
    moved = edit("move", "T-1", records=("new",))
    assert homes(apply([split, moved], grown).themes)["new"] == "T-1"
    merged = [split, edit("merge", "T-9", into="T-1")]
    assert homes(apply(merged, grown).themes) == {"a": "T-1", "b": "T-1", "new": "T-1"}


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (edit("rename", "T-0", label="x"), "theme T-0 is not there"),
        (edit("merge", "T-1", into="T-0"), "theme T-0 is not there"),
        (edit("merge", "T-1", into="T-1"), "theme T-1 is not there"),
        (edit("move", "T-0", records=("a",)), "theme T-0 is not there"),
        (edit("move", "T-2", records=("a", "zz")), "not among the records: zz"),
        (edit("split", "T-1", into="T-9", label="N", records=("zz",)), "not among the records"),
        (edit("umbrella", "T-1", umbrella="Third"), "“Third” is not in the list"),
    ],
)
def test_what_cannot_be_followed_is_reported_and_never_stops_the_rest(one, reason):
    after = apply([one, edit("rename", "T-2", label="Kept")], THEMES, UMBRELLAS)
    assert [(u.edit, reason in u.reason) for u in after.unmet] == [(one, True)]
    assert by_id(after.themes)["T-2"].label == "Kept"
    assert sorted(homes(after.themes)) == list("abcdefg")


def test_edits_live_in_the_log_beside_decisions_on_links():
    made = edit("split", "T-1", into="T-9", label="N", records=("a", "ü;\n"), note="why")
    row = made.decision()
    assert ThemeEdit.of(row) == made
    log = [
        Decision(1, "C-1", "confirm", "ana", "", ""),
        Decision(2, row.link_id, row.verdict, "ana", "", "", row.link, "edit"),
        Decision(3, "T-2", "rename", "ben", "", "", (("label", "x"), ("state", "YYY")), "edit"),
        Decision(4, "T-1", "undo", "ben", "", "", (("state", "XXX"), ("undoes", "2")), "edit"),
        Decision(5, "C-1", "undo", "ana", "", ""),
    ]
    assert standing(log) == {}
    assert [e.seq for e in standing_edits(log)] == [3]
    assert standing_edits(log, "XXX") == []
    assert [e.seq for e in standing_edits(log[:3], "XXX")] == [2]


RECORDS = [*"abcdefg", "gone"]
IDS = ["T-1", "T-2", "T-3", "T-7", "T-8", "T-0"]
ids, some = st.sampled_from(IDS), st.lists(st.sampled_from(RECORDS), min_size=1, unique=True)
edits = st.one_of(
    st.builds(lambda t, x: edit("rename", t, label=x), ids, st.text(min_size=1, max_size=5)),
    st.builds(lambda t, i: edit("merge", t, into=i), ids, ids),
    st.builds(lambda t, r: edit("move", t, records=tuple(r)), ids, some),
    st.builds(lambda t, u: edit("umbrella", t, umbrella=u), ids, st.sampled_from(["First", "No"])),
    st.builds(
        lambda t, i, r: edit("split", t, into=i, label="S", umbrella="First", records=tuple(r)),
        ids,
        st.sampled_from(["T-7", "T-8"]),
        some,
    ),
)


@given(st.lists(edits, max_size=12), st.permutations(THEMES))
def test_any_edits_leave_every_record_in_exactly_one_theme(made, shuffled):
    after = apply(made, THEMES, UMBRELLAS)
    count = Counter(m.record_id for t in after.themes for m in t.members)
    assert count == Counter("abcdefg")
    assert all(t.members for t in after.themes)
    assert apply(made, shuffled, UMBRELLAS) == after
    assert {id(u.edit) for u in after.unmet} <= {id(e) for e in made}


@given(st.lists(edits, max_size=8))
def test_undoing_everything_gives_the_engines_themes_back(made):
    log = []
    for number, one in enumerate(made, 1):
        row = one.decision()
        log.append(Decision(number, row.link_id, row.verdict, "ana", "", "", row.link, "edit"))
    assert len(standing_edits(log)) == len(made)
    for row in log[::-1]:
        link = (("state", "XXX"), ("undoes", str(row.seq)))
        log.append(Decision(len(log) + 1, row.link_id, "undo", "ben", "", "", link, "edit"))
    assert apply(standing_edits(log, "XXX"), THEMES, UMBRELLAS).themes == THEMES
