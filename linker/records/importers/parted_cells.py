"""Cells that carry several things: symbol and paragraph, tags, number, text and who asked."""

from __future__ import annotations

import re

from linker.records.citing import paragraph_text, upr_text
from linker.records.ids import normalise_symbol, report_symbol
from linker.records.importers.base import Options
from linker.records.values import clean_list, split_list
from linker.vocabulary.state_lists import states_listed
from linker.vocabulary.text import clean_text, fold_name

Values = dict[str, str | tuple[str, ...]]
"""Field -> its cell, or the values of a list field already parted."""

_SOURCE_OF_POSITION = re.compile(
    r"(?:Source\s+of\s+position|Source\s+de\s+la\s+position|Fuente\s+de\s+la\s+posición)\s*:\s*(.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_COUNCIL_SYMBOL = re.compile(r"A/HRC/\d+/\d+(?:/(?:Add|Corr|Rev)\.\d+)*")
SYMBOL = re.compile(
    r"\b(?:A|E|CAT|CCPR|CEDAW|CERD|CED|CMW|CRC|CRPD|HRI|S|ST)(?:\.\d+)?/[\w.\-]+(?:/[\w.\-]+)*"
)
_PARA = re.compile(
    r"\b(?:paras?|paragraphs?|párrs?|par|п)\b\.?\s*(\d{1,3}(?:\.\d{1,3}){0,2}(?:\s?\([a-z]+\))?)",
    re.I,
)
_SECTION = re.compile(
    r"(?P<sdgs>SDGs?|ODD|ODS|ЦУР)"
    r"|(?P<groups>Affected persons|Groups of persons|Personnes concernées|"
    r"Groupes de personnes|Personas afectadas|Grupos de personas|Затрагиваемые лица|Группы лиц)",
    re.IGNORECASE,
)
_MORE_NUMBERS = re.compile(r"^[^\S\n]*(?:2|b|ii)[.)]\s", re.MULTILINE | re.IGNORECASE)


def part_symbol(values: Values) -> None:
    """Take the paragraph out of "CEDAW/C/KEN/CO/8, para. 21", in whichever cell it stands."""
    number, symbol = str(values.get("paragraph", "")), str(values.get("symbol", ""))
    if not symbol and (found := SYMBOL.search(number)):
        values["symbol"] = symbol = found[0]
        rest = number[found.end() :]
        para = _PARA.search(rest) or re.search(r"(\d{1,3}(?:\.\d{1,3}){0,2})\s*$", rest)
        values["paragraph"] = number = para[1] if para else ""
    if symbol and not number and (para := _PARA.search(symbol)):
        values["paragraph"] = para[1]
    if found := SYMBOL.search(symbol):
        # "A/HRC/60/9 of 3 May" and "Report A/HRC/60/9" are A/HRC/60/9.
        several = SYMBOL.findall(symbol)
        values["symbol"] = "; ".join(several) if several else symbol


def part_themes(values: Values) -> None:
    """Part a cell of tags with lines such as "Affected persons:" into themes, groups and SDGs."""
    cell = values.get("themes", "")
    if not isinstance(cell, str) or not _SECTION.search(cell):
        return
    found: dict[str, list[str]] = {"themes": []}
    name = "themes"
    for line in cell.split("\n"):
        start, colon, rest = line.strip().replace("：", ":").partition(":")
        section = _SECTION.fullmatch(start.strip()) if colon else None
        if section:
            name = section.lastgroup or name
        found.setdefault(name, []).append(rest if section else line)
    for name, lines in found.items():
        if name == "themes" or not values.get(name):
            values[name] = clean_list(lines)


def part_text(values: Values, options: Options) -> None:
    """Take number, recommending States and "Source of position" off a text."""
    text = str(values.get("text", ""))
    if source := _SOURCE_OF_POSITION.search(text):
        origin = clean_text(source[1]).replace("\n", " ")
        text = text[: source.start()]
        values["position_source"] = values.get("position_source") or origin
        named = _COUNCIL_SYMBOL.search(origin)
        if named and not values.get("symbol"):
            values["symbol"] = report_symbol(normalise_symbol(named[0]))
    text = clean_text(text)
    given = str(values.get("paragraph", "")).strip(" .")
    mechanism = f"{values.get('mechanism', '')} {options.mechanism}".strip()
    if fold_name(mechanism)[:2] in ("tr", "tb", "sp") or _of_treaty_body(values):
        cited = paragraph_text(text)
        if cited.paragraph and not _MORE_NUMBERS.search(text) and given in ("", cited.paragraph):
            values.update(paragraph=cited.paragraph, text=cited.text)
            values["heading"] = values.get("heading") or cited.heading
        else:
            values["text"] = text
        return
    cited = upr_text(text)
    plain = given.isdecimal() and "." in cited.paragraph
    if cited.paragraph and (given in ("", cited.paragraph) or plain):
        if "." in cited.paragraph or not _MORE_NUMBERS.search(text):
            values["paragraph"] = cited.paragraph
        text = cited.text if values.get("paragraph") else text
    elif cited.recommending_states and not cited.paragraph:
        text = cited.text
    values["text"] = text
    if cited.recommending_states:
        given_names = split_list(str(values.get("recommending_states", "")))
        listed = [state for name in given_names for state in states_listed(name)]
        values["recommending_states"] = tuple(dict.fromkeys([*listed, *cited.recommending_states]))


def _of_treaty_body(values: Values) -> bool:
    symbol = str(values.get("symbol", ""))
    return bool(symbol) and not symbol.startswith("A/HRC")
