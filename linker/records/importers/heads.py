"""What the texts around a table say of all its rows: State, mechanism, cycle, symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from linker.records.import_notes import Notes
from linker.records.importers.base import Options
from linker.records.occasions import said_in
from linker.vocabulary.bodies import body_code, mechanism_code
from linker.vocabulary.state_lists import state_of_symbol, states_in_title
from linker.vocabulary.states import state_code, state_name

_BY_WHOM = re.compile(
    r"(?=[^:\n]*:)[\w .]*\b(?:by|author|contact|prepared|exported|autor|auteur)\b", re.I
)
_REVIEW = re.compile(
    r"\b(?:UPR|EPU|RPU|УПО|Universal Periodic Review|Examen périodique|Examen Periódico|"
    r"recommendations|recommandations|recomendaciones|рекомендац\w+)\b|الاستعراض|التوصيات|审议|建议",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\b[A-Z]+(?:\.\d+)?/[\w.]+(?:/[\w.\-]+)+")


@dataclass(frozen=True, slots=True)
class Head:
    """What a title says.

    ``certain`` where it names the State as the one under review; ``symbol`` of a title that is
    nothing else.
    """

    state: str = ""
    certain: bool = False
    mechanism: str = ""
    body: str = ""
    cycle: str = ""
    session: str = ""
    symbol: str = ""
    title: str = ""


def head_of(titles: Sequence[str], sheet: str = "") -> Head:
    """Return what the titles of a table and the name of its sheet say."""
    head = _of_sheet(sheet)
    named: dict[str, str] = {}
    for given in titles:
        title = " ".join(given.split())[:2000]
        if not title or _BY_WHOM.match(title):
            continue
        said = said_in(title) if _REVIEW.search(title) or body_code(title) else said_in("")
        head = replace(
            head,
            mechanism=head.mechanism or said.mechanism,
            body=head.body or said.body,
            cycle=head.cycle or said.cycle,
            session=head.session or said.session,
            symbol=head.symbol or (title if _SYMBOL.fullmatch(title) else ""),
        )
        states = [state_of_symbol(found) for found in _SYMBOL.findall(title)]
        for state in filter(None, [*states, *states_in_title(title)]):
            named.setdefault(state, title)
    if len(named) == 1 and not head.state:
        ((state, title),) = named.items()
        head = replace(head, state=state, title=title, certain=bool(_REVIEW.search(title)))
    return head


def _of_sheet(name: str) -> Head:
    if not name:
        return Head()
    if state := state_code(name) if len(name) > 3 else None:
        return Head(state=state, title=name)
    if found := body_code(name):
        return Head(body=found[0], mechanism=found[1])
    said = said_in(name)
    return Head(
        mechanism=mechanism_code(name) or said.mechanism, cycle=said.cycle, session=said.session
    )


def with_head(options: Options, head: Head, notes: Notes, *, needs_state: bool) -> Options:
    """Return the options with what the head says where nobody said it.

    A head that names the State under review is believed before ``options.state``, which holds for
    files that do not say it.
    """
    state = options.state
    if head.state and (head.certain or not state):
        if needs_state:
            notes.told(
                "State from the title",
                reason=f"rows without a State are of {state_name(head.state)}, which the title "
                f"names: {head.title[:80]!r}",
                remedy="If that is wrong, give a column with --column state=HEADING.",
            )
        state = head.state
    return replace(
        options,
        state=state,
        mechanism=options.mechanism or head.mechanism,
        body=options.body or (head.body if head.body != "UPR" else ""),
        cycle=options.cycle or head.cycle,
        session=options.session or head.session,
        symbol=options.symbol or head.symbol,
    )
