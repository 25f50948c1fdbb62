"""Where a record comes from: mechanism, body, cycle and session, each from what tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linker.records.values import cycle_of_symbol, upr_cycle, upr_year, whole_number
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code

_CYCLE = re.compile(
    r"(?P<before>\d|\b(?:first|second|third|fourth|i{1,3}|iv|premier|deuxième|troisième|quatrième|"
    r"primer|segundo|tercer|cuarto|primeiro|terceiro|quarto|первый|второй|третий|четвертый))"
    r"(?:st|nd|rd|th|er|e|ème|o|º|°|-?й)?\s+(?:cycles?|ciclos?|цикл\w*)\b"
    r"|\b(?:cycle|ciclo|цикл)\s*(?:(?:no\.?|n°)\s*)?(?P<after>\d|i{1,3}\b|iv\b)"
    r"|\b(?:UPR|EPU|RPU|УПО)\s*(?P<upr>\d)(?![\d.])"
    r"|第(?P<zh>[一二三四1-4])(?:周期|轮)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?P<before>\d{1,3})(?:st|nd|rd|th|e|ème|o|º|ª|°|-?я)?\s+"
    r"(?:sessions?|período|periodo|sessão|sesión|сесси\w*)"
    r"|\b(?:session|sesión|sessão|сессия)\s*(?P<after>\d{1,3})",
    re.IGNORECASE,
)
_UPR = re.compile(r"\b(?:UPR|EPU|RPU|УПО|universal periodic review)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-3]\d)\b")
_CHINESE = {"一": "1", "二": "2", "三": "3", "四": "4"}
_COUNCIL_REPORT = re.compile(r"A/HRC/\d+/\d+$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell or a title says of an occasion; empty where it says nothing."""

    mechanism: str = ""
    body: str = ""
    cycle: str = ""
    session: str = ""
    year: str = ""


def said_in(text: str) -> Said:
    """Return what words such as "UPR 4th cycle (2024)" or "UPR of Peru (49th session)" say."""
    text = " ".join(text[:2000].split())
    cycle, session, year = _CYCLE.search(text), _SESSION.search(text), _YEAR.search(text)
    upr = bool(_UPR.search(text))
    found = body_code(text) or (None if upr else _body_named(text))
    if not (upr or found):
        mechanism = mechanism_code(text) or ""
    else:
        mechanism = "UPR" if upr else found[1] if found else ""
    return Said(
        mechanism=mechanism,
        body="UPR" if upr else found[0] if found else "",
        cycle=whole_number(_group(cycle)) if cycle else "",
        session=_group(session) if session else "",
        year=year[1] if year else "",
    )


def _group(match: re.Match[str]) -> str:
    found: str = next(filter(None, match.groups()))
    return _CHINESE.get(found, found)


def _body_named(text: str) -> tuple[str, str] | None:
    """Return the one body whose code stands among the words: "CEDAW concluding observations"."""
    codes = set(re.findall(r"\b[A-Z]{3,5}\b", text))
    found = {body for code in codes if (body := body_code(code)) and body[1] == "TB"}
    return found.pop() if len(found) == 1 else None


def mechanism_and_body(
    named: tuple[str, str] | None, mechanism: str, symbol: str, reviewed: bool
) -> tuple[str, str]:
    """Return (body, mechanism).

    Args:
        named: the body that was named, with its mechanism.
        mechanism: the mechanism that was named, or empty.
        symbol: the document.
        reviewed: whether a cycle, a position or recommending States are given, which only the UPR
            has.
    """
    if named:
        return named
    if (told := body_of_symbol(symbol)) and mechanism in ("", told[1]):
        return told
    if not mechanism and reviewed and _may_be_review(symbol):
        return "UPR", "UPR"
    has_no_bodies = bool(mechanism) and body_code(mechanism) == (mechanism, mechanism)
    return (mechanism if has_no_bodies else ""), mechanism


def _may_be_review(symbol: str) -> bool:
    return not symbol or any(_COUNCIL_REPORT.match(one.strip()) for one in symbol.split(";"))


def upr_occasion(cycle: str, session: str, year: int | None, symbol: str) -> tuple[str, int | None]:
    """Return cycle and year of a UPR record, where session or symbol tell what is not given."""
    cycle = (
        cycle
        or upr_cycle(session)
        or next(filter(None, (cycle_of_symbol(one.strip()) for one in symbol.split(";"))), "")
    )
    return cycle, year or upr_year(session)
