"""Where the header of a grid stands, over how many rows, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linker.records.importers.grid import Row
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.text import fold_name

TITLE_ROWS = 40
"""First rows among which the header is looked for."""
HEADING_CHARS = 150
REVIEW_NUMBER = re.compile(r"\s*\d{1,3}\.\d{1,3}(?:\.\d{1,3})?\.?\s*")
TEXT_STEM = re.compile(r"recom|observ|reco\b|texte?o?\b|рекоменд|текст|توص|نص|建议|案文", re.I)
_UNNAMED = "column "


def header_place(rows: Sequence[Row], chosen: Sequence[tuple[str, str]]) -> int | None:
    """Return the row that names most fields, else the first of several cells; None without any.

    Args:
        rows: the first rows.
        chosen: (field, heading) that a person said.
    """
    best, best_score = None, 0
    wanted = {folded(heading) for _, heading in chosen}
    first_filled = None
    for place, row in enumerate(rows[:TITLE_ROWS]):
        filled = row.filled
        if not filled:
            continue
        heads = len(filled) > 1 or _heads_one_column(rows, place)
        first_filled = place if first_filled is None and heads else first_filled
        cells = [row.cells[at] for at in filled if len(row.cells[at]) <= HEADING_CHARS]
        fields = {found[0] for cell in cells if (found := fields_of_heading(cell))}
        score = len(fields) + 2 * ("text" in fields)
        score += 20 * sum(folded(cell) in wanted for cell in cells)
        if len(fields) == 1 and not wanted and len(filled) > 2 and "text" not in fields:
            score = 0
        if score > best_score:
            best, best_score = place, score
    return best if best is not None else first_filled


def _heads_one_column(rows: Sequence[Row], place: int) -> bool:
    """Say whether a lone cell names the recommendations of a table of one column."""
    alone = all(row.filled in ([], [0]) for row in rows)
    cell = rows[place].cells[0] if alone and rows[place].cells else ""
    return len(cell) <= HEADING_CHARS and bool(TEXT_STEM.search(cell))


def begins_with_data(rows: Sequence[Row], place: int) -> bool:
    """Say whether a table has no header: its first row holds a number of a review, as all do."""
    row = rows[place]
    cells = [row.cells[at] for at in row.filled if len(row.cells[at]) <= HEADING_CHARS]
    if len(row.filled) < 2 or any(map(fields_of_heading, cells)):
        return False
    telling = [one for one in rows[place:] if len(one.filled) > 1]
    return any(
        all(REVIEW_NUMBER.fullmatch(cell) for cell in held_in(telling, at)) for at in row.filled
    )


def sub_header(rows: Sequence[Row], place: int) -> int:
    """Return the last row of the header: a second one fills gaps of the first with headings."""
    if place + 1 >= len(rows):
        return place
    head, row = rows[place], rows[place + 1]
    cells = [row.cells[at] for at in row.filled]
    if not cells or any(len(cell) > 60 or re.search(r"\d{3,}|\d\.\d", cell) for cell in cells):
        return place
    gaps = [at for at in row.filled if at >= len(head.cells) or not head.cells[at].strip()]
    named = [at for at in row.filled if at not in gaps]
    again = all(at in row.merged or folded(row.cells[at]) == folded(head.cells[at]) for at in named)
    text = [at for at in head.filled if "text" in fields_of_heading(head.cells[at])]
    holds_text = any(at in named and at not in row.merged for at in text)
    under_group = bool(gaps) and not holds_text
    return place + 1 if (gaps or row.merged) and (again or under_group) else place


def heading_names(rows: Sequence[Row], place: int, last: int, above: Sequence[str]) -> list[str]:
    """Return a heading a column: its own, with that of its group where it means nothing alone."""
    head = list(rows[place].cells)
    under = list(rows[last].cells) if last > place else []
    width = max(len(head), len(under))
    head += [""] * (width - len(head))
    group, names = "", []
    for at in range(width):
        own = under[at].strip() if at < len(under) else ""
        named = head[at].strip()
        group = named or group
        if own and own != named and at not in rows[last].merged:
            alone = bool(fields_of_heading(own)) or not group
            names.append(own if alone and not named else f"{group} {own}".strip())
        else:
            names.append(named or (above[at].strip() if at < len(above) else ""))
    return names


def unlike(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings made different: a second "Org" is "Org (2)"; an empty one is "column 4"."""
    seen: dict[str, int] = {}
    columns = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"{_UNNAMED}{number}"
        seen[name] = seen.get(name, 0) + 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(columns)


def titles_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the texts of some rows."""
    return tuple(" ".join(row.cells[at].split()) for row in rows for at in row.filled)


def held_in(rows: Sequence[Row], at: int) -> list[str]:
    """Return what a column holds where it is filled."""
    return [row.cells[at].strip() for row in rows if at < len(row.cells) and row.cells[at].strip()]


def folded(name: str) -> str:
    """Return a heading as it is compared with the name of a field."""
    return fold_name(name.replace("_", " ")).replace(" ", "_")
