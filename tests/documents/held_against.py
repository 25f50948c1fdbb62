"""Holds what a document prints against the records: numbers, positions, symbols, States, quotes."""

import re
from collections.abc import Iterator

import docx

from linker.documents.citation import reference
from linker.documents.writers.phrasing import EXPLANATION
from linker.records.citing import named_inside
from linker.vocabulary.states import state_code, state_name

SYMBOL = re.compile(r"\b(?:[A-Z]{2,5}|[AE])(?:/[A-Z0-9](?:[\w.\-]*\w)?)+")
QUOTED = re.compile(r"“([^”]+)”")
LEAD = re.compile(r"^↔ (?:Earlier: |Asks the contrary: )*")
AROUND = re.compile(r"\[[^\]]*\]")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Facts:
    """What the records say."""

    def __init__(self, records):
        self.records = list(records)
        self.texts = [plain(record.text) for record in self.records]
        said = [
            " ".join(
                [r.symbol, r.cites, r.position_source, r.text, *(value for _, value in r.extra)]
            )
            for r in self.records
        ]
        self.symbols = {symbol for text in said for symbol in SYMBOL.findall(text)}
        self.numbers = {r.paragraph for r in self.records if r.paragraph}

    def quotes(self, text: str) -> bool:
        """Whether some record says these words; what is cut may end in an ellipsis."""
        wanted = plain(text).removesuffix("…").strip()
        return any(wanted in known or wanted.casefold() in known.casefold() for known in self.texts)

    def rows_of(self, text: str):
        """The records whose text a cell begins with, behind its number."""
        return [
            record
            for record, known in zip(self.records, self.texts, strict=True)
            if known in text and text.startswith((record.paragraph, reference(record)))
        ]


def wrong_in(path, records) -> Iterator[str]:
    """Yield what a Word document prints and no record says."""
    document, facts = docx.Document(str(path)), Facts(records)
    paragraphs = [p for p in document.element.body.iter() if p.tag.endswith("}p")]
    for paragraph in paragraphs:
        text = plain("".join(t.text or "" for t in paragraph.iter() if t.tag.endswith("}t")))
        yield from _said(text, facts) if EXPLANATION not in text else ()
    for table in document.tables:
        head = [cell.text for cell in table.rows[0].cells]
        if head[0].startswith("Recommendation and recommending"):
            yield from _rows(table, head, facts)


def _said(text: str, facts: Facts) -> Iterator[str]:
    for symbol in SYMBOL.findall(text):
        if symbol not in facts.symbols and any(char.isdigit() for char in symbol):
            yield f"symbol {symbol} in {text[:80]!r}"
    for quote in QUOTED.findall(text):
        if not facts.quotes(quote):
            yield f"quotation {quote[:80]!r}"
    if text.startswith("↔") and "quoted under" not in text:
        yield from _beneath(text, facts)


def _beneath(text: str, facts: Facts) -> Iterator[str]:
    """A converging ask: what it is cited as, and its own words in their order."""
    said = AROUND.sub("", LEAD.sub("", text)).strip()
    for record in facts.records:
        cited = reference(record)
        if said.startswith(cited) and _in_order(said[len(cited) :], record.text):
            return
    yield f"converging ask {said[:120]!r}"


def _in_order(said: str, text: str) -> bool:
    """Whether the words of an ask stand in a text in their order; an ask leaves others out."""
    left = iter(re.findall(r"\w+", text.casefold()))
    return all(word in left for word in re.findall(r"\w+", said.casefold()))


def _rows(table, head: list[str], facts: Facts) -> Iterator[str]:
    place = head.index("Position") if "Position" in head else -1
    for row in table.rows[1:]:
        cells = [plain(cell.text) for cell in row.cells]
        if len(set(cells)) == 1:
            continue
        first = plain(row.cells[0].paragraphs[0].text)
        known = facts.rows_of(first) or facts.rows_of(first.split(" ", 1)[-1])
        if not known:
            yield f"row {first[:100]!r} is no record"
            continue
        positions = {record.position.capitalize() for record in known}
        if place > 0 and cells[place] not in positions:
            yield f"{first[:60]!r}: position {cells[place]!r}, not {positions}"
        named = {_code(name) for name in re.findall(r"\(((?:[^()]|\([^()]*\))+)\)", first)} - {None}
        if not any(_states(record) >= named and _after(record) <= named for record in known):
            yield f"{first[:60]!r}: recommended by {sorted(named)}"


def _code(name: str) -> str | None:
    code = state_code(name)
    return code if code and name == state_name(code) else None


def _states(record) -> set[str]:
    inside = {_code(n) for n in re.findall(r"\(((?:[^()]|\([^()]*\))+)\)", record.text)} - {None}
    return {*record.recommending_states, *inside}


def _after(record) -> set[str]:
    inside = named_inside(record.text)
    return {s for s in record.recommending_states if state_code(s) == s and s not in inside}
