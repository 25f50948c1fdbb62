"""The model file: what is read, what is refused, and what the numbers are."""

import math

import pytest
from made_up_words import ISSUES, write_model

from linker.errors import LinkerError
from linker.labels.model import Model, terms


@pytest.fixture
def model(tmp_path):
    return Model.load(write_model(tmp_path / "labels"))


def test_terms_are_stems_and_neighbours():
    assert terms("Continue combating torture") == {
        "continu",
        "combat",
        "tortur",
        "^ continu",
        "continu combat",
        "combat tortur",
    }
    assert terms("") == frozenset()


def test_log_odds_add_up(model):
    chances = model.chances(["Prevent violence against women, women, women"])[0][0]
    women = model.issues.labels.index("Women's rights")
    assert chances[women] == pytest.approx(1 / (1 + math.exp(-(-3 + 5 + 1.5))))
    assert chances[1 - women] == pytest.approx(1 / (1 + math.exp(3)))


def test_action_chances_are_one_distribution(model):
    chances = model.chances(["Ratify the Convention", "Consider it", "", "x" * 5000])[1]
    assert chances.shape == (4, 5)
    assert chances.sum(axis=1) == pytest.approx(1)
    assert list(chances.argmax(axis=1) + 1)[:2] == [5, 3]


def test_no_texts_give_no_rows(model):
    assert [found.shape for found in model.chances([])] == [(0, 2), (0, 5)]


@pytest.mark.parametrize("name", ["issues.tsv", "action.tsv"])
def test_a_changed_file_is_refused(tmp_path, name):
    folder = write_model(tmp_path / "labels")
    (folder / name).write_text(ISSUES + "Women's rights\tx\t9\n", encoding="utf-8")
    with pytest.raises(LinkerError, match=rf"{name}: sha256 .* Restore models/"):
        Model.load(folder)


@pytest.mark.parametrize("name", ["issues.tsv", "action.tsv", "manifest.json"])
def test_a_missing_file_is_named(tmp_path, name):
    folder = write_model(tmp_path / "labels")
    (folder / name).unlink()
    with pytest.raises(LinkerError, match=f"{name}: file missing"):
        Model.load(folder)


@pytest.mark.parametrize(
    "changed", [{"threshold": "much"}, {"threshold": None}, {"files": {}}, {"files": None}]
)
def test_a_manifest_that_says_too_little_is_refused(tmp_path, changed):
    with pytest.raises(LinkerError, match=r"manifest\.json: needs `threshold` and `files`"):
        Model.load(write_model(tmp_path / "labels", **changed))


@pytest.mark.parametrize(
    ("issues", "where"),
    [
        ("tag,word,weight\n", "line 1"),
        ("", "line 1"),
        (ISSUES + "Women's rights\tgirl\n", "line 7"),
        (ISSUES + "Women's rights\tgirl\tmuch\n", "line 7"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, issues, where):
    with pytest.raises(LinkerError, match=rf"issues\.tsv, {where}: expected"):
        Model.load(write_model(tmp_path / "labels", issues=issues))
