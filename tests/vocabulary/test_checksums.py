"""What models/ holds is what it was made to be, or is told."""

import json
import shutil

import pytest

from linker.convergence.scorers import scorers
from linker.errors import LinkerError
from linker.paths import home
from linker.reading.document_frequencies import MEAN_FILE
from linker.sdg.scorer import scorer as sdg_scorer
from linker.vocabulary import checksums
from linker.vocabulary.files import read_bytes, read_text, refresh
from linker.vocabulary.shipped_counts import FILE

MODELS = (
    "convergence/scorer.json",
    "convergence/clusters.json",
    "sdg/scorer.json",
    FILE,
    MEAN_FILE,
)


@pytest.fixture
def models(own_home):
    """The shipped models/, but for the large one, to be damaged."""
    folder = own_home / "models"
    shipped = folder.resolve()
    folder.unlink()
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("*.onnx"))
    refresh()
    return folder


def test_every_text_of_the_shipped_models_fits_its_checksum():
    folder = home() / "models"
    listed = json.loads((folder / checksums.FILE).read_text(encoding="utf-8"))
    assert set(listed) >= set(MODELS)
    for name in listed:
        assert read_bytes(folder / name)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("bit", [0, 4])
def test_a_flipped_bit_is_told(models, name, bit):
    path = models / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1 << bit
    path.write_bytes(content)
    refresh()
    with pytest.raises(LinkerError, match=rf"{path.name}: sha256 .*Restore the models/ folder"):
        read_text(path)


def test_the_scorers_refuse_what_was_altered_and_take_what_was_renewed(models):
    for name, load in (("convergence/scorer.json", scorers), ("sdg/scorer.json", sdg_scorer)):
        path = models / name
        path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
        refresh()
        with pytest.raises(LinkerError, match=r"python -m linker.vocabulary.checksums"):
            load()
        checksums.renew()
        refresh()
        assert load()


def test_without_checksums_nothing_is_believed(models):
    (models / checksums.FILE).unlink()
    refresh()
    with pytest.raises(LinkerError, match="missing or damaged"):
        scorers()
