"""The shapes of tables that other programs exchange: data/vocabularies/exchange.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file


@dataclass(frozen=True, slots=True)
class Shape:
    """A table of another program.

    Attributes:
        name: such as ``impactoss``.
        label: in words.
        needs: headings that must all be there.
        fields: field of a record -> heading.
        between: what parts the values of a cell.
        words: field -> value of theirs -> value of ours.
    """

    name: str
    label: str
    needs: tuple[str, ...]
    fields: Mapping[str, str]
    between: str
    words: Mapping[str, Mapping[str, str]]


@remembered()
def shapes() -> Mapping[str, Shape]:
    """Return all shapes by name."""
    found = read_yaml(vocabulary_file("exchange.yaml"))
    return {
        name: Shape(
            name, row["label"], tuple(row["needs"]), row["fields"], row["between"], row["words"]
        )
        for name, row in found.items()
    }
