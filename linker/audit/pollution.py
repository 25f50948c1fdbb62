"""Tags on an implausible share of a year's or a document's records.

In the Universal Human Rights Index the theme "Reservations" sits on 87 % of the records of 2011.
A high share alone proves nothing: a year with only CEDAW's document is all about women. A share is
implausible when it is also far above that of the other records, and most texts do not bear the tag
out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from linker.audit.finding import Finding, make_finding, percent
from linker.audit.tags import Reading, Tag, known_tags, tags
from linker.convergence.candidates import document
from linker.records.record import Record

KIND = "tag on too many records"
FEWEST = 20
"""Records a year or document needs, and half as many with the tag."""
SHARE = 0.25
"""Share of the records from which a tag is looked at; `SHARE_UNKNOWN` without a vocabulary."""
SHARE_UNKNOWN = 0.5
TIMES = 3.0
"""How many times the share elsewhere it must be."""
SILENT = 0.6
"""Share of the tagged texts that must not bear the tag out."""
ELSEWHERE = 50
"""Other records needed to compare with; with fewer, the texts alone decide."""

Place = Callable[[Record], str]


@dataclass(frozen=True, slots=True)
class _Shares:
    """How many records, by place and by place and tag."""

    records: Counter[str]
    tagged: Counter[tuple[str, Tag]]
    everywhere: Counter[Tag]

    @classmethod
    def of(cls, records: Sequence[Record], place: Place) -> _Shares:
        counts = cls(Counter(), Counter(), Counter())
        for record in records:
            here = place(record)
            counts.records[here] += 1
            for tag in tags(record):
                counts.tagged[here, tag] += 1
                counts.everywhere[tag] += 1
        return counts

    def elsewhere(self, here: str, tag: Tag) -> tuple[int, float]:
        """Return how many other records there are, and the share of them with the tag."""
        others = self.records.total() - self.records[here]
        tagged = self.everywhere[tag] - self.tagged[here, tag]
        return others, tagged / others if others else 0.0

    def suspects(self) -> list[tuple[str, Tag]]:
        """Return the places and tags whose share is far too high."""
        return sorted(key for key in self.tagged if self._stands_out(*key))

    def _stands_out(self, here: str, tag: Tag) -> bool:
        records, tagged = self.records[here], self.tagged[here, tag]
        if not here or records < FEWEST or tagged < FEWEST // 2:
            return False
        others, share_elsewhere = self.elsewhere(here, tag)
        enough = SHARE if tag in known_tags() else SHARE_UNKNOWN
        if tagged / records < enough:
            return False
        return others < ELSEWHERE or tagged / records >= TIMES * share_elsewhere


def pollution(
    records: Sequence[Record], readings: Sequence[Reading], english: Sequence[bool]
) -> Iterator[Finding]:
    """Yield a finding for each tag on an implausible share of a year, then of a document.

    Args:
        records: all records.
        readings: of each record.
        english: whether each text is in English; others are left out of the count of texts.
    """
    seen: dict[Tag, set[str]] = defaultdict(set)
    for place in (_year, _document):
        shares = _Shares.of(records, place)
        suspects = shares.suspects()
        members = _members(records, place, suspects)
        for here, tag in suspects:
            rows = members[here, tag]
            if not _silent(rows, tag, readings, english):
                continue
            if not seen[tag].issuperset(records[row].id for row in rows):
                seen[tag].update(records[row].id for row in rows)
                yield _finding(here, tag, [records[row] for row in rows], shares)


def _year(record: Record) -> str:
    return str(record.year or "")


def _document(record: Record) -> str:
    """Name the document: symbol, or review and State; empty where neither is known."""
    if record.symbol and ";" not in record.symbol:
        return record.symbol
    body, edition = document(record)[1:]
    return f"{body} {edition}, {record.state}" if edition else ""


def _members(
    records: Sequence[Record], place: Place, suspects: Sequence[tuple[str, Tag]]
) -> dict[tuple[str, Tag], list[int]]:
    members: dict[tuple[str, Tag], list[int]] = {key: [] for key in suspects}
    wanted = {tag for _, tag in suspects}
    for row, record in enumerate(records if wanted else ()):
        for tag in tags(record) & wanted:
            if (place(record), tag) in members:
                members[place(record), tag].append(row)
    return members


def _silent(
    rows: Sequence[int], tag: Tag, readings: Sequence[Reading], english: Sequence[bool]
) -> bool:
    judged = [readings[row].bears_out(tag) for row in rows if english[row]]
    return len(judged) >= FEWEST // 2 and judged.count(False) >= SILENT * len(judged)


def _finding(here: str, tag: Tag, flagged: list[Record], shares: _Shares) -> Finding:
    others, share = shares.elsewhere(here, tag)
    beside = f"Elsewhere it is on {percent(share)} of the records, and most" if others else "Most"
    return make_finding(
        KIND,
        "distrust",
        f"{tag} on too many records of {here}",
        [(record, "") for record in flagged],
        shares.records[here],
        f"records of {here}",
        f"{beside} of these texts do not speak of it: it seems to have been given to all alike.",
        f"Leave this tag out when you filter or count the records of {here}.",
    )
