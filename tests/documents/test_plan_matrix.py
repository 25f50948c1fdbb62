"""The matrix as data: what gets a row, what stands beneath, what is marked how."""

import random
from dataclasses import replace

import pytest
from made_up_state import (
    CEDAW,
    CONVERGENCES,
    CRC,
    FILLED,
    HOMELESS,
    MARRIAGE_3,
    MARRIAGE_4,
    PRISONS,
    RECORDS,
    SDG,
    SP,
    made_up,
)

from linker.documents.inputs import Options, natural
from linker.documents.matrix import Row, matrix
from linker.documents.plan import plan_rows
from linker.errors import UsageError
from linker.plan.smart import action_category, smart_gaps


def row_of(record, **options):
    return next(r for _, r in matrix(made_up(), Options(**options)).rows() if r.record == record)


def test_every_record_is_somewhere():
    rows = [row for _, row in matrix(made_up()).rows()]
    heads = [row.record.id for row in rows]
    beneath = {c.record.id for row in rows for c in row.converging}
    assert {r.id for r in RECORDS} == set(heads) | beneath
    assert len(heads) == len(set(heads))
    assert {r.id for r in RECORDS if r.mechanism == "UPR"} <= set(heads)


def test_nothing_without_a_theme_is_lost():
    last = matrix(made_up()).blocks[-1]
    assert [row.record for row in last.rows] == [HOMELESS]


def test_rows_follow_cycle_and_paragraph():
    prisons = matrix(made_up()).blocks[1]
    numbers = [row.record.paragraph for row in prisons.rows if row.record.mechanism == "UPR"]
    assert numbers == ["110.9", "110.10", "98.20"]
    assert natural("110.2") < natural("110.10") < natural("110.10 (a)")


def test_treaty_body_ask_stands_beneath_with_its_mark():
    row = row_of(MARRIAGE_4)
    marks = {c.record.id: c.mark for c in row.converging}
    assert marks[CEDAW.id].text == "confirmed by Amina Otieno, 2026-03-04"
    assert marks[CRC.id].text == "proposal, 87 %"
    assert not marks[CRC.id].confirmed
    quote = next(c.quote for c in row.converging if c.record == CEDAW)
    assert quote.startswith("Amend the Family Act")
    assert "notes with concern" not in quote


def test_earlier_cycle_stands_beneath_the_newer():
    assert MARRIAGE_3.id in {c.record.id for c in row_of(MARRIAGE_4).converging if c.reiteration}
    assert MARRIAGE_4.id not in {c.record.id for c in row_of(MARRIAGE_3).converging}


def test_what_converges_with_no_upr_record_has_a_row():
    heads = {row.record.id for _, row in matrix(made_up()).rows()}
    assert SP.id in heads
    assert CEDAW.id not in heads
    asked = {row.record.id for _, row in matrix(made_up(), Options(min_band="ask")).rows()}
    assert SP.id not in asked


def test_rejected_links_never_show():
    for band in ("propose", "ask", "hide"):
        row = row_of(PRISONS[2], min_band=band)
        assert not row.converging


def test_only_accepted():
    rows = [row for _, row in matrix(made_up(), Options(only_confirmed=True)).rows()]
    marks = [m.mark for row in rows for m in (*row.converging, *row.targets, *row.indicators)]
    assert marks
    assert all(mark.confirmed for mark in marks)
    assert CRC.id in {row.record.id for row in rows}


def test_positions_choose_rows_and_not_what_stands_beneath():
    made = matrix(made_up(), Options(positions=("supported",)))
    rows = [row for _, row in made.rows()]
    assert {row.record.position for row in rows} == {"supported"}
    beneath = {c.record.id for row in rows for c in row.converging}
    assert {CEDAW.id, CRC.id} <= beneath


def test_an_institution_chooses_its_rows():
    made = made_up(entries=FILLED)
    rows = [r for _, r in matrix(made, Options(responsible=("ministry of justice",))).rows()]
    assert [row.record.id for row in rows] == [MARRIAGE_4.id]


def test_recommenders_stay_where_they_stood():
    record = replace(
        MARRIAGE_4,
        text="Amend the law (France); train registrars",
        recommending_states=("FRA", "KEN"),
    )
    row = Row(record, (), (), ())
    assert row.recommending_after == ("Kenya",)
    assert row.recommenders == "France, Kenya"


def test_unsure_is_said():
    texts = [c.mark.text for c in row_of(PRISONS[3]).converging]
    assert texts == ["proposal, 88 %; Amina Otieno was unsure"]


def test_a_proposal_is_never_certain():
    assert "100 %" not in str(matrix(made_up(), Options(min_band="hide")).to_rows())


def test_cycles_and_mechanisms():
    rows = [row for _, row in matrix(made_up(), Options(cycles=("4",))).rows()]
    assert {row.record.cycle for row in rows if row.record.mechanism == "UPR"} == {"4"}
    assert MARRIAGE_3.id in {c.record.id for row in rows for c in row.converging}
    only = [row for _, row in matrix(made_up(), Options(mechanisms=("UPR",))).rows()]
    assert {c.record.mechanism for row in only for c in row.converging} <= {"UPR"}
    assert {row.record.mechanism for row in only} == {"UPR"}


def test_one_theme_by_id_or_name():
    named = matrix(made_up(), Options(theme="Conditions of detention"))
    assert [block.theme.theme_id for block in named.blocks] == ["T-0000000002"]
    with pytest.raises(UsageError, match="no theme of this State"):
        matrix(made_up(), Options(theme="Taxation"))


@pytest.mark.parametrize("wrong", [{"min_band": "sure"}, {"mechanisms": ("NGO",)}])
def test_unknown_options_are_refused(wrong):
    with pytest.raises(UsageError, match="is not known"):
        Options(**wrong)


def test_order_of_input_does_not_matter():
    shuffled = [list(things) for things in (RECORDS, CONVERGENCES, SDG)]
    for seed, things in enumerate(shuffled):
        random.Random(seed).shuffle(things)
    records, convergences, sdg = shuffled
    other = made_up(records=records, convergences=convergences, sdg=sdg)
    assert matrix(other).to_rows() == matrix(made_up()).to_rows()


def test_what_people_filled_in_comes_back():
    rows = {row.plan_id: row for row in plan_rows(made_up(entries=FILLED))}
    filled = rows[MARRIAGE_4.id].to_row()
    assert (filled["responsible"], filled["status"]) == ("Ministry of Justice", "in progress")
    assert filled["smart"] == "complete"
    assert "no deadline" in rows[PRISONS[1].id].to_row()["smart"]


@pytest.mark.parametrize(
    ("ask", "category"),
    [
        ("Ratify the Convention", 5),
        ("Consider ratifying the Convention", 3),
        ("Continue efforts to ratify the Convention", 2),
        ("Strengthen measures against trafficking", 4),
        ("Zajistit přístup", None),
        ("The Committee encourages the State party to adopt a law", 5),
    ],
)
def test_action_category(ask, category):
    assert action_category(ask) == category


def test_smart_gaps():
    assert smart_gaps("Ratify it", "", "Ministry", "2027") == ("no indicator",)
    assert len(smart_gaps("Continue efforts", "", "", "")) == 4
