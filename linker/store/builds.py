"""The tables that builds make: links, themes, labels."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import BadZipFile

from sqlalchemy import (
    Column,
    Select,
    Table,
    delete,
    func,
    select,
)

from linker.labels.labeller import Labels
from linker.links import BANDS, Band, Convergence, SdgLink
from linker.store import schema
from linker.store.database import writing
from linker.store.faults import from_stored
from linker.store.link_rows import change_links, delete_of_records, replace_links
from linker.store.tables import Stored, insert_rows

if TYPE_CHECKING:
    from linker.convergence.scored_pairs import Scored

LinkT = TypeVar("LinkT", Convergence, SdgLink)
MADE_BY_BUILDS = (
    schema.convergences,
    schema.sdg_links,
    schema.themes,
    schema.labels,
    schema.scored,
    schema.clusters,
    schema.ask_pairs,
    schema.builds,
)


class Overtaken(Exception):  # noqa: N818 - it happens to the best of builds
    """A State was built, or what it is built from changed, since this build of it began."""


class StoredBuilds(Stored):
    """What builds make of the records; part of ``Store``."""

    def build_digest(self, state: str) -> str:
        """Return what the last build of a State was made from; empty when never built."""
        query = select(schema.builds.c.digest).where(schema.builds.c.state == state)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or ""

    def build_summary(self, state: str) -> dict[str, Any]:
        """Return what the last build of a State kept of itself; empty when never built."""
        query = select(schema.builds.c.summary).where(schema.builds.c.state == state)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or {}

    def scored(self, state: str) -> Scored | None:
        """Return the pairs of records that the last build of a State scored.

        None before one, and where they cannot be read: they can always be made again.
        """
        query = select(schema.scored.c.pairs).where(schema.scored.c.state == state)
        with self.engine.connect() as db:
            held = db.execute(query).scalar_one_or_none()
        from linker.convergence.scored_pairs import (
            Scored,  # brings SciPy, which reading files does without
        )

        try:
            return Scored.from_bytes(held) if held else None
        except (zlib.error, BadZipFile, KeyError, ValueError):
            return None

    def bands(self, table: Table, state: str) -> dict[Band, int]:
        """Return how many links of a State are in each band, in one of the two tables of links."""
        query = select(table.c.band, func.count()).where(table.c.state == state)
        with self.engine.connect() as db:
            found: dict[str, int] = dict(db.execute(query.group_by(table.c.band)).all())
        return {band: found.get(band, 0) for band in BANDS}

    def save_build(
        self,
        state: str,
        digest: str,
        convergences: Sequence[Convergence],
        sdg_links: Sequence[SdgLink],
        themes: Sequence[dict[str, Any]],
        summary: dict[str, Any],
        labels: Sequence[Labels] = (),
        remade: Collection[str] | None = None,
        dropped: Sequence[str] | None = None,
        scored: Scored | None = None,
        since: str = "",
    ) -> None:
        """Replace everything a build makes for a State, in one transaction.

        Args:
            state: ISO 3166-1 alpha-3.
            digest: of what it was made from.
            convergences: all of the State's, or those that are new.
            sdg_links: of the remade records.
            themes: all of the State's.
            summary: what the next build wants to know of this one.
            labels: of the remade records.
            remade: records whose SDG links and labels are replaced (none, where they are gone);
                those of the others stay. All records of the State unless given.
            dropped: ids of the convergences that go; the others stay. All others go unless given.
            scored: what the next build starts from.
            since: digest of the build from which ``dropped`` starts.

        Raises:
            Overtaken: that build is not the last one any more; nothing was written.
        """
        with writing(self.engine) as db:
            for table in (schema.themes, schema.scored):
                db.execute(delete(table).where(table.c.state == state))
            query = select(schema.builds.c.digest).where(schema.builds.c.state == state)
            if dropped is not None and db.execute(query).scalar_one_or_none() != since:
                raise Overtaken(state)
            db.execute(delete(schema.builds).where(schema.builds.c.state == state))
            if dropped is None:
                replace_links(db, schema.convergences, state, convergences)
            else:
                change_links(db, schema.convergences, state, convergences, dropped)
            replace_links(db, schema.sdg_links, state, sdg_links, remade)
            delete_of_records(db, schema.labels, state, remade)
            insert_rows(db, schema.themes, _theme_rows(state, themes))
            insert_rows(
                db,
                schema.labels,
                (
                    {"record_id": one.record_id, "state": state, "labels": one.to_dict()}
                    for one in labels
                ),
            )
            if scored is not None:
                row = {"state": state, "pairs": scored.to_bytes()}
                insert_rows(db, schema.scored, [row])
            insert_rows(db, schema.builds, [{"state": state, "digest": digest, "summary": summary}])

    def drop_builds(self, but: Iterable[str]) -> None:
        """Forget what was built for States that have no records any more."""
        kept = set(but)
        with writing(self.engine) as db:
            built = db.execute(select(schema.builds.c.state)).scalars()
            for state in sorted(set(built) - kept):
                for table in MADE_BY_BUILDS:
                    db.execute(delete(table).where(table.c.state == state))

    def convergences(
        self,
        state: str | None = None,
        record_id: str | None = None,
        bands: Sequence[Band] = BANDS,
    ) -> list[Convergence]:
        """Return convergence links, most probable first, ties by link id."""
        table = schema.convergences
        query = _links_query(table, state, bands)
        if record_id is not None:
            query = query.where((table.c.left_id == record_id) | (table.c.right_id == record_id))
        with self.engine.connect() as db:
            return _links(Convergence, db.execute(query))

    def sdg_links(
        self,
        state: str | None = None,
        record_id: str | None = None,
        bands: Sequence[Band] = BANDS,
    ) -> list[SdgLink]:
        """Return SDG links, most probable first, ties by link id."""
        table = schema.sdg_links
        query = _links_query(table, state, bands)
        if record_id is not None:
            query = query.where(table.c.record_id == record_id)
        with self.engine.connect() as db:
            return _links(SdgLink, db.execute(query))

    def link(self, link_id: str) -> Convergence | SdgLink | None:
        """Return one link of either kind, or None."""
        is_convergence = link_id.startswith("C-")
        table = schema.convergences if is_convergence else schema.sdg_links
        with self.engine.connect() as db:
            rows = db.execute(select(*_link_columns(table)).where(table.c.link_id == link_id))
            found: Sequence[Convergence | SdgLink] = (
                _links(Convergence, rows) if is_convergence else _links(SdgLink, rows)
            )
        return found[0] if found else None

    def unknown_links(self, link_ids: Iterable[str]) -> set[str]:
        """Return those of some link ids that no build proposes (any more)."""
        wanted, tables = set(link_ids), (schema.convergences, schema.sdg_links)
        return wanted - self._known(wanted, *(table.c.link_id for table in tables))

    def save_themes(self, state: str, themes: Sequence[dict[str, Any]]) -> None:
        """Replace the themes of a State, and nothing else, in one transaction."""
        with writing(self.engine) as db:
            db.execute(delete(schema.themes).where(schema.themes.c.state == state))
            insert_rows(db, schema.themes, _theme_rows(state, themes))

    def themes(self, state: str) -> list[dict[str, Any]]:
        """Return the themes of a State as the x-ray wrote them, in its order."""
        table = schema.themes
        query = select(table.c.theme).where(table.c.state == state).order_by(table.c.position)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def labels(self, state: str | None = None) -> dict[str, Labels]:
        """Return the predicted labels of all records, or those of a State, by record id."""
        table = schema.labels
        query = select(table.c.labels).order_by(table.c.record_id)
        if state is not None:
            query = query.where(table.c.state == state)
        with self.engine.connect() as db:
            found = [from_stored(Labels.from_dict, plain) for plain in db.execute(query).scalars()]
        return {one.record_id: one for one in found}


def _theme_rows(state: str, themes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for position, theme in enumerate(themes):
        row = {"theme_id": theme["theme_id"], "state": state, "position": position}
        yield {**row, "theme": theme}


def _links_query(table: Table, state: str | None, bands: Sequence[Band]) -> Select[Any]:
    query = select(*_link_columns(table)).order_by(table.c.probability.desc(), table.c.link_id)
    if state is not None:
        query = query.where(table.c.state == state)
    return query if set(bands) == set(BANDS) else query.where(table.c.band.in_(bands))


def _links(kind: type[LinkT], rows: Iterable[Any]) -> list[LinkT]:
    return [kind(*row) for row in rows]


def _link_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a link in the order of its fields."""
    kind = Convergence if table is schema.convergences else SdgLink
    return [table.c[f.name] for f in fields(kind) if f.name != "contributions"]
