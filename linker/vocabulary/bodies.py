"""Bodies and mechanisms: from long and short names to codes (CEDAW, TB)."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.mechanisms import mechanisms
from linker.vocabulary.text import fold_name

# Mandates come and go: whatever is named like one is a special procedure.
_MANDATE = re.compile(
    r"(?:un )?(?:special rapporteur|sr|independent expert|ie|working group|wg"
    r"|special representative|srsg|rsg|representative of secretary general)\b"
)


@remembered()
def _bodies() -> tuple[dict[str, tuple[str, str]], list[tuple[str, str, str]]]:
    """Read data/vocabularies/bodies.csv into names and symbol prefixes."""
    names: dict[str, tuple[str, str]] = {}
    prefixes: list[tuple[str, str, str]] = []
    for row in body_rows():
        found = (row["code"], row["mechanism"])
        for name in (row["code"], row["name"], *row["other_names"].split(";")):
            names.setdefault(fold_name(name), found)
        if row["code"] != row["mechanism"]:  # A/HRC/… may be of the UPR or a special procedure
            prefixes += [(p.strip(), *found) for p in row["symbol_prefix"].split(";") if p]
    names.pop("", None)
    return names, sorted(prefixes, key=lambda entry: -len(entry[0]))


def body_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of data/vocabularies/bodies.csv."""
    return read_rows(
        vocabulary_file("bodies.csv"),
        ("code", "mechanism", "name", "other_names", "symbol_prefix", "treaty"),
    )


def body_name(code: str) -> str:
    """Return the full name of a body by its code; what is no code comes back as it is."""
    return next((row["name"] for row in body_rows() if row["code"] == code), code)


def body_code(name: str) -> tuple[str, str] | None:
    """Return (body, mechanism) for a body named long or short, or None.

    "Committee on the Rights of the Child", "CRC" and "CRC Committee" are all ("CRC", "TB"); any
    special rapporteur, independent expert or working group is ("SP", "SP"); "Inter-American Court
    of Human Rights" is ("IACTHR", "REG").
    """
    folded = fold_name(name)
    names, _ = _bodies()
    if folded in names:
        return names[folded]
    # "Committee against Torture (CAT)": the name, or else the code in brackets.
    before, _, code = name.strip().rpartition("(")
    if code.endswith(")") and (
        found := names.get(fold_name(before)) or names.get(fold_name(code[:-1]))
    ):
        return found
    return ("SP", "SP") if _MANDATE.match(folded) else None


@remembered()
def _mechanism_names() -> dict[str, str]:
    return {
        fold_name(name): one.code
        for one in mechanisms().values()
        for name in (one.code, one.name, one.plural, one.short, *one.other_names)
    }


def mechanism_code(name: str) -> str | None:
    """Return UPR, TB, SP, REG or SUB for a mechanism named in any usual way, or None."""
    if known := _mechanism_names().get(fold_name(name)):
        return known
    found = body_code(name)
    return found[1] if found else None


def body_of_symbol(symbol: str) -> tuple[str, str] | None:
    """Return (body, mechanism) where a document symbol tells the body, else None.

    A Human Rights Council symbol (A/HRC/…) may be a UPR report or a special procedure's: None;
    but A/HRC/WG.6/…/3 is the summary of what stakeholders submitted.
    """
    found = {
        (code, mechanism)
        for one in symbol.split(";")
        for prefix, code, mechanism in _bodies()[1]
        if _has_form(one.strip(), prefix)
    }
    return found.pop() if len(found) == 1 else None


def _has_form(symbol: str, form: str) -> bool:
    """Whether a symbol begins so; where the form holds "*", is so or an addendum of what is."""
    if "*" not in form:
        return symbol.startswith(form)
    return fnmatchcase(symbol, form) or fnmatchcase(symbol, f"{form}/*")
