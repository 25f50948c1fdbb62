"""The same input gives the same bytes: in any order, with any hash seed, on one core or two.

Every run is a process of its own, from files to documents. A workspace is told from others by its
first import, so the first file is the same everywhere; the others, and all rows, are shuffled.
"""

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from linker.documents.kinds import KINDS
from linker.paths import data_dir
from tests.conftest import CHECKOUT

EXPORTING = Path(__file__).with_name("exporting.py")
ROWS = 16
"""Of each of the five files of the demonstration State."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def few(folder, shuffle):
    """Write some of the demonstration's rows, in their order or another; return the files."""
    folder.mkdir()
    files = []
    for source in sorted((data_dir() / "sample").glob("*.csv")):
        with source.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows, columns = list(reader)[:ROWS], reader.fieldnames
        file = folder / source.name
        files.append((file, rows, columns))
    first = files[0][0]
    if shuffle is not None:
        order = random.Random(shuffle)
        order.shuffle(files)
        for _, rows, columns in files:
            order.shuffle(rows)
            order.shuffle(columns)
    for file, rows, columns in files:
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows(rows)
    return [first, *(file for file, _, _ in files if file != first)]


def documents(folder, shuffle=None, hash_seed="0", threads=1, second="09:00:01", place=None):
    """Return the bytes of every document by name, made by a process of its own.

    The workspace lies in the folder, or in another place where one is given.

    A document that is a folder stands in it file by file: ``packs.folder/index.xlsx``.
    """
    files = few(folder, shuffle)
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(CHECKOUT)}
    environment |= dict.fromkeys(THREADS, str(threads))
    where = [folder / "documents", str(place or folder / "workspace")]
    subprocess.run(
        [sys.executable, EXPORTING, *where, second, str(threads), *files],
        env=environment,
        check=True,
        timeout=300,
    )
    made = folder / "documents"
    return {
        file.relative_to(made).as_posix(): file.read_bytes()
        for file in sorted(made.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return documents(tmp_path_factory.mktemp("one") / "run")


def test_every_kind_of_document_is_compared(undisturbed):
    assert {name.split(".")[0].split("-")[0] for name in undisturbed} >= set(KINDS)
    assert sum(map(len, undisturbed.values())) > 100_000
    assert undisturbed["links.csv"].count(b"\n") > 100


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            {"hash_seed": "4294967295", "threads": 2, "second": "00:00:00"}, marks=pytest.mark.long
        ),
        {"shuffle": 1, "hash_seed": "1", "threads": 2, "second": "23:59:59"},
    ],
    ids=["hash seed, threads and time of day", "shuffled files, rows and columns too"],
)
def test_the_same_input_gives_the_same_documents(change, undisturbed, tmp_path):
    found = documents(tmp_path / "run", **change)
    assert found.keys() == undisturbed.keys()
    different = [name for name, content in found.items() if content != undisturbed[name]]
    assert not different


@pytest.mark.long
def test_both_kinds_of_store_give_the_same_documents(undisturbed, tmp_path, postgres):
    found = documents(tmp_path / "run", shuffle=2, hash_seed="2", place=postgres())
    assert found.keys() == undisturbed.keys()
    assert not [name for name, content in found.items() if content != undisturbed[name]]
