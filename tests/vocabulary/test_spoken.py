"""Which language a text is in."""

import pytest

from linker.vocabulary.spoken import FOREIGN, name_of, spoken

TOLD = [
    ("Ensure that the rights of all persons are protected by law", "en"),
    ("Ratify ICRMW", "en"),
    ("Ratify OP-CAT", "en"),
    ("Moratorium", "en"),
    ("Introduce a de jure moratorium", "en"),
    ("Garantir le respect des droits de l'homme dans les prisons", "fr"),
    ("Abolir la peine de mort", "fr"),
    ("Garantizar que las niñas no sean discriminadas por la ley", "es"),
    ("Abolir la pena de muerte", "es"),
    ("Pena de muerte", "es"),
    ("Abolir a pena de morte em todas as circunstâncias", "pt"),
    ("Ратифицировать Конвенцию против пыток", "ru"),
    ("إلغاء عقوبة الإعدام", "ar"),
    ("废除死刑", "zh"),
    ("Die Todesstrafe abschaffen und die Folter verbieten", "de"),
    ("Adottare misure contro la discriminazione delle donne", "it"),
    ("Odpraviti diskriminacijo Romov v izobraževanju in zaposlovanju", "sl"),
    ("Скасувати смертну кару", "uk"),
    ("الغای مجازات اعدام برای کودکان", "fa"),
    ("死刑を廃止する", "ja"),
    ("Κατάργηση της θανατικής ποινής", "el"),
    ("140.10", ""),
]


@pytest.mark.parametrize(("text", "language"), TOLD)
def test_the_language_of_a_text(text, language):
    assert spoken(text) == language


def test_what_is_declared_is_a_hint_and_no_more():
    assert spoken("Combatir la tortura", "es-CR") == "es"
    assert spoken("Ensure that women are protected from violence at home", "es") == "en"
    assert spoken("Garantir le respect des droits de l'homme dans les prisons", "en") == "fr"


def test_every_language_read_has_a_name():
    assert all(name_of(code) != code for code in ("en", *FOREIGN))
