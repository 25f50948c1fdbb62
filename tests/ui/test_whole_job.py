"""The whole job in a real browser: files in, links judged, plan filled in, documents out."""

import csv
import time
import zipfile

import pytest

from linker.paths import data_dir
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, press, ready_link, shown_link, until

pytestmark = [needed, pytest.mark.long]
ROWS = 45


@pytest.fixture
def valmora(tmp_path):
    """Where the workspace is going to be: nothing yet."""
    return tmp_path / "my work"


@pytest.fixture
def files(tmp_path):
    """Parts of the demonstration State, a table with a fault, and a file that is no table."""
    made = []
    for name in ("upr-cycle-3.csv", "upr-cycle-4.csv", "treaty-bodies.csv"):
        with (data_dir() / "sample" / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[: ROWS + 1]
        made.append(tmp_path / name)
        with made[-1].open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("state,mechanism,text\nAtlantis,UPR,Ratify the Convention\n", "utf-8")
    scan = tmp_path / "scan.xlsx"
    scan.write_bytes(b"no workbook")
    return [*made, faulty, scan]


def click(page, selector, what):
    element = until(page, lambda: find(page, selector), what)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    time.sleep(0.3)
    find(page, selector).click()


def button(page, words):
    """The button that says this."""
    found = page.find_elements("xpath", f"//button[contains(., {words!r})][not(@disabled)]")
    return found[0] if found else None


def push(page, words):
    until(page, lambda: button(page, words), f"no button {words}")
    time.sleep(0.3)
    found = button(page, words)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    time.sleep(0.3)
    button(page, words).click()


def test_from_files_to_documents_and_a_reload(
    browser,
    server,
    valmora,
    files,
    log,
    tmp_path,
):
    page = browser
    page.get(server)
    push(page, "Open or create")
    chooser = "[data-testid=stFileUploaderDropzoneInput][multiple]"
    until(page, lambda: find(page, chooser), "nowhere to drop files")
    find(page, chooser).send_keys("\n".join(map(str, files)))
    until(page, lambda: "scan.xlsx" in page.page_source, "not uploaded")
    push(page, "Read the files")
    # The table of an unknown State is kept and told; what is no table is asked about.
    until(page, lambda: len(page.find_elements("css selector", ".report")) >= 4, "no reports")
    until(page, lambda: "scan.xlsx" in page.page_source, "the file that is no table is not told")
    said = page.page_source
    assert "Atlantis" in said
    assert "scan.xlsx" in said
    with Linker.open(valmora) as linker:
        records = linker.records()
    assert len(records) == 3 * ROWS + 1  # the one of Atlantis is kept without a State

    push(page, "Build")
    until(page, lambda: button(page, "Review convergences"), "not built")

    page.get(f"{server}/convergences?reviewer=Ada")
    first = until(page, lambda: ready_link(page), "no link to judge")
    press(page, "a")
    second = until(page, lambda: shown_link(page) != first and ready_link(page), "did not move")
    press(page, "x")
    until(page, lambda: shown_link(page) != second and ready_link(page), "did not move")
    press(page, "z")
    until(page, lambda: shown_link(page) == second, "not taken back")
    verdicts = [(d.link_id, d.verdict) for d in log(valmora)]
    assert verdicts == [(first, "confirm"), (second, "reject"), (second, "undo")]

    page.get(f"{server}/convergences?reviewer=Grace&independent=true&link={first}")
    until(page, lambda: ready_link(page) == first, "the link cannot be judged")
    press(page, "x")
    until(page, lambda: shown_link(page) != first, "did not move")
    page.get(f"{server}/agreement?reviewer=Lead")
    until(page, lambda: find(page, f".st-key-settle-reject-{first} button"), "not listed")

    record = next(r.id for r in records if r.cycle == "4")
    page.get(f"{server}/plan?reviewer=Ada&record={record.replace('#', '%23')}")
    field = until(page, lambda: find(page, "input[aria-label='Responsible body']"), "no form")
    field.send_keys("Ministry of Justice")
    push(page, "Write into the plan")
    until(page, lambda: "Written: " in page.page_source, "not written")

    downloads = tmp_path / "downloads"
    page.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    page.get(f"{server}/documents")
    for kind, suffix in (("matrix", "docx"), ("plan", "xlsx")):
        click(page, f".st-key-document-{kind} .st-key-{kind}-{suffix} button", f"no {kind}")
        until(page, lambda s=suffix: list(downloads.glob(f"*.{s}")), f"{kind} not downloaded")
    assert all(zipfile.is_zipfile(path) for path in downloads.iterdir())

    with Linker.open(valmora) as linker:
        assert linker.plan().rows
        assert {c.value for c in linker.plan_log(record)} == {"Ministry of Justice"}
        assert [d.verdict for d in linker.store.decisions()][-1] == "reject"
    page.get(f"{server}/convergences?reviewer=Ada&link={first}")
    until(page, lambda: "Confirmed" in page.page_source, "the decision is gone after a reload")
