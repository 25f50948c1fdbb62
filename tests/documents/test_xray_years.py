"""Over the years: only what a year is known of, in bars that fit their column."""

import re
from dataclasses import replace

import docx
import pytest
from made_up_state import CEDAW, MARRIAGE_4, RECORDS, made_up, tb

from linker.documents.writers import write
from linker.documents.writers.xray_docx import BLOCK
from linker.documents.xray_numbers import picture
from linker.themes.theme import Member, Theme, Xray

QUOTED = replace(tb("CAT", "3", "Inspect ferries", 2024), symbol="A/HRC/WG.6/47/XVM/2",
                 cites="CAT/C/XVM/CO/2, para. 9")  # fmt: skip
THEME = Theme("T-1", "Rights", "Ferries", "", tuple(
    Member(r.id, 0.5) for r in (*RECORDS, QUOTED)))  # fmt: skip


def source(**changes):
    values = {"records": [*RECORDS, QUOTED], "xray": Xray("XVM", (THEME,))}
    return made_up(**{**values, **changes})


def test_the_year_of_a_compilation_is_not_that_of_what_it_quotes():
    made = picture(source())
    assert made.years[2024]["TB"] == 0
    assert made.years[2021]["TB"] == sum(r.mechanism == "TB" and r.year == 2021 for r in RECORDS)
    assert made.undated.startswith("1 record without a year of its own")
    assert picture(made_up()).undated == ""


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_what_is_left_out_is_counted_in_the_document(tmp_path, suffix):
    path = write("xray", tmp_path / f"x.{suffix}", source())[0]
    said = path.read_text("utf-8") if suffix == "html" else text_of(path)
    assert "1 record without a year of its own" in said


def text_of(path):
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_bars_are_no_longer_than_their_column(tmp_path):
    many = [replace(MARRIAGE_4, id=f"M{n}", paragraph=f"1.{n}") for n in range(60)]
    records = [*many, *(replace(CEDAW, id=f"C{n}", paragraph=f"{n}", year=2024) for n in range(9))]
    theme = replace(THEME, members=tuple(Member(r.id, 0.5) for r in records))
    made = source(records=records, xray=Xray("XVM", (theme,)), convergences=[], sdg=[])
    document = docx.Document(str(write("xray", tmp_path / "x.docx", made)[0]))
    (table,) = [t for t in document.tables if "█" in t.rows[-1].cells[-1].text]
    room = table.columns[len(table.columns) - 1].width.mm / BLOCK
    longest = max(len(re.findall("█", row.cells[-1].text)) for row in table.rows)
    assert 0.8 * room <= longest <= room + 1
