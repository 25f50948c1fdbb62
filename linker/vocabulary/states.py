"""States: from any usual name or code to ISO 3166-1 alpha-3 and back."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass

from linker.errors import NotFound
from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.text import fold_name

_LONGEST = 200
_COMPARED = 24
"""Names that share most pairs of letters with a misspelt one, and are compared with it."""


@dataclass(frozen=True, slots=True)
class _States:
    codes: dict[str, str]
    names: dict[str, str]


_SHORTENED = {
    "rep": "republic", "dem": "democratic", "fed": "federated", "is": "islands",
    "isl": "islands", "herz": "herzegovina", "plur": "plurinational", "isls": "islands",
}  # fmt: skip


@remembered()
def _states() -> _States:
    """Read states.csv and state_names.csv of data/vocabularies.

    The one has iso3, iso2, name, other_names (';'-separated) and note; the other the names in the
    languages of the UN (from Unicode's CLDR, and as the UN writes them): iso3, language, names.
    """
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    rows = state_rows()
    for row in rows:
        names[row["iso3"]] = row["name"]
        for name in (row["iso3"], row["iso2"], row["name"]):
            codes[fold_name(name)] = row["iso3"]
    for row in rows:
        for name in row["other_names"].split(";"):
            codes.setdefault(fold_name(name), row["iso3"])
    for row in read_rows(vocabulary_file("state_names.csv"), ("iso3", "language", "names")):
        for name in row["names"].split(";"):
            codes.setdefault(fold_name(name), row["iso3"])
    codes.pop("", None)
    return _States(codes, names)


def state_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of data/vocabularies/states.csv."""
    return read_rows(vocabulary_file("states.csv"), ("iso3", "iso2", "name", "other_names"))


def state_code(name: str) -> str | None:
    """Return the alpha-3 code of a State named in any usual way, or None.

    Codes (alpha-3, alpha-2) and names match whatever their case, accents, apostrophes, spaces and
    "the": "Côte d’Ivoire", "COTE D'IVOIRE" and "ci" are all CIV.
    """
    if len(name) > _LONGEST:
        return None
    codes, folded = _states().codes, fold_name(name)
    if code := codes.get(folded):
        return code
    # "Iran (Islamic Rep. of)", "Solomon Is."
    whole = " ".join(_SHORTENED.get(word, word) for word in folded.split())
    return codes.get(whole) if whole != folded else None


def state_named(name: str) -> str:
    """Return the alpha-3 code of a State named in any usual way.

    Raises:
        NotFound: no such State.
    """
    code = state_code(name)
    if code is None:
        raise NotFound(f"{name}: no such State. Give an ISO 3166 code or a UN name.")
    return code


def state_name(code: str) -> str:
    """Return the UN name of a State by its alpha-3 code; what is no code comes back as it is."""
    return _states().names.get(code, code)


def near_states(name: str, limit: int = 3) -> list[str]:
    """Return the names of the States written most like this one, the nearest first."""
    if len(name) > _LONGEST:
        return []
    return list(_near(fold_name(name)))[:limit]


@remembered(4096)
def _near(folded: str) -> tuple[str, ...]:
    known = _states()
    shared = Counter(name for pair in _pairs(folded) for name in _names_by_pair().get(pair, ()))
    alike = sorted(shared, key=lambda name: (-shared[name], len(name), name))[:_COMPARED]
    near = difflib.get_close_matches(folded, alike, n=9, cutoff=0.7)
    return tuple(dict.fromkeys(known.names[known.codes[found]] for found in near))


@remembered()
def _names_by_pair() -> dict[str, list[str]]:
    """Return pair of letters -> names and codes that hold it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in _states().codes:
        for pair in _pairs(name):
            found[pair].append(name)
    return found


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
