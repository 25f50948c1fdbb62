"""Documents in other languages: what they say stands in the records, and comes back."""

import docx
import openpyxl
import pytest
from made_up_state import FILLED, made_up

from linker.documents.inputs import Options
from linker.documents.matrix import matrix
from linker.documents.plan_reading import read_plan
from linker.documents.writers import write
from linker.errors import Invalid
from linker.i18n.language import speaking
from linker.records.importers import read_file

SAID = ("text", "symbol", "paragraph", "cycle", "year", "themes", "position", "sdgs",
        "recommending_states")  # fmt: skip
LANGUAGES = ("es", "fr", "ar", "ru", "zh", "pt")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_matrix_comes_back_as_it_was(language, suffix, tmp_path):
    source = made_up(entries=FILLED)
    options = Options(language=language)
    path = write("matrix", tmp_path / f"m.{suffix}", source, options)[0]
    records, notes = read_file(path)
    found = {record.id: record for record in records}
    heads = {row.record.id: row.record for _, row in matrix(source).rows()}
    assert notes.refused_count == 0, list(notes)
    assert set(found) == set(heads)
    wrong = [
        (key, name, getattr(heads[key], name), getattr(found[key], name))
        for key in heads
        for name in SAID
        if getattr(heads[key], name) != getattr(found[key], name)
    ]
    assert wrong == []


def test_a_spanish_plan_is_read_back(tmp_path):
    source = made_up(entries=FILLED)
    path = write("plan", tmp_path / "plan.xlsx", source, Options(language="es"))[0]
    sheet = openpyxl.load_workbook(path)["Plan"]
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"Órgano responsable", "Estado de aplicación", "Plazo"} <= said
    english = write("plan", tmp_path / "en.xlsx", source, Options(language="en"))[0]
    assert {r.record_id: r.values for r in read_plan(path).rows} == {
        r.record_id: r.values for r in read_plan(english).rows
    }


def test_english_is_as_it_was_whoever_speaks_what(tmp_path):
    source = made_up(entries=FILLED)
    plain = write("matrix", tmp_path / "a.docx", source)[0].read_bytes()
    with speaking("fr"):
        assert write("matrix", tmp_path / "b.docx", source)[0].read_bytes() != plain
        english = Options(language="en")
        assert write("matrix", tmp_path / "c.docx", source, english)[0].read_bytes() == plain
        table = write("matrix", tmp_path / "a.csv", source)[0].read_bytes()
    assert write("matrix", tmp_path / "b.csv", source)[0].read_bytes() == table


def test_arabic_runs_from_right_to_left(tmp_path):
    source = made_up(entries=FILLED)
    word = write("matrix", tmp_path / "a.docx", source, Options(language="ar"))[0]
    document = docx.Document(str(word))
    assert document.sections[0]._sectPr.xpath("./w:bidi")
    assert document.tables[0]._tbl.tblPr.xpath("./w:bidiVisual")
    page = write("matrix", tmp_path / "a.html", source, Options(language="ar"))[0]
    assert '<html lang="ar" dir="rtl">' in page.read_text(encoding="utf-8")


def test_an_unknown_language_is_refused_with_those_there_are():
    with pytest.raises(Invalid, match="Español"):
        Options(language="xx")
