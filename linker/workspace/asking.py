"""An open workspace as far as it is asked: its records, chosen and searched.

Apart from the verbs of `linker.workspace.workspace.Linker`, whose parts take longer to load than a
search takes: the command line searches with this alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Self

from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.errors import Invalid, NotFound
from linker.plan.entries import institutions, standing_entries
from linker.reading.reader import Reader
from linker.records.filters import Filter
from linker.records.record import Record
from linker.store.location import Location, locate
from linker.store.plan_log import plan_changes
from linker.store.store import Store
from linker.vocabulary.text import fold
from linker.workspace.ask_indices import AskIndices
from linker.workspace.facade_part import EMBEDDINGS, Acting
from linker.workspace.known import remember
from linker.workspace.lexicon_desk import LEXICON, corrections_of
from linker.workspace.nothing_found import why_nothing
from linker.workspace.search import Found, search
from linker.workspace.search_corpus import Corpora


class Asking(Acting):
    """A workspace whose records are asked for.

    Example:
        >>> with Asking.open("kenya") as workspace:  # doctest: +SKIP
        ...     workspace.search("minimum age of marriage")

    Use ``open``; close it, or use it in a ``with`` statement.
    """

    def __init__(self, store: Store, encoder: Encoder | None = None) -> None:
        self.store = store
        self.folder = folder = store.location.files
        embeddings = folder / EMBEDDINGS
        # Loaded when first needed, and once for all who act on the same open workspace.
        self._encoder = cache(lambda: CachedEncoder(encoder or default_encoder(), embeddings))
        self._indices = cache(lambda: AskIndices(folder, store, self._encoder(), self.reader))
        self._corpora = cache(lambda: Corpora(store, self._indices(), self._encoder()))
        self._readers: dict[str, Reader] = {}

    @classmethod
    def open(
        cls,
        path: str | Path | Location,
        create: bool = False,
        encoder: Encoder | None = None,
    ) -> Self:
        """Open a workspace.

        Args:
            path: its folder, or its address on a PostgreSQL server; see docs/server.md.
            create: make it when it is not there.
            encoder: another encoder than the default one.

        Raises:
            NoWorkspace: none is there.
            LinkerError: one that cannot be read, or an address that is none.
        """
        store = Store(locate(path), create=create)
        remember(store.location)
        return cls(store, encoder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    @property
    def encoder(self) -> Encoder:
        """The encoder, with the workspace's cache of embeddings before it."""
        return self._encoder()

    @property
    def reader(self) -> Reader:
        """Reads records in other languages, with the corrections that stand in this workspace."""
        said = self.store.setting(LEXICON)
        if said not in self._readers:
            self._readers = {said: Reader(corrections_of(said), self.folder / EMBEDDINGS)}
        return self._readers[said]

    @property
    def indices(self) -> AskIndices:
        """The FAISS indices of the asks, one a State."""
        return self._indices()

    def records(self, where: Filter | None = None, responsible: str = "") -> list[Record]:
        """Return the records that match a filter, ordered by id.

        Args:
            where: conditions that a record alone meets.
            responsible: part of the name of an institution that the plan makes answer for the
                record; "nobody yet" for those without one.
        """
        where = where or Filter()
        found = list(where.select(self.store.records(where.state.upper() or None)))
        return self.answered_by(responsible, found) if responsible else found

    def why_nothing(self, where: Filter, responsible: str = "") -> str:
        """Say why ``records`` returned none: what no record has, and what is nearest to it."""
        entries = standing_entries(plan_changes(self.store))
        return why_nothing(where, responsible, self.store.records(), entries)

    def search(
        self, text: str, where: Filter | None = None, limit: int = 20, responsible: str = ""
    ) -> list[Found]:
        """Return records that say this, or mean it, best first; filtered as by ``records``."""
        where = where or Filter()
        among = self._answering(responsible) if responsible else None
        states = self.store.states_shown
        if where.state:
            named = frozenset({where.state.upper()})
            states = named if states is None else named & states
        within = self._corpora().of(states, self.reader)
        return search(text, within, self.encoder, self.reader, limit, where, among)

    def answered_by(self, name: str, records: Iterable[Record]) -> list[Record]:
        """Return the records that an institution answers for, as the plan says.

        Args:
            name: part of the institution's name, whatever its case and accents; `NOBODY` for
                records without one.
            records: to choose from.
        """
        answering = self._answering(name)
        return [record for record in records if answering(record.id)]

    def _answering(self, name: str) -> Callable[[str], bool]:
        """Return whether an institution answers for the record of an id, as the plan says."""
        entries, wanted = standing_entries(plan_changes(self.store)), fold(name)

        def answers(record_id: str) -> bool:
            return any(wanted in fold(one) for one in institutions(entries.get(record_id)))

        return answers

    def only_state(self, state: str | None = None) -> str:
        """Return the State asked for, or the only one there is.

        Raises:
            UsageError: it has no records here, or several States have and none was named.
        """
        states = self.store.states()
        if state and state not in states:
            raise NotFound(f"{state}: no records of this State here. There are: {_list(states)}.")
        if not state and len(states) != 1:
            raise Invalid(f"Name a State with --state; records here are of: {_list(states)}.")
        return state or states[0]


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none (import files first)"
