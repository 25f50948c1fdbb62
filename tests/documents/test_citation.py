"""How documents cite: the original, the body once, the States where there is no number."""

import pytest

from linker.documents.citation import name, number, provenance, reference
from linker.records.quoted import mandate, original
from linker.records.record import Record

SUMMARY = "A/HRC/WG.6/40/XVM/2"


def record(**fields) -> Record:
    return Record(**{"id": "x", "text": "Adopt a law on shelters", "state": "XVM", **fields})


@pytest.mark.parametrize(
    ("footnotes", "body", "expected"),
    [
        ("CAT/C/XVM/CO/4, para. 9.", "CAT", "CAT/C/XVM/CO/4, para. 9"),
        ("See CRC/C/XVM/CO/2, paras. 62-63 and CEDAW/C/XVM/CO/5-8, para. 55.", "CEDAW",
         "CEDAW/C/XVM/CO/5-8, para. 55"),
        ("CCPR/C/XVM/CO/3, para. 6. See also CERD/C/XVM/CO/8-11, para. 17", "CERD", ""),
        ("CAT/C/XVM/CO/4 paras. 15 (a) and (b). || CAT/C/XVM/CO/4", "CAT",
         "CAT/C/XVM/CO/4, paras. 15 (a) and (b)"),
        ("A/HRC/52/33/Add.2, paras. 100 and 104 (b) and (c).", "SP",
         "A/HRC/52/33/Add.2, paras. 100 and 104 (b) and (c)"),
        ("E/C.12/XVM/CO/2, para. 30. || A child fund submission, p. 5.", "CESCR",
         "E/C.12/XVM/CO/2, para. 30"),
        ("", "CAT", ""),
        ("Ibid.", "CAT", ""),
    ],
)  # fmt: skip
def test_footnotes_name_the_original_of_the_body_that_spoke(footnotes, body, expected):
    assert original(footnotes, body) == expected


def test_a_mandate_is_named_from_the_text():
    text = "The Special Rapporteur on adequate housing recommended that evictions stop."
    assert mandate(text) == "Special Rapporteur on adequate housing"
    assert mandate("The Special Rapporteur recommended that evictions stop.") == ""
    quoted = record(mechanism="SP", body="SP", symbol=SUMMARY, paragraph="12", text=text)
    assert reference(quoted) == f"Special Rapporteur on adequate housing, in {SUMMARY}, para. 12"


def test_the_original_is_cited_and_the_body_once():
    quoted = {"mechanism": "TB", "body": "CAT", "symbol": SUMMARY, "paragraph": "61"}
    assert reference(record(**quoted)) == f"CAT in {SUMMARY}, para. 61"
    cited = record(**quoted, cites="CAT/C/XVM/CO/4, para. 9")
    assert reference(cited) == number(cited) == "CAT/C/XVM/CO/4, para. 9"
    assert "cited as CAT/C/XVM/CO/4, para. 9" in provenance(cited, named=True)
    assert provenance(cited, named=True).startswith(f"Source: {SUMMARY}, para. 61, CAT")
    own = record(mechanism="TB", body="CESCR", symbol="E/C.12/XVM/CO/2", paragraph="9")
    assert reference(own) == number(own) == "CESCR E/C.12/XVM/CO/2, para. 9"


def test_states_and_words_are_the_name_where_there_is_no_number():
    upr = {"mechanism": "UPR", "body": "UPR", "cycle": "2", "recommending_states": ("DNK",)}
    assert number(record(**upr)) == "UPR cycle 2 (Denmark)"
    assert name(record(**upr)) == "UPR cycle 2 (Denmark): “Adopt a law on shelters”"
    assert name(record(**upr, paragraph="110.10")) == "110.10 (cycle 2)"


def test_where_the_position_was_taken_is_said():
    upr = record(mechanism="UPR", paragraph="1.2", position_source="A/HRC/40/8/Add.1, para. 5")
    assert "position in A/HRC/40/8/Add.1, para. 5" in provenance(upr)
