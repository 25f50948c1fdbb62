"""Filters of several values each, with how many records every value would leave, as in UHRI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from linker.i18n.messages import tr
from linker.i18n.numbers import written
from linker.records.record import Record
from linker.ui.address import choice, take, tell
from linker.vocabulary.official import official_name


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter of a list of records.

    Attributes:
        key: of its widget, and of the address.
        label: what people read above it.
        values: what a record has of it.
        names: how some values are shown; others by their official name.
    """

    key: str
    label: str
    values: Callable[[Record], Iterable[str]]
    names: Mapping[str, str]

    def name(self, value: str) -> str:
        """Return how a value is shown."""
        return self.names.get(value) or official_name(value)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What several filters leave: of one filter any value is enough, and every filter counts.

    Attributes:
        records: those that meet all filters, in the order given.
        counts: by filter, how many records each value would leave with the other filters as they
            are; values that would leave none are missing.
        without: by filter that is set, how many records there would be without it.
    """

    records: tuple[Record, ...]
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def narrowed(
    records: Iterable[Record], facets: Sequence[Facet], chosen: Mapping[str, Sequence[str]]
) -> Narrowed:
    """Return what filters leave of some records, and what each value would leave.

    Args:
        records: to choose from.
        facets: the filters.
        chosen: by key of a filter, the values wanted; any where there are none.
    """
    wanted = {facet.key: frozenset(chosen.get(facet.key, ())) for facet in facets}
    counts: dict[str, Counter[str]] = {facet.key: Counter() for facet in facets}
    without = Counter({key: 0 for key, values in wanted.items() if values})
    left = []
    for record in records:
        has = {facet.key: {v for v in facet.values(record) if v} for facet in facets}
        unmet = [key for key, values in wanted.items() if values and not values & has[key]]
        if len(unmet) > 1:
            continue
        if unmet:
            counts[unmet[0]].update(has[unmet[0]])
            without[unmet[0]] += 1
            continue
        left.append(record)
        for key, values in has.items():
            counts[key].update(values)
    for key in without:
        without[key] += len(left)
    return Narrowed(tuple(left), counts, dict(without))


def wanted_of(facet: Facet, known: Iterable[str]) -> list[str]:
    """Return the values that a filter holds before it is shown, by the session or the address.

    Args:
        facet: the filter.
        known: all values that records have.
    """
    names = {value: facet.name(value) for value in sorted(known)}
    choice(facet.key, list(names))
    take(facet.key, names, several=True)
    held = list(st.session_state.get(facet.key) or [])
    # Said again: Streamlit keeps a choice by its label, and the number in it may change.
    st.session_state[facet.key] = held
    return held


def pick_counted(
    facet: Facet, counts: Mapping[str, int], chosen: Sequence[str], changed: Callable[[], None]
) -> None:
    """Show a filter with how many records each value would leave.

    Args:
        facet: the filter.
        counts: records by value; values without any are offered only where they are chosen.
        chosen: the values that it holds.
        changed: called when others are chosen.
    """
    options = sorted({*counts, *chosen}, key=lambda v: (v.isdigit() and int(v), v))
    st.multiselect(
        facet.label,
        options,
        format_func=lambda value: f"{facet.name(value)} ({written(counts.get(value, 0))})",
        placeholder=tr("Any"),
        key=facet.key,
        on_change=changed,
    )
    tell(facet.key, chosen)


def offer_fewer(facets: Sequence[Facet], found: Narrowed, changed: Callable[[], None]) -> None:
    """Where filters leave nothing, say how many records there are without each, and drop it.

    Args:
        facets: the filters.
        found: what they leave.
        changed: called when one is dropped.
    """
    for facet in facets:
        if number := found.without.get(facet.key, 0):
            st.button(
                tr("Without {name}: {number:,}", name=facet.label, number=number),
                key=f"without-{facet.key}",
                on_click=_drop,
                args=(facet.key, changed),
            )


def _drop(key: str, changed: Callable[[], None]) -> None:
    st.session_state[key] = []
    changed()
