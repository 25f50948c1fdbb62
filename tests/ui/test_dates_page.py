"""Dates: what is due, drawn without reading the whole workspace, and taken away as a calendar."""

from html import escape

import pytest

from linker.workspace.document_desk import DocumentDesk
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, until
from tests.ui.test_pages import texts


def test_dates_are_listed_without_reading_all_that_documents_are_made_from(show, demo, monkeypatch):
    with Linker.open(demo[0]) as linker:
        due = linker.dates()
    assert len(due) > 3
    monkeypatch.setattr(DocumentDesk, "source", lambda *_, **__: pytest.fail("all was read"))
    app = show("dates", demo[0])
    said = texts(app)
    for one in due:
        assert f"<td>{escape(one.what)}</td><td>{escape(one.spoken)}</td>" in said
    assert not app.table


@needed
def test_the_calendar_is_made_at_the_click(browser, server, tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    place = {"behavior": "allow", "downloadPath": str(folder)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", place)
    browser.get(f"{server}/dates?language=fr")
    button = until(browser, lambda: find(browser, ".st-key-dates-ics button"), "no button")
    button.click()
    file = folder / "xvm-dates.ics"
    until(browser, file.exists, "nothing was taken away")
    said = file.read_text(encoding="utf-8")
    assert said.startswith("BEGIN:VCALENDAR")
    assert "(environ)" in said
