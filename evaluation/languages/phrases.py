"""Makes the English phrases that foreign texts are read with (models/languages/phrases.tsv).

    python -m evaluation.languages.phrases

They are the words and the runs of up to five words that recur in recommendations of the UPR Info
database and in Linker's own SDG knowledge. The file holds phrases, not texts. States with gold
labels or texts kept for measuring are left out.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from evaluation.sources import corpora
from linker.paths import models_dir
from linker.reading.phrase_table import PHRASES
from linker.sdg.framework import framework
from linker.sdg.knowledge import knowledge
from linker.sdg.passages import passages
from linker.vocabulary.checksums import renew
from linker.vocabulary.tokens import carries_meaning, words

KEPT_APART = frozenset({
    "Afghanistan", "Barbados", "Brunei Darussalam", "Costa Rica", "Iceland", "Kenya", "Latvia",
    "Mongolia", "Nepal", "Panama", "Peru", "Sierra Leone", "Slovenia", "Spain", "Thailand", "Togo",
})  # fmt: skip
LONGEST = 5
"""Words of the longest phrase."""
LEAST_WORD, LEAST_PHRASE = 12, 25
"""How often a word and a phrase must stand in recommendations …"""
LEAST_KNOWN_WORD, LEAST_KNOWN_PHRASE = 2, 4
"""… or in the SDG knowledge."""
_STOPS = re.compile(r'[.,;:()"“”]')


def runs(texts: Iterable[str]) -> Counter[str]:
    """Count the runs of words that begin and end with a word that means something."""
    return Counter(run for text in texts for part in _STOPS.split(text) for run in _runs(part))


def _runs(part: str) -> Iterator[str]:
    found = words(part)
    telling = [carries_meaning(word) for word in found]
    for start in range(len(found)):
        for end in range(start + 1, min(start + LONGEST, len(found)) + 1):
            if telling[start] and telling[end - 1]:
                yield " ".join(found[start:end])


def phrases() -> list[str]:
    """Return the phrases, in alphabetical order."""
    spoken, known = runs(_recommendations()), runs(_knowledge())
    terms = (" ".join(words(term)) for t in knowledge().targets.values() for term in t.terms)
    found = {p for p, n in spoken.items() if n >= (LEAST_PHRASE if " " in p else LEAST_WORD)}
    found |= {
        p for p, n in known.items() if n >= (LEAST_KNOWN_PHRASE if " " in p else LEAST_KNOWN_WORD)
    }
    return sorted(found | set(terms))


def _recommendations() -> list[str]:
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return sorted({row["text"] for row in csv.DictReader(file) if row["sur"] not in KEPT_APART})


def _knowledge() -> list[str]:
    return [passage.text for passage in passages(knowledge(), framework())]


def write() -> None:
    """Write the phrases, one a line."""
    found = phrases()
    (models_dir() / PHRASES).write_text("\n".join(found) + "\n", encoding="utf-8", newline="\n")
    renew()
    print(f"{len(found):,} phrases")


if __name__ == "__main__":
    write()
