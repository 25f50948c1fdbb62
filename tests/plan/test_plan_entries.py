"""What a field of the plan may hold, and what stands after a log of changes."""

import pytest
from made_up_state import FILLED, MARRIAGE_4, PRISONS, made_up

from linker.documents.plan import plan_of
from linker.errors import UsageError
from linker.plan.entries import Measure, PlanChange, checked_value, standing_entries


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("deadline", "31.12.2027", "2027-12-31"),
        ("deadline", " 2027 ", "2027"),
        ("status", "In Progress", "in progress"),
        ("status", "Done", "fully implemented"),
        ("law", "not needed", "not needed"),
        ("indicators", "5.3.1\r\n\r\nShare  of courts", "5.3.1\nShare of courts"),
        ("responsible", "", ""),
        ("measure", "M2;M1 ; M2", "M2; M1"),
        ("column:Contact", "Mr X", "Mr X"),
    ],
)  # fmt: skip
def test_values_are_kept_in_one_writing(field, value, kept):
    assert checked_value(field, value) == kept
    assert checked_value(field, kept) == kept


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("deadline", "soon", "no date that can be read. Write it as 2027-12-31"),
        ("deadline", "03/04/2027", "no date"),
        ("status", "nearly", "not in the list. Use: not started"),
        ("status", "not needed", "not in the list"),
        ("indicators", "5.9.9 women", "5.9.9 is no SDG indicator"),
        ("measure", "M9", "'M9' is not in the list of measures"),
        ("colour", "red", "no field of the plan"),
        ("comment", "  ", "nothing was written"),
        ("column:" + "x" * 81, "v", "at most 80 characters"),
        ("actions", "x" * 5001, "5,001 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_remedy(field, value, said):
    with pytest.raises(UsageError, match=said):
        checked_value(field, value, ["M1", "M2"])


def change(seq, field, value, reviewer="Ada", record_id="r"):
    return PlanChange(seq, record_id, field, value, reviewer, f"2026-03-0{seq}T10:00:00+00:00")


def test_the_last_change_stands_and_comments_add_up():
    log = [
        change(1, "status", "not started"),
        change(2, "comment", "first", "CSO"),
        change(3, "status", "in progress", "Grace"),
        change(4, "comment", "second"),
        change(5, "column:Contact", "Mr X"),
        change(6, "field of a newer Linker", "x"),
    ]
    entry = standing_entries(reversed(log))["r"]
    assert entry.status == "in progress"
    assert [str(c) for c in entry.comments] == ["CSO, 2026-03-02: first", "Ada, 2026-03-04: second"]
    assert entry.value("column:Contact") == "Mr X"
    emptied = standing_entries([*log, change(7, "column:Contact", "")])["r"]
    assert emptied.own == ()


def test_a_proposed_indicator_is_no_decision():
    rows = {row.plan_id: row for row in plan_of(made_up(entries=FILLED))}
    assert rows[MARRIAGE_4.id].measured_by == "5.3.1"
    proposed = rows[PRISONS[1].id]
    assert "16.3.2" in proposed.linked_indicators
    assert proposed.measured_by == ""
    assert "no indicator" in proposed.smart


def test_a_plan_counts_what_stands():
    measures = (Measure("M1", "Child protection"), Measure("M2", "Prisons"))
    plan = plan_of(made_up(entries=FILLED, measures=measures))
    assert plan.statuses()["in progress"] == 1
    assert sum(plan.statuses().values()) == len(plan)
    assert [m.id for m in plan.without_rows()] == ["M1", "M2"]
    assert "1 SMART" in repr(plan)
