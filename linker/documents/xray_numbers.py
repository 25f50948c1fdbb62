"""The numbers behind the x-ray's pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from linker.documents.claims import TITLES, Claim, Claims, Kind
from linker.documents.inputs import NO_POSITION, Options, Source, all_themes, newest_first
from linker.documents.rounds import Round, asks_of, groups, rounds, since
from linker.documents.selection import chosen_records
from linker.documents.shown_links import (
    SdgRef,
    ask_text,
    sdg_refs,
    shown_convergences,
    shown_opposites,
)
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.records.record import Record
from linker.review.results import ProposedConvergence
from linker.sdg.framework import Entry, framework
from linker.themes.theme import Theme
from linker.vocabulary.mechanisms import codes, mechanism
from linker.vocabulary.official import official_name

SPECIFIC = 5
"""Category of action of UPR Info: a measure is named that one could see done."""
NUMBER_OF_THEMES = tr_later(
    "How many themes there are follows from the files, at most 60 unless a person asks for "
    "another number; what is too small for one stands under “Other in this area”."
)
GROUPS = 6
"""Groups of persons named for a theme."""


@dataclass(frozen=True)
class ThemePicture:
    """What the x-ray shows of one theme.

    Attributes:
        theme: the theme.
        records: its records, in the order of mechanisms, the newest first.
        weak: ids of records far from the rest of it.
        inside: convergences with both ends in it.
        across: convergences with one end in it.
        contrary: asks for the contrary of each other with an end in it, confirmed ones first.
        targets: its SDG targets with the number of its records.
        actions: number of records by category of action, 5 (specific) to 1; empty where no
            categories are known.
    """

    theme: Theme
    records: tuple[Record, ...]
    weak: frozenset[str]
    inside: tuple[ProposedConvergence, ...]
    across: tuple[ProposedConvergence, ...]
    contrary: tuple[ProposedConvergence, ...]
    targets: tuple[tuple[Entry, int], ...]
    actions: dict[int, int]

    def count(self, code: str) -> int:
        """Return how many of its records come from a mechanism."""
        return sum(record.mechanism == code for record in self.records)

    def body_count(self, body: str) -> int:
        """Return how many of its records come from a body."""
        return sum(record.raised_by == body for record in self.records)

    @property
    def positions(self) -> dict[str, int]:
        """How many UPR records have each position."""
        found = Counter(r.position or NO_POSITION for r in self.records if r.is_cyclic)
        return dict(sorted(found.items()))

    @cached_property
    def rounds(self) -> dict[Round, int]:
        """How many records each review made: "UPR cycle 4", "CEDAW 2021"."""
        return rounds(self.records)

    @property
    def reiterated_since(self) -> str:
        """The earliest review among its reiterations; empty where there are none."""
        links = (*self.inside, *self.across)
        return since((i.left, i.right) for i in links if i.link.reiteration)

    @cached_property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Groups of persons concerned with the number of records, most first."""
        return groups(self.records)

    @property
    def specific(self) -> float | None:
        """Share of records that name a specific action; None where no categories are known."""
        known = sum(self.actions.values())
        return self.actions.get(SPECIFIC, 0) / known if known else None


@dataclass(frozen=True)
class Picture:
    """The x-ray of a State in numbers.

    Attributes:
        source: what it was made from.
        options: what was taken in.
        themes: themes with records, in the order of the x-ray.
    """

    source: Source
    options: Options
    themes: tuple[ThemePicture, ...]

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every record of every theme."""
        return tuple(record for theme in self.themes for record in theme.records)

    @cached_property
    def mechanisms(self) -> tuple[str, ...]:
        """Mechanisms that made a record, in the usual order."""
        return mechanisms_in(self.records)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Who made a record, in the order of mechanisms: UPR, then treaty bodies, …; each once."""
        found = sorted({(mechanism(r.mechanism).place, r.raised_by) for r in self.records})
        return tuple(dict.fromkeys(body for _, body in found))

    def umbrellas(self) -> dict[str, list[ThemePicture]]:
        """Return the themes of each umbrella."""
        found: dict[str, list[ThemePicture]] = {}
        for theme in self.themes:
            found.setdefault(theme.theme.umbrella, []).append(theme)
        return found

    @cached_property
    def years(self) -> dict[int, Counter[str]]:
        """How many records each mechanism made in each year, without gaps between years.

        Those without a year are left out, and those that a compilation of another year quotes.
        """
        found: dict[int, Counter[str]] = {}
        for record in self.records:
            if record.year and not record.is_quoted:
                found.setdefault(record.year, Counter())[record.mechanism] += 1
        if not found:
            return {}
        return {year: found.get(year, Counter()) for year in range(min(found), max(found) + 1)}

    @property
    def undated(self) -> str:
        """How many records `years` leaves out, as a sentence; empty for none."""
        number = sum(not record.year or record.is_quoted for record in self.records)
        return (
            tr_plural(
                "{n:,} record without a year of its own: left out of this picture.",
                "{n:,} records without a year of their own: left out of this picture.",
                number,
            )
            if number
            else ""
        )

    @cached_property
    def cycles(self) -> dict[int, str]:
        """The UPR cycle that fell in a year."""
        return {r.year: r.cycle for r in self.records if r.year and r.is_cyclic and r.cycle}

    @cached_property
    def goals(self) -> tuple[tuple[Entry, int, int], ...]:
        """Each goal with how many records have a confirmed, and only a proposed, link to it."""
        refs = sdg_refs(self.source, self.options)
        confirmed: Counter[str] = Counter()
        proposed: Counter[str] = Counter()
        for record in self.records:
            sure: dict[str, bool] = {}
            for ref in refs.get(record.id, ()):
                sure[ref.entry.goal] = sure.get(ref.entry.goal, False) or ref.mark.confirmed
            confirmed.update(goal for goal, is_sure in sure.items() if is_sure)
            proposed.update(goal for goal, is_sure in sure.items() if not is_sure)
        return tuple(
            (goal, confirmed[goal.code], proposed[goal.code]) for goal in framework().level("goal")
        )

    @cached_property
    def claims(self) -> Claims:
        """What is claimed of the themes, held against every record of the State."""
        return Claims(self.source)

    def claimed(self) -> dict[str, dict[str, list[Claim]]]:
        """Return the claims that stand: heading to who is meant to the claims about themes."""
        themes = [theme.theme.theme_id for theme in self.themes]
        found = {kind: self.claims.of_kind(kind, themes) for kind in TITLES}
        return {TITLES[kind]: claims for kind, claims in found.items() if claims}


def mechanisms_in(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the mechanisms that made some of the records, in the usual order."""
    present = {record.mechanism for record in records}
    return tuple(code for code in (*codes(), "") if code in present)


def picture(source: Source, options: Options | None = None) -> Picture:
    """Count what the x-ray shows.

    Raises:
        UsageError: the theme asked for is not there.
    """
    options = options or Options()
    records = {record.id: record for record in chosen_records(source, options)}
    refs = sdg_refs(source, options)
    links = _by_record(
        item
        for item in shown_convergences(source, options)
        if item.link.left_id in records and item.link.right_id in records
    )
    against = [
        item
        for item in shown_opposites(source.convergences, options)
        if item.link.left_id in records and item.link.right_id in records
    ]
    themes = [
        _theme(theme, records, refs, links, against, source)
        for theme in all_themes(source, records.values())
    ]
    return Picture(source, options, tuple(theme for theme in themes if theme.records))


def _by_record(
    links: Iterable[ProposedConvergence],
) -> dict[str, list[tuple[int, ProposedConvergence]]]:
    """Return each record's links, each with its place among all."""
    found: dict[str, list[tuple[int, ProposedConvergence]]] = {}
    for place, item in enumerate(links):
        for record_id in (item.link.left_id, item.link.right_id):
            found.setdefault(record_id, []).append((place, item))
    return found


def _theme(
    theme: Theme,
    records: dict[str, Record],
    refs: dict[str, tuple[SdgRef, ...]],
    links: Mapping[str, Sequence[tuple[int, ProposedConvergence]]],
    against: Iterable[ProposedConvergence],
    source: Source,
) -> ThemePicture:
    members = {m.record_id: m for m in theme.members if m.record_id in records}
    ends = Counter(place for key in members for place, _ in links.get(key, ()))
    touched = {place: item for key in members for place, item in links.get(key, ())}
    known = [(touched[place], ends[place]) for place in sorted(touched)]
    targets: Counter[str] = Counter()
    for key in members:
        targets.update(r.code for r in refs.get(key, ()) if r.entry.level == "target")
    ordered = sorted(targets, key=lambda code: (-targets[code], code))
    return ThemePicture(
        theme=theme,
        records=tuple(sorted((records[key] for key in members), key=newest_first)),
        weak=frozenset(key for key, member in members.items() if member.weak),
        inside=tuple(i for i, n in known if n == 2),
        across=tuple(i for i, n in known if n == 1),
        contrary=tuple(i for i in against if {i.link.left_id, i.link.right_id} & members.keys()),
        targets=tuple((framework()[code], targets[code]) for code in ordered),
        actions=asks_of([records[key] for key in members], source.actions),
    )


FACTS: dict[Kind, str] = {
    "returning": tr_later("Keeps coming back"),
    "new": tr_later("New"),
    "no UPR": tr_later("No UPR recommendation"),
    "only": tr_later("Raised alone"),
}
"""How a line about a theme begins that makes a claim."""


def theme_facts(theme: ThemePicture, claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Return what the documents and the app say of a theme, as (name, sentence).

    Args:
        theme: the theme.
        claims: those about it that stand.
    """
    said = [
        (tr("Raised by"), ", ".join(f"{one} ({number})" for one, number in theme.rounds.items())),
        (
            tr("State's position"),
            ", ".join(f"{n} {official_name(name)}" for name, n in theme.positions.items()),
        ),
        *(
            (tr(name), "; ".join(claim.detail for claim in claims if claim.kind == kind))
            for kind, name in FACTS.items()
        ),
        (tr("Reiterated since"), theme.reiterated_since),
        (
            tr("Groups concerned"),
            ", ".join(f"{official_name(name)} ({n})" for name, n in theme.groups[:GROUPS]),
        ),
        (tr("Specific actions"), _specific(theme)),
        *(_against(item) for item in theme.contrary),
    ]
    return [(name, sentence) for name, sentence in said if sentence]


def _against(item: ProposedConvergence) -> tuple[str, str]:
    """Return one record, and what of the other asks the contrary of it."""
    return item.left.label, tr(
        "Asks the contrary: {reference} [{text}]: {quote}",
        reference=item.right.label,
        text=tr("confirmed") if item.confirmed else tr("proposal"),
        quote=ask_text(item.right, item.link.right_ask).strip(),
    )


def _specific(theme: ThemePicture) -> str:
    if theme.specific is None:
        return ""
    number, known = theme.actions.get(SPECIFIC, 0), sum(theme.actions.values())
    return tr(
        "{number} of {records} ({specific:.0%}), as a model reads them",
        number=number,
        records=tr_plural("{n} record", "{n} records", known),
        specific=theme.specific,
    )
