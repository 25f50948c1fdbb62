"""The application as a reviewer meets it: in a real browser, by keyboard."""

import time
from urllib.parse import quote

import pytest

from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT
from tests.ui.browsing import find, needed, press, ready_link, shown_link, until

pytestmark = needed


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
        (first, "confirm", "Ada Example")
    ]

    until(browser, lambda: find(browser, ".st-key-undo button:not([disabled])"), "no undo")
    press(browser, "z")
    until(browser, lambda: shown_link(browser) == first, "undo did not bring the link back")
    assert [d.verdict for d in log(valmora)] == ["confirm", "undo"]

    # A letter typed into the note is a letter, not a verdict.
    note = until(browser, lambda: find(browser, f".st-key-note-{first} input"), "no note field")
    note.send_keys("axuasz")
    time.sleep(1)
    assert shown_link(browser) == first
    assert len(log(valmora)) == 2

    browser.get(f"{server}/convergences?reviewer=Grace&link={first}")
    until(browser, lambda: find(browser, ".pair mark"), "the shared address shows no link")
    assert shown_link(browser) == first


@pytest.mark.long
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
    open_as("Ada", "&blind=true")
    browser.switch_to.new_window("window")
    grace = browser.current_window_handle
    open_as("Grace", "&independent=true")
    said = {ada: [], grace: []}
    for number in range(3):
        for window, keys in ((ada, "axa"), (grace, "aaa")):
            browser.switch_to.window(window)
            said[window].append(judge(keys[number]))
    assert said[ada] == said[grace]
    wanted = [(i, v) for i, v in zip(said[ada], ("confirm", "reject", "confirm"), strict=True)]
    assert [(d.link_id, d.verdict) for d in log(valmora) if d.reviewer == "Ada"] == wanted
    assert [d.link_id for d in log(valmora) if d.reviewer == "Grace"] == said[grace]

    browser.get(f"{server}/agreement?reviewer=Lead")
    until(browser, lambda: find(browser, "table.plain"), "no table of agreement")
    settle = f".st-key-settle-reject-{said[ada][1]} button"
    until(browser, lambda: find(browser, settle), "the disagreement is not listed").click()
    until(browser, lambda: "1 settled" in browser.page_source, "not settled")
    open_as("Grace", f"&link={said[ada][1]}")
    until(browser, lambda: "Settled: rejected" in browser.page_source, "not settled after reload")


@pytest.mark.long
def test_a_key_pressed_twice_is_one_decision(browser, server, valmora, log):
    browser.get(f"{server}/convergences?reviewer=Ada")
    first = until(browser, lambda: ready_link(browser), "no link")
    browser.execute_script(
        "const button = document.querySelector(arguments[0]); button.click(); button.click();",
        f".st-key-confirm-{first} button",
    )
    second = until(
        browser, lambda: shown_link(browser) != first and ready_link(browser), "did not move on"
    )
    time.sleep(1)
    assert shown_link(browser) == second
    assert [(d.link_id, d.verdict) for d in log(valmora)] == [(first, "confirm")]


@pytest.mark.long
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


@pytest.mark.long
@pytest.mark.parametrize(
    "page",
    [
        "",
        "xray",
        "xray?view=Bodies",
        "xray?view=SDGs",
        "xray?view=Map",
        "sdg",
        "plan",
        "search?q=prison",
        "documents",
        "method",
        "agreement",
    ],
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


FOCUSED = """
const element = document.activeElement;
if (element === document.body) return ["end of the page", true];
const label = element.getAttribute("aria-label") || element.innerText || "";
let frame = element;
while (frame && !(parseFloat(getComputedStyle(frame).outlineWidth) >= 2
    && getComputedStyle(frame).outlineStyle === "solid")) frame = frame.parentElement;
return [label.split("\\n").filter((line) => !/^[a-z_]+$/.test(line)).join(" ").trim(),
        // A list to choose from clips what is in it, never its own frame.
        Boolean(frame && (frame.matches("select") || getComputedStyle(frame).overflow !== "clip"))];
"""
"""What has the focus, without the names of icons, and whether one sees that it has."""


def tab_to(browser, label, most=60):
    """Press Tab until a control has the focus; return what was passed on the way."""
    from selenium.webdriver import Keys

    passed = []
    while len(passed) < most:
        press(browser, Keys.TAB)
        focused, visible = browser.execute_script(FOCUSED)
        assert visible, f"nobody sees that {focused!r} has the focus"
        if focused.startswith(label):
            return passed
        passed.append(focused)
    pytest.fail(f"Tab did not reach {label!r} but {passed}")


@pytest.mark.long
def test_a_row_of_the_plan_is_filled_in_by_keyboard(browser, server, valmora):
    from selenium.webdriver import Keys

    browser.get(f"{server}/plan?reviewer=Ada")
    until(browser, lambda: find(browser, "[class*=st-key-fill-] button"), "no plan")
    tab_to(browser, "Fill in")
    press(browser, Keys.ENTER)
    until(browser, lambda: find(browser, ".st-key-plan-form"), "no form")
    tab_to(browser, "Status")
    press(browser, "In progress")
    press(browser, Keys.ENTER)
    tab_to(browser, "Responsible body")
    press(browser, "Ministry of Justice")
    passed = tab_to(browser, "Deadline")
    assert passed == ["Responsible person", "Partners", "Expected action", "Action strategy"]
    press(browser, "2027-12")
    tab_to(browser, "Write into the plan")
    press(browser, Keys.ENTER)
    until(browser, lambda: "Written: " in browser.page_source, "not written")
    with Linker.open(valmora) as linker:
        written = linker.plan_log()
    assert {(c.field, c.value, c.reviewer) for c in written} == {
        ("status", "in progress", "Ada"),
        ("responsible", "Ministry of Justice", "Ada"),
        ("deadline", "2027-12", "Ada"),
    }
    browser.get(browser.current_url)
    fields = "document.querySelectorAll('.st-key-plan-form input')"
    values = f"return [...{fields}].map((field) => field.value)"
    wanted = {"In progress", "Ministry of Justice", "2027-12"}
    kept = lambda: wanted <= set(browser.execute_script(values))  # noqa: E731
    until(browser, kept, "not there after a reload")


@pytest.mark.long
def test_filters_are_the_next_stop_after_their_button(browser, server):
    from selenium.webdriver import Keys

    browser.get(f"{server}/search?q=prison")
    until(browser, lambda: find(browser, ".record"), "nothing found")
    tab_to(browser, "Filters")
    press(browser, Keys.ENTER)
    until(browser, lambda: find(browser, "[data-testid=stPopoverBody] input"), "no filters")
    press(browser, Keys.TAB)
    assert browser.execute_script(FOCUSED) == ["Mechanism", True]
    press(browser, Keys.ESCAPE)
    until(browser, lambda: not find(browser, "[data-testid=stPopoverBody]"), "still open")
    assert browser.execute_script(FOCUSED)[0] == "Filters"


@pytest.mark.long
def test_what_is_typed_into_the_grid_is_written_into_its_row(browser, server, valmora):
    from selenium.webdriver import ActionChains, Keys

    with Linker.open(valmora) as linker:
        row_id = linker.plan("XVM")[0].plan_id
    browser.get(f"{server}/plan?reviewer=Ada&plan-table=true")
    canvas = "[data-testid=data-grid-canvas]"
    until(browser, lambda: find(browser, canvas), "no grid")
    center = "document.querySelector(arguments[0]).scrollIntoView({block: 'center'})"
    cell = "#glide-cell-2-0[aria-selected=true]"

    def choose():
        browser.execute_script(center, canvas)
        grid = find(browser, canvas)
        left, top = -grid.size["width"] // 2, -grid.size["height"] // 2
        offset = left + 760, top + 55  # the first row of the first column to type into
        ActionChains(browser).move_to_element_with_offset(grid, *offset).click().perform()
        return find(browser, cell)

    until(browser, choose, "no cell is chosen")
    press(browser, "P")  # the first letter opens the field
    writes = "return document.activeElement.value === 'P'"
    until(browser, lambda: browser.execute_script(writes), "no field")
    press(browser, "arliament")
    press(browser, Keys.ENTER)
    button = ".st-key-write-grid button:not([disabled])"
    until(browser, lambda: find(browser, button), "nothing to write")
    browser.execute_script(center, button)
    find(browser, button).click()
    until(browser, lambda: "Written into 1 row." in browser.page_source, "not written")
    with Linker.open(valmora) as linker:
        (change,) = linker.plan_log()
    assert (change.record_id, change.field, change.value) == (row_id, "responsible", "Parliament")
