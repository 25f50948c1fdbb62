"""What was given for a file and the file itself says otherwise: told, for it counts for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from linker.records.import_notes import Notes
from linker.records.importers.base import Options
from linker.records.record import Record
from linker.records.values import split_list
from linker.vocabulary.bodies import body_code, mechanism_code
from linker.vocabulary.states import state_code, state_name

NAMED = 4
"""Of what the file says instead, how many are named."""


def told_where_in_vain(
    records: Iterable[Record], notes: Notes, options: Options
) -> Iterator[Record]:
    """Yield records as they are; then tell of which of them what was given did not count.

    Args:
        records: of one file.
        notes: of the file.
        options: what was given: State, mechanism and body hold for files that do not say them.
    """
    given = {field: value for field, value in _codes(options).items() if value}
    others: dict[str, Counter[str]] = {field: Counter() for field in given}
    for record in records:
        for field, wanted in given.items():
            said = getattr(record, field)
            if said and said not in wanted:
                others[field][said] += 1
        yield record
    for field, found in others.items():
        if found:
            notes.told(
                "given in vain",
                column=field,
                reason=f"{_counted(found.total())} of {_named(field, found)}, for the file says so "
                f"itself; --{field} {getattr(options, field)} counts where it does not",
                remedy="To keep one State alone give --only."
                if field == "state"
                else "Correct the records if the file is wrong.",
            )


def _codes(options: Options) -> dict[str, set[str]]:
    body = body_code(options.body)
    mechanism = mechanism_code(options.mechanism)
    return {
        "state": {code for name in split_list(options.state) if (code := state_code(name))},
        "mechanism": {mechanism} if mechanism else set(),
        "body": {body[0]} if body else set(),
    }


def _named(field: str, found: Counter[str]) -> str:
    names = [
        f"{state_name(code) if field == 'state' else code} ({number:,})"
        for code, number in found.most_common(NAMED)
    ]
    more = len(found) - NAMED
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _counted(number: int) -> str:
    return "1 record is" if number == 1 else f"{number:,} records are"
