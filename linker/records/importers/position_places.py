"""Positions that stand in no column of their own: in headings above rows, or as ticks in columns.

"Recommendations noted by Kenya" above a table holds for its rows; so does a column "Supported" for
the rows that have an "x" there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linker.records.importers.grid import Row
from linker.records.importers.un.positions import position_said as position_in_sentence
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.positions import Position, position_in_cell, position_said

_RECOMMENDATIONS = re.compile(
    r"\b(?:recommendations?|recommandations?|recomendaci(?:ón|ones)|recomenda(?:ção|ções))\b"
    r"|\bрекомендаци\w*|(?:ال)?توصيات|建议",
    re.IGNORECASE,
)
_WORDS_BESIDE = re.compile(r"^(?:that|which|qui|que|list of|liste des|lista de)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:[IVX]+|[A-Z]|\d{1,3})[.)]\s+")
_TICK = re.compile(r"[x✓✔☑☒√●•✅]|yes|oui|s[íi]|sim|да|نعم|是|1|true", re.IGNORECASE)
_POINTS_BELOW = re.compile(
    r"\b(?:following|below|listed|ci-après|ci-dessous|suivantes?|siguientes?|a continuación|"
    r"seguintes?|abaixo|следующие|ниже)\b|التالية|下列|以下",
    re.IGNORECASE,
)
_FIRST_WORDS = 3
_HEADING_CHARS = 200
_TITLES = 3
"""Titles right above a table that may say the position of its rows."""


def position_of_heading(text: str) -> str:
    """Return the position that a heading says of what stands below it, "" where it says none."""
    text = _bare(text)
    if not text or len(text) > _HEADING_CHARS:
        return ""
    if named := position_named(text):
        return named
    return position_in_sentence(text).position if _RECOMMENDATIONS.search(text) else ""


def announces(text: str) -> bool:
    """Say whether a sentence introduces the recommendations below it, whatever it says of them.

    It begins with them ("The following recommendations have been examined by Kenya:"), so that
    a recommendation to implement others is none.
    """
    text = " ".join(text.split())
    if len(text) > _HEADING_CHARS or not text.endswith((":", "：")):
        return False
    found = _RECOMMENDATIONS.search(text)
    first = found is not None and len(text[: found.start()].split()) < _FIRST_WORDS
    return first and bool(_POINTS_BELOW.search(text))


def position_named(text: str) -> str:
    """Return the position of a heading that is nothing else, such as "Recommendations noted"."""
    text = _bare(text)
    bare = _WORDS_BESIDE.sub("", _RECOMMENDATIONS.sub(" ", text[:_HEADING_CHARS]).strip(" ,:"))
    found = position_said(text) or position_said(" ".join(bare.split()))
    return found.position if found else ""


def _bare(text: str) -> str:
    return _NUMBER.sub("", " ".join(text.split())).rstrip(" :：*")


def position_of_titles(titles: Sequence[str]) -> str:
    """Return the position that the titles above a table say, the nearest that says one."""
    found = (position_of_heading(title) for title in reversed(titles[-_TITLES:]))
    return next(filter(None, found), "")


def tick_columns(columns: Sequence[str], rows: Sequence[Row]) -> dict[int, str]:
    """Return column -> position, for columns named as positions that hold nothing but ticks."""
    found = {}
    for at, column in enumerate(columns):
        said = position_in_cell(column) or _below_group(column)
        held = [row.cells[at].strip() for row in rows if at < len(row.cells)]
        if said and any(held) and all(not cell or _TICK.fullmatch(cell) for cell in held):
            found[at] = said.position
    return found


def _below_group(column: str) -> Position | None:
    """Return the position of a column below a heading of several: "Position Supported"."""
    words = column.split()
    for at in range(1, len(words)):
        group, own = " ".join(words[:at]), " ".join(words[at:])
        if "position" in fields_of_heading(group) and (said := position_in_cell(own)):
            return said
    return None


def ticked(ticks: Mapping[int, str], cells: Sequence[str]) -> str:
    """Return the positions whose columns are ticked in a row, parted by ";"."""
    return "; ".join(position for at, position in ticks.items() if cells[at].strip())
