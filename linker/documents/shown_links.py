"""Which links may stand in a document, and how sure each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linker.documents.inputs import Options, Source
from linker.i18n.messages import tr
from linker.records.asks import asks
from linker.records.record import Record
from linker.review.decisions import Decision, is_unseen
from linker.review.results import ProposedConvergence
from linker.sdg.framework import Entry, framework, sort_key
from linker.vocabulary.official import official_title
from linker.vocabulary.text import is_right_to_left


@dataclass(frozen=True)
class Mark:
    """How sure a printed link is: a person's decision, or only a proposal.

    Attributes:
        confirmed: whether a reviewer confirmed it.
        probability: 0 to 1.
        decision: the one that stands on it.
        plain: a proposal is called so without saying how sure it is.
    """

    confirmed: bool
    probability: float
    decision: Decision | None = None
    plain: bool = False

    @classmethod
    def of(cls, probability: float, decision: Decision | None) -> Mark:
        """Return the mark of a link."""
        confirmed = decision is not None and decision.verdict == "confirm"
        return cls(confirmed, probability, decision)

    @property
    def text(self) -> str:
        """The mark as printed: ``confirmed, 2026-03-04`` or ``proposal, 87 %``.

        "Confirmed", for "accepted" is a word for a State's position. Who decided is named where
        the decision still says so (see `Source.without_names`). Put into words only where it is
        printed: a State has tens of thousands of links.
        """
        said = self.decision
        named = isolated(said.reviewer) if said is not None else ""
        if said is not None and self.confirmed:
            who = tr(" by {name}", name=named) if named else ""
            day = f", {said.at[:10]}" if said.at else ""
            how = tr(" after a random sample") if is_unseen(said) else ""
            return f"{tr('confirmed')}{how}{who}{day}"
        if self.plain:
            return tr("proposal")
        text = tr("proposal, {percent} %", percent=percent(self.probability))
        if said is not None and said.verdict == "unsure":
            text += tr("; {name} was unsure", name=named or tr("a reviewer"))
        return text


@dataclass(frozen=True)
class SdgRef:
    """A target or indicator that stands beside a record.

    Attributes:
        entry: its code and official title.
        colour: the official colour of its goal, ``#RRGGBB``.
        role: of an indicator, direct or proxy; empty for a target.
        mark: confirmed or proposal.
        link_id: the link.
    """

    entry: Entry
    colour: str
    role: str
    mark: Mark
    link_id: str

    @property
    def code(self) -> str:
        """Code of the target or indicator."""
        return self.entry.code

    @property
    def title(self) -> str:
        """Its official title in the language spoken."""
        return official_title(self.code, self.entry.title)


def sdg_refs(source: Source, options: Options) -> dict[str, tuple[SdgRef, ...]]:
    """Return the targets and indicators to show for each record id, in the framework's order."""
    found: dict[str, dict[str, SdgRef]] = {}
    for item in source.sdg:
        link = item.link
        code = link.indicator or link.target
        if options.shows(link.band, item.decision) and code in framework():
            mark = Mark.of(link.probability, item.decision)
            ref = SdgRef(framework()[code], framework().colour(code), link.role, mark, link.link_id)
            found.setdefault(link.record_id, {})[code] = ref
    return {
        record_id: tuple(sorted(refs.values(), key=lambda r: sort_key(r.code)))
        for record_id, refs in found.items()
    }


def shown_convergences(source: Source, options: Options) -> list[ProposedConvergence]:
    """Return the convergences (not the merely related) to show, the surest first."""
    taken = [
        item
        for item in source.convergences
        if options.shows(item.link.band, item.decision) and item.relation == "convergence"
    ]
    return sorted(taken, key=lambda i: (not i.confirmed, -i.link.probability, i.link.link_id))


def shown_opposites(
    links: Iterable[ProposedConvergence], options: Options
) -> list[ProposedConvergence]:
    """Return links that ask for the contrary and were not rejected, confirmed ones first."""
    taken = [
        item
        for item in links
        if item.relation == "opposite"
        and not item.rejected
        and (item.confirmed or not options.only_confirmed)
    ]
    return sorted(taken, key=lambda i: (not i.confirmed, i.link.link_id))


def percent(probability: float) -> int:
    """Return a probability as printed, 1 to 99: nothing the engine proposes is certain."""
    return min(99, max(1, round(100 * probability)))


def isolated(name: str) -> str:
    """Return a name that keeps its direction to itself: an Arabic one must not move the date."""
    return f"\u2068{name}\u2069" if is_right_to_left(name) else name


def ask_text(record: Record, number: int) -> str:
    """Return the ask of a record that carries a link; the whole text where there is no such ask."""
    parts = asks(record.text, record.language)
    return parts[number].text if number < len(parts) else record.text
