"""What a theme is called, and the line that describes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from linker.reading.english import as_published
from linker.themes.evidence import Evidence, unit
from linker.themes.label_phrases import ThemePhrases
from linker.themes.likeness import Likeness, Matrix
from linker.themes.official import Official
from linker.themes.theme_clusters import Homes
from linker.vocabulary.tokens import stems

FITS = 0.62
"""A theme carries an official name from this fit on (see ``fit_of``)."""
LINE = 160
"""Longest description, in characters."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a theme is called: a label and a description of one line."""

    label: str
    description: str


def name_themes(
    evidence: Evidence, homes: Homes, kept: Collection[str] = (), wanted: Collection[int] = ()
) -> dict[int, Name]:
    """Name themes so that no two carry the same label.

    Args:
        evidence: of all records of the State.
        homes: the theme of each record, from 0.
        kept: labels already taken by themes that keep theirs.
        wanted: the themes to name; all where empty.

    Returns:
        The name of each wanted theme.
    """
    members = [np.flatnonzero(homes == theme) for theme in range(int(homes.max()) + 1)]
    fit = fit_of(evidence, evidence.official, members)
    found = ThemePhrases(evidence.asks, _named_by_record(evidence))
    names: dict[int, Name] = {}
    taken = {label.casefold() for label in kept}
    best = fit.argmax(axis=1)
    chosen = sorted(wanted or range(len(members)), key=lambda t: (-fit[t, best[t]], members[t][0]))
    for theme in chosen:
        fits = fit[theme, best[theme]] >= FITS
        labels = _labels(evidence.official.names[best[theme]], fits, found, members[theme])
        label = next(label for label in labels if label.casefold() not in taken)
        taken.add(label.casefold())
        description = one_line(central_ask(evidence, members[theme]))
        names[theme] = Name(label, description)
    return names


def central_ask(evidence: Evidence, rows: NDArray[np.intp]) -> str:
    """Return the ask nearest to the middle of a theme's asks, as published; ties to the first."""
    asks = np.flatnonzero(np.isin(evidence.owner, rows))
    vectors = evidence.ask_vectors[asks]
    nearness = np.round(vectors @ vectors.mean(axis=0), 5)
    texts = [
        as_published(evidence.records[int(row)], number) or text
        for row in rows
        for number, text in enumerate(evidence.asks[int(row)])
    ]
    return texts[int(nearness.argmax())]


def central_record(likeness: Likeness, rows: NDArray[np.intp]) -> int:
    """Return the record most similar to the others of its theme; ties to the first by id."""
    return int(rows[np.round(likeness.between(rows, rows).sum(axis=1), 4).argmax()])


def one_line(text: str) -> str:
    """Return a text in one line of at most ``LINE`` characters, cut after a word."""
    line = " ".join(text.split()).strip(" ;,.")
    if len(line) > LINE:
        line = line[: LINE - 1].rsplit(" ", 1)[0].rstrip(" ;,.:(") + "…"
    return line[:1].upper() + line[1:]


def _labels(
    official: str, fits: bool, found: ThemePhrases, rows: NDArray[np.intp]
) -> Iterator[str]:
    """Yield labels, best first: official name, phrases, name with a phrase or number."""
    if not fits:
        yield from map(_capital, found.ranked(list(rows)))
    yield official
    for phrase in found.ranked(list(rows), frozenset(stems(official))):
        yield f"{official}: {phrase}"
    yield from (f"{official} ({number})" for number in count(2))


def _named_by_record(evidence: Evidence) -> list[set[str]]:
    named: list[set[str]] = [set() for _ in evidence.records]
    for row, names in zip(evidence.owner, evidence.named, strict=True):
        named[row].update(names)
    return named


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def fit_of(evidence: Evidence, official: Official, members: Sequence[NDArray[np.intp]]) -> Matrix:
    """Return how well each official name fits each theme; shape (themes, names).

    Cosine of the theme's middle with the name in any of its spellings, plus half the share of
    records that hold all the words of a spelling, plus the share of records that the source tags
    with it. Names too general to name a theme are out.
    """
    middle = unit(np.stack([evidence.vectors[rows].mean(axis=0) for rows in members]))
    meaning = official.best(middle @ official.vectors.T)
    holds = _holds(evidence, [frozenset(stems(spelling)) for spelling in official.spellings])
    literal = official.best(np.stack([holds[rows].mean(axis=0) for rows in members]))
    fit = meaning + 0.5 * literal
    if evidence.use_tags:
        fit += _tag_share(evidence, official, members)
    return np.asarray(np.where(official.nameable, np.round(fit, 5), -np.inf))


def _holds(evidence: Evidence, spelled: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Return which records hold all the words of a spelling; shape (records, spellings)."""
    holders: dict[str, set[int]] = {word: set() for words in spelled for word in words}
    for row, texts in enumerate(evidence.asks):
        for word in chain.from_iterable(map(stems, texts)):
            if word in holders:
                holders[word].add(row)
    holds = np.zeros((len(evidence), len(spelled)), dtype=np.bool_)
    for place, words in enumerate(spelled):
        if words:
            rows = set.intersection(*(holders[word] for word in words))
            holds[list(rows), place] = True
    return holds


def _tag_share(
    evidence: Evidence, official: Official, members: Sequence[NDArray[np.intp]]
) -> Matrix:
    tagged = np.zeros((len(evidence), len(official.names)))
    for place, record in enumerate(evidence.records):
        for tag in (*record.themes, record.heading):
            row = official.row(tag)
            if row is not None:
                tagged[place, row] = 1.0
    return np.stack([tagged[rows].mean(axis=0) for rows in members])
