"""Reports of special procedures and regional bodies, letters, and questions: made documents."""

from __future__ import annotations

import pytest
from made_documents import silent

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file

MASTHEAD = """\
United Nations   A/HRC/44/41/Add.1
General Assembly   Distr.: General
3 March 2020
Original: English

Human Rights Council
Forty-fourth session

Visit to Kiribati

Report of the Special Rapporteur on the human rights to safe drinking water and sanitation

I.   Introduction

1.   The Special Rapporteur visited Kiribati and recommends nothing in this chapter at all.

II.   Wells and taps

2.   The Government should be proud of its wells, says a proverb of the islands.

"""
VISIT = (
    MASTHEAD
    + """\
III.   Conclusions and recommendations

3.   The wells are old. The Special Rapporteur thanks everybody whom she met there.

4.   The Special Rapporteur recommends that the Government of Kiribati:

(a)   Dig new wells;

(b)   Test the water of old ones.

5.   The Special Rapporteur makes the following recommendations to the municipal authorities:

6.   They should clean the tanks every year, and publish when they did so.

7.   The international community should pay for pumps.
"""
)
ADDRESSED = (
    MASTHEAD
    + """\
III.   Recommendations

A.   To the Government

3.   Dig new wells.

B.   To donors

4.   Pay for pumps, and for those who mend them.

Annex

5.   The Special Rapporteur recommends this annex to readers.
"""
)


def read(folder, text):
    path = folder / "a.txt"
    path.write_text(text)
    records, notes = read_file(path)
    return list(records), notes


def addressees(records):
    return [(one.paragraph, dict(one.extra).get("addressee", "")) for one in records]


def test_recommendations_of_a_visit_keep_whom_they_are_addressed_to(tmp_path):
    found, notes = read(tmp_path, VISIT)
    assert addressees(found) == [
        ("4", "the Government of Kiribati"),
        ("6", "the municipal authorities"),
        ("7", "The international community"),
    ]
    assert found[0].text.endswith(":\n(a) Dig new wells;\n(b) Test the water of old ones.")
    assert {(one.state, one.mechanism, one.body, one.symbol) for one in found} == {
        ("KIR", "SP", "SP", "A/HRC/44/41/Add.1")
    }
    assert dict(found[0].extra)["mandate"].startswith("Special Rapporteur on the human rights to")
    assert silent(notes).startswith("4 paragraphs recommend nothing")


def test_headings_say_whom_recommendations_are_addressed_to(tmp_path):
    found, _ = read(tmp_path, ADDRESSED)
    assert addressees(found) == [("3", "the Government"), ("4", "donors")]
    assert [one.text for one in found] == [
        "Dig new wells.",
        "Pay for pumps, and for those who mend them.",
    ]


REGIONAL = """\
Council of Europe

European Commission against Racism and Intolerance

ECRI report on Malta (sixth monitoring cycle)

Adopted on 4 March 2020

I. Effective equality

1. The islands have one school for all children, which ECRI visited in the rain.

2. ECRI recommends that the authorities open a second school.

3. The roof leaks. ECRI strongly encourages the authorities to mend it.
"""


def test_a_regional_report_is_read_by_its_numbers(tmp_path):
    found, _ = read(tmp_path, REGIONAL)
    assert [(one.paragraph, one.mechanism, one.body, one.state) for one in found] == [
        ("2", "REG", "ECRI", "MLT"),
        ("3", "REG", "ECRI", "MLT"),
    ]


LETTER = """\
HIGH COMMISSIONER FOR HUMAN RIGHTS

3 March 2020

Excellency,

I have the honour to refer to the third cycle review of Kiribati by the Universal Periodic Review
Working Group. Kiribati should keep this letter in a dry place.

Please accept, Excellency, the assurances of my highest consideration.

Observations in light of the outcome of the third cycle of the Universal Periodic Review

The new lamps are welcome.

Kiribati is encouraged to light the lamps along the
Northern Pier, and is also invited to mend it.
"""


def test_the_observations_of_a_letter_are_recommendations_of_ohchr(tmp_path):
    found, notes = read(tmp_path, LETTER)
    (one,) = found
    assert one.text == (
        "Kiribati is encouraged to light the lamps along the Northern Pier, and is also invited to "
        "mend it."
    )
    assert (one.state, one.mechanism, one.body, one.cycle, one.date) == (
        "KIR",
        "SUB",
        "OHCHR",
        "3",
        "2020-03-03",
    )
    assert one.label == "High Commissioner’s letter, UPR cycle 3"
    assert notes.counts["told", "recommends nothing"] == 1


def test_questions_are_refused_with_a_sentence(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("ADVANCE QUESTIONS TO KIRIBATI\n\nFIJI\n\nWhen will the pier be painted?\n")
    with pytest.raises(ImportRefused, match="list of questions submitted in advance"):
        list(read_file(path)[0])


def test_the_real_letter(corpora):
    path = corpora / "slovenia" / "session48-hc-letter-republic-slovenia-eng.txt"
    if not path.exists():
        pytest.skip("the letter is not there")
    found = list(read_file(path)[0])
    assert len(found) == 5
    assert {(one.state, one.body, one.cycle, one.date) for one in found} == {
        ("SVN", "OHCHR", "4", "2025-10")
    }
