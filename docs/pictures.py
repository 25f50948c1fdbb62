"""Makes the pictures of docs/user-guide.md anew: `python docs/pictures.py`.

Drives the application in a real browser on a fresh copy of the demonstration State, so that the
guide shows what the pages look like now. Needs chromium, chromedriver and the package selenium.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from PIL import Image
from selenium import webdriver

from linker.paths import data_dir
from linker.workspace.demo import make_demo
from linker.workspace.workspace import Linker

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
LAPTOP, PHONE = (1366, 768), (390, 844)
COLOURS = 256
"""Of a picture: pages are flat, and this keeps each below 150 KB."""
LARGEST = 150_000
WAIT = 60
SETTLED = 1.2
"""Seconds for a page to finish drawing after what was waited for is there."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--force-device-scale-factor=1",
)  # fmt: skip
TABLE = (
    "State,mechanism,symbol,paragraph,date,text\n"
    "Valmora,TB,CEDAW/C/XVM/CO/9,21,2025-02-21,Raise the minimum age of marriage to 18 years\n"
    "Valmora,TB,CEDAW/C/XVM/CO/9,23,21/02/2025,Open shelters for women in every province\n"
    "Atlantis,UPR,A/HRC/58/XVM,127.90,2025,Ratify the Convention\n"
    "Valmora,TB,CEDAW/C/XVM/CO/9,25,2025-02-21,\n"
)
"""An invented file of which two rows are refused, to show how that looks."""


@dataclass(frozen=True)
class Camera:
    """A browser on one running application."""

    browser: Any
    address: str

    def open(self, page: str = "", size: tuple[int, int] = LAPTOP, **address: str) -> None:
        """Open a page with what its address says, and wait until its heading is there."""
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE},
        )
        self.browser.get(f"{self.address}/{page}?{urlencode(address)}")
        self.find(".heading h1")

    def find(self, selector: str) -> Any:
        """Wait for an element and return it."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            found = self.browser.find_elements("css selector", selector)
            if found:
                return found[0]
            time.sleep(0.1)
        raise TimeoutError(f"{selector} did not appear on {self.browser.current_url}")

    def click(self, selector: str) -> None:
        """Click an element that is there and let the page draw."""
        element = self.find(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        time.sleep(0.3)
        self.find(selector).click()
        time.sleep(SETTLED)

    def shoot(self, name: str, after: str = "", at: str = "") -> None:
        """Take a picture.

        Args:
            name: of the file, without its suffix.
            after: wait for this element first.
            at: bring this element to the top of the picture.
        """
        if after:
            self.find(after)
        time.sleep(SETTLED)
        if at:
            script = "arguments[0].scrollIntoView({block: 'center'})"
            self.browser.execute_script(script, self.find(at))
            time.sleep(0.5)
        picture = Image.open(io.BytesIO(self.browser.get_screenshot_as_png())).convert("RGB")
        file = PICTURES / f"{name}.png"
        picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
        if file.stat().st_size > LARGEST:
            raise ValueError(f"{file.name} has {file.stat().st_size:,} bytes; {LARGEST:,} is most")
        print(f"{file.name}: {file.stat().st_size:,} bytes")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_demo(home / "demo", languages=False)
        (home / "new-table.csv").write_text(TABLE, encoding="utf-8")
        _decide(home / "demo")
        with _application(home) as address, _browser(home) as browser:
            camera = Camera(browser, address)
            _start(camera, home)
            _xray(camera)
            _convergences(camera, home / "demo")
            _clusters(camera)
            _others(camera, home / "demo")
            _asked(camera)


def _decide(folder: Path) -> None:
    """Let two reviewers judge a few links, and fill in a part of the plan."""
    with Linker.open(folder) as linker:
        links = list(linker.convergences().shown())
        for number, item in enumerate(links[:14]):
            linker.decide(item.link.link_id, "confirm", "Ada Example")
            other = "reject" if number in (3, 9) else "confirm"
            linker.decide(item.link.link_id, other, "Grace Example")
        for item in links[-4:]:
            linker.decide(item.link.link_id, "reject", "Ada Example")
            linker.decide(item.link.link_id, "reject", "Grace Example")
        newest = [r for r in linker.records() if r.mechanism == "UPR" and r.cycle == "4"]
        for record, status in zip(newest, ("in progress", "not started", "fully implemented")):  # noqa: B905
            linker.set_plan(
                record.id,
                reviewer="Ada Example",
                responsible="Ministry of Justice",
                deadline="2028-12",
                status=status,
            )


def _start(camera: Camera, home: Path) -> None:
    with Linker.open(home / "my-work", create=True):
        pass
    camera.open(workspace=str(home / "my-work"))
    # The path of the machine that makes the pictures is nobody's business.
    script = "arguments[0].value = 'my-work'"
    camera.browser.execute_script(script, camera.find(".stTextInput input"))
    camera.shoot("start", after=".stTextInput")
    camera.find("[data-testid=stFileUploaderDropzoneInput]").send_keys(str(home / "new-table.csv"))
    time.sleep(SETTLED)
    camera.click(".st-key-read-files button")
    camera.shoot("refused", after=".report", at=".report")


def _xray(camera: Camera) -> None:
    camera.open("xray")
    camera.shoot("xray", after=".umbrella")
    camera.click("[class*=st-key-theme-T] button")
    camera.shoot("theme", after=".record")


def _convergences(camera: Camera, folder: Path) -> None:
    with Linker.open(folder) as linker:
        likely = [
            item
            for item in linker.convergences()
            if item.left.mechanism == "TB" and item.link.band == "propose" and not item.decision
        ]
        across = min(likely, key=lambda item: len(item.left.text) + len(item.right.text))
        across_id = across.link.link_id
        pair = next(i.link for i in linker.convergences() if i.link.probability < 0.2)
    ada = {"reviewer": "Ada Example"}
    camera.open("convergences", link=across_id, **ada)
    camera.shoot("convergence", after="table.waterfall")
    camera.shoot("why", at="table.waterfall")
    camera.open("convergences", PHONE, link=across_id, **ada)
    camera.shoot("phone", after="table.waterfall")
    camera.open("convergences", blind="true", link=across_id, **ada)
    camera.shoot("blind", after=".pair")
    camera.open("convergences", left=pair.left_id, right=pair.right_id, **ada)
    camera.shoot("by-hand", after=".st-key-by-hand-add button", at=".st-key-by-hand-relation")
    camera.open("agreement", reviewer="The lead")
    camera.shoot("agreement", after="table.plain")


def _clusters(camera: Camera) -> None:
    camera.open("clusters", reviewer="Ada Example")
    camera.shoot("deck", after=".deck-title", at=".deck-title")


def _others(camera: Camera, folder: Path) -> None:
    ada = {"reviewer": "Ada Example"}
    with Linker.open(folder) as linker:
        marriage = next(r.id for r in linker.records() if "child marriage" in r.text.lower())
        planned = next(r.id for r in linker.records() if r.mechanism == "UPR" and r.cycle == "4")
    camera.open("sdg", record=marriage, **ada)
    camera.shoot("sdg", after=".sdg")
    camera.open("search", q="prison overcrowding", mechanism="Treaty bodies", **ada)
    camera.shoot("search", after=".record")
    camera.open("plan", **ada)
    camera.shoot("plan", after=".record")
    camera.open("plan", record=planned, **ada)
    camera.shoot("plan-form", after="form, .stForm, .stTextArea")
    camera.open("documents", **ada)
    camera.shoot("documents", after=".st-key-document-matrix")
    camera.open("method", **ada)
    camera.shoot("method", after=".stExpander", at=".stExpander")


def _asked(camera: Camera) -> None:
    camera.open("uptake")
    dropzone = "[data-testid=stFileUploaderDropzoneInput]"
    camera.find(dropzone).send_keys(str(data_dir() / "sample" / "submission.md"))
    time.sleep(SETTLED)
    camera.click("[data-testid=stFormSubmitButton] button")
    camera.shoot("uptake", after=".figures", at=".figures")
    camera.open("similar", ask="Criminalize marital rape")
    camera.shoot("similar", after=".record")
    camera.open("draft")
    camera.click("[class*=st-key-take-] button")
    camera.shoot("draft", after=".record", at=".stTextArea")


@contextmanager
def _application(home: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "linker", "app", "--port", str(port), "--no-browser"]
    environment = {**os.environ, "LINKER_WORKSPACE": str(home / "demo")}
    process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            try:
                urlopen(f"{address}/_stcore/health", timeout=2).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@contextmanager
def _browser(home: Path) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    for flag in (*FLAGS, f"--user-data-dir={home / 'profile'}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        yield browser
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
