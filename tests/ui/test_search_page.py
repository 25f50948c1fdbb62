"""Search: several values a filter with counts, words marked, a way out of nothing, citations."""

import re

import pytest

from linker.documents.citation import quoted
from linker.records.record import Record
from linker.ui.cards import record_card, words_found
from linker.ui.counted import Facet, narrowed
from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, until
from tests.ui.test_pages import texts

BODY = Facet("body", "Body", lambda r: (r.body,), {})
THEME = Facet("topic", "Theme", lambda r: r.themes, {})
RECORDS = [
    Record(id="1", text="a", body="CAT", themes=("Torture", "Prisons")),
    Record(id="2", text="b", body="CRC", themes=("Torture",)),
    Record(id="3", text="c", body="CRC", themes=("Children",)),
    Record(id="4", text="d", body="", themes=()),
]


def ids(found):
    return [record.id for record in found.records]


def test_any_value_of_a_filter_is_enough_and_every_filter_counts():
    found = narrowed(RECORDS, (BODY, THEME), {"body": ["CAT", "CRC"], "topic": ["Torture"]})
    assert ids(found) == ["1", "2"]
    # Counted with the other filters as they are: a value beside those chosen would add so many.
    assert found.counts["topic"] == {"Torture": 2, "Prisons": 1, "Children": 1}
    assert found.counts["body"] == {"CAT": 1, "CRC": 1}


def test_nothing_left_says_what_each_filter_costs():
    found = narrowed(RECORDS, (BODY, THEME), {"body": ["CAT"], "topic": ["Children"]})
    assert ids(found) == []
    assert found.without == {"body": 1, "topic": 1}
    assert narrowed(RECORDS, (BODY, THEME), {}).without == {}


def counted(app, key):
    """The numbers beside the values of a filter."""
    options = app.multiselect(key=key).options
    return {said[: said.rindex(" (")]: int(re.search(r"\((\d+)\)$", said)[1]) for said in options}


def test_filters_take_several_values_and_say_what_each_would_leave(show, demo):
    with Linker.open(demo[0]) as linker:
        records = linker.records()
    app = show("search", demo[0])
    of_body = counted(app, "body")
    assert of_body == {b: sum(r.body == b for r in records) for b in of_body}
    app.multiselect(key="body").set_value(["CAT", "CRC"]).run()
    assert f"{of_body['CAT'] + of_body['CRC']} records<" in texts(app)
    years = {str(r.year) for r in records if r.body in ("CAT", "CRC")}
    assert set(counted(app, "year")) == years
    # Another filter changes the numbers beside what is chosen, and not what is chosen.
    year = max(years, key=lambda y: sum(r.body == "CAT" and str(r.year) == y for r in records))
    app.multiselect(key="year").set_value([year]).run()
    assert app.multiselect(key="body").value == ["CAT", "CRC"]
    left = [r for r in records if r.body in ("CAT", "CRC") and str(r.year) == year]
    assert f"{len(left)} record" in texts(app)
    assert app.query_params["body"] == ["CAT", "CRC"]


def test_an_address_of_several_values_is_followed(show, demo):
    app = show("search", demo[0], body=["CAT", "CRC"])
    assert app.multiselect(key="body").value == ["CAT", "CRC"]


def test_nothing_found_offers_to_drop_a_filter(show, demo):
    app = show("search", demo[0], body="CAT", cycle="4")
    assert "0 records" in texts(app)
    offered = {b.key: b.label for b in app.button if str(b.key).startswith("without-")}
    assert set(offered) == {"without-body", "without-cycle"}
    wanted = int(offered["without-body"].split(": ")[1])
    app.button(key="without-body").click().run()
    assert not app.exception
    assert f"{wanted} records<" in texts(app)
    assert "body" not in app.query_params


def test_words_nobody_wrote_are_told_so(show, demo):
    assert "Try fewer or other words" in texts(show("search", demo[0], q="zzyzx qqfoo"))


def test_found_words_are_marked_in_any_of_their_forms():
    record = Record(id="1", text="Tackle <prison> overcrowding in the prisons of the State.")
    html = record_card(record, found=words_found(record, "overcrowded prison of"))
    assert re.findall(r'<mark class="found">(.*?)</mark>', html) == [
        "prison", "overcrowding", "prisons",
    ]  # fmt: skip
    assert "&lt;<mark" in html
    assert words_found(record, "of the") == ((32, 35), (44, 46), (47, 50))


def test_a_citation_says_words_place_who_and_when():
    record = Record(
        id="1", text="Ratify\nit", mechanism="UPR", cycle="3", symbol="A/HRC/41/15", year=2019,
        paragraph="132.4", recommending_states=("PHL", "AUT"), position="supported",
    )  # fmt: skip
    said = (
        "“Ratify it” (A/HRC/41/15, para. 132.4; UPR cycle 3, 2019, Philippines, Austria; supported)"
    )
    assert quoted(record) == said
    body = Record(id="2", text="Act", mechanism="TB", body="CAT", symbol="CAT/C/KEN/CO/2",
                  paragraph="8", year=2013)  # fmt: skip
    assert quoted(body) == "“Act” (CAT/C/KEN/CO/2, para. 8; 2013)"


@needed
@pytest.mark.parametrize("allowed", [True, False])
def test_a_citation_is_copied(browser, server, allowed):
    browser.get(f"{server}/search?q=prison")
    button = until(browser, lambda: find(browser, "button.cite"), "no button")
    if allowed:
        asked = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        browser.execute_cdp_cmd("Browser.grantPermissions", asked)
        button.click()
        until(browser, lambda: find(browser, "button.cite").text == "Copied", "not told")
        copied = browser.execute_async_script(
            "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
        )
        assert copied == find(browser, "button.cite").get_attribute("data-cite")
        assert copied.startswith("“")
    else:
        script = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
        browser.execute_script(script)
        button.click()
        asked = until(browser, lambda: browser.switch_to.alert, "not shown")
        assert asked.text.startswith("Copy this")
        asked.dismiss()
    assert find(browser, "mark.found").text.lower().startswith("prison")


@needed
def test_values_chosen_one_after_the_other_stay_chosen(browser, server):
    """The numbers beside them change with each choice: Streamlit keeps what is chosen by label."""
    browser.get(f"{server}/search")
    until(browser, lambda: find(browser, "button.cite"), "no records")
    find(browser, ".st-key-filters [data-testid=stPopover] button").click()
    first = "[role=option]"
    for number, name in enumerate(("CAT", "CRC"), 1):
        field = until(browser, lambda: find(browser, ".st-key-body input"), "no filter")
        field.click()
        field.send_keys(name)
        until(browser, lambda n=name: find(browser, first).text.startswith(n + " ("), "not offered")
        find(browser, first).click()
        until(browser, lambda n=number: browser.current_url.count("body=") == n, "not chosen")
    until(browser, lambda: "CAT (" in find(browser, ".st-key-body").text, "CAT is gone")
    assert "CRC (" in find(browser, ".st-key-body").text
