"""Lists of wordings in data/vocabularies, each read as one pattern."""

from __future__ import annotations

import re
from collections.abc import Collection

from linker.vocabulary.files import read_yaml, vocabulary_file


def patterns_of(
    name: str, *, cased: Collection[str] = (), any_space: bool = False
) -> dict[str, re.Pattern[str]]:
    """Return list -> pattern that any of its wordings matches; case does not count.

    Args:
        name: of the file, such as "un_reports.yaml".
        cased: lists in which case counts.
        any_space: whether a space in a wording matches any space.
    """
    found = {}
    for key, wordings in read_yaml(vocabulary_file(name)).items():
        joined = "|".join(wordings)
        joined = joined.replace(" ", r"(?>\s+)") if any_space else joined
        flags = re.MULTILINE if any_space else re.NOFLAG
        found[key] = re.compile(joined, flags if key in cased else flags | re.IGNORECASE)
    return found
