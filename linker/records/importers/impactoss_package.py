"""A package of IMPACT OSS as a zip or a folder of CSV tables: its recommendations as records.

What its actions, indicators and progress reports say belongs to the plan, and is told.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from linker.records.cells import plain
from linker.records.import_notes import Notes, refuse
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Limits, Options, column_name
from linker.records.importers.impactoss import (
    ABOUT,
    ACTIONS,
    HOME,
    INDICATORS,
    NEEDED,
    RECOMMENDATIONS,
    REPORTS,
    Line,
    Package,
    form,
    is_package,
    table_of,
)
from linker.records.importers.sheets import read_sheet
from linker.records.occasions import said_in
from linker.records.record import LISTS, Record
from linker.vocabulary.bodies import body_code

_OF_RECORDS = ("body", "cycle", *LISTS)
_DAMAGED = (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError)


def as_file(path: Path) -> Path:
    """Return the file itself, or a folder that is a package as one zip file of its name."""
    try:
        files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else []
    except OSError:
        return path  # whoever opens it next says why
    if not is_package(file.name for file in files):
        return path
    state = tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return Path(_packed(str(path.resolve()), state).name) / f"{path.resolve().name}.zip"


@lru_cache(maxsize=2)
def _packed(
    folder: str, files: tuple[tuple[str, int, int], ...]
) -> tempfile.TemporaryDirectory[str]:
    """Return a folder with the zip file, which lasts as long as it is remembered."""
    made = tempfile.TemporaryDirectory(prefix="linker-package-")
    with zipfile.ZipFile(Path(made.name) / f"{Path(folder).name}.zip", "w") as archive:
        for name, _, _ in files:
            if name == ABOUT or name.casefold().endswith(".csv"):
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, (Path(folder) / name).read_bytes())
    return made


def read_package(path: Path, notes: Notes, limits: Limits) -> tuple[Package, Mapping[str, Any]]:
    """Return the tables of a package, and what Linker wrote beside them; {} where it did not.

    Rows that cannot be read are refused in ``notes``, under their table.

    Raises:
        ImportRefused: a damaged file or one with a password, or recommendations without a column
            that is needed.
    """
    tables: dict[str, Sequence[Line]] = {}
    headings: dict[str, Sequence[str]] = {}
    about: Mapping[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _members(path, limits):
            if name == ABOUT:
                about = _about(content)
                continue
            table = table_of(name)
            if not table:
                notes.told("table not read", reason=f"{name} is no table that Linker reads")
                continue
            if table in tables:
                reason = f"two of its files hold the table {table!r}; one of them is {name}"
                raise refuse(path.name, reason, "Leave the newer one in the package alone.")
            file = Path(folder) / f"{table}.csv"
            file.write_bytes(content)
            notes.sheet = table
            headings[table], tables[table] = _table(file, notes, limits)
    notes.sheet = ""
    if missing := NEEDED - {column_name(one) for one in headings.get(RECOMMENDATIONS, ())}:
        raise refuse(
            path.name,
            f"its recommendations have no column {min(missing)!r}",
            "Export the package again with all columns of IMPACT OSS.",
        )
    return Package(tables), about


def _members(path: Path, limits: Limits) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                name = member.filename.rpartition("/")[2]
                hidden = name.startswith((".", "_")) or "__MACOSX" in member.filename
                if name and not hidden and (name == ABOUT or name.casefold().endswith(".csv")):
                    yield name, archive.read(member)
    except _DAMAGED as error:
        reason = f"the package is damaged or has a password ({error})"
        raise refuse(path.name, reason, "Download or save it again.") from error


def _about(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _table(path: Path, notes: Notes, limits: Limits) -> tuple[tuple[str, ...], list[Line]]:
    """Return headings and rows of a table; an empty file has neither."""
    if not path.read_bytes().strip(b"\xef\xbb\xbf \r\n\t"):
        return (), []
    sheet = read_sheet(path, "csv", notes, limits)
    names = [column_name(column) for column in sheet.columns]
    return sheet.columns, [
        Line(row.place, dict(zip(names, map(plain, row.cells), strict=True))) for row in sheet.rows
    ]


class ImpactossPackage:
    """The recommendations of a package, with what its categories and targets say of them."""

    name = "impactoss_package"
    label = "IMPACT OSS package (CSV tables)"

    def recognises(self, head: Head) -> bool:
        """Say whether the file is a zip with the tables of IMPACT OSS."""
        return head.kind == "zip"

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a recommendation; columns that no field takes are kept beside it."""
        package, _ = read_package(path, notes, options.limits)
        notes.rows_read = len(package.rows(RECOMMENDATIONS))
        _tell(package, notes)
        tags = package.tagged("recommendation_categories", "recommendation_id")
        goals = _targets(package)
        for line in package.rows(RECOMMENDATIONS):
            values, extra = _values(line, tags.get(line["id"], []), goals.get(line["id"], []))
            yield from Draft(values, line.place, notes, options, extra=extra).records()


def _tell(package: Package, notes: Notes) -> None:
    for table, line, column, named in package.dangling():
        notes.sheet = table
        reason = f"{column} {named!r} names a row that is not there"
        remedy = "Export the whole package again; this relation is left out."
        notes.incomplete("relation", row=line.place, column=column, reason=reason,
                         remedy=remedy, value=named)  # fmt: skip
    notes.sheet = RECOMMENDATIONS
    counted = {name: len(package.rows(table)) for table, name in _PLANNED.items()}
    if found := ", ".join(f"{name} ({number})" for name, number in counted.items() if number):
        notes.told("plan", reason=f"{found} belong to the plan: `linker plan import` reads them "
                   "from the same package")  # fmt: skip
    if number := len(package.rows("recommendation_recommendations")):
        notes.told("related recommendations", reason=f"{number} relations between recommendations "
                   "are not read: `linker decide` confirms a convergence")  # fmt: skip


_PLANNED = {ACTIONS: "actions", INDICATORS: "indicators", REPORTS: "progress reports"}


def _targets(package: Package) -> dict[str, list[str]]:
    """Return recommendation id -> codes of its SDG targets, but those that reviewers confirmed."""
    codes = {key: line["reference"] for key, line in package.by_id("sdgtargets").items()}
    found: dict[str, list[str]] = {}
    for line in package.rows("sdgtarget_recommendations"):
        if line["sdgtarget_id"] in codes and not line["confirmed_by_review"]:
            found.setdefault(line["recommendation_id"], []).append(codes[line["sdgtarget_id"]])
    return found


def _values(
    line: Line, tags: list[tuple[str, Line]], targets: list[str]
) -> tuple[dict[str, str | tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Return field -> value of a recommendation, and what no field takes."""
    found: dict[str, list[str]] = {"sdgs": targets}
    extra: dict[str, list[str]] = {}
    for taxonomy, category in tags:
        field = form().field_of(taxonomy)
        if field in _OF_RECORDS:
            for name, said in _said(field, category):
                found.setdefault(name, []).append(said)
        elif field != HOME:
            extra.setdefault(taxonomy, []).append(category["title"])
    values: dict[str, str | tuple[str, ...]] = {
        name: tuple(said) if name in LISTS else "; ".join(said) for name, said in found.items()
    }
    known = {column_name(name) for name in form().columns(RECOMMENDATIONS)}
    own = {name: line[name] for name in form().own[RECOMMENDATIONS] if line[name]}
    values = {**own, **values, "id": line["reference"], "text": line["title"]}
    values["position"] = _position(line)
    kept = [(name, line.cells[name]) for name in line.cells if name not in known]
    kept += [(name, line[name]) for name in ("response",) if line[name]]
    kept += [(name, "; ".join(said)) for name, said in extra.items()]
    return values, tuple((name, value) for name, value in kept if value)


def _said(field: str, category: Line) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that a category says something of, with what it says."""
    if field == "body":
        yield field, _body(category)
    elif field == "cycle":
        yield from _occasion(category)
    elif field == "sdgs":
        yield field, category["reference"] or category["title"]
    else:
        yield field, category["title"]


def _body(category: Line) -> str:
    names = [name for name in (category["short_title"], category["title"]) if name]
    known = (form().bodies.get(name) or (name if body_code(name) else "") for name in names)
    return next(filter(None, known), names[0] if names else "")


def _occasion(category: Line) -> Iterator[tuple[str, str]]:
    """Yield cycle, else year, and the date of a category such as "UPR cycle 3" or "UPR-2024"."""
    name = " ".join((category["short_title"], category["title"]))
    said = said_in(name)
    if said.cycle:
        yield "cycle", said.cycle
    elif said.year:
        yield "year", said.year
    if category["date"]:
        yield "date", category["date"]


def _position(line: Line) -> str:
    """Return what the State said: level of support, else accepted or not, else as we wrote it."""
    words, level, accepted = form(), line["support_level"], line["accepted"]
    said = words.support_levels.get(level, level)
    return said or words.accepted.get(accepted.casefold(), accepted) or line["position"]
