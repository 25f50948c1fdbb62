"""An organisation's own Word document as the template of ours: cover, styles, header, language.

What stands in the template is the cover: it is kept, with ``{{title}}``, ``{{state}}`` and
``{{date}}`` filled in, and the document follows on a new page. Styles that it has stay as they are
(Title, Normal, …); those of ours that it lacks are added.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from linker.documents.inputs import Source
from linker.documents.writers.phrasing import clean
from linker.documents.writers.wordparts import qualified
from linker.errors import Invalid
from linker.records.import_notes import ImportRefused
from linker.records.importers.base import Limits
from linker.records.importers.safe_open import kind_of

LIMITS = Limits(max_bytes=20 << 20, max_unzipped_bytes=100 << 20)
"""A cover with a logo; what is larger is none, and might be made to fill a server."""


def from_template(template: str, source: Source, title: str) -> Any:
    """Return a document that begins as the template does.

    Args:
        template: path of a DOCX file.
        source: whose State it is about.
        title: what the document is.

    Raises:
        UsageError: no such file, or no Word document.
    """
    document = opened(Path(template))
    said = {"{{title}}": title, "{{state}}": source.state_name, "{{date}}": source.date}
    for part in _parts(document):
        for text in part.iter(qualified("w:t")):
            for placeholder, value in said.items():
                text.text = (text.text or "").replace(placeholder, clean(value))
    if _holds_something(document.element.body):
        document.add_section()
    return document


def opened(path: Path) -> Any:
    """Return an organisation's document, opened.

    Raises:
        Invalid: no such file, too large a one, or no Word document.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    unread = (
        OSError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        PackageNotFoundError,
        ImportRefused,
    )
    try:
        if kind_of(path, LIMITS) != "docx":
            raise ValueError(path.name)
        return docx.Document(str(path))
    except unread as error:
        raise Invalid(
            f"Template {path.name}: no such file, or no Word document. Name a .docx with your "
            "cover, styles and header."
        ) from error


def has_header(document: Any) -> bool:
    """Whether the pages have a header or footer of their own, as text or as a picture."""
    section = document.sections[-1]
    return any(_holds_something(part._element) for part in (section.header, section.footer))


def _parts(document: Any) -> list[Any]:
    """Return the elements that may hold placeholders: body, headers and footers."""
    found = [document.element.body]
    for section in document.sections:
        found += [section.header._element, section.footer._element]
    return found


def _holds_something(element: Any) -> bool:
    texts = "".join(text.text or "" for text in element.iter(qualified("w:t")))
    pictures = (qualified("w:drawing"), qualified("w:pict"), qualified("w:tbl"))
    return bool(texts.strip()) or any(True for _ in element.iter(*pictures))
