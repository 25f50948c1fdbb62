"""Reads a stretch of another language phrase by phrase: the English that stands for each.

Of all ways to cut the stretch into phrases the best is taken (dynamic programming): a phrase of the
lexicon beats any other; of the rest, a run of up to five words takes the English phrase nearest in
meaning (`linker.reading.phrase_table`) where it is near enough. Words that deny stand alone, so
that none is lost in a phrase about the contrary. What has no English is left out, but for numbers
and abbreviations, which stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from linker.reading.inflection import expression, governed
from linker.reading.phrase_table import Near, PhraseTable
from linker.vocabulary.foreign import ForeignLanguage, ForeignToken, foreign_language
from linker.vocabulary.lexicon import Lexicon, Match

Source = Literal["lexicon", "nearest", "function", "kept"]

LEAST = 0.45
"""Cosine below which an English phrase does not stand for a word."""
NAMED = 0.6
"""Cosine below which a word of the Latin script stays as it is."""
SURE = 1.05
"""What a phrase of the lexicon counts: more than any cosine …"""
LONGER, EXACT = 0.15, 0.05
"""… and more for each of its words, and for standing there as written."""
DOUBTED, BETTER = 0.8, 0.17
"""A word that has the stem of a word of the lexicon, but to which a phrase is as near as this and
nearer than the lexicon's by as much, is another word: "período" is no "periodista" …"""
TURNING_BETTER = 0.5
"""… and by this, where the lexicon's turns an ask round: no such verb may be lost."""
TOGETHER = 0.06
"""What speaks for taking words together."""
LONGEST, LONGEST_SIGNS = 5, 6
"""Words, or signs, that are read together."""
_ENDS = frozenset('.,;:!?()[]"“”«»、，；：。（）！？،؛؟\n')
"""What ends a phrase; a comma may stand inside a phrase of the lexicon (a treaty's title)."""


class Phrase(NamedTuple):
    """A stretch of the original and the English that stands for it.

    Attributes:
        start: its first character in the original.
        end: one past its last.
        english: the English.
        source: lexicon; nearest in meaning; function word; or kept as it is.
        cosine: how near in meaning; 1 for all but the nearest.
    """

    start: int
    end: int
    english: str
    source: Source
    cosine: float = 1.0


@dataclass(frozen=True)
class PhraseReader:
    """Reads stretches of one language.

    Attributes:
        language: of the text.
        lexicon: its phrases.
        table: English phrases by meaning.
    """

    language: ForeignLanguage
    lexicon: Lexicon
    table: PhraseTable

    @classmethod
    def of(cls, lexicon: Lexicon, table: PhraseTable) -> PhraseReader:
        """Return the reader of a lexicon's language."""
        return cls(foreign_language(lexicon.code), lexicon, table)

    def read(self, text: str, offset: int = 0) -> list[Phrase]:
        """Return the phrases of a text in order; they do not overlap.

        Args:
            text: a stretch of the original.
            offset: where it begins there; added to all places.
        """
        tokens = self.language.tokens(text)
        if not tokens:
            return []
        broken = [any(ch in _ENDS for ch in text[a.end : b.start]) for a, b in pairwise(tokens)]
        ways = self._ways(tokens, broken, text)
        best, back = [0.0], [0]
        taken: list[_Way | None] = [None]
        for end in range(1, len(tokens) + 1):
            score, start, way = best[end - 1], end - 1, None
            for one in ways.get(end, ()):
                if best[one.start] + one.worth > score + 1e-9:
                    score, start, way = best[one.start] + one.worth, one.start, one
            best.append(score)
            back.append(start)
            taken.append(way)
        return list(self._followed(tokens, back, taken, text, offset))

    def _ways(
        self, tokens: Sequence[ForeignToken], broken: Sequence[bool], text: str
    ) -> dict[int, list[_Way]]:
        found: dict[int, list[_Way]] = defaultdict(list)
        for match in self._meant(tokens):
            held = tokens[match.start : match.end]
            telling = self._telling(held) + sum(
                token.written in self.language.negations for token in held
            )
            worth = max(1, telling) * (SURE - LEAST) + LONGER * (match.end - match.start)
            worth += (EXACT if match.exact else 0.0) + TOGETHER * (match.end - match.start > 1)
            found[match.end].append(_Way(match.start, worth, match.english, "lexicon", 1.0))
        for place, english in self._denials(tokens, broken):
            worth = SURE - LEAST + LONGER
            found[place + 1].append(_Way(place, worth, english, "lexicon", 1.0))
        spans = list(self._spans(tokens, broken))
        sep = "" if self.language.by_signs else " "
        runs = [sep.join(t.written for t in tokens[start:end]) for start, end in spans]
        for (start, end), near in zip(spans, self.table.nearest(runs), strict=True):
            found[end].append(self._near_way(start, end, tokens, near))
        return found

    def _denials(
        self, tokens: Sequence[ForeignToken], broken: Sequence[bool]
    ) -> Iterator[tuple[int, str]]:
        """Yield the places of words that deny, each with its English."""
        stops = [place + 1 for place, stop in enumerate(broken) if stop]
        for start, end in pairwise([0, *stops, len(tokens)]):
            clause = [token.written for token in tokens[start:end]]
            for place in range(len(clause)):
                if english := self.language.denies(clause, place):
                    yield start + place, english

    def _meant(self, tokens: Sequence[ForeignToken]) -> list[Match]:
        """Return the phrases of the lexicon, without words that only share a stem with its word."""
        found = list(self.lexicon.matches(tokens))
        loose = [m for m in found if m.end - m.start == 1 and not m.exact]
        pairs = [(tokens[match.start].written, match.english) for match in loose]
        nearest = self.table.nearest([word for word, _ in pairs])
        other = {
            match
            for match, near, cosine in zip(loose, nearest, self.table.alike(pairs), strict=True)
            if near.cosine >= DOUBTED and near.cosine - cosine >= _better(match.english)
        }
        return [match for match in found if match not in other]

    def _near_way(self, start: int, end: int, tokens: Sequence[ForeignToken], near: Near) -> _Way:
        telling = self._telling(tokens[start:end])
        worth = telling * (near.cosine - LEAST) + TOGETHER * (end - start > 1)
        # A word that no phrase is near to is a name as a rule: it stays, and meets itself there.
        if end - start == 1 and near.cosine < NAMED and tokens[start].written.isascii():
            return _Way(start, worth, tokens[start].written, "kept", 1.0)
        return _Way(start, worth, near.phrase, "nearest", near.cosine)

    def _spans(
        self, tokens: Sequence[ForeignToken], broken: Sequence[bool]
    ) -> Iterator[tuple[int, int]]:
        """Yield the runs that begin and end with a telling word and hold no denial and no stop."""
        longest = LONGEST_SIGNS if self.language.by_signs else LONGEST
        shortest = 2 if self.language.by_signs else 1
        for start, token in enumerate(tokens):
            if not self._tells(token):
                continue
            for end in range(start + 1, min(start + longest, len(tokens)) + 1):
                last = tokens[end - 1]
                if last.written in self.language.negations or any(broken[start : end - 1]):
                    break
                if end - start >= shortest and self._tells(last):
                    yield start, end

    def _telling(self, tokens: Sequence[ForeignToken]) -> int:
        count = sum(self._tells(token) for token in tokens)
        return -(-count // 2) if self.language.by_signs else count

    def _tells(self, token: ForeignToken) -> bool:
        return (
            token.written not in self.language.function_words
            and token.written not in self.language.negations
            and not token.written[0].isdigit()
            and (self.language.by_signs or len(token.written) > 1)
        )

    def _followed(
        self,
        tokens: Sequence[ForeignToken],
        back: Sequence[int],
        taken: Sequence[_Way | None],
        text: str,
        offset: int,
    ) -> Iterator[Phrase]:
        ends, end = [], len(tokens)
        while end > 0:
            ends.append(end)
            end = back[end]
        before, place = "", 0
        for end, after in zip_longest(ends[::-1], ends[-2::-1]):
            way, start = taken[end], back[end]
            first, last = tokens[start], tokens[end - 1]
            if way is not None:
                english, source, cosine = way.english, way.source, way.cosine
            else:
                written = text[first.start : last.end]
                english, source, cosine = *self._alone(first, written), 1.0
                if english == "of" and after and self._acts(tokens[end], taken[after]):
                    english = "to"
            if english:
                stopped = any(sign in _ENDS for sign in text[place : first.start])
                said = "" if stopped else before
                if source != "function" or english == "be":
                    english = governed(said, english, self.language.genitive)
                before, place = english, last.end
                yield Phrase(first.start + offset, last.end + offset, english, source, cosine)

    def _acts(self, token: ForeignToken, way: _Way | None) -> bool:
        """Whether a token begins a verb in the infinitive: "d'améliorer" is "to improve"."""
        ends = token.folded.endswith(self.language.infinitives)
        return ends and way is not None and expression(way.english).form == "plain"

    def _alone(self, token: ForeignToken, written: str) -> tuple[str, Source]:
        """Return the English of a token that is in no phrase; empty where it has none."""
        if (english := self.language.function_words.get(token.written)) is not None:
            return english, "function"
        abbreviation = len(written) > 1 and written.isascii() and written.isupper()
        return (written if written[0].isdigit() or abbreviation else ""), "kept"


def _better(english: str) -> float:
    """Return how much nearer another phrase must be, to stand in place of some English."""
    turns = expression(english).kind in ("turning verb", "turning noun", "negation")
    return TURNING_BETTER if turns else BETTER


class _Way(NamedTuple):
    """A way to read the tokens from one to where it ends."""

    start: int
    worth: float
    english: str
    source: Source
    cosine: float
