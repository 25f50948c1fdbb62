"""States, bodies, dates, SDG codes, positions, lists, text."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.records.citing import paragraph_text, upr_text
from linker.records.markup import plain_text
from linker.records.values import (
    position_of,
    sdg_code,
    split_list,
    upr_cycle,
    upr_year,
    whole_number,
)
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code
from linker.vocabulary.states import near_states, state_code, state_name
from linker.vocabulary.text import clean_text, close_gaps, fold, fold_name


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kenya", "KEN"), ("ken", "KEN"), ("KE", "KEN"), (" the  Netherlands ", "NLD"),
     ("Kingdom of the Netherlands", "NLD"), ("COTE D'IVOIRE", "CIV"), ("Côte d’Ivoire", "CIV"),
     ("Venezuela (Bolivarian Republic of)", "VEN"), ("Bolivarian Republic of Venezuela", "VEN"),
     ("Iran, Islamic Republic of", "IRN"), ("Türkiye", "TUR"), ("Turkey", "TUR"),
     ("the former Yugoslav Republic of Macedonia", "MKD"), ("Viet Nam", "VNM"), ("USA", "USA"),
     ("Guinea-Bissau", "GNB"), ("Niger", "NER"), ("Nigeria", "NGA"), ("Atlantis", None), ("", None),
     ("x" * 100_000, None)],
)  # fmt: skip
def test_states(name, code):
    assert state_code(name) == code


def test_state_names_and_near_ones():
    assert state_name("SVN") == "Slovenia"
    assert state_name("Holy Sea") == "Holy Sea"
    assert near_states("Sloveniaa")[0] == "Slovenia"
    assert near_states("y" * 500) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [("CRC", ("CRC", "TB")), ("Committee on the Rights of the Child", ("CRC", "TB")),
     ("committee against torture (CAT)", ("CAT", "TB")), ("Human Rights Committee", ("CCPR", "TB")),
     ("Something new (CEDAW)", ("CEDAW", "TB")), ("UPR", ("UPR", "UPR")),
     ("Special Rapporteur on the right to nowhere", ("SP", "SP")), ("SR Torture", ("SP", "SP")),
     ("Working Group on the Universal Periodic Review", ("UPR", "UPR")), ("Parliament", None)],
)  # fmt: skip
def test_bodies(name, found):
    assert body_code(name) == found


def test_mechanisms_and_symbols():
    assert mechanism_code("Special Procedures") == "SP"
    assert mechanism_code("treaty bodies") == "TB"
    assert mechanism_code("CEDAW") == "TB"
    assert mechanism_code("a court") is None
    assert body_of_symbol("E/C.12/AUS/CO/6") == ("CESCR", "TB")
    assert body_of_symbol("CAT/C/SVN/CO/4") == ("CAT", "TB")
    assert body_of_symbol("CAT/OP/SVN/1") == ("SPT", "TB")
    assert body_of_symbol("A/HRC/43/15") is None
    assert body_of_symbol("CEDAW/C/1; CRC/C/2") is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [("5.2 - End all violence", "5.2"), ("16 - PEACE, JUSTICE", "16"), ("- 16.A - Police", "16.a"),
     ("SDG 5", "5"), ("Target 8.7", "8.7"), ("5.3.1", "5.3.1"), ("08", "8"), ("18 - none", None),
     ("5.2.1.4", None), ("Peace", None), ("2030 Agenda", None), ("0", None)],
)  # fmt: skip
def test_sdg_codes(tag, code):
    assert sdg_code(tag) == code


def test_positions():
    assert position_of("Supported") == "supported"
    assert position_of(" not  SUPPORTED") == "noted"
    assert position_of("Supported/Noted") == "partly supported"
    assert position_of("perhaps") is None


def test_lists_and_numbers():
    assert split_list("a; b;;a") == ("a", "b")
    assert split_list("- Children: definition; principles\n- Health") == (
        "Children: definition; principles", "Health",
    )  # fmt: skip
    assert [whole_number(cell) for cell in ("34.0", "34th session", "Session 34", "34 (2019)")] == [
        "34"
    ] * 4
    assert whole_number("Third cycle") == "3"
    assert whole_number("autumn") == "autumn"


def test_upr_sessions():
    assert [upr_cycle(s) for s in ("1", "12", "13", "26", "27", "40", "41", "55", "56", "x")] == [
        "1", "1", "2", "2", "3", "3", "4", "4", "", "",
    ]  # fmt: skip
    assert (upr_year("1"), upr_year("20"), upr_year("34"), upr_year("48")) == (
        2008, 2014, 2019, 2025,
    )  # fmt: skip
    assert upr_year("99") is None


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")
    assert "\0" not in clean
    assert "  " not in clean


def test_no_control_or_format_character_is_left():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf") and char not in "\n\t\v\f\r\x85":
            assert clean_text(f"a{char}b") == "ab", hex(code)


def test_cleaning_keeps_what_readers_need():
    assert clean_text("a\u200bb\ufeff c\u00add") == "ab cd"
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_text("safe\u202etxt") == "safetxt"
    assert clean_text(" “a” \r\n\r\n ‘b’\tc\ud800") == "“a”\n‘b’ c\ufffd"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold_name(fold_name(text)) == fold_name(text)


def test_stray_spaces_are_closed_and_honest_ones_stay():
    assert close_gaps("Islander peoples and P eoples ’ lands , too") == (
        "Islander peoples and Peoples’ lands, too", 3,
    )  # fmt: skip
    assert close_gaps("supply chain s ; ensure and ensur e ’ s") == (
        "supply chains; ensure and ensure’s", 4,
    )  # fmt: skip
    for honest in ("hepatitis B vaccine", "annex C lists", "article 2 (b) and", "a A a"):
        assert close_gaps(honest) == (honest, 0)


@pytest.mark.parametrize(
    ("html", "text"),
    [("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"), ("a<br/>b", "a\nb"),
     ("x<script>alert(1)</script>y", "xy"), ("x<STYLE>p{}</STYLE >y", "xy"),
     ("<b>bold</b> <i onclick='x'>it</i>", "bold it"), ("the <country> here", "the <country> here"),
     ("under 18 < 20 > 3", "under 18 < 20 > 3"), ("Smith &amp; Co", "Smith & Co"),
     ("a<!-- hidden -->b", "ab"), ("x<script>never closed", "x"), ("R&D", "R&D")],
)  # fmt: skip
def test_html_becomes_text(html, text):
    assert clean_text(plain_text(html)) == text


@pytest.mark.parametrize(
    "piece", ["<a ", "<", "<!--", "<script>", "(a", "(Peru)", "[a", "[Peru]", " ,", "&#"]
)
def test_hostile_texts_take_no_time(piece):
    text = piece * (90_000 // len(piece))
    began = time.process_time()
    clean = close_gaps(clean_text(plain_text(text)))[0]
    upr_text(clean)
    paragraph_text(clean)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "paragraph", "body", "states"),
    [
        ("121.11 Ratify it (Croatia) (Spain);", "121.11", "Ratify it", ("HRV", "ESP")),
        ("140.10Consider it (Iran (Islamic Republic of), Chad).", "140.10", "Consider it",
         ("IRN", "TCD")),
        ("1.2 Do one thing (Ukraine); do another (Slovakia);", "1.2",
         "Do one thing (Ukraine); do another", ("UKR", "SVK")),
        ("1.2 Ratify Convention (No. 189) (Malta)", "1.2", "Ratify Convention (No. 189)", ("MLT",)),
        ("1.2 Ratify the covenant (ICRMW)", "1.2", "Ratify the covenant (ICRMW)", ()),
        ("1.2 Act (Bosnia and Herzegovina and Peru)", "1.2", "Act", ("BIH", "PER")),
        ("1.2 Act (Norway, Holy Empire)", "1.2", "Act", ("NOR", "Holy Empire")),
        ("2030 Agenda: act (Peru)", "", "2030 Agenda: act", ("PER",)),
        ("(Peru)", "", "(Peru)", ("PER",)),
        ("1.2 Act [Italy]", "1.2", "Act", ("ITA",)),
        ("1.2 Act [Peru; Chile];", "1.2", "Act", ("PER", "CHL")),
        ("1.2 Act {Peru} [Chile].", "1.2", "Act", ("PER", "CHL")),
        ("1.2 Act [sic]", "1.2", "Act [sic]", ()),
        ("1.2 Act [Peru and others like it]", "1.2", "Act [Peru and others like it]", ()),
        ("[Italy]", "", "[Italy]", ()),
        ("1.2 ", "1.2", "", ()),
    ],
)  # fmt: skip
def test_upr_texts(text, paragraph, body, states):
    cited = upr_text(text)
    if not body:
        assert cited.text == text
        return
    assert (cited.paragraph, cited.text, cited.recommending_states) == (paragraph, body, states)


@pytest.mark.parametrize(
    ("text", "paragraph", "heading", "body"),
    [
        ("12. The Committee asks", "12", "", "The Committee asks"),
        ("12.The Committee asks", "12", "", "The Committee asks"),
        ("B.Positive aspects\n3.The Committee:\n(a) one", "3", "B.Positive aspects",
         "The Committee:\n(a) one"),
        ("C.\nHealth\n7. Act", "7", "C. / Health", "Act"),
        ("The Committee asks", "", "", "The Committee asks"),
        ("2.5 million people", "", "", "2.5 million people"),
        ("7.", "", "", "7."),
    ],
)  # fmt: skip
def test_paragraph_texts(text, paragraph, heading, body):
    cited = paragraph_text(text)
    assert (cited.paragraph, cited.heading, cited.text) == (paragraph, heading, body)
