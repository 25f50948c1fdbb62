"""The documents: whole, safe to open, the same every time."""

import csv
import json
import random
import re
import zipfile
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import docx
import openpyxl
import pytest
from made_up_state import (
    ARABIC,
    CEDAW,
    CONVERGENCES,
    FILLED,
    FORMULA,
    MARRIAGE_4,
    RECORDS,
    SDG,
    THEMES,
    made_up,
)
from pptx import Presentation

from linker.documents.inputs import FICTIONAL, Options
from linker.documents.kinds import FOLDER, PLAIN
from linker.documents.writers import KINDS, write
from linker.documents.writers.phrasing import contrasting
from linker.documents.writers.plan_xlsx import COLUMNS, SHEET
from linker.errors import LinkerError, UsageError
from linker.plan.entries import STATUSES, Comment
from linker.records.cells import plain
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.themes.theme import Member, Theme, Xray
from linker.vocabulary.text import clipped, is_right_to_left

EVERY = [(kind, suffix) for kind, suffixes in KINDS.items() for suffix in suffixes]
for several in ("packs", "impactoss"):
    EVERY.remove((several, FOLDER))  # the archive holds the same files
EVERY = [(kind, suffix) for kind, suffix in EVERY if kind != "site"]  # a whole folder: test_site
PARTIAL = (
    "annex", "claims", "clusters", "decisions", "factsheet", "followup", "links", "midterm",
    "packs", "review", "slides", "themes",
)  # fmt: skip
FULL = [(k, s) for k, s in EVERY if k not in PARTIAL]


def text_of(path: Path) -> str:
    """Return the text of a document, white space set aside."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        parts = [p.text for p in document.element.body.iter() if p.tag.endswith("}t") and p.text]
        parts += [p.text for p in document.sections[0].header.paragraphs]
        parts += [p.text for p in document.sections[0].footer.paragraphs]
        text = "".join(parts)
    elif path.suffix == ".xlsx":
        cells = [c.value for ws in openpyxl.load_workbook(path) for row in ws for c in row]
        text = " ".join(str(value) for value in cells if value)
    elif path.suffix == ".pptx":
        shapes = [shape for slide in Presentation(str(path)).slides for shape in slide.shapes]
        text = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            archive.extractall(path.with_suffix(""))
        text = "".join(map(text_of, sorted(path.with_suffix("").iterdir())))
    elif path.suffix == ".json":
        text = str(json.loads(path.read_text(encoding="utf-8")))
    else:
        import html

        text = html.unescape(path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(("kind", "suffix"), EVERY)
def test_same_source_same_bytes(kind, suffix, tmp_path):
    other = [list(things) for things in (RECORDS, CONVERGENCES, SDG)]
    for things in other:
        random.Random(7).shuffle(things)
    shuffled = made_up(records=other[0], convergences=other[1], sdg=other[2])
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    assert write(kind, first, made_up()) == [first]
    write(kind, second, shuffled)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("kind", "suffix"), FULL)
def test_every_text_is_there(kind, suffix, tmp_path):
    path = tmp_path / f"out.{suffix}"
    write(kind, path, made_up())
    found = text_of(path)
    for record in RECORDS:
        beneath = kind in ("matrix", "plan") and record.id in (CEDAW.id, "XVM-CRC-5-34")
        wanted = "Amend the Family Act" if record == CEDAW and beneath else record.text[:60]
        if suffix == "csv" or (kind, suffix) == ("impactoss", "zip"):
            wanted = wanted.replace('"', '""')
        if kind == "xray" and suffix in ("csv", "json"):
            wanted = record.id if record.id != "XVM-CERD-5-9" else ""
        assert re.sub(r"\s+", "", wanted) in found, record.id


@pytest.mark.parametrize(
    ("kind", "suffix"), [(k, s) for k, s in EVERY if k not in ("uhri", "uwazi")]
)
def test_a_fictional_state_is_called_so(kind, suffix, tmp_path):
    path = tmp_path / f"out.{suffix}"
    write(kind, path, made_up())
    assert "isafictionalState" in text_of(path)
    records = [Record(id="x", text="Adopt a law", state="SVN", mechanism="UPR")]
    theme = Theme("T-1", "Rights", "Laws", "Adopt a law", (Member("x", 1.0),))
    real = made_up(
        state="SVN",
        records=records,
        convergences=[],
        sdg=[],
        clusters=[],
        xray=Xray("SVN", (theme,)),
    )
    write(kind, path, real)
    assert "fictional" not in text_of(path)
    assert FICTIONAL not in text_of(path)


@pytest.mark.parametrize("kind", ["matrix", "factsheet", "plan", "xray"])
def test_proposals_and_decisions_are_told_apart(kind, tmp_path):
    path = tmp_path / f"out.{KINDS[kind][0]}"
    write(kind, path, made_up())
    found = text_of(path)
    assert "proposal,87%" in found
    assert "confirmed,2026-03-04" in found
    assert "Linker0.1.0" in found or path.suffix == ".xlsx"


@pytest.mark.parametrize(("kind", "suffix"), EVERY)
def test_nobody_is_named_unless_asked_for(kind, suffix, tmp_path):
    comment = Comment("Kofi Mensah", "2026-03-03T10:00:00Z", "A bill is drafted")
    entries = {**FILLED, MARRIAGE_4.id: replace(FILLED[MARRIAGE_4.id], comments=(comment,))}
    log = [Decision(1, "C-1", "unsure", "Amina Otieno", "Amina asks Kofi", "2026-03-04T09:15:00Z")]
    state = made_up(entries=entries, decisions=log)
    path = tmp_path / f"out.{suffix}"
    write(kind, path, state)
    assert "Amina" not in text_of(path)
    assert "Mensah" not in text_of(path)
    write(kind, path, state, Options(with_names=True))
    if kind in ("matrix", "plan", "links"):
        assert "AminaOtieno" in text_of(path)
    if kind in ("plan", "midterm"):
        assert "KofiMensah" in text_of(path)


@pytest.mark.parametrize("kind", ["matrix", "plan"])
def test_no_cell_is_a_formula(kind, tmp_path):
    path = tmp_path / "out.xlsx"
    write(kind, path, made_up())
    cells = [c for ws in openpyxl.load_workbook(path) for row in ws for c in row if c.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert FORMULA in [cell.value for cell in cells]
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/" in n]
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize(("kind", "suffix"), [(k, s) for k, s in EVERY if s == "csv"])
def test_no_csv_cell_is_a_formula(kind, suffix, tmp_path):
    path = tmp_path / f"out.{suffix}"
    write(kind, path, made_up())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_plan_is_to_be_filled_in(tmp_path):
    path = tmp_path / "plan.xlsx"
    write("plan", path, made_up(entries=FILLED))
    sheet = openpyxl.load_workbook(path)[SHEET]
    header = next(row for row in sheet.iter_rows() if row[0].value == COLUMNS[0].title)
    number = {cell.value: cell.column for cell in header}
    first = header[0].row + 1
    ids = [sheet.cell(row=r, column=1).value for r in range(first, sheet.max_row + 1)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {record.id for record in RECORDS}
    rules = sheet.data_validations.dataValidation
    assert any(f"${len(STATUSES) + 1}" in rule.formula1 for rule in rules)
    row = first + ids.index(MARRIAGE_4.id)
    assert sheet.cell(row=row, column=number["Status"]).value == "in progress"


def test_matrix_docx_has_repeated_header_and_page_numbers(tmp_path):
    path = tmp_path / "matrix.docx"
    write("matrix", path, made_up())
    document = docx.Document(str(path))
    section = document.sections[0]
    assert section.page_width > section.page_height
    xml = document.element.xml
    assert xml.count("<w:tblHeader/>") == 1
    header = section.header._element.xml
    assert 'w:instr="PAGE"' in header
    assert 'w:instr="NUMPAGES"' in header
    assert "<w:bidi/>" in xml
    widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert sum(widths) <= (section.page_width - 2 * section.left_margin) / 635 + 20  # EMU a twip


@pytest.mark.parametrize("kind", ["matrix", "xray", "factsheet"])
def test_pages_need_nothing_from_outside(kind, tmp_path):
    path = tmp_path / "out.html"
    write(kind, path, made_up())
    page = path.read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert page.count("<script") == len(scripts) == (kind == "xray")
    for script in scripts:
        checksum = b64encode(sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{checksum}'" in page
        assert not re.search(r"fetch|http|import|eval|innerHTML|cookie|storage", script)
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "url(" not in page
    assert "@import" not in page
    assert "<minors>" not in page


def test_pictures_have_a_text(tmp_path):
    path = tmp_path / "xray.html"
    write("xray", path, made_up())
    page = path.read_text(encoding="utf-8")
    assert page.count('role="img"') == page.count('role="img" aria-label="')
    assert page.count('role="img"') > 20


def test_impact_oss(tmp_path):
    path = tmp_path / "impact.csv"
    write("impactoss", path, made_up())
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["reference"]: row for row in csv.DictReader(file)}
    assert set(rows) == {record.id for record in RECORDS}
    levels = {row["support_level"] for row in rows.values()}
    assert levels == {"null", "noted", "supportedInPart", "supported"}
    assert rows[MARRIAGE_4.id]["sdgtarget"] == "5.3"
    assert rows[MARRIAGE_4.id]["country"] == "France; Kenya; Paraguay"


def test_links_keep_every_decision(tmp_path):
    path = tmp_path / "links.json"
    write("links", path, made_up())
    rows = {row["link_id"]: row for row in json.loads(path.read_text("utf-8"))["rows"]}
    judged = [item for item in (*CONVERGENCES, *SDG) if item.decision]
    assert {i.link.link_id: i.decision.verdict for i in judged} == {
        key: row["decision"] for key, row in rows.items() if row["decision"]
    }
    write("links", path, made_up(), Options(only_confirmed=True))
    rows = json.loads(path.read_text("utf-8"))["rows"]
    assert {row["decision"] for row in rows} == {"confirm"}


def test_records_come_back(tmp_path):
    path = tmp_path / "records.csv"
    write("records", path, made_up())
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    for record in RECORDS:
        row = rows[record.id]
        assert row["text"].lstrip("'") == record.text
        assert row["paragraph"] == record.paragraph
        assert tuple(filter(None, row["recommending_states"].split("; "))) == (
            record.recommending_states
        )


def test_matrix_docx_reads_as_a_thematic_list(tmp_path):
    path = tmp_path / "matrix.docx"
    write("matrix", path, made_up())
    rows = docx.Document(str(path)).tables[0].rows
    cells = [row.cells[0].paragraphs[0].text for row in rows]
    assert "Theme: Conditions of detention" in cells
    for record in RECORDS:
        if record.mechanism == "UPR":
            assert any(cell.startswith(f"{record.paragraph} {record.text}") for cell in cells)


def test_factsheets_of_all_themes(tmp_path):
    written = write("factsheet", tmp_path / "f.docx", made_up(), Options(theme="all"))
    assert len(written) == 4
    assert all(path.is_file() for path in written)
    assert "f-child-early-and-forced-marriage.docx" in {path.name for path in written}
    twins = tuple(replace(theme, label="Prisons") for theme in THEMES)
    state = made_up(xray=Xray("XVM", twins))
    named = write("factsheet", tmp_path / "g.docx", state, Options(theme="all"))
    assert {path.name for path in named} == {f"g-prisons-{t.theme_id}.docx" for t in THEMES}


@pytest.mark.parametrize("kind", [k for k, s in EVERY if s == "csv"])
def test_a_table_without_rows_has_its_header(kind, tmp_path):
    nothing = {"records": [], "convergences": [], "sdg": [], "xray": Xray("XVM", ())}
    path = write(kind, tmp_path / "n.csv", made_up(**nothing, decisions=[], clusters=[]))[0]
    full = write(kind, tmp_path / "f.csv", made_up())[0]
    heads = [next(csv.reader(p.open(encoding="utf-8", newline=""))) for p in (path, full)]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("kind", PLAIN)
def test_a_workbook_of_a_table_says_what_its_csv_says(kind, tmp_path):
    table = write(kind, tmp_path / "t.csv", made_up())[0]
    sheet = openpyxl.load_workbook(write(kind, tmp_path / "t.xlsx", made_up())[0]).active
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    with table.open(encoding="utf-8", newline="") as file:
        rows = [[plain(cell) for cell in row] for row in csv.reader(file)]
    assert cells == rows
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value} == {"s"}
    if kind == "records":
        assert "110.10" in {cell for row in cells for cell in row}


def test_wrong_combination_names_the_right_ones(tmp_path):
    with pytest.raises(UsageError, match="xlsx, csv, json"):
        write("plan", tmp_path / "plan.docx", made_up())
    with pytest.raises(UsageError, match="matrix, plan"):
        write("poster", tmp_path / "a.docx", made_up())
    with pytest.raises(UsageError, match="without suffix"):
        write("matrix", tmp_path / "a", made_up())


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(LinkerError, match="cannot be written"):
        write("records", tmp_path / "out.csv", made_up())


@pytest.mark.parametrize(("kind", "suffix"), EVERY)
def test_no_links_and_no_date(kind, suffix, tmp_path):
    bare = made_up(convergences=[], sdg=[], date="")
    assert write(kind, tmp_path / f"out.{suffix}", bare)


def test_control_characters_do_not_break_documents(tmp_path):
    odd = Record(id="odd", text="Adopt\x00 a\x0b law \ufffe", state="XVM", mechanism="UPR")
    theme = Theme("T-1", "Rights", "Laws", "Adopt", (Member("odd", 1.0),))
    source = made_up(records=[odd], convergences=[], sdg=[], xray=Xray("XVM", (theme,)))
    for kind, suffix in EVERY:
        assert write(kind, tmp_path / f"{kind}.{suffix}", source)


def test_wording():
    assert clipped("one two three", 8) == "one two…"
    assert clipped("short", 8) == "short"
    assert is_right_to_left("110.2 " + ARABIC)
    assert not is_right_to_left("Ratify")
    assert contrasting("#FCC30B") == "#000000"
    assert contrasting("#19486A") == "#FFFFFF"
