"""Files of older and other office programs, converted by the real LibreOffice where it is there."""

import os
import shutil
import subprocess

import docx
import openpyxl
import pytest

from linker.records.importers import Options
from linker.records.importers.apart import read_apart
from linker.worker import Worker

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed here"),
]


def converted(path, suffix):
    """Save a file in another format, as an office would have done."""
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix,
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=180,
        env={**os.environ, "HOME": str(path.parent)},
    )  # fmt: skip
    path.unlink()
    return path.with_suffix(f".{suffix}")


def read_whole(path):
    with Worker() as worker:
        reading = read_apart(worker, path, Options())
        found = []
        while True:
            try:
                found.append(next(reading))
            except StopIteration as end:
                return found, *end.value


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_documents(suffix, tmp_path):
    document = docx.Document()
    for line in ("United Nations", "CAT/C/NPL/CO/7", "Committee against Torture",
                 "Concluding observations on the seventh periodic report of Nepal",
                 "1. The Committee considered the report.", "C. Recommendations",
                 "2. The State party should:", "(a) Close old cells;",
                 "(b) Train guards."):  # fmt: skip
        document.add_paragraph(line)
    document.save(tmp_path / "x.docx")
    (record,), origin, notes = read_whole(converted(tmp_path / "x.docx", suffix))
    assert (record.state, record.body, record.paragraph) == ("NPL", "CAT", "2")
    assert record.text.endswith("(a) Close old cells;\n(b) Train guards.")
    assert origin.label.startswith("concluding observations")
    assert notes.counts["told", "converted"] == 1


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_workbooks(suffix, tmp_path):
    book = openpyxl.Workbook()
    for row in (["State", "No", "Recommendation"], ["Kenya", "150.10", "Close old cells"],
                ["Kenya", "150.1", "Train guards"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    records, origin, _ = read_whole(converted(tmp_path / "x.xlsx", suffix))
    assert [(one.state, one.paragraph) for one in records] == [("KEN", "150.10"), ("KEN", "150.1")]
    assert origin.columns == ("State", "No", "Recommendation")
