"""What the asks of many records say, side by side, for everything that compares two of them.

A bag is a sparse matrix with a row for each text and a column for each thing it may name; the
value is how rare that thing is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.reading.document_frequencies import background, centre
from linker.reading.polarity import Polarity
from linker.reading.record_reading import Ask, Names, Reading, read, word_rarity
from linker.records.record import Record
from linker.vocabulary.instruments import instruments
from linker.vocabulary.phrases import vocabulary

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Bag:
    """What each text names, and how rare that is.

    Attributes:
        names: the columns.
        present: texts × names, 1 where named.
        rarity: of each column.
    """

    names: tuple[str, ...]
    present: sparse.csr_matrix
    rarity: Floats

    @cached_property
    def mass(self) -> Floats:
        """The rarity of all that each text names, added up."""
        return np.asarray(self.present @ self.rarity)

    def has(self, name: str) -> NDArray[np.bool_]:
        """Say which texts name one of the columns."""
        return np.asarray(self.present[:, self.names.index(name)].toarray().ravel() > 0)

    def shared(self, left: Rows, right: Rows, power: float = 1.0) -> Floats:
        """Return, for each pair of rows, the rarity (to a power) of what both name, added up."""
        weighted = self.present @ sparse.diags(self.rarity**power)
        return row_products(weighted.tocsr(), self.present, left, right)


def row_products(
    a: sparse.csr_matrix, b: sparse.csr_matrix, left: Rows, right: Rows, chunk: int = 8192
) -> Floats:
    """Return the dot product of row left[k] of a with row right[k] of b, for each k."""
    out = np.zeros(len(left))
    for start in range(0, len(left), chunk):
        part = slice(start, start + chunk)
        out[part] = np.asarray(a[left[part]].multiply(b[right[part]]).sum(axis=1)).ravel()
    return out


def cosines(a: Vectors, b: Vectors, left: Rows, right: Rows, chunk: int = 1024) -> Floats:
    """Return the dot product of row left[k] of a and row right[k] of b, for each k."""
    out = np.zeros(len(left))
    for start in range(0, len(left), chunk):
        part = slice(start, start + chunk)
        out[part] = np.einsum("ij,ij->i", a[left[part]], b[right[part]])
    return out


@dataclass(frozen=True)
class Profiles:
    """The asks of some records, side by side.

    Attributes:
        records: the records.
        readings: what each of them says.
        owner: for each ask, the row of its record; asks are in order of records, then of place.
        vectors: asks × dimension, unit length.
        record_vectors: records × dimension, unit length: the mean of a record's asks and context,
            each weighing as many as it has words. So each word is encoded once.
    """

    records: tuple[Record, ...]
    readings: tuple[Reading, ...]
    owner: Rows
    vectors: Vectors
    record_vectors: Vectors

    @classmethod
    def of(
        cls, records: Sequence[Record], encoder: Encoder, progress: Progress | None = None
    ) -> Profiles:
        """Read records and encode their asks and context."""
        readings = tuple(read(record) for record in records)
        owner = np.repeat(np.arange(len(records)), [len(reading.asks) for reading in readings])
        asked = [ask.text for reading in readings for ask in reading.asks]
        beside = {row: r.context for row, r in enumerate(readings) if r.context}
        texts = [*asked, *beside.values()]
        vectors = encoder.encode(texts, progress)
        whole = np.zeros((len(records), vectors.shape[1]), dtype=np.float32)
        lengths = np.array([len(text.split()) for text in texts], dtype=np.float32)
        np.add.at(whole, np.r_[owner, np.array([*beside], np.intp)], vectors * lengths[:, None])
        whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9)
        return cls(tuple(records), readings, owner, vectors[: len(asked)], whole)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """All asks, in the order of ``owner``."""
        return tuple(ask for reading in self.readings for ask in reading.asks)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each ask as it is compared."""
        return tuple(ask.text for ask in self.asks)

    @cached_property
    def number(self) -> Rows:
        """For each ask, its number within the record."""
        return np.arange(len(self.owner)) - self.first_asks[self.owner]

    @cached_property
    def centred(self) -> Vectors:
        """The vectors of the asks less that of the average recommendation, unit length."""
        return centre(self.vectors)

    @cached_property
    def centred_records(self) -> Vectors:
        """Likewise of whole records."""
        return centre(self.record_vectors)

    @cached_property
    def words(self) -> Bag:
        """Stems of the words of each ask."""
        return bag([ask.words for ask in self.asks], word_rarity)

    @cached_property
    def record_words(self) -> Bag:
        """Stems of the words of each whole record, in the columns of ``words`` where they can."""
        return bag([reading.words for reading in self.readings], word_rarity, self.words.names)

    @cached_property
    def concepts(self) -> Bag:
        """Concepts that each ask names."""
        return _named_bag("concepts", [ask.concepts for ask in self.asks])

    @cached_property
    def record_concepts(self) -> Bag:
        """Concepts that each whole record names."""
        return _named_bag("concepts", [reading.concepts for reading in self.readings])

    @cached_property
    def measures(self) -> Bag:
        """Kinds of measure that each ask names."""
        return _named_bag("measures", [ask.measures for ask in self.asks])

    @cached_property
    def instruments(self) -> Bag:
        """Instruments that each ask names."""
        names = tuple(sorted(instruments()))
        return bag([ask.instruments for ask in self.asks], lambda _: 1.0, names)

    @cached_property
    def groups(self) -> tuple[Names, ...]:
        """Groups of people that each ask speaks of."""
        return tuple(ask.groups for ask in self.asks)

    @cached_property
    def polarities(self) -> tuple[Polarity, ...]:
        """Which way each ask goes."""
        return tuple(ask.polarity for ask in self.asks)

    @cached_property
    def first_asks(self) -> Rows:
        """For each record, the row of its first ask."""
        return np.asarray(np.searchsorted(self.owner, np.arange(len(self.records))))

    @cached_property
    def asks_of(self) -> tuple[Rows, ...]:
        """For each record, the rows of its asks."""
        bounds = [*self.first_asks.tolist(), len(self.owner)]
        return tuple(np.arange(start, stop, dtype=np.intp) for start, stop in pairwise(bounds))


def bag(
    texts: Sequence[Collection[str]],
    rarity: Callable[[str], float],
    names: Sequence[str] = (),
) -> Bag:
    """Make a bag of what each text names; columns are sorted, so the order of texts is no matter.

    Args:
        texts: what each names.
        rarity: of a name.
        names: the columns, where they are given; other names are left out.
    """
    columns = tuple(names) or tuple(sorted(set(chain.from_iterable(texts))))
    place = {name: position for position, name in enumerate(columns)}
    sizes = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    found = np.array([place.get(name, -1) for text in texts for name in text], dtype=np.intp)
    rows = np.repeat(np.arange(len(texts)), sizes)[found >= 0]
    shape = (len(texts), len(columns))
    # In one order whatever the order of a set: sums must have the same last bits every time.
    kept = np.sort(rows * max(1, len(columns)) + found[found >= 0])
    rows, found = np.divmod(kept, max(1, len(columns)))
    present = sparse.csr_matrix((np.ones(len(rows)), (rows, found)), shape=shape)
    return Bag(columns, present, np.array([rarity(name) for name in columns]))


def _named_bag(kind: str, texts: Sequence[Names]) -> Bag:
    rarity = background().rarity
    return bag(texts, lambda name: rarity(f"{kind[0]}:{name}"), vocabulary(kind).names)
