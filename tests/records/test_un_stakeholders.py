"""Summaries of stakeholders' submissions: made ones, and real ones where they are."""

from __future__ import annotations

import pytest
from made_documents import silent

from linker.records.importers import read_file

SUMMARY = """\
United Nations   A/HRC/WG.6/35/KIR/3
General Assembly   Distr.: General
3 March 2020
Original: English

Human Rights Council
Working Group on the Universal Periodic Review
Thirty-fifth session

Summary of stakeholders’ submissions on Kiribati*

I.   Background

1.   The present report is a summary of five stakeholders’ submissions.1

II.   Information provided by the national human rights institution

2.   The Human Rights Commission of Kiribati (HRCK) recommended that Kiribati paint the pier.2

III.   Information provided by other stakeholders

A.   Harbours

3.   Lamp Friends (LF) noted that lamps were dark. JS1 and LF recommended that Kiribati light
them.3 In 2019, it called on Kiribati to keep spare lamps.4

4.   Kiribati encouraged nobody, JS2 reported.5

5.   Island Watch said nothing. However, CoE-GRETA stated that Kiribati should count its boats.6
It urged the Government to publish the count.7 Joint Submission 2 (JS2) urged it to count canoes.8

Notes
      1 The stakeholders listed below have contributed information for this summary:
Civil society
Individual submissions:
LF   Lamp Friends, Tarawa (Kiribati);
Joint submissions:
JS1   Joint submission 1 submitted by: Keepers of the Pier; Ferries United; Boats and Nets;
JS2   Joint submission 2 submitted by: Canoe Makers;
National human rights institution:
HRCK   Human Rights Commission of Kiribati, Tarawa (Kiribati);
Regional intergovernmental organization(s):
CoE   Council of Islands, Tarawa (Kiribati).
      2 HRCK, p. 1.
      3 JS1, para. 4. See also LF, p. 2.
      4 Ibid., p. 3.
      5 JS2, p. 1.
      6 CoE-GRETA, p. 4.
      7 Ibid.
      8 JS2, p. 2.
"""


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    path = tmp_path_factory.mktemp("summary") / "a.txt"
    path.write_text(SUMMARY)
    records, notes = read_file(path)
    return list(records), notes


def test_each_recommendation_names_who_made_it(summary):
    found, notes = summary
    assert [(one.paragraph, one.body, one.cites) for one in found] == [
        ("2", "NHRI", "HRCK in A/HRC/WG.6/35/KIR/3, para. 2"),
        ("3", "CSO", "JS1 and LF in A/HRC/WG.6/35/KIR/3, para. 3"),
        ("5", "STK", "CoE-GRETA in A/HRC/WG.6/35/KIR/3, para. 5"),
        ("5", "CSO", "JS2 in A/HRC/WG.6/35/KIR/3, para. 5"),
    ]
    assert {(one.mechanism, one.state) for one in found} == {("SUB", "KIR")}
    assert silent(notes).startswith("2 paragraphs recommend nothing")


def test_short_names_are_spelled_out(summary):
    first, second, *_ = summary[0]
    assert dict(first.extra)["submitted_by"].startswith("HRCK: Human Rights Commission of Kiribati")
    assert dict(second.extra)["submitted_by"] == (
        "JS1: Keepers of the Pier; LF: Lamp Friends, Tarawa (Kiribati)"
    )
    assert dict(second.extra)["footnotes"] == "JS1, para. 4. See also LF, p. 2. || JS1, p. 3."


def test_each_has_its_own_sentences(summary):
    assert summary[0][2].text == (
        "Island Watch said nothing. However, CoE-GRETA stated that Kiribati should count its "
        "boats. It urged the Government to publish the count."
    )
    assert summary[0][3].text == "Joint Submission 2 (JS2) urged it to count canoes."


@pytest.mark.parametrize(
    ("name", "least", "named"),
    [
        ("slovenia_documents/A_HRC_WG.6_7_SVN_3.pdf", 20, "SRI"),
        ("slovenia_documents/A_HRC_WG.6_20_SVN_3.pdf", 30, "CoE-GRETA"),
        ("slovenia_documents/A_HRC_WG.6_34_SVN_3.pdf", 35, "JS1"),
        ("slovenia/A_HRC_WG.6_48_SVN_3_stakeholders_2024.txt", 40, "LEGEBITRA"),
        ("parallel/A_HRC_WG.6_34_ITA_3.en.pdf", 35, "ASSO21"),
    ],
)
def test_real_summaries(corpora, name, least, named):
    path = corpora / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    found = list(read_file(path)[0])
    assert len({one.paragraph for one in found}) >= least
    assert all(one.mechanism == "SUB" and one.state and one.cites for one in found)
    assert any(one.cites.startswith(f"{named} ") for one in found)


def test_a_russian_summary_gives_the_paragraphs_that_the_english_one_gives(corpora):
    found = {}
    for language in ("en", "ru"):
        records, _ = read_file(corpora / f"parallel/A_HRC_WG.6_34_ITA_3.{language}.pdf")
        found[language] = {one.paragraph for one in records}
        if language == "ru":
            assert {one.symbol for one in records} <= {"A/HRC/WG.6/34/ITA/3"}
    both = found["en"] & found["ru"]
    assert len(both) >= 0.8 * len(found["en"])
    assert len(both) >= 0.95 * len(found["ru"])
