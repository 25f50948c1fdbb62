"""How documents cite a record, so that its reader finds it: the original before a compilation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linker.i18n.messages import tr
from linker.records.importers.own_matrix import SOURCE, SOURCE_PARTS
from linker.records.quoted import mandate
from linker.records.record import COMPILATIONS, Record
from linker.vocabulary.official import official_name, official_state
from linker.vocabulary.states import state_code
from linker.vocabulary.text import clipped

SHORT_TEXT = 60
"""Characters of a text that stand for its number where the source gives none."""


def reference(record: Record) -> str:
    """Return symbol and paragraph, or how else a record is cited in a line of its own.

    The body stands before a symbol that does not begin with it: "CESCR E/C.12/KEN/CO/5, para. 9".
    """
    compiled = record.symbol.startswith(COMPILATIONS) and not record.cites
    if record.mechanism == "SP" and (spoke := mandate(record.text)):
        place = (
            tr("in {symbol}, para. {paragraph}", symbol=record.symbol, paragraph=record.paragraph)
            if compiled
            else record.label
        )
        return f"{spoke}, {place}"
    says_who = compiled or record.cites or not record.symbol
    if record.body == record.mechanism or says_who or record.symbol.startswith(record.body):
        return record.label
    return f"{record.body} {record.label}"


def number(record: Record) -> str:
    """Return what a row starts with: the paragraph of a UPR record, else the reference.

    Without a paragraph number the recommending States are its name: "UPR cycle 2 (Denmark)".
    """
    if not record.is_cyclic:
        return reference(record)
    if not record.paragraph:
        return record.label
    if not record.cycle:
        return record.paragraph
    return tr("{listed} (cycle {cycle})", listed=record.paragraph, cycle=record.cycle)


def numbers(records: Iterable[Record]) -> list[str]:
    """Return records by number, those of one document together: "140.1, 140.6 (cycle 4)"."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        cyclic, document = record.is_cyclic, (record.body, record.symbol)
        key = (cyclic, record.cycle) if cyclic else (cyclic, *document)
        groups.setdefault(key, []).append(record)
    return [_together(several) for several in groups.values()]


def _together(records: Sequence[Record]) -> str:
    first = records[0]
    if len(records) == 1 or any(not record.paragraph for record in records):
        return "; ".join(name(r) if r.is_cyclic else r.label for r in records)
    listed = ", ".join(dict.fromkeys(record.paragraph for record in records))
    if not first.is_cyclic:
        return f"{first.label}, {', '.join(r.paragraph for r in records[1:])}"
    if not first.cycle:
        return listed
    return tr("{listed} (cycle {cycle})", listed=listed, cycle=first.cycle)


def bare(record: Record) -> str:
    """Return a record's number alone, where its document is said beside; else how it is named."""
    return record.paragraph or name(record)


def name(record: Record) -> str:
    """Return how a record is named where its text does not stand beside: a number, or its words."""
    if not record.is_cyclic or record.paragraph:
        return number(record)
    return f"{record.label}: “{clipped(record.text, SHORT_TEXT)}”"


def quoted(record: Record) -> str:
    """Return a record as a text quotes it: its words, where they stand, who asked and when.

    ``“Ratify …” (A/HRC/41/15, para. 132.4; UPR cycle 3, 2019, Austria, Norway; supported)``
    """
    place = reference(record)
    when = [str(record.year) if record.year and not record.is_quoted else ""]
    if record.is_cyclic and record.symbol and record.paragraph and not record.cites:
        place = tr("{cited}, para. {paragraph}", cited=record.symbol, paragraph=record.paragraph)
        review = official_name(record.mechanism)
        cycle = tr("{review} cycle {cycle}", review=review, cycle=record.cycle)
        when = [cycle if record.cycle else review, *when]
        when += map(official_state, record.recommending_states)
    asked = ", ".join(filter(None, when))
    said = "; ".join(filter(None, (place, asked, official_name(record.position))))
    return tr("“{text}” ({source})", text=" ".join(record.text.split()), source=said)


def provenance(record: Record, named: bool = False, position: bool = False) -> str:
    """Return the line that says where a record stands, so that a matrix can be read back.

    ``Source: A/HRC/41/XVM, para. 132.4, UPR cycle 3, session 47, 2024, id …``; what is not known
    is left out, and the id where symbol and paragraph give it anyway.

    Args:
        record: the record.
        named: whether records of other mechanisms than the UPR get such a line too.
        position: whether the State's position is said here, for it stands nowhere else.
    """
    if not record.is_cyclic and not named:
        return ""
    by = [s for s in record.recommending_states if state_code(s) != s]
    body = official_name(record.mechanism) if record.is_cyclic else record.body or record.mechanism
    said = {
        "symbol": record.symbol,
        "paragraph": record.paragraph,
        "cycle": record.cycle if record.is_cyclic else "",
        "body": "" if record.is_cyclic and record.cycle else body,
        "session": record.session,
        "year": str(record.year or ""),
        "position": official_name(record.position) if position else "",
        "position_source": record.position_source,
        "cites": record.cites,
        "recommended_by": "; ".join(by),
        "id": record.id if record.id != f"{record.symbol}#{record.paragraph}" else "",
    }
    parts = (tr(SOURCE_PARTS[name], value=value) for name, value in said.items() if value)
    return tr(SOURCE) + ", ".join(parts)
