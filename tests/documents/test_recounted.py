"""What documents count and say stands in the records and logs, counted anew, in every language."""

import docx
import pytest
from recounted import (
    wrong_in_annex,
    wrong_in_factsheet,
    wrong_in_followup,
    wrong_in_midterm,
)
from recounted_matrix import wrong_in_measures

from linker.i18n.language import speaking

CHECKS = {
    "matrix": wrong_in_measures,
    "annex": wrong_in_annex,
    "midterm": wrong_in_midterm,
    "followup": wrong_in_followup,
    "factsheet": wrong_in_factsheet,
}


def exported(worked_on, kind, folder, language="en"):
    more = {"by": "cluster"} if kind == "matrix" else {}
    more |= {"theme": worked_on.xray().themes[3].theme_id} if kind == "factsheet" else {}
    return worked_on.export(kind, folder / f"{kind}.docx", language=language, **more)[0]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("kind", CHECKS)
def test_documents_count_what_the_records_and_logs_say(worked_on, known, tmp_path, kind, language):
    path = exported(worked_on, kind, tmp_path, language)
    with speaking(language):
        assert list(CHECKS[kind](path, known)) == []


@pytest.mark.long
def test_every_factsheet_counts_what_the_records_say(worked_on, known, tmp_path):
    for path in worked_on.export("factsheet", tmp_path / "f.docx", theme="all"):
        assert list(wrong_in_factsheet(path, known)) == [], path.name


def put(document, old, new):
    """Write a text of a document otherwise, wherever it first stands."""
    for run in document.element.body.iter("{*}t"):
        if run.text and old in run.text:
            run.text = run.text.replace(old, new, 1)
            return
    raise AssertionError(f"{old!r} stands nowhere")


def cell(document, table, row, column):
    return document.tables[table].rows[row].cells[column].paragraphs[0].runs[-1]


def spoil_matrix(document):
    cell(document, 0, 1, 2).text = "7"
    main = document.tables[3]
    place = [one.text for one in main.rows[0].cells].index("Position")
    row = next(r for r in main.rows if r.cells[place].text == "Noted")
    row.cells[place].paragraphs[0].runs[-1].text = "Supported"
    own = next(
        r for r in main.rows if "quoted under" not in r.cells[1].text and "↔" in r.cells[1].text
    )
    own.cells[0].paragraphs[0].add_run(" 999.9")


def spoil_annex(document):
    put(document, " in 2024 (", " in 2023 (")
    put(document, " States", "1 States")


def spoil_midterm(document):
    cell(document, 0, 1, 1).text = "77"
    cell(document, 1, 1, 1).text = "Not reported"
    cell(document, 1, 2, 2).text = "9 of 9"
    put(document, "1 recommendation: ", "2 recommendations: ")


def spoil_followup(document):
    cell(document, 0, 1, 3).text = "Not needed"
    put(document, " paragraphs", "0 paragraphs")


def spoil_factsheet(document):
    put(document, "What States recommended (cycle 4: ", "What States recommended (cycle 4: 2")
    heading = next(p for p in document.paragraphs if p.text.startswith("Status of implementation"))
    heading.add_run(" (9 not started)")
    first = next(p for p in document.paragraphs if p.style.name == "List Bullet")
    first.runs[0].text = f"{first.runs[0].text.strip()}, 999.9 "
    first.runs[1].text = "Do something that nobody asked for"


SPOILT = {
    "matrix": (spoil_matrix, 3),
    "annex": (spoil_annex, 2),
    "midterm": (spoil_midterm, 4),
    "followup": (spoil_followup, 2),
    "factsheet": (spoil_factsheet, 4),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_the_count_sees_what_is_wrong(worked_on, known, tmp_path, kind):
    path, (spoil, least) = exported(worked_on, kind, tmp_path), SPOILT[kind]
    document = docx.Document(str(path))
    spoil(document)
    document.save(str(path))
    assert len(list(CHECKS[kind](path, known))) >= least
