"""Which language is spoken: a value of the running context, never of the whole process.

Two sessions of the application, or two exports in two threads, may speak two languages at once.
What is kept in a workspace and what programs read is always in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from linker.errors import Invalid

ENGLISH = "en"
SCREENS: Mapping[str, str] = {"en": "English", "es": "Español", "fr": "Français"}
"""Languages of the application, by the names that they have in themselves."""
LANGUAGES: Mapping[str, str] = {
    **SCREENS,
    "ar": "العربية",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
}
"""Languages of documents: the last four for headings and official names."""
RIGHT_TO_LEFT = frozenset({"ar"})

LANGUAGE = "LINKER_LANGUAGE"
"""Environment variable that names the language in which the application begins."""

_spoken: ContextVar[str] = ContextVar("language", default="")
_asked: list[Callable[[], str]] = []


def language() -> str:
    """Return the language spoken here: as `speaking` says, else as the session does, else English.

    ISO 639-1, of `LANGUAGES`.
    """
    said = _spoken.get() or next((ask() for ask in _asked), "")
    return said if said in LANGUAGES else ENGLISH


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language within a ``with`` block.

    Args:
        code: of `LANGUAGES`; empty to leave it as it is.

    Raises:
        Invalid: no such language.
    """
    token = _spoken.set(checked(code) if code else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def checked(code: str) -> str:
    """Return the code of a language, whatever its case.

    Raises:
        Invalid: no such language.
    """
    if code.lower() not in LANGUAGES:
        known = ", ".join(f"{key} ({name})" for key, name in LANGUAGES.items())
        raise Invalid(f"{code!r} is no language of documents. Use one of: {known}.")
    return code.lower()


def follow(ask: Callable[[], str]) -> None:
    """Ask a session for its language where no block says one: in callbacks and fragments too.

    Args:
        ask: returns the language of the session it is called in; empty where there is none.
    """
    _asked[:] = [ask]


def is_right_to_left_spoken() -> bool:
    """Whether the language spoken here is written from right to left."""
    return language() in RIGHT_TO_LEFT


def bcp47() -> str:
    """Return the language as files name it; English is the United Nations' British one."""
    return "en-GB" if language() == ENGLISH else language()
