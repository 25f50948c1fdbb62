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
from linker.vocabulary.tokens import stems

FITS = 0.62
"""A theme carries an official name from this fit on (see ``fit_of``)."""
MAJORITY = 0.5
"""Share of a theme's records that must bear its label out."""
NEARLY_ALL = 0.8
"""A phrase of this share is better than an official name that fewer than half speak of."""
TOLD = 0.25
"""Share of a theme's records that must speak of its official name, whatever they are tagged."""
NEAR = 0.45
"""Cosine with an official name from which a record speaks of it without using its words."""
LOOKED_AT = 5
"""Official names that are tried for a theme, the best fitting first."""
LINE = 160
"""Longest description, in characters."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a theme is called: a label and a description of one line."""

    label: str
    description: str


class Namer:
    """Names themes by what most of their records say, or says that it cannot.

    A label must be borne out by at least half of the theme's records: an official name by records
    that the source tags so, that hold all words of one of its spellings, or that lie near it; a
    phrase by records that hold it. No label is the name of a State.

    Args:
        evidence: of all records of the State.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._phrases = ThemePhrases(
            evidence.asks, _named_by_record(evidence), evidence.official.spellings
        )
        self._general = _too_general(evidence.official)
        self._told = _told(evidence, self._general)
        self._borne = self._told
        if evidence.use_tags:
            self._borne = self._told | (_tagged(evidence, evidence.official) > 0)

    def has_name(self, members: Sequence[NDArray[np.intp]]) -> list[bool]:
        """Return for each theme, given by its rows, whether some label is borne out."""
        fit = fit_of(self._evidence, self._evidence.official, members)
        return [
            next(self._labels(rows, fits), "") != ""
            for rows, fits in zip(members, fit, strict=True)
        ]

    def names(
        self, members: Sequence[NDArray[np.intp]], kept: Collection[str], wanted: Collection[int]
    ) -> dict[int, Name]:
        """Return the names of some themes, no two in the same words; "" where none is borne out.

        Args:
            members: rows of every theme.
            kept: labels already taken by themes that keep theirs.
            wanted: the themes to name.
        """
        fit = fit_of(self._evidence, self._evidence.official, members)
        names: dict[int, Name] = {}
        taken = {_words(label) for label in kept if label}
        for theme in sorted(wanted, key=lambda t: (-fit[t].max(), members[t][0])):
            labels = list(self._labels(members[theme], fit[theme]))
            others = chain(self._spoken_of(members[theme]), _numbered(labels)) if labels else [""]
            label = next(one for one in chain(labels, others) if _words(one) not in taken)
            if label:
                taken.add(_words(label))
            names[theme] = Name(label, one_line(central_ask(self._evidence, members[theme])))
        return names

    def _labels(self, rows: NDArray[np.intp], fit: NDArray[np.float64]) -> Iterator[str]:
        """Yield the labels that are borne out, best first."""
        names = self._evidence.official.names
        order = [int(place) for place in np.argsort(-fit, kind="stable")[:LOOKED_AT]]
        fitting = [p for p in order if fit[p] >= FITS and self._bears(rows, p)]
        phrases = [
            phrase
            for phrase in self._phrases.ranked(list(rows), least=MAJORITY)
            if not any(set(stems(phrase)) < whole for whole in self._general)
        ]
        for place in fitting[:1]:
            yield from self._with_a_phrase(names[place], rows, place, phrases)
        yield from (names[place] for place in fitting[1:])
        yield from map(_capital, phrases)

    def _with_a_phrase(
        self, name: str, rows: NDArray[np.intp], place: int, phrases: Sequence[str]
    ) -> Iterator[str]:
        """Yield the best fitting official name, and a phrase beside it or before it.

        Where fewer than half of the texts speak of it, a phrase says better what they are about.
        """
        spoken = self._told[rows, place].mean() >= MAJORITY
        if not spoken:
            yield from map(_capital, self._phrases.ranked(list(rows), least=NEARLY_ALL))
        yield name
        if not spoken:
            yield from map(_capital, phrases)
        said = frozenset(stems(name))
        for phrase in phrases:
            if not set(stems(phrase)) <= said:
                yield f"{name}: {phrase}"

    def _spoken_of(self, rows: NDArray[np.intp]) -> Iterator[str]:
        """Yield the concepts that most of the records speak of, in whatever words."""
        yield from map(_capital, self._phrases.ranked(list(rows), MAJORITY, literally=False))

    def _bears(self, rows: NDArray[np.intp], place: int) -> bool:
        """Whether a theme's records bear an official name out; tags alone do not."""
        borne, told = self._borne[rows, place].mean(), self._told[rows, place].mean()
        return bool(borne >= MAJORITY and told >= TOLD)


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


def _named_by_record(evidence: Evidence) -> list[set[str]]:
    named: list[set[str]] = [set() for _ in evidence.records]
    for row, names in zip(evidence.owner, evidence.named, strict=True):
        named[row].update(names)
    return named


def _numbered(labels: Sequence[str]) -> Iterator[str]:
    return (f"{labels[0]} ({number})" for number in count(2))


def _words(label: str) -> tuple[str, ...]:
    """Return what tells a label from others: conditions of detention are detention conditions."""
    words = sorted(set(stems(label))) or [label.casefold()]
    return (*words, *filter(str.isdigit, label))


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
        tagged = _tagged(evidence, official)
        fit += np.stack([tagged[rows].mean(axis=0) for rows in members])
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


def _tagged(evidence: Evidence, official: Official) -> Matrix:
    """Return which records the source tags with which official name; shape (records, names)."""
    tagged = np.zeros((len(evidence), len(official.names)))
    for place, record in enumerate(evidence.records):
        for tag in (*record.themes, record.heading):
            row = official.row(tag)
            if row is not None:
                tagged[place, row] = 1.0
    return tagged


def _too_general(official: Official) -> list[frozenset[str]]:
    """Return the words of the official names that are too general to name a theme."""
    return [frozenset(stems(official.names[place])) for place in np.flatnonzero(~official.nameable)]


def _told(evidence: Evidence, general: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Return which records' texts speak of which official name; shape (records, names).

    A name that is part of one too general to name a theme does not count where the text says the
    whole: the Covenant on Economic, Social and Cultural Rights is not about cultural rights.
    """
    official = evidence.official
    holds = _holds(evidence, [frozenset(stems(spelling)) for spelling in official.spellings])
    near = official.best(evidence.vectors @ official.vectors.T) > NEAR
    told = np.asarray((official.best(holds.astype(np.float64)) > 0) | near)
    said = _holds(evidence, general)
    for place, own in enumerate(frozenset(stems(name)) for name in official.names):
        for column, whole in enumerate(general):
            if own < whole:
                told[said[:, column], place] = False
    return told
