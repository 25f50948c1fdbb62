"""The catalogues: complete, up to date, with the same places to fill in as the English."""

import re
import threading

import pytest

from linker.i18n.catalogues import SOURCE, extracted, lacking, renewed, shipped
from linker.i18n.language import ENGLISH, LANGUAGES, SCREENS, follow, language, speaking
from linker.i18n.messages import catalogue_file, tr, tr_plural
from linker.i18n.numbers import spoken_day
from linker.i18n.scripts import messages_of
from linker.vocabulary.official import english_name, official_name, official_state, official_title

OTHERS = sorted(set(LANGUAGES) - {ENGLISH})


@pytest.mark.parametrize("code", OTHERS)
def test_no_catalogue_is_stale(code):
    said = catalogue_file(code).read_bytes()
    assert said == renewed(code, extracted(code)), "renew it: python -m linker.i18n.catalogues"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.js")), ids=lambda path: path.name)
def test_every_message_of_a_script_is_found(path):
    said = re.findall(r"""\btr(?:Plural)?\(\s*"([^"]+)\"""", path.read_text(encoding="utf-8"))
    assert {*said} == {one if isinstance(one, str) else one[0] for one in messages_of(path)}


@pytest.mark.parametrize("code", sorted(set(SCREENS) - {ENGLISH}))
def test_nothing_is_left_untranslated(code):
    assert [message.id for message in lacking(code)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_is_the_same_in_every_language(code):
    wrong = []
    for message in shipped(code):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        wrong += [one for one in said if one and message.id and _holes(one) != _holes(english[-1])]
    assert wrong == []


def _holes(text):
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_each_thread_speaks_its_own_language():
    heard, ready = {}, threading.Barrier(2)

    def say(code):
        with speaking(code):
            ready.wait()
            heard[code] = tr("Recommendation")

    threads = [threading.Thread(target=say, args=(code,)) for code in ("es", "fr")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {"es": "Recomendación", "fr": "Recommandation"}
    assert tr("Recommendation") == "Recommendation"


def test_a_session_is_asked_where_no_block_says_the_language():
    follow(lambda: "es")
    try:
        assert language() == "es"
        with speaking("fr"):
            assert language() == "fr"
    finally:
        follow(lambda: "")
    assert language() == ENGLISH


def test_plural_forms_numbers_and_dates_follow_the_language():
    with speaking("fr"):
        assert tr_plural("{n} theme", "{n} themes", 0) == "0 thème"
        assert tr_plural("{n} theme", "{n} themes", 2) == "2 thèmes"
        assert spoken_day("2027-11-12") == "12 novembre 2027"
    with speaking("es"):
        assert tr_plural("{n} theme", "{n} themes", 0) == "0 temas"
        assert "12.345" in tr(
            "{words:,} words without footnotes and tables; a submission to the UPR may have "
            "{short:,}, a joint one {long:,}.",
            words=12345,
            short=2815,
            long=5630,
        )
        assert spoken_day("2027-11") == "noviembre de 2027"
    assert spoken_day("2027-11-12") == "12 November 2027"


def test_a_russian_month_stands_in_the_form_that_about_asks_for():
    with speaking("ru"):
        said = tr("about {day}", day=spoken_day("2027-03"))
    assert not said.startswith("около")  # asks for the genitive, and the month is no genitive
    assert "март" in said.split()


def test_official_names_and_their_way_back():
    with speaking("es"):
        assert official_state("SVN") == "Eslovenia"
        assert official_name("Right to education: quick") == "Derecho a la educación: quick"
        assert official_title("5", "").startswith("Lograr la igualdad")
        assert official_title("5.3.1", "").startswith("Proporción")
    with speaking("ar"):
        assert official_name("supported") == "مؤيدة"
    assert official_name("supported") == "supported"
    assert english_name("Apoyada") == "supported"
    assert english_name("Organe responsable") == "Responsible body"
    assert english_name("words of nobody's catalogue") == "words of nobody's catalogue"


def test_english_stands_for_itself_whatever_it_means_elsewhere():
    ids = [m.id for code in OTHERS for m in shipped(code) if isinstance(m.id, str) and m.id]
    words = {one.strip().casefold() for one in ids if "{" not in one}
    assert "note" in words
    assert {one for one in words if english_name(one).strip().casefold() != one} == set()
