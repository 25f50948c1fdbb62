"""What speaks for two records belonging to one theme.

Embeddings alone are a weak witness (README, evaluation of the x-ray). Five kinds are weighed:
vectors of the asks, the issues and measures the asks name (data/vocabularies/concepts.yaml),
the words they share, how they sit among OHCHR's theme names, and the source's own tags where both
records have some. A kind on which one of the two records says nothing is left out of their
average, so that a record without tags clusters as well as one with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from linker.encoding.encoder import Encoder
from linker.records.asks import asks
from linker.records.record import Record
from linker.themes.likeness import DECIMALS, Likeness, Matrix, Rows
from linker.themes.official import Official
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.phrases import headings, names_in
from linker.vocabulary.tokens import stem, stems

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MEANING, NAMED, WORDS, PLACE, TAGS = 4.0, 2.0, 1.0, 1.0, 1.0
"""Weights of the five kinds, chosen on Slovenia's list of 2019 and confirmed on that of 2025."""
SHARPNESS = 10.0
"""How strongly the place among official themes favours the nearest: softmax(10 × cosine)."""


@dataclass(frozen=True)
class Evidence:
    """What is known of one State's records, in the order of their ids.

    Attributes:
        records: sorted by id.
        asks: for each record the texts of its asks, context left out.
        owner: for each ask the row of its record.
        named: for each ask the names of the concepts it names, in alphabetical order.
        ask_vectors: for each ask its unit vector less the State's mean, of length 1.
        ask_names: for each ask the concepts and issues it names, weighed, of length 1 or 0.
        official: OHCHR's themes with their vectors.
        use_tags: whether the source's own tags count.
    """

    records: tuple[Record, ...]
    asks: tuple[tuple[str, ...], ...]
    owner: Rows
    named: tuple[tuple[str, ...], ...]
    ask_vectors: Matrix
    ask_names: Matrix
    official: Official
    use_tags: bool = True

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def vectors(self) -> Matrix:
        """The mean of each record's asks, of length 1; shape (records, dimension)."""
        return unit(self._per_record(self.ask_vectors))

    @cached_property
    def names(self) -> Matrix:
        """What each record names, of length 1 or 0; shape (records, concepts and issues)."""
        return unit(self._largest_per_record(self.ask_names))

    @cached_property
    def likeness(self) -> Likeness:
        """What records are compared by."""
        dense = [(MEANING, self.vectors), (NAMED, self.names), (PLACE, self._place())]
        sparse = [(WORDS, self._words())] + ([(TAGS, self._tags())] if self.use_tags else [])
        return Likeness.of(dense, sparse)

    @cached_property
    def similarity(self) -> Matrix:
        """Similarity of each two records, at most 1 and symmetric; shape (records, records)."""
        return self.likeness.of_all()

    def ask_similarity(self, asks: Rows, homes: Rows, count: int) -> Matrix:
        """Return the mean similarity of some asks to each theme's records.

        Args:
            asks: their rows.
            homes: the theme of each record, from 0.
            count: number of themes.

        Returns:
            Shape (asks, count), from meaning and names only.
        """
        from scipy.sparse import csr_array

        share = 1.0 / np.bincount(homes, minlength=count)[homes]
        pool = csr_array((share, (homes, np.arange(len(self)))), shape=(count, len(self)))
        named = self.ask_names[asks]
        total = MEANING * self.ask_vectors[asks] @ (pool @ self.vectors).T
        total += NAMED * named @ (pool @ self.names).T
        weight = MEANING + NAMED * named.any(axis=1, keepdims=True)
        return np.asarray(np.round(total / weight, DECIMALS))

    def _per_record(self, per_ask: Matrix) -> Matrix:
        starts = np.searchsorted(self.owner, np.arange(len(self)))
        return np.asarray(np.add.reduceat(per_ask, starts, axis=0))

    def _largest_per_record(self, per_ask: Matrix) -> Matrix:
        starts = np.searchsorted(self.owner, np.arange(len(self)))
        return np.asarray(np.maximum.reduceat(per_ask, starts, axis=0))

    def _words(self) -> csr_array:
        said = [[word for text in texts for word in _content(text)] for texts in self.asks]
        return weigh(said, sublinear=True)

    def _place(self) -> Matrix:
        raised = np.exp(SHARPNESS * self.vectors @ self.official.vectors.T)
        return np.asarray(np.sqrt(raised / raised.sum(axis=1, keepdims=True)))

    def _tags(self) -> csr_array:
        return weigh([(*record.themes, record.heading) for record in self.records], floor=0.0)


def gather(records: Iterable[Record], encoder: Encoder, use_tags: bool = True) -> Evidence:
    """Read the evidence of one State's records.

    Args:
        records: in any order, each id once.
        encoder: encodes the asks and the names of the official themes.
        use_tags: whether the source's own themes and headings count as evidence.

    Raises:
        ValueError: no records, or an id twice.
        LinkerError: a vocabulary is missing.
    """
    ordered = tuple(sorted(records, key=lambda record: record.id))
    if not ordered:
        raise ValueError("an x-ray needs at least one record")
    ids = [record.id for record in ordered]
    twice = [one for one, after in pairwise(ids) if one == after]
    if twice:
        raise ValueError(f"an x-ray needs each record once; twice here: {', '.join(twice[:5])}")
    cut = tuple(tuple(part.text for part in asks(r.text, r.language)) or (r.text,) for r in ordered)
    owner = np.repeat(np.arange(len(cut)), [len(texts) for texts in cut])
    flat = [text for texts in cut for text in texts]
    named = tuple(tuple(sorted(names_in("concepts", text))) for text in flat)
    vectors = encoder.encode(flat).astype(np.float64)
    return Evidence(
        records=ordered,
        asks=cut,
        owner=owner,
        named=named,
        ask_vectors=unit(vectors - _centre(vectors, owner)),
        ask_names=_name_vectors(named),
        official=Official.load(encoder),
        use_tags=use_tags,
    )


def unit(rows: Matrix) -> Matrix:
    """Return rows of length 1; a row of zeros stays one."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, length, out=np.zeros_like(rows), where=length > 0))


def weigh(terms: Sequence[Iterable[str]], sublinear: bool = False, floor: float = 1.0) -> csr_array:
    """Return unit TF-IDF rows, one for each sequence of terms; empty terms do not count.

    Args:
        terms: for each row its terms.
        sublinear: 1 + ln(count) instead of 1 for each term.
        floor: added to each inverse document frequency, ln((1 + n) / (1 + rows with the term));
            with 0 a term that every row has does not count at all.
    """
    from scipy.sparse import csr_array

    said = [[term for term in row if term] for row in terms]
    flat = list(chain.from_iterable(said))
    column = {term: place for place, term in enumerate(sorted(set(flat)))}
    width = max(1, len(column))
    owner = np.repeat(np.arange(len(said)), [len(row) for row in said])
    columns = np.array([column[term] for term in flat], dtype=np.intp)
    cells, counts = np.unique(owner * width + columns, return_counts=True)
    rows, columns = np.divmod(cells, width)
    # Logarithms are Python's: numpy's differ in the last bit from processor to processor.
    spread = np.bincount(columns, minlength=width).tolist()
    rarity = np.array([log((1 + len(said)) / (1 + number)) + floor for number in spread])
    values = rarity[columns]
    if sublinear:
        repeated = [1 + log(count) for count in range(1, int(counts.max(initial=0)) + 1)]
        values *= np.array(repeated)[counts - 1]
    length = np.sqrt(np.bincount(rows, values * values, minlength=len(said)))
    some = values > 0
    rows, columns, values = rows[some], columns[some], values[some]
    return csr_array((values / length[rows], (rows, columns)), shape=(len(said), width))


SHRINKAGE = 20.0
"""Records with a mean of zero that are thought into each State."""


def _centre(vectors: Matrix, owner: Rows) -> Matrix:
    """Return the mean over records, drawn towards nothing where records are few.

    What all of a State's records share says nothing about their themes; but three records have
    no mean worth taking away.
    """
    per_ask = 1.0 / np.bincount(owner)[owner]
    records = int(owner[-1]) + 1
    return np.asarray(per_ask @ vectors / (records + SHRINKAGE))


ISSUE_SHARE = 3.0
"""A shared concept weighs this many times a shared issue (the heading above the concept)."""


def _name_vectors(named: Sequence[Sequence[str]]) -> Matrix:
    """Return for each ask the concepts it names, rare ones weighing more, and their issues."""
    issue = headings("concepts")
    issues = [sorted({issue[name] for name in names if name in issue}) for names in named]
    rows = [weigh(named).toarray(), weigh(issues).toarray() / ISSUE_SHARE]
    return unit(np.hstack(rows))


def _content(text: str) -> list[str]:
    """Return the stems of a text without the verbs that every recommendation begins with."""
    return [word for word in stems(text) if word not in _asking_stems()]


@remembered()
def _asking_stems() -> frozenset[str]:
    lists = read_yaml(vocabulary_file("asking.yaml"))
    verbs = [*lists["imperatives"], *lists["unambiguous_imperatives"]]
    return frozenset(stem(str(verb)) for verb in verbs)
