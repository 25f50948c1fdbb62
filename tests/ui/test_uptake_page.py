"""Were we heard? in a real browser: a submission goes in, what came back is read and taken away."""

import zipfile

import pytest

from linker.paths import data_dir
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, until

SUBMISSION = data_dir() / "sample" / "submission.md"
CHOOSER = "[data-testid=stFileUploaderDropzoneInput]"


def push(page, words):
    def pressed():
        found = page.find_elements("xpath", f"//button[contains(., {words!r})][not(@disabled)]")
        if found:
            page.execute_script("arguments[0].click()", found[0])
        return bool(found)

    until(page, pressed, f"no button {words}")


def drop(page, path):
    until(page, lambda: find(page, CHOOSER), "nowhere to drop a file")
    find(page, CHOOSER).send_keys(str(path))
    until(page, lambda: path.name in page.page_source, "not uploaded")
    push(page, "Read what came back")


@needed
@pytest.mark.long
def test_a_submission_goes_in_and_the_document_comes_out(browser, server, valmora, tmp_path):
    page, downloads = browser, tmp_path / "downloads"
    page.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    with Linker.open(valmora) as linker:
        before = linker.store.counts()
    page.get(f"{server}/uptake")
    drop(page, SUBMISSION)
    until(page, lambda: "127.41" in page.page_source, "the answer to an ask is not shown")
    assert "came back weaker" in page.page_source
    assert "11 asks of submission.md" in page.page_source
    push(page, "Word")
    until(page, lambda: list(downloads.glob("*.docx")), "no document")
    (document,) = downloads.glob("*.docx")
    assert zipfile.is_zipfile(document)

    scan = tmp_path / "empty.txt"
    scan.write_text("We met on Monday.\n", "utf-8")
    page.get(f"{server}/uptake")
    drop(page, scan)
    until(page, lambda: "columns id and text" in page.page_source, "no remedy")
    with Linker.open(valmora) as linker:
        assert linker.store.counts() == before
    until(page, lambda: not list(valmora.glob(".upload-*")), "the upload is kept")


def test_the_page_says_what_it_takes(show, demo):
    app = show("uptake", demo[0])
    assert any("columns id and text" in info.value for info in app.info)


def test_who_else_was_asked_the_same_is_shown(show, demo):
    app = show("similar", demo[0], ask="Ratify the Convention on Migrant Workers")
    said = " ".join(block.proto.body for block in app.get("html"))
    assert "ICRMW" in said
    assert "Same measure: Likely" in said
    assert any("one State alone" in info.value for info in app.info)


def test_a_draft_starts_from_an_open_measure_and_is_checked(show, demo):
    app = show("draft", demo[0])
    said = " ".join(block.proto.body for block in app.get("html"))
    assert "records, cycles" in said
    next(button for button in app.button if "Start from" in button.label).click().run()
    assert not app.exception
    assert app.text_area(key="draft-text").value
    said = " ".join(block.proto.body for block in app.get("html"))
    assert "Valmora for the same already, or may" in said
