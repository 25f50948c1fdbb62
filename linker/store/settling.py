"""Makes the table of records be what the sources that speak, and people, say."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from linker.i18n.language import ENGLISH, speaking
from linker.records.edits import Joins, RecordEdit
from linker.records.record import Record
from linker.records.statements import Statement, unpacked
from linker.records.working_out import ALL_OTHERS, DECISIVE, Contradiction, WorkedOut, worked_out
from linker.store import schema
from linker.store.link_rows import batches
from linker.store.records import delete_records, records_of, write_records
from linker.store.stale import take_away
from linker.vocabulary.tokens import words

BATCH = 500
_WORDS_BEFORE, _WORDS_TOLD = 3, 10
"""Of a text that changed: words told before the first that did, and in all."""


@dataclass
class Changes:
    """What a change of the sources did to the records.

    Attributes:
        source: number of the source; 0 where it was another change.
        same_as: number of the source that says exactly the same; nothing was written then.
        new: ids of records that were not there.
        changed: ids of records that are now others than they were.
        gone: ids of records that no source speaks of any more.
        same: how many stayed as they were.
        altered: of changed records each decisive field that said something else before, in words.
        reworded: of changed records those whose text has other words than before, in words.
        joined: (id in the source, id of the record of another source that it is).
        doubtful: (id in the source, id of a record that it may be).
        clashes: (id in the source, id of its own record): that id has an unrelated text already.
        contradictions: about the records that were worked out.
        version_of: number of the version of the file before this one; 0 where there is none.
        left: ids of records that stand in that version and not in this one.
        texts: texts of a matrix that are not those here, and were left, in words.
        waiting: of how many records only a position is known, and no text yet.
    """

    source: int = 0
    same_as: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    altered: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    joined: list[tuple[str, str]] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[tuple[str, str]] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    version_of: int = 0
    left: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    waiting: int = 0


class Settled:
    """The merges and corrections that stand, and what follows from them and the statements."""

    def __init__(self, log: Iterable[RecordEdit]) -> None:
        edits = list(log)
        self.joins = Joins(edits)
        self.corrections = self.joins.corrections(edits)

    @classmethod
    def of(cls, db: Connection) -> Settled:
        """Read them from a workspace."""
        return cls(edits_of(db))

    def settle(self, db: Connection, record_ids: Iterable[str], changes: Changes) -> None:
        """Work out some records and write those that changed.

        Args:
            db: a transaction.
            record_ids: the records.
            changes: is told what became of them.
        """
        for some in batches(sorted(set(record_ids)), BATCH):
            before = records_of(db, some)
            made = {one.record.id: one for one in self.worked_out(db, some)}
            written = []
            for record_id in some:
                one, old = made.get(record_id), before.get(record_id)
                if one is None:
                    changes.gone += [record_id] if old else []
                    changes.waiting += not old
                    continue
                changes.contradictions += one.contradictions
                if one.record == old:
                    changes.same += 1
                    continue
                (changes.changed if old else changes.new).append(record_id)
                if old:
                    changes.altered += _altered(old, one.record)
                    changes.reworded += _reworded(old, one.record)
                written.append(one.record)
            write_records(db, written)
            gone = [old for i, old in before.items() if i not in made]
            delete_records(db, [old.id for old in gone])
            now_of = {i: one.record.state for i, one in made.items()}
            take_away(db, [old for i, old in before.items() if now_of.get(i) != old.state])

    def worked_out(self, db: Connection, record_ids: Iterable[str]) -> Iterator[WorkedOut]:
        """Yield what some records are by all that is said of them.

        Nothing for one that nobody names, or that has no words yet: an addendum says positions of
        recommendations, which wait for the report.
        """
        for record_id, statements in self.statements(db, record_ids).items():
            if all(one.said.wordless for one in statements):
                continue
            yield worked_out(record_id, statements, self.corrected(record_id))

    def as_sources_say(self, db: Connection, record_ids: Iterable[str]) -> dict[str, Record]:
        """Return those of some records that were corrected, without their corrections."""
        wanted = [i for i in record_ids if i in self.corrections]
        found = self.statements(db, wanted)
        return {
            i: worked_out(i, statements).record
            for i, statements in found.items()
            if not all(one.said.wordless for one in statements)
        }

    def corrected(self, record_id: str) -> dict[str, Any]:
        """Return the corrections of a record by hand, by field."""
        kinds = Record(id="-", text="-")
        given = self.corrections.get(record_id, {})
        return {
            name: tuple(value) if isinstance(getattr(kinds, name), tuple) else value
            for name, value in given.items()
        }

    def statements(self, db: Connection, record_ids: Iterable[str]) -> dict[str, list[Statement]]:
        """Return what the sources that speak say of some records, by record."""
        wanted = set(record_ids)
        names = sorted({name for one in wanted for name in self.joins.names(one)})
        found: dict[str, dict[tuple[int, int], Statement]] = {}
        self._read(db, names, wanted, found)
        self._add_said_of_all(db, found)
        return {record_id: list(rows.values()) for record_id, rows in found.items()}

    def _read(
        self,
        db: Connection,
        names: Sequence[str],
        wanted: Collection[str],
        found: dict[str, dict[tuple[int, int], Statement]],
    ) -> None:
        columns = [schema.statements.c.record_id]
        if self.joins.parted:
            columns.append(schema.statements.c.given)
        for column in columns:
            for some in batches(names, BATCH):
                rows = _SPEAKING.where(column.in_(some)).order_by(column, *_PLACE)
                for row in db.execute(rows):
                    record_id = self.joins.record_of(row.record_id, row.given)
                    if record_id in wanted:
                        key = (row.source, row.place)
                        found.setdefault(record_id, {})[key] = _statement(row, record_id)

    def _add_said_of_all(
        self, db: Connection, found: Mapping[str, dict[tuple[int, int], Statement]]
    ) -> None:
        """Add to the recommendations of a report what an addendum says of all it does not name."""
        by_id: dict[str, list[str]] = {}
        for record_id in found:
            report, number, _ = record_id.partition("#")
            if number:
                by_id.setdefault(f"{report}#{ALL_OTHERS}", []).append(record_id)
        for some in batches(sorted(by_id), BATCH):
            rows = _SPEAKING.where(schema.statements.c.record_id.in_(some)).order_by(*_PLACE)
            for row in db.execute(rows):
                for record_id in by_id[row.record_id]:
                    if record_id != row.record_id:
                        said = _statement(row, record_id)
                        found[record_id][row.source, row.place] = said

    def speakers(self, db: Connection, record_ids: Iterable[str]) -> dict[str, set[int]]:
        """Return the numbers of the sources that speak of some records, by record."""
        found = self.statements(db, record_ids)
        return {record_id: {one.source for one in rows} for record_id, rows in found.items()}

    def touched_by(self, db: Connection, number: int) -> set[str]:
        """Return the ids of the records that a source speaks of, forgotten or not."""
        table = schema.statements
        query = select(table.c.record_id, table.c.given).where(table.c.source == number).distinct()
        touched = {self.joins.record_of(*row) for row in db.execute(query)}
        said_of_all = {one for one in touched if one.endswith(f"#{ALL_OTHERS}")}
        records = schema.records
        for one in said_of_all:
            report = one.removesuffix(f"#{ALL_OTHERS}")
            start = f"{report}#"
            of_report = select(records.c.id).where(
                func.substr(records.c.id, 1, len(start)) == start
            )
            touched |= set(db.execute(of_report).scalars())
        return touched - said_of_all


def _altered(old: Record, new: Record) -> list[str]:
    """Return the decisive fields that said something and now say something else, for the log."""
    with speaking(ENGLISH):
        label = new.label
    return [
        f"{label} ({new.id}): {name} {before} → {getattr(new, name) or 'empty'}"
        for name in DECISIVE
        if (before := getattr(old, name)) and before != getattr(new, name)
    ]


def _reworded(old: Record, new: Record) -> list[str]:
    """Return what a text says where its words are others now; signs and blanks do not count."""
    before, now = words(old.text), words(new.text)
    if before == now:
        return []
    with speaking(ENGLISH):
        label = new.label
    same = next(
        (at for at, pair in enumerate(zip(before, now, strict=False)) if len(set(pair)) > 1),
        min(len(before), len(now)),
    )
    start = max(0, same - _WORDS_BEFORE)
    told = (" ".join(one[start : start + _WORDS_TOLD]) for one in (before, now))
    return [f"{label} ({new.id}): {' → '.join(f'“… {some} …”' for some in told)}"]


def edits_of(db: Connection) -> list[RecordEdit]:
    """Return the log of corrections and merges, oldest first."""
    rows = db.execute(select(schema.record_edits).order_by(schema.record_edits.c.seq))
    return [RecordEdit(**{**row._mapping, "value": json.loads(row.value)}) for row in rows]


_SPEAKING = (
    select(
        schema.statements,
        schema.sources.c.name,
        schema.sources.c.line,
    )
    .join(schema.sources, schema.sources.c.number == schema.statements.c.source)
    .where(schema.sources.c.forgotten.is_(False))
)
_PLACE = (schema.statements.c.source, schema.statements.c.place)


def _statement(row: Any, record_id: str) -> Statement:
    said = unpacked(row.said, row.given, row.row, row.name)
    return Statement(row.source, row.place, said, record_id, row.line)
