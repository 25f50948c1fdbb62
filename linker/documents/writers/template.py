"""An organisation's own Word document as the template of ours: cover, styles, header, language.

What stands in the template is the cover: it is kept, with ``{{title}}``, ``{{state}}`` and
``{{date}}`` filled in, however Word has parted them into runs, and the document follows on a new
page. Styles that it has stay as they are (Title, Normal, …); those of ours that it lacks are added.

A template is filled by three names and no language of templates (docxtpl's is Jinja): on a server
anybody hands one over, and what they write in it is run by nobody.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.documents.inputs import Source
from linker.documents.writers.phrasing import clean
from linker.documents.writers.wordparts import qualified
from linker.errors import Invalid
from linker.records.import_notes import ImportRefused
from linker.records.importers.base import Limits
from linker.records.importers.old_office import old_file
from linker.records.importers.safe_open import kind_of

LIMITS = Limits(max_bytes=20 << 20, max_unzipped_bytes=100 << 20)
"""A cover with a logo; what is larger is none, and might be made to fill a server."""
PLACEHOLDERS = ("title", "state", "date")
_PLACEHOLDER = re.compile(r"\{\{\s{0,9}([^{}\s](?:[^{}]{0,58}[^{}\s])?)\s{0,9}\}\}")
_TYPES = "[Content_Types].xml"
_OTHER_TYPES = {
    b"macroEnabled": "it holds macros (.docm). Save it as .docx, without macros.",
    b"wordprocessingml.template.main": "it is a template of Word's (.dotx). Open it and save it "
    "as .docx.",
}


def from_template(template: str, source: Source, title: str) -> Any:
    """Return a document that begins as the template does.

    Args:
        template: path of a DOCX file.
        source: whose State it is about.
        title: what the document is.

    Raises:
        Invalid: as of `opened`.
    """
    document = opened(Path(template))
    said = {"title": title, "state": source.state_name, "date": source.date}
    for paragraph in _paragraphs(document):
        _fill(paragraph, said)
    if _holds_something(document.element.body):
        document.add_section()
    return document


def opened(path: Path) -> Any:
    """Return an organisation's document, opened.

    Raises:
        Invalid: no such file, too large a one, no Word document, one with macros, or one with a
            placeholder that nothing fills.
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
        _refuse_other_kinds(path)
        document = docx.Document(str(path))
    except unread as error:
        raise Invalid(
            f"Template {path.name}: no such file, or no Word document. Name a .docx with your "
            "cover, styles and header."
        ) from error
    _refuse_unknown(path.name, document)
    return document


def has_header(document: Any) -> bool:
    """Whether the pages have a header or footer of their own, as text or as a picture."""
    section = document.sections[-1]
    return any(_holds_something(part._element) for part in (section.header, section.footer))


def _refuse_other_kinds(path: Path) -> None:
    """Refuse what is no document of Word's, in words for what people take for one."""
    why = ""
    if old := old_file(path):
        why = f"this is {old.what}. Open it and save it as .docx, without a password."
    elif kind_of(path, LIMITS) != "docx":
        raise ValueError(path.name)
    else:
        with zipfile.ZipFile(path) as archive:
            types = archive.read(_TYPES)
        why = next((said for mark, said in _OTHER_TYPES.items() if mark in types), "")
    if why:
        raise Invalid(f"Template {path.name}: {why}")


def _refuse_unknown(name: str, document: Any) -> None:
    for paragraph in _paragraphs(document):
        for found in _PLACEHOLDER.finditer("".join(text.text or "" for text in _texts(paragraph))):
            if found[1].casefold() not in PLACEHOLDERS:
                known = ", ".join(f"{{{{{one}}}}}" for one in PLACEHOLDERS)
                raise Invalid(
                    f"Template {name}: nothing fills {found[0]}. Use {known}, or take it out."
                )


def _paragraphs(document: Any) -> Iterator[Any]:
    """Yield the paragraphs that may hold placeholders: of the body, of every header and footer."""
    parts = [document.element.body]
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            parts.append(relation.target_part.element)
    for part in parts:
        yield from part.iter(qualified("w:p"))


def _texts(paragraph: Any) -> list[Any]:
    """Return the texts of a paragraph, but for those of a text box that stands in it."""
    own = qualified("w:p")
    return [
        text
        for text in paragraph.iter(qualified("w:t"))
        if next(text.iterancestors(own)) is paragraph
    ]


def _fill(paragraph: Any, said: dict[str, str]) -> None:
    """Fill placeholders where they begin; Word parts a word into runs wherever it was edited."""
    texts = _texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    for found in reversed(list(_PLACEHOLDER.finditer(whole))):
        place, value = 0, clean(said[found[1].casefold()])
        for text in texts:
            held = text.text or ""
            start, end = found.start() - place, found.end() - place
            place += len(held)
            if end > 0 and start < len(held):
                text.text = held[: max(start, 0)] + value + held[end:]
                value = ""


def _holds_something(element: Any) -> bool:
    texts = "".join(text.text or "" for text in element.iter(qualified("w:t")))
    pictures = (qualified("w:drawing"), qualified("w:pict"), qualified("w:tbl"))
    return bool(texts.strip()) or any(True for _ in element.iter(*pictures))
