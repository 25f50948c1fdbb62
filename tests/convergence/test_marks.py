"""Which phrases are marked: the fewest that cost a link most, found by taking them out."""

import time

import numpy as np
import pytest

from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.marks import marks
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.reading.occlusion import (
    MOST,
    Remembering,
    ask_of,
    minimal_rationale,
    with_holes,
    without_spans,
    words_in,
)
from linker.records.asks import cut
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.sdg.marks import sdg_marks
from linker.vocabulary.tokens import tokenise

TEXT = "Ban corporal punishment at home and at school, with a law and with training of parents"


def record(key: str, text: str, mechanism: str = "UPR", body: str = "UPR") -> Record:
    return Record(id=key, text=text, state="KEN", mechanism=mechanism, body=body)


def weighed(*weights: tuple[str, float]):
    """A link whose log-odds are the sum of the weights of the words left in its only text."""

    def left_over(sets):
        odds = [sum(w for word, w in weights if word in with_holes(TEXT, s)) for (s,) in sets]
        return 1 / (1 + np.exp(-np.array(odds, dtype=float)))

    return left_over


def phrase(*words: str):
    return (tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words),)


def chosen(phrases, left_over, most: int = 8) -> list[str]:
    (spans,) = minimal_rationale(phrases, (TEXT,), (most,), left_over)
    return [TEXT[start:end] for start, end in spans]


def test_the_fewest_words_that_cost_most_are_marked():
    phrases = [phrase("corporal punishment"), phrase("school"), phrase("parents"), phrase("law")]
    telling = weighed(("corporal", 3.0), ("parents", 2.0), ("school", 0.2), ("law", 0.0))
    assert chosen(phrases, telling) == ["corporal punishment", "parents"]


def test_never_more_words_than_the_limit():
    phrases = [phrase("corporal punishment"), phrase("school"), phrase("parents")]
    telling = weighed(("corporal", 3.0), ("parents", 2.0), ("school", 1.0))
    assert chosen(phrases, telling, most=2) == ["corporal punishment"]
    assert chosen(phrases, telling, most=3) == ["corporal punishment", "parents"]


def test_words_that_speak_against_a_link_are_not_marked():
    against = weighed(("corporal", 3.0), ("school", -2.0))
    assert chosen([phrase("corporal punishment"), phrase("school")], against) == [
        "corporal punishment",
    ]  # fmt: skip
    assert chosen([], against) == []


def test_holes_leave_no_runs_of_blanks_and_never_nothing():
    assert with_holes("ban it now", [(4, 6)]) == "ban   now"
    assert with_holes("ban it now", [(0, 3), (4, 6), (7, 10)]) == "…"
    assert without_spans(record("a", "ban it"), [(0, 6)]).text == "…"


def test_texts_with_many_holes_are_cut_at_once():
    began = time.perf_counter()
    cut("Ratify the treaty" + " " * 60 + "x and report")
    assert time.perf_counter() - began < 1


def test_trial_texts_do_not_enter_the_cache(tmp_path):
    encoder = CachedEncoder(default_encoder(), tmp_path)
    left = record("a", "The State party should reduce overcrowding in prisons", "TB", "CAT")
    right = record("b", "Tackle prison overcrowding")
    linker = ConvergenceLinker(encoder)
    (link,) = linker.link([left, right])
    sdg = SdgLinker(encoder)
    target = sdg.link([right])[0]
    before = sum(file.stat().st_size for file in tmp_path.glob("*.rows"))
    marks(linker, link, left, right)
    sdg_marks(sdg, target, right)
    assert sum(file.stat().st_size for file in tmp_path.glob("*.rows")) == before


def test_remembering_gives_the_same_vectors():
    plain = default_encoder()
    texts = ["Reduce overcrowding", "Ratify OP-CAT", "Reduce overcrowding"]
    assert np.array_equal(Remembering(plain).encode(texts), plain.encode(texts))
    assert Remembering(plain).encode([]).shape == (0, plain.dimension)


@pytest.mark.parametrize(
    ("text", "target", "word"),
    [
        ("Take steps to end child marriage in rural areas of the country", "5.3", "marriage"),
        ("Provide safe drinking water to every village before the rainy season", "6.1", "water"),
    ],
)
def test_an_sdg_link_is_carried_by_what_the_target_is_about(text, target, word):
    linker = SdgLinker(default_encoder())
    asked = record("a", text)
    link = next(x for x in linker.link([asked]) if x.target == target and not x.indicator)
    spans = sdg_marks(linker, link, asked)
    assert word in " ".join(text[start:end] for start, end in spans)
    assert words_in(text, spans) <= MOST * len(tokenise(text))
    without = linker.chances([with_holes(text, spans)], target)[0]
    assert without < link.probability / 2
    assert linker.chances([text], target)[0] == pytest.approx(link.probability, abs=1e-5)


def test_an_ask_that_a_record_does_not_have_is_its_whole_text():
    assert ask_of(record("a", "Ratify OP-CAT"), 7).text == "Ratify OP-CAT"
