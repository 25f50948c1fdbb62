"""A filled-in plan with strange cells far away: read in little time and memory, or refused."""

import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from linker.documents.plan_reading import LIMITS, read_plan
from linker.documents.writers.plan_xlsx import BASE_SHEET, COLUMNS, FORMAT, SHEET
from linker.records.import_notes import ImportRefused
from linker.records.importers.apart import made_apart


def stray_cell(sheet):
    sheet.cell(1_048_576, 1, "stray")


def stray_column(sheet):
    sheet.cell(2, 16_384, "stray")


def styled_rows(sheet):
    for number in range(10, 5_000):
        sheet.row_dimensions[number].height = 15


def far_number(sheet):
    sheet.cell(60_000, 2, 1e300)


HARMLESS = (stray_cell, stray_column, styled_rows, far_number)


def plan(path, change):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append([column.title for column in COLUMNS])
    sheet.append(["A#1"])
    base = book.create_sheet(BASE_SHEET)
    for line in (("format", FORMAT), ("workspace", "w"), ("date", "2026-01-01"), ("a", "b")):
        base.append(line)
    change(sheet)
    book.save(path)
    return path


READ = """
import json, resource, sys
from pathlib import Path
from linker.documents.plan_reading import read_plan
ids = [row.record_id for row in read_plan(Path(sys.argv[1])).rows]
status = Path("/proc/self/status")
# What getrusage says would hold the memory of the process that started this one too.
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.is_file() else 0
print(json.dumps([ids, resource.getrusage(resource.RUSAGE_SELF).ru_utime, int(peak)]))
"""


def read_by_itself(path):
    """Read a plan in a process of its own: ids of its rows, seconds and kilobytes it took."""
    command = [sys.executable, "-c", READ, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.parametrize("change", HARMLESS)
def test_what_stands_far_away_costs_little(tmp_path, change):
    ids, seconds, kilobytes = read_by_itself(plan(tmp_path / "plan.xlsx", change))
    assert ids[0] == "A#1"
    assert len(ids) <= 2
    assert seconds < 8
    assert kilobytes < 400 << 10


def test_merged_cells_that_span_the_sheet_cost_little(tmp_path):
    path = plan(tmp_path / "made.xlsx", far_number)
    spanned = tmp_path / "plan.xlsx"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A900:XFD1048576"/></mergeCells>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(spanned, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", merged))
    ids, _, kilobytes = read_by_itself(spanned)
    assert ids[:1] == ["A#1"]
    assert kilobytes < 400 << 10


def test_what_is_read_in_little_memory_is_refused_when_it_needs_more(tmp_path):
    def long(sheet):
        for number in range(3, 4000):
            sheet.cell(number, 1, f"A#{number}")
            sheet.cell(number, 5, f"{number} " + "x" * 900)

    path = plan(tmp_path / "plan.xlsx", long)
    tight = LIMITS.__class__(max_memory_bytes=60 << 20)
    with pytest.raises(ImportRefused, match="max_memory_bytes"):
        made_apart(read_plan, path, limits=tight)
