"""A submission as a list of what it asks for: prose in Word, PDF, text or Markdown, or a table.

What a coalition writes has no form. A paragraph is an item where a sentence of it asks, where a
heading above it announces recommendations, or where it stands in a list behind a sentence that
asks ("We call on the Government to:"). The other paragraphs are counted, not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linker.records.asking_words import begins_ask
from linker.records.asks import cut
from linker.records.import_notes import ImportRefused, Note, refuse
from linker.records.importers import Options, read_file
from linker.records.importers.base import Kind
from linker.records.importers.old_office import modern
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sniff import look
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.first_sight import is_prose
from linker.records.importers.un.front_page import has_masthead
from linker.records.importers.un.reading import FORMATS, read_document
from linker.records.importers.un.word_lists import patterns_of
from linker.records.record import Record
from linker.vocabulary.files import remembered

SUBMISSION = "SUB"
_BULLET = re.compile(r"^[-–—•*▪●○◦·►➢✓o]\s+")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Submission:
    """What was read of a submission.

    Attributes:
        file: its name.
        format: what it was recognised as, in words.
        items: what it asks for, in order; the id of each is its own or its number in the file,
            ``row`` says where it stands.
        cycle: review it was made for, where it says so.
        state: State it is about, where it says so.
        silent: paragraphs or rows that ask for nothing.
        notes: what was refused, repaired or not understood.
    """

    file: str
    format: str
    items: tuple[Record, ...]
    cycle: str = ""
    state: str = ""
    silent: int = 0
    notes: tuple[Note, ...] = ()


def read_submission(path: Path, options: Options) -> Submission:
    """Return what a file asks for; nothing is imported.

    Args:
        path: DOCX, PDF, text, Markdown, or a table with a column of texts.
        options: how much is read; the State of rows that name none.

    Raises:
        ImportRefused: it cannot be read, or nothing in it asks for anything.
    """
    path = modern(Path(path), options.limits)
    kind = kind_of(path, options.limits)
    document = _prose(path, kind, options)
    made = _of_prose(document, options) if document else _of_records(path, options)
    if not made.items:
        reason = "nothing was found in it that asks for something"
        remedy = "Put each ask into a row of a table with the columns id and text (CSV or XLSX)."
        raise refuse(path.name, reason, remedy, kind="no recommendations")
    return made


def _prose(path: Path, kind: Kind, options: Options) -> Document | None:
    """Return the paragraphs of prose; None of a table, and of a UN document, which has a reader.

    A submission that cites a document of the United Nations on its first page is none itself.
    """
    if kind not in FORMATS or not is_prose(path, kind, options.limits):
        return None
    try:
        front = look(path, options).front
        if front and (front.titled or has_masthead(front)):
            return None
    except ImportRefused as refusal:
        if refusal.note.kind != "not recognised":
            raise
    return read_document(path, FORMATS[kind], options.limits)


def _of_records(path: Path, options: Options) -> Submission:
    records, notes = read_file(path, options=replace(options, mechanism=SUBMISSION))
    items = tuple(records)
    front = look(path, options).front
    return Submission(
        path.name,
        front.says if front else "table",
        items,
        front.cycle if front else _only({item.cycle for item in items}),
        front.state if front else "",
        notes.refused_count,
        tuple(notes),
    )


def _only(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else ""


def _of_prose(document: Document, options: Options) -> Submission:
    items: list[Record] = []
    silent, asked = 0, False
    for paragraph, heading, announced in _announced(document.paragraphs):
        text = _BULLET.sub("", paragraph.text).strip()
        # One bullet that asks speaks for the bullets behind it.
        asked = _asks_for(text, announced or (asked and _is_bullet(paragraph)))
        if not asked:
            silent += bool(_LETTER.search(text))
            continue
        page = f"page {paragraph.page}" if paragraph.page and document.format == "pdf" else ""
        number = f"para. {paragraph.number.strip('.')}" if paragraph.number else ""
        items.append(
            Record(
                id=str(len(items) + 1),
                text=text,
                state=options.state,
                mechanism=SUBMISSION,
                heading=heading,
                row=", ".join(part for part in (number, page) if part),
            )
        )
    return Submission(document.name, "submission", tuple(items), silent=silent)


def _announced(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str, bool]]:
    """Yield each paragraph of text, the heading above it, and whether it is announced as an ask."""
    heading, level, under, listed = "", 0, False, False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if paragraph.heading or _is_heading(text):
            announces = bool(_words().headings.search(text))
            if not (under and paragraph.heading > level) or _words().ends.match(text):
                under, level = announces, paragraph.heading
            heading, listed = text, False
            continue
        in_list = _is_bullet(paragraph) or bool(paragraph.number)
        leads = text.endswith(":")
        listed = listed and (in_list or text[:1].islower() or text.endswith(";")) and not leads
        if leads and (under or _words().leads.search(text)):
            listed = True
            continue
        yield paragraph, heading, under or listed


def _is_bullet(paragraph: Paragraph) -> bool:
    return bool(_BULLET.match(paragraph.text)) or "list" in paragraph.style.casefold()


def _is_heading(text: str) -> bool:
    """Whether a line announces recommendations though its format does not say it is a heading."""
    return bool(_words().headings.fullmatch(text.rstrip(": ")))


def _asks_for(text: str, announced: bool) -> bool:
    if len(text.split()) < _LEAST_WORDS or not _LETTER.search(text):
        return False
    if announced or not any(part.role == "ask" for part in cut(text)):
        return announced
    return begins_ask(text) or bool(_words().leads.search(text))


@dataclass(frozen=True, slots=True)
class _Words:
    headings: re.Pattern[str]
    ends: re.Pattern[str]
    leads: re.Pattern[str]


@remembered()
def _words() -> _Words:
    """Read data/vocabularies/submissions.yaml."""
    return _Words(**patterns_of("submissions.yaml"))
