"""The portal in a real browser: from a disk and from a server, on a phone, without JavaScript."""

import functools
import http.server
import threading

import pytest

from linker.workspace.workspace import Linker
from tests.ui import test_axe
from tests.ui.browsing import find, needed, until

pytestmark = [needed, pytest.mark.long]
PAGES = (
    "index.html", "search.html", "recommendations.html", "themes.html", "institutions.html",
    "targets.html", "measures.html", "score-card.html", "changes.html", "data.html", "about.html",
)  # fmt: skip
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
WIDE = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(demo, tmp_path_factory):
    """The portal of the demonstration, with proposals, so that every kind of page is there."""
    folder = tmp_path_factory.mktemp("site") / "portal"
    with Linker.open(demo[0]) as linker:
        linker.documents.publish(folder, proposals=True)
    return folder


@pytest.fixture(scope="module")
def served(site):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def every_kind(site):
    largest = [
        max((site / kind).glob("*.html"), key=lambda path: path.stat().st_size)
        for kind in ("records", "measures", "themes", "targets", "reviews")
    ]
    return [*PAGES, *(path.relative_to(site).as_posix() for path in largest)]


def found(browser):
    said = find(browser, "#found")
    return int(said.text.split()[0]) if said and said.text[:1].isdigit() else None


@pytest.mark.parametrize("way", ["disk", "server"])
def test_the_search_finds_and_narrows(way, site, served, browser):
    base = site.as_uri() if way == "disk" else served
    browser.get(f"{base}/index.html")
    find(browser, "#quick").send_keys("Prisons")
    find(browser, ".quick button").click()
    until(browser, lambda: found(browser), "nothing found")
    many = found(browser)
    assert "prison" in find(browser, "#results mark").text.lower()
    choice = browser.find_elements("css selector", "#mechanism option:not([disabled])")[-1]
    kept = int(choice.text.rpartition("(")[2].rstrip(")"))
    choice.click()
    until(browser, lambda: found(browser) == kept, "not narrowed")
    assert 0 < kept < many
    find(browser, "#q").clear()
    find(browser, "#q").send_keys("xyzzy")
    until(browser, lambda: found(browser) == 0, "found what is not there")
    find(browser, "button[type=reset]").click()
    until(browser, lambda: found(browser) and found(browser) > many, "not cleared")
    until(browser, lambda: find(browser, "#results a"), "no results")
    find(browser, "#results a").click()
    until(browser, lambda: find(browser, ".said"), "no page of the record")
    assert not [line for line in browser.get_log("browser") if line["level"] == "SEVERE"
                and "favicon" not in line["message"]]  # fmt: skip


def test_a_copy_without_the_index_says_what_to_do(site, browser, tmp_path):
    import shutil

    shutil.copytree(site, tmp_path / "part", ignore=shutil.ignore_patterns("facets.js"))
    browser.get(f"{(tmp_path / 'part').as_uri()}/search.html")
    until(browser, lambda: find(browser, "#broken").is_displayed(), "nothing said")


def test_nothing_moderate_or_serious_and_nothing_too_wide(site, browser):
    wrong = {}
    for device in (None, PHONE):
        if device:
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
        for name in every_kind(site):
            browser.get(f"{site.as_uri()}/{name}")
            if name == "search.html":
                until(browser, lambda: found(browser), "the search did not start")
            if browser.execute_script(WIDE):
                wrong[name, bool(device)] = "too wide"
            if told := test_axe.bad(browser):
                wrong[name, bool(device)] = told
    assert wrong == {}


def test_without_javascript_all_but_the_search_is_there(site, browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site.as_uri()}/search.html")
    assert "needs JavaScript" in find(browser, "main").text
    browser.get(f"{site.as_uri()}/themes.html")
    find(browser, ".names a").click()
    find(browser, ".rows a").click()
    assert find(browser, ".said").text
    assert "No status yet" in find(browser, ".status").text


def test_the_search_cuts_words_as_the_index_does(browser, tmp_path):
    texts = (
        "Zřídit útulky pro ženy", "禁止儿童婚姻和强迫婚姻", "حظر زواج الأطفال",
        "Adopt policies on children in prisons", "Straße und Füße",
    )  # fmt: skip
    rows = "".join(f"r{n},XVM,UPR,4,140.{n},{text}\n" for n, text in enumerate(texts))
    (tmp_path / "t.csv").write_text(f"id,state,mechanism,cycle,paragraph,text\n{rows}", "utf-8")
    with Linker.open(tmp_path / "w", create=True) as linker:
        linker.add([tmp_path / "t.csv"])
        linker.build()
        linker.documents.publish(tmp_path / "p")
    asked = {
        "utulky ZENY": 0, "儿童婚": 1, "الأطفال": 2, "policy prison": 3, "child": 3, "140.3": 3,
        "straße": 4, "strasse": None, "xyzzy": None,
    }  # fmt: skip
    browser.get(f"{(tmp_path / 'p').as_uri()}/search.html")
    until(browser, lambda: found(browser) == len(texts), "the search did not start")
    for query, number in asked.items():
        box = find(browser, "#q")
        box.clear()
        box.send_keys(query)
        if number is None:
            until(browser, lambda: found(browser) == 0, query)
        else:
            until(browser, lambda number=number: shown(browser) == [texts[number]], query)


def shown(browser):
    return browser.execute_script(
        "return [...document.querySelectorAll('#results .text')].map((one) => one.textContent)"
    )
