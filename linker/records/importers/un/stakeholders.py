"""Summaries of stakeholders' submissions as records: one a paragraph that recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document
from linker.records.importers.un.endnotes import with_notes, without_ibid
from linker.records.importers.un.found import Found, tell_silent
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.numbered import Numbered, numbered_paragraphs
from linker.records.importers.un.speakers import NOTES_SAY, Memory, Said, recommended
from linker.records.importers.un.submitters import Submitters
from linker.records.importers.un.titled import in_one_line, with_headings

OTHER = "STK"


class StakeholderSummary:
    """What stakeholders recommend, and who they are."""

    kind = "stakeholder_summary"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield a record for each of those that recommend in a paragraph; others are told."""
        noted = with_notes(document)
        footnotes = without_ibid(noted.footnotes)
        voices, memory = Submitters(front.state, noted.footnotes), Memory()
        silent: list[str] = []
        for one in numbered_paragraphs(list(with_headings(noted.paragraphs))):
            text, marks = in_one_line(one)
            found = recommended(text, marks, voices, memory)
            if not found:
                silent.append(one.number)
            for number, said in enumerate(found, start=1):
                yield _found(one, said, voices, footnotes, front, number)
        tell_silent(silent, notes)


def _found(
    one: Numbered,
    said: Said,
    voices: Submitters,
    footnotes: Mapping[str, str],
    front: FrontPage,
    number: int,
) -> Found:
    quoted = " || ".join(footnotes[name] for name in said.notes if name in footnotes)
    who = said.who if said.who != (NOTES_SAY,) else voices.in_notes(quoted)
    heading = one.headings[-1] if one.headings else ""
    where = f"{front.symbol}, para. {one.number}" if front.symbol else f"para. {one.number}"
    values: dict[str, str | tuple[str, ...]] = {
        "text": said.text,
        "paragraph": one.number,
        "mechanism": "SUB",
        "body": _body(who, voices, one.headings),
        "heading": heading,
        "themes": (heading,) if heading else (),
        "kind": "recommendation",
        "cites": f"{' and '.join(who)} in {where}" if who else "",
    }
    if number > 1 and front.symbol:
        named = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(who)).strip("-")
        values["id"] = f"{front.symbol}#{one.number}/{named or number}"
    beside = {"submitted_by": "; ".join(voices.full(name) for name in who), "footnotes": quoted}
    extra = tuple((name, value) for name, value in beside.items() if value)
    place = f"para. {one.number}" + (f", page {one.page}" if one.page else "")
    return Found(values, place, extra)


def _body(who: Sequence[str], voices: Submitters, headings: Sequence[str]) -> str:
    """Return the one body that all of them are, else that of other stakeholders."""
    bodies = {voices.body(name, headings) for name in who}
    return bodies.pop() if len(bodies) == 1 else OTHER
