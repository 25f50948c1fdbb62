"""Small files that have crashed, hung or filled a process: one maker a kind."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

ROW = "Build schools for all children of the islands"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def package(path: Path, main: str, kind: str, parts: dict[str, str | bytes]) -> Path:
    """An Office file: its content types, its relations and its parts."""
    made = "application/vnd.openxmlformats-officedocument."
    overrides = f'<Override PartName="/{main}" ContentType="{made}{kind}.main+xml"/>'
    if kind.startswith("spreadsheet"):
        overrides += (
            '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="'
            f'{made}spreadsheetml.worksheet+xml"/>'
            '<Override PartName="/xl/sharedStrings.xml" ContentType="'
            f'{made}spreadsheetml.sharedStrings+xml"/>'
        )
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    return zipped(
        path,
        {
            "[Content_Types].xml": _TYPES.format(overrides=overrides),
            "_rels/.rels": _RELATIONS.format(relation),
            **parts,
        },
    )


def workbook(path: Path, rows: str, *, after: str = "", shared: str = "", head: str = "") -> Path:
    """A workbook of one sheet: the XML of its rows, of what follows them, of shared strings."""
    inline = '<c r="{}1" t="inlineStr"><is><t>{}</t></is></c>'
    header = f'<row r="1">{inline.format("A", "text")}{inline.format("B", "state")}</row>'
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{header}{rows}</sheetData>{after}</worksheet>'
    book = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    relations = (
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(relations),
        "xl/worksheets/sheet1.xml": (head + sheet).encode("utf-8"),
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{shared}</sst>',
    }
    return package(path, "xl/workbook.xml", "spreadsheetml.sheet", parts)


def cells(number: int, text: str = ROW, state: str = "KEN") -> str:
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    return (
        f'<row r="{number}">{cell.format("A", number, text)}{cell.format("B", number, state)}</row>'
    )


def document(path: Path, body: str) -> Path:
    content = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return package(
        path, "word/document.xml", "wordprocessingml.document", {"word/document.xml": content}
    )


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def packed(path: Path, start: bytes, again: bytes, times: int) -> Path:
    with gzip.open(path, "wb") as out:
        out.write(start)
        for _ in range(times):
            out.write(again)
    return path


BEFORE = '{"text": "' + ROW + '", "state": "KEN"}'
HEAD = f"text,state\n{ROW},KEN\n"
ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(200_000))
BLANK = "<row/>" * 300_000
LINES = "\n".join(f"a {number}" for number in range(20_000))

KINDS = {
    # kind: (makes the file, records of it that are read, what must be said of it)
    "integer.json": (lambda p: written(p, f'[{BEFORE}, {{"text": {"1" * 50_000}}}]'), 1, "digits"),
    "first_integer.json": (lambda p: written(p, '[{"id": ' + "9" * 90_000 + "}]"), 0, "digits"),
    "nested.json": (lambda p: written(p, f'[{BEFORE}, {{"text": {"[" * 40_000}'), 1, "deep"),
    "nested_objects.json": (lambda p: written(p, '{"a":' * 40_000), 0, "deep"),
    "surrogate.json": (lambda p: written(p, BEFORE.replace("all", "\\ud800 all")), 0, "halves"),
    "low_surrogate.json": (lambda p: written(p, BEFORE.replace("all", "\\udfff")), 0, "halves"),
    "cut_surrogate.json": (lambda p: written(p, BEFORE[:20] + "\\ud83d\\"), 0, ""),
    "far_row.xlsx": (lambda p: workbook(p, cells(2) + cells(999_999_999)), 1, "1,048,576"),
    "far_column.xlsx": (
        lambda p: workbook(p, cells(2) + '<row r="3"><c r="XFD3"><v>1</v></c></row>'), 1, "",
    ),
    "empty_rows.xlsx": (lambda p: workbook(p, cells(2) + BLANK), 1, "max_blank_rows"),
    "attributes.xlsx": (
        lambda p: workbook(p, f"<row {ATTRIBUTES}/>"),
        0, "a tag of more than",
    ),
    "deep.xlsx": (lambda p: workbook(p, "<a>" * 200_000 + "</a>" * 200_000), 0, "max_depth"),
    "utf7.xlsx": (
        lambda p: workbook(p, cells(2), head='<?xml version="1.0" encoding="UTF-7"?>'),
        0, "not well-formed",
    ),
    "doctype.xlsx": (
        lambda p: workbook(p, cells(2), head="<!DOCTYPE a [<!ENTITY b 'c'>]>"), 0, "document type",
    ),
    "merged.xlsx": (
        lambda p: workbook(
            p, cells(2), after='<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
        ),
        1, "",
    ),
    "strings.xlsx": (
        lambda p: workbook(p, cells(2), shared="<si><t>a</t></si>" * 20_000_000), 0, "unpacks",
    ),
    "paragraphs.docx": (lambda p: document(p, "<w:p/>" * 12_000_000), 0, "max_document_bytes"),
    "deep.docx": (lambda p: document(p, "<w:p>" * 100_000 + "</w:p>" * 100_000), 0, "max_depth"),
    "breaks.csv.gz": (
        lambda p: packed(p, HEAD.encode(), b"\n" * (1 << 20), 64),
        1, "max_blank_rows",
    ),
    "bomb.csv.gz": (
        lambda p: packed(p, HEAD.encode(), b"\n" * (1 << 20), 300),
        0, "unpacks",
    ),
    "quote.csv": (
        lambda p: written(p, f'{HEAD}"open{LINES}'),
        20_001, "not paired",
    ),
    "states.csv": (
        lambda p: written(
            p, HEAD + "".join(f"Ban it,Kenia {n} Rep\n" for n in range(4_000))
        ),
        4_001, "no State",
    ),
    "line.csv": (lambda p: written(p, HEAD + "a" * 30_000_000), 1, "characters"),
}  # fmt: skip
