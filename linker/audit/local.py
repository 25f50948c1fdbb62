"""Words that go with a tag in these very records: peoples, places and institutions of a State.

No vocabulary names every people ("Ogiek", "Kelluri") or local matter ("the erased"). A word that
stands in records with a tag far more often than elsewhere, and several times beside words that do
bear it out, bears the tag out too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from linker.audit.tags import Reading, Tag

OFTEN = 3
"""Records in which a word must stand beside words that bear the tag out."""
BORNE_OUT = 0.25
"""Share of the tagged records with the word that something else must bear out."""
FAITHFUL = 0.4
"""Share of the records with the word that must have the tag."""
TIMES = 5
"""How many times the tag's share of all records that share must be."""

Judged = Sequence[tuple[Reading, Tag, bool]]
"""Each reading with each of its tags, and whether the vocabulary bears the tag out."""


def local_words(readings: Sequence[Reading], judged: Judged) -> dict[Tag, frozenset[str]]:
    """Return, for each tag that some record carries unspoken, the stems that go with it here.

    Args:
        readings: of all records.
        judged: every tag held against a text so far.
    """
    unspoken = {tag for _, tag, borne_out in judged if not borne_out}
    wanted = {word for reading, _, borne_out in judged if not borne_out for word in reading.stems()}
    everywhere = Counter(word for reading in readings for word in reading.stems() & wanted)
    tagged: dict[Tag, Counter[str]] = defaultdict(Counter)
    spoken: dict[Tag, Counter[str]] = defaultdict(Counter)
    for reading, tag, borne_out in judged:
        if tag in unspoken:
            words = reading.stems() & wanted
            tagged[tag].update(words)
            if borne_out:
                spoken[tag].update(words)
    carried = Counter(tag for _, tag, _ in judged)
    expected = {tag: max(FAITHFUL, TIMES * carried[tag] / len(readings)) for tag in unspoken}
    return {
        tag: frozenset(
            word
            for word, count in spoken[tag].items()
            if count >= max(OFTEN, BORNE_OUT * tagged[tag][word])
            and tagged[tag][word] >= expected[tag] * everywhere[word]
        )
        for tag in unspoken
    }
