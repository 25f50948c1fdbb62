"""Footnotes of a Word document: a part of their own, which python-docx does not write."""

from __future__ import annotations

from html import escape
from typing import Any

from linker.documents.writers.phrasing import clean
from linker.documents.writers.wordparts import Run, qualified

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:footnote>"
)
"""The lines above footnotes, which Word expects."""
TEXT, MARK = "footnote text", "footnote reference"
"""Styles, as Word names them."""


class Footnotes:
    """Collects the footnotes of one document in the order of their marks."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def mark(self, text: str) -> Run:
        """Return the mark of a new footnote, to stand in a paragraph."""
        self._texts.append(text)
        return Run("", footnote=len(self._texts))

    def attach(self, document: Any) -> None:
        """Give a document its footnotes; nothing where there are none."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self._texts:
            return
        _styles(document)
        notes = "".join(_note(number, text) for number, text in enumerate(self._texts, start=1))
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:footnotes xmlns:w="{_MAIN}">{_RULES}{notes}</w:footnotes>'
        )
        part = Part(
            PackURI("/word/footnotes.xml"), _TYPE, xml.encode("utf-8"), document.part.package
        )
        document.part.relate_to(part, _RELATION)


def _note(number: int, text: str) -> str:
    mark = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/>'
    said = f'<w:t xml:space="preserve"> {escape(clean(text), quote=False)}</w:t>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r>{mark}</w:r><w:r>{said}</w:r></w:p></w:footnote>"
    )


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    known = {style.name for style in document.styles}
    if TEXT not in known:
        style = document.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qualified("w:styleId"), "FootnoteText")
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(8)
        style.paragraph_format.space_after = Pt(1)
    if MARK not in known:
        style = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER)
        style.element.set(qualified("w:styleId"), "FootnoteReference")
        style.font.superscript = True
