"""Document symbols that name another State or another body than the record does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linker.audit.finding import Finding, make_finding
from linker.records.record import Record
from linker.vocabulary.bodies import body_of_symbol
from linker.vocabulary.states import state_name

KIND = "symbol"
_CODE = re.compile(r"(?<=/)[A-Z]{3}(?=[/\-]|$)")
"""A State in a symbol stands after its first part: CEDAW/C/KEN/CO/8, A/HRC/WG.6/29/BRB/2."""


def symbols(records: Sequence[Record]) -> Iterator[Finding]:
    """Yield records whose symbol is another State's or another body's document."""
    state, body = [], []
    for record in records:
        if why := _other_state(record):
            state.append((record, why))
        if why := _other_body(record):
            body.append((record, why))
    having = sum(bool(record.symbol) for record in records)
    for flagged, what in ((state, "State"), (body, "body")):
        if flagged:
            yield make_finding(
                KIND,
                "distrust",
                f"Document symbol of another {what}",
                flagged,
                having,
                "records with a symbol",
                f"The symbol says one {what}, the record another: one of the two is wrong.",
                "Check them against the document; a citation by this symbol would be wrong.",
            )


def states_in(symbol: str) -> frozenset[str]:
    """Return the codes of the States that a symbol names; several symbols parted by ";"."""
    codes = (code for one in symbol.split(";") for code in _CODE.findall(one.strip()))
    return frozenset(code for code in codes if state_name(code) != code)


def _other_state(record: Record) -> str:
    named = states_in(record.symbol)
    if not record.state or not named or record.state in named:
        return ""
    return f"symbol {record.symbol}, record of {state_name(record.state)}"


def _other_body(record: Record) -> str:
    found = body_of_symbol(record.symbol)
    if not found or record.mechanism != "TB" or not record.body or record.body == found[0]:
        return ""
    return f"symbol {record.symbol}, record of {record.body}"
