"""Explains links beside the pages, so that no decision waits until an explanation is ready.

What carries a link is found by scoring it again without its phrases, which takes up to a second.
One worker does that; pages ask, show what is ready, and ask ahead for the links that come next.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from time import monotonic, sleep

from linker.workspace.explaining import Explanation

KEPT = 500
REST = 0.4
"""Seconds left to the browser and the server to draw the page before work ahead begins."""
AGAIN = 0.1
"""Seconds after which who waits for an explanation asks again."""
PATIENCE = 2.0
"""Seconds after which somebody who has not asked again does not wait any more."""
Asked = Future[Explanation]


@dataclass
class _Entry:
    """An explanation, ready or under way, and when somebody last asked for it; ahead, never."""

    future: Asked
    asked: float | None

    def is_waited_for(self, now: float) -> bool:
        return self.asked is not None and now - self.asked < PATIENCE


class Explainer:
    """Makes explanations one after the other, each once."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="explainer")
        self._lock = Lock()
        self._entries: dict[str, _Entry] = {}

    def ask(self, key: str, make: Callable[[], Explanation], ahead: bool = False) -> Asked:
        """Return the explanation of a link, ready or under way; ask again while it is under way.

        It is not given up as long as somebody asks again within `PATIENCE`.

        Args:
            key: names the explanation: the link and the language.
            make: makes it.
            ahead: nobody waits for it yet; what was asked before is not given up for it.
        """
        with self._lock:
            now = monotonic()
            entry = self._entries.get(key)
            if entry is None:
                if not ahead:
                    self._give_up(now)
                while len(self._entries) >= KEPT:
                    self._entries.pop(next(iter(self._entries)))
                future = self._pool.submit(_later(make) if ahead else make)
                entry = self._entries[key] = _Entry(future, None)
            if not ahead:
                entry.asked = now
            return entry.future

    def wait(self, key: str, make: Callable[[], Explanation]) -> Explanation:
        """Return the explanation of a link when it is ready.

        Raises:
            LinkerError: as ``make`` does.
        """
        while True:
            try:
                return self.ask(key, make).result(AGAIN)
            except TimeoutError:
                continue

    def forget(self) -> None:
        """Forget all explanations: the links or what they were made from changed."""
        with self._lock:
            self._give_up(monotonic())
            self._entries.clear()

    def _give_up(self, now: float) -> None:
        """Cancel what has not begun and nobody waits for: the reader went elsewhere."""
        for key, entry in list(self._entries.items()):
            if not entry.is_waited_for(now) and entry.future.cancel():
                del self._entries[key]


def _later(make: Callable[[], Explanation]) -> Callable[[], Explanation]:
    def rested() -> Explanation:
        sleep(REST)
        return make()

    return rested
