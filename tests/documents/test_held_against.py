"""Every number, position, symbol, State and quotation of the documents stands in the records.

And what is printed as asking the same, or for the contrary, is so linked.
"""

import csv
import gzip
import re
import shutil

import docx
import pytest
from held_against import CONTRARY, wrong_in
from portal_held_against import wrong_in_portal

from linker.documents.inputs import Options
from linker.documents.site.site import portal
from linker.workspace.workspace import Linker
from tests.conftest import ask_the_contrary

WORD = ("matrix", "midterm", "factsheet", "xray")


@pytest.mark.parametrize("kind", WORD)
def test_documents_of_the_demonstration(kind, demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        theme = "all" if kind == "factsheet" else None
        for path in linker.export(kind, tmp_path / f"{kind}.docx", theme=theme):
            assert list(wrong_in(path, linker.records(), linker.convergences())) == [], path.name


def test_the_checker_sees_what_is_wrong(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "valmora")
    ask_the_contrary(tmp_path / "valmora")
    with Linker.open(tmp_path / "valmora") as linker:
        path = linker.export("matrix", tmp_path / "m.docx")[0]
        document = docx.Document(str(path))
        table = document.tables[0]
        rows = [row for row in table.rows if row.cells[1].text == "Supported"]
        rows[0].cells[1].paragraphs[0].runs[0].text = "Noted"
        rows[1].cells[0].paragraphs[0].runs[1].text = "Do something else"
        rows[2].cells[0].paragraphs[0].add_run(" (Fiji) (Palau) (Andorra)")
        beneath = [line for row in table.rows[9:] for line in row.cells[0].paragraphs]
        contrary = next(line for line in beneath if line.text.startswith(CONTRARY))
        same = next(
            line for line in beneath if re.match("↔ [A-Z/]+", line.text) and "[" in line.text
        )
        contrary.runs[0].text = contrary.runs[0].text.replace(CONTRARY, "↔ ")
        same.runs[0].text = same.runs[0].text.replace("↔ ", CONTRARY)
        document.add_paragraph("CRC/C/ZZZ/CO/9 says “what nobody ever said anywhere”")
        document.save(str(path))
        wrong = list(wrong_in(path, linker.records(), linker.convergences()))
    assert len(wrong) == 7, wrong
    assert sum("not so related" in one for one in wrong) == 2, wrong


@pytest.fixture(scope="module")
def real(corpora, tmp_path_factory):
    """Slovenia from OHCHR's lists and a compilation, Mongolia from UPR Info alone."""
    folder = tmp_path_factory.mktemp("held") / "real"
    files = sorted((corpora / "slovenia").glob("*.docx"))
    files.append(corpora / "un_compilations" / "tb_sp_recommendations_summarised.csv")
    exported = corpora / "upr_info" / "recommendations.csv.gz"
    if len(files) != 4 or not all(path.is_file() for path in (*files, exported)):
        pytest.skip("the files of Slovenia or of UPR Info are not among the real files")
    with gzip.open(exported, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    cut = folder.parent / "mongolia.csv"
    with cut.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *(row for row in rows[1:] if "Mongolia" in row[:4])])
    with Linker.open(folder, create=True) as linker:
        linker.add([*files, cut])
        linker.build(states=["SVN", "MNG"])
    return folder


@pytest.mark.long
@pytest.mark.parametrize("kind", WORD)
@pytest.mark.parametrize("state", ["SVN", "MNG"])
def test_documents_of_real_states(state, kind, real, tmp_path):
    with Linker.open(real) as linker:
        theme = "all" if kind == "factsheet" else None
        for path in linker.export(kind, tmp_path / f"{kind}.docx", state, theme=theme):
            wrong = list(wrong_in(path, linker.store.records(state), linker.convergences(state)))
            assert wrong == [], path.name


@pytest.mark.long
@pytest.mark.parametrize("state", ["SVN", "MNG"])
def test_portals_of_real_states(state, real):
    with Linker.open(real) as linker:
        source = linker.documents.source(state)
    files = dict(portal([source], Options(), {}))
    assert list(wrong_in_portal(files, source)) == []
    assert max(len(c) for name, c in files.items() if name.endswith(".html")) < 200_000
