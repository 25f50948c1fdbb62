"""The follow-up report on a committee's concluding observations, or on all but the UPR.

Paragraphs on which a committee wants information sooner are those that another paragraph of their
document names, or that people marked in a column of their own of the plan; its grade of what was
done (A to E, as committees use them) is such a column too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linker.documents.citation import reference
from linker.documents.converging import Converging, both_ways
from linker.documents.inputs import Options, Source, natural, state_records
from linker.documents.matrix import Row, make_row
from linker.documents.selection import chosen_records
from linker.documents.shown_links import sdg_refs, shown_convergences
from linker.i18n.messages import in_every_language, tr, tr_later
from linker.plan.entries import FIELDS, PlanEntry
from linker.records.record import Record
from linker.vocabulary.bodies import body_name
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import english_name, official_name

FOLLOW_UP, GRADE = tr_later("Follow-up"), tr_later("Grade")
"""Titles of the columns of one's own in the plan that hold a mark (yes) and a grade (A to E)."""
GRADES: Mapping[str, str] = {
    "A": tr_later("largely satisfactory"),
    "B": tr_later("partially satisfactory"),
    "C": tr_later("not satisfactory"),
    "D": tr_later("no cooperation"),
    "E": tr_later("contrary to the recommendation"),
}
"""What the grades of committees' follow-up procedures say (CCPR/C/161)."""
_WANTED = re.compile(
    r"(?:follow[- ]?up|within (?:one|two|1|2) years?|by \d{1,2} \w+ \d{4})"
    r"(?:(?!\. [A-Z]).){0,240}?paragraphs? (?P<listed>\d[\d\s,()a-z]*(?:and \d[\d\s()a-z]*)?)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"\d+(?:\s*\([a-z]+\))?")


@dataclass(frozen=True)
class FollowupRow:
    """A paragraph with what asks the same and what was reported on it.

    Attributes:
        row: as the matrix has it; beneath it what other mechanisms ask, the UPR too.
        wanted: whether the committee wants information on it sooner.
        grade: the committee's grade, A to E; empty for none.
    """

    row: Row
    wanted: bool
    grade: str

    def to_row(self) -> dict[str, Any]:
        """Return the columns of CSV and JSON."""
        record, entry = self.row.record, self.row.entry
        return {
            "record_id": record.id,
            "body": record.body or record.mechanism,
            "document": document_of(record),
            "paragraph": record.paragraph,
            "reference": reference(record),
            "recommendation": record.text,
            "follow_up": self.wanted,
            "grade": self.grade,
            "converging": [f"{c.reference} [{c.mark.text}]" for c in self.row.converging],
            **{field: entry.value(field) for field in FIELDS},
        }


@dataclass(frozen=True)
class Followup:
    """The report on one body's concluding observations, or on those of all.

    Attributes:
        source: what it was made from.
        body: code of the body; empty for all.
        documents: symbols with their paragraphs, body by body, the newest document first.
    """

    source: Source
    body: str
    documents: tuple[tuple[str, tuple[FollowupRow, ...]], ...]

    @property
    def title(self) -> str:
        """What it reports on."""
        if self.body:
            return tr("Follow-up report: {body}", body=official_name(body_name(self.body)))
        return tr("Follow-up report: treaty bodies and other mechanisms")

    def rows(self) -> Iterator[FollowupRow]:
        """Yield every paragraph."""
        for _, rows in self.documents:
            yield from rows

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each paragraph."""
        return [row.to_row() for row in self.rows()]


def followup(source: Source, options: Options | None = None) -> Followup:
    """Make the report of one body where the options name one, else of all but the UPR.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    options = options or Options()
    records = {r.id: r for r in state_records(source, Options(mechanisms=options.mechanisms))}
    own = [
        record
        for record in chosen_records(source, options)
        if not record.is_cyclic and (not options.bodies or record.body in options.bodies)
    ]
    beside, refs = _beside(source, options, records), sdg_refs(source, options)
    wanted = _wanted(own)
    found: dict[tuple[str, str], list[FollowupRow]] = {}
    for record in own:
        row = make_row(source, record, beside.get(record.id, ()), refs)
        said = english_name(_own(row.entry, FOLLOW_UP)).casefold()
        marked = said in ("yes", "x", "1", "true")
        grade = _own(row.entry, GRADE).upper()[:1]
        made = FollowupRow(row, record.id in wanted or marked, grade if grade in GRADES else "")
        found.setdefault((record.raised_by, document_of(record)), []).append(made)
    body = options.bodies[0] if len(options.bodies) == 1 else ""
    ordered = sorted(found, key=lambda key: _order(key, found[key]))
    documents = tuple((_named(*key), tuple(sorted(found[key], key=_place))) for key in ordered)
    return Followup(source, body, documents)


def _own(entry: PlanEntry, title: str) -> str:
    """Return what stands in a column of one's own, whatever language its title is in."""
    titles = {said.casefold() for said in in_every_language(title)}
    return next((value.strip() for name, value in entry.own if name.casefold() in titles), "")


def document_of(record: Record) -> str:
    """Return the document that a record is cited from: the original, where it names one."""
    cited = record.cites.split("; ")[0] if record.cites else ""
    return re.split(r",? paras?\. ?", cited)[0] or record.symbol


def _named(body: str, document: str) -> str:
    return document if document.startswith(body) else " ".join(filter(None, (body, document)))


def _order(key: tuple[str, str], rows: Sequence[FollowupRow]) -> tuple[object, ...]:
    record = rows[0].row.record
    newest = max((row.row.record.year or 0 for row in rows), default=0)
    return (mechanism(record.mechanism).place, key[0], -newest, key[1])


def _place(row: FollowupRow) -> tuple[object, ...]:
    return (natural(row.row.record.paragraph), row.row.record.id)


def _wanted(records: Iterable[Record]) -> set[str]:
    """Return the ids of paragraphs that another paragraph of their document asks about sooner."""
    places: dict[tuple[str, str], list[str]] = {}
    named: set[tuple[str, str]] = set()
    for record in records:
        places.setdefault((document_of(record), record.paragraph), []).append(record.id)
        for match in _WANTED.finditer(record.text):
            numbers = (re.sub(r"\s+", " ", n) for n in _NUMBER.findall(match["listed"]))
            named |= {(document_of(record), number) for number in numbers}
    return {key for place in named for key in places.get(place, ())}


def _beside(
    source: Source, options: Options, records: Mapping[str, Record]
) -> dict[str, list[Converging]]:
    """Return what asks the same as each record, whoever asks."""
    found: dict[str, list[Converging]] = {}
    for item in shown_convergences(source, options):
        for head, one in both_ways(item, records):
            made = replace(one, reiteration=item.link.reiteration)
            found.setdefault(head.id, []).append(made)
    return found
