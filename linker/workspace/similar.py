"""Looks for an ask in all States of a workspace: their indices answer together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from linker.convergence.convergence import TEXT_ID, ConvergenceLinker
from linker.errors import Invalid
from linker.links import Convergence
from linker.plan.entries import PlanEntry, standing_entries
from linker.reading.record_reading import read
from linker.records.asks import too_long
from linker.records.filters import Filter
from linker.records.record import Record
from linker.review.results import asked
from linker.store.link_rows import batches
from linker.store.plan_log import plan_changes
from linker.uptake.precedents import Precedent, Precedents
from linker.uptake.wording import wording
from linker.workspace.ask_indices import record_of
from linker.workspace.facade_part import Desk

NEAREST = 200
"""Asks of each State that are looked at, the nearest in meaning …"""
COMPARED = 300
"""… and records of all States together that are compared closely."""


class SimilarDesk(Desk):
    """The same ask elsewhere: ``linker.similar("Criminalize marital rape")``."""

    def __call__(
        self,
        what: str,
        where: Filter | None = None,
        limit: int = 20,
        responsible: str = "",
        but: str = "",
    ) -> Precedents:
        """Return records that ask the same as a record or a text, in other States.

        Args:
            what: id of a record, whose own State is left out unless ``where`` names it; or a text.
            where: what a record must be to be found, as for ``search``.
            limit: at most how many.
            responsible: as for ``records``.
            but: a State to leave out.

        Raises:
            UsageError: the text holds no word, or is too long.
        """
        where, wanted = where or Filter(), self.store.record(what) or _as_record(what)
        own = "" if where.state else wanted.state
        states = [s for s in self.store.states() if s == (where.state or s) and s not in (own, but)]
        english = self.linker.reader.english
        asked_for = replace(english(wanted), id=TEXT_ID)
        found = self._nearest(asked_for, states, where, responsible)
        within = list(islice((r for r in found if r.id != wanted.id), COMPARED))
        links = ConvergenceLinker(self.encoder).across([asked_for], list(map(english, within)))
        by_id, plan = {r.id: r for r in within}, standing_entries(plan_changes(self.store))
        made = [_precedent(link, by_id, plan) for link in links]
        return Precedents(wanted.text, sorted(made, key=lambda one: one.order)[:limit])

    def _nearest(
        self, wanted: Record, states: Sequence[str], where: Filter, responsible: str
    ) -> Iterator[Record]:
        """Yield the records that meet a filter, those with the nearest ask first."""
        vectors = self.encoder.encode([ask.text for ask in read(wanted).asks])
        best: dict[str, float] = {}
        for state in states:
            for hits in self.linker.indices.of(state).search(vectors, NEAREST):
                for hit in hits:
                    record_id = record_of(hit.id)
                    best[record_id] = max(best.get(record_id, -1.0), hit.score)
        for some in batches(sorted(best, key=lambda record_id: (-best[record_id], record_id))):
            records = self.store.records_of(some)
            there = [records[record_id] for record_id in some if record_id in records]
            found = list(where.select(there))
            yield from self.linker.answered_by(responsible, found) if responsible else found


def _as_record(text: str) -> Record:
    if not any(sign.isalpha() for sign in text):
        raise Invalid("Give the id of a record, or a text that holds a word.")
    if reason := too_long(text):
        raise Invalid(f"{reason[0].upper()}{reason[1:]}. Give the part that asks for something.")
    return Record(id=TEXT_ID, text=text)


def _precedent(
    link: Convergence, records: dict[str, Record], plan: dict[str, PlanEntry]
) -> Precedent:
    _, other, number = link.beside(TEXT_ID)
    record = records[other]
    ask = asked(record, number)
    entry = plan.get(record.id)
    indicators = tuple(entry.indicators.split("\n")) if entry and entry.indicators else ()
    return Precedent(record, link, ask, wording(ask), indicators)
