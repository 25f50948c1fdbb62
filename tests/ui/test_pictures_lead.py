"""Pictures of the x-ray lead to what they show, in the same session, and Back leads back."""

from urllib.parse import parse_qs, urlparse

from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, until

pytestmark = needed
MARK = "window.stillTheSame = true"
CLICK = """
arguments[0].dispatchEvent(new MouseEvent("pointerdown", {bubbles: true}));
arguments[0].dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
"""


def asked(page):
    return {name: values[0] for name, values in parse_qs(urlparse(page.current_url).query).items()}


def title(page):
    found = find(page, ".heading h1")
    return found.text if found else ""


def test_a_disc_of_the_map_opens_its_theme(browser, server, valmora):
    with Linker.open(valmora) as linker:
        theme = linker.xray().themes[0]
    browser.get(f"{server}/xray?view=Map&reviewer=Ada")
    disc = until(browser, lambda: find(browser, f"a[href*='{theme.theme_id}']"), "no disc")
    assert disc.get_attribute("aria-label").startswith(theme.label)
    browser.execute_script(MARK)
    browser.execute_script(CLICK, disc)
    until(browser, lambda: title(browser) == theme.label, "not opened")
    assert asked(browser)["theme"] == theme.theme_id
    assert asked(browser)["reviewer"] == "Ada"
    assert browser.execute_script("return window.stillTheSame")
    browser.back()
    until(browser, lambda: find(browser, ".picture svg.map"), "not gone back to the map")


def test_a_number_of_the_bodies_opens_its_records(browser, server, valmora):
    with Linker.open(valmora) as linker:
        theme = next(t for t in linker.xray() if len(t.members) > 5)
        members = {m.record_id for m in theme.members}
        records = [r for r in linker.records() if r.id in members and r.mechanism == "UPR"]
    assert records
    browser.get(f"{server}/xray?view=Bodies")
    row = f"//th[@scope='row'][normalize-space()={theme.label!r}]/following-sibling::td/a"
    number = until(browser, lambda: browser.find_elements("xpath", row), "no number")[0]
    assert number.text == str(len(records))
    browser.execute_script(MARK)
    browser.execute_script(CLICK, number)
    until(browser, lambda: title(browser) == "Search", "not opened")
    assert (asked(browser)["home"], asked(browser)["body"]) == (theme.label, "UPR")
    said = f"{len(records)} record"
    facts = "[data-testid=stMain] p.facts"
    until(browser, lambda: find(browser, facts).text.startswith(said), "others are shown")
    assert browser.execute_script("return window.stillTheSame")
