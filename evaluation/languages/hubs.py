"""Makes the list of English phrases that are near to everything (models/languages/hubs.tsv).

    python -m evaluation.languages.hubs

In high dimensions some vectors are nearest to very many others (hubs: Radovanović, Nanopoulos and
Ivanović, 2010). Here they are what a name or a rare word, of which the encoder knows nothing, is
read as: "undue", "borne", "rites". They are found with made-up words, which mean nothing: what is
near to these is near for no reason, and that much is taken off its cosine, as cross-domain
similarity local scaling does (Conneau and others, 2018). Needs `linker languages prepare`.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from linker.paths import models_dir
from linker.reading.phrase_table import HUBS, phrase_table
from linker.vocabulary.checksums import renew

MADE_UP = 600
NEAREST = 10
"""Made-up words nearest to a phrase, whose mean cosine says how near it is for no reason."""
USUAL = 0.55
"""Such a mean, which nine phrases in ten do not reach."""
_ONSETS = ("b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "ch")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ei")
_CODAS = ("", "n", "r", "l", "s", "k", "m")


def made_up_words() -> list[str]:
    """Return words of two and three syllables that no language has on purpose."""
    return ["".join(_syllable(n, place) for place in range(2 + n % 2)) for n in range(MADE_UP)]


def _syllable(word: int, place: int) -> str:
    drawn = crc32(f"{word} {place}".encode())
    onset, rest = _ONSETS[drawn % len(_ONSETS)], drawn // len(_ONSETS)
    return onset + _NUCLEI[rest % len(_NUCLEI)] + _CODAS[rest // len(_NUCLEI) % len(_CODAS)]


def hubs() -> dict[str, float]:
    """Return how much nearer than usual each hub is to words that mean nothing, by phrase."""
    table = phrase_table()
    cosines = np.sort(table.cosines(made_up_words()), axis=0)[-NEAREST:].mean(axis=0)
    excess = {
        phrase: round(float(one) - USUAL, 2)
        for phrase, one in zip(table.phrases, cosines, strict=True)
    }
    return {phrase: much for phrase, much in excess.items() if much > 0}


def write() -> None:
    """Write the hubs, one a line, with what is taken off their cosines."""
    found = hubs()
    rows = "".join(f"{phrase}\t{much:.2f}\n" for phrase, much in sorted(found.items()))
    (models_dir() / HUBS).write_text(rows, encoding="utf-8", newline="\n")
    renew()
    print(f"{len(found):,} hubs")


if __name__ == "__main__":
    write()
