"""Styles and automatic numbers of Word: what Word prints before a paragraph and nowhere stores."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from linker.records.importers.un.xml_parts import attribute, child, local

_CHAIN = 12
"""Styles based on styles, at most so many deep; guards against a circle."""
_TWIPS = 20.0


@dataclass(slots=True)
class _Style:
    name: str
    base: str
    properties: Any


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        """Read word/styles.xml; None where the document has none."""
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for style in root if root is not None else ():
            if local(style) != "style" or attribute(style, "type") not in ("", "paragraph"):
                continue
            name = attribute(style, "styleId")
            if attribute(style, "default") in ("1", "true", "on"):
                self.default = name
            self._styles[name] = _Style(
                attribute(child(style, "name"), "val"),
                attribute(child(style, "basedOn"), "val"),
                child(style, "pPr"),
            )

    def name(self, style: str) -> str:
        """Return the name of a style as Word shows it."""
        found = self._styles.get(style)
        return found.name if found else style

    def chain(self, style: str) -> list[Any]:
        """Return the paragraph properties of a style and those it is based on, nearest first."""
        found = []
        for _ in range(_CHAIN):
            one = self._styles.get(style)
            if one is None:
                break
            found.append(one.properties)
            style = one.base
        return [properties for properties in found if properties is not None]

    def heading(self, properties: Any, style: str) -> int:
        """Return the level of a heading by its outline or the name of its styles, else 0."""
        for where in [properties, *self.chain(style)]:
            level = attribute(child(where, "outlineLvl"), "val")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
        for _ in range(_CHAIN):
            one = self._styles.get(style)
            if one is None:
                return 0
            if level_by_name := heading_of_style(one.name):
                return level_by_name
            style = one.base
        return 0

    def indent(self, properties: Any, style: str) -> float:
        """Return the left indent in points."""
        for where in [properties, *self.chain(style)]:
            found = child(where, "ind")
            value = attribute(found, "left") or attribute(found, "start")
            if re.fullmatch(r"-?\d{1,6}", value):
                return int(value) / _TWIPS
        return 0.0


def heading_of_style(name: str) -> int:
    """Return the level that a style's name gives a paragraph: "Heading 2" 2, "_ H _1_G" 2, else 0.

    The second is the way of the UN's own templates: chapter, 1, 2-3, 4, 5-6.
    """
    if match := re.fullmatch(r"(?:heading|titre|título|titulo|заголовок)\s*(\d)", name.casefold()):
        return int(match[1])
    if match := re.fullmatch(r"_?\s*h\s*(?:_\s*)?(ch|m|1|23|4|56)\s*(?:_\s*)?g", name.casefold()):
        return {"m": 1, "ch": 1, "1": 2, "23": 3, "4": 4, "56": 5}[match[1]]
    return 0


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the automatic numbers of a document, paragraph by paragraph."""

    def __init__(self, root: Any, styles: Styles) -> None:
        """Read word/numbering.xml; None where the document has none."""
        self._styles = styles
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        for node in root:
            if local(node) == "abstractNum":
                self._abstract[attribute(node, "abstractNumId")] = _List(_levels(node))
        for node in root:
            if local(node) == "num":
                self._lists[attribute(node, "numId")] = self._list(node)

    def _list(self, node: Any) -> _List:
        shared = self._abstract.get(attribute(child(node, "abstractNumId"), "val"), _List())
        own = [inner for inner in node if local(inner) == "lvlOverride"]
        if not own:
            return shared
        levels = dict(shared.levels)
        for override in own:
            at = _number(attribute(override, "ilvl"), 0)
            level = levels.get(at, _Level())
            if (redefined := child(override, "lvl")) is not None:
                level = _level(redefined)
            start = attribute(child(override, "startOverride"), "val")
            levels[at] = _Level(_number(start, level.start), level.form, level.text, level.style)
        return _List(levels)

    def next(self, properties: Any, style: str) -> str:
        """Return what Word prints before the next paragraph with these properties, or nothing."""
        numbered, at = self._place(properties, style)
        found = self._lists.get(numbered)
        level = found.levels.get(at) if found else None
        if found is None or level is None:
            return ""
        found.counts[at] = found.counts.get(at, level.start - 1) + 1
        for deeper in [key for key in found.counts if key > at]:
            del found.counts[deeper]
        return "" if level.form in ("bullet", "none") else _printed(found, at)

    def _place(self, properties: Any, style: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph, from itself or else from its style."""
        numbered, at = "", -1
        for where in [properties, *self._styles.chain(style)]:
            found = child(where, "numPr")
            if found is None:
                continue
            if at < 0 and (level := attribute(child(found, "ilvl"), "val")):
                at = _number(level, 0)
            if not numbered:
                numbered = attribute(child(found, "numId"), "val")
            if numbered:
                break
        if at < 0:
            levels = self._lists[numbered].levels if numbered in self._lists else {}
            at = next((key for key, level in levels.items() if level.style == style), 0)
        return numbered, at


def _levels(node: Any) -> dict[int, _Level]:
    return {
        _number(attribute(inner, "ilvl"), 0): _level(inner)
        for inner in node
        if local(inner) == "lvl"
    }


def _level(node: Any) -> _Level:
    return _Level(
        _number(attribute(child(node, "start"), "val"), 1),
        attribute(child(node, "numFmt"), "val") or "decimal",
        attribute(child(node, "lvlText"), "val"),
        attribute(child(node, "pStyle"), "val"),
    )


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default


def _printed(found: _List, at: int) -> str:
    def one(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = found.levels.get(place, _Level())
        return _formed(found.counts.get(place, level.start), level.form)

    text = re.sub(r"%([1-9])", one, found.levels[at].text)
    return " ".join(text.split())


def _formed(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman.lower() if form == "lowerRoman" else roman
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    made = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while count >= value:
            made, count = made + letters, count - value
    return made
