from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.records import ids
from linker.records.ids import (
    distinct_ids,
    normalise_paragraph,
    normalise_symbol,
    record_id,
    report_symbol,
    told_apart,
)
from linker.records.record import Record
from linker.vocabulary.text import fold

TEXTS = st.text(min_size=1, max_size=40).filter(str.strip)


@pytest.mark.parametrize(
    ("given_symbol", "symbol"),
    [
        (" crc/c/per/co/6-7 ", "CRC/C/PER/CO/6-7"),
        ("A/HRC/43/15/ADD.1", "A/HRC/43/15/Add.1"),
        ("A / HRC / 43 / 15", "A/HRC/43/15"),
        ("E/C.12/AUS/CO/6, paras. 12-14", "E/C.12/AUS/CO/6"),
        ("A/HRC/43/15/Add.1 - Para.3", "A/HRC/43/15/Add.1"),
        ("CEDAW/C/BRB/CO/5-8; CRC/C/BRB/CO/2", "CEDAW/C/BRB/CO/5-8; CRC/C/BRB/CO/2"),
        ("B/1\nA/1\nb/1", "B/1; A/1"),
        ("- CRC/C/PER/CO/6", "CRC/C/PER/CO/6"),
        ("../../etc/passwd", "/../ETC/PASSWD"),
        ("", ""),
        ("series c  no. 340", "Series C No. 340"),
        ("Application no. 12345/67", "Application No. 12345/67"),
        ("E/C.12/NO/3", "E/C.12/NO/3"),
    ],
)
def test_symbols(given_symbol, symbol):
    assert normalise_symbol(given_symbol) == symbol
    assert normalise_symbol(symbol) == symbol


@pytest.mark.parametrize(
    ("given_paragraph", "paragraph"),
    [("140.10", "140.10"), ("140.1.", "140.1"), ("Para. 21", "21"), (" 12 (a) ", "12 (a)"),
     ("paragraphs 3-4", "3-4"), ("§ 7", "7"), ("", "")],
)  # fmt: skip
def test_paragraphs(given_paragraph, paragraph):
    assert normalise_paragraph(given_paragraph) == paragraph


def test_an_addendum_belongs_to_its_report():
    assert report_symbol("A/HRC/43/15/Add.1") == "A/HRC/43/15"
    assert report_symbol("A/HRC/43/15") == "A/HRC/43/15"


def test_symbol_and_paragraph_are_the_id_whatever_the_text():
    assert record_id("a", symbol="A/HRC/43/15", paragraph="121.11") == "A/HRC/43/15#121.11"
    assert record_id("b", symbol="A/HRC/43/15", paragraph="121.11") == "A/HRC/43/15#121.11"


def test_without_a_paragraph_the_id_is_readable_and_hashed():
    found = record_id("Ratify it", state="KEN", mechanism="UPR", body="UPR", occasion="8")
    assert re.fullmatch(r"UPR/KEN/8#[0-9a-f]{10}", found)
    several = record_id("x", symbol="A/1; B/2", paragraph="3", body="CRC")
    assert re.fullmatch(r"CRC#[0-9a-f]{10}", several)


@given(TEXTS, st.sampled_from(["KEN", "SVN", ""]))
def test_ids_see_through_quotes_case_spaces_and_final_stops(text, state):
    def identity(text):
        return record_id(text, state=state, mechanism="UPR")

    assert identity(text) == identity(f"  {text} .") == identity(fold(text))


@given(TEXTS, TEXTS)
def test_other_texts_have_other_ids(one, other):
    if fold(one) != fold(other):
        assert record_id(one) != record_id(other)


@given(st.lists(TEXTS, min_size=1, max_size=6), st.randoms())
def test_texts_under_one_id_are_told_apart_in_any_order(texts, rng: random.Random):
    records = [Record("A#1", text) for text in texts]
    shuffled = rng.sample(records, len(records))
    one = {(record.id, record.text) for record in distinct_ids(iter(records))}
    assert one == {(record.id, record.text) for record in distinct_ids(iter(shuffled))}
    ids_of = {fold(text): {i for i, t in one if fold(t) == fold(text)} for text in texts}
    assert all(len(ids) == 1 for ids in ids_of.values())
    assert len(set().union(*ids_of.values())) == len(ids_of)
    longest = max(texts, key=lambda text: len(fold(text)))
    assert any(i == "A#1" and len(fold(t)) == len(fold(longest)) for i, t in one)


def test_a_text_told_apart_keeps_its_id():
    record = Record("A#1", "Ratify it")
    assert re.fullmatch(r"A#1~[0-9a-f]{6}", told_apart(record).id)
    records = [record, Record("A#1", "Ratify it and more")]
    assert {r.id for r in distinct_ids(iter(records))} == {"A#1", told_apart(record).id}


def test_records_that_wait_in_a_file_come_back_as_they_were(monkeypatch):
    records = [
        Record("A#1", "Ratify it", year=2019, themes=("a", "b"), extra=(("note", "x"),)),
        Record("A#2", "Amend the Act", recommending_states=("KEN",), sources=("a.csv",)),
        Record("A#1", "Ratify it and more"),
    ]
    in_memory = list(distinct_ids(iter(records)))
    monkeypatch.setattr(ids, "HELD", 1)
    assert list(distinct_ids(iter(records))) == in_memory
    assert in_memory[1:] == records[1:]
