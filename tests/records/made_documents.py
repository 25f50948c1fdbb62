"""UN documents of our own words, written as DOCX, PDF and text for the tests of their importers."""

from __future__ import annotations

import zipfile
from pathlib import Path

HEAD = [
    "United Nations", "CEDAW/C/VUT/CO/9", "Distr.: General", "28 February 2024",
    "Original: English",
    "Committee on the Elimination of Discrimination against Women",
    "Concluding observations on the ninth periodic report of Vanuatu*",
]  # fmt: skip


def pdf(path: Path, pages: list[list[tuple[str, dict]]], *, foot: str = "GE.24-00001") -> Path:
    """Write lines, each (text, {size, bold, x, up, gap}), page by page with a head and a foot."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842))
    for number, lines in enumerate(pages, start=1):
        y = 760.0
        if number > 1:
            canvas.setFont("Helvetica", 9)
            canvas.drawString(90, 800, "A/HRC/44/9")
            canvas.drawString(90, 40, f"{foot} {number}" if number % 2 else f"{number}")
        for text, how in lines:
            y -= how.get("gap", 12)
            font = "Helvetica-Bold" if how.get("bold") else "Helvetica"
            canvas.setFont(font, how.get("size", 10))
            x = how.get("x", 90)
            canvas.drawString(x, y, text)
            if mark := how.get("mark"):
                end = x + canvas.stringWidth(text, font, how.get("size", 10))
                canvas.setFont(font, 6)
                canvas.drawString(end, y + 4, mark)
        canvas.showPage()
    canvas.save()
    return path


def scanned(path: Path) -> Path:
    """Write a PDF of two pages that hold only a drawing."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return path


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def word(
    path: Path, body: str, *, numbering: str = "", styles: str = "", footnotes: str = "",
    namespace: str = WORD,
) -> Path:  # fmt: skip
    """Write a DOCX from the XML of its body (prefix w)."""
    parts = {"document": f"<w:document xmlns:w='{namespace}'><w:body>{body}</w:body></w:document>"}
    for name, inner in (("numbering", numbering), ("styles", styles), ("footnotes", footnotes)):
        if inner:
            parts[name] = f"<w:{name} xmlns:w='{namespace}'>{inner}</w:{name}>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<?xml version='1.0'?>{xml}")
    return path


def p(text: str, *, style: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    styled = f"<w:pStyle w:val='{style}'/>" if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph with an automatic number."""
    inner = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
    return p(text, properties=inner)


def plain_docx(path: Path, lines: list[tuple[str, str]]) -> Path:
    """Write (style, text) paragraphs with python-docx, as an office would hold them."""
    import docx

    document = docx.Document()
    for style, text in lines:
        document.add_paragraph(text, style=style or None)
    document.save(str(path))
    return path


def silent(notes) -> str:
    """Return what an import told of paragraphs that recommend nothing."""
    return next(note.reason for note in notes if note.kind == "recommends nothing")
