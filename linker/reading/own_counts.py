"""How common the entries are that somebody added to a vocabulary, counted in their own texts.

The shipped background does not know them; `linker vocabulary count` writes
data/vocabularies/counts.csv, which anybody can read and correct.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from linker.errors import LinkerError
from linker.vocabulary.files import read_rows, reading, vocabulary_file
from linker.vocabulary.phrases import vocabulary

FILE = "counts.csv"
COLUMNS = ("kind", "name", "count", "texts")
NAMED = {"c": "concepts", "m": "measures"}
"""Vocabularies whose entries are counted, by the letter that stands before their keys."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of some texts name an entry of a vocabulary.

    Attributes:
        kind: concepts or measures.
        name: the entry.
        count: texts that name it.
        texts: all texts.
    """

    kind: str
    name: str
    count: int
    texts: int

    @property
    def key(self) -> str:
        """How the background calls it: ``c:death penalty``."""
        return f"{self.kind[0]}:{self.name}"


def count(texts: Iterable[str], known: Container[str]) -> tuple[Counted, ...]:
    """Count in some texts the entries of the vocabularies that have no count yet.

    Args:
        texts: of records; the same text counts once.
        known: keys of the entries that have one.
    """
    different, counts = set(texts), Counter[str]()
    for text in different:
        for letter, kind in NAMED.items():
            counts.update(f"{letter}:{name}" for name in vocabulary(kind).names_in(text))
    return tuple(
        Counted(kind, name, counts[f"{letter}:{name}"], len(different))
        for letter, kind in NAMED.items()
        for name in vocabulary(kind).names
        if f"{letter}:{name}" not in known
    )


def write(found: Iterable[Counted]) -> None:
    """Write data/vocabularies/counts.csv, in place of what it held.

    Raises:
        LinkerError: it cannot be written.
    """
    path = vocabulary_file(FILE)
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out, lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows((one.kind, one.name, one.count, one.texts) for one in found)
    except OSError as error:
        raise LinkerError(
            f"{path}: cannot be written ({error.strerror}). Make the folder writable, or copy "
            "data/, models/ and indices/ to a folder of your own and name it in LINKER_HOME."
        ) from error


def own_counts() -> tuple[Counted, ...]:
    """Return what data/vocabularies/counts.csv holds; nothing where it is not there.

    Raises:
        LinkerError: a row is not a kind, a name and two numbers.
    """
    path = vocabulary_file(FILE)
    if path not in reading().content:
        return ()
    rows = enumerate(read_rows(path, COLUMNS), start=2)
    return tuple(_counted(f"{path}, row {number}", row) for number, row in rows)


def _counted(where: str, row: dict[str, str]) -> Counted:
    try:
        found = Counted(row["kind"], row["name"], int(row["count"]), int(row["texts"]))
    except ValueError as error:
        raise LinkerError(
            f"{where}: {error}. Write numbers of texts, or make the file anew with "
            "`linker vocabulary count`."
        ) from error
    if found.kind not in NAMED.values() or not 0 <= found.count <= found.texts:
        raise LinkerError(
            f"{where}: needs concepts or measures, and no more texts that name it than there are."
        )
    return found
