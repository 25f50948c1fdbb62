"""Workbooks that print: one A4 page wide, letters one can read, no cell cut, to be sorted."""

import html
import zipfile

import openpyxl
import pytest
from made_up_state import FILLED, MARRIAGE_4, made_up
from openpyxl.utils import range_boundaries

from linker.documents.inputs import Options
from linker.documents.kinds import EXCHANGED, KINDS, PLAIN
from linker.documents.matrix_reading import read_matrix
from linker.documents.writers import write
from linker.documents.writers.letters import broken, width_of
from linker.documents.writers.xlsx import LINE, PAGE_WIDTH, POINTS, SIZE
from linker.plan.entries import PlanEntry
from linker.records.importers.base import Limits

STRATEGY = "Bring it before the parliament's committee; a case in court; a campaign in schools"
ENTRIES = {**FILLED, MARRIAGE_4.id: PlanEntry(strategy=STRATEGY, responsible="Ministry of Justice")}
SHEETS = [
    *((kind, Options()) for kind, found in KINDS.items()
      if "xlsx" in found and kind not in (*PLAIN, *EXCHANGED)),
    ("matrix", Options(by="cluster")),
]  # fmt: skip


@pytest.fixture(scope="module", params=SHEETS, ids=lambda pair: f"{pair[0]}-{pair[1].by}")
def sheet(request, tmp_path_factory):
    kind, options = request.param
    if kind == "followup":
        options = Options(bodies=("CERD",))
    path = tmp_path_factory.mktemp("paper") / f"{kind}.xlsx"
    write(kind, path, made_up(entries=ENTRIES), options)
    return openpyxl.load_workbook(path).worksheets[0]


def printed(sheet):
    """Return first and last column of the pages, the row of headings and the last row."""
    first, _, last, end = range_boundaries(sheet.print_area.split("!")[1])
    return first, last, int(sheet.print_title_rows.split(":")[0].strip("$")), end


def test_one_page_wide_in_letters_of_eight_points_or_more(sheet):
    first, last, _, end = printed(sheet)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    letters = [openpyxl.utils.get_column_letter(n) for n in range(first, last + 1)]
    wide = sum(sheet.column_dimensions[letter].width for letter in letters)
    assert SIZE * PAGE_WIDTH / wide >= 8
    sizes = {sheet.cell(row, first).font.size for row in range(1, end + 1)}
    assert min(sizes) >= SIZE


def test_no_printed_text_is_higher_than_its_row_or_beyond_the_edge(sheet):
    first, last, head, end = printed(sheet)
    page = 0.0
    for column in range(first, last + 1):
        width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width * POINTS
        page += width
        for row in range(head, end + 1):
            lines = broken(str(sheet.cell(row, column).value or ""), width - 4, SIZE)
            assert len(lines) * LINE <= sheet.row_dimensions[row].height
    for row in range(1, head):
        said = sheet.cell(row, first)
        assert width_of(str(said.value or ""), said.font.size) <= page


def test_no_row_is_half_empty(sheet):
    """The highest cell of a row fills it: no page is wasted on what stands beside the pages."""
    *_, head, end = printed(sheet)
    for row in range(head + 1, end + 1):
        most = 1
        for column in range(1, sheet.max_column + 1):
            cell = sheet.cell(row, column)
            if cell.alignment.wrap_text:
                letter = openpyxl.utils.get_column_letter(column)
                width = sheet.column_dimensions[letter].width * POINTS - 4
                most = max(most, len(broken(str(cell.value or ""), width, SIZE)))
        assert sheet.row_dimensions[row].height <= max(15, most * LINE + 1)


def test_what_people_fill_in_can_be_sorted_and_filtered_under_protection(sheet):
    if not sheet.protection.sheet:
        return
    *_, head, end = printed(sheet)
    assert not sheet.protection.sort
    assert not sheet.protection.autoFilter
    assert sheet.auto_filter.ref.endswith(str(end))
    # Excel sorts under protection only where no cell of the table is locked.
    table = sheet.iter_rows(min_row=head + 1, max_row=end)
    assert not any(cell.protection.locked for row in table for cell in row)
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=head) for cell in row)
    guard = next(v for v in sheet.data_validations.dataValidation if v.formula1 == "FALSE")
    assert guard.showErrorMessage
    assert guard.type == "custom"
    grey = [cell for cell in sheet[head + 1] if cell.fill.start_color.rgb == "00F2F2F2"]
    assert grey
    assert all(cell.coordinate in guard.sqref for cell in grey)
    white = next(c for c in sheet[head] if c.value in ("Status", "Decision"))
    assert sheet.cell(head + 1, white.column).coordinate not in guard.sqref


def test_a_row_grows_with_what_is_typed_into_it(tmp_path):
    write("plan", tmp_path / "plan.xlsx", made_up(entries=ENTRIES))
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        said = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = said.split("<row ")[1:]
    fitted = [row for row in rows if ' ht="' in row.split(">")[0]]
    assert len(fitted) > 5
    assert sum('customHeight="1"' in row.split(">")[0] for row in fitted) == 1  # the headings


def test_lines_break_between_words_and_inside_long_ones():
    assert broken("Adopt a law", 500, 9) == ["Adopt a law"]
    assert broken("Adopt a law\n\nnow", 500, 9) == ["Adopt a law", "", "now"]
    parts = broken("anti-discrimination law of the Republic", 80, 9)
    assert "".join(parts) == "anti-discrimination law of the Republic"
    assert len(parts) == 2
    assert all(width_of(part.rstrip(), 9) <= 80 for part in parts)
    assert [len(part) for part in broken("W" * 20, 85, 10)] == [9, 9, 2]
    assert width_of("WWW", 10) > 2 * width_of("iii", 10)
    assert width_of("é", 10) == width_of("e", 10)
    assert width_of("法", 10) == 10


def test_the_action_strategy_stands_in_the_matrix_where_filled_in(tmp_path):
    def titles(entries, **options):
        path = write("matrix", tmp_path / "m.xlsx", made_up(entries=entries), Options(**options))[0]
        return {cell.value for row in openpyxl.load_workbook(path).worksheets[0] for cell in row}

    for by in ("recommendation", "cluster"):
        assert {"Action strategy", STRATEGY} <= titles(ENTRIES, by=by)
        assert "Action strategy" not in titles(FILLED, by=by)
        assert "Action strategy" in titles(FILLED, by=by, columns=("strategy",))


@pytest.mark.parametrize("by", ["recommendation", "cluster"])
def test_the_action_strategy_comes_back_from_the_matrix(by, tmp_path):
    for suffix in ("docx", "xlsx"):
        path = tmp_path / f"m.{suffix}"
        write("matrix", path, made_up(entries=ENTRIES), Options(by=by))
        found = {row.record_id: row.values for row in read_matrix(path, Limits()).rows}
        assert found[MARRIAGE_4.id]["strategy"] == STRATEGY
    page = tmp_path / "m.html"
    write("matrix", page, made_up(entries=ENTRIES), Options(by=by))
    assert STRATEGY in html.unescape(page.read_text("utf-8"))
