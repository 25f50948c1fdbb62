"""Decisions that people made in a review sheet, read back by id, with conflicts shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from linker.documents.judging import seen_of
from linker.documents.review_reading import LIMITS, JudgedRow, read_review
from linker.errors import LinkerError
from linker.records.importers.apart import made_apart
from linker.review.decisions import OLD_VERDICTS, VERDICTS, Decision

if TYPE_CHECKING:
    from linker.workspace.workspace import Linker

WrittenT = TypeVar("WrittenT")
WORDS = {verdict: verdict for verdict in VERDICTS if verdict != "undo"} | OLD_VERDICTS
"""What a cell may say, and what it means."""


@dataclass(frozen=True)
class ReviewImport(Generic[WrittenT]):
    """What became of a review sheet.

    Attributes:
        name: of the file.
        written: the decisions that were written.
        conflicts: rows whose cluster or link was judged otherwise, or changed, since the sheet was
            written: the place, id, what the sheet says and what stands, in words.
        refused: rows that say what is no decision, or of which nothing is known, in words.
    """

    name: str
    written: tuple[WrittenT, ...]
    conflicts: tuple[str, ...]
    refused: tuple[str, ...]

    def __str__(self) -> str:
        """Return what to print: numbers, then every conflict and everything refused."""
        lines = [
            f"{self.name}: {len(self.written)} decisions written, {len(self.conflicts)} conflicts "
            f"left as they are here, {len(self.refused)} rows refused"
        ]
        lines += [f"  conflict: {conflict}" for conflict in self.conflicts]
        return "\n".join([*lines, *(f"  refused: {refusal}" for refusal in self.refused)])


def import_review(
    linker: Linker, path: Path, reviewer: str, theirs: bool = False
) -> ReviewImport[Decision]:
    """Write what a review sheet changes; what others decided since is listed, never overwritten.

    Args:
        linker: the workspace.
        path: the XLSX file that ``export("review", …)`` wrote.
        reviewer: in whose name.
        theirs: of a conflict, take what the sheet says.

    Raises:
        ImportRefused: it is no such sheet.
        LinkerError: no reviewer's name, or the acting person may not decide.
    """
    rows = made_apart(read_review, path, limits=LIMITS, classes=(JudgedRow,))
    words = linker.store.log().standing
    held = {cluster.cluster_id: seen_of(cluster) for cluster in linker.clusters()}
    written, conflicts, refused = [], [], []
    for row in rows:
        if row.verdict == row.base or not row.verdict:
            continue
        if row.verdict not in WORDS:
            known = ", ".join(v for v in VERDICTS if v != "undo")
            refused.append(f"{row.place}, {row.key}: {row.verdict!r} is no decision. Use: {known}.")
            continue
        if (against := _against(row, words, held)) and not theirs:
            conflicts.append(against)
        elif WORDS[row.verdict] != _now(row, words):
            try:
                written.append(linker.decide(row.key, WORDS[row.verdict], reviewer, row.note))
            except LinkerError as error:
                refused.append(f"{row.place}, {row.key}: {error}")
    return ReviewImport(path.name, tuple(written), tuple(conflicts), tuple(refused))


def _now(row: JudgedRow, words: Mapping[str, Decision]) -> str:
    return words[row.key].verdict if row.key in words else ""


def _against(row: JudgedRow, words: Mapping[str, Decision], held: Mapping[str, str]) -> str:
    """Return what changed since the sheet was written and says otherwise; empty for nothing."""
    now = _now(row, words)
    if now not in (row.base, WORDS[row.verdict]):
        who = words[row.key].reviewer if row.key in words else "nobody"
        return f"{row.place}, {row.key}: the sheet says {row.verdict}, here it is {now} ({who})"
    if row.seen and row.key in held and held[row.key] != row.seen:
        return f"{row.place}, {row.key}: the sheet says {row.verdict}, but its asks have changed"
    return ""
