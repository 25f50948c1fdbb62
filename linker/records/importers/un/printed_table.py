"""Whether a list is a printed table, whose cells cannot be told apart once it is but lines."""

from __future__ import annotations

from collections.abc import Sequence

from linker.records.citing import upr_text
from linker.records.importers.un.document import Paragraph
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.positions import position_said

_LINE_WORDS = 30
_HEADING_WORDS = 4
_POSITION_WORDS = 3
_SEVERAL = 3
_MOST = 0.6


def printed_table(before: Sequence[Paragraph], items: Sequence[Paragraph]) -> str:
    """Return the line that shows it: headings above, or an item that ends in a bare position.

    Items that mostly name their States in brackets are a list.

    Args:
        before: what stands above the first item.
        items: the items; there is one at least.
    """
    if 2 * sum(bool(upr_text(one.text).recommending_states) for one in items) >= len(items):
        return ""
    if header := next((one.printed for one in before if _is_header(one.printed)), ""):
        return header
    bare = [one.printed for one in items if _ends_in_a_position(one.text)]
    return bare[0] if 2 * len(bare) > len(items) else ""


def _is_header(line: str) -> bool:
    """Say whether a line is, or ends in, the headings of a table: "No. Recommendation State"."""
    words = line.split()
    if len(words) > _LINE_WORDS:
        return False
    for start in range(len(words)):
        fields, known = _headings(words[start:])
        if "text" not in fields:
            return False
        whole = known == len(words) - start
        if whole and len(fields) >= (_SEVERAL if start else 2):
            return True
        if not start and len(fields) >= _SEVERAL and known >= _MOST * len(words):
            return True
    return False


def _headings(words: Sequence[str]) -> tuple[set[str], int]:
    """Return the fields that words name as headings, and how many of the words these are."""
    fields, known, at = set[str](), 0, 0
    while at < len(words):
        for to in range(min(len(words), at + _HEADING_WORDS), at, -1):
            found = fields_of_heading(" ".join(words[at:to]))
            if found and not words[at][:1].islower():
                fields.add(found[0])
                known += to - at
                at = to
                break
        else:
            at += 1
    return fields, known


def _ends_in_a_position(text: str) -> bool:
    """Say whether an item ends in a position that nothing parts from it: "… police Peru Noted"."""
    words = text.rstrip(" .;").split()
    for count in range(1, _POSITION_WORDS + 1):
        rest = words[:-count]
        if rest and position_said(" ".join(words[-count:])):
            return rest[-1][-1].isalnum()
    return False
