"""CSV cells that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def neutral(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    OWASP, "CSV Injection": what starts with = + - @ tab or carriage return gets an apostrophe; so
    does what starts with apostrophes before one of these, so that `plain` can undo it exactly.
    """
    return f"{MARK}{text}" if text.lstrip(MARK).startswith(FORMULA_STARTS) else text


def plain(cell: str) -> str:
    """Return what `neutral` was given: a cell without the apostrophe that guards it."""
    guarded = cell.startswith(MARK) and cell.lstrip(MARK).startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell
