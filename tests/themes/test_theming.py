"""Themes of a workspace: edits, umbrellas and numbers that outlive every build."""

import csv
import io
import random
import shutil

import pytest
from click.testing import CliRunner
from sklearn.metrics import adjusted_rand_score

from linker.cli import main
from linker.errors import LinkerError, UsageError
from linker.paths import data_dir
from linker.records.importers import Options
from linker.themes.build import build_xray
from linker.themes.umbrellas import NAMES, OTHER, shipped
from linker.workspace.workspace import Linker


@pytest.fixture
def valmora(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "valmora")
    with Linker.open(tmp_path / "valmora") as linker:
        yield linker


def homes(xray):
    return {record: theme.theme_id for record, theme in xray.home().items()}


def everything(linker):
    """Make one edit of each kind; return what a person would look for afterwards."""
    first, second, third, fourth, fifth = sorted(linker.xray(), key=lambda t: -len(t.members))[:5]
    linker.rename_theme(first.theme_id, "ana", label="Named by hand", description="One line")
    linker.merge_themes(second.theme_id, third.label, "ana", note="one subject")
    off = [m.record_id for m in fourth.members[:3]]
    new = linker.split_theme(fourth.theme_id, off, "Split by hand", "ben").into
    moved = fifth.members[0].record_id
    linker.move_records([moved], first.theme_id, "ben")
    linker.choose_umbrella(fifth.theme_id, "rights of groups", "ben")

    def check(xray):
        themes = {t.theme_id: t for t in xray}
        home = homes(xray)
        assert (themes[first.theme_id].label, themes[first.theme_id].description) == (
            "Named by hand",
            "One line",
        )
        assert second.theme_id not in themes
        assert all(
            home[m.record_id] == third.theme_id for m in second.members if m.record_id in home
        )
        assert {home[i] for i in off if i in home} <= {new}
        assert home.get(moved, first.theme_id) == first.theme_id
        assert themes[fifth.theme_id].umbrella == "Rights of groups"

    return check


def rebuilt(path, keep):
    """Build a workspace of some of the demonstration's rows."""
    linker = Linker.open(path, create=True)
    folder = path / "files"
    folder.mkdir()
    number = 0
    for file in sorted((data_dir() / "sample").glob("*.csv")):
        rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
        kept = [row for i, row in enumerate(rows) if keep(number + i)]
        number += len(rows)
        with (folder / file.name).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]))
            writer.writeheader()
            writer.writerows(kept)
    linker.add(sorted(folder.glob("*.csv")), Options())
    linker.build()
    return linker


@pytest.mark.long
def test_ten_per_cent_more_records_lose_no_theme_and_no_edit(tmp_path):
    held_back = set(random.Random(7).sample(range(451), 40))
    with rebuilt(tmp_path / "w", lambda n: n not in held_back) as linker:
        check = everything(linker)
        before = linker.xray()
        check(before)
        linker.add(sorted((data_dir() / "sample").glob("*.csv")))
        linker.build()
        after = linker.xray()
        assert len(after.home()) > len(before.home())
        check(after)
        ids = {t.theme_id for t in before}
        assert len(ids & {t.theme_id for t in after}) >= 0.95 * len(ids)
        assert all(homes(after)[i] == theme for i, theme in homes(before).items())
        assert all(not e.unmet for e in linker.theme_edits())


def test_ten_per_cent_fewer_records_lose_no_edit(valmora):
    check = everything(valmora)
    before = homes(valmora.xray())
    dropped = set(random.Random(3).sample(sorted(before), len(before) // 10))
    themes = [
        {**t, "members": [m for m in t["members"] if m["record_id"] not in dropped]}
        for t in valmora.store.themes("XVM")
    ]
    # A workspace never deletes records; what a build does with fewer is the same as this.
    valmora.store.save_themes("XVM", [t for t in themes if t["members"]])
    after = valmora.xray()
    check(after)
    kept = [i for i in before if i not in dropped]
    same = adjusted_rand_score([before[i] for i in kept], [homes(after)[i] for i in kept])
    assert same >= 0.93
    assert len(valmora.theme_edits()) == 5


DRAWS = 12
"""From scratch a draw gives 0.82 to 0.94: fewer would measure which tenth was drawn."""


@pytest.mark.long
def test_the_demonstration_without_a_tenth_looks_the_same(demo):
    with Linker.open(demo[0]) as linker:
        records, whole = linker.records(), linker.xray()
        grown, scratch = [], []
        for seed in range(DRAWS):
            kept = random.Random(seed).sample(records, len(records) * 9 // 10)
            for scores, previous in ((grown, whole.themes), (scratch, ())):
                again = homes(build_xray("XVM", kept, linker.encoder, previous))
                pairs = [(homes(whole)[r.id], again[r.id]) for r in kept]
                scores.append(adjusted_rand_score(*zip(*pairs, strict=True)))
    assert min(grown) >= 0.93
    # Where a theme of four loses one, three records are gathered elsewhere: a build grows instead.
    assert sum(scratch) / DRAWS >= 0.8


def test_undo_takes_back_the_last_edit_then_the_one_before(valmora):
    engine = valmora.xray()
    everything(valmora)
    assert valmora.undo_theme_edit("ben").kind == "umbrella"
    assert valmora.undo_theme_edit("ana").kind == "merge"
    assert valmora.undo_theme_edit("cleo", edit=valmora.theme_edits()[0].edit.seq).kind == "rename"
    assert [e.undone_by for e in valmora.theme_edits()] == ["cleo", "ana", "", "", "ben"]
    valmora.undo_theme_edit("ben")
    valmora.undo_theme_edit("ben")
    assert valmora.xray() == engine
    with pytest.raises(UsageError, match="No edit of themes by ben stands"):
        valmora.undo_theme_edit("ben")


def test_a_new_record_joins_the_theme_made_by_hand(valmora, tmp_path):
    theme = max(valmora.xray(), key=lambda t: len(t.members))
    texts = {r.id: r.text for r in valmora.records()}
    off = [m.record_id for m in theme.members[:4]]
    new = valmora.split_theme(theme.theme_id, off, "Split by hand", "ana").into
    file = tmp_path / "more.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerows([["id", "state", "text"], ["late", "XVM", texts[off[0]] + " now"]])
    valmora.add([file])
    valmora.build()
    assert homes(valmora.xray())["late"] == new
    valmora.undo_theme_edit("ana")
    assert homes(valmora.xray())["late"] == theme.theme_id


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda w, a, b: w.rename_theme("T-0", "ana", label="x"), "no such theme"),
        (lambda w, a, b: w.rename_theme(a.theme_id, "ana"), "new label"),
        (lambda w, a, b: w.rename_theme(a.theme_id, "ana", label=b.label.upper()), "merge the two"),
        (lambda w, a, b: w.rename_theme(a.theme_id, " ", label="x"), "reviewer's name"),
        (lambda w, a, b: w.rename_theme(a.theme_id, "ana", label="x" * 121), "at most 120"),
        (lambda w, a, b: w.merge_themes(a.theme_id, a.label, "ana"), "into itself"),
        (lambda w, a, b: w.split_theme(a.theme_id, [], "x", "ana"), "at least one record"),
        (lambda w, a, b: w.split_theme(a.theme_id, ["zz"], "x", "ana"), "zz: not in"),
        (
            lambda w, a, b: w.split_theme(a.theme_id, [m.record_id for m in a.members], "x", "ana"),
            "all records",
        ),
        (lambda w, a, b: w.move_records(["zz"], a.theme_id, "ana"), "zz: no record"),
        (
            lambda w, a, b: w.move_records([a.members[0].record_id], a.theme_id, "ana"),
            "already",
        ),
        (lambda w, a, b: w.choose_umbrella(a.theme_id, "Nothing", "ana"), "is not in use"),
        (lambda w, a, b: w.undo_theme_edit("ana"), "No edit"),
        (lambda w, a, b: w.arrange(umbrellas="nothing"), "no such list and no such file"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(valmora, act, said):
    first, second = list(valmora.xray())[:2]
    with pytest.raises(UsageError, match=said):
        act(valmora, first, second)
    assert valmora.theme_edits() == []


@pytest.mark.parametrize("name", NAMES)
def test_every_list_of_umbrellas_holds_every_theme_and_is_kept(valmora, name):
    before = homes(valmora.xray())
    valmora.arrange(umbrellas=name)
    xray = valmora.xray()
    assert homes(xray) == before
    order = shipped(name).order
    assert set(xray.umbrellas) <= set(order)
    assert list(xray.umbrellas) == sorted(xray.umbrellas, key=order.index)
    assert len(xray.umbrellas) >= 4
    with Linker.open(valmora.folder) as again:
        assert again.xray().umbrellas == xray.umbrellas


def test_lists_put_themes_where_a_person_would(valmora):
    valmora.arrange(umbrellas="goals")
    found = {t.label.casefold(): t.umbrella for t in valmora.xray()}
    health = next(u for label, u in found.items() if "health" in label)
    assert health == "3 Good health and well-being"
    valmora.arrange(umbrellas="groups")
    found = {t.label.casefold(): t.umbrella for t in valmora.xray()}
    assert next(u for label, u in found.items() if "disabilit" in label) == (
        "Persons with disabilities"
    )


def test_ones_own_list_of_umbrellas(valmora, tmp_path):
    named = (theme for theme in valmora.xray() if not theme.is_rest)
    label = max(named, key=lambda t: len(t.members)).label
    file = tmp_path / "ours.csv"
    rows = [["umbrella", "term"], ["Ours", label], ["Prisons", "conditions of detention"]]
    rows += [["Schooling", "right to education"], ["Schooling", "schools"]]
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    valmora.arrange(umbrellas=str(file))
    file.unlink()
    found = {t.label: t.umbrella for t in valmora.xray()}
    assert found[label] == "Ours"
    assert set(found.values()) <= {"Ours", "Prisons", "Schooling", OTHER}
    assert OTHER in found.values()
    assert next(u for name, u in found.items() if "education" in name.casefold()) == "Schooling"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,term\na,b\n", "no column `umbrella`"),
        ("umbrella,term\n,b\n", "row 2, column umbrella: empty"),
        ("umbrella,term\n", "no rows"),
    ],
)
def test_a_broken_list_is_refused_with_row_and_remedy(valmora, tmp_path, text, said):
    file = tmp_path / "broken.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LinkerError, match=said):
        valmora.arrange(umbrellas=str(file))
    assert len(valmora.xray().umbrellas) == 4


def test_the_number_of_themes_is_kept_by_later_builds(valmora, tmp_path):
    valmora.arrange(themes=12)
    assert len(valmora.xray()) == 12
    file = tmp_path / "more.csv"
    file.write_text("id,state,text\nlate,XVM,Publish a map of all zebra crossings\n")
    valmora.add([file])
    valmora.build()
    assert len(valmora.xray()) == 12
    assert "late" in valmora.xray().home()
    valmora.arrange(themes=0)
    assert len(valmora.xray()) > 12


def linker(workspace, *arguments):
    return CliRunner().invoke(main, ["-w", str(workspace), *map(str, arguments)])


def test_the_same_by_command(valmora):
    folder = valmora.folder
    first, second = list(valmora.xray())[:2]
    who = ("--reviewer", "ana")
    done = linker(folder, "themes", "rename", first.theme_id, "--label", "By command", *who)
    assert (done.exit_code, "By command" in done.output) == (0, True)
    record = second.members[0].record_id
    assert linker(folder, "themes", "move", record, "--to", "By command", *who).exit_code == 0
    other = second.members[1].record_id
    split = linker(folder, "themes", "split", second.label, other, "--label", "Alone", *who)
    assert split.exit_code == 0
    assert linker(folder, "themes", "umbrella", "Alone", "Rights of groups", *who).exit_code == 0
    assert linker(folder, "themes", "merge", "Alone", first.theme_id, *who).exit_code == 0
    home = {r: t.label for r, t in valmora.xray().home().items()}
    assert home[record] == home[other] == "By command"
    assert linker(folder, "themes", "undo", *who).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(linker(folder, "themes", "log").stdout)))
    assert [row["edit"] for row in rows] == ["rename", "move", "split", "umbrella", "merge"]
    assert [row["status"] for row in rows] == ["stands"] * 4 + ["undone by ana"]
    refused = linker(folder, "themes", "undo", 99, *who)
    assert refused.exit_code != 0
    assert "No edit 99 stands" in refused.output


def test_umbrellas_and_number_by_command(valmora):
    rows = linker(valmora.folder, "xray", "--umbrellas", "ohchr", "--themes", 10).stdout
    found = list(csv.DictReader(io.StringIO(rows)))
    assert len({row["theme_id"] for row in found}) == 10
    assert {row["umbrella"] for row in found} <= set(shipped("ohchr").order)
    assert "a number from 1" in linker(valmora.folder, "xray", "--themes", "few").output
