"""Word files are built for those who read by structure: headings, contents, language, tables."""

import itertools
import re
from collections import Counter

import docx
import pytest
from docx.oxml.ns import qn
from made_up_state import CRC, MARRIAGE_3, MARRIAGE_4, convergence, made_up

from linker.documents.kinds import KINDS
from linker.documents.matrix import matrix
from linker.documents.writers import write

WORD = sorted(kind for kind, suffixes in KINDS.items() if "docx" in suffixes)
WITH_CONTENTS = ("matrix", "midterm", "xray")


@pytest.fixture(params=WORD)
def document(request, tmp_path):
    """A document of each kind: (kind, document)."""
    path = write(request.param, tmp_path / "out.docx", made_up())[0]
    return request.param, docx.Document(str(path))


def headings(document):
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else ""
        if match := re.fullmatch(r"Heading(\d)", name):
            yield int(match[1]), "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def test_headings_begin_at_the_first_level_and_skip_none(document):
    levels = [level for level, _ in headings(document[1])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert document[1].paragraphs[0].style.name == "Title"


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
