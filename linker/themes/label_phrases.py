"""Short phrases that name a theme, found in its own texts: "pre-trial detention".

A phrase is a run of words between verbs, function words and punctuation, and ends where the run
ends, so that it reads as a noun phrase. It names a theme whose records hold it far more often
than the others (class-based TF-IDF: share of the theme's records × log of that share over the
share of all records). The words that steer this lie in data/vocabularies/naming.yaml.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import log

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.states import state_code
from linker.vocabulary.tokens import WORDS_KEPT, carries_meaning, stem, words

LONGEST = 4
LENGTHS = (0.6, 1.0, 1.1, 1.0)
"""What a phrase of one, two, three or four words counts: one word alone says little."""
WHOLE = 0.6
"""A phrase gives way to a longer one that makes up this share of its uses."""
_ADJECTIVE = re.compile(r"(?:[^i]al|ial|ical|ive|ous|ary|ful|less|able|ible|ic|ied)$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]|\d+")


@dataclass(frozen=True, slots=True)
class _Words:
    joints: frozenset[str]
    breaks: frozenset[str]
    vague: frozenset[str]
    gerunds: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]


def phrases(texts: Iterable[str], named: Iterable[str] = ()) -> dict[str, str]:
    """Return the phrases of one record's asks: key (stems) to the words as they stand.

    Args:
        texts: the record's asks.
        named: the concepts that they name, in whatever words; their names are phrases too.
    """
    found: dict[str, str] = {}
    for text in texts:
        for run in _runs(text):
            for key, phrase in _within(run):
                found.setdefault(key, phrase)
    for name in named:
        found.setdefault(_key(name), name)
    return found


class ThemePhrases:
    """The phrases of all records, counted by theme.

    Args:
        per_record: for each record the texts of its asks.
        named: for each record the concepts that its asks name.
        known: names of themes, each word of which may name one alone, as names of concepts may.
    """

    def __init__(
        self,
        per_record: Sequence[Sequence[str]],
        named: Sequence[Iterable[str]],
        known: Iterable[str] = (),
    ) -> None:
        self._per_record, self._named, self._known = per_record, named, tuple(known)

    @cached_property
    def _found(self) -> list[dict[str, str]]:
        pairs = zip(self._per_record, self._named, strict=True)
        return [phrases(texts, names) for texts, names in pairs]

    @cached_property
    def _texts(self) -> list[str]:
        return [
            " . ".join(f" {' '.join(map(stem, words(text)))} " for text in texts)
            for texts in self._per_record
        ]

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(chain.from_iterable(self._found))

    def ranked(self, rows: Sequence[int], least: float = 0.0, literally: bool = True) -> list[str]:
        """Return the phrases that set a theme's records apart, best first; no names of States.

        A theme of three records or more is named by what at least two of them hold.

        Args:
            rows: the theme's records.
            least: share of the records that must hold a phrase.
            literally: whether one of them must hold it as it stands; else the name of a concept
                that they speak of in other words will do.
        """
        counts = Counter(key for row in rows for key in self._found[row])
        said = " . ".join(self._texts[row] for row in rows)
        often = {
            key: count
            for key, count in counts.items()
            if count >= max(min(2, len(rows) - 1 or 1), least * len(rows))
            and (f" {key} " in said or (not literally and key in self._concepts))
        }
        scores = {key: self._score(key, count, len(rows)) for key, count in often.items()}
        whole = scores.keys() - _parts(often)
        best = sorted(whole, key=lambda key: (-round(scores[key], 6), key))
        written = self._written(rows, whole)
        spelled = [(key, _spelling(written[key])) for key in best]
        return [phrase for key, phrase in spelled if self._names(key, phrase)]

    def _names(self, key: str, phrase: str) -> bool:
        """Whether a phrase can be a name: no State's, and no common word alone."""
        one_word = " " not in key and phrase[:1].islower()
        return state_code(phrase) is None and not (one_word and key not in self._concepts)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        known = (stem(word) for name in self._known for word in words(name))
        return frozenset(chain((_key(name) for names in self._named for name in names), known))

    def _written(self, rows: Sequence[int], keys: Collection[str]) -> dict[str, Counter[str]]:
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            for key, phrase in self._found[row].items():
                if key in keys:
                    written[key][phrase] += 1
        return written

    def _score(self, key: str, count: int, records: int) -> float:
        share = count / records
        everywhere = self._spread[key] / len(self._found)
        size = min(len(key.split()), LONGEST)
        return share * (log(share / everywhere) + 0.1) * LENGTHS[size - 1]


@remembered(WORDS_KEPT)
def _key(text: str) -> str:
    return " ".join(map(stem, words(text)))


def _parts(counts: Mapping[str, int]) -> set[str]:
    """Return the phrases that mostly stand at the end of a longer one: "rights ombudsman"."""
    parts = set()
    for longer, count in counts.items():
        words = longer.split()
        for start in range(1, len(words)):
            part = " ".join(words[start:])
            joined = any(word in _words().joints for word in words[:start])
            if not joined and count >= WHOLE * counts.get(part, 1 + count / WHOLE):
                parts.add(part)
    return parts


def _spelling(written: Counter[str]) -> str:
    """Return the commonest way to write a phrase; ties to lower case, then the alphabet."""
    return min(written, key=lambda words: (-written[words], sum(c.isupper() for c in words), words))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield runs of words that no punctuation, verb or other function word breaks."""
    run: list[str] = []
    for word in _WORD.findall(text):
        if _carries_on(word):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


@remembered(WORDS_KEPT)
def _carries_on(written: str) -> bool:
    """Whether a run goes on with this word: part of a noun phrase, as far as one can see."""
    word = written.lower()
    if word in _words().joints:
        return True
    plain = re.sub(r"['’]s$", "", word)
    if not word[0].isalpha() or word.endswith("ly") or not carries_meaning(plain):
        return False
    steering = _words()
    if plain.endswith("ing") and plain not in steering.gerunds:
        return False
    return plain not in steering.breaks and plain not in steering.verbs


@remembered(WORDS_KEPT)
def _within(run: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return key and words of each phrase of a run.

    Phrases end where the run ends or a joint follows, never half-way.
    """
    found = []
    lower = [word.lower() for word in run]
    joints = _words().joints
    for end in range(1, len(run) + 1):
        if (end < len(run) and lower[end] not in joints) or not _may_end(lower[end - 1]):
            continue
        for start in range(max(0, end - LONGEST), end):
            if _is_phrase(lower[start:end]):
                phrase = run[start:end]
                found.append((" ".join(map(_key, phrase)), " ".join(phrase)))
    return tuple(found)


@remembered(WORDS_KEPT)
def _may_end(word: str) -> bool:
    steering = _words()
    return word not in steering.joints and (word in steering.nouns or not _ADJECTIVE.search(word))


def _is_phrase(lower: Sequence[str]) -> bool:
    """Whether words of a run, of which the last may end a phrase, are one."""
    steering = _words()
    first, last = lower[0], lower[-1]
    if first in steering.joints or len(first) < 3:
        return False
    joint = next((place for place, word in enumerate(lower) if word in steering.joints), len(lower))
    if first == "persons" and joint < len(lower):
        return last not in steering.vague
    return any(word not in steering.vague for word in lower[:joint])


@remembered()
def _words() -> _Words:
    naming, asking = _read("naming.yaml"), _read("asking.yaml")
    verbs = {*asking["imperatives"], *asking["unambiguous_imperatives"]}
    bases = {verb[:-1] if verb.endswith("e") else verb for verb in verbs}
    inflected = {base + ending for base in bases for ending in ("ed", "ing", "es", "s")}
    return _Words(
        joints=frozenset(naming["joints"]),
        breaks=frozenset(naming["breaks"]),
        vague=frozenset(naming["vague"]),
        gerunds=frozenset(naming["gerunds"]),
        nouns=frozenset(naming["nouns"]),
        verbs=frozenset(verbs | inflected) - frozenset(naming["gerunds"]),
    )


def _read(name: str) -> dict[str, list[str]]:
    lists = read_yaml(vocabulary_file(name))
    return {key: [str(word) for word in words] for key, words in lists.items()}
