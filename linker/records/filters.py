"""Which records a person wants to see: the filters people know from UHRI and SIMORE."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from linker.records.record import Record
from linker.vocabulary.nearest import none_such
from linker.vocabulary.text import fold

EXACT = ("state", "mechanism", "body", "cycle", "position", "year")
"""Fields that a filter wants to be what it says, whatever its case."""
_EXACTLY = attrgetter(*EXACT)


def _named(wanted: str, name: str) -> bool:
    return fold(wanted) in fold(name)


def _tagged(wanted: str, code: str) -> bool:
    return code == wanted or code.startswith(f"{wanted}.")


LISTED: Mapping[str, tuple[Callable[[Record], Sequence[str]], Callable[[str, str], bool]]] = {
    "theme": (lambda record: (*record.themes, record.heading), _named),
    "group": (lambda record: record.groups, _named),
    "sdg": (lambda record: record.sdgs, _tagged),
}
"""Conditions that one of several values of a record meets: the values, and whether one does."""


def exactly(value: str | int | None) -> str | int | None:
    """Return what a field is compared by."""
    return value.casefold() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions a record must meet; an empty one is met by every record.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        mechanism: UPR, TB, SP, REG or SUB.
        body: CEDAW, CRC, …
        cycle: of the UPR, "3".
        year: four digits.
        position: supported, noted, …
        theme: part of a theme's name, whatever its case and accents.
        group: part of a group's name.
        sdg: a goal, or a target; a goal finds its targets too.
        text: words that must all stand in the text.
    """

    state: str = ""
    mechanism: str = ""
    body: str = ""
    cycle: str = ""
    year: int | None = None
    position: str = ""
    theme: str = ""
    group: str = ""
    sdg: str = ""
    text: str = ""

    def matches(self, record: Record) -> bool:
        """Whether a record meets every condition."""
        return (
            all(
                not (wanted := getattr(self, name)) or exactly(wanted) == exactly(found)
                for name, found in zip(EXACT, _EXACTLY(record), strict=True)
            )
            and all(
                not (wanted := getattr(self, name)) or any(fits(wanted, one) for one in of(record))
                for name, (of, fits) in LISTED.items()
            )
            and all(word in fold(record.text) for word in fold(self.text).split())
        )

    @property
    def exact(self) -> dict[str, Any]:
        """The conditions that one field alone meets, by its name, as ``exactly`` compares them."""
        return {name: exactly(wanted) for name in EXACT if (wanted := getattr(self, name))}

    @property
    def given(self) -> dict[str, str | int]:
        """The conditions that are not empty, by name."""
        found = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {name: value for name, value in found.items() if value}

    def unmet(self, records: Iterable[Record]) -> list[str]:
        """Return a sentence on each condition that no record meets by itself.

        Args:
            records: all that were looked through.
        """
        known = list(records)
        return [
            none_such(name, str(value), _values(name, known))
            for name, value in self.given.items()
            if not any(Filter(**{name: value}).matches(one) for one in known)  # type: ignore[arg-type]
        ]

    def select(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records that match, in the order given."""
        return (record for record in records if self.matches(record))


def _values(name: str, records: Iterable[Record]) -> Iterator[str]:
    """Yield what the records hold where a condition looks; words are too many to be named."""
    for record in records:
        if name in LISTED:
            yield from LISTED[name][0](record)
        elif name != "text":
            yield str(getattr(record, name) or "")
