"""The review deck in a real browser: every key counts, the next card is there at once."""

import statistics
import time

import pytest
from selenium.webdriver import Keys

from linker.ui.deck import FIRST
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, press, until

pytestmark = needed


HELD = "return Math.min(15, linkerDeck.order.length) === linkerDeck.cards.size"
"""The cards ahead are there: a key pressed before waits for its card, which cannot be seen yet."""


def open_deck(page, server, more=""):
    page.get(f"{server}/clusters?reviewer=Ada{more}")
    until(page, lambda: find(page, ".deck-title"), "no card")


def of(page, what):
    return page.execute_script(f"return linkerDeck.{what}")


def saved(page):
    until(page, lambda: of(page, "pending.length") == 0, "something is not saved")


def test_the_first_card_does_not_wait_for_those_ahead(browser, server):
    open_deck(browser, server)
    until(browser, lambda: browser.execute_script(HELD), "the cards ahead did not follow")
    assert of(browser, "cards.size") > FIRST
    assert of(browser, "pending.length") == 0


def test_a_decision_reads_saving_until_it_is_written(browser, server, log, valmora):
    open_deck(browser, server)
    # Within one turn of the browser: the server may answer before a test could look.
    said = browser.execute_script(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'c', bubbles: true}));"
        "return document.querySelector('.deck-side').textContent"
    )
    assert "saving …" in said
    saved(browser)
    assert "saving …" not in find(browser, ".deck-side").text
    assert len(log(valmora)) == 1
    press(browser, "z")
    saved(browser)


def test_keys_are_judged_in_order_saved_and_taken_back(browser, server, valmora, log):
    open_deck(browser, server)
    until(browser, lambda: browser.execute_script(HELD), "the cards ahead did not follow")
    seen = []
    for key in "cxucaxccux":
        seen.append(of(browser, "current"))
        press(browser, key)
    saved(browser)
    assert "saving …" not in find(browser, ".deck-side").text
    said = {"confirm": "c", "reject": "x", "unsure": "u"}
    assert "".join(said[d.verdict] for d in log(valmora)) == "cxuccxccux"
    assert [d.link_id for d in log(valmora)] == seen
    assert len(set(seen)) == 10

    press(browser, "z")
    assert of(browser, "current") == seen[-1]
    press(browser, "sz")
    saved(browser)
    assert of(browser, "current") == seen[-1]
    assert [d.verdict for d in log(valmora)[10:]] == ["undo"]

    before, title = of(browser, "card.members.length"), find(browser, ".deck-title").text
    press(browser, Keys.ARROW_DOWN)
    press(browser, "t")
    assert of(browser, "card.members.length") < before
    saved(browser)
    until(browser, lambda: of(browser, "card.version"), "the changed card did not come")
    assert log(valmora)[-1].verdict == "split"
    press(browser, "z")
    saved(browser)
    until(browser, lambda: of(browser, "card.members.length") == before, "not put back")
    assert find(browser, ".deck-title").text == title

    browser.refresh()
    until(browser, lambda: find(browser, ".deck-title"), "no card after a reload")
    listed = browser.find_elements("css selector", ".deck-side li button")
    assert len(listed) == 9
    listed[0].click()
    until(browser, lambda: of(browser, "current") == seen[-2], "not opened again")
    press(browser, "c")
    saved(browser)
    assert (log(valmora)[-1].link_id, log(valmora)[-1].verdict) == (seen[-2], "confirm")


def test_letters_of_a_note_are_letters_and_dialogs_keep_keys(browser, server, valmora, log):
    open_deck(browser, server)
    note = find(browser, ".deck-note")
    note.send_keys("cxz")
    browser.execute_script("linkerDeck.before = linkerDeck.data; linkerDeck.post()")
    until(browser, lambda: of(browser, "data !== linkerDeck.before"), "no answer")
    assert log(valmora) == []
    browser.execute_script("document.activeElement.blur()")
    press(browser, "?")
    until(browser, lambda: find(browser, "dialog[open]"), "no help")
    press(browser, "x")
    press(browser, Keys.ESCAPE)
    assert of(browser, "pending.length") == 0
    press(browser, "c")
    saved(browser)
    assert [(d.verdict, d.note) for d in log(valmora)] == [("confirm", "cxz")]


def test_titles_come_once_and_again_when_one_has_changed(browser, server, valmora, log):
    open_deck(browser, server)
    until(browser, lambda: browser.execute_script(HELD), "the cards ahead did not follow")
    count, first = of(browser, "titles.length"), of(browser, "current")
    assert count > 10
    press(browser, "c")
    saved(browser)
    assert of(browser, "data.titles") is None
    assert of(browser, "titles.length") == count

    renamed = of(browser, "current")
    # As the field of a title sends it, for the dialog is another test's.
    browser.execute_script(
        "linkerDeck.post({do: 'rename', cluster: arguments[0], title: 'Wells in schools'})", renamed
    )
    saved(browser)
    titles = dict(of(browser, "titles"))
    assert titles[renamed] == "Wells in schools"
    assert first in titles
    assert len(titles) == count

    press(browser, "s")
    until(browser, lambda: of(browser, "current") != renamed, "not put off")
    press(browser, "e")
    find(browser, ".deck-elsewhere input").send_keys("wells schools")
    shown = browser.find_elements("css selector", ".deck-elsewhere li button")
    assert [one.get_attribute("data-id") for one in shown] == [renamed]
    press(browser, Keys.ESCAPE)

    browser.execute_script("linkerDeck.titled = 'lost'; linkerDeck.titles = []; linkerDeck.post()")
    until(browser, lambda: of(browser, "titles.length") == count, "not dealt again")


@pytest.mark.long
def test_a_reviewer_finishes_the_likely_clusters_and_loses_no_key(browser, server, valmora, log):
    with Linker.open(valmora) as linker:
        likely = {c.cluster_id for c in linker.clusters("XVM") if c.cluster.band == "propose"}
    open_deck(browser, server, "&cluster-band=propose")
    until(browser, lambda: str(len(likely)) in find(browser, ".deck-main").text, "not filtered")
    began = time.monotonic()
    for _ in likely:
        press(browser, "c")
        time.sleep(0.05)
    until(browser, lambda: "Every cluster that meets" in browser.page_source, "not finished")
    saved(browser)
    times = sorted(of(browser, "times"))
    print(
        f"{len(likely)} clusters in {time.monotonic() - began:.1f} s; key to next card: median "
        f"{statistics.median(times):.0f} ms, 95th percentile {times[int(0.95 * len(times))]:.0f} ms"
    )
    assert {d.link_id for d in log(valmora)} == likely
    assert len(log(valmora)) == len(likely)


@pytest.mark.long
def test_the_deck_works_by_touch_on_a_phone(browser, server, valmora, log):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    open_deck(browser, server)
    wide = "return document.querySelector('[data-testid=stMain]').scrollWidth"
    assert browser.execute_script(wide) <= 390
    first = of(browser, "current")
    find(browser, "[data-act=decide][data-value=confirm]").click()
    saved(browser)
    assert [d.link_id for d in log(valmora)] == [first]
    find(browser, "[data-act=undo]").click()
    saved(browser)
    assert of(browser, "current") == first
    live = find(browser, ".deck-live")
    assert live.get_attribute("aria-live") == "polite"
    assert live.get_attribute("textContent").startswith("Taken back")


@pytest.mark.long
def test_sdg_lines_of_a_card_are_judged_by_keys_and_taken_back(browser, server, valmora, log):
    with Linker.open(valmora) as linker:
        found = linker.clusters("XVM")
    cluster = max(found, key=lambda one: sum(line.band == "propose" for line in one.sdg))
    lines, key = cluster.sdg, cluster.cluster_id
    open_deck(browser, server, f"&cluster={key}")
    until(browser, lambda: of(browser, "current") == key, "not opened")

    def focused():
        return browser.execute_script("return document.activeElement.dataset.goal")

    def decided():
        saved(browser)
        return [(d.verdict, d.link_id) for d in log(valmora)]

    def all_of(verdict, *ids):
        return [(verdict, link_id) for link_id in ids]

    press(browser, "g")
    until(browser, lambda: focused() == "0", "no line has the focus")
    press(browser, "w")
    until(browser, lambda: "Speaks for it" in find(browser, ".deck-goals").text, "no why")
    press(browser, "cxz")
    first, second = lines[0], lines[1]
    written = [
        *all_of("confirm", *first.decided_by("confirm")),
        *all_of("reject", *second.decided_by("reject")),
    ]
    taken = all_of("undo", *reversed(second.decided_by("reject")))
    assert decided() == written + taken
    assert of(browser, "current") == key
    assert focused() == "1"
    chips = [goal["decision"] for goal in of(browser, "card.goals")]
    assert chips == ["confirm", *[""] * (len(lines) - 1)]
    listed = find(browser, ".deck-side li").text
    assert cluster.title in listed
    assert f"Confirmed: SDG {first.code}" in listed

    before = len(log(valmora))
    likely = [one for one in lines[1:] if one.band == "propose"]
    press(browser, "l")
    ids = [link_id for one in likely for link_id in one.decided_by("confirm")]
    assert decided()[before:] == all_of("confirm", *ids)
    press(browser, "z")
    assert len(decided()) == before + 2 * len(ids)

    press(browser, "t")  # a key of members means nothing on a line
    press(browser, "gc")
    assert decided()[-1] == ("confirm", key)
    assert of(browser, "current") != key


@pytest.mark.long
def test_sdg_lines_work_by_touch_and_are_named(browser, server, valmora, log):
    with Linker.open(valmora) as linker:
        cluster = max(linker.clusters("XVM"), key=lambda one: len(one.sdg))
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    open_deck(browser, server, f"&cluster={cluster.cluster_id}")
    until(browser, lambda: of(browser, "current") == cluster.cluster_id, "not opened")
    find(browser, ".deck-sdg summary").click()
    until(browser, lambda: find(browser, ".deck-goal").is_displayed(), "not unfolded")
    wide = "return document.querySelector('[data-testid=stMain]').scrollWidth"
    assert browser.execute_script(wide) <= 390
    find(browser, ".deck-goal [data-value=reject]").click()
    saved(browser)
    target = cluster.sdg[0]
    assert [d.link_id for d in log(valmora)] == list(target.decided_by("reject"))
    label = find(browser, ".deck-goal").get_attribute("aria-label")
    assert label.startswith(f"SDG {target.code}: ")
    assert label.endswith(", Rejected")
    assert find(browser, ".deck-live").get_attribute("textContent").startswith("Rejected: SDG")
