"""FAISS holds every ask: written by builds, mapped, checked, made again, read by all."""

import csv
import json

import numpy as np
import pytest

from linker.index import INDEX_FILE, MANIFEST_FILE, VectorIndex
from linker.reading.record_reading import read
from linker.workspace.ask_indices import SEPARATOR
from linker.workspace.workspace import Linker

ROWS = {
    "d1": "Abolish the death penalty",
    "s1": "Build schools for girls; and train teachers in rural areas",
    "t1": "Plant trees along the coast",
}


def add(linker, folder, rows, name="rows.csv"):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "state", "mechanism", "cycle", "text"])
        writer.writerows([key, "XVM", "UPR", "3", text] for key, text in rows.items())
    linker.add([path])


@pytest.fixture
def linker(tmp_path, encoder):
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as opened:
        add(opened, tmp_path, ROWS)
        opened.build()
        yield opened


def folder(linker):
    return linker.folder / "indices" / "XVM"


def held(linker):
    return {
        tuple(name.split(SEPARATOR)[:2])
        for name in VectorIndex.load(folder(linker), linker.encoder.checksum).ids
    }


def asked(linker):
    return {(r.id, str(n)) for r in linker.records() for n in range(len(read(r).asks))}


def test_builds_keep_the_vector_of_every_ask(linker):
    index = linker.indices.of("XVM")
    assert held(linker) == asked(linker)
    texts = {r.id: [ask.text for ask in read(r).asks] for r in linker.records()}
    wanted = linker.encoder.encode(
        [texts[key][int(n)] for key, n in (name.split(SEPARATOR)[:2] for name in index.ids)]
    )
    assert np.array_equal(index.vectors, wanted)


def test_records_that_come_and_change_touch_only_theirs(linker, tmp_path, monkeypatch):
    encoded = []
    encode = type(linker.encoder).encode

    def counted(self, texts, progress=None):
        encoded.extend(texts)
        return encode(self, texts, progress)

    linker.indices.of("XVM")
    monkeypatch.setattr(type(linker.encoder), "encode", counted)
    add(linker, tmp_path, {"n1": "Pay nurses a fair wage"}, "more.csv")
    linker.indices.updated("XVM")
    assert encoded == ["Pay nurses a fair wage"]
    assert held(linker) == asked(linker)
    records = [r for r in linker.records() if r.id != "d1"]
    linker.indices.updated("XVM", records)
    assert ("d1", "0") not in held(linker)
    assert len(encoded) == 1


@pytest.mark.parametrize("damage", ["missing", "altered", "truncated", "no manifest", "not JSON"])
def test_a_damaged_index_is_made_again(linker, damage):
    whole = (folder(linker) / INDEX_FILE).read_bytes()
    index, manifest = folder(linker) / INDEX_FILE, folder(linker) / MANIFEST_FILE
    found = [hit.record.id for hit in linker.search("capital punishment")]
    if damage == "missing":
        index.unlink()
    elif damage == "altered":
        index.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif damage == "truncated":
        index.write_bytes(whole[:50])
    elif damage == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text("{")
    with Linker.open(linker.folder, encoder=linker.encoder.encoder) as again:
        assert [hit.record.id for hit in again.search("capital punishment")] == found
        assert index.read_bytes() == whole
        index.write_bytes(b"")
        assert again.build().built == ()
    assert index.read_bytes() == whole
    assert json.loads(manifest.read_text())["vectors"] == len(asked(linker))


def test_search_finds_what_came_after_the_last_build(linker, tmp_path):
    add(linker, tmp_path, {"n1": "Pay nurses a fair wage"}, "more.csv")
    best = linker.search("a fair wage for nurses")[0]
    assert (best.record.id, best.meaning > 0.8) == ("n1", True)


def test_links_are_the_same_as_without_an_index(linker, encoder):
    from linker.convergence.convergence import ConvergenceLinker

    through = ConvergenceLinker(linker.indices.encoder_of("XVM")).link(linker.records())
    assert through == ConvergenceLinker(encoder).link(linker.records())


def test_a_state_without_records_loses_its_index(linker):
    linker.indices.drop(but=["KEN"])
    assert not folder(linker).exists()
