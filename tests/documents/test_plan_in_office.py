"""The documents opened by a real office program: every page numbered, and no text lost.

How many pages there are depends on the fonts of the machine: it is asserted only where a font of
Calibri's widths stands in for Calibri.
"""

import re
import shutil
import subprocess

import pytest
from made_up_state import CEDAW, RECORDS, convergence, made_up

from linker.documents.writers import write
from linker.records.record import Record
from linker.themes.theme import Member, Theme, Xray

SAME_WIDTHS = ("Calibri", "Carlito")


def as_wide_as_calibri():
    found = shutil.which("fc-match")
    command = [found or "true", "--format=%{family}", "Calibri"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return said.startswith(SAME_WIDTHS)


@pytest.mark.parametrize("kind", ["matrix", pytest.param("xray", marks=pytest.mark.long)])
def test_word_in_libreoffice(kind, tmp_path, to_pdf):
    path = tmp_path / f"{kind}.docx"
    write(kind, path, made_up())
    pages, said = to_pdf(path)
    for page in range(1, pages + 1):
        assert f"Page {page} of {pages}" in said
    texts = " ".join(record.text for record in RECORDS)
    for word in re.findall(r"[A-Za-z]{5,}", texts):
        if kind == "xray" or word not in CEDAW.text:
            assert word in said, word


@pytest.mark.parametrize("kind", [pytest.param("matrix", marks=pytest.mark.long), "plan"])
def test_excel_in_libreoffice(kind, tmp_path, to_pdf):
    path = tmp_path / f"{kind}.xlsx"
    write(kind, path, made_up())
    pages, said = to_pdf(path)
    assert pages >= 1
    for record in RECORDS:
        assert record.paragraph in said, record.id
    assert "HYPERLINK(" in said
    assert "Err:" not in said
    assert "#NAME?" not in said


@pytest.mark.long
def test_factsheet_of_a_long_theme_fits_two_pages(tmp_path, to_pdf):
    filler = "and report on it to parliament every year with data on age, sex and district "
    long = [
        Record(
            id=f"L{n}",
            text=f"Adopt measure {n} {filler * 6}",
            state="XVM",
            mechanism="UPR" if n < 40 else "TB",
            body="UPR" if n < 40 else "CEDAW",
            symbol=f"A/HRC/{n}/XVM/A-VERY-LONG-SYMBOL",
            paragraph=f"110.{n}",
            cycle="4" if n < 40 else "",
            recommending_states=("FRA", "KEN", "PRY", "NPL", "CHE", "DNK", "URY", "GHA"),
            position="partly supported" if n < 40 else "",
        )
        for n in range(80)
    ]
    links = [convergence(long[40 + n], long[n], 0.9, "confirm" if n % 2 else "") for n in range(40)]
    members = tuple(Member(record.id, 0.5) for record in long)
    label = "A theme whose name is as long as the longest that the official list of themes has"
    theme = Theme("T-9", "Economic, social and cultural rights", label, "", members)
    source = made_up(records=long, convergences=links, xray=Xray("XVM", (theme,)))
    path = tmp_path / "factsheet.docx"
    write("factsheet", path, source)
    pages, said = to_pdf(path)
    if as_wide_as_calibri():
        assert pages <= 2
    assert "more UPR recommendations" in said
    assert "Suggested SMART recommendations" in said
