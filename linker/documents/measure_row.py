"""A row of the matrix by cluster: a measure, all who asked for it, and what was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linker.documents import citation
from linker.documents.converging import Converging, QuotedBefore, quoted_elsewhere
from linker.documents.inputs import NO_POSITION
from linker.documents.matrix import Row
from linker.documents.shown_links import SdgRef
from linker.i18n.messages import tr
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.sdg.framework import sort_key
from linker.themes.theme import Theme
from linker.vocabulary.official import official_name


@dataclass(frozen=True)
class MeasureRow:
    """A measure: the recommendations that ask for it, and what else asks the same.

    Attributes:
        number: of the row, from 1, in the order of the document.
        cluster: the measure; None for a recommendation that stands alone.
        rows: its recommendations as the matrix has them, UPR first, the newest cycle first.
        converging: what else asks the same, each record and ask once.
    """

    number: int
    cluster: ShownCluster | None
    rows: tuple[Row, ...]
    converging: tuple[Converging, ...]

    @property
    def place(self) -> str:
        """How other rows name it."""
        return tr("measure {number}", number=self.number)

    @property
    def title(self) -> str:
        """The measure in a line; empty where one recommendation says it itself."""
        return self.cluster.title if self.cluster and len(self.asking) > 1 else ""

    @cached_property
    def asking(self) -> tuple[Record, ...]:
        """Everybody who asks for it: the row's own records, then the others, each once."""
        own = [row.record for row in self.rows]
        found = {record.id: record for record in (*own, *(c.record for c in self.converging))}
        return tuple(found.values())

    @property
    def numbers(self) -> list[str]:
        """All numbers and paragraphs: those of one document together."""
        return citation.numbers(self.asking)

    @property
    def positions(self) -> dict[str, int]:
        """How many of its UPR recommendations have each position."""
        found = Counter(r.record.position or NO_POSITION for r in self.rows if r.record.is_cyclic)
        return dict(sorted(found.items()))

    @property
    def quotations(self) -> tuple[tuple[Converging, ...], ...]:
        """What else asks the same and is quoted in this row: those of the same words together."""
        found: dict[str, list[Converging]] = {}
        for one in self.converging:
            if not one.quoted_under:
                found.setdefault(compared(one.quote), []).append(one)
        return tuple(map(tuple, found.values()))

    @property
    def quoted_before(self) -> tuple[QuotedBefore, ...]:
        """What is quoted in another row: confirmed ones apart from proposals."""
        return quoted_elsewhere(self.converging)

    @property
    def contrary(self) -> tuple[Converging, ...]:
        """What asks for the contrary of one of its recommendations, each record once."""
        found = {one.record.id: one for row in self.rows for one in row.contrary}
        return tuple(found.values())

    @property
    def targets(self) -> tuple[SdgRef, ...]:
        """SDG targets of its recommendations, each once."""
        return _each_once(ref for row in self.rows for ref in row.targets)

    @property
    def indicators(self) -> tuple[SdgRef, ...]:
        """SDG indicators that are linked, each once."""
        return _each_once(ref for row in self.rows for ref in row.indicators)

    @property
    def measured_by(self) -> list[str]:
        """Indicators that people filled in, each once."""
        lines = (line for row in self.rows for line in row.measured_by.splitlines())
        return list(dict.fromkeys(lines))

    @property
    def responsible(self) -> list[str]:
        """Who answers for it; with numbers where they differ."""
        return self._filled(lambda row: row.entry.responsible)

    @property
    def strategy(self) -> list[str]:
        """How a coalition acts for it; with numbers where they differ."""
        return self._filled(lambda row: row.entry.strategy)

    @property
    def timeline(self) -> list[str]:
        """Deadlines, and the national plan's actions; with numbers where they differ."""
        return self._filled(lambda row: row.timeline)

    @property
    def status(self) -> list[str]:
        """How far it is; with numbers where they differ."""
        return self._filled(lambda row: row.entry.status)

    @property
    def spoken_status(self) -> list[str]:
        """The same in the language spoken."""
        return self._filled(lambda row: official_name(row.entry.status))

    @property
    def national_plan(self) -> list[str]:
        """Ids of the national plan's actions for its recommendations, each once."""
        ids = (one.id for row in self.rows for one in row.planned)
        return list(dict.fromkeys(ids))

    @property
    def released(self) -> bool:
        """Whether what is told of its recommendations was released for the public."""
        entries = [row.entry for row in self.rows]
        return any(e.released for e in entries) and not any(e.is_internal for e in entries)

    def _filled(self, said: Callable[[Row], str]) -> list[str]:
        """Return what was filled in: once where all rows say it, else by number."""
        values: dict[str, list[Record]] = {}
        for row in self.rows:
            values.setdefault(said(row), []).append(row.record)
        if len(values) == 1:
            return [value for value in values if value]
        return [
            f"{', '.join(citation.number(r) for r in several)}: {value}"
            for value, several in values.items()
            if value
        ]

    def to_row(self, theme: Theme) -> dict[str, Any]:
        """Return the columns of CSV and JSON."""
        return {
            "measure": self.number,
            "cluster_id": self.cluster.cluster_id if self.cluster else "",
            "title": self.title or self.rows[0].record.text,
            "umbrella": theme.umbrella,
            "theme_id": theme.theme_id,
            "theme": theme.label,
            "numbers": self.numbers,
            "record_ids": [row.record.id for row in self.rows],
            "texts": [row.record.text for row in self.rows],
            "recommended_by": list(dict.fromkeys(s for r in self.rows for s in r.recommending)),
            "positions": [f"{name} {number}" for name, number in self.positions.items()],
            "converging": [f"{c.reference}: {c.quote} [{c.mark.text}]" for c in self.converging],
            "converging_ids": list(dict.fromkeys(c.record.id for c in self.converging)),
            "linked_targets": [f"{ref.code} [{ref.mark.text}]" for ref in self.targets],
            "linked_indicators": [
                f"{ref.code} {official_name(ref.role)} [{ref.mark.text}]" for ref in self.indicators
            ],
            "indicators": self.measured_by,
            "responsible": self.responsible,
            "strategy": self.strategy,
            "timeline": self.timeline,
            "status": self.status,
            "national_plan": self.national_plan,
            "released": self.released,
        }


def compared(quote: str) -> str:
    """Return a quotation as it is compared with others."""
    return " ".join(quote.casefold().split()).rstrip(".;")


def _each_once(refs: Iterable[SdgRef]) -> tuple[SdgRef, ...]:
    """Return each code once, the surest mark of it, in the framework's order."""
    best: dict[str, SdgRef] = {}
    for ref in sorted(refs, key=lambda r: (not r.mark.confirmed, -r.mark.probability)):
        best.setdefault(ref.code, ref)
    return tuple(sorted(best.values(), key=lambda ref: sort_key(ref.code)))
