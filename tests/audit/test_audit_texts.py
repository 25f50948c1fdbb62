"""Repeated and cut texts, dates, symbols, positions, languages, records that ask for nothing."""

import datetime

import pytest
from made_up_records import record, upr

from linker.audit.build import audit

TODAY = datetime.date(2026, 6, 1)
LONG = (
    "Adopt a comprehensive strategy against trafficking in persons for sexual exploitation and "
    "forced labour, with a budget, a timetable and shelters for victims in every province"
)


def found(kind, *records):
    return {
        tuple(sorted(case)): finding
        for finding in audit(records, TODAY).of_kind(kind)
        for case in finding.cases
    }


def test_the_same_text_twice_in_a_document_is_found():
    twice = record(1, LONG + "."), record(2, LONG.replace("with a", "WITH  a"))
    (finding,) = found("repeated", *twice, record(3)).values()
    assert "same text" in finding.title
    assert finding.examples[0].why == "also r0002"


def test_the_same_text_of_other_states_cycles_and_documents_is_none():
    assert not found("repeated", record(1, LONG), record(2, LONG, state="KEN"))
    assert not found("repeated", record(1, LONG), record(2, LONG, symbol="CRC/C/XVM/CO/4"))
    assert not found("repeated", upr(1, LONG), upr(2, LONG, cycle="4", session="47"))


def test_co_sponsors_are_none_but_one_state_twice_is():
    france = upr(1, LONG, recommending_states=("FRA",), paragraph="1.1")
    spain = upr(2, LONG, recommending_states=("ESP",), paragraph="1.2")
    both = upr(3, LONG, recommending_states=("ESP", "ITA"), paragraph="1.3")
    unknown = upr(4, LONG, paragraph="1.4")
    assert not found("repeated", france, spain)
    assert set(found("repeated", spain, both)) == {("r0002", "r0003")}
    assert found("repeated", france, unknown)


def test_nearly_the_same_text_is_found_but_no_other_group_number_or_treaty():
    near = record(1, LONG), record(2, LONG.replace("with a budget", "with an adequate budget"))
    (finding,) = found("repeated", *near).values()
    assert "nearly" in finding.title
    for old, new in (
        ("persons", "children"),
        ("victims", "victims under the Palermo Protocol"),
        ("a timetable", "a timetable of 5 years"),
    ):
        assert not found("repeated", record(1, LONG), record(2, LONG.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "found_as"),
    [
        ("The State party should train judges, prosecutors and", "stop in mid-sentence"),
        ("The State party should train judges,", "stop in mid-sentence"),
        ("The State party should repeal the law (see the previous report.", "bracket"),
        ("The State party should take the following measures:", "announce a list"),
        ("and should train judges and prosecutors on the Convention.", "begin in mid-sentence"),
        ("The State party should train judges on the Convention", "without a full stop"),
        ("x" * 255, "fixed length"),
    ],
)
def test_texts_that_look_cut(text, found_as):
    whole = [record(n, f"The State party should repeal law {n}.") for n in range(100, 120)]
    cut = [record(n, text) for n in range(3)]
    titles = {f.title for f in found("cut text", *whole, *cut).values()}
    assert len(titles) == 1
    assert found_as in titles.pop()


@pytest.mark.parametrize(
    "text",
    [
        "The State party should: a) Train judges; b) Repeal the law (art. 2 (1), 11 and 12).",
        "Ratify the 2014 Protocol to the Forced Labour Convention, 1930 (No. 29).",
        "Accept the visits that the State is party to.",
        "Respect the Islamic Shari'a",
    ],
)
def test_whole_texts_do_not_look_cut(text):
    assert not found("cut text", record(1, text, mechanism="", body=""))


def test_lengths_that_pile_up_at_the_top_are_a_limit():
    piled = [upr(n, f"{n:03} " + "word " * 79 + "w" * 5) for n in range(6)]
    shorter = [upr(n, "word " * (n - 95)) for n in range(100, 130)]
    assert len(found("cut text", *piled, *shorter)) == 6


@pytest.mark.parametrize(
    ("one", "title"),
    [
        (record(1, date="2027-01-01", year=2027), "Dates in the future"),
        (record(1, year=1985), "Records older than the body they are of"),
        (record(1, date="2017-05-01", year=2018), "Year and date that disagree"),
        (upr(1, year=2015), "Year and UPR session that disagree"),
        (upr(1, cycle="2"), "UPR session and cycle that disagree"),
        (upr(1, session="", year=2013), "Year and UPR cycle that disagree"),
    ],
)
def test_dates_that_cannot_be(one, title):
    assert title in {finding.title for finding in found("date", one).values()}


def test_a_report_adopted_in_the_year_after_its_session_is_right():
    assert not found("date", upr(1, session="34", year=2020, date="2020-03-12"))


def test_symbols_of_another_state_or_body():
    (state,) = found("symbol", record(1, symbol="CRC/C/KEN/CO/3-5")).values()
    assert "another State" in state.title
    assert state.examples[0].why == "symbol CRC/C/KEN/CO/3-5, record of Valmora"
    (body,) = found("symbol", record(1, symbol="CAT/C/XVM/CO/2")).values()
    assert "another body" in body.title
    joint = record(1, symbol="CEDAW/C/XVM/CO/5-8; CRC/C/XVM/CO/2")
    assert not found("symbol", joint, record(2, symbol="CRC/C/15/Add.160"))


def test_missing_positions_are_counted_by_cycle():
    records = [upr(n, position="") for n in range(3)] + [upr(9), record(10, position="")]
    (finding,) = audit(records, TODAY).of_kind("no position")
    assert (finding.count, finding.total, finding.severity) == (3, 4, "distrust")
    assert "cycle 3" in finding.title


def test_positions_pending_for_years_are_told():
    (finding,) = found("no position", upr(1, position="pending", year=2019)).values()
    assert "pending" in finding.title
    assert not found("no position", upr(1, position="pending", year=2026, session="", cycle=""))


def test_another_language_than_declared():
    french = "Garantir le respect des droits de l'homme dans les prisons et pour les femmes"
    (wrong,) = found("language", record(1, french, language="en")).values()
    assert wrong.examples[0].why == "declared English, reads as French"
    (foreign,) = found("language", record(1, french, language="fr")).values()
    assert foreign.severity == "distrust"


def test_concerns_without_an_ask():
    concern = record(1, "The Committee is concerned at the high number of children in prison.")
    (finding,) = found("no ask", concern, record(2)).values()
    assert finding.severity == "note"
    assert finding.cases == (("r0001",),)
    assert not found("no ask", upr(3, "Turn the de facto suspension into an official one"))
