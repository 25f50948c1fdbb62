"""The x-ray of a State: every record in one theme, themes under umbrellas, stable over time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder
from linker.records.record import Record
from linker.stable_ids import carry_ids, much_changed, new_id
from linker.themes.evidence import Evidence, gather
from linker.themes.labels import Name, Namer, central_record
from linker.themes.likeness import Likeness
from linker.themes.small_themes import REST_DESCRIPTION, gather_small, with_rest
from linker.themes.stable import NEW, grow
from linker.themes.theme import Member, Theme, Xray, in_order
from linker.themes.theme_clusters import CUT, Homes, cluster
from linker.themes.umbrellas import DEFAULT, Umbrellas, Votes, choose, shipped

WEAK = 0.6
"""A member is weak where its strength is below this share of its theme's mean strength …"""
NEARER = 0.1
"""… or where it is nearer by this to another theme: average linkage never goes back."""
ALSO = 1 - CUT
"""An ask this similar to another theme, and clearly nearer to it, shows its record there too."""
CLEARLY = 0.1


@dataclass(frozen=True)
class Options:
    """What people chose about the x-ray, besides the number of themes.

    Attributes:
        umbrellas: the list in use.
        goals: SDG goals of each record, for the list ``goals``.
        shown: the previous themes as people see them, edits and all; they draw new records.
        reserved: labels that no new theme may carry, for people gave them to others.
        recut: cut the tree again although there are previous themes.
    """

    umbrellas: Umbrellas = field(default_factory=lambda: shipped(DEFAULT))
    goals: Votes = field(default_factory=dict)
    shown: Sequence[Theme] = ()
    reserved: Collection[str] = ()
    recut: bool = False


def build_xray(
    state: str,
    records: Sequence[Record],
    encoder: Encoder,
    previous: Sequence[Theme] = (),
    themes: int | None = None,
    use_tags: bool = True,
    options: Options | None = None,
) -> Xray:
    """Cluster what a State received into themes.

    The same records give the same themes, whatever their order. With ``previous`` nothing is
    clustered anew: known records keep their theme, new ones join the nearest or found themes of
    their own, ids and labels stay. Only ``options.recut`` cuts the tree again; ids and labels
    then go to the themes that share most members with the earlier ones.

    Args:
        state: ISO 3166-1 alpha-3.
        records: of this State only; each id once, in any order.
        encoder: for asks and theme names.
        previous: the themes of the last x-ray of this State.
        themes: how many; chosen from the data (15 to 45 for a normal State) where not given.
        use_tags: whether the source's own themes and headings count as evidence.
        options: umbrellas, edits of people that bear on new records, and whether to cut again.

    Raises:
        ValueError: an id twice, or fewer than one theme wanted.
        LinkerError: a vocabulary is missing.
    """
    if themes is not None and themes < 1:
        raise ValueError(f"an x-ray has at least one theme, not {themes}")
    if not records:
        return Xray(state, ())
    options = options or Options()
    evidence = gather(records, encoder, use_tags)
    ids = [record.id for record in evidence.records]
    kept = () if options.recut else previous
    namer = Namer(evidence)
    homes, old = _homes(evidence, ids, kept, themes)
    held = _rows(homes)
    chosen = choose(options.umbrellas, evidence, encoder, held, [""] * len(held), options.goals)
    gathered = {theme.umbrella: number for number, theme in enumerate(old) if theme.is_rest}
    fresh = range(len(old), len(held)) if themes is None else ()
    homes, before, rest = gather_small(homes, chosen, fresh, namer.has_name(held), gathered)
    members = _rows(homes)
    earlier = {theme.theme_id: [m.record_id for m in theme.members] for theme in previous}
    carried = carry_ids(homes, ids, earlier)
    theme_ids = _identify(state, evidence.likeness, ids, members, carried, previous)
    names = _names(namer, evidence, members, carried, previous, options.reserved, rest)
    labels = [names[theme].label for theme in range(len(members))]
    found = choose(options.umbrellas, evidence, encoder, members, labels, options.goals)
    placed = [chosen[n] if t in rest else found[t] for t, n in enumerate(before)]
    umbrellas = _kept_umbrellas(placed, theme_ids, previous, options.umbrellas.order)
    shown = with_rest(labels, umbrellas)
    member = homes[:, None] == np.arange(homes.max() + 1)
    nearness = evidence.likeness.to_groups(member)
    drawn = _drawn(evidence.likeness, ids, previous, options.shown)
    also = _also(evidence, homes)
    built = [
        Theme(
            theme_id=theme_ids[theme],
            umbrella=umbrellas[theme],
            label=shown[theme],
            description=names[theme].description,
            members=_members(ids, rows, nearness[rows, theme], nearness[rows].max(axis=1), drawn),
            also=tuple(ids[row] for row in also[theme]),
            is_rest=theme in rest,
        )
        for theme, rows in enumerate(members)
    ]
    return Xray(state, in_order(built, options.umbrellas.order))


def _rows(homes: Homes) -> list[NDArray[np.intp]]:
    """Return the rows of each theme."""
    return [np.flatnonzero(homes == theme) for theme in range(int(homes.max()) + 1)]


def _homes(
    evidence: Evidence, ids: Sequence[str], previous: Sequence[Theme], themes: int | None
) -> tuple[Homes, list[Theme]]:
    """Return the theme of each record, and the previous themes that the first of them are.

    They are cut from the tree, or grown from the previous themes.
    """
    home = {
        member.record_id: number
        for number, theme in enumerate(previous)
        for member in theme.members
    }
    known = np.array([home.get(record_id, NEW) for record_id in ids], dtype=np.intp)
    living = np.unique(known[known != NEW])
    if not len(living):
        return cluster(evidence.similarity, themes), []
    known = np.where(known == NEW, NEW, np.searchsorted(living, known))
    homes = grow(evidence.likeness, known, len(living), found_new=themes is None)
    return homes, [previous[number] for number in living]


def _identify(
    state: str,
    likeness: Likeness,
    ids: Sequence[str],
    members: Sequence[NDArray[np.intp]],
    carried: Sequence[str],
    previous: Sequence[Theme],
) -> list[str]:
    taken = {theme.theme_id for theme in previous}
    out = []
    for rows, theme_id in zip(members, carried, strict=True):
        born = theme_id or new_id(state, ids[central_record(likeness, rows)], taken)
        taken.add(born)
        out.append(born)
    return out


def _names(
    namer: Namer,
    evidence: Evidence,
    members: Sequence[NDArray[np.intp]],
    carried: Sequence[str],
    previous: Sequence[Theme],
    reserved: Collection[str],
    rest: Collection[int],
) -> dict[int, Name]:
    """Return the name of each theme: the earlier one unless more than half of it changed."""
    earlier = {theme.theme_id: theme for theme in previous if not theme.is_rest}
    names = {number: Name("", REST_DESCRIPTION) for number in rest}
    for number, (rows, theme_id) in enumerate(zip(members, carried, strict=True)):
        old = earlier.get(theme_id) if number not in rest else None
        now = {evidence.records[row].id for row in rows}
        if old and not much_changed({member.record_id for member in old.members}, now):
            names[number] = Name(old.label, old.description)
    wanted = [number for number in range(len(members)) if number not in names]
    kept = [*(name.label for name in names.values()), *reserved]
    return names | namer.names(members, kept, wanted)


def _kept_umbrellas(
    chosen: Sequence[str], theme_ids: Sequence[str], previous: Sequence[Theme], order: Sequence[str]
) -> list[str]:
    """Return each theme's umbrella: the earlier one while it is in the list in use.

    A theme that gains a few records must not wander from umbrella to umbrella.
    """
    earlier = {theme.theme_id: theme.umbrella for theme in previous}
    return [
        earlier[theme_id] if earlier.get(theme_id) in order else umbrella
        for theme_id, umbrella in zip(theme_ids, chosen, strict=True)
    ]


def _drawn(
    likeness: Likeness, ids: Sequence[str], previous: Sequence[Theme], shown: Sequence[Theme]
) -> dict[str, str]:
    """Return the theme made or filled by hand that draws a record, where one does.

    What came earlier keeps what drew it. A new record is drawn where the nearest theme, as
    people see them, holds records that a person put there.
    """
    old = {m.record_id: m.drawn_to for theme in previous for m in theme.members}
    row_of = {record_id: row for row, record_id in enumerate(ids)}
    new = [row for row, record_id in enumerate(ids) if record_id not in old]
    drawn = {record_id: theme_id for record_id, theme_id in old.items() if theme_id}
    by_hand = {t.theme_id for t in shown if any(m.by_hand for m in t.members)}
    if not new or not by_hand:
        return drawn
    held = [[row_of[m.record_id] for m in t.members if m.record_id in row_of] for t in shown]
    filled = [(theme.theme_id, rows) for theme, rows in zip(shown, held, strict=True) if rows]
    member = np.zeros((len(ids), len(filled)), dtype=np.bool_)
    for place, (_, rows) in enumerate(filled):
        member[rows, place] = True
    nearest = likeness.to_groups(member, np.array(new)).argmax(axis=1)
    for row, place in zip(new, nearest, strict=True):
        if filled[place][0] in by_hand:
            drawn[ids[row]] = filled[place][0]
    return drawn


def _members(
    ids: Sequence[str],
    rows: NDArray[np.intp],
    own: NDArray[np.float64],
    best: NDArray[np.float64],
    drawn: Mapping[str, str],
) -> tuple[Member, ...]:
    strengths = np.round(np.clip(own, 0.0, 1.0), 4)
    weak = (own < WEAK * own.mean()) | (best - own > NEARER)
    found = [
        Member(ids[row], float(strength), bool(far), drawn.get(ids[row], ""))
        for row, strength, far in zip(rows, strengths, weak, strict=True)
    ]
    return tuple(sorted(found, key=lambda member: (-member.strength, member.record_id)))


def _also(evidence: Evidence, homes: Homes) -> list[list[int]]:
    """Return for each theme the records with an ask that belongs there and not to their home."""
    count = int(homes.max()) + 1
    asks = np.flatnonzero(np.bincount(evidence.owner)[evidence.owner] > 1)
    owner = evidence.owner[asks]
    nearness = evidence.ask_similarity(asks, homes, count)
    nearest = nearness.argmax(axis=1)
    rows = np.arange(len(asks))
    there, at_home = nearness[rows, nearest], nearness[rows, homes[owner]]
    belongs = (nearest != homes[owner]) & (there >= ALSO) & (there - at_home >= CLEARLY)
    return [
        sorted({int(row) for row in owner[belongs & (nearest == theme)]}) for theme in range(count)
    ]
