"""Whether a column "State" names the States that recommend, and not the one reviewed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linker.records.citing import upr_text
from linker.records.importers.found_tables import Table
from linker.records.importers.grid import Row
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.state_lists import states_listed
from linker.vocabulary.text import clean_text

_OF_THE_REVIEWED = re.compile(r"review|concerned|sur\b|examin|party|recommended|^to$", re.I)
_BARE = re.compile(r"state", re.I)
"""The name of the field in the table format; such a column is believed unless numbers refute it."""
_REVIEW_NUMBER = re.compile(r"\s*(\d{1,3})\.\d{1,3}\.?\s*")
_SEVERAL = 3
_MOST = 0.6


def names_recommenders(table: Table, addressed: str, answered: bool) -> bool:
    """Say whether the column that is read as the State holds the States that recommend.

    So it does where all rows are numbered as those of one report although they name several
    States, where the title names another State than every row, or where the texts end with the
    States that the column names.

    Args:
        table: with its first rows.
        addressed: code of the State that a title or a person names, "" where none does.
        answered: whether some of its columns say the State's position.
    """
    at = table.fields.get("state", -1)
    if at < 0 or "recommending_states" in table.fields:
        return False
    heading = table.columns[at]
    if fields_of_heading(heading) and _OF_THE_REVIEWED.search(heading):
        return False
    rows = [row for row in table.sample if at < len(row.cells) and row.cells[at].strip()]
    states = {state for row in rows for state in states_listed(row.cells[at].strip())}
    if len(states) >= _SEVERAL and addressed not in states and _of_one_report(table, rows):
        return True
    if _BARE.fullmatch(heading.strip()):
        return False
    if addressed and answered:
        return bool(states) and addressed not in states
    return _ends_of_texts_name_them(table, rows, at)


def _of_one_report(table: Table, rows: Sequence[Row]) -> bool:
    """Say whether the rows bear numbers such as 109.1, 109.2 of one document, none twice."""
    at = table.fields.get("paragraph", -1)
    numbers = [row.cells[at].strip().rstrip(".") for row in rows if 0 <= at < len(row.cells)]
    found = [match for number in numbers if (match := _REVIEW_NUMBER.fullmatch(number))]
    one = len({match[1] for match in found}) == 1
    return one and len(found) == len(rows) and len(set(numbers)) == len(numbers)


def _ends_of_texts_name_them(table: Table, rows: Sequence[Row], at: int) -> bool:
    both = ends = 0
    for row in rows:
        if table.fields["text"] >= len(row.cells):
            continue
        named = upr_text(clean_text(row.cells[table.fields["text"]])).recommending_states
        ends += bool(named)
        both += bool({*named} & {*states_listed(row.cells[at].strip())})
    return bool(ends) and both >= _MOST * ends
