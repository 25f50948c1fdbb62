"""A page that stands still says that others decided meanwhile, and not what."""

import time
from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from linker.review.decisions import Decision
from linker.store.location import Folder
from linker.store.moving import fill_server
from linker.store.store import Store
from linker.ui.meanwhile import LOOKED_EVERY, decided_by_others
from tests.ui.browsing import free_port, needed, serving, until


def decision(reviewer):
    return Decision(0, "C-0123456789ab", "reject", reviewer, "a secret note", "")


def shown(address, seen, person):
    """Run a page with nothing but the notice on it."""

    def page(address, seen, person):
        from linker.review.roles import Person
        from linker.store.location import locate
        from linker.store.store import Store
        from linker.ui.meanwhile import meanwhile

        meanwhile(Store(locate(address)), seen, "Ana", Person(person, "lead") if person else None)

    app = AppTest.from_function(page, args=(address, seen, person)).run()
    assert not app.exception, app.exception
    return [one.value for one in app.caption]


@pytest.fixture
def store(place):
    made = Store(place, create=True)
    yield made
    made.close()


def test_decisions_of_others_are_counted_within_two_seconds(store):
    mine = store.append_decision(decision("Ana")).seq
    other = Store(store.location)
    began = time.monotonic()
    other.append_decision(decision("Grace"))
    assert decided_by_others(store, mine, "Ana") == 1
    assert decided_by_others(store, mine, "Grace") == 0
    assert time.monotonic() - began + LOOKED_EVERY < 4
    assert LOOKED_EVERY <= 2
    other.close()


def test_the_notice_stands_where_others_can_be_at_work(store, place):
    store.append_decision(decision("Grace"))
    told = shown(place.address, 0, "ana@example.org")
    assert told == ["1 decision of others since this page was drawn."]
    assert shown(place.address, 1, "ana@example.org") == []
    alone = shown(place.address, 0, "")
    assert bool(alone) == (place.address.startswith("postgresql://"))


@needed
@pytest.mark.long
def test_a_page_in_a_browser_says_it_by_itself_and_shows_it_when_asked(demo, postgres, browser):
    place = postgres()
    fill_server(Folder(demo[0]), place)

    def body():
        return browser.find_element("tag name", "body").text

    with serving(place.address, free_port()) as address, closing(Store(place)) as other:
        browser.get(f"{address}/dates")
        until(browser, lambda: "Mid-term report" in body(), "the page Dates")
        other.append_decision(decision("Grace"))
        began = time.monotonic()
        until(browser, lambda: "1 decision of others" in body(), "the notice")
        assert time.monotonic() - began < 10  # two seconds, and a busy machine
        assert "secret" not in body()
        browser.find_element("css selector", ".st-key-meanwhile-show button").click()
        until(browser, lambda: "of others" not in body(), "the page drawn anew")
