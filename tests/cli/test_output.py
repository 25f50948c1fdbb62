import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.cli.output import ON_SCREEN, emit, neutral
from linker.errors import LinkerError

ROWS = [
    {
        "id": "A#1",
        "probability": 0.5,
        "text": "=HYPERLINK(1)",
        "states": ["NOR", "SWE"],
        "ok": True,
    },
    {"id": "A#2", "probability": 1.0, "text": "قانون", "states": [], "ok": None},
]
COLUMNS = ("id", "probability", "text", "states", "ok")


def test_csv_when_piped(capsys):
    emit(ROWS, COLUMNS, None, None)
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert read[0]["text"] == "'=HYPERLINK(1)"
    assert read[0]["states"] == "NOR; SWE"
    assert read[1]["text"] == "قانون"


def test_json_keeps_lists_and_texts_as_they_are(capsys):
    emit(ROWS, COLUMNS, "json", None)
    assert json.loads(capsys.readouterr().out)[0] == ROWS[0]


def test_a_table_shows_the_columns_asked_for(capsys):
    emit(ROWS, COLUMNS, "table", None, ("id", "probability"))
    out = capsys.readouterr().out
    assert "A#1" in out
    assert "0.50" in out
    assert "HYPERLINK" not in out


def test_a_table_on_a_terminal_ends_and_says_what_it_leaves_out(capsys, tmp_path):
    rows = [{"id": f"A#{number}"} for number in range(ON_SCREEN + 2)]
    emit(rows, ("id",), "table", None)
    shown = capsys.readouterr()
    assert f"A#{ON_SCREEN - 1}\n" in shown.out
    assert f"A#{ON_SCREEN}" not in shown.out
    assert "2 more rows" in shown.err
    emit(rows, ("id",), "table", tmp_path / "all.txt")
    assert f"A#{ON_SCREEN + 1}" in (tmp_path / "all.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "first"), [("out.json", "["), ("out.csv", "id,"), ("out", "id,")])
def test_the_suffix_says_the_format(tmp_path, name, first):
    emit(ROWS, COLUMNS, None, tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(first)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(LinkerError, match="cannot be written"):
        emit(ROWS, COLUMNS, "csv", tmp_path / "no" / "out.csv")


@given(st.text())
def test_no_text_becomes_a_formula(text):
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert neutral(text) in (text, f"'{text}")


def test_numbers_stay_numbers():
    assert neutral(-1.5) == -1.5
