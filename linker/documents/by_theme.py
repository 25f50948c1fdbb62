"""A document whose rows stand by umbrella and theme, whatever a row of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from linker.documents.inputs import Options, Source
from linker.themes.theme import Theme

RowT = TypeVar("RowT")


@dataclass(frozen=True)
class Block(Generic[RowT]):
    """A theme with its rows."""

    theme: Theme
    rows: tuple[RowT, ...]


@dataclass(frozen=True)
class ByTheme(Generic[RowT]):
    """A document of one State: a matrix of either kind.

    Attributes:
        source: what it was made from.
        options: what was taken in.
        blocks: themes with rows, in the order of the x-ray.
    """

    source: Source
    options: Options
    blocks: tuple[Block[RowT], ...]

    def umbrellas(self) -> Iterator[tuple[str, list[Block[RowT]]]]:
        """Yield each umbrella with its themes."""
        for umbrella in dict.fromkeys(block.theme.umbrella for block in self.blocks):
            yield umbrella, [b for b in self.blocks if b.theme.umbrella == umbrella]

    def rows(self) -> Iterator[tuple[Theme, RowT]]:
        """Yield every row with its theme."""
        for block in self.blocks:
            for row in block.rows:
                yield block.theme, row
