"""What UPR Info's issue tags are called by OHCHR (data/vocabularies/issues.csv)."""

from __future__ import annotations

from dataclasses import dataclass

from linker.vocabulary.files import read_rows, remembered, vocabulary_file

SEPARATOR = " | "
"""Between themes in a cell: some theme names hold a semicolon."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue tag.

    Attributes:
        tag: UPR Info's name.
        themes: OHCHR's names of what the tag covers, the closest first; none for "Other".
        group: the group of persons it names, as in UHRI; empty where it names none.
    """

    tag: str
    themes: tuple[str, ...]
    group: str


@remembered()
def issues() -> dict[str, Issue]:
    """Return the 56 issue tags by name, in alphabetical order.

    Raises:
        LinkerError: the vocabulary is missing or lacks a column.
    """
    rows = read_rows(vocabulary_file("issues.csv"), ("tag", "themes", "group"))
    found = [
        Issue(row["tag"], tuple(filter(None, row["themes"].split(SEPARATOR))), row["group"])
        for row in rows
    ]
    return {issue.tag: issue for issue in sorted(found, key=lambda issue: issue.tag)}
