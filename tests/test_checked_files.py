"""Files of caches: arrays in one file, and what was altered is noticed."""

import json
import os

import numpy as np
import pytest

from linker.array_file import load_arrays, save_arrays
from linker.checked_files import CHECKED, check
from linker.errors import LinkerError

ARRAYS = {
    "bytes": np.frombuffer(b"abc", np.uint8),
    "none": np.array([], dtype=np.int32),
    "numbers": np.arange(100, dtype=np.int32)[::2],
    "halves": np.linspace(0, 1, 7, dtype=np.float32),
}


@pytest.fixture
def file(tmp_path):
    save_arrays(tmp_path / "some.arrays", {"key": {"a": "é\n"}}, ARRAYS)
    return tmp_path / "some.arrays"


def aged(file, seconds=60):
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns - seconds * 10**9))


def test_arrays_come_back_as_they_were_and_cannot_be_written_to(file):
    about, arrays = load_arrays(file)
    assert about == {"key": {"a": "é\n"}}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in arrays.items():
        assert array.dtype == ARRAYS[name].dtype
        assert array.tolist() == ARRAYS[name].tolist()
    with pytest.raises(ValueError, match="read-only"):
        arrays["numbers"][0] = 1


def test_who_holds_a_file_keeps_it_when_it_is_replaced(file):
    _, before = load_arrays(file)
    save_arrays(file, {}, {"numbers": np.zeros(3)})
    assert before["numbers"].tolist() == list(range(0, 100, 2))


@pytest.mark.parametrize("old", [False, True])
def test_each_altered_byte_is_noticed(file, old):
    whole = file.read_bytes()
    if old:
        aged(file)
    load_arrays(file)
    assert (file.parent / CHECKED).is_file() == old
    for place in (0, 5, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(LinkerError, match=r"missing or altered"):
            load_arrays(file)
    for damaged in (b"", whole[:-1], whole[: len(whole) // 3], whole + b"x"):
        file.write_bytes(damaged)
        with pytest.raises(LinkerError, match=r"missing or altered"):
            load_arrays(file)
    file.unlink()
    with pytest.raises(LinkerError, match="missing"):
        load_arrays(file)


def test_a_file_that_was_found_right_is_read_again_only_when_it_was_touched(file, monkeypatch):
    aged(file)
    load_arrays(file)
    monkeypatch.setattr("hashlib.file_digest", None)
    load_arrays(file)
    aged(file, 1)
    with pytest.raises(LinkerError, match="callable"):
        load_arrays(file)


@pytest.mark.parametrize("said", ["[]", "{", '{"a": 1}', json.dumps({"a": ["x"]})])
def test_notes_that_are_damaged_are_as_none(tmp_path, said):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / CHECKED).write_text(said)
    with pytest.raises(LinkerError, match="altered"):
        check(tmp_path / "a", "0" * 64)
