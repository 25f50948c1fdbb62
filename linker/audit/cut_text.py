"""Texts that look cut: by a cell that was too short, or between two parts of a paragraph."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from linker.audit.finding import EXCERPT, Example, Finding, Severity, make_finding, spread
from linker.audit.finding import excerpt as shortened
from linker.records.record import Record

KIND = "cut text"
LIMITS = (255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096, 8000, 8192, 32766, 32767)
"""Lengths at which databases and spreadsheets cut (a cell of Excel holds 32,767 characters)."""
PILED_UP = 5
"""Texts of the same length, none longer, from which a limit unknown to us is the cause."""
SHORTEST_LIMIT = 200
USUAL = 0.8
"""Share of a mechanism's texts with a full stop from which a missing one is odd."""

_STOP = re.compile(r"[.!?;:…][\"”’')\]]*\d{0,3}$")
_DANGLING = re.compile(
    r"(?:,|\w[-‐]|[/&(\[“]|(?<![\w'’])(?:and|or|the|an?|its|their|such as|as well as|including|"
    r"in order to|that|to the|on the|in the|of the|between|towards))$",
    re.IGNORECASE,
)
_MARKER = re.compile(r"(?:^|[\s;:,.])(?:[a-z]{1,4}|\d{1,2})\)$")
_FIRST = re.compile(
    r"(?:[,;:.)\]]|(?:and|or|of|which|who|whose|whom|as well as|including|than|because|therefore|"
    r"but|has|have|had|is|are|was|were)\b)"
)
_LIST_FOLLOWS = re.compile(r":[\"”’')\]]*$")


def cut_text(records: Sequence[Record], english: Sequence[bool]) -> Iterator[Finding]:
    """Yield texts that end or begin in the middle of something.

    Args:
        records: all records.
        english: whether each text is in English; words are looked at in these only.
    """
    stopped = _ends_with_stop(records)
    limits = _lengths(records)
    found: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record, readable in zip(records, english, strict=True):
        for sort, why in _signs(record, readable, limits, stopped):
            found[sort].append((record, why))
            break
    for sort, flagged in found.items():
        yield _finding(sort, flagged, len(records))


def _signs(
    record: Record, english: bool, limits: frozenset[int], stopped: frozenset[str]
) -> Iterator[tuple[str, str]]:
    text = record.text.strip()
    if len(text) in limits and not _STOP.search(text):
        yield "at a limit", f"exactly {len(text):,} characters"
    if english and (tail := _DANGLING.search(text)):
        yield "at the end", f"ends with “{tail.group()}”"
    if bracket := _open_bracket(text):
        yield "bracket", bracket
    if _LIST_FOLLOWS.search(text):
        yield "list", "ends with “:”"
    if english and (head := _FIRST.match(text)):
        yield "at the start", f"begins with “{head.group()}”"
    if record.mechanism in stopped and not _STOP.search(text):
        yield "no stop", ""


_SORTS: dict[str, tuple[Severity, str, str]] = {
    "at a limit": (
        "distrust",
        "Texts cut at a fixed length",
        "The text stops at the length at which a database or spreadsheet cuts.",
    ),
    "at the end": (
        "distrust",
        "Texts that stop in mid-sentence",
        "The last words call for more.",
    ),
    "bracket": (
        "check",
        "Texts with a bracket opened and not closed, or closed and not opened",
        "A part of the text may be missing.",
    ),
    "list": (
        "check",
        "Texts that announce a list and stop",
        "The list that should follow is missing, or stands in other records.",
    ),
    "at the start": (
        "check",
        "Texts that begin in mid-sentence",
        "The first words continue a sentence that is not there.",
    ),
    "no stop": (
        "note",
        "Texts without a full stop at the end",
        "Nearly all others of the mechanism end with one: the end may be missing.",
    ),
}


def _finding(sort: str, flagged: list[tuple[Record, str]], total: int) -> Finding:
    severity, title, meaning = _SORTS[sort]
    remedy = "Compare them with the document, and complete the file before you quote them."
    finding = make_finding(KIND, severity, title, flagged, total, "records", meaning, remedy)
    if sort == "at the start":
        return finding
    # What looks cut is the end: that is what an example must show.
    ends = tuple(
        Example(record.id, shortened(record.text, EXCERPT, end=True), why)
        for record, why in spread(flagged)
    )
    return replace(finding, examples=ends)


def _open_bracket(text: str) -> str:
    """Return which bracket has no other half; markers of lists such as "a)" need none."""
    for opening, closing in ("()", "[]"):
        depth = 0
        for match in re.finditer(re.escape(opening) + "|" + re.escape(closing), text):
            if match.group() == opening:
                depth += 1
            elif depth:
                depth -= 1
            elif not _MARKER.search(text, max(0, match.start() - 6), match.end()):
                return f"“{closing}” without “{opening}”"
        if depth:
            return f"“{opening}” without “{closing}”"
    return ""


def _ends_with_stop(records: Sequence[Record]) -> frozenset[str]:
    """Return the mechanisms whose texts usually end with a full stop."""
    every = Counter(record.mechanism for record in records)
    stopped = Counter(r.mechanism for r in records if _STOP.search(r.text.strip()))
    return frozenset(m for m, count in every.items() if stopped[m] >= USUAL * count)


def _lengths(records: Sequence[Record]) -> frozenset[int]:
    """Return the lengths at which these texts were cut: known limits, and a pile at the top."""
    lengths = Counter(len(record.text.strip()) for record in records)
    longest = max(lengths, default=0)
    piled = {longest} if longest >= SHORTEST_LIMIT and lengths[longest] >= PILED_UP else set()
    return frozenset({length for length in LIMITS if _stands_out(length, lengths)} | piled)


def _stands_out(length: int, lengths: Counter[int]) -> bool:
    """Whether more texts have this length than its neighbours make likely."""
    near = [lengths[length + step] for step in (-3, -2, -1, 1, 2, 3)]
    return lengths[length] > 2 + 2 * max(near)
