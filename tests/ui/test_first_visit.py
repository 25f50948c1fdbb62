"""A first visit speaks the language of the browser; filters outlive a change of it."""

from urllib.parse import parse_qs, urlparse

from tests.ui.browsing import find, needed, until


def told(app, name):
    """What the address says, once."""
    said = app.query_params[name]
    return said if isinstance(said, str) else "".join(said)


def lang(page):
    return page.execute_script("return document.documentElement.lang")


@needed
def test_the_language_of_the_browser_is_spoken_until_another_is_chosen(browser, server):
    agent = browser.execute_script("return navigator.userAgent")
    asked = {"userAgent": agent, "acceptLanguage": "fr-CH"}
    browser.execute_cdp_cmd("Network.setUserAgentOverride", asked)
    browser.get(f"{server}/clusters?reviewer=Ada")
    until(browser, lambda: lang(browser) == "fr", "it does not speak French")
    browser.get(f"{server}/clusters?reviewer=Ada&language=en")
    until(browser, lambda: find(browser, ".deck-title"), "no card")
    assert lang(browser) == "en-GB"


def test_filters_are_the_same_in_every_language(show, valmora):
    said = {"band": "ask", "across": "Between cycles", "order": "Most uncertain first"}
    for code in ("en", "fr", "es"):
        app = show("convergences", valmora, language=code, **said)
        assert app.session_state["band"] == ["ask"]
        assert app.session_state["across"] == "Between cycles"
        assert app.selectbox("order").value == "Most uncertain first"
        assert {name: told(app, name) for name in said} == said


def test_an_address_of_before_that_holds_labels_is_understood(show, valmora):
    app = show("convergences", valmora, language="fr", band="Probable", across="Entre mécanismes")
    assert app.session_state["band"] == ["propose"]
    assert told(app, "band") == "propose"


def test_a_filter_stays_when_the_language_is_switched(show, valmora):
    app = show("convergences", valmora)
    app.selectbox("across").select("Between cycles").run()
    app.selectbox("bar-language").select("fr").run()
    assert not app.exception
    assert app.selectbox("across").value == "Between cycles"
    assert told(app, "across") == "Between cycles"
    app.selectbox("across").set_value(None).run()
    assert "across" not in app.query_params


@needed
def test_going_back_gives_a_filter_what_it_held(browser, server):
    browser.get(f"{server}/xray")
    until(browser, lambda: find(browser, ".heading h1"), "no heading")
    chosen = "[role=radiogroup] [aria-checked=true]"
    until(browser, lambda: find(browser, chosen), "no view")
    first = find(browser, chosen).text
    browser.find_elements("css selector", "[role=radiogroup] [aria-checked=false]")[1].click()
    until(browser, lambda: "view" in parse_qs(urlparse(browser.current_url).query), "not told")
    until(browser, lambda: find(browser, chosen).text != first, "not chosen")
    browser.back()
    until(browser, lambda: find(browser, chosen).text == first, "not gone back to")
