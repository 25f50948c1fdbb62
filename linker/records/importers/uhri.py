"""One annotation of the Universal Human Rights Index, from JSON or XLSX alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linker.records.citing import Cited, paragraph_text, upr_text
from linker.records.ids import normalise_symbol, report_symbol
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Options, column_name
from linker.records.markup import plain_text
from linker.records.record import Record
from linker.vocabulary.bodies import body_code, body_of_symbol
from linker.vocabulary.text import clean_text, close_gaps

# The export's keys and headings, misspelt ones included, as `column_name` compares them.
_FIELDS = {
    "text": "text",
    "countries": "state",
    "countriesconcerned": "state",
    "body": "body",
    "reccomendingbody": "body",
    "recommendingbody": "body",
    "symbol": "symbol",
    "documentsymbol": "symbol",
    "themes": "themes",
    "affectedpersons": "groups",
    "sdgs": "sdgs",
    "annotationtype": "kind",
    "type": "kind",
    "date": "date",
    "publicationdate": "date",
    "documentpublicationdate": "date",
    "uprcycle": "cycle",
    "uprsession": "session",
    "uprpositions": "position",
    "uprposition": "position",
    "uprrecommendingcountry": "recommending_states",
    "uprrecommendingcountries": "recommending_states",
    "uprreccomendingstates": "recommending_states",
    "uprrecommendingstates": "recommending_states",
    "url": "source_url",
}
_EXTRA = {
    "annotationid": "annotation_id",
    "ohchrannotationid": "annotation_id",
    "id": "annotation_id",
    "documentid": "document_id",
    "publicationdateonuhri": "published_on_uhri",
    "dateofpublicationonuhri": "published_on_uhri",
}
_LISTS = ("state", "themes", "groups", "sdgs", "position", "recommending_states")
_SYMBOL_CHARS = 500
_OWN = frozenset(
    {
        "annotationid",
        "ohchrannotationid",
        "annotationtype",
        "reccomendingbody",
        "countriesconcerned",
    }
)


def is_uhri(names: frozenset[str]) -> bool:
    """Say whether these column names are those of a UHRI export."""
    return "text" in names and bool(_OWN & names)


def uhri_records(
    item: Mapping[str, object], row: str, notes: Notes, options: Options
) -> Iterator[Record]:
    """Yield the record of one annotation, one for each State it concerns.

    The State's regions are not kept: they follow from the State.
    """
    cells = {column_name(key): _strings(value) for key, value in item.items()}
    values: dict[str, str | tuple[str, ...]] = {}
    extra = []
    for key, strings in cells.items():
        if field := _FIELDS.get(key):
            values[field] = strings if field in _LISTS else "\n".join(strings)
        elif (name := _EXTRA.get(key)) and strings:
            extra.append((name, clean_text("; ".join(strings))))
    _part_text(values, extra, row, notes)
    yield from Draft(values, row, notes, options, extra=tuple(extra)).records()


def _strings(value: object) -> tuple[str, ...]:
    """Return the strings of a JSON value; in XLSX several stand in a cell, one a line."""
    if value is None:
        return ()
    if isinstance(value, str):
        several = value.lstrip().startswith("- ") and "\n" in value
        if not several:
            return (value,)
        return tuple(part.strip() for part in re.split(r"\n(?=[^\S\n]*- )", value))
    if isinstance(value, list):
        return tuple(str(part) for part in value if isinstance(part, str | int | float))
    return (str(value),) if isinstance(value, int | float) else ()


def _part_text(
    values: dict[str, str | tuple[str, ...]],
    extra: list[tuple[str, str]],
    row: str,
    notes: Notes,
) -> None:
    """Put clean text, paragraph, heading and recommending States in place of the raw text."""
    raw = str(values.get("text", ""))
    symbol = normalise_symbol(str(values.get("symbol", ""))[:_SYMBOL_CHARS])
    text = plain_text(raw)
    if text != raw:
        notes.repaired("HTML in the text", row=row, column="Text", reason="HTML was taken out")
    text, mended = close_gaps(clean_text(text))
    if mended:
        notes.repaired(
            "stray spaces",
            row=row,
            column="Text",
            reason=f"{mended} stray spaces were closed",
            times=mended,
        )
    is_upr = _mechanism(str(values.get("body", "")), symbol) == "UPR"
    cited: Cited = upr_text(text) if is_upr else paragraph_text(text)
    values.update(text=cited.text, paragraph=cited.paragraph, heading=cited.heading)
    if is_upr:
        if not values.get("recommending_states"):
            values["recommending_states"] = cited.recommending_states
        if report_symbol(symbol) != symbol:
            # Recommendations are numbered in the report; the addendum only holds the positions.
            values["position_source"] = symbol
            values["symbol"] = report_symbol(symbol)


def _mechanism(body: str, symbol: str) -> str:
    found = body_code(body.strip().removeprefix("- ")) or body_of_symbol(symbol)
    return found[1] if found else ""
