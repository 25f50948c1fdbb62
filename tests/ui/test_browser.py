"""The application as a reviewer meets it: in a real browser, by keyboard.

Needs chromium and chromedriver (Debian: chromium, chromium-driver) and the package selenium.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest

from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1366,900",
)  # fmt: skip
WAIT = 60

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="chromium or chromedriver is not installed"
)


@pytest.fixture
def server(valmora):
    """The address of `linker app` on a copy of the demonstration workspace."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "linker", "app", "--port", str(port), "--no-browser"]
    environment = {**os.environ, "LINKER_WORKSPACE": str(valmora)}
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + "/_stcore/health", process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _wait_for(address, process):
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        assert process.poll() is None, "linker app ended"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {WAIT} s")


@pytest.fixture
def browser(tmp_path):
    """A chromium of its own, with an empty profile."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=DRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def until(browser, condition, what):
    """Wait for a condition of the page."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, WAIT, poll_frequency=0.05).until(lambda _: condition(), what)


def press(browser, key):
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(key).perform()


def shown_link(browser):
    from urllib.parse import parse_qs, urlparse

    return parse_qs(urlparse(browser.current_url).query).get("link", [""])[0]


def ready_link(browser):
    """The link of the address, once its own buttons can be pressed."""
    link = shown_link(browser)
    return link if find(browser, f".st-key-accept-{link} button:not([disabled])") else ""


def find(browser, selector):
    found = browser.find_elements("css selector", selector)
    return found[0] if found else None


def test_judge_by_keyboard_undo_and_reload(browser, server, valmora, log):
    began = time.monotonic()
    browser.get(f"{server}/convergences?reviewer={quote('Ada Example')}")
    until(browser, lambda: find(browser, "table.waterfall"), "no waterfall")
    print(f"first link with its reasons after {time.monotonic() - began:.1f} s")
    first = shown_link(browser)
    assert len(browser.find_elements("css selector", ".pair mark")) == 2

    began = time.monotonic()
    press(browser, "a")
    until(browser, lambda: shown_link(browser) not in ("", first), "the page did not move on")
    print(f"the next link {1000 * (time.monotonic() - began):.0f} ms after the decision")
    assert [(d.link_id, d.verdict, d.reviewer) for d in log(valmora)] == [
        (first, "accept", "Ada Example")
    ]

    until(browser, lambda: find(browser, ".st-key-undo button:not([disabled])"), "no undo")
    press(browser, "z")
    until(browser, lambda: shown_link(browser) == first, "undo did not bring the link back")
    assert [d.verdict for d in log(valmora)] == ["accept", "undo"]

    # A letter typed into the note is a letter, not a verdict.
    note = until(browser, lambda: find(browser, f".st-key-note-{first} input"), "no note field")
    note.send_keys("axuasz")
    time.sleep(1)
    assert shown_link(browser) == first
    assert len(log(valmora)) == 2

    browser.get(f"{server}/convergences?reviewer=Grace&link={first}")
    until(browser, lambda: find(browser, ".pair mark"), "the shared address shows no link")
    assert shown_link(browser) == first


def test_two_reviewers_at_once_lose_nothing(browser, server, valmora, log):
    def open_as(name, more=""):
        browser.get(f"{server}/convergences?reviewer={name}{more}")
        until(browser, lambda: find(browser, ".pair mark"), "no pair")

    def judge(key):
        before = until(browser, lambda: ready_link(browser), f"nothing to press {key} on")
        press(browser, key)
        until(browser, lambda: shown_link(browser) not in ("", before), "did not move on")
        return before

    ada = browser.current_window_handle
    open_as("Ada")
    browser.switch_to.new_window("window")
    grace = browser.current_window_handle
    open_as("Grace", "&independent=true")
    said = {ada: [], grace: []}
    for number in range(3):
        for window, keys in ((ada, "axa"), (grace, "aaa")):
            browser.switch_to.window(window)
            said[window].append(judge(keys[number]))
    assert said[ada] == said[grace]
    wanted = [(i, v) for i, v in zip(said[ada], ("accept", "reject", "accept"), strict=True)]
    assert [(d.link_id, d.verdict) for d in log(valmora) if d.reviewer == "Ada"] == wanted
    assert [d.link_id for d in log(valmora) if d.reviewer == "Grace"] == said[grace]

    browser.get(f"{server}/agreement?reviewer=Lead")
    until(browser, lambda: find(browser, "table.plain"), "no table of agreement")
    settle = f".st-key-settle-reject-{said[ada][1]} button"
    until(browser, lambda: find(browser, settle), "the disagreement is not listed").click()
    until(browser, lambda: "1 settled" in browser.page_source, "not settled")
    open_as("Grace", f"&link={said[ada][1]}")
    until(browser, lambda: "Settled: rejected" in browser.page_source, "not settled after reload")


def test_a_key_pressed_twice_is_one_decision(browser, server, valmora, log):
    browser.get(f"{server}/convergences?reviewer=Ada")
    first = until(browser, lambda: ready_link(browser), "no link")
    browser.execute_script(
        "const button = document.querySelector(arguments[0]); button.click(); button.click();",
        f".st-key-accept-{first} button",
    )
    second = until(
        browser, lambda: shown_link(browser) != first and ready_link(browser), "did not move on"
    )
    time.sleep(1)
    assert shown_link(browser) == second
    assert [(d.link_id, d.verdict) for d in log(valmora)] == [(first, "accept")]


def test_a_link_by_hand_survives_a_reload(browser, server, valmora, log):
    from tests.ui.test_second_reviewer import pair_not_proposed

    with Linker.open(valmora) as linker:
        left, right = pair_not_proposed(linker)
    both = f"&left={quote(left, safe='')}&right={quote(right, safe='')}"
    browser.get(f"{server}/convergences?reviewer=Ada{both}")
    button = until(browser, lambda: find(browser, ".st-key-by-hand-add button"), "no form")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    time.sleep(0.5)
    find(browser, ".st-key-by-hand-add button").click()
    until(browser, lambda: log(valmora), "nothing was written")
    (made,) = log(valmora)
    assert {left, right} <= set(dict(made.link).values())
    browser.get(f"{server}/convergences?reviewer=Ada&link={made.link_id}")
    until(browser, lambda: "Added by hand" in browser.page_source, "gone after a reload")
    until(browser, lambda: find(browser, "table.waterfall"), "no reasons")


@pytest.mark.parametrize(
    "page", ["", "xray", "sdg", "search?q=prison", "documents", "method", "agreement"]
)
def test_pages_fetch_nothing_from_elsewhere_and_fit_a_phone(browser, server, page):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    browser.get(f"{server}/{page}")
    until(browser, lambda: find(browser, ".heading h1"), "no heading")
    time.sleep(1)
    fetched = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    icon = find(browser, "link[rel~=icon]").get_attribute("href")
    elsewhere = [
        url for url in [*fetched, icon] if not url.startswith((server, "data:", "blob:", "ws:"))
    ]
    assert elsewhere == []
    assert not find(browser, "[data-testid=stException]")
    faint = browser.execute_script((CHECKOUT / "tests/ui/contrast.js").read_text("utf-8"))
    assert faint == {}, "texts below the contrast of WCAG AA"
    width = browser.execute_script(
        "return document.querySelector('[data-testid=stMain]').scrollWidth"
    )
    assert width <= 390
