"""The evidence that a record asks for what an SDG target wants, as numbers for the scorer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Vectors
from linker.records.asks import asks
from linker.sdg.named import with_goals_in_words
from linker.sdg.passages import EXEMPLARS
from linker.sdg.prepared import make, prepared
from linker.sdg.resemblance import Resemblance
from linker.sdg.words import FoundTerm, spelled_out
from linker.vocabulary.instruments import mentions, named

Array = NDArray[np.float64]
FEATURES = (
    "resemblance", "rival", "procedural", "terms", "instrument", "exemplars", "title",
)  # fmt: skip
"""What is measured of a record and a target:

- resemblance: to the target's passages, mean of the best ask and of the whole record;
- rival: logarithm of its resemblance over that of the best target;
- procedural: resemblance to procedural texts, which have no target, as a share of it and that to
  the best target;
- terms: logarithm of one plus the weight of the target's terms in the text;
- instrument: 1 when the text names an instrument that links to the target;
- exemplars: mean cosine of the ask to the two nearest exemplars, graded texts and asks that one
  of the target's indicators measures;
- title: cosine of the ask to the official title.
"""
LEAST_SCORE = 0.005
"""Below this a resemblance score is noise; its logarithm is taken no further."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Records taken apart: their asks in one list, and what the encoder and the words say.

    Attributes:
        texts: the records' texts.
        starts: for each record the place of its first ask.
        vectors: of the asks, shape (asks, dimension).
        words: TF-IDF of the asks, shape (asks, features).
        whole_vectors: mean of each record's asks, unit length, shape (records, dimension).
        whole_words: TF-IDF of the whole texts, context too, shape (records, features).
    """

    texts: tuple[str, ...]
    starts: NDArray[np.intp]
    vectors: Vectors
    words: sp.csr_matrix
    whole_vectors: Vectors
    whole_words: sp.csr_matrix


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for records against targets.

    Attributes:
        features: shape (records, targets, len(FEATURES)).
        ask: shape (records, targets): number of the ask that carries the evidence.
    """

    features: Array
    ask: NDArray[np.intp]


class EvidenceMaker:
    """Measures evidence against the shipped knowledge.

    Args:
        encoder: embeds asks.
        without: ids of passages to leave out, so that they can be measured themselves.
    """

    def __init__(self, encoder: Encoder, without: Collection[str] = ()) -> None:
        self.encoder = encoder
        ready = make(encoder, without) if without else prepared(encoder)
        self.targets = ready.targets
        self.column = {code: number for number, code in enumerate(self.targets)}
        self.all_passages, self.all_vectors = ready.passages, ready.vectors
        self.all_lexical = ready.lexical
        rows = ready.rows
        self.passages = [ready.passages[row] for row in rows]
        self.wanted = ready.wanted
        self.vectors = ready.vectors[rows]
        self.resemblance = Resemblance(
            ready.words,
            self.vectors,
            sp.csr_matrix(ready.lexical[rows]),
            ready.shares,
            ready.typical,
        )
        self.finder = ready.finder
        self._instrument_names = ready.instruments
        self._titles = self._of_kinds({"title"})
        self._exemplars = self._of_kinds(EXEMPLARS)

    @cached_property
    def instruments(self) -> dict[str, tuple[str, ...]]:
        """Targets that an instrument links to, by its id in data/vocabularies/instruments.csv.

        Made when the first text names one, for the vocabulary's patterns take time to compile.
        """
        targets: dict[str, set[str]] = {}
        for name, code in self._instrument_names:
            if found := mentions(name):
                targets.setdefault(found[0].id, set()).add(code)
        return {instrument: tuple(sorted(codes)) for instrument, codes in targets.items()}

    def read(self, texts: Sequence[str], encoder: Encoder | None = None) -> Reading:
        """Take records apart into asks and embed these, with the maker's own encoder or another."""
        asked = [[_plain(part.text) for part in asks(t)] or [_plain(t)] for t in texts]
        starts = np.cumsum([0, *map(len, asked[:-1])], dtype=np.intp)
        units = [ask for found in asked for ask in found]
        vectors = (encoder or self.encoder).encode(units)
        sums = np.add.reduceat(vectors, starts, axis=0)
        lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        words = self.resemblance.words
        return Reading(
            texts=tuple(texts),
            starts=starts,
            vectors=vectors,
            words=words.vectors(units),
            whole_vectors=np.asarray(sums / lengths, dtype=np.float32),
            whole_words=words.vectors(map(_plain, texts)),
        )

    def measure(self, reading: Reading) -> Evidence:
        """Return the evidence for every record and target."""
        wide = len(self.targets)
        starts = reading.starts
        score = self.resemblance.score(reading.vectors, reading.words)
        whole = self.resemblance.score(reading.whole_vectors, reading.whole_words)
        ask, rows = _best_ask(score[:, :wide], starts)
        picked = score[rows, np.arange(wide)]
        highest = np.maximum(picked.max(axis=1, keepdims=True), LEAST_SCORE)
        rival = np.log(np.maximum(picked, LEAST_SCORE) / highest)
        none = np.maximum((np.maximum.reduceat(score[:, wide], starts) + whole[:, wide]) / 2, 0)
        procedural = none / (none + highest[:, 0])
        cosine = np.asarray(reading.vectors, dtype=np.float64) @ self.vectors.T
        columns = {
            "resemblance": (picked + whole[:, :wide]) / 2,
            "rival": np.minimum(rival, 0),
            "procedural": np.repeat(procedural[:, None], wide, axis=1),
            "terms": np.log1p(np.stack([self._term_weights(text) for text in reading.texts])),
            "instrument": np.stack([self._named(text) for text in reading.texts]),
            "exemplars": self._nearest(cosine, self._exemplars, 2)[rows, np.arange(wide)],
            "title": self._nearest(cosine, self._titles, 1)[rows, np.arange(wide)],
        }
        return Evidence(np.stack([columns[name] for name in FEATURES], axis=-1), ask)

    def terms(self, text: str, target: str) -> list[FoundTerm]:
        """Return the terms of a target found in a text."""
        return [term for term in self.finder.find(text) if target in term.targets]

    def _of_kinds(self, kinds: Collection[str]) -> list[NDArray[np.intp]]:
        """Return for each target the passages of some kinds that speak for it."""
        is_kind = np.array([p.kind in kinds for p in self.passages])
        speaks = (self.wanted > 0) & is_kind[:, None]
        return [np.flatnonzero(speaks[:, column]) for column in range(len(self.targets))]

    @staticmethod
    def _nearest(cosine: Array, groups: list[NDArray[np.intp]], top: int) -> Array:
        """Return the mean of the ``top`` highest cosines to each target's group of passages."""
        found = np.zeros((len(cosine), len(groups)))
        for column, group in enumerate(groups):
            if len(group):
                kept = np.sort(cosine[:, group], axis=1)[:, -top:]
                found[:, column] = kept.mean(axis=1)
        return found

    def _term_weights(self, text: str) -> Array:
        weights = [0.0] * len(self.targets)
        seen: set[str] = set()
        for term in self.finder.find(text):
            if term.text.lower() not in seen:
                seen.add(term.text.lower())
                weight = self.finder.weight(term)
                for code in term.targets:
                    weights[self.column[code]] += weight
        return np.array(weights)

    def _named(self, text: str) -> Array:
        flags = np.zeros(len(self.targets))
        for instrument in named(text):
            flags[[self.column[code] for code in self.instruments.get(instrument, ())]] = 1
        return flags


def _plain(text: str) -> str:
    """Return a text with the words and numbers spelled out that encoders do not know."""
    return spelled_out(with_goals_in_words(text))


def _best_ask(score: Array, starts: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each record and target the best ask: its number in the record, and its row."""
    ends = np.append(starts[1:], len(score))
    ask = np.stack([score[a:b].argmax(axis=0) for a, b in zip(starts, ends, strict=True)])
    return ask, ask + starts[:, None]
