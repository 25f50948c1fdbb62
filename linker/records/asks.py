"""How a record is cut into the things it asks for, with context set aside.

A treaty-body paragraph "notes with concern" before it recommends, and recommends several things
at once. Matching whole paragraphs therefore matches their context. Here a text becomes a sequence
of parts that follow one another and never overlap: asks, each with its span of characters, and
context. The words that mark them lie in ``data/vocabularies/asking.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linker.records.foreign_asks import cut_foreign
from linker.records.part import Part, Role
from linker.vocabulary.expressions import one_of
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.language import language
from linker.vocabulary.polarity import NOT_DOING, negations, verbs_of
from linker.vocabulary.spoken import FOREIGN, spoken
from linker.vocabulary.states import state_code

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
_TO_CLAUSE = re.compile(
    r"[,;\s](?:(?<=[,;])\s+|(?<=\s)(?<!\s\s)\s*)"
    r"(?:and|as well as)\s+(?:also\s+)?(?:to|that)\s+(?=[a-z])"
)
_STATEMENT = re.compile(
    r"[\"“(]*(?:The|This|These|Those|It|He|She|In|According|There|Its|His|Her|Some|Many|OHCHR|"
    r"UN[A-Z]*|ILO|WHO|Both|Such|Another|As|Nevertheless|However|Moreover|Furthermore|Although|"
    r"While|During|Since|Under|Despite|Recalling|Noting|Welcoming|Concerned)\b"
)
_SAID_THAT = re.compile(
    r"\b(?:stated|considered|indicated|added|said|believed|recalled|maintained|concluded|"
    r"emphasi[sz]ed|was of the view|is of the view|pointed out)\b.{0,20}?\bthat\b"
)
_NAME = r"(?:[A-Z]\w*|party|country|authorities|of|the|its|and)"
_ADDRESSEE = re.compile(rf"{_NAME}(?:\s+{_NAME})*\s+(?:should\s+|must\s+)?(?=[a-z])")
_ADDRESSED = re.compile(
    r"\b(?:states?|part(?:y|ies)|governments?|authorit(?:y|ies)|countr(?:y|ies)|parliament|"
    r"ministr(?:y|ies)|committee|council|it|they|he|she|we|you|this|these|which|who)\b",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\bto\s+(?=[a-z])")
_LOOSE_START = re.compile(r"^(?:[\s;,:.–•-]|(?:and|or)\b(?=\W))+")
_SEPARATORS = ";,:"
_JOINTS = ("and", "or")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NO_SPACE = re.compile(r"\S")
_LONG_ENOUGH = re.compile(r"\s*\S+\s+\S")
"""What begins with two words at least."""
_OPENING = 400
"""Characters of a clause in which its preamble ends and what it asks for begins."""
MIN_ASK_WORDS = 2
LONGEST = 20_000
"""Characters of the longest text that is analysed; 999 of a thousand real ones have 11,000."""
KEPT = 10_000
"""Texts whose parts are kept: links, themes and labels of a State all ask for the same ones."""


@dataclass(frozen=True, slots=True)
class _Words:
    asking: re.Pattern[str]
    duty: re.Pattern[str]
    context: re.Pattern[str]
    after_and: re.Pattern[str]
    imperative: re.Pattern[str]
    denied: re.Pattern[str]
    turned: re.Pattern[str]
    turned_lead: re.Pattern[str]
    refusing: re.Pattern[str]


@remembered()
def _words() -> _Words:
    lists = read_yaml(vocabulary_file(language().asking))
    said = {key: [str(value) for value in values] for key, values in lists.items()}
    either = {key: "|".join(values) for key, values in said.items()}
    unambiguous = said["unambiguous_imperatives"]
    denied, not_doing = one_of(negations()), one_of(verbs_of(NOT_DOING))
    return _Words(
        denied=re.compile(rf"\b(?:{denied})\b", re.IGNORECASE),
        turned=re.compile(rf"\b(?:{denied}|{not_doing})\b", re.IGNORECASE),
        turned_lead=re.compile(
            rf"\b(?:{denied}|{not_doing})(?:\s+(?:from|to|in|the|any))*\s*(?::\s*)?$", re.IGNORECASE
        ),
        refusing=re.compile(
            rf"(?:(?:do\s+)?(?:{denied})|{not_doing})\s+(?:from\s+|to\s+)?"
            rf"(?:{one_of([*said['imperatives'], *unambiguous])})\b",
            re.IGNORECASE,
        ),
        asking=re.compile(rf"\b(?:{either['asking_verbs']})\b", re.IGNORECASE),
        duty=re.compile(rf"\b(?:{either['duty_verbs']})\b", re.IGNORECASE),
        context=re.compile(rf"\s*(?:{either['context_openers']})", re.IGNORECASE),
        after_and=re.compile(
            r"[,\s](?:(?:(?<=,)\s+|(?<=\s)(?<!\s\s)\s*)"
            r"(?:and|as well as)\s+(?:also\s+|further\s+|to\s+)?"
            r"|(?<=,)\s+(?:to\s+)?)"
            rf"(?=(?:{one_of(unambiguous)})\s)"
        ),
        imperative=re.compile(
            rf"(?:\w+ly\s+)?(?:{one_of([*said['imperatives'], *unambiguous])})\b",
            re.IGNORECASE,
        ),
    )


TOLD: dict[str, Role] = {"\x02": "ask", "\x03": "context", "\x04": "implied"}
"""Control characters before each part of an English reading, which is cut where its original is."""
_TOLD = re.compile(r"([\x02-\x04])\s*([^\x02-\x04\s]+(?:\s+[^\x02-\x04\s]+)*)")


@remembered(KEPT)
def cut(text: str, declared: str = "") -> tuple[Part, ...]:
    """Cut a text into asks and context.

    Parts are in order, do not overlap, carry no white space at their ends and cover every word
    that is not a list marker or a joint. A text with at least one letter gives at least one part
    that is not context. One longer than ``LONGEST`` is not taken apart.

    Args:
        text: a record's text, as published; or the English reading of one.
        declared: the language that its source says it is in.
    """
    if text[:1] in TOLD:
        return tuple(_told(text))
    if len(text) > LONGEST:
        return tuple(
            Part(start, end, "implied", text[start:end])
            for start, end in _trimmed(text, 0, len(text))
        )
    if (code := spoken(text, declared)) in FOREIGN:
        return cut_foreign(text, code)
    parts: list[Part] = []
    for start, end, asking_lead in _stretches(text):
        parts.extend(_cut_stretch(text, start, end, asking_lead))
    if parts and not any(part.role == "ask" for part in parts):
        parts = [Part(p.start, p.end, "implied", p.text) for p in parts]
    return tuple(parts)


def too_long(text: str) -> str:
    """Return why a text is not analysed; empty where it is."""
    if len(text) <= LONGEST:
        return ""
    return f"the text has {len(text):,} characters, and at most {LONGEST:,} are analysed"


def asks(text: str, declared: str = "") -> tuple[Part, ...]:
    """Return only what the text asks for (or implies), without its context."""
    return tuple(part for part in cut(text, declared) if part.role != "context")


def _told(text: str) -> Iterator[Part]:
    """Yield the parts of an English reading (`linker.reading.english`)."""
    for match in _TOLD.finditer(text):
        if any(ch.isalpha() for ch in match.group(2)):
            yield Part(*match.span(2), TOLD[match.group(1)], match.group(2))


def bids(text: str) -> bool:
    """Whether a text begins with a verb that bids: "Ratify …", "Fully implement …"."""
    return bool(_words().imperative.match(text.lstrip()))


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, items of an asking list?) for lead-ins, list items and sentences."""
    markers = list(_list_markers(text))
    if not markers:
        for start, end in _sentences(text, 0, len(text)):
            yield start, end, False
        return
    first = markers[0].start
    sentences = list(_sentences(text, 0, first))
    lead = text[sentences[-1][0] : first] if sentences else ""
    if _words().turned_lead.search(lead[-_OPENING:]):
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
        if label in _ROMAN and _ROMAN.index(label) == expected_roman and not is_ninth_letter:
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
        yield from _trimmed(text, position, match.end())
        position = match.end()
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
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
    words = _words()
    return bool(words.asking.search(sentence) or words.duty.search(sentence))


def _starts_anew(sentence: str) -> bool:
    """Whether a sentence after a list speaks again for its author ("The Committee also …")."""
    return bool(re.match(r"\s*(?:The|She|He|It|In this|Moreover|Furthermore)\b", sentence))


def _cut_stretch(text: str, start: int, end: int, in_asking_list: bool) -> Iterator[Part]:
    sentence = text[start:end]
    opening = _without_preamble(sentence)
    if in_asking_list or begins_ask(opening) or _words().refusing.match(opening):
        yield from _clauses(text, start, end)
        return
    asked_from = _asked_from(sentence)
    if asked_from is not None:
        yield from _reported(text, start, end, start + asked_from)
    elif _words().context.match(sentence) or _STATEMENT.match(sentence):
        yield Part(start, end, "context", sentence)
    else:
        yield from _clauses(text, start, end)


def _without_preamble(sentence: str) -> str:
    """Drop "In this regard, " and the like, which may precede a bare imperative."""
    plain = sentence.lstrip("“\"'( ")
    return re.sub(r"^(?:In|As|For|To|With|Within|On|By)\b[^,]{0,80},\s+", "", plain)


def _asked_from(sentence: str) -> int | None:
    """Return where what is asked begins in a sentence, or None where it only states."""
    words = _words()
    if verb := words.asking.search(sentence):
        return _unturned(sentence, verb.end(), _content_start(sentence, verb.end()))
    if said := _SAID_THAT.search(sentence):
        duty = words.duty.search(sentence, said.end())
    else:
        duty = None if words.context.match(sentence) else words.duty.search(sentence)
    return _with_subject(sentence, duty.start(), duty.end()) if duty else None


def _unturned(sentence: str, start: int, content: int) -> int:
    """Return where an ask begins that would leave out its "not": there."""
    denied = _words().denied.search(sentence, start, content)
    return denied.start() if denied else content


def _with_subject(sentence: str, duty: int, content: int) -> int:
    """Return where an ask begins whose duty is not the State's: "No one should be …".

    "The State party should adopt …" asks to adopt; "visits to prisons should be announced" asks
    nothing without the visits.
    """
    clause = re.split(r"[,;:]\s+|\bthat\s+", sentence[:duty])[-1].lstrip()
    if _words().denied.match(clause) or not (_ADDRESSED.search(clause) or _is_name(clause)):
        return duty - len(clause)
    return content


def _is_name(clause: str) -> bool:
    """Whether a clause says nothing but a State's name."""
    return not clause.strip() or bool(state_code(clause.strip()))


def _reported(text: str, start: int, end: int, content: int) -> Iterator[Part]:
    """Cut "…, the Committee urged X to A and to B": context, then each of A and B."""
    if len(text[content:end].split()) < MIN_ASK_WORDS:
        yield Part(start, end, "context", text[start:end])
        return
    for left, right in _trimmed(text, start, content):
        yield Part(left, right, "context", text[left:right])
    yield from _clauses(text, content, end)


def _content_start(sentence: str, verb_end: int) -> int:
    """Return where what is asked begins after the asking verb: past "that the State party"."""
    rest = sentence[verb_end:]
    if re.match(r"\s+\w+ing\b", rest):
        return verb_end
    if sentence[:verb_end].endswith("that"):
        subject = _ADDRESSEE.match(rest.lstrip())
        return verb_end + (len(rest) - len(rest.lstrip()) + subject.end() if subject else 0)
    named = re.match(r"[^,;.]{0,120}?\b(that|to)\s+", rest)
    if named is None:
        return verb_end
    subject = _ADDRESSEE.match(rest, named.end()) if named.group(1) == "that" else None
    return verb_end + (subject or named).end()


def _clauses(text: str, start: int, end: int) -> Iterator[Part]:
    """Cut "adopt A, and to repeal B" and "ratify A and implement B" at the joint."""
    piece = text[start:end]
    words = _words()
    joints = [m for m in _TO_CLAUSE.finditer(piece) if words.imperative.match(piece, m.end())]
    joints += list(words.after_and.finditer(piece))
    position = 0
    for joint in sorted(joints, key=lambda m: m.start()):
        if joint.start() < position or not _LONG_ENOUGH.match(piece, joint.end()):
            continue
        if not _stands_alone(piece, position, joint.start()):
            continue
        opening = piece[position : min(joint.start(), position + _OPENING)]
        if _turned_together(opening, joint.group()):
            continue
        begins = begins_ask(_without_preamble(opening)) or words.turned.match(opening)
        if joint.group().lstrip().startswith(",") and not begins:
            continue
        yield from _ask(text, start + position, start + joint.start())
        position = joint.end()
    yield from _ask(text, start + position, end)


def _turned_together(left: str, joint: str) -> bool:
    """Whether a negation before a joint goes on after it: cut there, the ask would lose it.

    "Not restrict A and prosecute B" holds together; so does "avoid using the law to restrict A and
    to prosecute B". "Not to adopt A and to repeal B" does not.
    """
    denied = _words().turned.search(left)
    if denied is None:
        return False
    rest = left[denied.end() :].lstrip().removeprefix("to ").removeprefix("from ")
    doing = re.match(r"\w+ing\b", rest)
    if not doing and not begins_ask(rest) and denied.group().lower() != "cannot":
        return False
    if re.search(r"\b(?:to|that)\s*$", joint):
        return any(begins_ask(rest[m.end() :]) for m in _INFINITIVE.finditer(rest))
    return not joint.lstrip().startswith(",") and not doing


def _ask(text: str, start: int, end: int) -> Iterator[Part]:
    for left, right in _trimmed(text, start, end):
        yield Part(left, right, "ask", text[left:right])


def begins_ask(clause: str) -> bool:
    """Whether a clause begins with what is to be done: "adopt", "fully implement"."""
    return bool(_words().imperative.match(clause))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a clause has an object of its own: "prevent" before "and combat" has none."""
    while end > start and text[end - 1].isspace():
        end -= 1
    word = end
    while word > start and not text[word - 1].isspace():
        word -= 1
    first = _NO_SPACE.search(text, start, word)
    return first is not None and not _words().imperative.fullmatch(text, word, end)
