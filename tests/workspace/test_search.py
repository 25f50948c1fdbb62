"""Searching: what says it and what means it, whatever the order of the records."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.index import VectorIndex
from linker.reading.reader import Reader
from linker.reading.record_reading import read
from linker.records.asks import asks
from linker.records.record import Record
from linker.vocabulary.text import fold
from linker.workspace import search as searching
from linker.workspace.ask_indices import asks_of, reading_key
from linker.workspace.search_corpus import Within
from linker.workspace.search_shard import Shard

TEXTS = (
    "Raise the minimum age of marriage to 18",
    "Put an end to child marriage and investigate all cases of it",
    "Reduce prison overcrowding",
    "Ratify the Convention against Torture",
)


def search(text, records, encoder, reader, limit=20):
    by_id = {record.id: record for record in records}
    within = Within((Shard.of(records, encoder, reader),), lambda ids: by_id)
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


def looked_through(text, records, encoder):
    """What a search finds, worked out by reading every record: id, meaning, words, best first."""
    query, phrase = encoder.encode([text])[0], fold(text)
    found = []
    for record in records:
        parts = encoder.encode([ask.text for ask in read(record).asks])
        padded = f" {fold(f'{record.id} {record.label} {record.text}')} "
        words = [f" {word} " in padded for word in set(phrase.split())]
        share = 2.0 if phrase in padded else sum(words) / len(words)
        found.append((record.id, float(np.max(parts @ query)), share))
    score = dict.fromkeys((one[0] for one in found), 0.0)
    for column in (1, 2):
        ranked = sorted((one for one in found if column == 1 or one[2]), key=lambda one: one[0])
        ranked.sort(key=lambda one: round(-one[column], 6))
        for rank, one in enumerate(ranked, 1):
            score[one[0]] += 1 / (searching.FUSION + rank)
    return sorted(found, key=lambda one: (-score[one[0]], one[0]))


@pytest.mark.parametrize(
    "text", ["minimum age of marriage", "prison", "the convention aga", "1 to"]
)
def test_the_shards_answer_as_looking_through_every_record_does(text, encoder):
    pairs = [f"{one}. {other}" for one in TEXTS for other in TEXTS if one != other]
    records = made([*TEXTS, *pairs])
    by_id = {record.id: record for record in records}
    shards = [Shard.of(records[n::3], encoder, Reader()) for n in range(3)]
    within = Within(tuple(shards), lambda ids: by_id)
    found = searching.search(text, within, encoder, Reader(), 9)
    wanted = looked_through(text, records, encoder)
    assert [one.record.id for one in found] == [one[0] for one in wanted[:9]]
    assert [one.words for one in found] == [min(1, one[2]) for one in wanted[:9]]
    assert [one.meaning for one in found] == pytest.approx([one[1] for one in wanted[:9]], abs=1e-6)


NEAR = st.sampled_from([-1.0, -0.5, -0.0, 0.0, 0.25, 0.5, float(np.nextafter(np.float32(0.5), 1))])
SAID = st.sampled_from([0.0, 1 / 6, 0.5, 1.0, 2.0])


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(NEAR, SAID), min_size=1, max_size=300), st.integers(0, 9), st.randoms())
def test_the_best_are_those_of_ranking_all(pairs, limit, chance):
    meaning = np.array([near for near, _ in pairs], dtype=np.float32)
    words = np.array([said for _, said in pairs])
    place = np.array(chance.sample(range(999), len(pairs)), dtype=np.intp)
    rows = range(len(pairs))
    near = sorted(rows, key=lambda row: (-meaning[row], place[row]))
    said = sorted(rows, key=lambda row: (-words[row], place[row]))
    score = {
        row: 1.0 / (searching.FUSION + 1 + near.index(row))
        + (1.0 / (searching.FUSION + 1 + said.index(row)) if words[row] else 0.0)
        for row in rows
    }
    wanted = sorted(rows, key=lambda row: (-score[row], place[row]))[:limit]
    found, scores = searching._fused(meaning, words, place, limit)
    assert found.tolist() == wanted
    assert scores.tolist() == [score[row] for row in wanted]


def test_of_some_records_meaning_and_words_are_those_of_all(encoder):
    records = made([f"{one}. {other}" for one in TEXTS for other in TEXTS])
    covered = {record.id: reading_key(record) for record in records[:9]}
    index = VectorIndex(encoder.dimension, encoder.checksum)
    known = asks_of([*records[:9], Record(id="gone", state="VCT", text="Plant trees")])
    index.add([*known], encoder.encode([*known.values()]))
    shard = Shard.of(records, encoder, Reader(), index, covered)
    text = "minimum age of marriage"
    query, every = encoder.encode([text])[0], np.arange(len(records))
    near, said = shard.meaning(query, every), shard.words(text, text, every)
    whole = [max(encoder.encode([ask.text for ask in read(one).asks]) @ query) for one in records]
    assert near.tolist() == pytest.approx(whole, abs=1e-6)
    for rows in (every[:0], every[2:3], every[::5], every[::2], every[7:11], every[1:]):
        assert shard.meaning(query, rows).tobytes() == near[rows].tobytes()
        assert shard.words(text, text, rows).tolist() == said[rows].tolist()
