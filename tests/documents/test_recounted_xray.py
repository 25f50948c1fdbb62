"""What the x-ray counts and claims in Word, HTML and slides stands in records and links."""

import docx
import pytest
from pptx import Presentation
from recounted_xray import KnownOfThemes, wrong_in_xray

from linker.i18n.language import speaking

KINDS = {"docx": "xray", "html": "xray", "pptx": "slides"}


@pytest.fixture(scope="module")
def themes(worked_on, known):
    return KnownOfThemes(known, worked_on, "XVM")


def exported(linker, folder, suffix, language="en"):
    return linker.export(KINDS[suffix], folder / f"x.{suffix}", language=language)[0]


@pytest.mark.parametrize(
    ("suffix", "language"),
    [
        ("docx", "en"), ("html", "es"), ("pptx", "fr"),
        *(pytest.param(suffix, language, marks=pytest.mark.long)
          for suffix in KINDS for language in ("en", "es", "fr")),
    ],
)  # fmt: skip
def test_the_xray_counts_and_claims_what_records_say(worked_on, themes, tmp_path, suffix, language):
    path = exported(worked_on, tmp_path, suffix, language)
    with speaking(language):
        assert list(wrong_in_xray(path, themes)) == []


def test_the_count_sees_what_is_wrong_in_word(worked_on, themes, tmp_path):
    path = exported(worked_on, tmp_path, "docx")
    document = docx.Document(str(path))
    heat, years, *_ = document.tables
    row = next(row for row in heat.rows[2:] if row.cells[1].text.isdecimal())
    row.cells[1].paragraphs[0].runs[0].text = "99"
    place = next(n for n, cell in enumerate(years.rows[1].cells[2:], 2) if cell.text.isdecimal())
    years.rows[1].cells[place].paragraphs[0].runs[0].text = "77"
    lines = document.paragraphs
    returning = next(p for p in lines if p.style.name == "Normal" and " in cycles " in p.text)
    returning.runs[0].text = returning.runs[0].text.replace("cycles", "cycles 1,")
    goal = next(p for p in lines if p.style.name == "Item")
    goal.runs[1].text = goal.runs[1].text.replace(" proposed", "7 proposed").replace("07 p", "7 p")
    raised = next(p for p in lines if p.text.startswith("Raised by: "))
    raised.runs[1].text = raised.runs[1].text.replace("(", "(4", 1)
    targets = next(p for p in lines if p.text.startswith("SDG targets: "))
    targets.runs[1].text = "13.1"
    record = next(p for p in lines if p.style.name == "List Bullet")
    record.runs[1].text = "Do something else"
    document.save(str(path))
    wrong = list(wrong_in_xray(path, themes))
    for said in ("99", "77", "comes back in", "goals", "raised by", "targets", "is not told"):
        assert any(said in one for one in wrong), (said, wrong)


@pytest.mark.long
def test_the_count_sees_what_is_wrong_in_html(worked_on, themes, tmp_path):
    path = exported(worked_on, tmp_path, "html")
    page = path.read_text("utf-8")
    spoilt = page.replace("in cycles 3 and 4", "in cycles 2 and 4").replace("× 1<", "× 8<", 1)
    assert spoilt != page
    path.write_text(spoilt, "utf-8")
    wrong = list(wrong_in_xray(path, themes))
    assert any("comes back in" in one for one in wrong)
    assert any("targets" in one for one in wrong)


def test_the_count_sees_what_is_wrong_in_slides(worked_on, themes, tmp_path):
    path = exported(worked_on, tmp_path, "pptx")
    deck = Presentation(str(path))
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        if title == "Who raised what":
            tables[0].cell(1, 1).text = "999"
        elif title.startswith("What is asked most"):
            tables[0].cell(1, 1).text = "1 record, cycle 4, 1 State"
        elif title.startswith("The largest themes"):
            boxes = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
            next(box for box in boxes if box.text.isdigit()).text = "1"
    deck.save(str(path))
    wrong = list(wrong_in_xray(path, themes))
    for said in ("999", "largest", "asked most"):
        assert any(said in one for one in wrong), (said, wrong)
