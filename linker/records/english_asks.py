"""Cuts texts in English into asks and context; see `linker.records.asks`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linker.records.asking_words import OPENING, asking_words, begins_ask
from linker.records.english_stretches import stretches, trimmed
from linker.records.part import Part, or_implied
from linker.vocabulary.states import state_code

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
_GOES_ON = r"(?:be|for|on|against|the|of|and|its)\b"
"""What follows a name that goes on, or to which something is done: no addressee ends there."""
_ADDRESSEE = re.compile(rf"{_NAME}(?:\s+{_NAME})*\s+(?:should\s+|must\s+)?(?=[a-z])(?!{_GOES_ON})")
_ADDRESSED = re.compile(
    r"\b(?:states?|part(?:y|ies)|governments?|authorit(?:y|ies)|countr(?:y|ies)|parliament|"
    r"ministr(?:y|ies)|committee|council|it|they|he|she|we|you|this|these|which|who)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(r"\s+by\b(?![^.;]{0,80}\bto\b)")
"""Behind "had been requested": others asked, and it is told."""
_INFINITIVE = re.compile(r"\bto\s+(?=[a-z])")
_NO_SPACE = re.compile(r"\S")
_LONG_ENOUGH = re.compile(r"\s*\S+\s+\S")
"""What begins with two words at least."""
_LEAST_WORDS = 2


def cut_english(text: str) -> tuple[Part, ...]:
    """Cut a text into asks and context; see `linker.records.asks.cut`."""
    return or_implied(
        part
        for start, end, in_asking_list in stretches(text)
        for part in _cut_stretch(text, start, end, in_asking_list)
    )


def _cut_stretch(text: str, start: int, end: int, in_asking_list: bool) -> Iterator[Part]:
    sentence = text[start:end]
    opening = _without_preamble(sentence)
    if in_asking_list or begins_ask(opening) or asking_words().refusing.match(opening):
        yield from _clauses(text, start, end)
        return
    asked_from = _asked_from(sentence)
    if asked_from is not None:
        yield from _reported(text, start, end, start + asked_from)
    elif asking_words().context.match(sentence) or _STATEMENT.match(sentence):
        yield Part(start, end, "context", sentence)
    else:
        yield from _clauses(text, start, end)


def _without_preamble(sentence: str) -> str:
    """Drop "In this regard, " and the like, which may precede a bare imperative."""
    plain = sentence.lstrip("“\"'( ")
    return re.sub(r"^(?:In|As|For|To|With|Within|On|By)\b[^,]{0,80},\s+", "", plain)


def _asked_from(sentence: str) -> int | None:
    """Return where what is asked begins in a sentence, or None where it only states."""
    words = asking_words()
    verbs = words.asking.finditer(sentence)
    if verb := next((v for v in verbs if not _BY_OTHERS.match(sentence, v.end())), None):
        return _unturned(sentence, verb.end(), _content_start(sentence, verb.end()))
    if said := _SAID_THAT.search(sentence):
        duty = words.duty.search(sentence, said.end())
    else:
        duty = None if words.context.match(sentence) else words.duty.search(sentence)
    return _with_subject(sentence, duty.start(), duty.end()) if duty else None


def _unturned(sentence: str, start: int, content: int) -> int:
    """Return where an ask begins that would leave out its "not": there."""
    denied = asking_words().denied.search(sentence, start, content)
    return denied.start() if denied else content


def _with_subject(sentence: str, duty: int, content: int) -> int:
    """Return where an ask begins whose duty is not the State's: "No one should be …".

    "The State party should adopt …" asks to adopt; "visits to prisons should be announced" asks
    nothing without the visits.
    """
    clause = re.split(r"[,;:]\s+|\bthat\s+", sentence[:duty])[-1].lstrip()
    if asking_words().denied.match(clause) or not (_ADDRESSED.search(clause) or _is_name(clause)):
        return duty - len(clause)
    return content


def _is_name(clause: str) -> bool:
    """Whether a clause says nothing but a State's name."""
    return not clause.strip() or bool(state_code(clause.strip()))


def _reported(text: str, start: int, end: int, content: int) -> Iterator[Part]:
    """Cut "…, the Committee urged X to A and to B": context, then each of A and B."""
    if len(text[content:end].split()) < _LEAST_WORDS:
        yield Part(start, end, "context", text[start:end])
        return
    for left, right in trimmed(text, start, content):
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
    words = asking_words()
    joints = [m for m in _TO_CLAUSE.finditer(piece) if words.imperative.match(piece, m.end())]
    joints += list(words.after_and.finditer(piece))
    position = 0
    for joint in sorted(joints, key=lambda m: m.start()):
        if joint.start() < position or not _LONG_ENOUGH.match(piece, joint.end()):
            continue
        if not _stands_alone(piece, position, joint.start()):
            continue
        opening = piece[position : min(joint.start(), position + OPENING)]
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
    denied = asking_words().turned.search(left)
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
    for left, right in trimmed(text, start, end):
        yield Part(left, right, "ask", text[left:right])


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a clause has an object of its own: "prevent" before "and combat" has none."""
    while end > start and text[end - 1].isspace():
        end -= 1
    word = end
    while word > start and not text[word - 1].isspace():
        word -= 1
    first = _NO_SPACE.search(text, start, word)
    return first is not None and not asking_words().imperative.fullmatch(text, word, end)
