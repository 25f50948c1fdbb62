"""Words that turn an ask round: data/vocabularies/polarity.yaml with every form of its verbs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.tokens import words

FILE = "polarity.yaml"
NOT_DOING = "not doing"
"""The turning verbs whose "to …" says what is not done: "fail to", "refuse to"."""
ENDING = "ending"
"""The turning verbs of what goes on: "end the practice of …"."""
FIGHTING = "fighting"
"""The turning verbs of what is wrong, and of nothing else."""
PUNISHING = "punishing"
"""The turning verbs after which "to" says with what: "sentence to"."""
ON_PEOPLE = ("forbidding", PUNISHING, "refusing")
"""The turning verbs that act on somebody, whether their object is said or not."""
LETTING = ("letting", "bringing back")
"""The keeping verbs that can let even what is wrong be."""

PARTICLES = frozenset({
    "apart", "aside", "away", "back", "down", "forward", "off", "out", "together", "up",
})  # fmt: skip
"""Words that may stand after what their verb acts on."""
LEADING = frozenset({"to", "into", "in", "on", "under", "out"})
"""Words with which the rest of a verb may begin: to an end, into force."""
ARTICLES = frozenset({"a", "an", "the"})
DESCRIBED = 4
"""Words that may describe the noun of a verb."""
BETWEEN = 7
"""Words that may stand between."""
JOINTS = frozenset({"and", "or", "nor", "but"})
APART = JOINTS | {"not", "to", "no", "never", "that"}
"""Words that never stand between."""

Kind = Literal[
    "plain", "negation", "turning verb", "keeping verb", "open verb", "turning noun", "about",
    "measured by", "anew", "predicate", "comparative", "harm",
]  # fmt: skip
Form = Literal["plain", "s", "ed", "ing", ""]

_VOWELS = "aeiou"
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or words of the vocabulary.

    Attributes:
        words: as `linker.vocabulary.tokens.tokenise` gives them.
        kind: which list it stands in.
        form: of a verb: plain, -s, -ed or -ing.
        group: of a verb: the list it stands in.
    """

    words: tuple[str, ...]
    kind: Kind
    form: Form = ""
    group: str = ""


@dataclass(frozen=True)
class Polarity:
    """The vocabulary.

    Attributes:
        by_first: expressions by their first word, the longest first, of equals as listed.
        turning_from: words after which "from" turns.
        limits: words that limit what is asked, in a way that is not read: "only", "unless".
        efforts: words that say only that something is to be done: "measures", "efforts".
        levels: what "lift" makes higher and does not do away with: "the minimum age".
        papers: what is about something, neither for nor against it: "the Sexual Offences Act".
        steps: nouns that turn and are steps to an end: "moratorium".
        ends: nouns that turn, which no step to them turns: "abolition".
        modifiers: words that may stand in a verb before its noun: "put an immediate end".
        irregular: forms of odd verbs.
    """

    by_first: Mapping[str, tuple[Expression, ...]]
    turning_from: frozenset[str]
    limits: frozenset[str]
    efforts: frozenset[str]
    levels: frozenset[str]
    papers: frozenset[str]
    steps: frozenset[str]
    ends: frozenset[str]
    modifiers: frozenset[str]
    irregular: Mapping[str, tuple[str, ...]]

    def at(self, tokens: Sequence[str], place: int) -> Iterator[Expression]:
        """Yield the expressions that stand at a place, the longest first.

        Of "take the books away" the verb is "take", in the group of "take away".
        """
        for expression in self.by_first.get(tokens[place], ()):
            if tuple(tokens[place : place + len(expression.words)]) == expression.words:
                yield expression
            elif said := with_modifiers(expression.words, tokens, place, self.modifiers):
                yield replace(expression, words=said)
            elif parted(expression.words, tokens, place):
                yield replace(expression, words=expression.words[:1])


def with_modifiers(
    verb: Sequence[str], tokens: Sequence[str], place: int, modifiers: Collection[str]
) -> tuple[str, ...]:
    """Return the words of a verb with what describes its noun; none where it does not stand there.

    Of "put an end": "put an immediate end", "put a swift and definitive end".
    """
    if len(verb) < 3 or verb[1] not in ARTICLES:
        return ()
    if ARTICLES.isdisjoint(tokens[place + 1 : place + 2]):
        return ()
    start = place + 2
    described = list(
        takewhile(
            lambda word: word == "and" or word.endswith("ly") or word in modifiers,
            tokens[start : start + DESCRIBED],
        )
    )
    noun = start + len(described)
    after = noun + len(verb) - 2
    if not described or tuple(tokens[noun:after]) != tuple(verb[2:]):
        return ()
    return tuple(tokens[place:after])


def parted(verb: Sequence[str], tokens: Sequence[str], place: int) -> bool:
    """Whether a verb and what belongs to it stand around what they act on.

    As in "take the books away" and "bring the practice to an end".
    """
    rest = tuple(verb[1:])
    if not rest or rest[0] not in (PARTICLES if len(rest) == 1 else LEADING):
        return False
    between = list(takewhile(lambda word: word != rest[0], tokens[place + 1 : place + 2 + BETWEEN]))
    start = place + 1 + len(between)
    close = len(between) > 0 and APART.isdisjoint(between)
    return close and tuple(tokens[start : start + len(rest)]) == rest


@remembered()
def polarity() -> Polarity:
    """Return the vocabulary.

    Raises:
        LinkerError: the file is missing.
    """
    lists = read_yaml(vocabulary_file(FILE))
    odd = {str(verb): tuple(map(str, forms)) for verb, forms in lists["irregular"].items()}
    found: list[Expression] = []
    for key, kind in _VERB_LISTS:
        of_kind = lists[key] if isinstance(lists[key], dict) else {key: lists[key]}
        for name, verbs in of_kind.items():
            for verb in map(str, verbs):
                found += verb_forms(verb, odd, kind, str(name))
    for key, kind in _OTHER_LISTS:
        said = [words(str(text)) for text in lists[key]]
        if kind == "turning noun":
            said += [(*noun[:-1], plural(noun[-1])) for noun in said]
        found += [Expression(text, kind) for text in said]
    by_first: dict[str, list[Expression]] = defaultdict(list)
    for expression in dict.fromkeys(found):
        by_first[expression.words[0]].append(expression)
    return Polarity(
        {first: tuple(sorted(some, key=_longest)) for first, some in by_first.items()},
        frozenset(map(str, lists["turning_from"])),
        frozenset(map(str, lists["limits"])),
        frozenset(map(str, lists["efforts"])),
        frozenset(map(str, lists["levels"])),
        frozenset(map(str, lists["papers"])),
        frozenset(map(str, lists["steps"])),
        frozenset(map(str, lists["ends"])),
        frozenset(map(str, lists["modifiers"])),
        odd,
    )


_OTHER_LISTS: tuple[tuple[str, Kind], ...] = (
    ("plain_expressions", "plain"),
    ("no_negations", "plain"),
    ("negations", "negation"),
    ("anew", "anew"),
    ("harms", "harm"),
    ("turning_nouns", "turning noun"),
    ("about", "about"),
    ("measured_by", "measured by"),
    ("turning_predicates", "predicate"),
    ("turning_comparatives", "comparative"),
)
_VERB_LISTS: tuple[tuple[str, Kind], ...] = (
    ("turning_verbs", "turning verb"),
    ("keeping_verbs", "keeping verb"),
    ("open_verbs", "open verb"),
)


def _longest(expression: Expression) -> int:
    return -len(expression.words)


def verb_forms(
    verb: str, odd: Mapping[str, tuple[str, ...]], kind: Kind = "plain", group: str = ""
) -> Iterator[Expression]:
    """Yield a verb in all its forms and spellings.

    Args:
        verb: its plain form, with words that follow it: "set up".
        odd: forms of odd verbs.
        kind: which list it stands in.
        group: likewise.
    """
    for spelling in _spellings(verb):
        first, _, rest = spelling.partition(" ")
        for form, text in forms(first, odd.get(first, ())):
            yield Expression(words(f"{text} {rest}"), kind, form, group)


def _spellings(verb: str) -> tuple[str, ...]:
    """Return a verb as Americans and the British write it: -ize and -ise."""
    first, blank, rest = verb.partition(" ")
    if first.endswith("ize"):
        return verb, f"{first[:-3]}ise{blank}{rest}"
    return (verb,)


def plural(noun: str) -> str:
    """Return the plural of a noun; of what is one, something that nobody writes."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def forms(verb: str, odd: Sequence[str] = ()) -> list[tuple[Form, str]]:
    """Return the forms of a verb: plain, -s, -ed and -ing; odd ones take the place of theirs.

    What nobody writes ("openned") does no harm here, so both spellings are made where the last
    letter may be doubled.
    """
    found: list[tuple[Form, str]] = [("plain", verb)]
    for text in odd or _regular(verb):
        form: Form = "ed"
        if text.endswith("ing"):
            form = "ing"
        elif text.endswith("s"):
            form = "s"
        found.append((form, text))
    return found


def _regular(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        root = verb[:-2] + "y" if verb.endswith("ie") else verb
        ing = root if verb.endswith(("ie", "ee", "oe", "ye")) else verb[:-1]
        return f"{verb}s", f"{verb}d", f"{ing}ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    several = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    roots = (verb, verb + verb[-1]) if _DOUBLING.search(verb) else (verb,)
    return several, *(f"{root}{ending}" for root in roots for ending in ("ed", "ing"))


@remembered()
def negations() -> tuple[str, ...]:
    """Return the words that deny what follows them, but "without", which denies little."""
    every = {e.words for some in polarity().by_first.values() for e in some if e.kind == "negation"}
    return tuple(sorted(" ".join(said) for said in every - {("without",), ("hardly",)}))


@remembered()
def verbs_of(group: str) -> tuple[str, ...]:
    """Return every form of the verbs of a list of the vocabulary, such as `NOT_DOING`."""
    every = (e for some in polarity().by_first.values() for e in some if e.group == group)
    return tuple(sorted({" ".join(expression.words) for expression in every}))
