"""What the portal's search compares, and that its index holds what the records hold."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_state import ARABIC, RECORDS, made_up

from linker.documents.inputs import Options
from linker.documents.site.published import publication
from linker.documents.site.search_index import index
from linker.documents.site.words import shard, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prisons, policies & buses", ["prison", "policy", "buse"]),
        ("Protéger les ENFANTS", ["proteger", "les", "enfant"]),
        ("140.12 (cycle 4)", ["140", "12", "cycle", "4"]),
        ("status, class, species", ["status", "class", "specy"]),
        ("禁止儿童婚姻", ["禁止", "止儿", "儿童", "童婚", "婚姻"]),
        ("__proto__ constructor", ["proto", "constructor"]),
        ("", []),
    ],
)
def test_words(text, found):
    assert words(text) == found


@given(st.text())
def test_no_text_makes_an_empty_word_or_a_name_that_no_file_can_have(text):
    for word in words(text):
        assert word
        assert re.fullmatch(r"[a-z]|0|u[0-9a-f]{1,4}", shard(word)), word


def test_every_word_of_every_record_is_in_the_index():
    made = publication(made_up(), Options())
    files = {
        name: json.loads(content.decode().partition(",")[2][:-3])
        for name, content in index(made)
        if name.startswith("search/words-")
    }
    assert "search/words-u6.js" in files
    for number, one in enumerate(made.records):
        for word in words(one.record.text):
            steps, _ = files[f"search/words-{shard(word)}.js"][word]
            held = {sum(steps[: n + 1]) for n in range(len(steps))}
            assert number in held, (word, one.record.id)
    assert any(one.record.text == ARABIC for one in made.records)
    assert len(made.records) == len(RECORDS)
