"""Translates what people read: English in the code, other languages in data/locale.

A catalogue is ``data/locale/LANGUAGE/LC_MESSAGES/linker.po``, text that experts correct. It is
read at first use; nothing has to be compiled. What it lacks is said in English.
"""

from __future__ import annotations

import gettext
import io
import string
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from linker.i18n.language import ENGLISH, LANGUAGES, language
from linker.i18n.numbers import written
from linker.paths import data_dir


def catalogue_file(code: str) -> Path:
    """Return the path of a language's catalogue."""
    return data_dir() / "locale" / code / "LC_MESSAGES" / "linker.po"


def tr(message: str, /, **values: Any) -> str:
    """Return a message in the language spoken here.

    Args:
        message: in English, as it stands in the code; with ``{name}`` where values stand.
        values: what stands there; numbers are written as the language writes them.
    """
    return _filled(_translations(language()).gettext(message) if message else "", values)


def tr_plural(one: str, several: str, number: int, /, **values: Any) -> str:
    """Return a message in the plural form that a number asks for.

    Args:
        one: in English, for the number 1.
        several: in English, for other numbers.
        number: stands in the message as ``{n}``.
        values: what else stands in it.
    """
    said = _translations(language()).ngettext(one, several, number)
    return _filled(said, {"n": number, **values})


def tr_later(message: str, /) -> str:
    """Return a message as it is, marked for the catalogues: `tr` translates it where it is said."""
    return message


def in_every_language(message: str) -> Iterator[str]:
    """Yield a message in English and as each catalogue has it: what comes back is read so."""
    yield message
    for code in LANGUAGES:
        said = _translations(code).gettext(message)
        if said != message:
            yield said


@cache
def english_messages() -> dict[str, str]:
    """Return what the catalogues say -> the English that it stands for, without filled-in parts.

    English stands for itself, whatever else the same word means in another language.
    """
    said = [
        (key, text)
        for code in LANGUAGES
        for key, text in getattr(_translations(code), "_catalog", {}).items()
        if isinstance(key, str) and "{" not in key
    ]
    found = {key.strip().casefold(): key for key, _ in reversed(said)}
    for key, text in said:
        found.setdefault(text.strip().casefold(), key)
    return found


class _Formatter(string.Formatter):
    """Writes numbers as the language does; all else as ``str.format``."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int | float) and format_spec:
            return written(value, format_spec)
        return str(super().format_field(value, format_spec))


def _filled(said: str, values: dict[str, Any]) -> str:
    if all(type(value) is str for value in values.values()):  # no number: Python's own, in C
        return said.format(**values) if values else said
    return _Formatter().vformat(said, (), values)


@lru_cache(maxsize=len(LANGUAGES))
def _translations(code: str) -> gettext.NullTranslations:
    """Read a catalogue; English, and a language without one, say what the code says."""
    path = catalogue_file(code)
    if code == ENGLISH or not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
