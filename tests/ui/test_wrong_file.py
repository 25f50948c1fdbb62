"""A wrong file in a real browser: put in, mapped by hand, kept, built and taken out again."""

import os
from pathlib import Path

import pytest

from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, until
from tests.ui.test_whole_job import button, click, push

pytestmark = [needed, pytest.mark.long]
ROWS = [
    ("Train the police in the use of force", "The ministry answers this in the spring"),
    ("Set up a body that hears complaints about the police", "To be discussed with the union"),
    ("Ratify the Optional Protocol to the Convention against Torture", "No date is known so far"),
]


@pytest.fixture
def valmora(tmp_path):
    Linker.open(tmp_path / "work", create=True).close()
    return tmp_path / "work"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.csv"
    lines = ["Oznaka;Kraj;Što se traži;Bilješka"]
    lines += [f"150.{n};Kenya;{text};{note}" for n, (text, note) in enumerate(ROWS, start=1)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def picture(page, name):
    """Keep a picture of the page at desktop and phone width, where somebody asks for pictures."""
    if folder := os.environ.get("LINKER_PICTURES"):
        for width, height in ((1366, 1400), (390, 1800)):
            page.set_window_size(width, height)
            page.save_screenshot(str(Path(folder) / f"{name}-{width}.png"))
        page.set_window_size(1366, 900)


def choose(page, field, column):
    from selenium.webdriver.common.keys import Keys

    click(page, f".st-key-column-own-csv--{field} input", f"no {field}")
    find(page, f".st-key-column-own-csv--{field} input").send_keys(column, Keys.ENTER)


def test_a_wrong_file_goes_in_mapped_and_out_again(browser, server, valmora, table):
    page = browser
    page.get(server)
    chooser = "[data-testid=stFileUploaderDropzoneInput][multiple]"
    until(page, lambda: find(page, chooser), "nowhere to drop files")
    find(page, chooser).send_keys(str(table))
    until(page, lambda: "own.csv" in page.page_source, "not uploaded")
    push(page, "Read the files")
    until(page, lambda: "no column of recommendations" in page.page_source, "not refused")
    assert not button(page, "Keep own.csv")
    picture(page, "asked")
    for field, column in (("text", "Što se traži"), ("state", "Kraj"), ("paragraph", "Oznaka")):
        choose(page, field, column)
    push(page, "Read it so")
    until(page, lambda: button(page, "Keep own.csv"), "nothing to keep")
    assert "It would give 3 records, of Kenya" in page.page_source
    picture(page, "mapped")
    with Linker.open(valmora) as linker:
        assert linker.records() == []
    push(page, "Keep own.csv")
    until(page, lambda: "3 records kept" in page.page_source, "not kept")
    push(page, "Build")
    until(page, lambda: button(page, "Review convergences"), "not built")
    with Linker.open(valmora) as linker:
        assert {one.paragraph for one in linker.records()} == {"150.1", "150.2", "150.3"}
    sources = page.find_element("xpath", "//summary[contains(., 'Files read so far')]")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", sources)
    sources.click()
    push(page, "Take out")
    until(page, lambda: button(page, "Take own.csv out"), "not asked")
    picture(page, "asked-before-taking-out")
    page.execute_script("arguments[0].click()", button(page, "Take own.csv out"))
    until(page, lambda: "own.csv was taken out" in page.page_source, "not taken out")
    picture(page, "taken-out")
    with Linker.open(valmora) as linker:
        assert linker.records() == []
    until(page, lambda: button(page, "Put back"), "nothing to put back")
    page.execute_script("arguments[0].click()", button(page, "Put back"))
    until(page, lambda: "is back in its place" in page.page_source, "not put back")
    with Linker.open(valmora) as linker:
        assert len(linker.records()) == len(ROWS)
