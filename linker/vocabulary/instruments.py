"""Finds the treaties, protocols and declarations that a text names, whatever it calls them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from linker.errors import LinkerError
from linker.vocabulary.bodies import body_rows
from linker.vocabulary.expressions import folded, has_required_literals, one_of, required_literals
from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.tokens import TEXTS_KEPT

_CUES = (
    "convention", "covenant", "protocol", "treaty", "treaties", "statute", "charter", "declaration",
    "principles", "rules", "agreement", "guideline", "platform", "resolution", "instrument",
    "compact", "framework", "international criminal court",
)  # fmt: skip
"""No pattern of the vocabulary is tried on a text without one of these or an abbreviation."""
_ABBREVIATION = re.compile(r"[A-Z](?<=\b[A-Z])[A-Z/-]{2,}")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as data/vocabularies/instruments.csv lists it.

    Attributes:
        id: short name, ``OP-CAT``.
        name: official title.
        kind: treaty, protocol, regional, ilo or soft; `SEVERAL` is none of them.
        linked: the instrument it belongs to (CAT for OP-CAT), or empty.
    """

    id: str
    name: str
    kind: str
    linked: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument named in a text, and where."""

    id: str
    start: int
    end: int


SEVERAL = "several"
"""Kind of a row that stands for all instruments it is linked to: "the International Covenants"."""


@remembered()
def instruments() -> dict[str, Instrument]:
    """Return all instruments by id."""
    return {
        row["id"]: Instrument(row["id"], row["name"], row["kind"], row.get("linked", "") or "")
        for row in _rows()
        if row["kind"] != SEVERAL
    }


@remembered()
def treaty_of(body: str) -> str:
    """Return the title of the treaty whose committee this is; empty for other bodies."""
    treaties = {row["code"]: row["treaty"] for row in body_rows()}
    treaty = treaties.get(body, "")
    return instruments()[treaty].name if treaty else ""


_LONGEST_TITLE = 160
_HEAD = re.compile(
    r"\b(?:convention|covenant|protocol|treaty|statute|declaration|rules|principles|guidelines)\b",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"[.;:]")


@remembered(TEXTS_KEPT)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the instruments a text names, in order of place.

    Rows of the vocabulary are tried in their order and what one has matched is hidden from the
    next, so "Optional Protocol to the Convention against Torture" is not also CAT. A row is only
    tried on a text that holds one of its cues, in small letters; a row without cues, on all.
    """
    rest, plain = text, folded(text)
    if not any(cue in plain for cue in _CUES) and not _ABBREVIATION.search(text):
        return ()
    found: list[Mention] = []
    for number in _cued(text.lower()):
        for pattern, entries in _patterns(number):
            while has_required_literals(plain, entries) and (
                match := _compiled(number, pattern).search(rest)
            ):
                start, end = match.span(1 if match.lastindex else 0)
                if start == end:
                    break
                found += (Mention(name, start, end) for name in _ids(number))
                rest = rest[:start] + "\x00" * (end - start) + rest[end:]
                plain = folded(rest)
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.id)))


def titles(text: str) -> tuple[tuple[int, int], ...]:
    """Return the characters of the titles of instruments, from "Convention" on.

    A mention may be only what tells an instrument from others: "Discrimination against Women".
    """
    found = []
    for mention in mentions(text):
        before = text[max(0, mention.start - _LONGEST_TITLE) : mention.start]
        heads = [
            head for head in _HEAD.finditer(before) if not _TITLE_ENDS.search(before, head.end())
        ]
        found.append(
            (
                mention.start - len(before) + heads[-1].start() if heads else mention.start,
                mention.end,
            )
        )
    return tuple(found)


def named(text: str) -> frozenset[str]:
    """Return the ids of the instruments a text names."""
    return frozenset(mention.id for mention in mentions(text))


def _ids(number: int) -> list[str]:
    """Return the ids of what a row stands for."""
    row = _rows()[number]
    return row["linked"].split(";") if row["kind"] == SEVERAL else [row["id"]]


def _cued(lower: str) -> list[int]:
    """Return the numbers of the rows that have a cue in a text, or have none, in order."""
    longest, rows = _cues()
    return sorted(rows[""].union(*(rows[cue] for cue in set(longest.findall(lower)))))


@remembered()
def _cues() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """Return what finds the longest cue at each place, and for each the rows it stands for.

    These are its own and those of the cues that it begins with; of "", the rows without cues.
    """
    own: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(_rows()):
        for cue in filter(None, row["cue"].split(";")):
            own[cue].add(number)
    without = set(range(len(_rows()))).difference(*own.values())
    shorter = {
        cue: [own[cue[:end]] for end in range(1, len(cue)) if cue[:end] in own] for cue in own
    }
    rows = {cue: frozenset(numbers.union(*shorter[cue])) for cue, numbers in own.items()}
    return re.compile(f"(?=({one_of(own)}))"), {"": frozenset(without), **rows}


@remembered()
def _patterns(number: int) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Return the patterns of a row, each with what it needs: most are never compiled."""
    patterns = [piece for piece in _rows()[number]["patterns"].split(";") if piece]
    try:
        return tuple((pattern, required_literals(pattern)) for pattern in patterns)
    except re.error as error:
        raise _damaged(number, error) from error


@remembered()
def _compiled(number: int, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise _damaged(number, error) from error


def _damaged(number: int, error: re.error) -> LinkerError:
    return LinkerError(
        f"data/vocabularies/instruments.csv, row {number + 2}, column patterns: {error}. "
        "Write Python regular expressions separated by ';'."
    )


@remembered()
def _rows() -> tuple[dict[str, str], ...]:
    columns = ("id", "name", "kind", "linked", "patterns")
    return read_rows(vocabulary_file("instruments.csv"), columns)
