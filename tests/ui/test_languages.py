"""The pages in Spanish and French: the switch, the address, what scripts say."""

import json
import re

from linker.i18n.language import LANGUAGE, SCREENS, language, speaking
from linker.i18n.messages import tr
from linker.ui.languages import script_words


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


def test_scripts_hear_their_messages_in_the_language_spoken():
    with speaking("fr"):
        script = script_words()
        said = json.loads(re.search(r"linkerWords = (.*);\n", script)[1])
        assert said["Close"] == tr("Close") == "Fermer"
    assert "<" not in script  # Streamlit takes a tag for the end
    assert 'documentElement.lang = "fr"' in script
