"""Runs every check on some records and puts what they found in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from linker.audit.contradictions import contradictions
from linker.audit.cut_text import cut_text
from linker.audit.dates import dates
from linker.audit.duplicates import duplicates
from linker.audit.finding import KINDS, SEVERITIES, Audit, Finding
from linker.audit.language import languages
from linker.audit.no_ask import no_ask
from linker.audit.pollution import pollution
from linker.audit.positions import positions
from linker.audit.sources import told_by_sources
from linker.audit.symbols import symbols
from linker.audit.tags import Reading
from linker.records.record import Record
from linker.records.working_out import Contradiction
from linker.vocabulary.spoken import ENGLISH, NOT_TOLD, spoken

_SEVERITY = {severity: place for place, severity in enumerate(SEVERITIES)}
_KIND = {kind: place for place, kind in enumerate(KINDS)}


def audit(
    records: Iterable[Record],
    today: datetime.date | None = None,
    contradicted: Iterable[Contradiction] = (),
) -> Audit:
    """Find what not to trust in the labels and texts of records.

    The order of the records does not matter. Nothing is changed.

    Args:
        records: all that belong together: a State, or a whole workspace. A tag is held against
            its share in other years and documents, so more records make a better audit.
        today: the date now, by which dates lie in the future; this machine's unless given.
        contradicted: what their sources say against one another.
    """
    ordered = sorted(records, key=lambda record: record.id)
    now = today or datetime.date.today()
    told = [spoken(record.text) for record in ordered]
    english = [language in (NOT_TOLD, ENGLISH) for language in told]
    readings = [Reading(record) for record in ordered]
    findings = [
        *pollution(ordered, readings, english),
        *contradictions(ordered, readings, english),
        *told_by_sources(ordered, contradicted),
        *positions(ordered, now.year),
        *duplicates(ordered),
        *cut_text(ordered, english),
        *dates(ordered, now),
        *symbols(ordered),
        *languages(ordered, told),
        *no_ask(ordered, english),
    ]
    return Audit(len(ordered), tuple(sorted(findings, key=_gravest_first)))


def _gravest_first(finding: Finding) -> tuple[int, int, int, str]:
    place = _KIND[finding.kind]
    return _SEVERITY[finding.severity], place, -finding.count, finding.title
