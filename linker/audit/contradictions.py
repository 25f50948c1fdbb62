"""Tags that a text does not bear out: "Reservations" on a record that speaks of no reservation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from linker.audit.finding import Finding, make_finding
from linker.audit.local import local_words
from linker.audit.tags import FIELDS, Reading, Tag, known_tags, speaks_for_itself, tags
from linker.records.record import Record

KIND = "tag without words"
SHORTEST = 6
"""Words a text needs before its silence says anything."""
MANY = 0.2
"""Share of a tag's records from which the tag as a whole is not to be relied on."""
FEWEST_TO_DISTRUST = 4

Flagged = list[tuple[Record, str]]


def contradictions(
    records: Sequence[Record], readings: Sequence[Reading], english: Sequence[bool]
) -> Iterator[Finding]:
    """Yield a finding for each tag that often stands on records which never speak of it.

    Tags that seldom do are told together, one finding for themes, groups and SDGs each. Only tags
    of data/vocabularies/tag_words.yaml are judged, only on English texts that speak for themselves.

    Args:
        records: all records.
        readings: of each record.
        english: whether each text is in English.
    """
    carried: Counter[Tag] = Counter()
    judged: list[tuple[Reading, Tag, bool]] = []
    for record, reading, readable in zip(records, readings, english, strict=True):
        held = sorted(tag for tag in tags(record) if tag in known_tags())
        carried.update(held)
        if held and readable and speaks_for_itself(record, SHORTEST):
            judged += [(reading, tag, reading.bears_out(tag)) for tag in held]
    here = local_words(readings, judged)
    silent: dict[Tag, Flagged] = defaultdict(list)
    for reading, tag, borne_out in judged:
        if not borne_out and not reading.stems() & here[tag]:
            silent[tag].append((reading.record, ""))
    yield from _findings(silent, carried)


def _findings(silent: dict[Tag, Flagged], carried: Counter[Tag]) -> Iterator[Finding]:
    seldom: dict[str, Flagged] = defaultdict(list)
    for tag, flagged in sorted(silent.items()):
        if len(flagged) >= max(FEWEST_TO_DISTRUST, MANY * carried[tag]):
            yield make_finding(
                KIND,
                "distrust",
                f"{tag} on records that do not speak of it",
                flagged,
                carried[tag],
                "records with this tag",
                "None of the words that go with this tag stand in these texts.",
                "Do not filter or count by this tag before a person has gone through it.",
            )
        else:
            seldom[tag.field] += [(record, str(tag)) for record, _ in flagged]
    for field, pairs in seldom.items():
        yield make_finding(
            KIND,
            "check",
            f"{FIELDS[field]} tags that single records do not speak of",
            pairs,
            sum(count for tag, count in carried.items() if tag.field == field),
            f"{FIELDS[field] if field == 'sdgs' else FIELDS[field].lower()} tags",
            "None of the words that go with the tag stand in the text; the tag is sound elsewhere.",
            "Read these records, and take the tag off where it does not fit.",
        )
