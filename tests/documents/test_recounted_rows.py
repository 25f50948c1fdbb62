"""What rows of workbooks and pages and footnotes say stands in records, links, verdicts and log."""

import shutil
import zipfile

import openpyxl
import pytest
from recounted_notes import wrong_in_notes
from recounted_rows import (
    wrong_in_clusters,
    wrong_in_followup_rows,
    wrong_in_matrix_rows,
    wrong_in_measure_rows,
    wrong_in_midterm_rows,
    wrong_in_packs,
    wrong_in_plan,
)
from recounted_xray import KnownOfThemes

from linker.i18n.language import speaking

CHECKS = {
    "matrix.xlsx": wrong_in_matrix_rows,
    "matrix.html": wrong_in_matrix_rows,
    "plan.xlsx": wrong_in_plan,
    "midterm.xlsx": wrong_in_midterm_rows,
    "followup.xlsx": wrong_in_followup_rows,
    "clusters.xlsx": wrong_in_clusters,
}
OTHERS = [pytest.param(code, marks=pytest.mark.long) for code in ("es", "fr")]
LANGUAGES = ["en", *OTHERS]


@pytest.fixture(scope="module")
def themes(worked_on, known):
    return KnownOfThemes(known, worked_on, "XVM")


def exported(linker, folder, name, language="en", **more):
    return linker.export(name.split(".")[0], folder / name, language=language, **more)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHECKS)
def test_rows_say_what_records_links_and_plan_say(worked_on, themes, tmp_path, name, language):
    path = exported(worked_on, tmp_path, name, language)
    with speaking(language):
        assert list(CHECKS[name](path, themes)) == []


def by_cluster(linker, folder, language="en"):
    return [exported(linker, folder, name, language, by="cluster")
            for name in ("matrix.xlsx", "matrix.html")]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_matrix_by_cluster_says_the_same_in_excel_and_html(worked_on, themes, tmp_path, language):
    sheet, page = by_cluster(worked_on, tmp_path, language)
    with speaking(language):
        assert list(wrong_in_measure_rows(sheet, page, themes)) == []


@pytest.mark.parametrize("language", ["es", pytest.param("fr", marks=pytest.mark.long)])
def test_packs_hold_what_each_body_answers_for(worked_on, themes, tmp_path, language):
    worked_on.export("packs", tmp_path / "packs", language=language)
    with speaking(language):
        assert list(wrong_in_packs(tmp_path / "packs", themes, today(worked_on))) == []


def today(linker):
    return linker.source().date


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.long)])
def test_footnotes_cite_what_was_confirmed(worked_on, known, tmp_path, language):
    path = exported(worked_on, tmp_path, "annex.docx", language)
    with speaking(language):
        assert list(wrong_in_notes(path, known)) == []


def spoil(path, changes):
    """Write a text of a workbook otherwise: the first cell below a heading that holds it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for title, old, new in changes:
        (head,) = [c for row in sheet.iter_rows() for c in row if c.value == title]
        cells = (sheet.cell(n, head.column) for n in range(head.row + 1, sheet.max_row + 1))
        cell = next(cell for cell in cells if old in str(cell.value or ""))
        cell.value = str(cell.value).replace(old, new, 1)
    book.save(path)


SPOILT = {
    "matrix.xlsx": [
        ("Position", "Noted", "Supported"), ("Linked SDG targets", "proposal, ", "proposal, 1"),
        ("Linked SDG indicators", "[direct", "[proxy"), ("Status", "In progress", "Not started"),
        ("Timeline", "2031", "2030"), ("Recommending States or body", "France", "Fiji"),
        ("Number", "(cycle 4)", "(cycle 3)"),
    ],
    "plan.xlsx": [
        ("Position", "noted", "supported"), ("Status", "in progress", "not started"),
        ("Linked SDG targets", "confirmed", "proposal, 9 %, not"), ("Deadline", "2031", "2030"),
    ],
    "midterm.xlsx": [("Status", "In progress", "Not started"), ("Evidence", "Gazette", "Nothing")],
    "followup.xlsx": [("Status", "In progress", "Not started"), ("A", "●", "")],
    "clusters.xlsx": [("Position", "Noted", "Supported"), ("Who asked", " records", "7 records")],
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_the_count_sees_what_is_wrong_in_a_workbook(worked_on, themes, tmp_path, name):
    path = exported(worked_on, tmp_path, name)
    spoil(path, SPOILT[name])
    assert len(list(CHECKS[name](path, themes))) >= len(SPOILT[name])


@pytest.mark.long
def test_the_count_sees_what_is_wrong_on_a_page(worked_on, themes, tmp_path):
    path = exported(worked_on, tmp_path, "matrix.html")
    page = path.read_text("utf-8").replace(">noted<", ">supported<", 1)
    before, chip, after = page.partition('class="chip"')
    path.write_text(before + chip + after.replace("proposal, ", "proposal, 1", 1), "utf-8")
    assert len(list(wrong_in_matrix_rows(path, themes))) == 2


@pytest.mark.long
def test_the_count_sees_where_excel_and_html_part(worked_on, themes, tmp_path):
    sheet, page = by_cluster(worked_on, tmp_path)
    spoil(sheet, [("Status", "In progress", "Not started"), ("Timeline", "2031", "2030")])
    wrong = list(wrong_in_measure_rows(sheet, page, themes))
    assert sum("measure" in one for one in wrong) == 2
    assert len(wrong) == 4


@pytest.mark.long
def test_the_count_sees_a_row_that_went_to_another_body(worked_on, themes, tmp_path):
    folder = tmp_path / "packs"
    worked_on.export("packs", folder)
    one, other = sorted(folder.glob("*.xlsx"))[:2]
    shutil.copy(one, other)
    assert list(wrong_in_packs(folder, themes, today(worked_on)))


def test_the_count_sees_a_wrong_footnote(worked_on, known, tmp_path):
    path = exported(worked_on, tmp_path, "annex.docx")
    spoilt = tmp_path / "spoilt.docx"
    with zipfile.ZipFile(path) as read, zipfile.ZipFile(spoilt, "w") as write:
        for name in read.namelist():
            data = read.read(name)
            if name == "word/footnotes.xml":
                data = data.replace(b"para. ", b"para. 9", 1).replace(b"/C/", b"/D/", 1)
            write.writestr(name, data)
    assert len(list(wrong_in_notes(spoilt, known))) >= 2
