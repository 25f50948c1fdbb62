"""data/vocabularies/issues.csv against the official names and the shipped model."""

import csv

from linker.labels.issues import issues
from linker.labels.model import default_model
from linker.paths import data_dir, models_dir
from linker.themes.official import official_name


def rows(name):
    with (data_dir() / "vocabularies" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_theme_is_an_official_name():
    official = {row["theme"] for row in rows("themes.csv")}
    for issue in issues().values():
        assert set(issue.themes) <= official, issue.tag
        assert len(set(issue.themes)) == len(issue.themes)


def test_every_group_is_a_known_group():
    known = {row["group"] for row in rows("groups.csv")} | {""}
    assert {issue.group for issue in issues().values()} <= known


def test_closest_theme_agrees_with_the_other_names_of_themes():
    official = {row["theme"] for row in rows("themes.csv")}
    for issue in issues().values():
        named = official_name(issue.tag)
        assert named not in official or named in issue.themes, issue.tag


def test_the_model_knows_exactly_these_tags():
    assert set(default_model().issues.labels) == set(issues())
    assert len(issues()) == 56
    assert default_model().action.labels == ("1", "2", "3", "4", "5")


def test_only_other_has_no_theme():
    assert [issue.tag for issue in issues().values() if not issue.themes] == ["Other"]


def test_the_model_is_small():
    folder = models_dir() / "labels"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000
