"""An office as it is set up: a proxy, two servers of pages, PostgreSQL, and two reviewers."""

import os
import signal
import time
from collections import Counter
from contextlib import ExitStack, closing

import pytest

from linker.store.location import Folder
from linker.store.moving import fill_server
from linker.store.store import Store
from tests.cli.test_app_processes import Alive, the_office
from tests.test_deploy import proxied
from tests.ui.browsing import chromium, find, free_ports, needed, press, serving, until, wait_for

OURS = "--ignore-certificate-errors"
"""The proxy makes its certificate itself."""
KEYS = "cxucxuc"
SAID = {"c": "confirm", "x": "reject", "u": "unsure"}
SEEN = 10
"""Seconds within which others' decisions must show: two, and what a busy machine takes besides."""


class Reviewer:
    """Somebody with a browser."""

    def __init__(self, browser, address, name):
        self.browser, self.address, self.name = browser, address, name
        self.said = []

    def sit_down(self):
        self.browser.get(f"{self.address}/clusters?reviewer={self.name}")
        until(self.browser, lambda: find(self.browser, ".deck-title"), "no card")
        self.filled()

    def filled(self):
        held = "return Math.min(15, linkerDeck.order.length) === linkerDeck.cards.size"
        until(self.browser, lambda: self.browser.execute_script(held), "the cards did not follow")

    @property
    def server(self):
        """What the proxy knows this browser's server by."""
        return self.browser.get_cookie("linker_server")["value"]

    def of(self, what):
        return self.browser.execute_script(f"return linkerDeck.{what}")

    def judge(self, keys):
        """Press keys one after the other, as fast as cards come; no word of it is waited for."""
        for key in keys:
            until(self.browser, lambda: self.of("card?.id"), "no card")
            self.said.append((self.of("current"), SAID[key], self.name))
            press(self.browser, key)

    def saved(self):
        until(self.browser, lambda: self.of("pending.length") == 0, "something is not saved")

    def told(self):
        return find(self.browser, ".st-key-meanwhile")

    def look(self):
        find(self.browser, ".st-key-meanwhile-show button").click()
        until(self.browser, lambda: not self.told(), "not drawn anew")


def apart(one, other):
    """Seat two reviewers at two servers: the proxy draws lots for who comes without a cookie."""
    one.sit_down()
    for _ in range(20):
        other.sit_down()
        if one.server != other.server:
            return
        other.browser.delete_all_cookies()
    pytest.fail("both browsers were led to one server twenty times")


def seen_by(one, other):
    """The seconds until a decision of one, saved, is told on the other's page that stands still."""
    if other.told():
        other.look()
    one.judge("c")
    one.saved()
    began = time.monotonic()
    until(other.browser, other.told, "nothing is told of the other's decision")
    took = time.monotonic() - began
    print(f"told after {took:.1f} s")
    return took


@needed
@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="kills processes as Linux does")
def test_two_reviewers_at_two_servers_see_one_another_and_lose_nothing(demo, postgres, tmp_path):
    place, port = postgres(), free_ports(2)
    fill_server(Folder(demo[0]), place)
    with ExitStack() as opened:
        store = opened.enter_context(closing(Store(place)))
        first = opened.enter_context(serving(place.address, port, "--processes", "2"))
        wait_for(first.replace(str(port), str(port + 1)) + "/_stcore/health", Alive())
        address, _ = opened.enter_context(proxied(tmp_path, port, port + 1))
        ada, grace = (
            Reviewer(opened.enter_context(chromium(tmp_path / name, OURS)), address, name)
            for name in ("Ada", "Grace")
        )

        def written():
            return Counter((d.link_id, d.verdict, d.reviewer) for d in store.decisions())

        def all_said():
            return Counter([*ada.said, *grace.said])

        apart(ada, grace)
        for one, other in ((ada, grace), (grace, ada)):
            assert seen_by(one, other) < SEEN
            other.look()
            assert one.said[-1][0] not in other.of("order")
        assert written() == all_said()

        # Both go on at once, and one of the servers is killed under them.
        _, servers = the_office(port)
        time.sleep(max(0.0, 11 - (time.time() - servers[0].create_time())))
        for key in KEYS:
            ada.judge(key)
            grace.judge(key)
        servers[0].send_signal(signal.SIGKILL)
        ada.judge("c")
        grace.judge("c")
        for one in (ada, grace):
            one.saved()
        assert written() == all_said()
        for one, other in ((ada, grace), (grace, ada)):
            assert seen_by(one, other) < SEEN
        assert written() == all_said()
