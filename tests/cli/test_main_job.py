"""The main job as a user does it: files in, proposals and documents out, all by command."""

import csv
import io
import json
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.paths import data_dir


@pytest.fixture(scope="module")
def workspace(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("main_job") / "valmora"
    return shutil.copytree(demo[0], folder)


def linker(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def listed(*arguments):
    result = linker(*arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_demo_says_what_it_did_and_names_its_files(demo):
    folder, printed = demo
    assert "Valmora, a fictional State" in printed
    assert "451 records from 6 files" in printed
    for name in ("xray.html", "matrix.docx", "matrix.xlsx", "plan.xlsx", "factsheet.docx"):
        assert (folder / "documents" / name).stat().st_size > 2000
        assert name in printed


def test_convergence_lists_the_promised_columns(workspace):
    rows = listed("-w", workspace, "convergence")
    promised = {
        "link_id", "left_id", "right_id", "relation", "probability", "probability_related",
        "band", "decision",
    }  # fmt: skip
    assert promised <= set(rows[0])
    assert {row["relation"] for row in rows} <= {"convergence", "related", "opposite"}
    assert {row["band"] for row in rows} == {"propose", "ask"}
    probabilities = [float(row["probability"]) for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(float(r["probability_related"]) >= float(r["probability"]) - 1e-9 for r in rows)


def test_hidden_links_are_there_when_asked_for(workspace):
    shown = listed("-w", workspace, "convergence")
    everything = listed("-w", workspace, "convergence", "--min-probability", 0)
    assert len(everything) > len(shown)
    assert "hide" in {row["band"] for row in everything}


def test_sdg_lists_targets_and_indicators(workspace):
    rows = listed("-w", workspace, "sdg")
    assert {row["role"] for row in rows} == {"", "direct", "proxy"}
    assert all(bool(row["indicator"]) == bool(row["role"]) for row in rows)
    assert all(r["indicator"].startswith(r["target"] + ".") for r in rows if r["indicator"])


def test_suggest_needs_no_workspace_and_finds_harmful_practices():
    rows = listed("suggest", "End child, early and forced marriage and female genital mutilation")
    assert rows[0]["target"] == "5.3"
    indicators = [row["indicator"] for row in rows if row["indicator"]]
    assert set(indicators[:2]) == {"5.3.1", "5.3.2"}
    assert rows[0]["reasons"]


def test_explain_marks_both_texts(workspace):
    link_id = listed("-w", workspace, "convergence")[0]["link_id"]
    text = linker("-w", workspace, "explain", link_id).stdout
    assert text.count("»") == 2
    assert "log-odds" in text
    sdg_id = listed("-w", workspace, "sdg")[0]["link_id"]
    assert "»" in linker("-w", workspace, "explain", sdg_id).stdout


def test_xray_holds_every_record_once(workspace):
    rows = listed("-w", workspace, "xray")
    records = {row["id"] for row in listed("-w", workspace, "records")}
    homes = [row["record_id"] for row in rows if row["home"] == "yes"]
    assert sorted(homes) == sorted(records)
    assert {"umbrella", "theme_id", "theme", "record_id"} <= set(rows[0])
    assert 15 <= len({row["theme_id"] for row in rows}) <= 60


def test_records_are_filtered(workspace):
    rows = listed("-w", workspace, "records", "--body", "CEDAW", "--theme", "violence")
    assert rows
    assert {row["body"] for row in rows} == {"CEDAW"}
    noted = listed("-w", workspace, "records", "--cycle", "4", "--position", "noted")
    assert {(r["cycle"], r["position"]) for r in noted} == {("4", "noted")}


def test_search_finds_words_and_meaning(workspace):
    rows = listed("-w", workspace, "search", "girls married before they are adults")
    assert any("marriage" in row["text"].lower() for row in rows[:3])
    literal = listed("-w", workspace, "search", "ICRMW", "--limit", 1)
    assert "ICRMW" in literal[0]["text"]


def test_decisions_are_kept_and_shown(workspace):
    link_id = listed("-w", workspace, "convergence")[0]["link_id"]
    assert linker("-w", workspace, "decide", link_id, "confirm", "--reviewer", "ana").exit_code == 0
    row = next(r for r in listed("-w", workspace, "convergence") if r["link_id"] == link_id)
    assert row["decision"] == "confirm"
    linker("-w", workspace, "decide", link_id, "undo", "--reviewer", "ana")
    row = next(r for r in listed("-w", workspace, "convergence") if r["link_id"] == link_id)
    assert row["decision"] == ""


def test_a_second_build_has_nothing_to_do(workspace):
    result = linker("-w", workspace, "build")
    assert result.exit_code == 0
    assert "Nothing had changed for: XVM" in result.output


def test_importing_again_changes_nothing(workspace):
    result = linker("-w", workspace, "import", data_dir() / "sample" / "upr-cycle-3.csv")
    assert result.exit_code == 0
    assert "118 records kept: 0 new, 0 changed" in result.output


def test_json_and_files(workspace, tmp_path):
    out = tmp_path / "links.json"
    assert linker("-w", workspace, "convergence", "-o", out).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))[0]["link_id"].startswith("C-")


def test_refused_rows_are_said_and_the_others_go_in(tmp_path):
    table = tmp_path / "mixed.csv"
    table.write_text(
        "state,text,position\nKenya,Ratify OP-CAT,Supported\nAtlantis,Ratify OP-CAT,\nKEN,,\n",
        encoding="utf-8",
    )
    result = linker("-w", tmp_path / "ws", "import", table)
    assert result.exit_code == 3
    assert "2 records kept" in result.output
    assert "mixed.csv, row 3, column state: incomplete: 'Atlantis' is no State" in result.output
    assert "mixed.csv, row 4, column text: refused" in result.output


def test_a_wrong_file_is_refused_with_what_to_do(tmp_path):
    wrong = tmp_path / "photo.docx"
    wrong.write_bytes(b"\xff\xd8\xff\xe0 not a document")
    result = linker("-w", tmp_path / "ws", "import", wrong)
    assert result.exit_code == 1
    assert "photo.docx: refused" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build"], "no workspace here"),
        (["explain", "C-0"], "no workspace here"),
        (["suggest"], "Missing argument"),
        (["nonsense"], "No such command"),
        (["--workspace", "x", "records", "--state", "Atlantis"], "no workspace here"),
    ],
)
def test_errors_say_what_to_do_without_a_trace(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = linker(*arguments)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert "Traceback" not in result.output


def test_unknown_ids_and_states_are_refused(workspace):
    assert "no such link" in linker("-w", workspace, "explain", "C-000000000000").output
    assert "no such State" in linker("-w", workspace, "xray", "--state", "Atlantis").output
    assert "no records of this State" in linker("-w", workspace, "xray", "--state", "Kenya").output


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example(command):
    result = linker(command, "--help")
    assert result.exit_code == 0
    assert f"linker {command}" in result.output or f" {command} " in result.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys, linker.cli; "
        "heavy = {'numpy', 'pandas', 'faiss', 'onnxruntime', 'sklearn', 'sqlalchemy'}; "
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["convergence", "sdg", "clusters"])
def test_an_empty_list_says_why(command, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("state,text\nKEN,Adopt a law on shelters\n", encoding="utf-8")
    linker("-w", tmp_path / "w", "import", table)
    said = CliRunner().invoke(main, ["-w", str(tmp_path / "w"), command])
    assert (said.exit_code, "Run `linker build` first" in said.stderr) == (0, True)
    said = CliRunner().invoke(main, ["-w", str(tmp_path / "w"), command, "--state", "Nepal"])
    assert "NPL: no records of this State here. There are: KEN." in said.stderr


def test_an_undo_with_nothing_to_undo_is_refused(workspace):
    link = listed("-w", workspace, "convergence")[0]["link_id"]
    call = ["-w", str(workspace), "decide", link, "undo", "--reviewer", "Nobody"]
    said = CliRunner().invoke(main, call)
    assert said.exit_code != 0
    assert "no decision of Nobody stands here" in said.stderr


def test_the_demonstration_is_made_where_its_folder_is_said_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["--workspace", "mine", "demo"])
    assert result.exit_code == 2
    assert "leave out --workspace" in result.output
    assert not list(tmp_path.iterdir())
