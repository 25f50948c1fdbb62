"""What the x-ray says of a theme holds against every record of the files, wherever it is filed."""

import pytest
from made_up_state import convergence, made_up, tb, upr

from linker.documents.xray_numbers import picture
from linker.themes.theme import Member, Theme, Xray

FERRIES_4 = upr("110.1", "4", "Inspect ferries every year", ("FRA",), "supported")
FERRIES_3 = upr("98.2", "3", "Train the crews of ferries", ("KEN",), "supported")
COURTS_4 = upr("110.2", "4", "Shorten proceedings before courts", ("FRA",), "supported")
COURTS_3 = upr("98.3", "3", "Build courts in the valleys", ("KEN",), "supported")
COURTS_TB = tb("CAT", "9", "Shorten proceedings before courts.")
PIERS = tb("CEDAW", "11", "Repair the piers at which passengers embark.")


def theme(label, *records):
    members = tuple(Member(record.id, 0.5) for record in records)
    return Theme(f"T-{label}", "Rights", label, "", members)


def seen(*themes, records, **changes):
    values = {"records": records, "convergences": [], "sdg": [], "clusters": []}
    return picture(made_up(**{**values, "xray": Xray("XVM", themes), **changes}))


FERRIES = theme("Ferries", FERRIES_4)
COURTS = theme("Courts", COURTS_4, COURTS_3, COURTS_TB)


def test_what_nothing_contradicts_is_said():
    made = seen(FERRIES, COURTS, records=[FERRIES_4, COURTS_4, COURTS_3, COURTS_TB])
    news = made.history()["What is new in the files imported"]
    assert [t.theme.label for t in news["UPR cycle 4"]] == ["Ferries"]
    assert made.gaps() == ([], ["Ferries"])


def test_an_earlier_record_in_another_theme_refutes_new():
    courts = theme("Courts", COURTS_4, COURTS_3, COURTS_TB, FERRIES_3)
    records = [FERRIES_4, FERRIES_3, COURTS_4, COURTS_3, COURTS_TB]
    made = seen(FERRIES, courts, records=records)
    assert made.history()["What is new in the files imported"] == {}


@pytest.mark.parametrize(("relation", "refuted"), [("convergence", True), ("related", True)])
def test_a_link_refutes_that_only_the_upr_raised_it(relation, refuted):
    courts = theme("Courts", COURTS_4, COURTS_3, COURTS_TB, PIERS)
    records = [FERRIES_4, COURTS_4, COURTS_3, COURTS_TB, PIERS]
    link = convergence(PIERS, FERRIES_4, 0.5, "", 0, relation)
    made = seen(FERRIES, courts, records=records, convergences=[link])
    assert ("Ferries" not in made.gaps()[1]) is refuted


def test_a_rejected_link_refutes_nothing():
    courts = theme("Courts", COURTS_4, COURTS_3, COURTS_TB, PIERS)
    records = [FERRIES_4, COURTS_4, COURTS_3, COURTS_TB, PIERS]
    link = convergence(PIERS, FERRIES_4, 0.5, "reject")
    made = seen(FERRIES, courts, records=records, convergences=[link])
    assert made.gaps()[1] == ["Ferries"]


def test_a_theme_of_treaty_bodies_alone_is_a_gap_until_a_state_speaks_of_it():
    piers = theme("Piers", PIERS)
    made = seen(piers, COURTS, records=[PIERS, COURTS_4, COURTS_3, COURTS_TB])
    assert made.gaps()[0] == ["Piers"]
    spoken = upr("110.3", "4", "Light the piers", ("FRA",), "noted")
    courts = theme("Courts", COURTS_4, COURTS_3, COURTS_TB, spoken)
    made = seen(piers, courts, records=[PIERS, spoken, COURTS_4, COURTS_3, COURTS_TB])
    assert made.gaps()[0] == []
