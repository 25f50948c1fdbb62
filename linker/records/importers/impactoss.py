"""A package of IMPACT OSS: its tables, related by id (data/vocabularies/impactoss.yaml)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from linker.records.importers.base import column_name
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file

_DATE = "0123456789-_ ."
"""What a name of a file may end with: the day of the export."""

RECOMMENDATIONS, ACTIONS, INDICATORS = "recommendations", "measures", "indicators"
CATEGORIES, REPORTS = "categories", "progress_reports"
HOME = "home"
"""The taxonomy of themes that Linker works out itself: it says nothing of a record."""
NEEDED = {"reference", "title"}
"""Columns of the recommendations without which a package is none."""
ABOUT = "linker.json"
"""What Linker adds to a package: who wrote it, and what stood in the plan then."""
UNNAMED = "Action for "
"""What stands before a recommendation's reference where an action or indicator has no title."""


@dataclass(frozen=True, slots=True)
class Form:
    """What tables, taxonomies and words of IMPACT OSS are, as the vocabulary says it.

    Attributes:
        tables: table -> its columns, in their order.
        own: table -> columns that Linker adds behind them.
        taxonomies: field of a record or of the plan -> titles of its taxonomy, ours first.
        support_levels: word of theirs -> position.
        accepted: the same of older databases, which have no levels.
        bodies: name of theirs, a treaty's -> body of a record.
        described: fields of the plan that stand in an action's description.
        summarised: those in its summary of indicators.
    """

    tables: Mapping[str, Sequence[str]]
    own: Mapping[str, Sequence[str]]
    taxonomies: Mapping[str, Sequence[str]]
    support_levels: Mapping[str, str]
    accepted: Mapping[str, str]
    bodies: Mapping[str, str]
    described: Sequence[str]
    summarised: Sequence[str]

    def columns(self, table: str) -> list[str]:
        """Return all columns of a table, in the order in which they are written."""
        return [*self.tables[table], *self.own.get(table, ())]

    def field_of(self, taxonomy: str) -> str:
        """Return the field that a taxonomy of this title holds; empty for one nobody knows."""
        compared = column_name(taxonomy)
        for name, titles in self.taxonomies.items():
            if compared in map(column_name, titles):
                return name
        return ""


@remembered()
def form() -> Form:
    """Return what the vocabulary says of IMPACT OSS."""
    return Form(**read_yaml(vocabulary_file("impactoss.yaml")))


def table_of(name: str) -> str:
    """Return the table that a file holds, by its name: "recommendations_2026-11-30.csv" is one.

    Empty where it is none of `Form.tables`.
    """
    path = PurePosixPath(name)
    stem = path.stem.casefold().rstrip(_DATE).replace("-", "_").replace(" ", "_")
    return stem if path.suffix.casefold() == ".csv" and stem in form().tables else ""


def is_package(names: Iterable[str]) -> bool:
    """Say whether these files are a package: it has the table of recommendations, and another."""
    found = {table_of(name) for name in names} - {""}
    return RECOMMENDATIONS in found and len(found) > 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its place in the file, and column -> cell, columns as compared."""

    place: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; empty where the table has no such column."""
        return self.cells.get(column_name(column), "").strip()


@dataclass(frozen=True)
class Package:
    """The tables of a package.

    Attributes:
        tables: table -> its rows.
    """

    tables: Mapping[str, Sequence[Line]]

    def rows(self, table: str) -> Sequence[Line]:
        """Return the rows of a table; none where the package has no such table."""
        return self.tables.get(table, ())

    def related(self, table: str, known: str, wanted: str) -> dict[str, list[str]]:
        """Return id -> ids that a table relates to it, in the order of the table.

        Args:
            table: such as ``recommendation_measures``.
            known: column of the id, such as ``recommendation_id``.
            wanted: column of the others.
        """
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for line in self.rows(table):
            found[line[known]][line[wanted]] = None
        return {key: list(ids) for key, ids in found.items()}

    def by_id(self, table: str) -> dict[str, Line]:
        """Return the rows of a table by their id."""
        return {line["id"]: line for line in self.rows(table)}

    @cached_property
    def categories(self) -> Mapping[str, tuple[str, Line]]:
        """Category id -> title of its taxonomy, and the category."""
        titles = {key: line["title"] for key, line in self.by_id("taxonomies").items()}
        return {
            key: (titles.get(line["taxonomy_id"], ""), line)
            for key, line in self.by_id(CATEGORIES).items()
        }

    def tagged(self, table: str, known: str) -> dict[str, list[tuple[str, Line]]]:
        """Return id -> (title of the taxonomy, category) of every category it is tagged with."""
        return {
            key: [self.categories[i] for i in ids if i in self.categories]
            for key, ids in self.related(table, known, "category_id").items()
        }

    def dangling(self) -> Iterator[tuple[str, Line, str, str]]:
        """Yield (table, row, column, id) of every id that names a row which is not there."""
        ids = {table: {line["id"] for line in lines} for table, lines in self.tables.items()}
        for table, lines in self.tables.items():
            for column, target in _TARGETS.items():
                if target not in ids:
                    continue
                for line in lines:
                    if (named := line[column]) and named not in ids[target]:
                        yield table, line, column, named


_TARGETS = {
    "recommendation_id": RECOMMENDATIONS,
    "other_recommendation_id": RECOMMENDATIONS,
    "category_id": CATEGORIES,
    "taxonomy_id": "taxonomies",
    "sdgtarget_id": "sdgtargets",
    "measure_id": ACTIONS,
    "indicator_id": INDICATORS,
}
"""Columns that name a row of another table by its id."""
