"""Explains links beside the pages, so that no decision waits until an explanation is ready.

What carries a link is found by scoring it again without its phrases, which takes up to a second.
One worker does that; pages ask, show what is ready, and ask ahead for the links that come next.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from time import sleep

from linker.workspace.explaining import Explanation

KEPT = 500
REST = 0.4
"""Seconds left to the browser and the server to draw the page before work ahead begins."""
Asked = Future[Explanation]


def _later(make: Callable[[], Explanation]) -> Callable[[], Explanation]:
    def rested() -> Explanation:
        sleep(REST)
        return make()

    return rested


class Explainer:
    """Makes explanations one after the other, each once."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="explainer")
        self._lock = Lock()
        self._asked: dict[str, Asked] = {}

    def ask(self, link_id: str, make: Callable[[], Explanation], ahead: bool = False) -> Asked:
        """Return the explanation of a link, ready or under way.

        Args:
            link_id: the link.
            make: explains it.
            ahead: nobody waits for it yet; what was asked ahead before is not given up for it.
        """
        with self._lock:
            known = self._asked.get(link_id)
            if known is not None and not known.cancelled():
                return known
            if not ahead:
                self._give_up()
            while len(self._asked) >= KEPT:
                self._asked.pop(next(iter(self._asked)))
            self._asked[link_id] = asked = self._pool.submit(_later(make) if ahead else make)
            return asked

    def forget(self) -> None:
        """Forget all explanations: the links or what they were made from changed."""
        with self._lock:
            self._give_up()
            self._asked.clear()

    def _give_up(self) -> None:
        """Cancel what has not begun: the reader went elsewhere. Who still waits asks again."""
        for link_id in [i for i, asked in self._asked.items() if asked.cancel()]:
            del self._asked[link_id]
