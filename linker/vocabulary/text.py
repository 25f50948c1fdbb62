"""Text as it is kept (`clean_text`) and as it is compared (`fold`, `fold_name`)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

# Joiners and direction marks carry meaning in Hebrew, Arabic, Indic and South-East Asian scripts.
_NEEDS_JOINERS = re.compile("[\u0590-\u1cff]")
_JOINERS = "\u200c\u200d\u200e\u200f"
# Every control character that breaks no line and is no tab, every format character, every lone
# surrogate.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad"
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)
_QUOTES = re.compile("[‘’‚‛`´“”„‟«»‐‑‒–—―]")
_MARKS = 30
"""Combining marks in a row that are kept as they are: Unicode Standard Annex 15, section 13."""
_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}")
_GRAPHEME_JOINER = "\u034f"
_TAIL = " .,;:\"'"

# Words of UN texts that the Universal Human Rights Index cuts after their capital ("P eoples").
_CUT_WORDS = frozenset((
    "authorities", "child", "children", "committee", "convention", "council", "covenant",
    "declaration", "government", "human", "indigenous", "islander", "national", "optional",
    "parliament", "party", "parties", "people", "peoples", "persons", "protocol", "rapporteur",
    "republic", "rights", "state", "states", "women",
))  # fmt: skip
# Each begins with its space, which lets the regular expression engine skip ahead.
_BEFORE_STOP = re.compile(r" (?<=[^\s.,;] )(?=[,;.)](?:\s|$))")
_BEFORE_APOSTROPHE = re.compile(r" (?<=[a-z] )’(?: (s)\b)?")
_CUT_PLURAL = re.compile(r" (?<=[a-z]{3} )s(?=\s*[,;.])")
_LONE_LETTER = re.compile(r" [B-HJ-Zb-z]\b(?!\))|^[B-HJ-Z] ")
_CUT_CAPITAL = re.compile(r"\b([B-HJ-Z]) ([a-z]{2,})\b")
_CUT_LETTER = re.compile(r"\b([A-Za-z]?[a-z]{2,}) ([b-z])\b(?!\))")


def clean_text(text: str) -> str:
    """Return text as the product keeps it: composed (NFC), no invisible characters, single spaces.

    Line breaks stay (one at a time), as do typographic quotes and right-to-left scripts with the
    joiners they need; control characters, zero-width characters, embedding and override marks,
    soft hyphens and byte-order marks go. Lone surrogates become U+FFFD. Idempotent.
    """
    if text.isprintable() and "  " not in text:  # no invisible characters, no other spaces
        return _normalised("NFC", text).strip(" ")
    kept = _JOINERS if _NEEDS_JOINERS.search(text) else ""
    text = _INVISIBLE.sub(lambda match: _shown(match[0], kept), text)
    lines = (" ".join(line.split()) for line in _normalised("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def _normalised(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """Return a Unicode normalisation form, in time linear in the text.

    Sorting a run of combining marks takes the square of its length. As in the stream-safe format
    of Unicode Standard Annex 15, a joiner parts runs that no language knows.
    """
    if not text.isascii():
        text = _SIGNS.sub(lambda run: _parted(run[0]), text)
    return unicodedata.normalize(form, text)


def _parted(signs: str) -> str:
    out, marks = [], 0
    for sign in signs:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MARKS:
            out.append(_GRAPHEME_JOINER)
            marks = 1
        out.append(sign)
    return "".join(out)


def _shown(char: str, kept: str) -> str:
    return char if char in kept else "\ufffd" if "\ud800" <= char <= "\udfff" else ""


def fold(text: str) -> str:
    """Return text for comparing: case, quotes, dashes, spaces and final punctuation set aside."""
    folded = text.casefold()
    if not folded.isascii():
        folded = _QUOTES.sub(_plain_quote, folded)
        folded = _normalised("NFKC", folded).casefold()
        folded = folded if folded.isprintable() else _INVISIBLE.sub("", folded)
    return " ".join(folded.split()).strip(_TAIL)


def _plain_quote(match: re.Match[str]) -> str:
    return "'" if match[0] in "‘’‚‛`´" else '"' if match[0] in "“”„‟«»" else "-"


@lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """Return a name for looking up: as `fold`, also without accents, punctuation and "the"."""
    letters = _normalised("NFKD", name.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
    # An apostrophe inside a word is dropped ("Côte d'Ivoire"), any other mark parts two words.
    bare = re.sub(r"(?<=\w)['’‘`´.](?=\w)", "", bare.replace("&", " and "))
    words = re.sub(r"[\W_]+", " ", bare).split()
    return " ".join(word for word in words if word != "the")


def close_gaps(text: str) -> tuple[str, int]:
    """Mend stray spaces that an export left inside words and before punctuation.

    Returns:
        The mended text and how many places were mended. "P eoples" is joined only where the whole
        word is common in UN texts or stands elsewhere in the same text, so that "hepatitis B
        vaccine" stays.
    """
    text, plurals = _CUT_PLURAL.subn("s", text)
    text, stops = _BEFORE_STOP.subn("", text)
    text, apostrophes = _BEFORE_APOSTROPHE.subn(lambda m: "’" + (m[1] or ""), text)
    if not _LONE_LETTER.search(text):
        return text, plurals + stops + apostrophes
    words = {word.casefold() for word in re.findall(r"\w{3,}", text)} | _CUT_WORDS
    joined = 0

    def join(match: re.Match[str]) -> str:
        nonlocal joined
        whole = match[1] + match[2]
        if whole.casefold() not in words:
            return match[0]
        joined += 1
        return whole

    text = _CUT_LETTER.sub(join, _CUT_CAPITAL.sub(join, text))
    return text, plurals + stops + apostrophes + joined


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Arabic, Hebrew …)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def clipped(text: str, limit: int) -> str:
    """Return text of at most ``limit`` characters, cut between words, its cut marked by "…"."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.") + "…"


def slug(text: str, limit: int = 60) -> str:
    """Return a text as part of a file's name that every system takes: "right-to-education"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:limit].rstrip("-") or "unnamed"
