"""Records in the shape of the Universal Human Rights Index, as its JSON export has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from linker.documents.inputs import Options, Source
from linker.documents.selection import newest_records
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.states import state_name

TYPES = {"observation": "- Concerns/Observations", "recommendation": "- Recommendations"}


def write_uhri_json(source: Source, options: Options, path: Path) -> None:
    """Write an array of annotations; what UHRI keeps and no record says is left empty."""
    records = newest_records(source, options)
    text = json.dumps([annotation(record) for record in records], ensure_ascii=False, indent=1)
    path.write_bytes((text + "\n").encode("utf-8", errors="replace"))


def annotation(record: Record) -> dict[str, Any]:
    """Return a record under UHRI's keys."""
    extra, cyclic = dict(record.extra), record.is_cyclic
    by = [state_name(state) for state in record.recommending_states]
    return {
        "AffectedPersons": [*record.groups],
        "AnnotationId": extra.get("annotation_id") or str(uuid5(NAMESPACE_URL, record.id)),
        "AnnotationType": TYPES.get(record.kind, TYPES["recommendation"]),
        "Body": f"- {record.body or mechanism(record.mechanism).short}",
        "Countries": [state_name(record.state)] if record.state else [],
        "DocumentId": extra.get("document_id", ""),
        "PublicationDate": f"{record.date}T00:00:00"
        if len(record.date) == len("2025-02-12")
        else (record.date or str(record.year or "")),
        "PublicationDateOnUhri": extra.get("published_on_uhri", ""),
        "Regions": [],
        "Sdgs": [_sdg(code) for code in record.sdgs],
        "Symbol": record.symbol,
        "Text": _text(record, by),
        "Themes": [*record.themes],
        "UprCycle": record.cycle if cyclic and record.cycle else None,
        "UprPositions": [record.position.capitalize()] if record.position else [],
        "UprRecommendingCountry": by,
        "UprRecommendingRegions": [],
        "UprSession": [record.session] if cyclic and record.session else [],
    }


def _text(record: Record, by: list[str]) -> str:
    """Return the text as UHRI prints it: with its number before and, of the UPR, who after."""
    number = f"{record.paragraph}. " if record.paragraph and not record.is_cyclic else ""
    number = f"{record.paragraph} " if record.paragraph and record.is_cyclic else number
    after = f" ({'; '.join(by)});" if record.is_cyclic and by else ""
    return f"{number}{record.text}{after}"


def _sdg(code: str) -> str:
    return f"{code} - {framework()[code].title}" if code in framework() else code
