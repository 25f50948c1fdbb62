"""Hostile files made at random: a kind, a place in it and how much of it, told by a seed."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

from hostile_files import HEAD, ROW, cells, document, packed, workbook, written

LENGTHS = (1, 50, 1_000, 40_000, 300_000)


def good(number: int) -> str:
    return json.dumps({"text": f"{ROW} {number}", "state": "KEN"})


def json_bomb(path: Path, rng: random.Random) -> Path:
    """An array of records, with something endless at some place of one of them."""
    many = rng.choice(LENGTHS)
    bad = rng.choice(
        [
            "1" * many, "-" + "9" * many, "0." + "1" * many, "1e" + "9" * many,
            "[" * many, '{"a":' * many, "[" * many + "]" * many, '[{"":' * many, "[[],[]," * many,
            '"' + "\\ud800" * many + '"', '"' + "\\" * many + '"', '"' + "a" * many,
            '"\\ud83d' + "\\u12" * many + '"', "\x00" * many, "," * many, "NaN", "tru", "]" * many,
            "{" + ",".join(f'"k{n}":1' for n in range(many)) + "}",
        ]
    )  # fmt: skip
    place = rng.choice(
        ['{{"text": {}, "state": "KEN"}}', '{{"text": "a", {}: 1}}', "{}", '{{"x":{}']
    )
    before = [good(n) for n in range(rng.choice((0, 1, 30)))]
    text = rng.choice(("[{}]", "[{}", "{}")).format(",".join([*before, place.format(bad)]))
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"))
    return written(path.with_suffix(".json"), text.encode(encoding, "replace"))


def sheet_bomb(path: Path, rng: random.Random) -> Path:
    """A workbook with a strange row, cell, string or part."""
    many = rng.choice(LENGTHS)
    far = rng.choice((2, 70_000, 1_048_576, 999_999_999, 10**18))
    odd = rng.choice(
        [
            cells(far), f'<row r="{far}"/>' * min(many, 3000), "<row/>" * many, "<c/>" * many,
            f'<row r="3"><c r="A3" t="s"><v>{far}</v></c></row>',
            f'<row r="3"><c r="A3"><v>{"9" * many}</v></c></row>',
            f'<row r="3"><c r="A3" s="{far}"><v>1</v></c></row>',
            f'<row r="3"><c r="{"Z" * rng.choice((3, 4, 300))}3"><v>1</v></c></row>',
            '<row r="-5"><c r="A-5"><v>1</v></c></row>', '<row r="x"><c r="?"/></row>',
            f'<row r="3"><c r="A3" t="{rng.choice("bdesn")}"><v>?</v></c></row>',
            "<row " + " ".join(f"b{n}='1'" for n in range(many)) + "/>",
            "<a>" * many + "</a>" * many, "<a>" * many, cells(3, "x" * many * 3),
            '<row r="3">' + '<c t="inlineStr"><is><t>y</t></is></c>' * many + "</row>",
            f'<row r="3"><c r="A3"><f>{"(" * many}</f><v>1</v></c></row>',
        ]
    )  # fmt: skip
    after = rng.choice(
        [
            "", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            '<mergeCells>' + '<mergeCell ref="A1:B2"/>' * min(many, 40_000) + "</mergeCells>",
            '<dataValidations count="1"><dataValidation sqref="A1:XFD1048576"/></dataValidations>',
        ]
    )  # fmt: skip
    encoding = rng.choice(("", "", "", "UTF-7", "UTF-32", "IBM037", "x-none", "UTF-16", "ascii"))
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    shared = rng.choice(("", "<si><t>a</t></si>" * many, "<si><t>" + "b" * many + "</t></si>"))
    made = workbook(
        path.with_suffix(".xlsx"), cells(2) + odd, after=after, head=head, shared=shared
    )
    return cut(made, rng)


def document_bomb(path: Path, rng: random.Random) -> Path:
    """A Word document of strange tables and paragraphs."""
    many = rng.choice(LENGTHS)
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('Recommendation')}{cell.format('Position')}</w:tr>"
    odd = rng.choice(
        [
            "<w:p/>" * many, f"<w:tbl>{row * min(many, 40_000)}</w:tbl>",
            "<w:tbl><w:tr><w:tc>" * many, f"<w:tbl>{row}<w:tr/></w:tbl>" * min(many, 20_000),
            f"<w:tbl>{row}<w:tr>{'<w:tc/>' * many}</w:tr></w:tbl>",
            f"<w:tbl>{row}<w:tr>{cell.format('140.1 ' + 'a (b) ' * many)}</w:tr></w:tbl>",
            "<w:p><w:r>" + "<w:br/>" * many + "</w:r></w:p>", "&amp;" * many, "&nothing;",
        ]
    )  # fmt: skip
    return cut(document(path.with_suffix(".docx"), odd), rng)


def table_bomb(path: Path, rng: random.Random) -> Path:
    """A table of lines, cells, quotes or blanks without end."""
    many = rng.choice(LENGTHS)
    odd = rng.choice(
        [
            '"' + "a\n" * many, 'a"b' * many, '"a""' * many, "\n" * many, "\r" * many, "," * many,
            ";\t|" * many, "\0" * many, "\x1a" * many, '"\n' * many, '",\n"' * many,
            "".join(f"Ban it,State {n}\n" for n in range(min(many, 3000))), "e\u0301\u0323" * many,
            f"{ROW},{'KEN;' * many}\n", "\ufeff" * many, "\u2028" * many, "(a) " * many,
        ]
    )  # fmt: skip
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
    content = (HEAD + odd).encode(encoding, "replace")
    if rng.random() < 0.3:
        return cut(written(path.with_suffix(".csv.gz"), gzip.compress(content)), rng)
    return written(path.with_suffix(".csv"), content)


def packed_bomb(path: Path, rng: random.Random) -> Path:
    """A compressed file that unpacks to much, or to nothing that is read."""
    kind = rng.randrange(4)
    if kind == 0:
        piece = rng.choice((b"\n", b"\0", b"a", b'"', b","))
        return packed(
            path.with_suffix(".gz"), HEAD.encode(), piece * (1 << 20), rng.choice((1, 260))
        )
    if kind == 1:
        inner = gzip.compress(gzip.compress(HEAD.encode() * 3))
        return written(path.with_suffix(".gz"), inner)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        names = ["xl/workbook.xml", "word/document.xml", "../../evil.xml", "a/b.xml"]
        for number in range(rng.choice((1, 3, 5000))):
            name = rng.choice(names) if number < 3 else f"part{number}.xml"
            archive.writestr(name, b"<a/>" if kind == 2 else b" " * rng.choice((0, 1 << 20)))
    return cut(written(path.with_suffix(".zip"), made.getvalue()), rng)


def cut(path: Path, rng: random.Random) -> Path:
    """Now and then, leave off the end."""
    if rng.random() < 0.15:
        content = path.read_bytes()
        path.write_bytes(content[: rng.randrange(len(content))])
    return path


MAKERS = (json_bomb, sheet_bomb, document_bomb, table_bomb, packed_bomb)


def variant(path: Path, seed: int) -> Path:
    """The file of a seed; the same each time."""
    return MAKERS[seed % len(MAKERS)](path, random.Random(seed))
