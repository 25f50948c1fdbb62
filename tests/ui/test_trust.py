"""What cost reviewers their trust, in a real browser: AppTest sees none of it."""

import re
import time

import pytest
from selenium.webdriver import Keys

from linker.paths import data_dir
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, free_port, needed, press, ready_link, serving, shown_link, until

pytestmark = needed
SCROLLED = "return document.querySelector('[data-testid=stMain]').scrollTop"


def scroll(page, far):
    page.execute_script(f"document.querySelector('[data-testid=stMain]').scrollTop = {far}")
    until(page, lambda: page.execute_script(SCROLLED) > far / 2, "the page is too short to scroll")


def settled(page):
    """Wait until the page is drawn: an element found before may be gone a moment later."""
    state = "return document.querySelector('[data-testid=stApp]').dataset.testScriptState"
    until(page, lambda: page.execute_script(state) == "notRunning", "still running")
    time.sleep(0.2)


def click(page, selector, number=0):
    def clicked():
        scroll_to(page, selector, number).click()
        return True

    until(page, clicked, f"{selector} is drawn anew each time")


def scroll_to(page, selector, number=0):
    """Bring an element into view, found in one go: a page may be drawn anew meanwhile."""
    settled(page)
    script = """
        const found = document.querySelectorAll(arguments[0])[arguments[1]];
        found?.scrollIntoView({block: 'center'});
        return Boolean(found);
    """
    until(page, lambda: page.execute_script(script, selector, number), f"no {selector}")
    time.sleep(0.3)
    return page.find_elements("css selector", selector)[number]


def verdicts(decisions):
    return [d.verdict for d in decisions]


def test_many_at_once_are_written_once_told_and_taken_back_by_one_key(
    browser, server, valmora, log
):
    browser.get(f"{server}/convergences?reviewer=Ada&band=propose&across=Between+mechanisms")
    until(browser, lambda: ready_link(browser), "no link")
    press(browser, "x")
    until(browser, lambda: len(log(valmora)) == 1, "not written")
    open_bulk(browser)

    first = shown_link(browser)
    press(browser, "axz")
    time.sleep(1)
    assert len(log(valmora)) == 1, "a key acted behind the open dialog"
    assert shown_link(browser) == first

    button = find(browser, ".st-key-bulk-confirmed button")
    browser.execute_script("arguments[0].click(); arguments[0].click()", button)
    until(browser, lambda: not find(browser, "[data-testid=stDialog]"), "the dialog stays open")
    until(browser, lambda: "together. Undo takes all" in browser.page_source, "nobody was told")
    written = log(valmora)[1:]
    assert len({d.link_id for d in written}) == len(written) > 10
    assert len({d.batch for d in written}) == 1

    press(browser, "z")
    until(browser, lambda: "Taken back:" in browser.page_source, "not taken back")
    assert verdicts(log(valmora)[1 + len(written) :]) == ["undo"] * len(written)
    assert verdicts(log(valmora)[:1]) == ["reject"]


def open_bulk(page):
    click(page, "[data-testid=stExpander] summary")
    click(page, ".st-key-bulk button")
    until(page, lambda: find(page, ".st-key-bulk-confirmed button"), "no dialog")


def test_no_key_is_lost_however_fast_and_undo_reverses_what_was_last(browser, server, valmora, log):
    browser.get(f"{server}/convergences?reviewer=Ada")
    until(browser, lambda: ready_link(browser), "no link")
    for key in "axaacxauaxaa":
        press(browser, key)
        time.sleep(0.1)
    until(browser, lambda: len(log(valmora)) == 12, "a key was lost")
    said = [{"confirm": "a", "reject": "x", "unsure": "u"}[d.verdict] for d in log(valmora)]
    assert "".join(said) == "axaaaxauaxaa"
    assert len({d.link_id for d in log(valmora)}) == 12

    press(browser, "aaz")
    until(browser, lambda: len(log(valmora)) == 15, "a key was lost")
    last = log(valmora)[-1]
    assert (last.verdict, last.link_id) == ("undo", log(valmora)[-2].link_id)
    until(browser, lambda: ready_link(browser) == last.link_id, "not shown again")
    press(browser, "sz")
    until(browser, lambda: "not put off any more" in browser.page_source, "skip not reversed")
    assert shown_link(browser) == last.link_id
    assert len(log(valmora)) == 15, "undo took back a decision instead of the skip"


def test_search_and_plan_keep_what_was_asked_and_pages_begin_at_the_top(browser, server):
    browser.get(f"{server}/search")
    box = until(browser, lambda: find(browser, ".st-key-q input"), "no box")
    box.send_keys("prison overcrowding" + Keys.ENTER)
    until(browser, lambda: "nearest first" in browser.page_source, "nothing found")
    results = "[class*=st-key-open-] button"
    until(browser, lambda: len(browser.find_elements("css selector", results)) > 5, "few results")
    scroll(browser, 900)
    click(browser, results, 5)
    until(browser, lambda: "Back to" in browser.page_source, "no way back to the results")
    until(browser, lambda: browser.execute_script(SCROLLED) == 0, "the record opens scrolled down")
    browser.find_element("xpath", "//button[contains(., 'Back to')]").click()
    found = lambda: (  # noqa: E731
        find(browser, ".st-key-q input").get_attribute("value") == "prison overcrowding"
        and "nearest first" in browser.page_source
    )
    until(browser, lambda: find(browser, results) and found(), "the search is lost")
    click(browser, results)
    until(browser, lambda: "Back to" in browser.page_source, "not opened")
    browser.back()
    until(browser, lambda: find(browser, results) and found(), "Back loses the search")
    browser.refresh()
    until(browser, lambda: find(browser, results) and found(), "a reload loses the search")

    browser.get(f"{server}/plan?reviewer=Ada")
    box = until(browser, lambda: find(browser, ".st-key-plan-text input"), "no box")
    box.send_keys("torture" + Keys.ENTER)
    until(browser, lambda: "plan-text=torture" in browser.current_url, "not in the address")
    few = re.compile(r"\b1\d recommendations ")
    until(browser, lambda: few.search(browser.page_source), "nothing found")
    scroll(browser, 600)
    fill = "[class*=st-key-fill-] button"
    click(browser, fill, 4)
    until(browser, lambda: find(browser, ".st-key-plan-form"), "no form")
    until(browser, lambda: browser.execute_script(SCROLLED) == 0, "the form opens scrolled down")
    told_beside_the_button_and_kept(browser)
    browser.find_element("xpath", "//button[contains(., 'Back to the plan')]").click()
    kept = lambda: find(browser, ".st-key-plan-text input").get_attribute("value")  # noqa: E731
    until(browser, lambda: find(browser, fill) and kept() == "torture", "the filter is lost")
    until(browser, lambda: browser.execute_script(SCROLLED) > 300, "the place in the list is lost")
    browser.refresh()
    until(browser, lambda: find(browser, fill) and kept() == "torture", "a reload loses it")


def told_beside_the_button_and_kept(page):
    """A wrong value is told where it was written; what was typed is there after another page."""
    deadline = "input[aria-label=Deadline]"
    scroll_to(page, deadline).send_keys("next spring" + Keys.TAB)
    scroll_to(page, "[class*=st-key-write-into-the-plan] button").click()
    told = lambda: find(page, ".st-key-plan-form .last")  # noqa: E731
    until(page, lambda: told() and "Not written" in told().text, "nobody was told")
    assert page.execute_script(
        "const box = arguments[0].getBoundingClientRect();"
        "return box.top >= 0 && box.bottom <= innerHeight",
        told(),
    ), "told out of sight"
    address = page.current_url
    press(page, Keys.SHIFT)  # the browser tells a reader's steps from a program's by their keys
    page.execute_script(
        "[...document.querySelectorAll('a')].find(a => a.innerText=='Dates').click()"
    )
    until(page, lambda: "/dates" in page.current_url, "did not leave")
    page.back()
    until(page, lambda: find(page, deadline), "not back")
    assert page.current_url == address
    assert find(page, deadline).get_attribute("value") == "next spring"


@pytest.fixture
def unbuilt(tmp_path):
    """The folder of a workspace with the demonstration's records and no links yet."""
    folder = tmp_path / "work"
    with Linker.open(folder, create=True) as linker:
        linker.add(sorted((data_dir() / "sample").glob("*.csv")))
    return folder


def test_a_build_goes_on_whatever_its_reader_does_and_stops_when_told(browser, unbuilt):
    with serving(unbuilt, free_port()) as server:
        browser.get(server)
        push(browser, "Build")
        until(browser, lambda: find(browser, "[class*=st-key-work-] button"), "no bar with Stop")
        browser.execute_script(
            "[...document.querySelectorAll('a')].find(a => a.innerText=='Method').click()"
        )
        until(browser, lambda: "/method" in browser.current_url, "did not leave")
        until(browser, lambda: "Building ·" in browser.page_source, "no bar on the other page")
        find(browser, "[class*=st-key-work-] button").click()
        until(browser, lambda: not find(browser, "[class*=st-key-work-]"), "not stopped")
        assert not built(unbuilt)

        browser.get(server)
        push(browser, "Build")
        until(browser, lambda: find(browser, "[class*=st-key-work-]"), "no bar")
        browser.get("about:blank")
        began = time.monotonic()
        browser.get(f"{server}/search?q=prison")
        until(browser, lambda: find(browser, ".record"), "nothing found")
        print(f"a search during the build: {time.monotonic() - began:.1f} s")
        until(
            browser,
            lambda: "Building ·" in browser.page_source or built(unbuilt),
            "the build died with its tab",
        )


def built(folder):
    with Linker.open(folder) as linker:
        return linker.store.build_digest("XVM")


def push(page, words):
    path = f"//button[contains(., {words!r})][not(@disabled)]"
    until(page, lambda: page.find_elements("xpath", path), f"no button {words}")
    page.execute_script("arguments[0].click()", page.find_element("xpath", path))


@pytest.mark.long
def test_what_goes_wrong_is_told_in_words_of_our_own_and_keys_are_listed(browser, valmora):
    def said():
        dialog = find(browser, "[data-testid=stDialog]")
        return dialog.text if dialog else ""

    with serving(valmora, free_port()) as server:
        browser.get(f"{server}/nonsense")
        until(browser, lambda: "no page of this name" in said(), "not told")
        assert "app's main page" not in said()
        browser.get(f"{server}/convergences?reviewer=Ada")
        until(browser, lambda: ready_link(browser), "no link")
        assert browser.title == "Convergences · Linker"
        press(browser, "?")
        keys = until(browser, lambda: find(browser, "dialog.keys[open]"), "no list of keys").text
        assert all(words in keys for words in ("A or C Confirm", "X Reject", "S Skip"))
        press(browser, Keys.ESCAPE)
        until(browser, lambda: not find(browser, "dialog.keys"), "not closed")
        browser.get(f"{server}/dates")
        until(browser, lambda: find(browser, "h1"), "no page")
        press(browser, "?")
        keys = until(browser, lambda: find(browser, "dialog.keys[open]"), "not told of none").text
        assert "no keys of its own" in keys
    until(browser, lambda: "internet is not needed" in said(), "not told that it stopped")
    assert "Streamlit" not in said()
