"""A text in English as stretches: lead-ins, items of lists and sentences, none over another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linker.records.asking_words import OPENING, asking_words

_NO_ABBREVIATION = (
    r"(?<!\bNo.)(?<!\bNos.)(?<!\bpara.)(?<!\bparas.)(?<!\bart.)(?<!\barts.)(?<!\bMr.)(?<!\bMs.)"
    r"(?<!\bSt.)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bcf.)(?<!\bInc.)(?<!\bvol.)(?<!\bal.)(?<!\bDr.)"
    r"(?<!\b[A-Z].)"
)
# Expressions that are searched for throughout a text begin with a set of characters, for then
# `re` runs from one of these to the next instead of trying the whole expression everywhere. None
# begins anew at each sign of a run that it has failed on: that would take the square of its length.
_SENTENCE_END = re.compile(
    r"[.!?;\n](?:"
    rf"(?<=[.!?]){_NO_ABBREVIATION}[\"”’)\]]*\d{{0,3}}(?=\s+[\"“‘(\[]*[A-Z(])"
    r"|(?<=\n)\n*|(?<=;)(?=\s))"
)
_LETTER = re.compile(r"\(([a-z]{1,4})\)\s+")
_BEFORE_LETTER = re.compile(r"(?<=[:;,.\n])|(?<=\band)|(?<=\bor)")
_LOOSE_START = re.compile(r"^(?:[\s;,:.–•-]|(?:and|or)\b(?=\W))+")
_SEPARATORS = ";,:"
_JOINTS = ("and", "or")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, items of an asking list?) for lead-ins, list items and sentences."""
    markers = list(_list_markers(text))
    if not markers:
        for start, end in _sentences(text, 0, len(text)):
            yield start, end, False
        return
    first = markers[0].start
    sentences = list(_sentences(text, 0, first))
    lead = text[sentences[-1][0] : first] if sentences else ""
    if asking_words().turned_lead.search(lead[-OPENING:]):
        yield from _whole_list(text, sentences, markers[-1].end)
        return
    for start, end in sentences:
        yield start, end, False
    asking = not lead.strip() or _asks(lead)
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        end = following.start if following else len(text)
        for number, (start, stop) in enumerate(_sentences(text, marker.end, end)):
            yield start, stop, asking and not (number and _starts_anew(text[start:stop]))


def _whole_list(
    text: str, before: list[tuple[int, int]], last: int
) -> Iterator[tuple[int, int, bool]]:
    """Yield "refrain from: (a) …; (b) …" as one: its items alone would ask the contrary."""
    after = list(_sentences(text, last, len(text)))
    for start, end in before[:-1]:
        yield start, end, False
    yield before[-1][0], after[0][1] if after else last, False
    for start, end in after[1:]:
        yield start, end, False


class _Marker(NamedTuple):
    """A list marker with the white space around it."""

    start: int
    end: int


def _list_markers(text: str) -> Iterator[_Marker]:
    """Yield the (a), (b), (i), (ii) … that really count up: "article 2 (a)" alone does not."""
    if "(a)" not in text and "(i)" not in text:
        return
    expected_letter, expected_roman = 0, 0
    done = 0
    for match in _LETTER.finditer(text):
        start = _start_of_item(text, done, match.start())
        if start is None:
            continue
        done = match.end()
        marker, label = _Marker(start, match.end()), match.group(1)
        is_ninth_letter = label == "i" and expected_letter == ord("i") - ord("a")
        if label in ROMAN and ROMAN.index(label) == expected_roman and not is_ninth_letter:
            expected_roman += 1
            yield marker
            continue
        if len(label) == 1 and ord(label) - ord("a") in (0, expected_letter):
            expected_letter = ord(label) - ord("a") + 1
            expected_roman = 0
            yield marker


def _start_of_item(text: str, done: int, bracket: int) -> int | None:
    """Return where the white space before "(a)" begins, None inside a sentence."""
    start = bracket
    while start > done and text[start - 1].isspace():
        start -= 1
    if not start or _BEFORE_LETTER.match(text, start):
        return start
    line = text.find("\n", start, bracket)
    return None if line < 0 else line + 1


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield from trimmed(text, position, match.end())
        position = match.end()
    yield from trimmed(text, position, end)


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space and loose separators, if a word is left in it."""
    piece = text[start:end]
    if loose := _LOOSE_START.match(piece):
        start += loose.end()
    end -= len(piece) - _end_of(piece)
    if any(ch.isalpha() for ch in text[start:end]):
        yield start, end


def _end_of(piece: str) -> int:
    """Return where a piece ends without separators and a joint, as in "adopt it; and "."""
    end = _before_separators(piece, len(piece))
    for joint in _JOINTS:
        before = end - len(joint)
        parted = before > 0 and (piece[before - 1].isspace() or piece[before - 1] in ";,")
        if parted and piece.endswith(joint, 0, end):
            return _before_separators(piece, before)
    return end


def _before_separators(piece: str, end: int) -> int:
    while end and (piece[end - 1].isspace() or piece[end - 1] in _SEPARATORS):
        end -= 1
    return end


def _asks(sentence: str) -> bool:
    words = asking_words()
    return bool(words.asking.search(sentence) or words.duty.search(sentence))


def _starts_anew(sentence: str) -> bool:
    """Whether a sentence after a list speaks again for its author ("The Committee also …")."""
    return bool(re.match(r"\s*(?:The|She|He|It|In this|Moreover|Furthermore)\b", sentence))
