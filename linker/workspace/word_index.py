"""An inverted index of words: which texts hold a word, or a phrase, without reading any text.

Texts are compared as `linker.vocabulary.text.fold` leaves them: words between single blanks. A
phrase is found wherever its letters stand, so it may begin and end within a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linker.vocabulary.text import fold

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Floats, Rows

PHRASE = 2.0
"""Share of the words found that a literal phrase counts as."""
HEAD = 8
"""Bytes of a word that its head holds."""
END = b"\n"
"""Parts the words of the vocabulary; stands in none, since it is white space."""


@dataclass(frozen=True)
class WordIndex:
    """Words of texts.

    Attributes:
        vocabulary: the different words in alphabetical order, UTF-8, each between two `END`.
        heads: the first eight bytes of each as one number, big-endian, so in the same order.
        stream: the number of each word in the vocabulary, text after text, shape (words,).
        starts: where each text begins in it, and the end, shape (texts + 1,).
        holders: for each word of the vocabulary the rows of the texts that hold it, each once.
        holder_starts: where they begin for each word, and the end, shape (vocabulary + 1,).
    """

    vocabulary: bytes
    heads: NDArray[np.uint64]
    stream: NDArray[np.int32]
    starts: NDArray[np.int32]
    holders: NDArray[np.int32]
    holder_starts: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordIndex:
        """Make the index of some texts."""
        split = [fold(text).split() for text in texts]
        words = sorted({word for one in split for word in one})
        number = {word: place for place, word in enumerate(words)}
        stream = np.array([number[word] for one in split for word in one], dtype=np.int32)
        lengths = np.array([len(one) for one in split], dtype=np.int32)
        rows = np.repeat(np.arange(len(split), dtype=np.int64), lengths)
        pairs = np.unique(stream * np.int64(max(1, len(split))) + rows)
        held, holders = np.divmod(pairs, max(1, len(split)))
        sizes = np.bincount(held, minlength=len(words))
        blob = b"".join(END + _bytes(word) for word in words) + END
        heads = np.array([_head(_bytes(word)) for word in words], dtype=np.uint64)
        return cls(blob, heads, stream, _starts(lengths), holders.astype(np.int32), _starts(sizes))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> WordIndex:
        """Return what `arrays` gave under a prefix."""
        vocabulary, *others = (arrays[f"{prefix}{name}"] for name in _FIELDS)
        return cls(vocabulary.tobytes(), *others)

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Return all that there is to keep, by name."""
        found = {f"{prefix}{name}": getattr(self, name) for name in _FIELDS[1:]}
        return {f"{prefix}{_FIELDS[0]}": np.frombuffer(self.vocabulary, np.uint8), **found}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def shares(self, text: str, among: NDArray[np.bool_] | None = None) -> Floats:
        """Return the share of a text's words that stand in each text, 2 for the whole phrase.

        Args:
            text: words to look for.
            among: in which texts a phrase counts; in all unless given.
        """
        words = fold(text).split()
        numbers = self._numbers(sorted(set(words)))
        inner = set(words[1:-1])
        held = self._counts([number for word, number in numbers.items() if word in inner])
        # What holds the phrase holds these; its first and last word may be parts of words.
        candidates = held == len(inner)
        if among is not None:
            candidates &= among
        held += self._counts([number for word, number in numbers.items() if word not in inner])
        shares = held / max(1, len(set(words)))
        if candidates.any():
            shares[self.with_phrase(words, candidates)] = PHRASE
        return shares

    def with_phrase(self, words: Sequence[str], among: NDArray[np.bool_] | None = None) -> Rows:
        """Return the rows of the texts that hold some words one after the other; all for none.

        The first may be the end of a word, and the last its beginning: any part, if it is alone.

        Args:
            words: folded.
            among: which texts to look at; all unless given.
        """
        there = np.ones(len(self), dtype=np.bool_) if among is None else among
        if len(words) == 1:
            there = there & self._holding_any(self._with(words[0]))
        if len(words) <= 1:
            return np.flatnonzero(there)
        first, *inner, last = words
        low, high = self._beginning(last)
        if not inner:
            there = there & self._holding_any(np.arange(low, high))
        numbers = self._numbers(inner)
        if low == high or len(numbers) < len(set(inner)):
            return np.arange(0)
        rows = np.flatnonzero(there)
        stream, owner = self._words_of(rows)
        at = np.flatnonzero(owner[: 1 - len(words)] == owner[len(words) - 1 :])
        for offset, word in enumerate(inner, start=1):
            at = at[stream[at + offset] == numbers[word]]
        ends = stream[at + len(words) - 1]
        at = at[(low <= ends) & (ends < high)]
        at = at[self._ending(stream[at], _bytes(first))]
        return np.asarray(rows[np.unique(owner[at])])

    def _words_of(self, rows: Rows) -> tuple[NDArray[np.int32], Rows]:
        """Return the words of some texts, one after the other, and which text each is of."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths  # words of the texts before
        within = np.arange(len(owner)) - before[owner]
        return self.stream[self.starts[rows][owner] + within], owner

    def _ending(self, numbers: NDArray[np.int32], letters: bytes) -> NDArray[np.bool_]:
        """Return which of some words end with some letters."""
        different, back = np.unique(numbers, return_inverse=True)
        fits = [self._word(number).endswith(letters) for number in different.tolist()]
        return np.array(fits, dtype=np.bool_)[back]

    def _numbers(self, words: Sequence[str]) -> dict[str, int]:
        """Return the numbers in the vocabulary of those of some words that stand there."""
        wanted, heads = _headed(tuple(words))
        ends = (self.heads.searchsorted(heads, side).tolist() for side in ("left", "right"))
        return {
            word: number
            for word, letters, low, high in zip(words, wanted, *ends, strict=True)
            for number in range(low, high)
            if self._word(number) == letters
        }

    def _beginning(self, letters: str) -> tuple[int, int]:
        """Return the number of the first word that begins with some letters, and after the last."""
        wanted = _bytes(letters)
        low = int(self.heads.searchsorted(_head(wanted)))
        high = int(self.heads.searchsorted(_head(wanted.ljust(HEAD, b"\xff")), "right"))
        if len(wanted) <= HEAD:
            return low, high
        found = [number for number in range(low, high) if self._word(number).startswith(wanted)]
        return (found[0], found[-1] + 1) if found else (low, low)

    def _with(self, letters: str) -> Rows:
        """Return the numbers of the words in which some letters stand."""
        wanted, found = _bytes(letters), []
        at = self.vocabulary.find(wanted)
        while at >= 0:
            found.append(at)
            at = self.vocabulary.find(wanted, at + 1)
        places = np.array(found, dtype=np.int64)
        return np.unique(np.searchsorted(np.asarray(self._begins), places, side="right") - 1)

    def _word(self, number: int) -> bytes:
        """Return a word of the vocabulary."""
        return self.vocabulary[self._begins[number] : self._begins[number + 1] - 1]

    @cached_property
    def _begins(self) -> memoryview:
        """Where each word begins, and the end; looked up many times faster than in an array."""
        ends = np.flatnonzero(np.frombuffer(self.vocabulary, np.uint8) == END[0])
        begins: Any = ends.astype(np.int64) + 1
        return memoryview(begins)

    def _holding(self, number: int) -> NDArray[np.int32]:
        return self.holders[self.holder_starts[number] : self.holder_starts[number + 1]]

    def _counts(self, numbers: Sequence[int]) -> NDArray[np.intp]:
        """Return how many of some words stand in each text."""
        if not numbers:
            return np.zeros(len(self), dtype=np.intp)
        holders = np.concatenate([self._holding(number) for number in numbers])
        return np.bincount(holders, minlength=len(self))

    def _holding_any(self, numbers: Rows) -> NDArray[np.bool_]:
        """Return which texts hold at least one of some words."""
        holding = np.zeros(len(self), dtype=np.bool_)
        for number in numbers.tolist():
            holding[self._holding(number)] = True
        return holding


_FIELDS = ("vocabulary", "heads", "stream", "starts", "holders", "holder_starts")


@lru_cache(maxsize=64)
def _headed(words: tuple[str, ...]) -> tuple[list[bytes], NDArray[np.uint64]]:
    """Return words and their heads as shards compare them: the same for all of a question."""
    found = [_bytes(word) for word in words]
    return found, np.array([_head(word) for word in found], dtype=np.uint64)


def _head(word: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(word[:HEAD].ljust(HEAD, b"\0"), "big"))


def _bytes(letters: str) -> bytes:
    return letters.encode("utf-8", "surrogatepass")


def _starts(lengths: NDArray[Any]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
