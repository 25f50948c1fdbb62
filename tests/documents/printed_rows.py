"""Reads rows of matrices, plans and reports out of workbooks and pages; see `recounted_rows`."""

import re

import lxml.html
import openpyxl

CODE = re.compile(r"(?<![\w.])(\d{1,2}\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?)(?![\w.])")
MARKED = re.compile(
    r"(\d{1,2}\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?) [\[(]([^\])]*(?:\([^)]*\))?[^\])]*)[\])]"
)

_OF_A_PAGE = re.compile(rf"^{CODE.pattern} .*?(\w+)\W* \[([^\]]*)\]$")
"""A line of a page: code, title, role of an indicator, mark."""


def sheet_rows(path, heading: str, sheet: int = 0) -> tuple[list[str], list[dict[str, str]]]:
    """The lines above the headings of a sheet, and its rows by heading.

    Args:
        path: an XLSX file.
        heading: one of the headings.
        sheet: number of the sheet, from 0.
    """
    rows = openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True)
    above: list[str] = []
    for row in rows:
        if heading in row:
            heads = [str(cell or "") for cell in row]
            break
        above += [str(cell) for cell in row if cell]
    else:
        raise AssertionError(f"{path.name} has no heading {heading!r}")
    found = [dict(zip(heads, (str(c or "") for c in row), strict=True)) for row in rows]
    return above, [row for row in found if any(row.values())]


def page_rows(path) -> list[dict[str, str]]:
    """The rows of the table of a page by heading, with the id of each as ``#``."""
    page = lxml.html.fromstring(path.read_text("utf-8"))
    table = page.xpath("//table[.//tr[@id]]")[0]
    heads = [head.text_content() for head in table.xpath(".//thead//th")]
    return [
        {"#": row.get("id"), **{h: _lines(c) for h, c in zip(heads, row.xpath("td"), strict=True)}}
        for row in table.xpath(".//tr[@id]")
    ]


def _lines(cell) -> str:
    """The text of a cell, a line for each of its blocks and items."""
    items = cell.xpath(".//li|.//div[not(.//div)]")
    lines = [" ".join(item.text_content().split()) for item in items]
    return "\n".join(_OF_A_PAGE.sub(r"\1 [\3 \2]", line) for line in lines) or cell.text_content()


def marked_codes(text: str) -> dict[str, str]:
    """The SDG codes of a cell with what stands in brackets behind each: "8.8 [proposal, 99 %]"."""
    return dict(MARKED.findall(text))
