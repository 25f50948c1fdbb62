"""The follow-up report to a committee, and the score-card of the mid-term report."""

import json
from dataclasses import replace

import docx
import openpyxl
import pytest
from made_up_state import (
    CEDAW,
    FILLED,
    MARRIAGE_3,
    MARRIAGE_4,
    PRISONS,
    RECORDS,
    SCHOOLS,
    made_up,
    tb,
)

from linker.documents.by_theme import Block
from linker.documents.followup import GRADES, followup
from linker.documents.inputs import Options
from linker.documents.midterm import GREEN, GREY, ORANGE, RED, Score, midterm
from linker.documents.writers import write
from linker.plan.entries import PlanEntry

OTHER = tb("CEDAW", "40", "Adopt a strategy for women in rural areas.")
ASKED = tb(
    "CEDAW", "52",
    "The Committee requests the State party to provide, within two years, written information on "
    "the steps taken to implement the recommendations in paragraphs 21 (b) and 33 above.",
)  # fmt: skip
GRADED = {OTHER.id: PlanEntry(own=(("Follow-up", "yes"), ("Grade", "b – partly")))}
RECORDS_TOO = [*RECORDS, OTHER, ASKED]
ONE_BODY = Options(bodies=("CEDAW",))


def source(**changes):
    return made_up(**{"records": RECORDS_TOO, "entries": GRADED, **changes})


def test_one_bodys_observations_are_its_rows_with_what_others_ask_beneath():
    made = followup(source(), ONE_BODY)
    assert made.title == (
        "Follow-up report: Committee on the Elimination of Discrimination against Women"
    )
    assert [(name, [r.row.record.paragraph for r in rows]) for name, rows in made.documents] == [
        ("CEDAW/C/XVM/CO/5", ["21 (b)", "40", "52"])
    ]
    first = next(made.rows())
    assert {c.record.id for c in first.row.converging} == {MARRIAGE_4.id, MARRIAGE_3.id}


def test_follow_up_is_what_the_committee_or_a_person_marks_and_grades_are_theirs():
    rows = {r.row.record.id: r for r in followup(source(), ONE_BODY).rows()}
    assert {key for key, row in rows.items() if row.wanted} == {CEDAW.id, OTHER.id}
    assert {row.grade for row in rows.values()} == {"", "B"}


def test_without_a_body_it_holds_everything_but_the_upr():
    made = followup(source())
    assert {r.row.record.id for r in made.rows()} == {
        record.id for record in RECORDS_TOO if record.mechanism != "UPR"
    }


def test_word_and_excel_have_a_column_a_grade(tmp_path):
    path = write("followup", tmp_path / "f.docx", source(), ONE_BODY)[0]
    table = docx.Document(str(path)).tables[0]
    assert [cell.text for cell in table.rows[0].cells][-5:] == list(GRADES)
    marked = next(row for row in table.rows if "rural areas" in row.cells[0].text)
    assert [cell.text for cell in marked.cells][-5:] == ["", "●", "", "", ""]
    assert marked.cells[0].text.startswith("★ follow-up 40")
    sheet = openpyxl.load_workbook(write("followup", tmp_path / "f.xlsx", source(), ONE_BODY)[0])
    assert any("●" in [c.value for c in row] for row in sheet.active.iter_rows())
    data = json.loads(write("followup", tmp_path / "f.json", source())[0].read_text("utf-8"))
    assert {row["grade"] for row in data["rows"]} == {"", "B"}


@pytest.mark.parametrize(
    ("statuses", "light"),
    [
        (["fully implemented", "not started"], GREEN),
        (["fully implemented", "in progress", ""], ORANGE),
        (["not started", "in progress", "", ""], RED),
        (["", ""], GREY),
    ],
)
def test_the_light_of_a_theme_follows_from_its_statuses(statuses, light):
    rows = [row for _, row in midterm(source()).matrix.rows()][: len(statuses)]
    block = Block(
        midterm(source()).blocks[0].theme,
        tuple(
            replace(row, entry=PlanEntry(status=status))
            for row, status in zip(rows, statuses, strict=True)
        ),
    )
    assert Score(block).light == light
    assert sum(Score(block).counts.values()) == len(statuses)


def test_the_mid_term_report_has_a_score_card_in_words_and_tells_what_was_done(tmp_path):
    entries = {
        **FILLED,
        PRISONS[1].id: PlanEntry(
            status="fully implemented", result="Closed in May 2026.", evidence="Gazette 12"
        ),
        SCHOOLS[0].id: PlanEntry(actions="Will open shelters"),
    }
    path = write("midterm", tmp_path / "m.docx", source(entries=entries))[0]
    document = docx.Document(str(path))
    card = next(t for t in document.tables if t.rows[0].cells[1].text == "How it stands")
    said = {row.cells[at].text: row.cells[at + 1].text for row in card.rows for at in (0, 3)}
    assert said["Conditions of detention"] == "● Mostly done"
    assert said["Inclusive education"] == "● Not reported"
    paragraphs = [p.text for p in document.paragraphs]
    assert "110.9 (cycle 4): Closed in May 2026. Evidence: Gazette 12" in paragraphs
    assert not any("Will open shelters" in text for text in paragraphs)


def test_the_same_bytes_from_the_same_workspace(tmp_path):
    for kind in ("followup", "midterm"):
        for suffix in ("docx", "xlsx", "json"):
            one = write(kind, tmp_path / f"1.{suffix}", source())[0].read_bytes()
            shuffled = source(records=list(reversed(RECORDS_TOO)))
            assert write(kind, tmp_path / f"2.{suffix}", shuffled)[0].read_bytes() == one
