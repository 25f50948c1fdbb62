"""Records of every mechanism, and of none, go the whole way: in, linked, filtered and out."""

import csv
import itertools
import re

import pytest

from linker.convergence.candidates import document
from linker.documents.inputs import Options
from linker.documents.kinds import KINDS
from linker.documents.matrix import matrix
from linker.documents.writers.charts import heatmap
from linker.documents.xray_numbers import picture
from linker.records.filters import Filter
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code
from linker.vocabulary.mechanisms import codes, listed, mechanism
from linker.workspace.workspace import Linker

SUMMARY = "A/HRC/WG.6/45/XVM/3"
ROWS = (
    # id, mechanism, body, symbol, paragraph, cycle, year, text
    ("u1", "UPR", "", "A/HRC/40/7", "1.1", "3", "2019", "Abolish the death penalty by law"),
    ("u2", "UPR", "", "A/HRC/50/7", "2.1", "4", "2024", "Abolish the death penalty for all crimes"),
    ("t1", "TB", "CCPR", "CCPR/C/XVM/CO/5", "12", "", "2021", "Abolish the death penalty in law"),
    ("t2", "TB", "", "", "3", "", "2018", "Reduce overcrowding in prisons without delay"),
    ("s1", "SP", "", "A/HRC/44/9", "71", "", "2020", "Reduce overcrowding in all prisons"),
    ("r1", "Regional", "Inter-American Commission on Human Rights", "OEA/Ser.L/V/II.170", "9", "",
     "2019", "Take the legislative steps needed to abolish the death penalty"),
    ("r2", "REG", "African Commission", "", "4", "", "2022", "Reduce overcrowding of prisons"),
    ("c1", "Submission", "Civil society", SUMMARY, "5", "", "2024", "Abolish the death penalty"),
    ("c2", "SUB", "NHRI", SUMMARY, "6", "", "2024", "Abolish the death penalty by an act"),
    ("c3", "", "", SUMMARY, "7", "", "2024", "Reduce the overcrowding of prisons"),
    ("n1", "", "", "", "", "", "2020", "Improve prisons, which are overcrowded"),
)  # fmt: skip


@pytest.fixture(scope="module")
def linker(encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mechanisms")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        heads = ("mechanism", "body", "symbol", "paragraph", "cycle", "year", "text")
        rows.writerow(("id", "state", *heads))
        rows.writerows((row[0], "XVM", *row[1:]) for row in ROWS)
    with Linker.open(folder / "w", create=True, encoder=encoder) as opened:
        (report,) = opened.add([folder / "table.csv"])
        assert (report.kept, report.refused, report.repaired) == (len(ROWS), 0, 0)
        opened.build()
        yield opened


def test_all_are_read_for_what_they_are(linker):
    made = {r.id: (r.mechanism, r.body) for r in linker.records()}
    assert made["r1"] == ("REG", "IACHR")
    assert made["r2"] == ("REG", "ACHPR")
    assert made["c1"] == ("SUB", "CSO")
    assert made["c2"] == ("SUB", "NHRI")
    assert made["c3"] == ("SUB", "STK")
    assert made["t2"] == ("TB", "")
    assert made["n1"] == ("", "")
    assert {r.id for r in linker.records(Filter(mechanism="REG"))} == {"r1", "r2"}
    assert {r.id for r in linker.records(Filter(mechanism="SUB", body="CSO"))} == {"c1"}


def test_they_converge_across_documents_and_never_within_one(linker):
    pairs = {frozenset((p.left.id, p.right.id)) for p in linker.convergences().shown()}
    assert {frozenset(("u2", "r1")), frozenset(("u2", "c1")), frozenset(("t1", "c2"))} <= pairs
    found = {record.id: document(record) for record in linker.records()}
    for every in linker.convergences():
        assert found[every.left.id] != found[every.right.id]
    for one, other in itertools.combinations(("c1", "c2", "c3"), 2):
        assert found[one] == found[other]


@pytest.mark.parametrize(
    ("kind", "suffix"), [(kind, suffix) for kind, suffixes in KINDS.items() for suffix in suffixes]
)
def test_every_document_is_written_in_every_format(linker, tmp_path, kind, suffix):
    theme = linker.xray().themes[0].theme_id if kind == "factsheet" else None
    written = linker.export(kind, tmp_path / f"it.{suffix}", "XVM", theme=theme)
    assert written
    assert all(path.stat().st_size for path in written)
    if suffix in ("csv", "json") and kind in ("matrix", "plan", "records"):
        text = written[0].read_text(encoding="utf-8")
        for *_, words in ROWS:
            assert words in text


def test_options_choose_them(linker):
    options = Options(mechanisms=("REG", "SUB"), bodies=("ACHPR",))
    made = matrix(linker.source("XVM"), options)
    assert {row.record.id for _, row in made.rows()} == {"r2", "c1", "c2", "c3"}


def test_page_and_document_draw_the_same_columns(linker):
    made = picture(linker.source("XVM"), Options())
    bodies = ("UPR", "CCPR", "TB", "SP", "ACHPR", "IACHR", "CSO", "NHRI", "STK", "other")
    assert made.bodies == bodies
    heads = re.findall(r'<th scope="col">(.*?)</th>', heatmap(made))
    assert tuple(heads) == ("Theme", *bodies, "All")


def test_the_table_of_mechanisms():
    assert codes() == ("UPR", "TB", "SP", "REG", "SUB")
    assert listed() == "UPR, TB, SP, REG or SUB"
    assert [code for code in codes() if mechanism(code).cyclic] == ["UPR"]
    assert [code for code in codes() if mechanism(code).collective] == ["SUB"]
    assert mechanism("").short == "Other"
    for code in codes():
        assert mechanism_code(mechanism(code).plural.upper()) == code


@pytest.mark.parametrize(
    ("name", "found"),
    [("Inter-American Court of Human Rights", ("IACTHR", "REG")), ("ACERWC", ("ACERWC", "REG")),
     ("European Committee for the Prevention of Torture", ("CPT", "REG")),
     ("Committee against Torture", ("CAT", "TB")), ("aichr", ("AICHR", "REG")),
     ("African Court on Human and Peoples’ Rights", ("AFCHPR", "REG")), ("NGOs", ("CSO", "SUB")),
     ("National Human Rights Institution (NHRI)", ("NHRI", "SUB"))],
)  # fmt: skip
def test_bodies_by_name(name, found):
    assert body_code(name) == found


@pytest.mark.parametrize(
    ("symbol", "found"),
    [("CRI(2023)12", ("ECRI", "REG")), ("CPT/INF(2020)5", ("CPT", "REG")),
     ("OEA/SER.L/V/II.170", ("IACHR", "REG")), ("A/HRC/WG.6/45/KEN/3", ("STK", "SUB")),
     ("A/HRC/WG.6/45/KEN/3/CORR.1", ("STK", "SUB")), ("A/HRC/WG.6/45/KEN/2", None),
     ("A/HRC/50/7", None), ("CAT/C/KEN/CO/3", ("CAT", "TB"))],
)  # fmt: skip
def test_bodies_by_symbol(symbol, found):
    assert body_of_symbol(symbol) == found
