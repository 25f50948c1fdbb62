"""What a UN document's first page says: its kind, symbol, State, body, session and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from linker.records.ids import normalise_symbol
from linker.records.importers.un.document import Document, Paragraph
from linker.records.values import upr_cycle
from linker.vocabulary.bodies import body_of_symbol
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.said_dates import iso_date
from linker.vocabulary.states import state_code

_FRONT_CHARS = 6_000
_FRONT_PARAGRAPHS = 60
_MASTHEAD_CHARS = 80
SYMBOL = re.compile(
    r"\b(?:A|E|CAT|CCPR|CEDAW|CERD|CED|CMW|CRC|CRPD|HRI|S)/[A-Z0-9][\w.\-‑]*(?:\s?/\s?[\w.\-‑]+)+"
)
_PREVIOUSLY = re.compile(r"(?:previously\s+)?issued\s+(?:under|as)\b.{0,60}?[AE]/\S+", re.I | re.S)
_DATE = re.compile(r"\b(\d{1,2}\s+[A-Z][a-z]+\s+(?:19|20)\d\d)\b")
_DISTRIBUTED = re.compile(r"Distr\b.{0,80}?\b(\d{1,2}\s+[A-Z][a-z]+\s+(?:19|20)\d\d)\b", re.S)
_MASTHEAD = re.compile(
    r"\b(?:Distr\b|General Assembly\b|Original\s?:|Human Rights Council\b)", re.I
)
_CODE_IN_SYMBOL = re.compile(r"/([A-Z]{3})(?:-[A-Z]+)?/(?:CO/|Q/|\d)")
_WORKING_GROUP = re.compile(r"A/HRC/WG\.6/(\d{1,2})/([A-Z]{3})/\d")
_SESSION_WORDS = re.compile(r"\b([a-z]+(?:-[a-z]+)?)\s+session\b", re.I)
_HELD = re.compile(r"\bheld\s+its\s+([a-z]+(?:-[a-z]+)?|\d{1,2}(?:st|nd|rd|th))\s+session\b", re.I)
_REVIEW = re.compile(
    r"\b(?:review\s+of|report\s+on)\s+(?:the\s+)?([A-Z][\w’'‑\-.() ]{2,60}?)"
    r"(?:\s+(?:was|were|at|took|by|on|of)\b|[:;,.*])"
)
_COUNCIL_ENDS = {"1": 19, "2": 35, "3": 51, "4": 68}
"""Cycle -> last session of the Council that took up its reports."""
_ANCHOR = re.compile(
    r"\b(?:reports?\s+o[fn]|(?:situation|rights)\s+in|observations\s+on|compilation\s+on"
    r"|submissions\s+on|visit\s+to|mission\s+to|periodic\s+review\s*[*†‡:–—-]*"
    r"|(?:visite|mission)\s+(?:au|aux|en|à)|(?:visita|misión)\s+a|concernant|rapports?\s+d[ue]s?"
    r"|informes?\s+periódicos?\s+de|sobre|доклад\w*)\s+(?:the\s+|las?\s+|les?\s+|el\s+)?",
    re.I,
)
_NAME_WORDS = 9
_NAME_CHARS = 70
_UNITS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the first page of a document says.

    Attributes:
        kind: "working_group_report", "addendum", "concluding_observations", …, as named in
            data/vocabularies/un_documents.yaml; empty where it is no UN document that is known.
        says: the kind in words.
        mechanism: UPR, TB, SP, REG or SUB.
        symbol: document symbol, or empty.
        state: alpha-3 code of the State it is about, or empty.
        body: CEDAW, CRC, …, UPR, or empty.
        session: session of the UPR Working Group or of the body, such as "34".
        cycle: cycle of the UPR.
        date: date of distribution, ISO 8601.
        title: its lines of text as read.
        titled: whether its title says the kind, and not the symbol alone.
    """

    kind: str = ""
    says: str = ""
    mechanism: str = ""
    symbol: str = ""
    state: str = ""
    body: str = ""
    session: str = ""
    cycle: str = ""
    date: str = ""
    title: str = ""
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    says: str
    mechanism: str
    titles: tuple[re.Pattern[str], ...]
    openings: tuple[re.Pattern[str], ...]
    symbol: re.Pattern[str] | None
    not_symbol: re.Pattern[str] | None
    needs_both: bool


_NONE = _Kind("", "", "", (), (), None, None, False)


@remembered()
def _kinds() -> tuple[_Kind, ...]:
    """Read data/vocabularies/un_documents.yaml."""
    found = read_yaml(vocabulary_file("un_documents.yaml"))["kinds"]
    return tuple(
        _Kind(
            row["kind"],
            row["says"],
            row["mechanism"],
            tuple(re.compile(pattern, re.I | re.S) for pattern in row["title"]),
            tuple(re.compile(pattern, re.I | re.S) for pattern in row.get("opening", ())),
            re.compile(row["symbol"]) if "symbol" in row else None,
            re.compile(row["not_symbol"]) if "not_symbol" in row else None,
            bool(row.get("needs_both")),
        )
        for row in found
    )


def kind_of_front(title: str, symbol: str, opening: str = "") -> tuple[_Kind, bool] | None:
    """Return the kind by a first page's text and the symbol, and whether the text says it."""
    for kind in _kinds():
        titled = any(pattern.search(title) for pattern in kind.titles)
        titled = titled or any(pattern.search(opening) for pattern in kind.openings)
        symbolled = bool(kind.symbol and kind.symbol.search(symbol))
        if symbol and kind.not_symbol and kind.not_symbol.search(symbol):
            continue
        if titled and (symbolled or not symbol or not kind.needs_both):
            return kind, True
        if symbolled and not kind.needs_both:
            return kind, False
    return None


def front_page(document: Document) -> FrontPage:
    """Return what a document's first page says of it."""
    paragraphs = document.paragraphs
    first = next(
        (n for n, one in enumerate(paragraphs[:400]) if one.number == "1." and len(one.text) > 60),
        min(len(paragraphs), _FRONT_PARAGRAPHS),
    )
    lines = [paragraph.printed for paragraph in paragraphs[: min(first, _FRONT_PARAGRAPHS)]]
    title = _PREVIOUSLY.sub(" ", "\n".join(lines))[:_FRONT_CHARS]
    opening = " ".join(one.printed for one in paragraphs[: first + 12])[: 3 * _FRONT_CHARS]
    if not title.strip() or (len(title) > 3_000 and "Introduction 1." in title):
        title = title.split("Introduction 1.")[0]
    return _told(title, opening, _of_masthead(paragraphs[: first + 12]))


def front_of_text(text: str) -> FrontPage:
    """Return what the beginning of running text says, for recognising a file at first sight."""
    title = _PREVIOUSLY.sub(" ", re.split(r"\s1\.\s+(?:The|In|On)\b", text, maxsplit=1)[0])
    return _told(title[:_FRONT_CHARS], text[: 3 * _FRONT_CHARS])


def _of_masthead(paragraphs: Sequence[Paragraph]) -> str:
    """Return the symbol of a masthead, which pages of some files print behind their text."""
    short = (one.text for one in paragraphs if len(one.text) <= _MASTHEAD_CHARS)
    return next((symbol for text in short if (symbol := _symbol(text))), "")


def _told(title: str, opening: str, masthead: str = "") -> FrontPage:
    symbol = _symbol(title) or masthead
    found, titled = kind_of_front(title, symbol, opening) or (_NONE, False)
    kind, says, mechanism = found.kind, found.says, found.mechanism
    body = _body(kind, symbol, mechanism, title)
    session = _session(kind, symbol, title, opening)
    return FrontPage(
        kind=kind,
        says=says,
        mechanism=mechanism,
        symbol=symbol,
        state=_state(symbol, title, opening),
        body=body,
        session=session,
        cycle=_cycle(session, symbol) if mechanism in ("UPR", "SUB") else "",
        date=_date(title),
        title=title,
        titled=titled,
    )


def has_masthead(front: FrontPage) -> bool:
    """Say whether a first page begins as UN documents do, so that its symbol alone tells it."""
    return bool(front.symbol) and bool(_MASTHEAD.search(front.title))


def _symbol(title: str) -> str:
    for match in SYMBOL.finditer(title):
        symbol = normalise_symbol(match[0].replace("‑", "-"))
        if not re.match(r"A/RES/|A/HRC/RES/", symbol) and re.search(r"\d", symbol):
            return symbol
    return ""


def _body(kind: str, symbol: str, mechanism: str, title: str) -> str:
    from linker.vocabulary.bodies import body_code

    if mechanism == "TB":
        found = body_of_symbol(symbol)
        if found:
            return found[0]
        for line in title.split("\n"):
            named = body_code(line.strip(" *"))
            if named and named[1] == "TB":
                return named[0]
        return ""
    return mechanism if mechanism in ("UPR", "SP") else ""


def _date(title: str) -> str:
    found = _DISTRIBUTED.search(title) or _DATE.search(title)
    return (iso_date(" ".join(found[1].split())) or "") if found else ""


def _session(kind: str, symbol: str, title: str, opening: str) -> str:
    if match := _WORKING_GROUP.search(symbol):
        return match[1]
    if kind in ("working_group_report", "addendum"):
        if match := _HELD.search(opening):
            return ordinal(match[1])
        named = _WORKING_GROUP.search(opening)
        return named[1] if named else ""
    found = [ordinal(match[1]) for match in _SESSION_WORDS.finditer(title)]
    return next((one for one in found if one), "")


def _cycle(session: str, symbol: str) -> str:
    """Return the UPR cycle by the session, else by the Council's session that took up a report."""
    council = re.match(r"A/HRC/(\d{1,2})/\d", symbol)
    if session or not council:
        return upr_cycle(session)
    return next((cycle for cycle, last in _COUNCIL_ENDS.items() if int(council[1]) <= last), "")


def ordinal(words: str) -> str:
    """Return "34" for "thirty-fourth" or "34th", else an empty string."""
    words = words.casefold()
    if match := re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", words):
        return match[1]
    if words in _UNITS[1:]:
        return str(_UNITS.index(words))
    tens, _, unit = words.partition("-")
    if tens in _TENS and unit in _UNITS[1:10]:
        return str(_TENS[tens] + _UNITS.index(unit))
    bare = next((value for name, value in _TENS.items() if words == name[:-1] + "ieth"), 0)
    return str(bare) if bare else ""


def _state(symbol: str, title: str, opening: str) -> str:
    """Return the State by the symbol, a line of the title, or who was reviewed."""
    if (match := _CODE_IN_SYMBOL.search(symbol)) and state_code(match[1]):
        return state_code(match[1]) or ""
    for line in title.split("\n"):
        if code := _named(line):
            return code
    for match in _ANCHOR.finditer(title):
        if code := _begins_with_state(title[match.end() : match.end() + 90]):
            return code
    if match := _WORKING_GROUP.search(opening):
        return state_code(match[2]) or ""
    for match in _REVIEW.finditer(opening):
        if code := _named(match[1]):
            return code
    return ""


def _begins_with_state(text: str) -> str:
    """Return the State whose name a text begins with, the longest that fits."""
    words = text.split()[:_NAME_WORDS]
    for count in range(len(words), 0, -1):
        if code := _named(" ".join(words[:count])):
            return code
    return ""


def _named(name: str) -> str:
    name = " ".join(name.split()).strip(" *.,;:†‡0123456789")
    told = len(name) > 3 or (len(name) > 1 and not name.isascii())
    return (state_code(name) or "") if told and len(name) < _NAME_CHARS else ""
