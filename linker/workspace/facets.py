"""What filters ask of records, in columns: which rows meet one is known without any record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linker.records.filters import EXACT, LISTED, Filter, exactly
from linker.records.record import Record

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Rows

Values = Mapping[str, Sequence[str | int | None]]


@dataclass(frozen=True)
class Facets:
    """Columns of some records.

    Attributes:
        values: the different values of each field, as a filter compares them.
        exact: for each field that has one value the place of each record's in ``values``.
        listed: for each that has several: places in ``values``, and with each the row of a record.
    """

    values: Values
    exact: Mapping[str, NDArray[np.int32]]
    listed: Mapping[str, tuple[NDArray[np.int32], NDArray[np.int32]]]

    @classmethod
    def of(cls, records: Sequence[Record]) -> Facets:
        """Make the columns of some records."""
        values, exact, listed = {}, {}, {}
        for name in EXACT:
            values[name], exact[name] = _numbered([exactly(getattr(one, name)) for one in records])
        for name, (all_of, _) in LISTED.items():
            pairs = [(value, row) for row, one in enumerate(records) for value in all_of(one)]
            values[name], places = _numbered([value for value, _ in pairs])
            listed[name] = places, np.array([row for _, row in pairs], dtype=np.int32)
        return cls(values, exact, listed)

    @classmethod
    def from_arrays(cls, values: Values, arrays: Mapping[str, NDArray[Any]]) -> Facets:
        """Return what was kept of one: its values, and its `arrays`."""
        listed = {name: (arrays[f"{name}-values"], arrays[f"{name}-rows"]) for name in LISTED}
        return cls(values, {name: arrays[f"{name}-values"] for name in EXACT}, listed)

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name."""
        found = {f"{name}-values": places for name, places in self.exact.items()}
        for name, (places, rows) in self.listed.items():
            found |= {f"{name}-values": places, f"{name}-rows": rows}
        return found

    def rows(self, where: Filter) -> Rows:
        """Return the rows of the records that meet a filter; what it says of words is left out."""
        meets = np.ones(len(self.exact[EXACT[0]]), dtype=np.bool_)
        for name, wanted in where.exact.items():
            fitting = [value == wanted for value in self.values[name]]
            meets &= np.array(fitting, dtype=np.bool_)[self.exact[name]]
        for name, (_, fits) in LISTED.items():
            if wanted := getattr(where, name):
                places, rows = self.listed[name]
                fitting = [fits(wanted, str(value)) for value in self.values[name]]
                among = np.zeros(len(meets), dtype=np.bool_)
                among[rows[np.array(fitting, dtype=np.bool_)[places]]] = True
                meets &= among
        return np.flatnonzero(meets)


def _numbered(column: list[Any]) -> tuple[list[Any], NDArray[np.int32]]:
    """Return the different values in the order in which they come, and the place of each."""
    values = list(dict.fromkeys(column))
    place = {value: number for number, value in enumerate(values)}
    return values, np.array([place[value] for value in column], dtype=np.int32)
