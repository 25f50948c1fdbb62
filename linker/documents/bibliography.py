"""The documents that an annex cites, as entries for reference managers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linker.documents.inputs import counted
from linker.records.record import Record
from linker.vocabulary.bodies import body_name
from linker.vocabulary.states import state_name

ADDRESS = "https://undocs.org/"
"""Where the United Nations answers for a document by its symbol."""
_PARA = re.compile(r",? paras?\. ?")
_KEY = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class CitedDocument:
    """A document with the paragraphs that are cited of it.

    Attributes:
        symbol: of the United Nations document.
        author: body that speaks in it.
        title: what it is, in words.
        year: when it is of; 0 where nobody says.
        paragraphs: cited, in the order of the records.
    """

    symbol: str
    author: str
    title: str
    year: int
    paragraphs: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it can be read."""
        return ADDRESS + self.symbol

    @property
    def note(self) -> str:
        """The paragraphs cited, in words; empty for none."""
        return f"paras. {', '.join(self.paragraphs)}" if self.paragraphs else ""


def cited_documents(records: Iterable[Record]) -> list[CitedDocument]:
    """Return the documents that records are cited from, ordered by symbol.

    The original counts, where a record names it, and not the compilation that it was read from.
    """
    found: dict[str, list[tuple[Record, str]]] = {}
    for record in records:
        own = f"{record.symbol}, para. {record.paragraph}"
        for part in (record.cites or own).split("; "):
            symbol, paragraph = _parted(part)
            if symbol:
                found.setdefault(symbol, []).append((record, paragraph))
    return [_document(symbol, found[symbol]) for symbol in sorted(found)]


def ris(documents: Iterable[CitedDocument], notice: str = "") -> str:
    """Return documents in RIS, as Zotero, EndNote and Mendeley read it.

    Args:
        documents: those cited.
        notice: a note that each entry carries, such as that the State is fictional.
    """
    entries = []
    for one in documents:
        lines = [
            ("TY", "GOVDOC"),
            ("AU", f"{one.author},"),
            ("TI", one.title),
            ("PY", str(one.year or "")),
            ("SN", one.symbol),
            ("PB", "United Nations"),
            ("UR", one.address),
            ("N1", one.note),
            ("N1", notice),
        ]
        said = [f"{tag}  - {value}" for tag, value in lines if value]
        entries.append("\r\n".join([*said, "ER  - "]))
    return "\r\n".join(entries) + "\r\n"


def bibtex(documents: Iterable[CitedDocument], notice: str = "") -> str:
    """Return documents in BibTeX, below a notice that is part of no entry."""
    entries = []
    for one in documents:
        fields = {
            "author": f"{{{one.author}}}",
            "title": f"{{{one.title}}}",
            "institution": "United Nations",
            "number": one.symbol,
            "year": str(one.year or ""),
            "url": one.address,
            "note": one.note,
        }
        said = [f"  {name} = {{{_plain(value)}}}" for name, value in fields.items() if value]
        entries.append(f"@techreport{{{_KEY.sub('-', one.symbol)},\n" + ",\n".join(said) + "\n}\n")
    head = f"% {counted(len(entries), 'document')} cited. {notice}".rstrip()
    return "\n".join([head + "\n", *entries])


def _parted(cited: str) -> tuple[str, str]:
    """Part "CEDAW/C/XVM/CO/5, para. 9 (b)" into symbol and paragraph."""
    parts = _PARA.split(cited, maxsplit=1)
    return parts[0].strip(), parts[1].strip(" .") if len(parts) > 1 else ""


def _document(symbol: str, cited: list[tuple[Record, str]]) -> CitedDocument:
    record = cited[0][0]
    body = "UPR" if record.is_cyclic else record.body
    years = [r.year for r, _ in cited if r.year]
    # A compilation is younger than what it cites: its year is not the document's.
    year = min(years) if years and not record.cites else 0
    name = body_name(body) or body
    kind = "Report of the Working Group on the UPR" if record.is_cyclic else name
    title = f"{kind}: {state_name(record.state)}" if record.state else kind
    paragraphs = tuple(dict.fromkeys(paragraph for _, paragraph in cited if paragraph))
    return CitedDocument(symbol, name, title, year, paragraphs)


def _plain(value: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", value)
