"""What the records of each State come to in a number: whether one changed is known from it alone.

The number is the sum of the digests of the records as they are stored, so it depends on nothing but
them: not on the order in which they came, nor on what was there before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import Connection, Text, cast, delete, insert, select

from linker.store import schema
from linker.store.link_rows import batches
from linker.store.tables import Stored

RING = 2**64
_ROWS = select(schema.records.c.state, schema.records.c.id, cast(schema.records.c.record, Text))


class StoredDigests(Stored):
    """Digests of the records of each State; part of ``Store``."""

    def digests_by_state(self) -> dict[str, str]:
        """Return for each State that has records a digest of them; of those of none under ""."""
        with self.engine.connect() as db:
            return dict(sorted((kept_digests(db) or _hexadecimal(_sums(db))).items()))


@contextmanager
def changing(db: Connection, record_ids: Iterable[str]) -> Iterator[None]:
    """Keep the digests true while some records are written or deleted.

    Args:
        db: a transaction.
        record_ids: of all records that are written or deleted meanwhile.
    """
    ids = list(record_ids)
    if not kept_digests(db):  # the first records, or a workspace of before there were digests
        recount(db)
    before = _sums(db, ids)
    yield
    after = _sums(db, ids)
    held = kept_digests(db)
    for state in sorted(before.keys() | after.keys()):
        old = int(held.get(state, "0"), 16)
        _put(db, state, (old - before[state] + after[state]) % RING)


def recount(db: Connection) -> None:
    """Write the digests of all records anew; for whoever filled the table of records whole."""
    db.execute(delete(schema.record_digests))
    for state, digest in _sums(db).items():
        _put(db, state, digest)


def _sums(db: Connection, record_ids: list[str] | None = None) -> Counter[str]:
    """Return the sum of the digests of records by State: of some, or of all."""
    found: Counter[str] = Counter()
    queries = [_ROWS]
    if record_ids is not None:
        queries = [_ROWS.where(schema.records.c.id.in_(some)) for some in batches(record_ids)]
    for query in queries:
        for state, record_id, held in db.execute(query):
            whole = f"{record_id}\x1f{held}".encode("utf-8", "surrogatepass")
            digest = int.from_bytes(sha256(whole).digest()[:8], "big")
            found[state] = (found[state] + digest) % RING
    return found


def _hexadecimal(sums: Counter[str]) -> dict[str, str]:
    return {state: f"{number:016x}" for state, number in sums.items()}


def kept_digests(db: Connection) -> dict[str, str]:
    """Return the digests that are kept, by State; none in a workspace of before there were any."""
    table = schema.record_digests
    return dict(map(tuple, db.execute(select(table.c.state, table.c.digest))))


def _put(db: Connection, state: str, number: int) -> None:
    """Keep the digest of a State; of one without records nothing."""
    table = schema.record_digests
    db.execute(delete(table).where(table.c.state == state))
    if number:
        db.execute(insert(table), {"state": state, "digest": f"{number:016x}"})
