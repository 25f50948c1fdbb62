"""The shipped SDG index holds exactly what the knowledge says now."""

import numpy as np
import pytest

from linker.encoding.default import default_encoder
from linker.errors import LinkerError
from linker.index import VectorIndex
from linker.sdg.framework import framework
from linker.sdg.graded import graded_texts, indicator_asks, read_graded_texts, read_indicator_asks
from linker.sdg.passages import shipped_passages
from linker.sdg.shipped import build_index, index_folder

STALE = "indices/sdg is stale: run `python -m linker.sdg.build_index`"


@pytest.fixture(scope="module")
def known():
    return shipped_passages()


@pytest.fixture(scope="module")
def shipped():
    return VectorIndex.load(index_folder(), default_encoder().checksum)


def test_the_shipped_index_has_a_vector_for_every_passage(known, shipped):
    assert shipped.ids == [p.id for p in known], STALE


def test_the_shipped_vectors_are_those_of_the_texts(known, shipped):
    """But for the few that come out otherwise on another kind of processor (models/encoder)."""
    rebuilt = build_index(default_encoder(), known)
    same = np.abs(rebuilt.vectors - shipped.vectors).max(axis=1) < 1e-4
    assert same.mean() > 0.8, STALE
    assert np.einsum("ij,ij->i", rebuilt.vectors, shipped.vectors).min() > 0.98, STALE


def test_saving_twice_gives_the_same_bytes(shipped, tmp_path):
    shipped.save(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert (index_folder() / path.name).read_bytes() == path.read_bytes(), path.name


def test_passage_ids_are_unique_and_sorted(known):
    ids = [p.id for p in known]
    assert ids == sorted(set(ids))


def test_every_target_and_indicator_is_there(known):
    for level, kind in (("target", "title"), ("indicator", "indicator-title")):
        codes = {e.code for e in framework().level(level)}
        assert {p.indicator or p.target for p in known if p.kind == kind} == codes


def test_every_indicator_says_what_it_measures_and_no_ask_has_two_roles():
    asked = indicator_asks()
    assert {ask.indicator for ask in asked} == {e.code for e in framework().level("indicator")}
    assert len({(ask.indicator, ask.ask) for ask in asked}) == len(asked)


def test_graded_texts_stand_once_and_speak_for_all_their_targets(known):
    texts = graded_texts()
    assert len({text.text for text in texts}) == len(texts) >= 150
    by_text = {p.text: p.targets for p in known if p.kind == "graded"}
    assert by_text == {text.text: text.targets for text in texts}


@pytest.mark.parametrize(
    ("read", "content", "fault"),
    [
        (read_graded_texts, "text,targets,direct,proxy\nEnd it,5.33,,\n", "row 2: '5.33'"),
        (read_graded_texts, "text,targets,direct,proxy\nEnd it,5.3,5.3,\n", "no indicator"),
        (read_graded_texts, "text,targets\nEnd it,5.3\n", "direct"),
        (read_indicator_asks, "indicator,role,ask\n5.3.1,perhaps,End it\n", "'perhaps'"),
        (read_indicator_asks, "indicator,role,ask\n5.3,direct,End it\n", "no indicator"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, read, content, fault):
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LinkerError, match=fault):
        read(path, framework())
