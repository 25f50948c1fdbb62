"""An import of which nothing was read leaves no workspace that would be taken for work done."""

import pytest
from click.testing import CliRunner

from linker.cli import main


@pytest.mark.parametrize("there", [False, True])
def test_a_refused_file_makes_no_workspace(tmp_path, there):
    place = tmp_path / "kenya"
    if there:
        place.mkdir()
        (place / "letter.txt").write_text("kept", encoding="utf-8")
    answer = CliRunner().invoke(main, ["-w", str(place), "import", str(tmp_path / "nofile.csv")])
    assert answer.exit_code == 1
    assert "cannot be opened" in answer.output
    assert place.exists() is there, "what was not made here stays"
    assert not there or [one.name for one in place.iterdir()] == ["letter.txt"]
    assert not there or (place / "letter.txt").read_text(encoding="utf-8") == "kept"


def test_one_file_that_was_read_makes_it(tmp_path):
    place, table = tmp_path / "kenya", tmp_path / "table.csv"
    table.write_text("state,mechanism,text\nKenya,UPR,Light the harbour\n", encoding="utf-8")
    files = [str(tmp_path / "nofile.csv"), str(table)]
    assert CliRunner().invoke(main, ["-w", str(place), "import", *files]).exit_code == 3
    assert (place / "workspace.db").is_file()


def test_a_workspace_that_was_there_stays(tmp_path):
    place, table = tmp_path / "kenya", tmp_path / "table.csv"
    table.write_text("state,mechanism,text\nKenya,UPR,Light the harbour\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["-w", str(place), "import", str(table)]).exit_code == 0
    held = sorted(one.name for one in place.iterdir())
    refused = CliRunner().invoke(main, ["-w", str(place), "import", str(tmp_path / "nofile.csv")])
    assert refused.exit_code == 1
    assert sorted(one.name for one in place.iterdir()) == held
