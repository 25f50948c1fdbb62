"""`linker audit` as a user runs it, on the demonstration State."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.paths import data_dir
from linker.workspace.workspace import Linker


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit") / "valmora"
    with Linker.open(folder, create=True) as linker:
        linker.add(sorted((data_dir() / "sample").glob("*.csv")))
    return folder


def run(workspace, *arguments):
    return CliRunner().invoke(main, ["-w", str(workspace), "audit", *map(str, arguments)])


def test_the_report_names_the_false_tags(workspace):
    result = run(workspace, "--format", "table")
    assert result.exit_code == 0, result.output
    assert "451 records looked at" in result.output
    printed = " ".join(result.output.split())
    assert "Theme “Reservations” on records that do not speak of it: 4 of 7 records" in printed


def test_csv_is_the_default_when_piped_and_lists_all_ids(workspace):
    rows = list(csv.DictReader(io.StringIO(run(workspace).stdout)))
    (row,) = (r for r in rows if "Reservations" in r["finding"])
    assert row["severity"] == "distrust"
    assert len(row["record_ids"].split("; ")) == 4
    assert set(row["examples"].split("; ")) <= set(row["record_ids"].split("; "))


def test_json_holds_the_excerpts(workspace, tmp_path):
    file = tmp_path / "audit.json"
    assert run(workspace, "--output", file).exit_code == 0
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert all(example["excerpt"] for row in rows for example in row["examples"])


def test_the_report_can_be_written_to_a_file(workspace, tmp_path):
    file = tmp_path / "audit.txt"
    result = run(workspace, "--format", "table", "--output", file)
    assert result.exit_code == 0
    assert "DO NOT RELY ON" in file.read_text(encoding="utf-8")
    missing = run(workspace, "--format", "table", "--output", tmp_path / "no" / "audit.txt")
    assert missing.exit_code == 1
    assert "cannot be written" in missing.output


def test_one_state_and_a_state_without_records(workspace):
    assert run(workspace, "--state", "XVM").exit_code == 0
    result = run(workspace, "--state", "Kenya")
    assert result.exit_code == 2
    assert "no records of this State" in result.output


def test_the_help_has_an_example(workspace):
    assert "linker audit --format json" in run(workspace, "--help").output
