"""What the words around a place of a text say of it: verb or noun, with an object or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from linker.vocabulary.instruments import titles
from linker.vocabulary.polarity import (
    FIGHTING,
    JOINTS,
    NOT_DOING,
    ON_PEOPLE,
    Expression,
    polarity,
)
from linker.vocabulary.tokens import carries_meaning, tokenise

BE = frozenset({"be", "is", "are", "being", "been", "was", "were", "become", "becomes"})
LINKING = BE | {
    "make", "makes", "making", "go", "goes", "keep", "keeps", "keeping", "remain", "remains",
    "declare", "render", "declaring", "rendering", "as", "consider", "deem", "leave",
}  # fmt: skip
"""After these something is said to be so."""
DUTIES = frozenset({"should", "must", "shall"})
LIFTING = frozenset({"lift", "lifts", "lifted", "lifting"})
"""Forms of the verb that makes a level higher and does away with everything else."""
LEAVING = frozenset({"leave", "quit", "exit", "vacate", "depart"})
"""Verbs whose subject goes though an object follows: "the troops should leave the island"."""
STOP = re.compile(r"[.;:()!?\n]")
_BEFORE_VERB = frozenset({
    "to", "not", "never", "and", "or", "nor", "but", "should", "must", "shall", "will", "can",
    "may", "might", "could", "would", "do", "does", "please", "also", "further", "immediately",
    "soon", "again", "then", "party", "parties", "state", "states", "government", "authorities",
    "country", "countries", "which", "who", "that", "they", "re", "de", "it", "cannot", "let",
    "help", "let's", "than",
})  # fmt: skip
_MARKER = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)")
"""The (a), (b) of a list, which ends no scope."""
_GOVERNED = frozenset({
    "of", "on", "against", "to", "for", "in", "from", "by", "between", "towards", "upon", "into",
    "among", "with",
})  # fmt: skip
_MADE = frozenset({"made", "entered", "lodged", "formulated", "imposed", "placed", "committed"})
"""Words between a noun and what it is of, on or against: "reservations made to"."""
_AS_IT_IS = frozenset({"intact", "alone", "open", "free"})
_NO_OBJECT = frozenset(
    {"at", "before", "after", "when", "as", "without", "within", "again", "once"}
)
_OBJECT = 6
"""Words after a verb among which what it acts on is looked for."""
_PAUSE = re.compile(r"[,.;:()!?\n]")


class Syntax:
    """A text as words, and what stands around each.

    Attributes:
        text: without the marks of lists.
        tokens: its words.
        plain: the same, without their places.
        vocabulary: the words that turn an ask round.
        instruments: where names of instruments begin and end.
    """

    def __init__(self, text: str) -> None:
        self.text = _MARKER.sub(_blanks, text)
        self.tokens = tokenise(self.text)
        self.plain = tuple(token.word for token in self.tokens)
        self.vocabulary = polarity()
        self.instruments = dict(titles(self.text))

    def is_named(self, start: int) -> bool:
        """Whether a character stands in the title of an instrument."""
        return any(begin <= start < end for begin, end in self.instruments.items())

    def _turns_by_prefix(self, place: int) -> bool:
        """Whether a word turns what follows: "de-list X", "the non-renewal of X"."""
        if self._prefixed(place, "de") or self._prefixed(place, "dis"):
            return True
        following = self.plain[place + 1 : place + 2]
        return self._prefixed(place, "non") and following == ("of",)

    def _prefixed(self, place: int, prefix: str) -> bool:
        """Whether a word stands after a prefix and a hyphen."""
        if not place or self.plain[place - 1] != prefix:
            return False
        return self.text[self.tokens[place - 1].end : self.tokens[place].start] == "-"

    def clause(self, place: int, step: int) -> Iterator[str]:
        """Yield the words after a place (1) or before it (-1), up to the next stop or comma."""
        while 0 <= place + step < len(self.tokens):
            first, second = sorted((place, place + step))
            if _PAUSE.search(self.text[self.tokens[first].end : self.tokens[second].start]):
                return
            place += step
            yield self.plain[place]

    def is_effort(self, place: int) -> bool:
        """Whether a verb only says that something is to be done: "increase its efforts"."""
        near = takewhile(lambda word: word not in _GOVERNED, self.clause(place, 1))
        return not self.vocabulary.efforts.isdisjoint(islice(near, _OBJECT))

    def _of_paper(self, after: int) -> bool:
        """Whether a law or a plan is named by what stands before: "the Sexual Offences Act"."""
        return not self.vocabulary.papers.isdisjoint(self.plain[after : after + 1])

    def _left_as_it_is(self, place: int) -> bool:
        """Whether something is left as it is: "leave the marshes undrained"."""
        return any(
            word in _AS_IT_IS or (word.startswith("un") and word.endswith("ed"))
            for word in self.clause(place, 1)
        )

    def _level_lifted(self, place: int) -> bool:
        """Whether something is made higher: "lift the minimum age", not "lift the age limit"."""
        ends = _GOVERNED | _NO_OBJECT | JOINTS
        thing = islice(takewhile(lambda word: word not in ends, self.clause(place, 1)), _OBJECT)
        return next(iter(reversed([*thing])), "") in self.vocabulary.levels

    def _attributive(self, after: int) -> bool:
        """Whether a noun follows, of which something is said."""
        if after >= len(self.plain) or self.plain[after] in JOINTS | _GOVERNED | {"than"}:
            return False
        gap = self.text[self.tokens[after - 1].end : self.tokens[after].start]
        return not gap.strip() and carries_meaning(self.plain[after])

    def _goes(self, expression: Expression, place: int, after: int) -> bool:
        """Whether a verb says that its subject is to end or go: "the raids should end"."""
        of_subject = expression.group not in (FIGHTING, *ON_PEOPLE)
        if expression.kind != "turning verb" or not of_subject or not self._has_duty(place):
            return False
        if expression.group == NOT_DOING:
            return next(self.clause(after - 1, 1), "") == ""
        return expression.words[0] in LEAVING or not self._has_object(after)

    def _has_duty(self, place: int) -> bool:
        return self._last_word(place) in DUTIES or (
            self.plain[max(0, place - 2) : place] == ("should", "not")
        )

    def _has_object(self, after: int) -> bool:
        """Whether what a verb acts on follows it."""
        while after < len(self.plain) and self.plain[after].endswith("ly"):
            after += 1
        if after >= len(self.plain) or self.plain[after] in JOINTS | _GOVERNED | _NO_OBJECT:
            return False
        return not STOP.search(self.text[self.tokens[after - 1].end : self.tokens[after].start])

    def _governs(self, after: int) -> bool:
        """Whether a noun is of, on or against something."""
        if self.plain[after : after + 1] and self.plain[after] in _MADE:
            after += 1
        if after + 1 >= len(self.plain) or self.plain[after] not in _GOVERNED:
            return False
        following = next(iter(self.vocabulary.at(self.plain, after + 1)), None)
        verb = following is not None and following.form == "plain"
        return not (self.plain[after] == "to" and verb)

    def _form(self, expression: Expression, place: int) -> str:
        return "to" if place and self._last_word(place) == "to" else expression.form

    def _last_word(self, place: int) -> str:
        """Return the last word before a place that is no adverb; none of another sentence."""
        while place and not STOP.search(self._gap(place)):
            place -= 1
            if not self.plain[place].endswith("ly"):
                return self.plain[place]
        return ""

    def _gap(self, place: int) -> str:
        """Return what stands between a word and the one before."""
        return self.text[self.tokens[place - 1].end : self.tokens[place].start]

    def is_verb(self, expression: Expression, place: int) -> bool:
        """Whether a form that can be a noun or an adjective too stands where a verb does."""
        if len(expression.words) > 1 and expression.form == "plain":
            return True
        if expression.form == "s":
            return self._has_object(place + len(expression.words))
        if expression.form == "ed":
            return bool(place) and self.plain[place - 1] in ("that", "which", "who", "have", "has")
        if expression.form != "plain" or not self._last_word(place):
            return True
        if self._last_word(place) in JOINTS and self.plain[place + 1 : place + 2] == ("of",):
            return False  # "discrimination and abuse of …"
        return self._last_word(place) in _BEFORE_VERB or self._after_comma(place)

    def _after_comma(self, place: int) -> bool:
        return "," in self.text[self.tokens[place - 1].end : self.tokens[place].start]

    def _predicates(self, place: int) -> bool:
        start = self.tokens[place].start
        recent = [t.word for t in self.tokens[max(0, place - 8) : place]]
        in_clause = not STOP.search(self.text[self.tokens[max(0, place - 8)].start : start])
        return in_clause and any(word in LINKING for word in recent)

    def _turning_noun(self, place: int) -> bool:
        return any(
            expression.kind in ("turning noun", "harm")
            for near in (place, place + 1)
            if near < len(self.plain)
            for expression in self.vocabulary.at(self.plain, near)
        )

    def _after_about(self, place: int) -> bool:
        """Whether a "to" belongs to the words before it: "with regard to"."""
        return place > 0 and self.plain[place - 1] in (
            "related",
            "relating",
            "pertaining",
            "according",
        )

    def _negation_before(self, place: int) -> bool:
        return any(
            word in ("not", "never", "cannot") for word in self.plain[max(0, place - 2) : place]
        )


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())
