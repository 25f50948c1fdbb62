"""What stands beneath a recommendation in documents: who else asks the same, or the contrary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linker.documents import citation
from linker.documents.citation import reference
from linker.documents.shown_links import Mark, ask_text, percent
from linker.i18n.messages import tr
from linker.records.record import Record
from linker.review.results import ProposedConvergence
from linker.vocabulary.mechanisms import mechanism


@dataclass(frozen=True)
class Converging:
    """A record that asks the same measure as the record of the row it stands in.

    Attributes:
        record: the converging record.
        quote: its ask that carries the link.
        mark: confirmed, or a proposal.
        reiteration: same mechanism and body, an earlier cycle.
        link_id: the link.
        quoted_under: number of the earlier row in which the same words are printed; empty where
            they are printed here.
    """

    record: Record
    quote: str
    mark: Mark
    reiteration: bool
    link_id: str
    quoted_under: str = ""

    @property
    def reference(self) -> str:
        """Symbol and paragraph, or how else the record is cited."""
        return reference(self.record)


@dataclass(frozen=True)
class QuotedBefore:
    """Records that ask the same as a row and whose words are printed in an earlier one.

    Attributes:
        place: number of the row that quotes them.
        several: the records, all confirmed or all proposals.
    """

    place: str
    several: tuple[Converging, ...]

    @property
    def names(self) -> str:
        """The records by number or symbol, parted by semicolons."""
        return "; ".join(citation.name(c.record) for c in self.several)

    @property
    def mark(self) -> str:
        """How sure the links are."""
        return mark_of(self.several)


def mark_of(several: Sequence[Converging]) -> str:
    """Return how sure links are: confirmed, or between which probabilities proposed."""
    if len(several) == 1:
        return several[0].mark.text
    proposed = [c for c in several if not c.mark.confirmed]
    if not proposed:
        return tr("confirmed")
    shown = [percent(c.mark.probability) for c in proposed]
    span = f"{min(shown)}" if min(shown) == max(shown) else f"{min(shown)}–{max(shown)}"
    some = tr("some confirmed, ") if len(proposed) < len(several) else ""
    return tr("{some}proposals, {span} %", some=some, span=span)


def quoted_elsewhere(converging: Iterable[Converging]) -> tuple[QuotedBefore, ...]:
    """Return what is quoted in other rows: confirmed ones apart from proposals."""
    found: dict[tuple[str, bool], list[Converging]] = {}
    for one in converging:
        if one.quoted_under:
            found.setdefault((one.quoted_under, one.mark.confirmed), []).append(one)
    return tuple(QuotedBefore(place, tuple(several)) for (place, _), several in found.items())


def both_ways(
    item: ProposedConvergence, records: Mapping[str, Record]
) -> Iterator[tuple[Record, Converging]]:
    """Yield each of two linked records with what the other asks; nothing where one is left out."""
    link = item.link
    if link.left_id not in records or link.right_id not in records:
        return
    mark = Mark.of(link.probability, item.decision)
    for head_id in (link.left_id, link.right_id):
        _, other_id, ask = link.beside(head_id)
        head, other = records[head_id], records[other_id]
        quote, again = ask_text(other, ask), of_one_body(head, other)
        yield head, Converging(other, quote, mark, again, link.link_id)


def of_one_body(one: Record, other: Record) -> bool:
    """Whether two records come from the same body of the same mechanism."""
    return (one.mechanism, one.body) == (other.mechanism, other.body)


def reading_order(item: Converging) -> tuple[object, ...]:
    """Return a key that sorts what stands beneath a row, earlier cycles of its own body last."""
    made = mechanism(item.record.mechanism)
    order = (made.collective, made.cyclic, made.place)
    return (
        item.reiteration,
        order,
        not item.mark.confirmed,
        -item.mark.probability,
        item.record.id,
    )
