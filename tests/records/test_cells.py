"""Cells that no spreadsheet takes for a formula come back as they were."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_files import read, write_csv

from linker.records.cells import FORMULA_STARTS, neutral, plain


@given(st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_neutral_is_no_formula_and_plain_gives_it_back(text):
    assert not neutral(text).startswith(FORMULA_STARTS)
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", ["'quoted' words", "it's", "O'Neill", "", "'"])
def test_other_apostrophes_stay(text):
    assert neutral(text) == text == plain(text)


def test_a_neutralised_text_is_imported_as_it_was(tmp_path):
    texts = ["=Ban it", "- Adopt a law", "'=quoted", "+ 5 per cent", "@all: act", "'plain'"]
    rows = [
        ["id", "text", "note"],
        *([str(n), neutral(t), neutral(t)] for n, t in enumerate(texts)),
    ]
    path = write_csv(tmp_path / "out.csv", rows)
    with path.open(newline="") as file:
        assert not any(c.startswith(FORMULA_STARTS) for row in csv.reader(file) for c in row)
    records, _ = read(path)
    assert [record.text for record in sorted(records, key=lambda r: r.id)] == texts
    assert [dict(r.extra)["note"] for r in sorted(records, key=lambda r: r.id)] == texts
