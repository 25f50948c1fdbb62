"""The pages in Spanish and French: the switch, the address, what scripts say."""

import io
import json
import re
import zipfile

import pytest
import streamlit

from linker.i18n.language import LANGUAGE, SCREENS, language, speaking
from linker.i18n.messages import tr
from linker.reading.reader import Reader
from linker.records.record import Record
from linker.ui.languages import script_words
from linker.workspace.search_shard import Shard
from tests.ui.browsing import find, needed, until


def test_the_switch_names_each_language_in_itself_and_speaks_it(show, valmora):
    app = show("start", valmora)
    switch = app.selectbox("bar-language")
    assert switch.options == list(SCREENS.values())
    switch.select("es").run()
    assert not app.exception
    assert app.query_params["language"] == "es"
    assert app.selectbox("bar-language").label == "Idioma"
    app.selectbox("bar-language").select("en").run()
    assert app.selectbox("bar-language").label == "Language"


def test_an_address_brings_its_language_along_and_no_other(show, valmora):
    assert show("start", valmora, language="fr").selectbox("bar-language").label == "Langue"
    app = show("start", valmora, language="ar")
    assert app.selectbox("bar-language").label == "Language"
    assert "language" not in app.query_params


def test_the_application_begins_in_the_language_it_was_started_with(show, valmora, monkeypatch):
    monkeypatch.setenv(LANGUAGE, "es")
    app = show("start", valmora)
    assert app.selectbox("bar-language").value == "es"
    app.selectbox("bar-language").select("en").run()
    assert app.selectbox("bar-language").label == "Language"


def test_outside_of_a_session_english_is_spoken(show, valmora):
    show("start", valmora, language="es")
    assert language() == "en"


def test_what_all_searches_share_is_the_same_in_every_language(encoder):
    record = Record(id="R1", text="Ratify the Convention", symbol="CRC/C/XVM/CO/3", paragraph="12")
    words = Shard.of([record], encoder, Reader()).published.vocabulary
    with speaking("es"):
        assert record.label.endswith("párr. 12")
        assert Shard.of([record], encoder, Reader()).published.vocabulary == words


def test_a_document_made_when_its_button_is_pressed_speaks_as_its_page(show, valmora, monkeypatch):
    made = {}
    monkeypatch.setattr(
        streamlit, "download_button", lambda _, data, key, **_more: made.update({key: data})
    )
    show("plan", valmora, language="es")
    with zipfile.ZipFile(io.BytesIO(made["plan-xlsx"]())) as plan:
        texts = "".join(plan.read(one).decode() for one in plan.namelist() if one.endswith(".xml"))
    assert "Recomendado por" in texts
    assert "Recommended by" not in texts


def test_scripts_hear_their_messages_in_the_language_spoken():
    with speaking("fr"):
        script = script_words()
        said = json.loads(re.search(r"linkerWords = (.*);\n", script)[1])
        assert said["Close"] == tr("Close") == "Fermer"
    assert "linkerWords = {};" in script_words()  # what English says stands in the scripts
    assert "<" not in script  # Streamlit takes a tag for the end
    assert 'documentElement.lang = "fr"' in script


@pytest.mark.long
@needed
def test_the_pages_speak_spanish_until_english_is_chosen_again(server, browser):
    browser.get(f"{server}/?reviewer=A.+B.")
    until(browser, lambda: "Add files" in page(browser), "Start in English")
    for name, words in (("Español", SPANISH), ("English", ENGLISH)):
        choose(browser, name)
        for title, said in words.items():
            link = until(browser, lambda t=title: navigation(browser).get(t), f"link {title}")
            link.click()
            until(browser, lambda s=said: s in page(browser), f"{title} says {said}")
            until(browser, lambda t=title: browser.title == f"{t} · Linker", "title of the page")
        code = find(browser, "html").get_attribute("lang")
        assert code == {"Español": "es", "English": "en-GB"}[name]
        assert ("language=es" in browser.current_url) == (name == "Español")


SPANISH = {
    "Documentos": "Matriz",
    "Plan": "Quién hace qué y hasta cuándo",
    "Fechas": "Fijar la fecha",
    "Inicio": "Añadir archivos",
}
ENGLISH = {"Documents": "Matrix", "Plan": "Who does what until when", "Start": "Add files"}


def page(browser):
    return find(browser, "[data-testid=stMain]").text


def navigation(browser):
    links = browser.find_elements("css selector", "[data-testid=stTopNavLink], header a")
    return {link.text: link for link in links}


def choose(browser, name):
    until(browser, lambda: find(browser, ".st-key-bar-language input"), "the switch").click()
    options = until(
        browser,
        lambda: {o.text: o for o in browser.find_elements("css selector", "[role=option]")},
        "the languages",
    )
    options[name].click()
