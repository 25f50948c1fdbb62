"""Exemplars travel as CSV: what is written is read again, what cannot be used is refused by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.records.import_notes import ImportRefused
from linker.sdg.exemplars import Exemplar, read_exemplars, write_exemplars

HEAD = "text,target,accepted,source\n"
TAUGHT = [
    Exemplar("Open crèches in every market town", "4.2", True, "A/HRC/27/XVM#110.1"),
    Exemplar("=HYPERLINK(1), said the sheet;\nand went on", "16.b", False),
    Exemplar("'- (a) Quoted, dashed", "5.3"),
]


def read(folder, text, encoding="utf-8"):
    path = folder / "taught.csv"
    path.write_bytes(text.encode(encoding))
    return read_exemplars(path)


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "taught.csv"
    assert write_exemplars(path, TAUGHT) == 3
    found, notes = read_exemplars(path)
    assert sorted(found, key=lambda e: e.key) == sorted(TAUGHT, key=lambda e: e.key)
    assert (notes.rows_read, notes.kept, notes.refused_count) == (3, 3, 0)


def test_no_cell_is_a_formula(tmp_path):
    path = tmp_path / "taught.csv"
    write_exemplars(path, TAUGHT)
    assert "'=HYPERLINK" in path.read_text(encoding="utf-8")


def test_order_does_not_show(tmp_path):
    write_exemplars(tmp_path / "a.csv", TAUGHT)
    write_exemplars(tmp_path / "b.csv", reversed(TAUGHT))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_survives(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "taught.csv"
    write_exemplars(path, [Exemplar(text, "5.3")])
    found, _ = read_exemplars(path)
    assert [e.text for e in found] == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",5.3,yes,", "text", "no text"),
        ("Some text,5,yes,", "target", "'5' is no SDG target"),
        ("Some text,5.3.1,yes,", "target", "'5.3.1' is no SDG target"),
        ("Some text,99.9,yes,", "target", "'99.9'"),
        ("Some text,5.3,perhaps,", "accepted", "'perhaps' is neither yes nor no"),
        (f"{'x' * 20_001},5.3,yes,", "text", "20,001 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_alone(tmp_path, row, column, said):
    found, notes = read(tmp_path, f"{HEAD}{row}\nA good one,5.3,no,\n")
    assert found == [Exemplar("A good one", "5.3", False)]
    [note] = notes.refusals
    assert (note.file, note.row, note.column) == ("taught.csv", "row 2", column)
    assert said in note.reason
    assert note.remedy


def test_the_opposite_of_an_earlier_row_is_refused_and_a_repetition_merged(tmp_path):
    rows = "Same text,5.3,yes,\nSame  text,5.3,yes,\nSame text,5.3,no,\nSame text,5.2,no,\n"
    found, notes = read(tmp_path, HEAD + rows)
    assert [(e.target, e.accepted) for e in found] == [("5.3", True), ("5.2", False)]
    assert notes.merged == 1
    assert [n.row for n in notes.refusals] == ["row 4"]


def test_headings_in_any_order_and_case_with_others_between(tmp_path):
    found, _ = read(tmp_path, "﻿Accepted,remark,TARGET,Text\nTRUE,x,16.b,A text\n")
    assert found == [Exemplar("A text", "16.b")]


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        ("text,target\nA,5.3\n", "utf-8", "lacks the column accepted"),
        ("", "utf-8", "lacks the column text and target and accepted"),
        (f"{HEAD}Crèche,4.2,yes,\n", "latin-1", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(tmp_path, content, encoding, said):
    with pytest.raises(ImportRefused, match=said):
        read(tmp_path, content, encoding)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="no such file"):
        read_exemplars(tmp_path / "none.csv")
