"""Word files are built for those who read by structure: headings, contents, language, tables."""

import itertools
import re
from collections import Counter

import docx
import pytest
from docx.oxml.ns import qn
from made_up_state import CRC, FILLED, MARRIAGE_3, MARRIAGE_4, convergence, made_up

from linker.documents.inputs import Options
from linker.documents.kinds import KINDS
from linker.documents.matrix import matrix
from linker.documents.writers import write
from tests.contrast import contrast

WORD = sorted(kind for kind, suffixes in KINDS.items() if "docx" in suffixes)
WITH_CONTENTS = ("matrix", "midterm", "xray")


@pytest.fixture(params=[*WORD, "by cluster", "letter"])
def document(request, tmp_path):
    """A document of each kind: (kind, document)."""
    kind, options, out = request.param, Options(), tmp_path / "out.docx"
    if kind == "by cluster":
        kind, options = "matrix", Options(by="cluster")
    if kind == "letter":
        kind, out = "packs", tmp_path / "packs"
    paths = write(kind, out, made_up(entries=FILLED), options)
    path = next(path for path in paths if path.suffix == ".docx")
    return request.param, docx.Document(str(path))


def headings(document):
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else ""
        if match := re.fullmatch(r"Heading(\d)", name):
            yield int(match[1]), "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def test_headings_begin_at_the_first_level_and_skip_none(document):
    levels = [level for level, _ in headings(document[1])]
    assert levels[:1] == ([] if document[0] == "letter" else [1])
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    first = document[1].paragraphs[0].style.name
    assert first == ("Subtitle" if document[0] == "letter" else "Title")


def test_contents_lead_to_headings(document):
    kind, made = document
    body = made.element.body
    marks = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    ids = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart"))]
    links = [h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))]
    assert set(links) <= marks
    assert len(set(ids)) == len(ids)
    if kind in WITH_CONTENTS:
        assert len(links) > 3
        codes = [t.text for t in body.iter(qn("w:instrText"))]
        assert any("TOC" in code for code in codes)


def test_the_language_is_said_and_tables_repeat_their_header(document):
    made = document[1]
    spoken = {e.get(qn("w:val")) for e in made.styles.element.iter(qn("w:lang"))}
    assert spoken == {"en-GB"}
    assert made.core_properties.language == "en-GB"
    for table in made.tables:
        assert table._tbl.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_what_is_drawn_is_said_in_words(document):
    pictures = list(document[1].element.body.iter(qn("wp:docPr")))
    for picture in pictures:
        assert len(picture.get("descr", "").split()) > 3


def test_letters_can_be_read_and_stand_out(document):
    made = document[1]
    used = {p.style.name for p in made.paragraphs}
    used |= {
        p.style.name for t in made.tables for r in t.rows for c in r.cells for p in c.paragraphs
    }
    for style in (style for style in made.styles if style.name in used and style.font.size):
        assert style.font.size.pt >= (9 if style.name == "Cell" else 8), style.name
        if style.font.color is not None and style.font.color.rgb is not None:
            assert contrast(f"#{style.font.color.rgb}", "#ffffff") >= 4.5, style.name
    for run in made.element.body.iter(qn("w:color")):
        colour, row = run.get(qn("w:val")), next(run.iterancestors(qn("w:tc")), None)
        fill = "" if row is None else _fill(row)
        own = run.getparent().find(qn("w:shd"))
        ground = own.get(qn("w:fill")) if own is not None else fill or "FFFFFF"
        if run.getparent().getparent().tag == qn("w:r") and len(colour) == 6:
            text = "".join(t.text or "" for t in run.getparent().getparent().iter(qn("w:t")))
            assert contrast(f"#{colour}", f"#{ground}") >= (3 if text.strip() == "●" else 4.5), text


def _fill(cell):
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    return shade.get(qn("w:fill")) if shade is not None else ""


def test_versions_stand_once_at_the_end(document):
    made = document[1]
    assert "53aa5117" in made.paragraphs[-1].text
    texts = [t.text or "" for t in made.element.body.iter(qn("w:t"))]
    section = made.sections[0]
    around = [p.text for part in (section.header, section.footer) for p in part.paragraphs]
    assert sum("53aa5117" in text for text in (*texts, *around)) == 1


def test_each_quotation_is_printed_once(tmp_path):
    other = [MARRIAGE_3, MARRIAGE_4]
    source = made_up(convergences=[convergence(CRC, one, 0.95) for one in other])
    rows = [row for _, row in matrix(source).rows() if row.converging]
    quotes = Counter(c.quote for row in rows for c in row.quoted_here)
    assert set(quotes.values()) == {1}
    before = [b for row in rows for b in row.quoted_before]
    assert [(b.names, b.mark) for b in before] == [(CRC.symbol + ", para. 34", "proposal, 95 %")]
    made = docx.Document(str(write("matrix", tmp_path / "m.docx", source)[0]))
    text = "".join(t.text or "" for t in made.element.body.iter(qn("w:t")))
    assert text.count(CRC.text) == 1
    assert f"quoted under {before[0].place}" in text
