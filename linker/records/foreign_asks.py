"""Cuts texts of other languages than English into asks and context, in the original.

The words that ask, bind, introduce and join lie in ``data/vocabularies/asking_*.yaml``. The rules
are fewer than those of English (`linker.records.english_asks`): lists and sentences; of a sentence
what an asking verb asks for; and asks joined by "and" where the second begins with a verb of its
own, unless a denial before the joint may go on after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from linker.records.english_stretches import ROMAN
from linker.records.part import Part, or_implied
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.foreign import ForeignLanguage, foreign_language
from linker.vocabulary.lexicon import lexicon

_MARKER = re.compile(r"(?<![\w(])[(（]?([a-zа-я]|[ivx]{1,4}|\d{1,2}|[أ-ي])[)）]\s*(?=\S)")
"""The "a)" or "(a)" of a list."""
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрст"
_STOP = re.compile(r"[.!?؟](?=[\s»”\"’)]|$)|[。！？]|[;；؛\n]")
_OPENS_ITEM = frozenset(":：;；؛,，،.\n")
_JOINTS = frozenset({"y", "e", "et", "и", "o", "ou", "و"})
"""What an item of a list may follow."""
_EDGES = ";,:.–•-—،؛，；：。、"
"""Signs that are loose at the edges of a part, as white space is."""
MIN_SIGNS = 4
"""Letters of the shortest ask."""
OPENING = 200
"""Characters of a clause in which it shows what it is."""
ADDRESSEE = 120
"""Characters between an asking verb and what is asked, at most."""


@dataclass(frozen=True, slots=True)
class _Asking:
    language: ForeignLanguage
    asking: re.Pattern[str]
    duty: re.Pattern[str]
    context: re.Pattern[str]
    content: tuple[re.Pattern[str], ...]
    preambles: re.Pattern[str]
    joint: re.Pattern[str]
    begins: re.Pattern[str]
    not_asks: frozenset[str]
    verbs: frozenset[str]
    abbreviations: re.Pattern[str]

    def begins_ask(self, text: str) -> bool:
        """Whether a text begins with what is to be done."""
        plain = text.lstrip("«“\"'’(¿¡ ")
        words = plain.lower().split()
        for deny in self.language.negations:
            if words and words[0] == deny:
                words = words[1:]
        if not words:
            return False
        first = words[0].strip(_EDGES)
        if first in self.verbs or " ".join(words[:2]).strip(_EDGES) in self.verbs:
            return True
        found = self.begins.match(plain.lower()) or self.begins.match(" ".join(words))
        return bool(found) and first not in self.not_asks


@remembered()
def _asking(code: str) -> _Asking:
    language = foreign_language(code)
    said = read_yaml(vocabulary_file(language.asking))
    lists = {
        key: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for key, value in said.items()
    }
    edge = "" if language.by_signs else r"\b"

    def either(key: str) -> str:
        return "|".join(sorted(lists[key], key=len, reverse=True)) or r"(?!)"

    joints = "|".join(sorted(map(re.escape, lists["joints"]), key=len, reverse=True))
    spaced = r"(?<!\s)\s*" if language.by_signs else r"(?<!\s)\s+"
    after = r"\s*" if language.by_signs or code == "ar" else r"[\s]+|(?<=['’])"
    return _Asking(
        language=language,
        asking=re.compile(rf"{edge}(?:{either('asking_verbs')}){edge}", re.IGNORECASE),
        duty=re.compile(rf"{edge}(?:{either('duty_verbs')}){edge}", re.IGNORECASE),
        context=re.compile(rf"\s*(?:{either('context_openers')})", re.IGNORECASE),
        content=tuple(re.compile(one, re.IGNORECASE) for one in lists["content"]),
        preambles=re.compile(rf"^(?:{either('preambles')})", re.IGNORECASE),
        joint=re.compile(
            rf"(?:[,，،]\s*|{spaced})(?:{joints})(?:{after})|[,，،]\s+", re.IGNORECASE
        ),
        begins=re.compile(rf"(?:{'|'.join(lists['asks_begin'])})"),
        not_asks=frozenset(lists["not_asks"]),
        verbs=frozenset(lists["verbs"]),
        abbreviations=re.compile(rf"(?:^|\W)(?:{either('abbreviations')}|[A-ZА-Я])\.$"),
    )


def cut_foreign(text: str, code: str) -> tuple[Part, ...]:
    """Cut a text into asks and context; see `linker.records.asks.cut`.

    Args:
        text: a record's text, as published.
        code: its language, one of `linker.vocabulary.spoken.FOREIGN`.
    """
    asking = _asking(code)
    parts: list[Part] = []
    for start, end, in_list in _stretches(text, asking):
        parts += _cut_stretch(text, start, end, in_list, asking)
    if not parts:
        parts = [Part(a, b, "implied", text[a:b]) for a, b in _trimmed(text, 0, len(text), 1)]
    return or_implied(parts)


def _stretches(text: str, asking: _Asking) -> Iterator[tuple[int, int, bool | None]]:
    """Yield (start, end, item of an asking list?); None instead for what leads a list."""
    markers = list(_markers(text))
    if not markers:
        for start, end in _sentences(text, 0, len(text), asking):
            yield start, end, False
        return
    *first, last = list(_sentences(text, 0, markers[0][0], asking)) or [(0, 0)]
    lead = text[last[0] : last[1]]
    for start, end in first:
        yield start, end, False
    if _turns(lead, asking):
        yield last[0], len(text), False
        return
    if lead:
        yield *last, False if asking.begins_ask(asking.preambles.sub("", lead)) else None
    asked = not lead or bool(asking.asking.search(lead) or asking.duty.search(lead))
    for (_, start), (end, _) in pairwise([*markers, (len(text), len(text))]):
        for number, (left, right) in enumerate(_sentences(text, start, end, asking)):
            yield left, right, asked and not number


_NOT_DOING = ("refrain", "stop", "avoid", "cease", "desist")


def _turns(text: str, asking: _Asking) -> bool:
    """Whether a denial, or a verb of not doing, ends a text: "… se abstenga de"."""
    tokens = asking.language.tokens(text[-OPENING:])[-6:]
    denied = any(token.written in asking.language.negations for token in tokens[-1:])
    return denied or any(
        match.english.startswith(_NOT_DOING) and match.end >= len(tokens) - 1
        for match in lexicon(asking.language.code).matches(tokens)
    )


def _markers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the a), b), i), ii) … that really count up stand: "artículo 2 a)" does not."""
    expected: dict[str, int] = {}
    for match in _MARKER.finditer(text):
        label, start = match.group(1), match.start()
        if not _may_open(text[max(0, start - 5) : start]):
            continue
        for alphabet in (ROMAN, _LATIN, _CYRILLIC, _ARABIC, tuple(map(str, range(1, 40)))):
            key = str(alphabet[0])
            if label not in alphabet or alphabet.index(label) not in (0, expected.get(key, 0)):
                continue
            expected[key] = alphabet.index(label) + 1
            yield start, match.end()
            break


def _may_open(before: str) -> bool:
    """Whether an item of a list may follow what stands before it."""
    last = before.rstrip(" \t\r")[-1:]
    return not last or last in _OPENS_ITEM or before.rsplit(maxsplit=1)[-1] in _JOINTS


def _sentences(text: str, start: int, end: int, asking: _Asking) -> Iterator[tuple[int, int]]:
    place = start
    for match in _STOP.finditer(text, start, end):
        if match.group() == "." and asking.abbreviations.search(
            text[max(0, match.end() - 8) : match.end()]
        ):
            continue
        yield from _trimmed(text, place, match.end())
        place = match.end()
    yield from _trimmed(text, place, end)


def _trimmed(text: str, start: int, end: int, least: int = 2) -> Iterator[tuple[int, int]]:
    """Yield the span without what is loose at its edges, if letters are left."""
    while start < end and (_loose(text[start]) or text[start] in "»”)"):
        start += 1
    while end > start and _loose(text[end - 1]):
        end -= 1
    if sum(ch.isalpha() for ch in text[start:end]) >= least:
        yield start, end


def _loose(sign: str) -> bool:
    return sign.isspace() or sign in _EDGES


def _cut_stretch(
    text: str, start: int, end: int, in_list: bool | None, asking: _Asking
) -> Iterator[Part]:
    sentence = text[start:end]
    opening = asking.preambles.sub("", sentence[:OPENING])
    if in_list or asking.begins_ask(opening):
        yield from _clauses(text, start, end, asking)
        return
    content = _asked_from(sentence, asking)
    if content is not None:
        if sum(ch.isalpha() for ch in sentence[content:]) < MIN_SIGNS:
            yield Part(start, end, "context", sentence)
            return
        for left, right in _trimmed(text, start, start + content):
            yield Part(left, right, "context", text[left:right])
        yield from _clauses(text, start + content, end, asking)
    elif asking.context.match(sentence):
        yield Part(start, end, "context", sentence)
    else:
        yield from _clauses(text, start, end, asking)


def _asked_from(sentence: str, asking: _Asking) -> int | None:
    """Return where what is asked begins in a sentence, None where nothing is."""
    if verb := asking.asking.search(sentence):
        place = verb.end()
        deny = _denial_before(sentence, place, asking)
        found = (pattern.search(sentence, place) for pattern in asking.content)
        near = [match for match in found if match and match.start() - place < ADDRESSEE]
        content = min(((m.start(), -m.end()) for m in near), default=(0, -place))[1] * -1
        return deny if deny is not None and deny < content else content
    if duty := asking.duty.search(sentence):
        return None if asking.context.match(sentence) else _from_denial(sentence, duty, asking)
    return None


def _from_denial(sentence: str, duty: re.Match[str], asking: _Asking) -> int:
    """Return where a duty's ask begins: with the "no" right before it, "no debe restringir"."""
    near = max(0, duty.start() - OPENING)
    before = asking.language.tokens(sentence[near : duty.start()])
    if before and before[-1].written in asking.language.negations:
        return near + before[-1].start
    return duty.end()


def _denial_before(sentence: str, place: int, asking: _Asking) -> int | None:
    """Return where a denial stands between an asking verb and what is asked."""
    for token in asking.language.tokens(sentence[place : place + 60]):
        if token.written in asking.language.negations:
            return place + token.start
    return None


def _clauses(text: str, start: int, end: int, asking: _Asking) -> Iterator[Part]:
    """Cut "adopte A y derogue B" at the joint."""
    piece, place = text[start:end], 0
    for joint in asking.joint.finditer(piece):
        # Only openings are looked at: a whole text each time would take the square of its length.
        after = piece[joint.end() : joint.end() + OPENING]
        left = piece[place : min(joint.start(), place + OPENING)]
        comma = not joint.group().strip(",，، ")
        if not asking.begins_ask(after) or _short(left, asking) or _short(after, asking):
            continue
        if not asking.begins_ask(asking.preambles.sub("", left)) and (comma or place):
            continue
        begins_anew = _denied(after, asking) or _turns(" ".join(after.split()[:3]), asking)
        if _denied(left, asking) and not begins_anew:
            continue
        yield from _ask(text, start + place, start + joint.start())
        place = joint.end()
    yield from _ask(text, start + place, end)


def _short(clause: str, asking: _Asking) -> bool:
    """Whether a clause has no object of its own: "prevenir" before "y combatir" has none."""
    return len(asking.language.tokens(clause)) < (4 if asking.language.by_signs else 2)


def _denied(left: str, asking: _Asking) -> bool:
    """Whether a clause begins with a denial, which may go on after the joint."""
    first = asking.language.tokens(left)[:1]
    return bool(first) and first[0].written in asking.language.negations


def _ask(text: str, start: int, end: int) -> Iterator[Part]:
    for left, right in _trimmed(text, start, end):
        yield Part(left, right, "ask", text[left:right])
