from threading import Event, Thread

import numpy as np
import pytest

from linker.encoding.cache import KEY_LENGTH, CachedEncoder
from linker.errors import LinkerError


class Counting:
    """Counts what it encodes; a vector tells its text."""

    name, checksum, dimension = "counting", "0123456789abcdef", 3

    def __init__(self):
        self.encoded = []

    def encode(self, texts, progress=None):
        self.encoded += texts
        vectors = [[len(t), sum(map(ord, t)) % 97, 1] for t in texts]
        array = np.array(vectors, dtype=np.float32).reshape(-1, 3)
        if progress:
            progress(len(texts), len(texts))
        return array / np.linalg.norm(array, axis=1, keepdims=True)


def test_nothing_is_encoded_twice(tmp_path):
    counting = Counting()
    cached = CachedEncoder(counting, tmp_path)
    first = cached.encode(["a", "bb", "a"])
    again = CachedEncoder(counting, tmp_path).encode(["bb", "a", "a"])
    assert counting.encoded == ["a", "bb"]
    np.testing.assert_array_equal(first[[1, 0, 2]], again)


def test_models_do_not_share(tmp_path):
    CachedEncoder(Counting(), tmp_path).encode(["a"])
    other = Counting()
    other.checksum = "fedcba9876543210"
    CachedEncoder(other, tmp_path).encode(["a"])
    assert other.encoded == ["a"]


@pytest.mark.parametrize("cut", [1, 20, 45])
def test_an_interrupted_write_costs_only_its_tail(tmp_path, cut):
    counting = Counting()
    texts = [f"text {n}" for n in range(10)]
    expected = CachedEncoder(counting, tmp_path).encode(texts)
    (torn,) = tmp_path.iterdir()
    torn.write_bytes(torn.read_bytes()[:-cut])
    counting.encoded.clear()
    np.testing.assert_array_equal(CachedEncoder(counting, tmp_path).encode(texts), expected)
    assert 0 < len(counting.encoded) <= 2


def test_two_at_once_do_not_mix_their_rows(tmp_path):
    one, other = CachedEncoder(Counting(), tmp_path), CachedEncoder(Counting(), tmp_path)
    mine, theirs = [f"mine {n}" for n in range(700)], [f"{n} of theirs" for n in range(600)]
    for start in range(0, 700, 100):
        one.encode(mine[start : start + 100])
        other.encode(theirs[start : start + 100])
    silent = Counting()
    read = CachedEncoder(silent, tmp_path).encode(mine + theirs)
    assert silent.encoded == []
    np.testing.assert_array_equal(read, Counting().encode(mine + theirs))
    np.testing.assert_array_equal(one.encode(theirs), Counting().encode(theirs))


def test_no_texts(tmp_path):
    assert CachedEncoder(Counting(), tmp_path).encode([]).shape == (0, 3)


def test_progress_counts_only_what_is_new(tmp_path):
    cached = CachedEncoder(Counting(), tmp_path)
    cached.encode(["a"])
    seen = []
    cached.encode(["a", "b", "c"], lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


def test_a_search_does_not_wait_while_a_build_encodes(tmp_path):
    """The one that encodes slowly holds up nobody, and what both encode is written once."""
    begun, go_on = Event(), Event()

    class Slow(Counting):
        def encode(self, texts, progress=None):
            if "slow" in texts:
                begun.set()
                go_on.wait(30)
            return super().encode(texts, progress)

    cached = CachedEncoder(Slow(), tmp_path)
    build = Thread(target=cached.encode, args=(["slow", "both"],))
    build.start()
    begun.wait(10)
    there = cached.encode(["both", "quick"])
    assert not go_on.is_set()
    go_on.set()
    build.join()
    np.testing.assert_array_equal(cached.encode(["both", "quick"]), there)
    (written,) = tmp_path.glob("*.vectors")
    assert written.stat().st_size == 3 * (KEY_LENGTH + 4 + 3 * 4)


def only_file(folder):
    (path,) = folder.glob("*.vectors")
    return path


DAMAGE = {
    "a bit": lambda content: content[:70] + bytes([content[70] ^ 4]) + content[71:],
    "half a row before the others": lambda content: content[:20] + content,
    "no numbers": lambda content: content.replace(content[36:48], b"\xff\xff\xff\x7f" * 3),
    "zeros": lambda content: b"\0" * len(content),
    "another order": lambda content: content[48:96] + content[:48] + content[96:],
    "vectors exchanged": lambda c: c[:36] + c[84:96] + c[48:84] + c[36:48] + c[96:],
    "cut": lambda content: content[:100],
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.parametrize("opened", ["before", "after"])
def test_damaged_rows_are_told_and_made_again(tmp_path, kind, opened, caplog):
    texts = [f"text {n}" for n in range(5)]
    expected = CachedEncoder(Counting(), tmp_path).encode(texts)
    path = only_file(tmp_path)
    before = CachedEncoder(Counting(), tmp_path)
    path.write_bytes(DAMAGE[kind](path.read_bytes()))
    cached = before if opened == "before" else CachedEncoder(Counting(), tmp_path)
    np.testing.assert_array_equal(cached.encode(texts), expected)
    assert cached.encoder.encoded or kind == "another order"
    np.testing.assert_array_equal(cached.encode(texts), expected)
    np.testing.assert_array_equal(CachedEncoder(Counting(), tmp_path).encode(texts), expected)
    if opened == "before":
        assert "damaged embeddings, made again" in caplog.text


@pytest.mark.parametrize("fitting", range(0, 700, 37))
def test_a_full_disk_is_told_and_spoils_nothing(tmp_path, fitting, full_disk):
    texts, more = [f"text {n}" for n in range(4)], [f"more {n}" for n in range(8)]
    cached = CachedEncoder(Counting(), tmp_path)
    cached.encode(texts)
    with full_disk(fitting), pytest.raises(LinkerError, match="Free some space"):
        cached.encode([*more, *(f"many {n}" for n in range(600))])
    np.testing.assert_array_equal(cached.encode(texts + more), Counting().encode(texts + more))
    anew = CachedEncoder(Counting(), tmp_path)
    np.testing.assert_array_equal(anew.encode(texts + more), Counting().encode(texts + more))
    assert not anew.encoder.encoded


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LinkerError, match="embeddings cannot be kept"):
        CachedEncoder(Counting(), tmp_path / "file" / "embeddings")
