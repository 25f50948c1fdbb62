"""The kinds of mechanism that recommend: rows of data/vocabularies/mechanisms.csv, in its order."""

from __future__ import annotations

from dataclasses import dataclass

from linker.vocabulary.files import read_rows, remembered, vocabulary_file

COLUMNS = ("code", "name", "plural", "short", "other_names", "colour", "cyclic", "collective")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A kind of mechanism.

    Attributes:
        code: UPR, TB, SP, REG, SUB; empty for `OTHER`.
        name: of one: "Treaty body".
        plural: of all: "Treaty bodies".
        short: of all, where there is little room.
        other_names: by which files call it too.
        colour: ``#rrggbb``; white text is readable on it.
        cyclic: reviews are numbered cycles, in which States recommend and the State under review
            takes positions: such records head the rows of a matrix.
        collective: one document gathers what many have said, so that its records are of one
            document whatever body each has.
        place: in the order of the table.
    """

    code: str
    name: str
    plural: str
    short: str
    other_names: tuple[str, ...]
    colour: str
    cyclic: bool
    collective: bool
    place: int


OTHER = Mechanism("", "Other", "Other", "Other", (), "#6b7379", False, False, 99)
"""Of records whose mechanism is not known; last of all."""


@remembered()
def mechanisms() -> dict[str, Mechanism]:
    """Return all mechanisms by code, in the usual order.

    Raises:
        LinkerError: the table is missing or lacks a column.
    """
    rows = read_rows(vocabulary_file("mechanisms.csv"), COLUMNS)
    return {
        row["code"]: Mechanism(
            code=row["code"],
            name=row["name"],
            plural=row["plural"],
            short=row["short"],
            other_names=tuple(filter(None, row["other_names"].split(";"))),
            colour=row["colour"],
            cyclic=row["cyclic"] == "yes",
            collective=row["collective"] == "yes",
            place=place,
        )
        for place, row in enumerate(rows)
    }


def mechanism(code: str) -> Mechanism:
    """Return a mechanism by its code; `OTHER` for none."""
    return mechanisms().get(code, OTHER)


def codes() -> tuple[str, ...]:
    """Return the codes in the usual order."""
    return tuple(mechanisms())


def listed() -> str:
    """Return the codes as a sentence names them: "UPR, TB, SP, REG or SUB"."""
    *first, last = codes()
    return f"{', '.join(first)} or {last}"
