"""Thousands of damaged files: each is read, repaired or refused with a reason, never a crash.

A small valid file of every kind is damaged in ways that files get damaged: cut, bytes changed,
stretches repeated, taken out or filled with what has broken importers before. `make test`
tries a tenth of what `make test-long` does; LINKER_FUZZ, which says how many files of each kind,
is ten times that in `make robust`.
"""

import json
import os
import random
import time
import zipfile

import pytest
from made_documents import pdf, plain_docx
from record_files import annotation, read, write_csv, write_json, write_list, write_xlsx

from linker.records.importers import ImportRefused, Limits, Options
from linker.records.record import Record
from linker.vocabulary.text import fold

CASES = int(os.environ.get("LINKER_FUZZ", "4000"))
PACKED = 8
"""Word files, workbooks and PDFs are this much slower to open, and get fewer cases."""
SLOW = 5.0
NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\"", b"'", b";", b",", b"\r", b"\n\n",
    b"{", b"]", b"\\u0000", b"=cmd|' /C calc'!A0", b"<script>alert(1)</script>", b"&lol;",
    b"../../../etc/passwd", "\u202e\u200f".encode(), "\U0001f600".encode(), b"1e999", b"-" * 400,
    b"\x1a", b"]]>", b"NaN", b"</w:tbl>", b"<w:tr/>", b"9999-99-99",
)  # fmt: skip
UPR_INFO = [
    ["State under Review", "Recommending State", "Recommendation", "Response", "Action", "Issue"],
    ["Valmora", "Kenya", "Ratify the Convention", "Supported", "5", "Treaty bodies"],
    ["Valmora", "Chad", "Abolish the death penalty", "Noted", "4", "Death penalty"],
]
TABLE = [
    ["id", "state", "body", "symbol", "paragraph", "date", "text", "themes"],
    ["a", "KEN", "CRC", "CRC/C/KEN/CO/3", "12", "2016-03-01", "Ban it (a) now; (b) fully.", "x; y"],
    ["b", "Kenya", "UPR", "", "140.10", "2020", "Continue to do so", ""],
]
REPORT = [
    "A/HRC/47/13", "Report of the Working Group on the Universal Periodic Review", "Valmora",
    "II. Conclusions and/or recommendations",
    "122. The recommendations listed below enjoy the support of Valmora:",
    "122.1 Ratify the Protocol (Chile) (Fiji);", "122.2 Ban torture (Mali);",
    "123. All other recommendations were noted.",
]  # fmt: skip
OBSERVATIONS = [
    "United Nations", "CAT/C/XVM/CO/7", "Distr.: General", "Committee against Torture",
    "Concluding observations on the seventh periodic report of Valmora",
    "1. The Committee considered the report.", "C. Recommendations", "Detention",
    "2. The State party should:", "(a) Close old cells;", "(b) Train guards.",
]  # fmt: skip


def write_lines(path, lines):
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def write_page(path):
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in TABLE)
    return write_lines(path, [f"<html><body><table>{rows}</table></body></html>"])


MADE = {
    "rows.jsonl": lambda path: write_lines(
        path, [json.dumps(dict(zip(TABLE[0], row, strict=True))) for row in TABLE[1:]]
    ),
    "rows.json": lambda path: write_json(path, {"columns": TABLE[0], "data": TABLE[1:]}),
    "by_state.json": lambda path: write_json(
        path, {"Kenya": [{"text": "Ban it"}], "Chad": [{"text": "Stop it"}]}
    ),
    "page.html": write_page,
    "report.txt": lambda path: write_lines(path, REPORT),
    "addendum.txt": lambda path: write_lines(
        path, [f"{REPORT[0]}/Add.1", *REPORT[1:3], "Addendum", "Valmora accepts 122.1.", REPORT[-1]]
    ),
    "list.txt": lambda path: write_lines(path, ["Recommendations to Valmora", *REPORT[5:7]]),
    "observations.docx": lambda path: plain_docx(path, [("", line) for line in OBSERVATIONS]),
    "observations.pdf": lambda path: pdf(path, [[(line, {"gap": 24}) for line in OBSERVATIONS]]),
    "table.csv": lambda path: write_csv(path, TABLE),
    "upr_info.csv": lambda path: write_csv(path, UPR_INFO, delimiter=";"),
    "uhri.json": lambda path: write_json(path, [annotation(), annotation(Text="<p>Ban</p> it")]),
    "table.xlsx": lambda path: write_xlsx(path, TABLE),
    "list.docx": lambda path: write_list(
        path,
        2025,
        [["Education"], ["140.1 Build schools (Chad);", "Supported", "Right to education", "4"]],
        "Valmora",
    ),
}


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Return the content after one to four accidents."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(content) + 1)
        length = rng.choice((1, 2, 8, 64, 512))
        kind = rng.randrange(6)
        if kind == 0:
            content = content[:at]
        elif kind == 1:
            content = content[:at] + rng.randbytes(length) + content[at + length :]
        elif kind == 2:
            content = content[:at] + content[at + length :]
        elif kind == 3:
            content = content[:at] + content[at : at + length] * rng.choice((2, 50)) + content[at:]
        else:
            content = content[:at] + rng.choice(NASTY) + content[at:]
    return content


def damaged_archive(path, out, rng: random.Random) -> None:
    """Write the archive with one of its members damaged and everything around it sound."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    inside = [n for n, (name, _) in enumerate(members) if name.endswith((".xml", ".rels"))]
    chosen = rng.choice(inside)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members):
            archive.writestr(name, damaged(content, rng) if number == chosen else content)


@pytest.mark.parametrize("cases", [CASES // 10, pytest.param(CASES, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", MADE)
def test_no_damaged_file_breaks_the_importers(name, cases, tmp_path):
    sound = MADE[name](tmp_path / name)
    packed = name.endswith(("xlsx", "docx"))
    slow = packed or name.endswith("pdf")
    content, target = sound.read_bytes(), tmp_path / f"damaged-{name}"
    options = Options(state="Valmora", limits=Limits(max_bytes=10_000_000))
    rng = random.Random(f"{name} {cases}")
    outcomes = {"read": 0, "refused": 0}
    for case in range(cases // PACKED if slow else cases):
        if packed and case % 2:
            damaged_archive(sound, target, rng)
        else:
            target.write_bytes(damaged(content, rng))
        began = time.process_time()
        outcomes[outcome(target, options, case)] += 1
        assert time.process_time() - began < SLOW, f"case {case} took too long"
    assert all(outcomes.values()), f"the damage is always of one kind: {outcomes}"


def outcome(path, options, case):
    """Read a file; fail with its number where anything but a reasoned refusal comes out."""
    refusal = ""
    try:
        records, notes = read(path, options)
    except ImportRefused as refused:
        refusal = str(refused)
    except Exception as error:
        pytest.fail(f"case {case}: {type(error).__name__}: {error}")
    if refusal:
        assert path.name in refusal, f"case {case}: does not name the file: {refusal}"
        return "refused"
    assert all(isinstance(record, Record) for record in records)
    assert all(record.text.strip() or record.wordless for record in records)
    texts = {record.id: fold(record.text) for record in records}
    assert all(texts[record.id] == fold(record.text) for record in records), (
        f"case {case}: one id, two texts"
    )
    assert all(note.reason and note.remedy for note in notes.refusals), f"case {case}"
    return "read"
