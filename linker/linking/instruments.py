"""Finds the treaties, protocols and declarations that a text names, whatever it calls them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from linker.errors import LinkerError
from linker.linking.tokens import TEXTS_KEPT
from linker.paths import data_dir

_CUE = re.compile(
    r"(?i:convention|covenant|protocol|treat(?:y|ies)|statute|charter|declaration|principles|rules|"
    r"agreement|guideline|platform|resolution|instrument|compact|framework)|\b[A-Z][A-Z/-]{2,}"
)
"""No pattern of the vocabulary is tried on a text without one of these: it would find nothing."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as data/vocabularies/instruments.csv lists it.

    Attributes:
        id: short name, ``OP-CAT``.
        name: official title.
        kind: treaty, protocol, regional, ilo or soft.
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


@cache
def instruments() -> dict[str, Instrument]:
    """Return all instruments by id."""
    return {
        row["id"]: Instrument(row["id"], row["name"], row["kind"], row.get("linked", "") or "")
        for row in _rows()
    }


@cache
def treaty_of(body: str) -> str:
    """Return the title of the treaty whose committee this is; empty for other bodies."""
    path = data_dir() / "vocabularies" / "bodies.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        treaties = {row["code"]: row["treaty"] for row in csv.DictReader(handle)}
    treaty = treaties.get(body, "")
    return instruments()[treaty].name if treaty else ""


@lru_cache(maxsize=TEXTS_KEPT)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the instruments a text names, in order of place.

    Rows of the vocabulary are tried in their order and what one has matched is hidden from the
    next, so "Optional Protocol to the Convention against Torture" is not also CAT. A row is only
    tried on a text that holds one of its cues, in small letters; a row without cues, on all.
    """
    if not _CUE.search(text):
        return ()
    found: list[Mention] = []
    rest = text
    lower = text.lower()
    for instrument, cues, patterns in _patterns():
        if cues and not any(cue in lower for cue in cues):
            continue
        for pattern in patterns:
            while match := pattern.search(rest):
                start, end = match.span(1 if match.lastindex else 0)
                if start == end:
                    break
                found.append(Mention(instrument, start, end))
                rest = rest[:start] + "\x00" * (end - start) + rest[end:]
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.id)))


def named(text: str) -> frozenset[str]:
    """Return the ids of the instruments a text names."""
    return frozenset(mention.id for mention in mentions(text))


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    """Return for each instrument its id, what a text must hold one of, and its patterns."""
    compiled = []
    for number, row in enumerate(_rows(), start=2):
        patterns = [piece for piece in row["patterns"].split(";") if piece]
        try:
            cues = tuple(cue for cue in row["cue"].split(";") if cue)
            expressions = tuple(re.compile(p, re.IGNORECASE) for p in patterns)
            compiled.append((row["id"], cues, expressions))
        except re.error as error:
            raise LinkerError(
                f"data/vocabularies/instruments.csv, row {number}, column patterns: {error}. "
                "Write Python regular expressions separated by ';'."
            ) from error
    return tuple(compiled)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = data_dir() / "vocabularies" / "instruments.csv"
    if not path.is_file():
        raise LinkerError(f"{path}: vocabulary missing. Restore the data/ folder.")
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))
