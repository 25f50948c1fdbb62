"""Words that a hyphen breaks at the end of a line become what they are."""

import pytest

from linker.encoding.word_list import common_words
from linker.records.importers.un.broken_words import joined, whole_words


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("a law on vio-", "lence against", "violence"),
        ("its Op-", "tional Protocol", "Optional"),
        ("all child-", "ren of", "children"),
        ("crimi-", "nalise it", "criminalise"),
        ("la violen-", "cia sexual", "violencia"),
        ("des disposi-", "tions prises", "dispositions"),
        ("la légis-", "lation pénale", "législation"),
        ("a long-", "term plan", "long-term"),
        ("same-", "sex couples", "same-sex"),
        ("non-", "governmental bodies", "non-governmental"),
        ("gender-", "based violence", "gender-based"),
        ("a four-", "pronged plan", "four-pronged"),
        ("follow-", "up to", "follow-up"),
        ("peut-", "être un", "peut-être"),
        ("celles-", "ci sont", "celles-ci"),
    ],
)
def test_the_hyphen_goes_or_stays(first, second, word):
    text = joined(first, second, whole_words([first, second]))
    assert text is not None
    assert (text + second).split()[-len(second.split())] == word


def test_the_document_itself_tells_words_that_nobody_knows():
    lines = ["the lighthouse of zuwa-", "bira burns; Zuwabira is dark"]
    assert joined("of zuwa-", "bira", whole_words(lines)) == "of zuwa"
    kept = ["a zuwa and a bira", "zuwa bira zuwa bira", "of zuwa-", "bira"]
    assert joined("of zuwa-", "bira", whole_words(kept)) == "of zuwa-"


@pytest.mark.parametrize(
    ("first", "second"), [("in 2024-", "2026"), ("the Anglo-", "Saxon"), ("it", "is")]
)
def test_what_is_no_broken_word_stays(first, second):
    assert joined(first, second, {}) is None


def test_the_words_at_hand_are_words():
    assert {"optional", "violence", "same"} <= common_words()
    assert not any(word.startswith("##") for word in common_words())
    assert 15_000 < len(common_words()) < 30_000
