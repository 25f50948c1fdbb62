"""The review deck in another language, in a real browser: cards, keys, what it says, the switch."""

import pytest

from linker.i18n.language import speaking
from linker.i18n.messages import tr
from linker.ui.deck import QUESTION
from tests.ui.browsing import find, needed, press, until

pytestmark = [needed, pytest.mark.long]


def question(page):
    found = find(page, ".deck-bar .question")
    return found.get_attribute("textContent") if found else ""


def said(code, message):
    with speaking(code):
        return tr(message)


def test_the_deck_speaks_the_language_of_the_page_and_changes_with_it(
    browser, server, log, valmora
):
    browser.get(f"{server}/clusters?reviewer=Ada&language=fr")
    until(browser, lambda: question(browser) == said("fr", QUESTION), "no card in French")
    press(browser, "u")
    until(browser, lambda: find(browser, ".deck-side button"), "not written")
    assert said("fr", "Left as unsure") in find(browser, ".deck-side").text
    heard = browser.execute_script("return document.querySelector('.deck-live').textContent")
    assert heard.startswith(said("fr", "Left as unsure"))
    assert [d.verdict for d in log(valmora)] == ["unsure"]

    language = find(browser, ".st-key-bar-language input")
    language.click()
    language.send_keys("Español\ue007")
    until(browser, lambda: question(browser) == said("es", QUESTION), "it did not change")
    browser.execute_script(
        "document.activeElement.blur()"
    )  # where letters are typed, keys are letters
    press(browser, "?")
    until(browser, lambda: find(browser, ".deck-help[open]"), "no list of keys")
    assert said("es", "choose members") in find(browser, ".deck-help").text
