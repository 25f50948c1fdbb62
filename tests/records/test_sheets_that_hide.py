"""What a workbook shows otherwise than it is read is told: hidden, struck out, in comments."""

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from linker.records.importers import read_file

TEXTS = ("Light the harbour", "Mend the pier", "Build a ferry")


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    made.active.append(["state", "mechanism", "text", "remarks"])
    for text in TEXTS:
        made.active.append(["Kenya", "UPR", text, "none"])
    return made


def told(book, path, kind):
    """Return the reasons of the notes of a kind; every row is read."""
    book.save(path)
    records, notes = read_file(path)
    assert len(list(records)) == len(TEXTS) * sum(bool(one.max_column > 1) for one in book)
    assert not notes.refused_count
    return [note.reason for note in notes if note.kind == kind]


def test_rows_that_are_struck_out_are_read_and_told(tmp_path, book):
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    path = tmp_path / "struck.xlsx"
    assert told(book, path, "struck out") == ["1 row is struck out, and read as any other (3)"]


def test_words_that_are_struck_out_in_a_cell_are_told_with_their_cell(tmp_path, book):
    gone = TextBlock(InlineFont(strike=True), "harbour")
    book.active["C2"] = CellRichText("Light the ", gone, TextBlock(InlineFont(), " pier"))
    book.active["A4"].font = Font(strike=True)
    assert told(book, tmp_path / "part.xlsx", "struck out in part") == [
        "'harbour' in cell C2 is struck out, and read as the rest of it",
        "'Kenya' in cell A4 is struck out, and read as the rest of it",
    ]
    assert not told(book, tmp_path / "part.xlsx", "struck out")


def test_a_run_whose_strike_is_switched_off_is_not_told(tmp_path, book):
    book.active["C2"] = CellRichText("Light ", TextBlock(InlineFont(strike=False), "the harbour"))
    assert not told(book, tmp_path / "off.xlsx", "struck out in part")


def test_hidden_rows_and_columns_are_read_and_told(tmp_path, book):
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["D"].hidden = True
    book.active.column_dimensions["G"].hidden = True
    path = tmp_path / "hidden.xlsx"
    assert told(book, path, "hidden rows") == [
        "2 rows are hidden, by hand or by a filter, and read as any other (2, 3)"
    ]
    assert told(book, path, "hidden columns") == ["column D is hidden, and read as any other"]


def test_a_hidden_sheet_is_told_where_it_is_read(tmp_path, book):
    old = book.copy_worksheet(book.active)
    old.title, old.sheet_state = "old", "hidden"
    lists = book.create_sheet("lists")
    lists["A1"], lists["A2"], lists.sheet_state = "supported", "noted", "hidden"
    assert told(book, tmp_path / "sheets.xlsx", "hidden sheet") == [
        "sheet 'old' is hidden, and read as any other"
    ]


def test_comments_on_cells_are_told_with_what_they_say(tmp_path, book):
    book.active["C3"].comment = Comment("Noted in the addendum", "somebody")
    assert told(book, tmp_path / "comments.xlsx", "comments") == [
        "a comment in cell C3 is not read: 'Noted in the addendum'"
    ]


def test_nothing_is_said_of_a_sheet_that_is_not_read(tmp_path, book):
    notes = book.create_sheet("about")
    notes["A1"] = "Made by the office"
    notes["A1"].comment = Comment("by whom", "somebody")
    notes["A1"].font = Font(strike=True)
    notes.row_dimensions[1].hidden = True
    path = tmp_path / "about.xlsx"
    assert not any(told(book, path, kind) for kind in ("comments", "hidden rows", "struck out"))
