"""Reports of the UPR Working Group as records: one a numbered recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document
from linker.records.importers.un.found import Found
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.working_group import Report, read_report

_SHOWN = 600
_ENGLISH = re.compile(r"\breview\b|\bUnited\s+Nations\b", re.IGNORECASE)


class WorkingGroupReport:
    """Recommendations with number, recommending States, and position by what introduces them."""

    kind = "working_group_report"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield the recommendations; pledges and remarks are told."""
        report = read_report(document)
        for one in report.recommendations:
            values: dict[str, str | tuple[str, ...]] = {
                "text": one.text,
                "paragraph": one.number,
                "recommending_states": one.states,
                "position": one.said.position,
                "position_note": one.said.note,
                "position_source": front.symbol if one.said.position else "",
                "mechanism": "UPR",
                "body": "UPR",
                "kind": "recommendation",
                "language": "en" if _ENGLISH.search(front.title) else "",
            }
            yield Found(values, _place(one.number, one.page))
        _tell(report, notes)


def _place(number: str, page: int) -> str:
    return f"para. {number}, page {page}" if page else f"para. {number}"


def _tell(report: Report, notes: Notes) -> None:
    for number in report.empty:
        notes.refused(
            "no text",
            row=f"para. {number}",
            reason="nothing stands behind its number",
            remedy="Look it up in the document and correct the record or the file.",
        )
    for number, text in report.pledges:
        notes.pledge(f"para. {number}", text)
    for number, text in report.remarks:
        reason = f"para. {number}, no recommendation: {text[:_SHOWN]}"
        notes.told("remark of the State", row=f"para. {number}", reason=reason)
