"""The engine's themes of a workspace: how people arranged them, and how they are made and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from linker.encoding.encoder import Encoder
from linker.links import SdgLink
from linker.records.record import Record
from linker.review.edits import Edited, apply, standing_edits
from linker.store.store import Store
from linker.themes.build import Options, build_xray
from linker.themes.theme import Theme, Xray
from linker.themes.umbrellas import Umbrellas, Votes

UMBRELLAS = "umbrellas"
THEMES = "themes of "
"""Under which keys the workspace keeps what was chosen."""


def umbrellas_of(store: Store) -> Umbrellas:
    """Return the list of umbrellas in use."""
    return Umbrellas.from_json(store.setting(UMBRELLAS))


def themes_wanted(store: Store, state: str) -> int | None:
    """Return how many themes people asked for; None where the data decide."""
    wanted = store.setting(THEMES + state)
    return int(wanted) if wanted else None


def edited(store: Store, state: str) -> Edited:
    """Return the themes of a State as people want them; none where it was never built."""
    themes = _of_records(store, state, [Theme.from_dict(theme) for theme in store.themes(state)])
    edits = standing_edits(store.decisions(kind="edit"), state)
    return apply(edits, themes, umbrellas_of(store).order)


def _of_records(store: Store, state: str, themes: Sequence[Theme]) -> list[Theme]:
    """Return themes without records that are gone since the build, their source taken out."""
    there = store.record_ids(state)
    return [
        theme
        if all(member.record_id in there for member in theme.members)
        else replace(theme, members=tuple(m for m in theme.members if m.record_id in there))
        for theme in themes
    ]


def make_themes(
    store: Store,
    encoder: Encoder,
    state: str,
    records: Sequence[Record],
    links: Iterable[SdgLink],
    recut: bool = False,
) -> Xray:
    """Return the engine's themes of a State, grown from its earlier ones.

    Args:
        store: the workspace's.
        encoder: for asks and names.
        state: ISO 3166-1 alpha-3.
        records: of the State.
        links: SDG links of these records.
        recut: another number of themes was asked for: cut the tree again.
    """
    previous = [Theme.from_dict(theme) for theme in store.themes(state)]
    edits = standing_edits(store.decisions(kind="edit"), state)
    options = Options(
        umbrellas=umbrellas_of(store),
        goals=_goals(links),
        shown=edited(store, state).themes,
        reserved=[edit.label for edit in edits if edit.label],
        recut=recut,
    )
    wanted = themes_wanted(store, state)
    return build_xray(state, records, encoder, previous, wanted, options=options)


def _goals(links: Iterable[SdgLink]) -> Votes:
    found: dict[str, dict[str, float]] = {}
    for link in links:
        if not link.indicator and link.band != "hide":
            goals = found.setdefault(link.record_id, {})
            goal = link.target.split(".")[0]
            goals[goal] = max(goals.get(goal, 0.0), link.probability)
    return found
