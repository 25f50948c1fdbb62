"""Holds what a document prints against the records and their links.

Numbers, positions, symbols, States and quotations; and what asks the same or for the contrary.
"""

import re
from collections.abc import Iterator

import docx

from linker.documents.citation import reference
from linker.documents.writers.phrasing import EXPLANATION
from linker.records.citing import named_inside
from linker.vocabulary.states import state_code, state_name

SYMBOL = re.compile(r"\b(?:[A-Z]{2,5}|[AE])(?:/[A-Z0-9](?:[\w.\-]*\w)?)+")
QUOTED = re.compile(r"“([^”]+)”")
CONTRARY = "↔ Asks the contrary: "
LEAD = re.compile(rf"^(?:{CONTRARY}|↔ Earlier: |↔ )")
AROUND = re.compile(r"\[[^\]]*\]")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Facts:
    """What the records say, and which ask the same or for the contrary."""

    def __init__(self, records, links):
        self.records = list(records)
        self.texts = [plain(record.text) for record in self.records]
        said = [
            " ".join(
                [r.symbol, r.cites, r.position_source, r.text, *(value for _, value in r.extra)]
            )
            for r in self.records
        ]
        self.symbols = {symbol for text in said for symbol in SYMBOL.findall(text)}
        self.relations: dict[frozenset[str], set[str]] = {}
        for item in links:
            pair = frozenset((item.link.left_id, item.link.right_id))
            self.relations.setdefault(pair, set()).add(item.relation)

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

    def cited(self, text: str):
        """The records that a line beneath a row cites, with words of theirs in their order."""
        said = AROUND.sub("", LEAD.sub("", text)).strip()
        named = ((record, reference(record)) for record in self.records)
        return [r for r, name in named if said.startswith(name) and _in_order(said[len(name) :], r)]


def wrong_in(path, records, links) -> Iterator[str]:
    """Yield what a Word document prints and neither records nor links say."""
    document, facts = docx.Document(str(path)), Facts(records, links)
    paragraphs = [p for p in document.element.body.iter() if p.tag.endswith("}p")]
    for paragraph in paragraphs:
        text = plain(
            "".join(t.text or " " for t in paragraph.iter() if t.tag.endswith(("}t", "}br")))
        )
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
    if _is_beneath(text) and not facts.cited(text):
        yield f"ask of no record {text[:120]!r}"


def _is_beneath(text: str) -> bool:
    """Whether a line quotes what asks the same as a row or for the contrary of it."""
    return text.startswith("↔") and "quoted under" not in text


def _in_order(said: str, record) -> bool:
    """Whether the words of an ask stand in a record in their order; an ask leaves others out."""
    left = iter(re.findall(r"\w+", record.text.casefold()))
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
        for text in (plain(line.text) for line in row.cells[0].paragraphs):
            if _is_beneath(text) and not _is_so_related(text, known, facts):
                yield f"{first[:60]!r}: not so related: {text[:120]!r}"


def _is_so_related(text: str, known, facts: Facts) -> bool:
    """Whether a link says of a line what it says: for the contrary, or not only for that."""
    pairs = [frozenset((one.id, other.id)) for one in known for other in facts.cited(text)]
    found = [facts.relations.get(pair, set()) for pair in pairs]
    if text.startswith(CONTRARY):
        return any("opposite" in relations for relations in found)
    return any(relations - {"opposite"} for relations in found)


def _code(name: str) -> str | None:
    code = state_code(name)
    return code if code and name == state_name(code) else None


def _states(record) -> set[str]:
    inside = {_code(n) for n in re.findall(r"\(((?:[^()]|\([^()]*\))+)\)", record.text)} - {None}
    return {*record.recommending_states, *inside}


def _after(record) -> set[str]:
    inside = named_inside(record.text)
    return {s for s in record.recommending_states if state_code(s) == s and s not in inside}
