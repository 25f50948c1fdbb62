"""States in a cell that may name several, and the State a document symbol or a title names."""

from __future__ import annotations

import re

from linker.vocabulary.files import remembered
from linker.vocabulary.states import state_code

_PARTS = re.compile(
    r"(?:(?<!\s)\s+)?(?:[,،、，/&+]|\s(?:and|y|e|et|и|و|und|as well as)\s|\sو(?=\S)|和|及)\s*",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"\b(?:(?:also )?speaking )?(?:on behalf of|au nom d|en nombre d|от имени)", re.I
)
"""Who spoke for a group is the one that recommends."""
_AND = re.compile(r"^(?:and|y|e|et|и|و)\s+", re.IGNORECASE)
_MOST_PARTS = 200
_NAME_WORDS = 8
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*", re.UNICODE)
_SHORT_NAMES = frozenset({"UK", "USA", "UAE", "DPRK", "DRC"})
_SYMBOL_STATE = re.compile(r"(?<=/)[A-Z]{3}(?=/|$)")


@remembered(8192)
def states_listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell one by one: codes of States, other names as they are.

    "Norway, Sweden and Chile" names three, for each part is a State; "Bolivia (Plurinational State
    of)", "Korea, Republic of" and "Bosnia and Herzegovina" name one. A cell of which no part is a
    State comes back whole.
    """
    cell = " ".join(cell.split())
    if not cell:
        return ()
    if code := state_code(cell):
        return (code,)
    spoke = _ON_BEHALF.search(cell)
    if spoke and (by := cell[: spoke.start()].strip(" ([,;–-")):
        return only_states(by) or (cell,)
    ends = [0, *(match.end() for match in _PARTS.finditer(cell))][:_MOST_PARTS]
    starts_of_marks = [match.start() for match in _PARTS.finditer(cell)][:_MOST_PARTS]
    stops = [*starts_of_marks, len(cell)]
    names: list[str] = []
    known = False
    at = 0
    while at < len(ends):
        # The longest run of parts that is a State, for names hold commas and "and" themselves.
        for to in range(min(len(stops), at + 5), at, -1):
            name = _AND.sub("", cell[ends[at] : stops[to - 1]].strip())
            code = state_code(name)
            if code:
                names.append(code)
                known = True
                at = to
                break
        else:
            name = _AND.sub("", cell[ends[at] : stops[at]].strip(" ;."))
            names += [name] if name else []
            at += 1
    return tuple(dict.fromkeys(names)) if known else (cell,)


def only_states(text: str) -> tuple[str, ...]:
    """Return the codes of the States that a text lists, none where it names anything else."""
    listed = states_listed(text)
    return listed if all(map(state_code, listed)) else ()


@remembered(4096)
def state_of_symbol(symbol: str) -> str:
    """Return the State that document symbols name ("CEDAW/C/KEN/CO/9": KEN), "" for none or two."""
    named = {code for part in _SYMBOL_STATE.findall(symbol.upper()) if (code := state_code(part))}
    return named.pop() if len(named) == 1 else ""


def states_in_title(text: str) -> tuple[str, ...]:
    """Return the codes of the States that a title names in full, in the order of the text."""
    words = list(_WORD.finditer(text[:2000]))
    found: list[str] = []
    at = 0
    while at < len(words):
        for to in range(min(len(words), at + _NAME_WORDS), at, -1):
            name = text[words[at].start() : words[to - 1].end()].strip(".")
            if _may_be_name(name) and (code := state_code(name)):
                found.append(code)
                at = to
                break
        else:
            at += 1
    return tuple(dict.fromkeys(found))


def _may_be_name(name: str) -> bool:
    if name in _SHORT_NAMES:
        return True
    return len(name) > 3 and (name[0].isupper() or not name[0].isascii())
