"""`linker info` and `linker completion`."""

import json
import shutil

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.paths import models_dir
from linker.store.location import locate
from linker.workspace.about import NEEDS, about


def facts(workspace):
    return {(one.about, one.name): one.value for one in about(locate(workspace))}


def test_it_works_without_a_workspace_and_makes_none(tmp_path):
    result = CliRunner().invoke(main, ["-w", str(tmp_path / "none"), "info", "--format", "json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert {"linker", "files", "workspace", "models", "extras", "languages"} <= {
        row["about"] for row in told
    }
    assert not (tmp_path / "none").exists()
    of = facts(tmp_path / "none")
    assert of["workspace", "status"] == "none here"
    assert {name for kind, name in of if kind == "extras"} == set(NEEDS)


def test_it_counts_what_a_workspace_holds_and_names_no_record(demo):
    of = facts(demo[0])
    assert of["workspace", "status"] == "can be opened"
    assert int(of["workspace", "records"]) > 50
    assert of["workspace", "XVM"].endswith("built")
    assert "#" not in "".join(of.values())


def test_a_workspace_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "workspace.db").write_bytes(b"no database" * 100)
    assert facts(tmp_path)["workspace", "status"].startswith("cannot be opened")


def test_a_damaged_or_missing_model_is_told(own_home):
    (own_home / "models").unlink()
    shutil.copytree(models_dir_shipped(), own_home / "models")
    assert models_dir() == own_home / "models"
    damaged, missing = models_dir() / "sdg" / "scorer.json", models_dir() / "labels" / "action.tsv"
    damaged.write_bytes(damaged.read_bytes() + b" ")
    missing.unlink()
    of = facts(own_home)
    assert of["models", "sdg/scorer.json"].endswith("damaged or changed")
    assert of["models", "labels/action.tsv"] == "missing, damaged or changed"
    assert of["models", "encoder/model.onnx"].endswith("as shipped")


def models_dir_shipped():
    from tests.conftest import CHECKOUT

    return CHECKOUT / "models"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell):
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_LINKER_COMPLETE" in result.stdout
    assert "linker" in result.stdout


def test_commands_and_options_are_completed():
    from click.shell_completion import ShellComplete

    words = ShellComplete(main, {}, "linker", "_LINKER_COMPLETE")
    assert {"export", "explain"} <= {one.value for one in words.get_completions([], "exp")}
    assert "matrix" in {one.value for one in words.get_completions(["export"], "mat")}
    assert "--format" in {one.value for one in words.get_completions(["records"], "--fo")}
