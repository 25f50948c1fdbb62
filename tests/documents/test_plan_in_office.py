"""The documents opened by a real office program: every page numbered, and no text lost.

How many pages there are depends on the fonts of the machine: nothing is asserted of that.
"""

import re

import pytest
from made_up_state import CEDAW, RECORDS, made_up

from linker.documents.plan import plan_rows
from linker.documents.writers import write


@pytest.mark.parametrize("kind", ["matrix", pytest.param("xray", marks=pytest.mark.long)])
def test_word_in_libreoffice(kind, tmp_path, to_pdf):
    path = tmp_path / f"{kind}.docx"
    write(kind, path, made_up())
    pages, said = to_pdf(path)
    for page in range(1, pages + 1):
        assert f"Page {page} of {pages}" in said
    texts = " ".join(record.text for record in RECORDS)
    for word in re.findall(r"[A-Za-z]{5,}", texts):
        if kind == "xray" or word not in CEDAW.text:
            assert word in said, word


@pytest.mark.parametrize("kind", [pytest.param("matrix", marks=pytest.mark.long), "plan"])
def test_excel_in_libreoffice(kind, tmp_path, to_pdf):
    path = tmp_path / f"{kind}.xlsx"
    write(kind, path, made_up())
    pages, said = to_pdf(path)
    assert pages >= 1
    # Pages of the plan have no room for what asks the same: it stands on the screen beside them.
    rows = {row.plan_id for row in plan_rows(made_up())}
    for record in RECORDS:
        if kind == "matrix" or record.id in rows:
            assert record.paragraph in said, record.id
    assert "HYPERLINK(" in said
    assert "Err:" not in said
    assert "#NAME?" not in said
