"""A real State from its real files: OHCHR's lists of three cycles and the UN compilations."""

import csv
import io
from collections import Counter

import pytest
from click.testing import CliRunner

from linker.cli import main

OBVIOUS = (
    # Migrant workers' convention: special procedures 2024 and UPR 2025, UPR 2019 and UPR 2025
    ("A/HRC/WG.6/48/SVN/2#3", "A/HRC/59/15#140.1"),
    ("A/HRC/43/15#122.2", "A/HRC/59/15#140.1"),
    # Optional Protocol to the Covenant on economic, social and cultural rights
    ("A/HRC/WG.6/48/SVN/2#4", "A/HRC/59/15#140.7"),
    ("A/HRC/28/15#115.4", "A/HRC/59/15#140.7"),
    # 1961 Convention on statelessness, domestic workers' convention
    ("A/HRC/28/15#115.17", "A/HRC/43/15#122.7"),
    ("A/HRC/28/15#115.133", "A/HRC/43/15#122.10"),
)


def linker(*arguments):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(*arguments):
    return list(csv.DictReader(io.StringIO(linker(*arguments, "--format", "csv"))))


@pytest.fixture(scope="module")
def workspace(corpora, tmp_path_factory):
    folder = tmp_path_factory.mktemp("real") / "slovenia"
    lists = sorted((corpora / "slovenia").glob("*.docx"))
    compiled = corpora / "un_compilations" / "tb_sp_recommendations_summarised.csv"
    if len(lists) != 3 or not compiled.is_file():
        pytest.skip("the lists of Slovenia or the UN compilations are not among the real files")
    linker("-w", folder, "import", *lists, compiled)
    linker("-w", folder, "build")
    return folder


def test_every_recommendation_is_read(workspace):
    rows = listed("-w", workspace, "records", "--state", "Slovenia")
    counts = Counter((row["mechanism"], row["cycle"]) for row in rows)
    assert [counts["UPR", cycle] for cycle in "234"] == [163, 215, 254]
    assert sum(n for (mechanism, _), n in counts.items() if mechanism != "UPR") == 94


def test_the_obvious_is_proposed(workspace):
    links = {
        frozenset((row["left_id"], row["right_id"])): row
        for row in listed("-w", workspace, "convergence", "--state", "SVN")
    }
    for pair in OBVIOUS:
        assert links[frozenset(pair)]["band"] == "propose", pair
        assert links[frozenset(pair)]["relation"] == "convergence", pair


def test_what_is_proposed_first_is_across_mechanisms_or_cycles(workspace):
    by_id = {row["id"]: row for row in listed("-w", workspace, "records", "--state", "SVN")}
    for row in listed("-w", workspace, "convergence", "--state", "SVN"):
        left, right = by_id[row["left_id"]], by_id[row["right_id"]]
        where = [(r["mechanism"], r["body"], r["cycle"], r["symbol"]) for r in (left, right)]
        assert where[0] != where[1], row["link_id"]


def test_every_record_has_one_home(workspace):
    homes = Counter(
        row["record_id"]
        for row in listed("-w", workspace, "xray", "--state", "SVN")
        if row["home"] == "yes"
    )
    assert len(homes) == 726
    assert set(homes.values()) == {1}


def test_targets_agree_with_ohchrs_own_goals_more_often_than_not(workspace):
    tagged = {
        row["id"]: {part.split(".")[0].split(" ")[0] for part in row["sdgs"].split("; ")}
        for row in listed("-w", workspace, "records", "--state", "SVN", "--cycle", "4")
        if row["sdgs"]
    }
    best = {}
    for row in listed("-w", workspace, "sdg", "--state", "SVN"):
        if row["record_id"] in tagged and not row["indicator"]:
            best.setdefault(row["record_id"], row["target"].split(".")[0])
    agree = sum(goal in tagged[record_id] for record_id, goal in best.items())
    assert len(best) > 200
    assert agree / len(best) > 0.6
