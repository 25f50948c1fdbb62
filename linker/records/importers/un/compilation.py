"""UN compilations for the UPR as records: one a paragraph, and a body, that recommends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document
from linker.records.importers.un.endnotes import with_notes, without_ibid
from linker.records.importers.un.found import Found, tell_silent
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.numbered import Numbered, numbered_paragraphs
from linker.records.importers.un.speakers import NOTES_SAY, Memory, Said, recommended
from linker.records.importers.un.summaries import is_state, words
from linker.records.importers.un.titled import in_one_line, with_headings
from linker.records.quoted import cited_bodies, is_document_of
from linker.vocabulary.bodies import body_rows

UN_ENTITY = "UN entities"
"""What stands for the body of a part of the United Nations that submits information of its own."""


class Bodies:
    """Knows treaty bodies, special procedures and parts of the United Nations by their names."""

    def __init__(self, state: str) -> None:
        """Keep the code of the State under review."""
        self._state = state

    def is_state(self, subject: str) -> bool:
        """Say whether a subject is the State under review."""
        return is_state(subject, self._state)

    def named(self, subject: str) -> tuple[str, ...]:
        """Return their codes, or the names of parts of the United Nations, in order of place."""
        known = words()
        found = {
            m.start(): known.bodies[m[0].casefold().replace("’", "'")]
            for m in known.body_names.finditer(subject)
        }
        found |= {m.start(): "SP" for m in known.mandates.finditer(subject)}
        for pattern, called in known.entities:
            found |= {m.start(): called for m in pattern.finditer(subject)}
        return tuple(dict.fromkeys(found[place] for place in sorted(found)))

    def again(self, subject: str, last: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        """Return who "the same Committee", "She" or "It" is."""
        known = words()
        if known.same_committee.search(subject):
            return _last(last, set(known.bodies.values()))
        if known.same_mandate.search(subject):
            return _last(last, {"SP"})
        return (last[-1] if last else None) if known.same.search(subject) else None


def _last(spoke: Sequence[tuple[str, ...]], codes: set[str]) -> tuple[str, ...] | None:
    return next((who for who in reversed(spoke) if codes.intersection(who)), None)


class Compilation:
    """What bodies recommend, with the original that the footnotes name."""

    kind = "un_compilation"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield a record a body of each paragraph that recommends; others are counted."""
        noted = with_notes(document)
        voices, memory = Bodies(front.state), Memory()
        said: list[tuple[Numbered, Said]] = []
        silent: list[str] = []
        for one in numbered_paragraphs(list(with_headings(noted.paragraphs))):
            text, marks = in_one_line(one)
            found = recommended(text, marks, voices, memory)
            said += [(one, each) for each in found]
            if not found:
                silent.append(one.number)
        tell_silent(silent, notes)
        footnotes = _resolved(noted.footnotes, [each for _, each in said])
        count: Counter[str] = Counter()
        for one, each in said:
            for who in _speakers(each, footnotes):
                count[one.number] += 1
                yield _found(one, each, who, footnotes, front, count[one.number])


def _resolved(footnotes: Mapping[str, str], said: Sequence[Said]) -> dict[str, str]:
    """Return the footnotes without "Ibid.": of several sources, that of the body that spoke."""
    spoke = {name: each.who for each in said for name in each.notes}
    return without_ibid(
        footnotes,
        lambda name, symbol: any(is_document_of(symbol, who) for who in spoke.get(name, ())),
    )


def _speakers(said: Said, footnotes: Mapping[str, str]) -> tuple[str, ...]:
    """Return who recommends, from the footnotes where the text names nobody."""
    if said.who != (NOTES_SAY,):
        return said.who
    quoted = " || ".join(footnotes.get(name, "") for name in said.notes)
    return cited_bodies(quoted) or ("",)


def _found(
    one: Numbered,
    said: Said,
    who: str,
    footnotes: Mapping[str, str],
    front: FrontPage,
    number: int,
) -> Found:
    body = next((row["code"] for row in body_rows() if row["code"] == who), "")
    mechanism = next((row["mechanism"] for row in body_rows() if row["code"] == body), "SUB")
    heading = one.headings[-1] if one.headings else ""
    where = f"{front.symbol}, para. {one.number}"
    values: dict[str, str | tuple[str, ...]] = {
        "text": said.text,
        "paragraph": one.number,
        "body": body or UN_ENTITY,
        "mechanism": mechanism,
        "heading": heading,
        "themes": (heading,) if heading else (),
        "kind": "recommendation",
    }
    if not body and who:
        values["cites"] = f"{who} in {where}"
    if number > 1 and front.symbol:
        values["id"] = f"{front.symbol}#{one.number}/{re.sub(r'[^A-Za-z0-9]+', '-', who) or 'UN'}"
    quoted = " || ".join(footnotes[name] for name in said.notes if name in footnotes)
    beside = {"footnotes": quoted, "submitted_by": "" if body else who}
    extra = tuple((name, value) for name, value in beside.items() if value)
    place = f"para. {one.number}" + (f", page {one.page}" if one.page else "")
    return Found(values, place, extra)
