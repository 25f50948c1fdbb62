"""Words that plugins add to the vocabularies: more rows and terms, nothing changed or taken away.

A plugin brings a folder of files that have the names and headings of those in data/vocabularies.
What each file may add is told apart by its key: a key that is there already is refused, for two
meanings of one name would depend on the order of reading.
"""

from __future__ import annotations

import csv
import io
import logging
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from linker.errors import LinkerError
from linker.plugins import added

_LOG = logging.getLogger(__name__)
KEYS: Mapping[str, tuple[str, ...]] = {
    "groups.csv": ("group",),
    "headings.csv": ("field", "language", "headings"),
    "instruments.csv": ("id",),
    **{f"lexicon_{code}.tsv": ("phrase",) for code in ("ar", "es", "fr", "pt", "ru", "zh")},
}
"""Tables that may grow, and the columns that tell their rows apart."""
TERMS = ("concepts.yaml", "measures.yaml")
"""Names with their terms; concepts stand under an issue."""
LARGEST = 5 << 20
"""Bytes of a file."""
ITSELF = "Linker itself"
_Owners = dict[tuple[str, str], str]
"""Who brought a key of a file, where it did not ship."""


def with_added(
    content: Mapping[Path, bytes], folder: Path
) -> tuple[dict[Path, bytes], dict[str, str]]:
    """Return what files hold with what plugins add, and why some of these are left out.

    Args:
        content: of each file, by its path.
        folder: data/vocabularies.

    Returns:
        The content of each file, and by the name of each plugin left out the reason.
    """
    held, owners = dict(content), _Owners()
    left_out: dict[str, str] = {}
    for name, place in added("vocabularies", cannot_add).items():
        try:
            grown, brought = _grown(held, owners, folder, Path(place))
        except (LinkerError, OSError, ValueError) as error:
            left_out[name] = str(error)
            _tell(name, str(error))
            continue
        held |= grown
        owners |= dict.fromkeys(brought, f"plugin {name}")
    return held, left_out


def cannot_add(name: str, held: Any) -> str:
    """Return why something is no folder of words; empty where it is one."""
    if not isinstance(held, (str, Path)) or not Path(held).is_dir():
        return "it is no folder"
    files = sorted(path.name for path in Path(held).iterdir() if path.is_file())
    unknown = [one for one in files if one not in KEYS and one not in TERMS]
    if unknown or not files:
        return f"{(unknown or ['no file'])[0]}: files may be {', '.join((*KEYS, *TERMS))}"
    return ""


@cache
def _tell(name: str, why: str) -> None:
    """Say once that a plugin adds no words."""
    _LOG.warning("plugin %s adds no words: %s", name, why)


def _grown(
    held: Mapping[Path, bytes], owners: _Owners, folder: Path, place: Path
) -> tuple[dict[Path, bytes], list[tuple[str, str]]]:
    """Return the files that a plugin makes longer, and the keys it brings.

    Raises:
        LinkerError: a key is there already, or a file is not as it must be.
    """
    files: dict[Path, bytes] = {}
    brought: list[tuple[str, str]] = []
    for path in sorted(one for one in place.iterdir() if one.is_file()):
        if path.stat().st_size > LARGEST:
            raise LinkerError(f"{path.name}: larger than {LARGEST:,} bytes.")
        shipped = held[folder / path.name].decode("utf-8-sig")
        more = path.read_text(encoding="utf-8-sig")
        add = _with_terms if path.name in TERMS else _with_rows
        text, keys = add(path.name, shipped, more, owners)
        files[folder / path.name] = text.encode()
        brought += [(path.name, key) for key in keys]
    return files, brought


def _with_rows(name: str, shipped: str, more: str, owners: _Owners) -> tuple[str, list[str]]:
    delimiter = "\t" if name.endswith(".tsv") else ","
    known = csv.DictReader(io.StringIO(shipped, newline=""), delimiter=delimiter, restval="")
    added_rows = csv.DictReader(io.StringIO(more, newline=""), delimiter=delimiter, restval="")
    columns = list(known.fieldnames or ())
    if set(added_rows.fieldnames or ()) - set(columns) or not added_rows.fieldnames:
        raise LinkerError(f"{name}, row 1: the columns are {', '.join(columns)}.")
    rows = list(known)
    taken, out = {_key(name, row) for row in rows}, io.StringIO()
    keys: list[str] = []
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\n", restval="")
    for number, row in enumerate(added_rows, start=2):
        key = _key(name, row)
        _refuse_taken(f"{name}, row {number}", key, key in taken, owners.get((name, key)))
        if why := _wrong(name, row, rows):
            raise LinkerError(f"{name}, row {number}: {why}.")
        taken.add(key)
        keys.append(key)
        writer.writerow(row)
    return f"{shipped.rstrip()}\n{out.getvalue()}", keys


def _key(name: str, row: Mapping[str, str]) -> str:
    return "\x1f".join(row.get(column, "").strip().casefold() for column in KEYS[name])


def _wrong(name: str, row: Mapping[Any, Any], rows: Sequence[Mapping[str, str]]) -> str:
    """Return what is wrong with a row that nobody could read later; empty where nothing is."""
    if None in row or not all(row.get(column, "").strip() for column in KEYS[name]):
        return "a cell is missing, or one too many"
    if name == "headings.csv" and row["field"] not in {known["field"] for known in rows}:
        return f"there is no field {row['field']!r}"
    within = {part for part in row.get("within", "").split(";") if part}
    if name == "groups.csv" and within - {known["group"] for known in rows}:
        return f"there is no group {sorted(within)[0]!r}"
    if name == "instruments.csv":
        try:
            for pattern in row.get("patterns", "").split(";"):
                re.compile(pattern)
        except re.error as error:
            return f"no pattern ({error})"
    return ""


def _with_terms(name: str, shipped: str, more: str, owners: _Owners) -> tuple[str, list[str]]:
    import yaml

    try:
        known, given = yaml.safe_load(shipped), yaml.safe_load(more)
    except yaml.YAMLError as error:
        raise LinkerError(f"{name}: cannot be read as YAML: {error}") from error
    issues = given if name == "concepts.yaml" else {"": given}
    if not isinstance(issues, dict) or not all(isinstance(one, dict) for one in issues.values()):
        raise LinkerError(f"{name}: expected names with lists of terms, as in Linker's own.")
    taken = {key for one in (known.values() if issues is given else [known]) for key in one}
    keys: list[str] = []
    for issue, names in issues.items():
        place = known.setdefault(issue, {}) if issues is given else known
        for key, terms in names.items():
            _refuse_taken(name, str(key), key in taken, owners.get((name, str(key))))
            if not _are_terms(terms):
                raise LinkerError(f"{name}: {key!r} must hold a list of terms that begin a word.")
            place[key] = terms
            taken.add(key)
            keys.append(str(key))
    return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1 << 20), keys


def _are_terms(terms: Any) -> bool:
    return (
        isinstance(terms, list)
        and bool(terms)
        and all(isinstance(term, str) and re.match(r"\w", term) for term in terms)
    )


def _refuse_taken(place: str, key: str, taken: bool, owner: str | None) -> None:
    if taken:
        shown = key.replace("\x1f", ", ")
        raise LinkerError(f"{place}: {shown!r} is there already, of {owner or ITSELF}.")
