"""The encoding of a text file, told by its bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from linker.records.importers.base import Limits
from linker.records.importers.safe_open import encoding_of_start, open_content

NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "mac_cyrillic": "Mac Cyrillic",
    "cp1256": "Windows-1256 (Arabic)",
    "gb18030": "GB 18030 (Chinese)",
    "cp850": "DOS (code page 850)",
}
"""Encodings without a mark of their own, the likeliest first, as a person knows them."""

_SCRIPTS = {"CYRILLIC": 1.2, "ARABIC": 1.1, "CJK": 0.9}
"""How much a word all in one script looks like a word; Latin ones by their accents."""
_CHUNK = 1 << 20
_SAMPLE = 60_000
_WORD = re.compile(r"(?<![A-Za-z](?=[A-Za-z]))[^\x00-\x7f]*[^\W\d_]*[^\x00-\x7f]+[^\W\d_]*")
_ODD_WORD = re.compile(rb"(?<![^\s,;\"])[^\s,;\"\x80-\xff]*+[\x80-\xff][^\s,;\"]*+")
_MARK_IN_WORD = re.compile(r"(?<=[^\W\d_])[–—“”«»…•°§£€¿¡ªº](?=[^\W\d_])")
"""Nobody sets these between two letters: "Espa–a" is another encoding's "España"."""
_MARKS_IN_TEXT = frozenset("‘’“”–—…«»•§°№€£·¿¡ªº\u00a0\u2028،؛؟。，、；：？！（）《》")


def encoding_of(path: Path, limits: Limits) -> tuple[str, int]:
    """Return the encoding of a text file and how many of its bytes do not fit it.

    UTF-8 and UTF-16 are told by their bytes. What is neither is the one of `NAMES` in which its
    words look most like words, unless it is UTF-8 with a few damaged characters (more whole
    multi-byte characters than broken ones).
    """
    good = bad = 0
    odd = bytearray()
    with open_content(path, limits) as file:
        start = file.read(4096)
        encoding = encoding_of_start(start)
        if encoding != "utf-8-sig":
            return encoding, 0
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        chunk = start
        while chunk:
            text = decoder.decode(chunk)
            if not text.isascii():
                broken = text.count("\ufffd")
                bad += broken
                good += len(text) - len(text.encode("ascii", "ignore")) - broken
                if broken and len(odd) < _SAMPLE:
                    odd += _around_odd(chunk)
            chunk = file.read(_CHUNK)
    return ("utf-8-sig", bad) if good >= bad else (_likeliest(bytes(odd[:_SAMPLE])), 0)


def _around_odd(chunk: bytes) -> bytes:
    """Return the words of a chunk that hold other bytes than ASCII."""
    return b" ".join(_ODD_WORD.findall(chunk)[:4000]) + b" "


def _likeliest(sample: bytes) -> str:
    scores = {name: _looks(sample.decode(name, "replace")) for name in NAMES}
    return max(NAMES, key=lambda name: scores[name])


def _looks(text: str) -> float:
    """Return how much a text looks like words: the mean over its words with odd characters."""
    words = _WORD.findall(text)
    return sum(map(_looks_like_word, words)) / max(len(words), 1)


def _looks_like_word(word: str) -> float:
    letters = [char for char in word if char.isalpha() or unicodedata.combining(char)]
    others = [char for char in word if not char.isascii() and char not in letters]
    if any(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co", "Cn") for char in word):
        return -2.0
    wrong = sum(char not in _MARKS_IN_TEXT for char in others) + len(_MARK_IN_WORD.findall(word))
    scripts = {_script(char) for char in letters}
    if len(scripts) > 1:
        return -1.0 - wrong
    if any(low.islower() and high.isupper() for low, high in pairwise(word)):
        return -1.0 - wrong  # "dÕIvoire", and Cyrillic read in the other Cyrillic encoding
    if scripts == {"LATIN"}:
        return _looks_latin(letters) - wrong
    return (_SCRIPTS.get(scripts.pop(), 0.2) if scripts else 1.0) - wrong


def _looks_latin(letters: list[str]) -> float:
    accents = sum(not char.isascii() for char in letters)
    if accents == len(letters):
        return 0.2
    return 1.0 if accents <= max(2, len(letters) * 0.4) else -1.0


def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]
