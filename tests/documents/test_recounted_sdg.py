"""SDG targets and indicators in Word carry the links, roles and marks that were given."""

import docx
import pytest
from recounted_sdg import LINE, apart, wrong_sdg_in_factsheet, wrong_sdg_in_measures
from recounted_xray import KnownOfThemes

from linker.i18n.language import speaking


@pytest.fixture(scope="module")
def themes(worked_on, known):
    return KnownOfThemes(known, worked_on, "XVM")


@pytest.fixture(scope="module")
def theme(worked_on):
    return worked_on.xray().themes[3].theme_id


@pytest.mark.parametrize("language", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_indicators_of_measures_are_linked(worked_on, themes, tmp_path, language):
    path = worked_on.export("matrix", tmp_path / "m.docx", by="cluster", language=language)[0]
    with speaking(language):
        assert list(wrong_sdg_in_measures(path, themes)) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_targets_of_a_factsheet_are_linked(worked_on, themes, theme, tmp_path, language):
    path = worked_on.export("factsheet", tmp_path / "f.docx", theme=theme, language=language)[0]
    with speaking(language):
        assert list(wrong_sdg_in_factsheet(path, themes)) == []


def test_a_factsheet_says_the_same_in_word_and_html(worked_on, theme, tmp_path):
    word, page = [worked_on.export("factsheet", tmp_path / f"f.{suffix}", theme=theme)[0]
                  for suffix in ("docx", "html")]  # fmt: skip
    assert list(apart(word, page)) == []
    page.write_text(page.read_text("utf-8").replace("supported", "noted"), "utf-8")
    assert list(apart(word, page))


def test_the_count_sees_wrong_targets(worked_on, themes, theme, tmp_path):
    path = worked_on.export("factsheet", tmp_path / "f.docx", theme=theme)[0]
    document = docx.Document(str(path))
    one, other = [p for p in document.paragraphs if LINE.match(p.text)][:2]
    one.runs[0].text = " 13.1 "
    other.runs[-1].text = "[confirmed, 1999-01-01]"
    document.save(str(path))
    wrong = list(wrong_sdg_in_factsheet(path, themes))
    assert sum("13.1" in fault for fault in wrong) == 2
    assert any("1999-01-01" in fault for fault in wrong)
