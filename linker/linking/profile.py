"""What each ask says, worked out once: words, concepts, kinds of measure, instruments, groups.

Everything that compares two asks reads from here. A bag is a sparse matrix with a row for each
text and a column for each thing it may name; the value is how rare that thing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.linking.background import background, centre
from linker.linking.cleaning import without_names
from linker.linking.groups import groups_in
from linker.linking.instruments import instruments, named, treaty_of
from linker.linking.phrases import names_in, vocabulary
from linker.linking.tokens import stems
from linker.records.asks import Part, asks
from linker.records.record import Record

SHORT = 4
"""An ask with fewer meaningful words ("prosecute perpetrators") has lost its object in the cut."""
COMMON = 1.6
"""Words in more than a fifth of all recommendations (continue, measure, ensure) count nothing."""

MEANS = frozenset({"technical assistance", "budget for rights"})
"""Concepts that say with what something is to be done, whatever that is."""

RESERVATIONS = "withdraw reservations"
"""Kind of measure that is about one treaty."""

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


@dataclass(frozen=True)
class Profiles:
    """The asks of some records, side by side.

    Attributes:
        records: the records.
        asks: all their asks, in order of records and then of place.
        texts: each ask as it is compared: with what comes before it, if it is short.
        owner: for each ask, the row of its record.
        number: for each ask, its number within the record.
        vectors: asks × dimension, unit length.
        record_vectors: records × dimension, unit length, of the whole text.
    """

    records: tuple[Record, ...]
    asks: tuple[Part, ...]
    texts: tuple[str, ...]
    owner: Rows
    number: Rows
    vectors: Vectors
    record_vectors: Vectors

    @classmethod
    def of(
        cls, records: Sequence[Record], encoder: Encoder, progress: Progress | None = None
    ) -> Profiles:
        """Cut records into asks and encode both."""
        parts, texts, owner, number = [], [], [], []
        for row, record in enumerate(records):
            before = ""
            for position, part in enumerate(_asks(record.text)):
                plain = without_names(part.text, record.state)
                parts.append(part)
                texts.append(_with_treaty(_in_context(plain, before), record.body))
                owner.append(row)
                number.append(position)
                before = plain
        whole = [without_names(record.text, record.state) for record in records]
        vectors = encoder.encode([*texts, *whole], progress)
        return cls(
            tuple(records), tuple(parts), tuple(texts), np.array(owner, dtype=np.intp),
            np.array(number, dtype=np.intp), vectors[: len(texts)], vectors[len(texts) :],
        )  # fmt: skip

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
        return bag((stems(text) for text in self.texts), word_rarity)

    @cached_property
    def record_words(self) -> Bag:
        """Stems of the words of each whole record, in the columns of ``words`` where they can."""
        whole = (stems(without_names(r.text, r.state)) for r in self.records)
        return bag(whole, word_rarity, self.words.names)

    @cached_property
    def concepts(self) -> Bag:
        """Concepts that each ask names."""
        return _named_bag("concepts", (subjects(text) for text in self.texts))

    @cached_property
    def record_concepts(self) -> Bag:
        """Concepts that each whole record names."""
        whole = (subjects(without_names(r.text, r.state)) for r in self.records)
        return _named_bag("concepts", whole)

    @cached_property
    def measures(self) -> Bag:
        """Kinds of measure that each ask names."""
        return _named_bag("measures", (names_in("measures", text) for text in self.texts))

    @cached_property
    def instruments(self) -> Bag:
        """Instruments that each ask names."""
        names = tuple(sorted(instruments()))
        return bag((named(text) for text in self.texts), lambda _: 1.0, names)

    @cached_property
    def groups(self) -> tuple[frozenset[str], ...]:
        """Groups of people that each ask speaks of."""
        return tuple(groups_in(text) for text in self.texts)

    @cached_property
    def first_asks(self) -> Rows:
        """For each record, the row of its first ask."""
        return np.array([rows[0] for rows in self.asks_of], dtype=np.intp)

    @cached_property
    def asks_of(self) -> tuple[Rows, ...]:
        """For each record, the rows of its asks."""
        bounds = np.searchsorted(self.owner, np.arange(len(self.records) + 1))
        return tuple(np.arange(start, stop, dtype=np.intp) for start, stop in pairwise(bounds))


def bag(
    texts: Iterable[Iterable[str]],
    rarity: Callable[[str], float],
    names: Sequence[str] = (),
) -> Bag:
    """Make a bag of what each text names; columns are sorted, so the order of texts is no matter.

    Args:
        texts: what each names.
        rarity: of a name.
        names: the columns, where they are given; other names are left out.
    """
    rows = [frozenset(text) for text in texts]
    columns = tuple(names) or tuple(sorted(frozenset().union(*rows))) if rows else tuple(names)
    place = {name: position for position, name in enumerate(columns)}
    found = [sorted(place[name] for name in row if name in place) for row in rows]
    indptr = np.cumsum([0, *(len(row) for row in found)])
    indices = np.array([column for row in found for column in row], dtype=np.intp)
    present = sparse.csr_matrix(
        (np.ones(len(indices)), indices, indptr), shape=(len(rows), len(columns))
    )
    return Bag(columns, present, np.array([rarity(name) for name in columns]))


def _named_bag(kind: str, texts: Iterable[frozenset[str]]) -> Bag:
    rarity = background().rarity
    return bag(
        texts,
        lambda name: rarity(f"{kind[0]}:{name}"),
        vocabulary(kind).names,
    )


def subjects(text: str) -> frozenset[str]:
    """Return the concepts that a text is about; `MEANS` only where it names nothing else.

    Money for alternative care and money for health services are no common measure.
    """
    found = names_in("concepts", text)
    return (found - MEANS) or found


def word_rarity(word: str) -> float:
    """Return how rare a stem is beyond `COMMON`; 0 for words that say nothing."""
    return max(0.0, background().rarity(f"w:{word}") - COMMON)


def _asks(text: str) -> tuple[Part, ...]:
    """Return the asks of a text; the whole of it where nothing but joints is left ("and")."""
    return asks(text) or (Part(0, len(text), "implied", text),)


def _in_context(text: str, before: str) -> str:
    """Return an ask with the one before it, where it has lost its object or names only means."""
    if not before or named(text):
        return text
    telling = [word for word in stems(text) if word_rarity(word) > 0]
    found = subjects(text)
    if len(telling) < SHORT or (found and found <= MEANS):
        return f"{text} ({before})"
    return text


def _with_treaty(text: str, body: str) -> str:
    """Return a committee's ask to withdraw reservations with the treaty it does not name.

    "Its reservations to article 9" are to another treaty for each committee that says so.
    """
    treaty = treaty_of(body)
    if not treaty or named(text) or RESERVATIONS not in names_in("measures", text):
        return text
    return f"{text} ({treaty})"
