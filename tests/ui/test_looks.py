"""What a page looks like in a real browser: nothing wider than the screen, no white in the dark."""

import pytest

from tests.ui.browsing import find, needed, until

pytestmark = needed
STATE = "return document.querySelector('[data-testid=stApp]').dataset.testScriptState"
WIDER = """
const wide = document.documentElement.clientWidth;
document.querySelectorAll("details").forEach((one) => (one.open = true));
return [...document.querySelectorAll("[data-testid=stMain] *")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || box.right <= wide + 1) return false;
  for (let around = one.parentElement; around; around = around.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(around).overflowX)
        && around.dataset.testid !== "stMain"
        && around.getBoundingClientRect().right <= wide + 1) return false;
  return true;
}).map((one) => one.outerHTML.slice(0, 120));
"""
LIGHT = """
const light = (colour) => {
  const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
  return a * (0.2126 * r + 0.7152 * g + 0.0722 * b);
};
return [...document.querySelectorAll(".picture, .picture td, .picture th, .picture .disc")]
  .map((one) => getComputedStyle(one))
  .flatMap((style) => [style.backgroundColor, style.fill])
  .filter((colour) => /rgb/.test(colour) && light(colour) > 150);
"""


def opened(page, address):
    page.get(address)
    until(page, lambda: find(page, ".heading h1"), "no heading")
    until(page, lambda: page.execute_script(STATE) == "notRunning", "it runs on")


@pytest.mark.parametrize("width", [390, 800])
def test_nothing_on_the_page_of_the_method_is_wider_than_the_screen(browser, server, width):
    screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    opened(browser, f"{server}/method")
    tables = "details .scroll[tabindex='0'] table"
    until(browser, lambda: len(browser.find_elements("css selector", tables)) >= 3, "no tables")
    assert browser.execute_script(WIDER) == []


def test_pictures_are_dark_in_the_dark(browser, server):
    browser.get(f"{server}/_stcore/health")
    browser.execute_script("localStorage.setItem('linker.appearance', 'Dark')")
    for view in ("Bodies", "Years", "SDGs", "Map"):
        opened(browser, f"{server}/xray?view={view}")
        until(browser, lambda: find(browser, ".picture"), f"no picture of {view}")
        assert browser.execute_script(LIGHT) == [], view


def test_on_a_telephone_the_list_of_pages_gives_way_to_the_page(browser, server):
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    opened(browser, f"{server}/xray")
    find(browser, "[data-testid=stExpandSidebarButton]").click()
    page = "[data-testid=stSidebarNavLink][href$='/plan']"
    until(browser, lambda: find(browser, page) and find(browser, page).is_displayed(), "no list")
    find(browser, page).click()
    until(browser, lambda: "/plan" in browser.current_url, "not opened")
    on_top = "return document.elementFromPoint(60, 400).closest('[data-testid=stSidebar]') === null"
    until(browser, lambda: browser.execute_script(on_top), "the list lies over the page")


@pytest.mark.parametrize(("width", "beside"), [(800, False), (1366, True)])
def test_what_was_decided_last_leaves_the_card_its_width(browser, server, width, beside):
    screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    opened(browser, f"{server}/clusters?reviewer=Ada")
    until(browser, lambda: find(browser, ".deck-title"), "no card")
    whole, card, side = (
        browser.execute_script(f"return document.querySelector('{one}').clientWidth")
        for one in (".deck", ".deck-main", ".deck-side")
    )
    assert card >= 0.7 * whole
    assert (card + side <= whole) is beside
