"""What a row of an archive must be, table by table, before any of them is believed.

Checksums show that nobody altered an archive on its way, not that what it says is sound: it may
have been made so. A value that some page would stumble over later is refused here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sqlalchemy import JSON, Boolean, Float, Integer, Table

from linker.convergence.cluster import Cluster
from linker.errors import LinkerError
from linker.labels.labeller import Labels
from linker.links import Convergence, SdgLink, convergence_id
from linker.plan.entries import COMMENT, FIELDS, OWN, RELEASED, PlanChange
from linker.records.edits import RecordEdit
from linker.records.record import Record
from linker.records.statements import unpacked
from linker.review.decisions import Decision
from linker.sdg.framework import framework
from linker.store import schema
from linker.themes.theme import Theme

MOST = 1 << 40
"""No count, number of a row or place is larger; the next row must find a number too."""
_YEARS = range(1, 10_000)
_TYPES: tuple[tuple[type, tuple[type, ...]], ...] = (
    (Boolean, (bool,)),
    (Integer, (int,)),
    (Float, (int, float)),
)
_ASKS = frozenset({"ask", "left_ask", "right_ask"})
Row = Mapping[str, Any]


class Unsound(ValueError):  # noqa: N818 - what the row is
    """What is wrong with a row, with the value found."""


class RowChecker:
    """Checks the rows of an archive; remembers what later rows may refer to.

    Args:
        records: ids of all records of the archive, those of forgotten sources among them.
    """

    def __init__(self, records: set[str]) -> None:
        self._records = records
        self._sources: set[int] = set()
        self._keys: dict[str, set[tuple[Any, ...]]] = {}

    def check(self, table: Table, row: Row, place: str) -> None:
        """Refuse a row that does not fit its table or refers to what is not there.

        Raises:
            LinkerError: with file, line, value and remedy.
        """
        try:
            _check_columns(table, row)
            self._check_key(table, row)
            if check := _CHECKS.get(table.name):
                check(self, row)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise LinkerError(f"{place}: {error}: wrong. Ask for the archive again.") from error

    def _check_key(self, table: Table, row: Row) -> None:
        key = tuple(row[column.name] for column in table.primary_key.columns)
        seen = self._keys.setdefault(table.name, set())
        if key in seen:
            raise Unsound(f"{'/'.join(map(str, key))[:60]!r} stands there twice")
        seen.add(key)

    def _here(self, *record_ids: str) -> None:
        for record_id in record_ids:
            if record_id not in self._records:
                raise Unsound(f"{record_id[:60]!r} is no record of the archive")

    def _record(self, row: Row) -> None:
        try:
            record = Record.from_dict(row["record"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unsound(f"is no record ({error})") from error
        _typed(record)
        if record.id != row["id"]:
            raise Unsound("the record has another id than its row")
        for name in ("state", "mechanism", "body", "year", "text"):
            if getattr(record, name) != row[name]:
                raise Unsound(f"the record has another {name} than its row")
        if record.year is not None and record.year not in _YEARS:
            raise Unsound(f"year {record.year}")

    def _convergence(self, row: Row) -> None:
        self._here(row["left_id"], row["right_id"])
        _typed(Convergence(**_without(row, "link_id", "state")))
        if row["link_id"] != convergence_id(row["left_id"], row["right_id"]):
            raise Unsound(f"{row['link_id'][:40]!r} is not the id of this link")

    def _sdg_link(self, row: Row) -> None:
        self._here(row["record_id"])
        link = SdgLink(**_without(row, "link_id", "state"))
        _typed(link)
        _code(link.target)
        if link.indicator:
            _code(link.indicator)
        if row["link_id"] != link.link_id:
            raise Unsound(f"{row['link_id'][:40]!r} is not the id of this link")

    def _theme(self, row: Row) -> None:
        theme = Theme.from_dict(row["theme"])
        _typed(theme)
        _same(theme.theme_id, row["theme_id"])
        self._here(*(member.record_id for member in theme.members))

    def _labels(self, row: Row) -> None:
        labels = Labels.from_dict(row["labels"])
        _typed(labels)
        _same(labels.record_id, row["record_id"])
        self._here(labels.record_id)

    def _cluster(self, row: Row) -> None:
        cluster = Cluster.from_dict(row["cluster"])
        _typed(cluster)
        _same(cluster.cluster_id, row["cluster_id"])

    def _decision(self, row: Row) -> None:
        _typed(Decision(**{**row, "link": tuple(row["link"].items())}))
        for name, value in row["link"].items():
            if name in _ASKS and value:
                _whole(int(value))
            if name == "probability" and value:
                _share(float(value), name)

    def _plan_change(self, row: Row) -> None:
        _typed(PlanChange(**row))
        if row["field"] not in (*FIELDS, COMMENT, RELEASED) and not row["field"].startswith(OWN):
            raise Unsound(f"{row['field'][:40]!r} is no field of the plan")

    def _exemplar(self, row: Row) -> None:
        _code(row["target"])

    def _source(self, row: Row) -> None:
        self._sources.add(row["number"])

    def _statement(self, row: Row) -> None:
        if row["source"] not in self._sources:
            raise Unsound(f"{row['source']} is no source of the archive")
        _typed(unpacked(row["said"], row["given"], row["row"], ""))

    def _record_edit(self, row: Row) -> None:
        _typed(RecordEdit(**{**row, "value": json.loads(row["value"])}))


_CHECKS: Mapping[str, Callable[[RowChecker, Row], None]] = {
    schema.records.name: RowChecker._record,
    schema.convergences.name: RowChecker._convergence,
    schema.sdg_links.name: RowChecker._sdg_link,
    schema.themes.name: RowChecker._theme,
    schema.labels.name: RowChecker._labels,
    schema.clusters.name: RowChecker._cluster,
    schema.decisions.name: RowChecker._decision,
    schema.plan_changes.name: RowChecker._plan_change,
    schema.exemplars.name: RowChecker._exemplar,
    schema.sources.name: RowChecker._source,
    schema.statements.name: RowChecker._statement,
    schema.record_edits.name: RowChecker._record_edit,
}


def _check_columns(table: Table, row: Row) -> None:
    for column in table.columns:
        name, value = column.name, row[column.name]
        if not _fits(value, column):
            raise Unsound(f"{name} holds {str(value)[:40]!r}")
        if isinstance(column.type, Integer) and isinstance(value, int):
            _whole(value)
        if name.startswith("probability"):
            _share(value, name)
    if not row.keys().isdisjoint({"seq", "number"}) and 0 in (row.get("seq"), row.get("number")):
        raise Unsound("a number that is 0")
    json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _fits(value: object, column: Any) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, JSON):
        return isinstance(value, dict)
    for kind, types in _TYPES:
        if isinstance(column.type, kind):
            whole = not isinstance(value, bool) or kind is Boolean
            return isinstance(value, types) and whole
    return isinstance(value, str)


def _whole(value: int) -> None:
    if not 0 <= value <= MOST:
        raise Unsound(f"{value} is no number of a row, place or ask")


def _share(value: float, name: str) -> None:
    if not 0.0 <= value <= 1.0:  # NaN neither
        raise Unsound(f"{name} {value} is not between 0 and 1")


def _code(code: str) -> None:
    if code not in framework():
        raise Unsound(f"{code[:40]!r} is no SDG target or indicator")


def _same(found: str, wanted: str) -> None:
    if found != wanted:
        raise Unsound(f"{found[:40]!r} stands in the row of {wanted[:40]!r}")


def _without(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


# Types of dataclasses ----------------------------------------------------------------------------


def _typed(value: Any) -> None:
    """Refuse a dataclass whose values are not what its annotations say."""
    kind: Any = type(value)
    hints = _hints(kind)
    for field in fields(value):
        found = getattr(value, field.name)
        if not _is(found, hints[field.name]):
            raise Unsound(f"{field.name} holds {str(found)[:40]!r}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _is(value: Any, hint: Any) -> bool:
    """Whether a value is what an annotation says, all the way down."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin is Literal:
        return value in inner and isinstance(value, tuple(map(type, inner)))
    if origin in (Union, UnionType):
        return any(_is(value, one) for one in inner)
    if origin is tuple:
        return _is_tuple(value, inner)
    if origin is not None:
        return (
            _is_mapping(value, inner) if isinstance(value, Mapping) else isinstance(value, origin)
        )
    return _is_plain(value, hint)


def _is_tuple(value: Any, inner: tuple[Any, ...]) -> bool:
    if not isinstance(value, tuple):
        return False
    if len(inner) == 2 and inner[1] is Ellipsis:
        return all(_is(one, inner[0]) for one in value)
    return len(value) == len(inner) and all(map(_is, value, inner))


def _is_mapping(value: Any, inner: tuple[Any, ...]) -> bool:
    if not isinstance(value, Mapping) or len(inner) != 2:
        return True
    return all(_is(k, inner[0]) and _is(v, inner[1]) for k, v in value.items())


def _is_plain(value: Any, hint: Any) -> bool:
    if hint in (None, NoneType):
        return value is None
    if hint is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and math.isfinite(value)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(hint, type) or not isinstance(value, hint):
        return False
    if is_dataclass(value):
        _typed(value)
    return True
