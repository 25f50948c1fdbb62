"""Paragraph numbers, headings and recommending States that a text carries in itself."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from linker.vocabulary.states import near_states, state_code
from linker.vocabulary.text import fold_name

_UPR_NUMBER = re.compile(r"\s*(\d{1,3}\.\d{1,3}|\d{1,3}(?=\.\s))\.?(?:\s+|(?=[A-Z“\"\[]))")
_TB_NUMBER = re.compile(r"(\d{1,3})\.(?!\d)\s*(?=\S)")
_BRACKETS = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）]")
_LAST_BRACKETS = re.compile(
    r"(?<!\s)\s*[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）][\s;.,:；。،؛]*\Z"
)
_LAST_SQUARE = re.compile(r"(?<!\s)\s*[\[{]([^\[\]{}]{2,2000})[\]}][\s;.,:；。،؛]*\Z")
_ENDS_SENTENCE = re.compile(r"\s*(?:[;.:；。؛]|[(（]|\Z)")
_PARTED = re.compile(r"[,;/、，；،؛]")
_AND = re.compile(r"((?<!\s)\s+(?:and|y|e|et|и|und)\s+|(?<!\s)\s+و(?=\S)|和|及|与)")
_BRACKETS_AT_END = 200  # more States than there are; keeps a hostile text from taking hours
_BRACKETS_CHARS = 5_000
_ALIKE = 0.88  # "Moldavia" is no slip of "Moldova", "Trinidad and Tabago" is one
_NAME_CHARS = 60
_HEADING_LINES = 4
_HEADING_CHARS = 250
_SHORT_NAMES = frozenset({"UK", "USA", "UAE", "DPRK", "DRC"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A text parted from what it carries."""

    text: str
    paragraph: str = ""
    heading: str = ""
    recommending_states: tuple[str, ...] = ()


def upr_text(text: str) -> Cited:
    """Part "121.11 Ratify … (Croatia) (Spain);" into paragraph, text and recommending States.

    States named inside ("… (Ukraine); Increase … (Slovakia)") are recommending States too, but
    stay in the text: they say who asked for which part. A name that no State has is taken for the
    one it is nearest to, where it stands alone at the end.
    """
    number = _UPR_NUMBER.match(text)
    body, states = _without_square(text[number.end() :] if number else text)
    for match in _BRACKETS.finditer(body):
        named = _states_named(match[1])
        # Inside a sentence ("ratify (Chile) or accede to (Peru) …") nothing but States counts.
        if _ENDS_SENTENCE.match(body, match.end()) or all(state_code(name) for name in named):
            states += named
    for _ in range(_BRACKETS_AT_END):
        last = _LAST_BRACKETS.search(body, max(0, len(body) - _BRACKETS_CHARS))
        if not last or last.start() == 0:
            break
        if not _states_named(last[1]):
            if states or not (near := _misspelt(last[1])):
                break
            states.append(near)
        body = body[: last.start()]
    body = body.strip(" \n;；؛")
    if not body:
        return Cited(text)
    return Cited(body, number[1] if number else "", "", tuple(dict.fromkeys(states)))


def _without_square(text: str) -> tuple[str, list[str]]:
    """Part "Ratify … [Italy; Peru]" into text and States, where such brackets hold nothing else."""
    states: list[str] = []
    for _ in range(_BRACKETS_AT_END):
        last = _LAST_SQUARE.search(text, max(0, len(text) - _BRACKETS_CHARS))
        named = _states_named(last[1]) if last and last.start() else []
        if not last or not named or not all(map(state_code, named)):
            break
        states = [*named, *states]
        text = text[: last.start()]
    return text, states


def named_inside(text: str) -> tuple[str, ...]:
    """Return the recommending States that a text still names in itself: who asked for which part.

    "Ratify the Protocol (Chile); close the camp" of Chile and Peru names Chile. Those it does not
    name belong behind its end, where `upr_text` took them off.
    """
    return upr_text(f"{text}.").recommending_states if "(" in text else ()


def paragraph_text(text: str) -> Cited:
    """Part a heading line and "7. The Committee …" below it into heading, paragraph and text."""
    lines = text.split("\n")
    for index, line in enumerate(lines[: _HEADING_LINES + 1]):
        number = _TB_NUMBER.match(line.strip())
        if number:
            rest = "\n".join([line.strip()[number.end() :], *lines[index + 1 :]]).strip()
            heading = " / ".join(part.strip() for part in lines[:index] if part.strip())
            return Cited(rest, number[1], heading) if rest else Cited(text)
        if len(line) > _HEADING_CHARS:
            break
    return Cited(text)


def _states_named(inside: str) -> list[str]:
    """Return the States that brackets name, [] where they hold something else.

    One known State makes brackets a list of States; an unknown name in it is kept as it is, for
    observers recommend too.
    """
    inside = " ".join(inside.split())
    if code := _state(inside):
        return [code]
    parts = [part for part in map(str.strip, _PARTED.split(inside)) if part]
    named: list[str] = []
    known = False
    for part in parts:
        bare = part.removeprefix("and ")
        for name in [bare] if _state(bare) else _around_and(bare):
            code = _state(name)
            known = known or code is not None
            named.append(code or name)
    likely = all(not name[:1].islower() or name.startswith("the ") for name in named)
    return named if known and likely else []


def _misspelt(inside: str) -> str:
    """Return the State that a name in brackets is a slip of, or an empty string."""
    name = " ".join(inside.split())
    if not (name[:1].isupper() and 3 < len(name) <= _NAME_CHARS):
        return ""
    near = near_states(name, limit=1)
    alike = difflib.SequenceMatcher(None, fold_name(near[0]), fold_name(name)) if near else None
    return (state_code(near[0]) or "") if alike and alike.ratio() >= _ALIKE else ""


def _around_and(names: str) -> list[str]:
    """Part "Bosnia and Herzegovina and Peru" where a State begins or ends."""
    parts = _AND.split(names)[: 2 * _BRACKETS_AT_END]
    for end in range(len(parts) - 2, 0, -2):
        first, rest = "".join(parts[:end]), "".join(parts[end + 1 :])
        if _state(first):
            return [first, *_around_and(rest)]
        if _state(rest):
            return [*_around_and(first), rest]
    return [names]


def _state(name: str) -> str | None:
    """Return the code of a State named in full; "(CAT)" and "(SR)" are no ISO codes here."""
    told = len(name) > 3 or not name.isascii() or name in _SHORT_NAMES
    return state_code(name) if told else None
