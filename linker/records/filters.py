"""Which records a person wants to see: the filters people know from UHRI and SIMORE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linker.records.record import Record
from linker.vocabulary.text import fold


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
                not wanted or wanted.casefold() == found.casefold()
                for wanted, found in (
                    (self.state, record.state),
                    (self.mechanism, record.mechanism),
                    (self.body, record.body),
                    (self.cycle, record.cycle),
                    (self.position, record.position),
                )
            )
            and self.year in (None, record.year)
            and _named(self.theme, (*record.themes, record.heading))
            and _named(self.group, record.groups)
            and _tagged(self.sdg, record.sdgs)
            and all(word in fold(record.text) for word in fold(self.text).split())
        )

    def select(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records that match, in the order given."""
        return (record for record in records if self.matches(record))


def _named(wanted: str, names: Iterable[str]) -> bool:
    return not wanted or any(fold(wanted) in fold(name) for name in names)


def _tagged(wanted: str, codes: Iterable[str]) -> bool:
    return not wanted or any(c == wanted or c.startswith(f"{wanted}.") for c in codes)
