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


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 60), st.integers(0, 99), st.data())
def test_some_vectors_are_scored_as_all_are_to_the_bit(count, seed, data):
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(count, 384))
    vectors[count // 2 :] = vectors[: count - count // 2]  # the same again …
    vectors[count // 3 :, 0] = np.nextafter(vectors[count // 3 :, 0], 9)  # … and all but the same
    index = VectorIndex(384, MODEL)
    index.add([f"{n:02}" for n in range(count)], unit(vectors))
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1)))), dtype=np.intp)
    query = unit([vectors[0] if seed % 2 else chance.normal(size=384)])[0]
    scores = index.scores(query)
    assert index.scores(query, rows).tobytes() == scores[rows].tobytes()
    assert sorted(scores, reverse=True) == [hit.score for hit in index.search(query, count)[0]]


def test_some_of_more_vectors_than_one_part_holds_are_scored_as_all_are(monkeypatch):
    monkeypatch.setattr("linker.index.PART", 20)
    index = VectorIndex(16, MODEL)
    index.add([f"{n:02}" for n in range(50)], unit(np.random.default_rng(1).normal(size=(50, 16))))
    query, rows = index.vectors[7], np.array([3, 7, 49])
    assert index.scores(query, rows).tobytes() == index.scores(query)[rows].tobytes()


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


def many(count, seed=0, dimension=16):
    return unit(np.random.default_rng(seed).normal(size=(count, dimension)))


def named(vectors, names=None):
    index = VectorIndex(vectors.shape[1], MODEL)
    index.add(names or [f"{n:04d}" for n in range(len(vectors))], vectors)
    return index


def test_up_to_a_part_vectors_are_held_as_given_and_more_in_halves(monkeypatch, tmp_path):
    monkeypatch.setattr("linker.index.PART", 64)
    vectors = many(65)
    small, large = named(vectors[:64]), named(vectors)
    np.testing.assert_array_equal(small.vectors, vectors[:64])
    np.testing.assert_array_equal(large.vectors, vectors.astype(np.float16))
    assert (small.nbytes, large.nbytes) == (64 * 16 * 4, 65 * 16 * 2)
    for index in (small, large):
        index.save(tmp_path)
        assert (tmp_path / "index.faiss").stat().st_size - index.nbytes < 300
        loaded = VectorIndex.load(tmp_path, MODEL)
        assert (loaded.ids, loaded.nbytes) == (index.ids, index.nbytes)
        np.testing.assert_array_equal(loaded.vectors, index.vectors)


def test_an_index_in_parts_answers_as_an_exact_one_does(monkeypatch):
    vectors, queries = many(250), many(15, seed=1)
    exact = named(vectors)
    monkeypatch.setattr("linker.index.PART", 64)
    parts = named(vectors)
    assert len(parts._parts) == 4
    for found, expected in zip(parts.search(queries, 250), exact.search(queries, 250), strict=True):
        cosines = {hit.id: hit.score for hit in expected}
        assert [hit.score for hit in found] == pytest.approx(
            [cosines[hit.id] for hit in found], abs=5e-4
        )
    gone = [f"{n:04d}" for n in range(10, 250)]
    assert parts.remove(gone) == 240
    assert len(parts.search(queries[:1], 99)[0]) == 10


def test_a_large_index_answers_the_same_whatever_the_order_of_adding(monkeypatch):
    monkeypatch.setattr("linker.index.PART", 64)
    vectors, queries = many(150), many(5, seed=1)
    names = [f"{n:04d}" for n in range(150)]
    expected = named(vectors).search(queries, 30)
    backwards = named(vectors[::-1], names[::-1])
    grown = named(vectors[90:120], names[90:120])
    grown.add(["gone", *names[:100]], np.concatenate([vectors[149:], vectors[:100]]))
    grown.remove(["gone"])
    grown.add(names[100:], vectors[100:])
    for index in (backwards, grown):
        assert index.ids == names
        assert index.search(queries, 30) == expected


def test_a_large_index_saved_in_single_precision_still_loads(monkeypatch, tmp_path):
    index = named(many(150))
    index.save(tmp_path)
    monkeypatch.setattr("linker.index.PART", 64)
    loaded = VectorIndex.load(tmp_path, MODEL)
    np.testing.assert_array_equal(loaded.vectors, index.vectors.astype(np.float16))
    assert loaded.nbytes == index.nbytes / 2


@pytest.mark.parametrize("part", [64, 1000])
def test_the_last_of_the_nearest_are_chosen_by_id_among_equals(monkeypatch, part):
    monkeypatch.setattr("linker.index.PART", part)
    vectors = many(12)[np.random.default_rng(2).integers(0, 12, 300)]
    index = named(vectors)
    for query in many(20, seed=1)[:, None]:
        everything = index.search(query, 300)[0]
        assert everything == sorted(everything, key=lambda hit: (-hit.score, hit.id))
        for k in (1, 5, 33, 150):
            assert index.search(query, k)[0] == everything[:k]


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
