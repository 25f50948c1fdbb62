"""Running the application and looking at it through a real browser.

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
from contextlib import ExitStack, contextmanager
from urllib.parse import parse_qs, urlparse

import pytest

from tests.conftest import CHECKOUT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1366,900",
)  # fmt: skip
WAIT = 60


needed = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="chromium or chromedriver is not installed"
)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def free_ports(number):
    """Return the first of so many free ports in a row."""
    while True:
        port = free_port()
        with ExitStack() as stack:
            try:
                for place in range(1, number):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port + place))
            except OSError:
                continue
            return port


@contextmanager
def serving(workspace, port, *options):
    """Run `linker app` on a workspace, and lend its address."""
    command = [sys.executable, "-m", "linker", "app", "--port", str(port), "--no-browser"]
    command += map(str, options)
    environment = {**os.environ, "LINKER_WORKSPACE": str(workspace)}
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/_stcore/health", process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=WAIT)


@contextmanager
def chromium(profile, *more):
    """Lend a browser of its own, with an empty profile at a place, and with more flags."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, *more, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=DRIVER)
    browser = webdriver.Chrome(options=options, service=service)
    try:
        yield browser
    finally:
        browser.quit()


def wait_for(address, process, seconds=WAIT):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "linker app ended"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {seconds} s")


def until(browser, condition, what):
    """Wait for a condition of the page."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    # A page may be drawn anew between finding an element and reading it.
    waiting = WebDriverWait(browser, WAIT, 0.05, (StaleElementReferenceException,))
    return waiting.until(lambda _: condition(), what)


def press(browser, key):
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(key).perform()


def shown_link(browser):
    return parse_qs(urlparse(browser.current_url).query).get("link", [""])[0]


def ready_link(browser):
    """The link of the address, once its own buttons can be pressed."""
    link = shown_link(browser)
    return link if find(browser, f".st-key-confirm-{link} button:not([disabled])") else ""


def find(browser, selector):
    found = browser.find_elements("css selector", selector)
    return found[0] if found else None
