"""What ships prepared is what the knowledge says now; where it is not, it is made anew."""

import json
import shutil

import numpy as np
import pytest

from linker.encoding.default import default_encoder
from linker.errors import LinkerError
from linker.paths import home
from linker.sdg.linking import SdgLinker
from linker.sdg.prepared import load, make, prepared, prepared_folder, save, sources
from linker.vocabulary.files import refresh

STALE = "indices/sdg/prepared is stale: run `python -m linker.sdg.build_index`"
TEXT = "End child, early and forced marriage"


@pytest.fixture(scope="module")
def encoder():
    return default_encoder()


@pytest.fixture(scope="module")
def fresh(encoder):
    return make(encoder)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A copy of data/, models/ and indices/ that a test may change."""
    for folder in ("data", "indices"):
        shutil.copytree(home() / folder, tmp_path / folder)
    (tmp_path / "models").symlink_to(home() / "models")
    monkeypatch.setenv("LINKER_HOME", str(tmp_path))
    refresh()
    yield tmp_path
    monkeypatch.undo()
    refresh()


def test_the_shipped_files_are_what_the_knowledge_gives(encoder, fresh):
    shipped = load(prepared_folder(), encoder, sources(encoder))
    assert shipped.passages == fresh.passages, STALE
    assert shipped.words.features == fresh.words.features, STALE
    assert shipped.finder.targets == fresh.finder.targets, STALE
    assert shipped.instruments == fresh.instruments, STALE
    assert abs(shipped.lexical - fresh.lexical).max() < 1e-9, STALE
    assert np.abs(shipped.shares - fresh.shares).max() < 1e-5, STALE
    assert np.abs(shipped.typical - fresh.typical).max() < 1e-5, STALE


def test_saving_what_was_loaded_gives_the_same_bytes(encoder, tmp_path):
    save(load(prepared_folder(), encoder, sources(encoder)), encoder, tmp_path)
    for path in sorted(prepared_folder().iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_corrected_knowledge_is_used_at_once(encoder, elsewhere):
    file = elsewhere / "data" / "sdg" / "knowledge" / "goal-14.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("terms: [", "terms: [barnacle races, ", 1), encoding="utf-8")
    refresh()
    assert prepared(encoder).finder.find("Forbid barnacle races at sea")


def test_an_altered_file_is_not_used(encoder, elsewhere):
    with (prepared_folder() / "prepared.npz").open("ab") as out:
        out.write(b"x")
    with pytest.raises(LinkerError, match="altered"):
        load(prepared_folder(), encoder, sources(encoder))
    assert SdgLinker(encoder).suggest(TEXT)[0].target == "5.3"


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"format": 1})])
def test_a_damaged_manifest_is_not_used(encoder, tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(LinkerError):
        load(tmp_path, encoder, sources(encoder))


def test_shipped_and_fresh_give_the_same_links(encoder, fresh, monkeypatch):
    shipped = SdgLinker(encoder).suggest(TEXT)
    monkeypatch.setattr("linker.sdg.evidence.prepared", lambda _: fresh)
    anew = SdgLinker(encoder).suggest(TEXT)
    assert [i.link_id for i in anew] == [i.link_id for i in shipped]
    for one, other in zip(anew, shipped, strict=True):
        assert one.probability == pytest.approx(other.probability, abs=2e-6)
