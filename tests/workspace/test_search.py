"""Searching: what says it and what means it, whatever the order of the records."""

import pytest

from linker.reading.reader import Reader
from linker.records.asks import asks
from linker.records.record import Record
from linker.workspace import search as searching
from linker.workspace.search_corpus import Corpus, Within

TEXTS = (
    "Raise the minimum age of marriage to 18",
    "Put an end to child marriage and investigate all cases of it",
    "Reduce prison overcrowding",
    "Ratify the Convention against Torture",
)


def search(text, records, encoder, reader, limit=20):
    within = Within((Corpus.of(records, encoder, reader),))
    return searching.search(text, within, encoder, reader, limit)


def made(texts):
    return [
        Record(id=f"{n:02d}", state="VCT", mechanism="UPR", text=text)
        for n, text in enumerate(texts)
    ]


def test_the_literal_phrase_comes_first_and_what_means_it_next(encoder):
    found = search("minimum age of marriage", made(TEXTS), encoder, Reader())
    assert [(f.record.text, f.words) for f in found[:2]] == [(TEXTS[0], 1.0), (TEXTS[1], 0.5)]
    assert [f.record.id for f in search("jail", made(TEXTS), encoder, Reader(), limit=1)] == ["02"]


def test_meaning_is_the_cosine_with_the_nearest_ask(encoder):
    query = encoder.encode(["forced weddings"])[0]
    for found in search("forced weddings", made(TEXTS), encoder, Reader()):
        parts = encoder.encode([part.text for part in asks(found.record.text)])
        assert found.meaning == pytest.approx(max(parts @ query), abs=1e-6)


def test_neither_the_order_of_records_nor_repeated_texts_show_but_by_id(encoder):
    records = made(TEXTS * 9)
    found = search("overcrowded cells", records, encoder, Reader(), limit=30)
    assert found == search("overcrowded cells", records[::-1], encoder, Reader(), limit=30)
    same = [f for f in found if f.record.text == TEXTS[2]]
    assert len({f.meaning for f in same}) == 1
    assert [f.record.id for f in same] == [f"{n:02d}" for n in range(2, 36, 4)]


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_asked_or_nowhere_to_look_finds_nothing(encoder, text):
    assert search(text, made(TEXTS), encoder, Reader()) == []
    assert search("prison", [], encoder, Reader()) == []


def test_a_text_of_punctuation_alone_finds_every_record(encoder):
    assert len(search(".", made(TEXTS), encoder, Reader())) == len(TEXTS)
