"""Finds for the rows of a new source the records that they are about, a State at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update

from linker.records.matching import Known, Matcher, family
from linker.records.record import Record
from linker.records.statements import family_name, unpacked
from linker.store import schema
from linker.store.link_rows import batches
from linker.store.records import records_of
from linker.store.settling import Changes, Settled

Names = dict[str, set[str]]
"""Ids under which sources gave a record, by its id, where they are others than that."""


def take_in(
    db: Connection, number: int, name: str, importer: str, settled: Settled, changes: Changes
) -> None:
    """Write beside each row of a source the record that it is about.

    Args:
        db: a transaction, in which the rows stand already.
        number: of the source.
        name: of the file.
        importer: what read it.
        settled: the merges that stand.
        changes: is told what was joined, doubted, told apart and left out.
    """
    matcher = Matcher(name, settled.joins.parted)
    names = _names(db, number, settled)
    ghosts = _forgotten(db, number)
    earlier = _earlier_version(db, number, name, importer)
    waiting: list[Record] = []
    for state in _states(db, number):
        known = _known(db, state, _given(db, number, state), names, ghosts, settled)
        if not known and not earlier:
            continue  # each id is its own record
        new = _rows(db, number, state, name)
        matcher.match(new, known)
        if earlier:
            waiting += [record for record in new if record.id not in matcher.found.record_of]
        else:
            matcher.settle(new, {one.record.id for one in known})
    if earlier:
        versions = _of_version(db, earlier, settled, names)
        matcher.match_versions(waiting, versions)
        ids = [record.id for record in waiting]
        there = {*records_of(db, ids), *ghosts}
        matcher.settle(waiting, there)
        matched = set(matcher.found.record_of.values())
        left = sorted(one.record.id for one in versions if one.record.id not in matched)
        if len(left) < len(versions):
            changes.version_of, changes.left = earlier, left
    _write(db, number, matcher.found.record_of)
    changes.joined = [(i, matcher.found.record_of[i]) for i in matcher.found.joined]
    changes.doubtful = [
        (i, other) for i, other in matcher.found.doubtful if matcher.found.record_of.get(i) != other
    ]
    changes.clashes = matcher.found.clashes


def _states(db: Connection, number: int) -> list[str]:
    table = schema.statements
    query = select(table.c.state).where(table.c.source == number).distinct()
    return list(db.execute(query.order_by(table.c.state)).scalars())


def _given(db: Connection, number: int, state: str) -> list[str]:
    table = schema.statements
    query = select(table.c.given).where(table.c.source == number, table.c.state == state)
    return list(db.execute(query.distinct()).scalars())


def _rows(db: Connection, number: int, state: str, name: str) -> list[Record]:
    """Return what a source says of a State: of rows with one id the first."""
    table = schema.statements
    query = select(table).where(table.c.source == number, table.c.state == state)
    first: dict[str, Record] = {}
    for row in db.execute(query.order_by(table.c.place)):
        if row.given not in first:
            first[row.given] = unpacked(row.said, row.given, row.row, name)
    return list(first.values())


def _known(
    db: Connection,
    state: str,
    given: Iterable[str],
    names: Names,
    ghosts: dict[str, Record],
    settled: Settled,
) -> list[Known]:
    """Return the records that rows of a State may be about: of this State, or with their ids.

    As their sources have them: a correction by hand is not what a source is held against.
    """
    wanted = {i for one in given for i in (one, family(one))}
    aliases = {record_id for record_id, others in names.items() if others & wanted}
    query = select(schema.records.c.record).where(schema.records.c.state == state)
    found = {record.id: record for record in map(Record.from_dict, db.execute(query).scalars())}
    found |= records_of(db, sorted((wanted | aliases) - set(found)))
    found |= settled.as_sources_say(db, found)
    found = {**{i: ghosts[i] for i in wanted & set(ghosts)}, **found}
    return [Known(record, frozenset(names.get(i, ()))) for i, record in sorted(found.items())]


def _names(db: Connection, number: int, settled: Settled) -> Names:
    table = schema.statements
    query = select(table.c.record_id, table.c.given).distinct()
    found: Names = defaultdict(set)
    for record_id, given in db.execute(
        query.where(table.c.record_id != table.c.given, table.c.source != number)
    ):
        found[settled.joins.record_of(record_id, given)].add(given)
    for record_id, into in settled.joins.merged.items():
        found[settled.joins.followed(into)].add(record_id)
    return found


def _forgotten(db: Connection, number: int) -> dict[str, Record]:
    """Return, by id, records that only forgotten sources speak of: their ids stay theirs."""
    table, sources = schema.statements, schema.sources
    query = (
        select(table, sources.c.name)
        .join(sources, sources.c.number == table.c.source)
        .where(sources.c.forgotten.is_(True), sources.c.number != number)
        .order_by(table.c.source, table.c.place)
    )
    found = {}
    for row in db.execute(query):
        found[row.record_id] = unpacked(row.said, row.record_id, row.row, row.name)
    return found


def _earlier_version(db: Connection, number: int, name: str, importer: str) -> int:
    """Return the number of the last source of this name and importer; 0 where there is none."""
    table = schema.sources
    query = select(table.c.number, table.c.name).where(
        table.c.importer == importer, table.c.number < number, table.c.forgotten.is_(False)
    )
    wanted = family_name(name)
    same = [row.number for row in db.execute(query) if wanted and family_name(row.name) == wanted]
    return max(same, default=0)


def _of_version(db: Connection, number: int, settled: Settled, names: Names) -> list[Known]:
    """Return the records that an earlier version of a file speaks of, with their rows in it."""
    table = schema.statements
    rows: dict[str, set[str]] = defaultdict(set)
    query = select(table.c.record_id, table.c.given, table.c.row).where(table.c.source == number)
    for record_id, given, row in db.execute(query):
        rows[settled.joins.record_of(record_id, given)].add(row)
    return [
        Known(record, frozenset(names.get(i, ())), frozenset(rows[i]))
        for i, record in sorted(records_of(db, sorted(rows)).items())
    ]


def _write(db: Connection, number: int, record_of: dict[str, str]) -> None:
    table = schema.statements
    moved = [{"of": given, "to": i} for given, i in sorted(record_of.items()) if given != i]
    statement = (
        update(table)
        .where(table.c.source == number, table.c.given == bindparam("of"))
        .values(record_id=bindparam("to"))
    )
    for some in batches(moved):
        db.execute(statement, some)
