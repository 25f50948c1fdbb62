"""The High Commissioner's letters after a review: what their observations recommend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.found import Found
from linker.records.importers.un.front_page import FrontPage, ordinal
from linker.records.importers.un.reports import wordings
from linker.vocabulary.said_dates import iso_date
from linker.vocabulary.text import clean_text

_ENDS = re.compile(r"[.;:!?][”\"’')]{0,2}$")
_ITEM = re.compile(r"[•·▪–-] ")
_PAGE = re.compile(r"\bPAGE ?\d{1,3}\b")
_SHOWN = 80
_HEAD = 15
_CYCLE = re.compile(r"\b([a-z]{4,8}|\d(?:st|nd|rd|th)) +cycle\b", re.I)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = re.compile(rf"\b(?:{_MONTHS}) +20\d\d\b")
_DAY = re.compile(rf"\b\d{{1,2}} +(?:{_MONTHS}) +20\d\d\b")


class HighCommissionersLetter:
    """Recommendations of OHCHR, one a paragraph of the observations; the covering letter none."""

    kind = "hc_letter"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield the paragraphs that recommend; the others are told."""
        known = wordings()
        head = _occasion(document.paragraphs)
        cites = "High Commissioner’s letter" + (
            f", UPR cycle {head['cycle']}" if head["cycle"] else ""
        )
        for place, text in enumerate(observations(document.paragraphs), start=1):
            if not (known.recommends.search(text) or known.gerund.search(text)):
                reason = f"recommends nothing, no record: {text[:_SHOWN]}"
                notes.told("recommends nothing", row=f"paragraph {place}", reason=reason)
                continue
            values: dict[str, str | tuple[str, ...]] = {
                "text": text,
                "mechanism": "SUB",
                "body": "OHCHR",
                "kind": "recommendation",
                "cites": cites,
                **head,
            }
            yield Found(values, f"paragraph {place} of the observations")


def _occasion(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """Return cycle of the review and date of the letter, empty where it does not say them."""
    whole = " ".join(one.text for one in paragraphs)
    cycle = next(filter(None, (ordinal(match[1]) for match in _CYCLE.finditer(whole))), "")
    last = [match[0] for one in paragraphs[-3:] for match in _MONTH.finditer(one.text)]
    day = _DAY.search(" ".join(one.text for one in paragraphs[:_HEAD]))
    date = iso_date(" ".join(day[0].split())) if day else iso_date(last[-1]) if last else ""
    return {"cycle": cycle, "date": date or ""}


def observations(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the paragraphs behind the covering letter, lines of a sentence joined again."""
    known = wordings()
    begins = next(
        (n for n, one in enumerate(paragraphs) if known.observations.search(one.printed)), -1
    )
    found: list[str] = []
    for one in paragraphs[begins + 1 :]:
        text = clean_text(_PAGE.sub(" ", one.printed)).replace("\n", " ")
        if not text:
            continue
        if found and not _ENDS.search(found[-1]) and not _ITEM.match(text):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found
