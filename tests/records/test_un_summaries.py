"""Compilations of UN information: made ones, and real ones where they are."""

from __future__ import annotations

import csv

import pytest
from made_documents import p, silent, word

from linker.records.importers import read_file
from linker.records.importers.un.endnotes import without_ibid

HEAD = """\
United Nations   A/HRC/WG.6/35/KIR/2
General Assembly   Distr.: General
3 March 2020
Original: English

Human Rights Council
Working Group on the Universal Periodic Review
Thirty-fifth session

Kiribati

Compilation of information prepared by the Office of the High Commissioner

I.   Background

1.   The present report was prepared for the review, in a summarized manner, as the rules ask.

"""
COMPILATION = (
    HEAD
    + """\
II.   Harbours and lighthouses1

2.   The Committee on the Rights of the Child was concerned that 12 lamps were dark.2 It recommended
that Kiribati light every lamp by 2024.3 The Human Rights Committee urged Kiribati to mend the
pier.4

3.   Kiribati noted that it had encouraged all keepers to read.5

4.   The same Committee stated that keepers should be paid.6

      1.   Ferries and boats

5.   The Committee against Torture and the Committee on the Rights of the Child recommended that
Kiribati free the ferrymen.7

6.   The Special Rapporteur on the human right to water observed dry wells. She called on the
Government to dig deeper ones.8 UNHCR invited Kiribati to open the port.9

7.   It was recommended that Kiribati sign the treaty on wells.10

Notes
      1 For relevant recommendations, see A/HRC/29/5, paras. 84.1 and 84.2.
      2 CRC/C/KIR/CO/2, para. 10. See also CAT/C/KIR/CO/1, para. 4.
      3 Ibid., para. 11 (a).
      4 CCPR/C/KIR/CO/1, paras. 3 and 4.
      5 CCPR/C/KIR/CO/1/Add.1, p. 2.
      6 CCPR/C/KIR/CO/1, para. 9.
      7 CAT/C/KIR/CO/1, para. 5 and CRC/C/KIR/CO/2, para. 20.
      8 A/HRC/41/30/Add.1, para. 70.
      9 UNHCR submission for the universal periodic review of Kiribati, p. 3.
      10 CEDAW/C/KIR/CO/3, para. 2.
"""
)


def read(folder, text, name="document.txt"):
    path = folder / name
    path.write_text(text)
    records, notes = read_file(path)
    return list(records), notes


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    records, _ = read(tmp_path_factory.mktemp("compiled"), COMPILATION)
    return records


def test_a_record_for_each_body_that_recommends(compiled):
    assert [(one.paragraph, one.body, one.mechanism) for one in compiled] == [
        ("2", "CRC", "TB"),
        ("2", "CCPR", "TB"),
        ("4", "CCPR", "TB"),
        ("5", "CAT", "TB"),
        ("5", "CRC", "TB"),
        ("6", "SP", "SP"),
        ("6", "UN entities", "SUB"),
        ("7", "CEDAW", "TB"),
    ]
    assert len({one.id for one in compiled}) == len(compiled)
    assert {(one.state, one.symbol) for one in compiled} == {("KIR", "A/HRC/WG.6/35/KIR/2")}


def test_each_body_has_its_own_sentences_without_the_marks_of_notes(compiled):
    assert compiled[0].text == (
        "The Committee on the Rights of the Child was concerned that 12 lamps were dark. It "
        "recommended that Kiribati light every lamp by 2024."
    )
    assert compiled[1].text == "The Human Rights Committee urged Kiribati to mend the pier."


def test_the_original_is_what_is_cited(compiled):
    assert [one.cites for one in compiled] == [
        "CRC/C/KIR/CO/2, para. 10; CRC/C/KIR/CO/2, para. 11 (a)",
        "CCPR/C/KIR/CO/1, paras. 3 and 4",
        "CCPR/C/KIR/CO/1, para. 9",
        "CAT/C/KIR/CO/1, para. 5",
        "CRC/C/KIR/CO/2, para. 20",
        "A/HRC/41/30/Add.1, para. 70",
        "UNHCR in A/HRC/WG.6/35/KIR/2, para. 6",
        "CEDAW/C/KIR/CO/3, para. 2",
    ]


def test_the_nearest_heading_is_the_theme(compiled):
    assert [one.heading for one in compiled[2:4]] == [
        "Harbours and lighthouses",
        "Ferries and boats",
    ]
    assert compiled[0].themes == ("Harbours and lighthouses",)


def test_what_recommends_nothing_is_counted(tmp_path):
    _, notes = read(tmp_path, COMPILATION)
    assert silent(notes).startswith("2 paragraphs recommend nothing")


def test_ibid_is_the_source_of_the_note_before():
    assert without_ibid({
        "1": "CAT/C/XVM/CO/2, para. 9. See also CRC/C/XVM/CO/1, para. 3.",
        "2": "Ibid., para. 10.",
        "3": "Ibid.",
        "4": "UNHCR submission, p. 3.",
        "5": "Ibid., p. 4.",
    }) == {
        "1": "CAT/C/XVM/CO/2, para. 9. See also CRC/C/XVM/CO/1, para. 3.",
        "2": "CAT/C/XVM/CO/2, para. 10.",
        "3": "CAT/C/XVM/CO/2, para. 10.",
        "4": "UNHCR submission, p. 3.",
        "5": "UNHCR submission, p. 4.",
    }  # fmt: skip


def test_ibid_is_of_the_body_that_speaks():
    noted = {"1": "CAT/C/XVM/CO/2, para. 9. See also CRC/C/XVM/CO/1, para. 3.", "2": "Ibid., p. 4."}
    fits = {"2": "CRC/C/XVM/CO/1"}
    resolved = without_ibid(noted, lambda name, symbol: fits.get(name) == symbol)
    assert resolved["2"] == "CRC/C/XVM/CO/1, p. 4."


def test_notes_are_taken_in_the_order_of_their_numbers():
    noted = without_ibid({"e10": "Ibid., para. 8.", "*": "Late.", "e9": "CRC/C/XVM/CO/1, para. 3."})
    assert noted == {
        "e10": "CRC/C/XVM/CO/1, para. 8.",
        "*": "Late.",
        "e9": "CRC/C/XVM/CO/1, para. 3.",
    }


REAL = [
    ("slovenia/A_HRC_WG.6_34_SVN_2_UN_compilation_2019.txt", "A/HRC/WG.6/34/SVN/2"),
    ("slovenia_documents/A_HRC_WG.6_34_SVN_2.pdf", "A/HRC/WG.6/34/SVN/2"),
    ("slovenia/A_HRC_WG.6_48_SVN_2_UN_compilation_2024.txt", "A/HRC/WG.6/48/SVN/2"),
]


@pytest.mark.parametrize(("name", "symbol"), REAL)
def test_real_compilations_by_their_reference(corpora, name, symbol):
    """The reference has one body a paragraph and a few that recommend nothing."""
    path = corpora / name
    table = corpora / "un_compilations" / "tb_sp_recommendations_summarised.csv"
    if not path.exists() or not table.exists():
        pytest.skip(f"{name} or its reference is not there")
    with table.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["source_document"] == symbol]
    found: dict[str, set[str]] = {}
    cited = {}
    for one in read_file(path)[0]:
        found.setdefault(one.paragraph, set()).add(one.body)
        cited[one.paragraph, one.body] = one.cites
    right = [row for row in rows if row["body"] in found.get(row["paragraph"], ())]
    assert len(right) >= 0.95 * len(rows)
    assert all(
        any(
            symbol in cited[row["paragraph"], row["body"]]
            for symbol in row["source_symbols"].split("; ")
        )
        for row in right
    )


def test_footnotes_of_word_are_the_original(tmp_path):
    mark = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    said = (
        "<w:p><w:r><w:t>2. The Committee against Torture urged Kiribati to mend it.</w:t></w:r>"
        f"{mark.format(2)}<w:r><w:t xml:space='preserve'> It recommended that Kiribati light it."
        f"</w:t></w:r>{mark.format(3)}</w:p>"
    )
    body = "".join(p(line) for line in HEAD.splitlines() if line.strip()) + said
    notes = "".join(
        f"<w:footnote w:id='{number}'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        for number, text in ((2, "CAT/C/KIR/CO/1, para. 5."), (3, "Ibid., para. 6."))
    )
    (one,) = read_file(word(tmp_path / "a.docx", body, footnotes=notes))[0]
    assert one.cites == "CAT/C/KIR/CO/1, para. 5; CAT/C/KIR/CO/1, para. 6"
    assert (one.body, one.state, one.paragraph) == ("CAT", "KIR", "2")
