"""Reports of special procedures and regional bodies: paragraphs that recommend, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.endnotes import with_notes
from linker.records.importers.un.found import Found, tell_silent
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.numbered import Numbered, numbered_paragraphs
from linker.records.importers.un.titled import with_headings
from linker.records.importers.un.word_lists import patterns_of
from linker.vocabulary.bodies import body_rows
from linker.vocabulary.files import remembered

_CONTINUED = re.compile(r"\n(?!\()")
_LEAD = re.compile(r":\W{0,3}$")


@dataclass(frozen=True, slots=True)
class Wordings:
    """One pattern a list of data/vocabularies/un_reports.yaml."""

    recommendations: re.Pattern[str]
    mixed: re.Pattern[str]
    recommends: re.Pattern[str]
    in_chapter: re.Pattern[str]
    addressed_heading: re.Pattern[str]
    addressed: re.Pattern[str]
    annexes: re.Pattern[str]
    observations: re.Pattern[str]
    gerund: re.Pattern[str]
    mandate: re.Pattern[str]


@remembered()
def wordings() -> Wordings:
    """Read data/vocabularies/un_reports.yaml."""
    return Wordings(**patterns_of("un_reports.yaml", cased=("gerund",)))


@dataclass(frozen=True, slots=True)
class Recommending:
    """A numbered paragraph that recommends.

    Attributes:
        paragraph: the paragraph.
        addressee: whom it is addressed to, as said; empty where it is not said.
    """

    paragraph: Numbered
    addressee: str


def recommending(document: Document) -> tuple[list[Recommending], list[Numbered]]:
    """Return the numbered paragraphs that recommend, and the others.

    Where a chapter is headed as recommendations, only its paragraphs are looked at; in one that
    only recommends each does, but for those that introduce the next ones. Where no chapter is
    headed so, every paragraph is looked at.
    """
    whole = with_notes(document)
    paragraphs = list(_without_annexes(list(with_headings(whole.paragraphs))))
    chapter = [one for one in paragraphs if _in_chapter(one)]
    found: list[Recommending] = []
    others: list[Numbered] = []
    lead = ""
    headings: tuple[str, ...] = ()
    for one in paragraphs:
        if one.headings != headings:
            lead, headings = "", one.headings
        if _LEAD.search(one.text) and "\n" not in one.text:
            lead = _addressee(one.text)
            others.append(one)
        elif (not chapter or _in_chapter(one)) and _recommends(one):
            found.append(Recommending(one, _of_headings(one) or _addressee(one.text) or lead))
        else:
            others.append(one)
    return found, others


def _without_annexes(paragraphs: Sequence[Paragraph]) -> Iterator[Numbered]:
    for one in numbered_paragraphs(paragraphs):
        if any(wordings().annexes.search(heading) for heading in one.headings):
            return
        yield one


def _in_chapter(one: Numbered) -> bool:
    return any(wordings().recommendations.search(heading) for heading in one.headings)


def _recommends(one: Numbered) -> bool:
    known = wordings()
    if known.recommends.search(one.text):
        return True
    nearest = [heading for heading in one.headings if known.recommendations.search(heading)]
    if not nearest:
        return False
    below = one.headings[one.headings.index(nearest[-1]) + 1 :]
    mixed = bool(known.mixed.search(nearest[-1])) and not any(
        known.addressed_heading.search(heading) for heading in below
    )
    return not mixed or bool(known.in_chapter.search(one.text))


def _of_headings(one: Numbered) -> str:
    for heading in reversed(one.headings):
        if match := wordings().addressed_heading.search(heading):
            return heading[match.end() :].strip()
    return ""


def _addressee(text: str) -> str:
    match = wordings().addressed.search(text.split("\n", 1)[0])
    return next((group for group in match.groups() if group), "").strip() if match else ""


def _found(one: Recommending, **more: str) -> Found:
    paragraph = one.paragraph
    nearest = paragraph.headings[-1] if paragraph.headings else ""
    theme = "" if wordings().recommendations.search(nearest) else paragraph.theme
    theme = "" if wordings().addressed_heading.search(theme) else theme
    values: dict[str, str | tuple[str, ...]] = {
        "text": _CONTINUED.sub(" ", paragraph.text),
        "paragraph": paragraph.number,
        "heading": nearest,
        "themes": (theme,) if theme else (),
        "kind": "recommendation",
        **({"body": more["body"]} if more.get("body") else {}),
    }
    beside = {"addressee": one.addressee, "mandate": more.get("mandate", "")}
    extra = tuple((name, value) for name, value in beside.items() if value)
    place = f"para. {paragraph.number}" + (f", page {paragraph.page}" if paragraph.page else "")
    return Found(values, place, extra)


class SpecialProceduresReport:
    """Recommendations of a special procedure's report on a country, each with its addressee."""

    kind = "special_procedures_report"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield the paragraphs of the recommendations; the others are told."""
        found, others = recommending(document)
        mandate = wordings().mandate.search(front.title)
        named = " ".join(mandate[0].split()) if mandate else ""
        for one in found:
            yield _found(one, mandate=named)
        tell_silent([one.number for one in others], notes)


class RegionalReport:
    """Recommendations of a regional body's report, by its numbered paragraphs."""

    kind = "regional_report"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield the paragraphs that recommend; the others are told."""
        found, others = recommending(document)
        body = regional_body(front.title)
        for one in found:
            yield _found(one, body=body)
        tell_silent([one.number for one in others], notes)


def regional_body(title: str) -> str:
    """Return the code of the regional body that a title names first; the most telling name wins."""
    folded = " ".join(title.split()).casefold().replace("’", "'")
    named = [
        (-len(name), row["code"])
        for row in body_rows()
        if row["mechanism"] == "REG"
        for name in (row["name"], *row["other_names"].split(";"))
        if len(name) > 4 and name.casefold() in folded
    ]
    return min(named)[1] if named else ""
