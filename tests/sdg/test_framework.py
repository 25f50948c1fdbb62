"""data/sdg/framework.csv against the official list, where it is on this machine."""

import json
import re

import pytest

from linker.errors import LinkerError
from linker.sdg.framework import framework, read_framework, sort_key

REWORDED = {
    # The 2025 review replaced 3.8.2; the list we compare with still has the old wording.
    "3.8.2",
}


def plain(title):
    """What counts of a title: not spaces, kinds of hyphen or footnote digits."""
    return re.sub(r"\d+$", "", re.sub(r"\s+", "", title.replace("\N{NON-BREAKING HYPHEN}", "-")))


def test_it_holds_the_whole_framework():
    book = framework()
    assert [len(book.level(level)) for level in ("goal", "target", "indicator")] == [17, 169, 251]
    assert len({plain(entry.title) for entry in book.level("indicator")}) == 235


def test_children_and_colours():
    book = framework()
    assert [entry.code for entry in book.children("5.3")] == ["5.3.1", "5.3.2"]
    assert book.colour("5.3.1") == book["5"].colour == "#FF3A21"
    assert all(re.fullmatch(r"#[0-9A-F]{6}", goal.colour) for goal in book.level("goal"))


def test_every_target_has_an_indicator_and_a_known_parent():
    book = framework()
    for target in book.level("target"):
        assert book.children(target.code), target.code
        assert target.parent == target.code.split(".")[0]


def test_tiers_are_those_of_the_iaeg():
    assert {entry.tier for entry in framework().level("indicator")} <= {"I", "II", "I/II", ""}


def test_the_official_order():
    codes = [entry.code for entry in framework().level("target")]
    assert codes == sorted(codes, key=sort_key)
    assert sort_key("1.2") < sort_key("1.10") < sort_key("1.a")


def test_an_unknown_code_says_what_codes_look_like():
    with pytest.raises(LinkerError, match=r"'5\.99' is no goal, target or indicator"):
        framework()["5.99"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("goal,1,,No poverty,#E5243B,,\ngoal,1,,Again,,,", "row 3: code 1 stands twice"),
        ("target,1.1,1,Title,,,", "row 2: parent '1' of 1.1 must stand above it"),
        ("aim,1,,Title,,,", "row 2, column level: 'aim'"),
    ],
)
def test_a_damaged_file_is_refused_with_its_row(tmp_path, rows, message):
    path = tmp_path / "framework.csv"
    path.write_text(f"level,code,parent,title,colour,tier,custodian\n{rows}\n", encoding="utf-8")
    with pytest.raises(LinkerError, match=message):
        read_framework(path)


def test_titles_are_the_official_ones(corpora):
    path = corpora / "sdg_framework" / "gif2025.json"
    if not path.is_file():
        pytest.skip("gif2025.json is not here")
    official = json.loads(path.read_text(encoding="utf-8"))
    titles = {}
    for level in ("goals", "targets", "indicators"):
        for row in official[level]:
            titles[str(row[level[:-1]])] = plain(row["title"])
    ours = {entry.code: plain(entry.title) for entry in framework()}
    assert set(ours) == set(titles)
    different = {code for code in ours if ours[code] != titles[code]}
    assert different == REWORDED, {c: (ours[c], titles[c]) for c in different ^ REWORDED}
