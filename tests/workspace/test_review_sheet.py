"""Decisions made in a spreadsheet come back by id; what others decided meanwhile is a conflict."""

import openpyxl
import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.documents.judging import SHEET
from linker.errors import LinkerError
from linker.review.decisions import standing
from linker.workspace.workspace import Linker

TEXTS = (
    ("a", "UPR", "A/HRC/40/7", "1.1", "3", "2019", "Abolish the death penalty by law"),
    ("b", "UPR", "A/HRC/50/7", "2.1", "4", "2024", "Abolish the death penalty for all crimes"),
    ("c", "UPR", "A/HRC/50/7", "2.2", "4", "2024", "Build schools in all rural districts"),
    ("d", "TB", "CRC/C/XVM/CO/5", "12", "", "2021", "Build schools in every rural district"),
)


@pytest.fixture
def workspace(encoder, tmp_path):
    lines = ["id,state,mechanism,symbol,paragraph,cycle,year,text"]
    lines += [",".join((key, "XVM", *rest)) for key, *rest in TEXTS]
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True, encoder=encoder) as linker:
        linker.add([tmp_path / "t.csv"])
        linker.build()
        assert len(linker.clusters()) == 2
        linker.export("review", tmp_path / "r.xlsx")
        linker.export("review", tmp_path / "r2.xlsx")
    assert (tmp_path / "r.xlsx").read_bytes() == (tmp_path / "r2.xlsx").read_bytes()
    return tmp_path / "w"


def judge(path, verdicts):
    """Fill in the decision of some rows; returns the ids of the clusters in the sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    rows = [row for row in sheet.iter_rows() if str(row[0].value).startswith("CL-")]
    for row, verdict in zip(rows, verdicts, strict=False):
        row[5].value, row[6].value = verdict, "seen in Excel" if verdict else None
    book.save(path)
    return [row[0].value for row in rows]


def decide(workspace, file, *more):
    command = ["-w", str(workspace), "decide", str(file), "--reviewer", "Ada", *more]
    return CliRunner().invoke(main, command)


def stands(workspace):
    with Linker.open(workspace) as linker:
        return {key: d.verdict for key, d in standing(linker.store.decisions()).items()}


def test_what_was_judged_in_the_sheet_is_written_with_its_note(workspace, tmp_path):
    first, second = judge(tmp_path / "r.xlsx", ["confirm", "Reject"])
    done = decide(workspace, tmp_path / "r.xlsx")
    assert done.exit_code == 0, done.output
    assert stands(workspace) == {first: "confirm", second: "reject"}
    with Linker.open(workspace) as linker:
        assert {d.note for d in linker.store.decisions()} == {"seen in Excel"}
    assert "0 decisions written" in decide(workspace, tmp_path / "r.xlsx").output


def test_what_others_decided_meanwhile_is_listed_and_kept(workspace, tmp_path):
    first, _ = judge(tmp_path / "r.xlsx", ["confirm"])
    with Linker.open(workspace) as linker:
        linker.decide(first, "reject", "Ben")
    done = decide(workspace, tmp_path / "r.xlsx")
    assert done.exit_code == 3
    assert f"{first}: the sheet says confirm, here it is reject (Ben)" in done.output
    assert stands(workspace) == {first: "reject"}
    assert decide(workspace, tmp_path / "r.xlsx", "--keep", "theirs").exit_code == 0


def test_words_that_are_no_decision_and_unknown_ids_are_told(workspace, tmp_path):
    judge(tmp_path / "r.xlsx", ["perhaps"])
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    row = book[SHEET].max_row + 1
    book[SHEET].cell(row=row, column=1).value = "CL-0000000000"
    book[SHEET].cell(row=row, column=6).value = "confirm"
    book.save(tmp_path / "r.xlsx")
    done = decide(workspace, tmp_path / "r.xlsx")
    assert done.exit_code == 3
    assert "'perhaps' is no decision" in done.output
    assert "CL-0000000000" in done.output
    assert stands(workspace) == {}


def test_another_workbook_is_refused(workspace, tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with Linker.open(workspace) as linker, pytest.raises(LinkerError, match="no sheets"):
        linker.import_review(tmp_path / "other.xlsx", reviewer="Ada")
    assert decide(workspace, "C-0123456789ab").exit_code == 2
