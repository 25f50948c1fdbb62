import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.errors import LinkerError
from linker.index import VectorIndex

MODEL = "0123456789abcdef"


def unit(rows):
    array = np.asarray(rows, dtype=np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def make(names, seed=0):
    index = VectorIndex(4, MODEL)
    index.add(names, unit(np.random.default_rng(seed).normal(size=(len(names), 4))))
    return index


def test_the_nearest_comes_first():
    index = VectorIndex(2, MODEL)
    index.add(["east", "north"], unit([[1, 0], [0, 1]]))
    hits = index.search(unit([[0.9, 0.1]]), 5)[0]
    assert [hit.id for hit in hits] == ["east", "north"]
    assert hits[0].score == pytest.approx(0.9938837, abs=1e-5)


def test_equal_scores_are_answered_by_id_whatever_the_order_of_adding():
    vectors = unit([[1, 0], [1, 0], [1, 0]])
    for names in (["b", "a", "c"], ["c", "b", "a"]):
        index = VectorIndex(2, MODEL)
        index.add(names, vectors)
        assert [hit.id for hit in index.search(unit([[1, 0]]), 3)[0]] == ["a", "b", "c"]


def test_adding_an_id_again_replaces_its_vector():
    index = VectorIndex(2, MODEL)
    index.add(["a"], unit([[1, 0]]))
    index.add(["a"], unit([[0, 1]]))
    assert len(index) == 1
    assert index.search(unit([[0, 1]]), 1)[0][0].score == pytest.approx(1)


@settings(deadline=None, max_examples=40)
@given(
    st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1), min_size=2),
    st.data(),
)
def test_removed_ids_are_gone_and_the_others_stay(names, data):
    names = sorted(names)
    index = make(names)
    before = dict(zip(index.ids, index.vectors, strict=True))
    gone = data.draw(st.sets(st.sampled_from(names)))
    assert index.remove(gone) == len(gone)
    assert index.ids == sorted(set(names) - gone)
    for name, vector in zip(index.ids, index.vectors, strict=True):
        np.testing.assert_array_equal(vector, before[name])


def test_saved_and_loaded_it_is_the_same(tmp_path):
    index = make(["x", "A/HRC/43/15#121.11", "line\u2028separator", "ü"])
    index.save(tmp_path / "one")
    loaded = VectorIndex.load(tmp_path / "one", MODEL)
    assert loaded.ids == index.ids
    np.testing.assert_array_equal(loaded.vectors, index.vectors)
    loaded.save(tmp_path / "two")
    for name in ("index.faiss", "ids.txt", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_index_in_parts_answers_as_a_whole_one(tmp_path, monkeypatch):
    names = [f"{n:04d}" for n in range(250)]
    whole = make(names)
    queries = unit(np.random.default_rng(1).normal(size=(40, 4)))
    expected = whole.search(queries, 30)
    monkeypatch.setattr("linker.index.PART", 64)
    parts = make(names)
    assert len(parts._parts) == 4
    assert parts.search(queries, 30) == expected
    np.testing.assert_array_equal(parts.vectors, whole.vectors)
    parts.save(tmp_path)
    assert VectorIndex.load(tmp_path, MODEL).search(queries, 30) == expected
    parts.remove(names[10:])
    assert sorted(hit.id for hit in parts.search(queries[:1], 99)[0]) == names[:10]


def test_an_index_of_another_model_is_refused(tmp_path):
    make(["a"]).save(tmp_path)
    with pytest.raises(LinkerError, match="made by model 0123456789abcdef, the encoder in use is"):
        VectorIndex.load(tmp_path, "another")


@pytest.mark.parametrize("name", ["index.faiss", "ids.txt"])
def test_an_altered_file_is_refused(tmp_path, name):
    make(["a", "b"]).save(tmp_path)
    path = tmp_path / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(LinkerError, match=f"{name}: missing or altered"):
        VectorIndex.load(tmp_path, MODEL)


def test_a_folder_without_index_says_so(tmp_path):
    with pytest.raises(LinkerError, match="no index here"):
        VectorIndex.load(tmp_path, MODEL)


def test_the_manifest_can_be_read_by_a_person(tmp_path):
    make(["a", "b"]).save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["model"], manifest["vectors"], manifest["dimension"]) == (MODEL, 2, 4)


@pytest.mark.parametrize(
    ("names", "rows", "message"),
    [
        (["a"], [[1, 0, 0]], r"must have shape \(1, 4\), got \(1, 3\)"),
        (["a", "a"], [[1, 0, 0, 0]] * 2, "unique"),
        (["a\nb"], [[1, 0, 0, 0]], "line breaks"),
        (["a"], [[2, 0, 0, 0]], "length 1, got 2.000"),
    ],
)
def test_what_does_not_fit_is_refused(names, rows, message):
    with pytest.raises(LinkerError, match=message):
        VectorIndex(4, MODEL).add(names, np.array(rows, dtype=np.float32))


def test_an_empty_index_answers_with_nothing():
    assert VectorIndex(2, MODEL).search(unit([[1, 0]]), 3) == [[]]
