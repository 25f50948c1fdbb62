"""Light, dark or as the system: chosen above every page, kept by the browser, first thing shown."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.testclient import TestClient

from linker.ui.shell import Shell
from tests.ui.browsing import find, needed, until

STYLE = "const one = document.querySelector(arguments[0]); return one && getComputedStyle(one)"
"""Of an element that may not be drawn yet."""
GROUND = f"{STYLE}.backgroundColor"
APP = "[data-testid=stApp]"
DARK, LIGHT = "rgb(20, 26, 31)", "rgb(255, 255, 255)"
CHOOSE = """
const select = document.querySelector("select.appearance");
select.value = arguments[0];
select.dispatchEvent(new Event("change", { bubbles: true }));
"""


def answered(path, accept="text/html", **headers):
    """What the shell sends on of a server that answers everything with the same document."""

    async def app(scope, receive, send):
        asked = Request(scope).headers
        if "if-none-match" in asked:
            return await PlainTextResponse("", 304)(scope, receive, send)
        held = {"etag": "streamlits"}
        return await HTMLResponse("<html><head></head>á</html>", headers=held)(scope, receive, send)

    client = TestClient(Shell(app))
    return client.get(path, headers={"accept": accept, **headers})


def test_a_page_that_is_opened_has_the_script_and_is_asked_for_anew():
    for headers in ({}, {"if-none-match": "streamlits"}):
        page = answered("/clusters", **headers)
        assert page.status_code == 200
        assert page.text.startswith("<html><head><script>")
        assert page.text.endswith("</script></head>á</html>")
        assert "etag" not in page.headers


def test_documents_and_everything_else_stay_as_they_are():
    assert answered("/media/matrix.html").text == "<html><head></head>á</html>"
    assert answered("/_stcore/health", accept="*/*").headers["etag"] == "streamlits"
    assert answered("/static/a.js", "*/*", **{"if-none-match": "x"}).status_code == 304


ASKED_IN_VAIN = """
return performance.getEntriesByType("resource").filter((one) => one.responseStatus >= 400)
  .map((one) => one.name);
"""


@needed
def test_a_page_by_its_address_asks_for_nothing_in_vain(browser, server):
    """Two questions below the address of the page cost each of them a tenth of a second."""
    for page in ("xray", "clusters?reviewer=Ada"):
        browser.get(f"{server}/{page}")
        until(browser, lambda: find(browser, ".heading h1"), "no page")
        assert browser.execute_script(ASKED_IN_VAIN) == []
        health = "return performance.getEntriesByName(location.origin + '/_stcore/health').length"
        assert browser.execute_script(health) == 1


@needed
def test_the_dark_is_kept_on_every_page_until_light_is_chosen(browser, server):
    def ground(colour):
        until(browser, lambda: find(browser, "select.appearance[data-set]"), "no choice")
        until(browser, lambda: browser.execute_script(GROUND, APP) == colour, f"not {colour}")

    browser.get(f"{server}/clusters?reviewer=Ada")
    ground(LIGHT)
    browser.execute_script(CHOOSE, "Dark")
    ground(DARK)
    browser.get(f"{server}/xray")
    ground(DARK)
    assert find(browser, "select.appearance").get_property("value") == "Dark"
    ink = f"{STYLE}.color"
    light = "rgb(230, 237, 241)"
    until(browser, lambda: browser.execute_script(ink, ".heading h1") == light, "ink is not light")
    browser.execute_script(CHOOSE, "Light")
    ground(LIGHT)
