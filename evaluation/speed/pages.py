"""How long a reviewer waits in a real browser, on a State of 2,500 records.

Needs chromium and chromedriver, as the browser tests do. The machine's load stands beside every
number: on a machine that does other things besides, these say what its users feel, no more.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.speed.corpus import write_state
from evaluation.speed.measure import Row, linker, tell
from evaluation.speed.state import RECORDS

KEYS, TIMES = 60, 3
PAGES = ("xray", "clusters", "sdg", "plan", "search", "documents")
RUNNING = "return document.querySelector('[data-testid=stApp]')?.dataset.testScriptState"
NEXT_CARD = """
const done = arguments[arguments.length - 1], title = () =>
  document.querySelector(".deck-title")?.textContent;
const before = title(), began = performance.now();
const watch = new MutationObserver(() => {
  if (title() && title() !== before) { watch.disconnect(); done(performance.now() - began); }
});
watch.observe(document.body, { subtree: true, childList: true, characterData: true });
document.dispatchEvent(new KeyboardEvent("keydown", { key: "s", bubbles: true }));
"""
"""Presses S, which puts a card off: two cards in a row may bear the same title, seldom."""


def rows() -> list[Row]:
    """Return the first card, key to next card, and each page, with the load of the machine."""
    from tests.ui.browsing import chromium, free_port, serving

    with tempfile.TemporaryDirectory() as place:
        first, _ = write_state(Path(place), RECORDS, 0)
        folder = Path(place) / "state"
        linker(folder, "import", first)
        linker(folder, "build")
        with serving(folder, free_port()) as address, chromium(Path(place) / "profile") as browser:
            return list(_measured(browser, address))


def _measured(browser: Any, address: str) -> Iterator[Row]:
    began = _load()
    # The first page of a server reads the workspace; the pages after it are what people meet.
    cold = _opened(browser, f"{address}/clusters?reviewer=Ada", ".deck-title")
    card = min(
        _opened(browser, f"{address}/clusters?reviewer=Ada", ".deck-title") for _ in range(TIMES)
    )
    browser.set_script_timeout(60)
    keys = []
    for _ in range(KEYS):
        keys.append(browser.execute_async_script(NEXT_CARD))
        time.sleep(0.15)
    loads = f"load {began} before, {_load()} after, {os.cpu_count()} cores"
    yield Row("key to next card, 95th percentile", float(np.percentile(keys, 95)), "ms", "≤100",
              f"{KEYS} keys at 150 ms; {loads}", quoted=True)  # fmt: skip
    yield Row("  median", float(np.median(keys)), "ms")
    yield Row("first usable card", card, "s", "≤1", f"best of {TIMES}; {loads}")
    yield Row("  of a server that has just started", cold, "s")
    for page in PAGES:
        least = min(_opened(browser, f"{address}/{page}", ".heading h1") for _ in range(TIMES))
        yield Row(f"page {page}", least, "s", "≤0.6", f"best of {TIMES}; load {_load()}")


def _opened(browser: Any, address: str, selector: str) -> float:
    """Return the seconds until a page shows something and its script has ended."""
    from tests.ui.browsing import find, until

    began = time.perf_counter()
    browser.get(address)
    until(browser, lambda: find(browser, selector), f"no {selector}")
    until(browser, lambda: browser.execute_script(RUNNING) == "notRunning", "it runs on")
    return time.perf_counter() - began


def _load() -> str:
    """Return the load of the machine over the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    tell(rows())
