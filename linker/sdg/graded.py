"""Graded examples that ship with Linker, in our own words: texts, and asks of indicators.

``data/sdg/graded-texts.csv`` holds texts with all their targets (most important first) and their
direct and proxy indicators; ``data/sdg/indicator-asks.csv`` goes through every indicator and says
which asks it measures (direct), of which it tells something (proxy), and which look near and are
not (neither).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from linker.errors import LinkerError
from linker.paths import data_dir
from linker.sdg.framework import Framework, Level, framework
from linker.vocabulary.files import read_rows, remembered

Tracks = Literal["direct", "proxy", "neither"]


@dataclass(frozen=True, slots=True)
class GradedText:
    """A text with what it links to.

    Attributes:
        text: a recommendation in our own words.
        targets: codes, most important first; empty for a text that has none.
        direct: indicators that measure what it asks.
        proxy: indicators that tell something about it.
    """

    text: str
    targets: tuple[str, ...]
    direct: tuple[str, ...]
    proxy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorAsk:
    """An ask with what an indicator has to do with it.

    Attributes:
        indicator: code of the indicator.
        role: whether it measures the ask, tells something about it, or neither.
        ask: the ask.
    """

    indicator: str
    role: Tracks
    ask: str


@remembered()
def graded_texts() -> tuple[GradedText, ...]:
    """Return the graded texts that ship with Linker.

    Raises:
        LinkerError: the file cannot be read or names a code that the framework does not have.
    """
    return read_graded_texts(data_dir() / "sdg" / "graded-texts.csv", framework())


@remembered()
def indicator_asks() -> tuple[IndicatorAsk, ...]:
    """Return the asks of all indicators that ship with Linker.

    Raises:
        LinkerError: the file cannot be read or names a code or role that there is not.
    """
    return read_indicator_asks(data_dir() / "sdg" / "indicator-asks.csv", framework())


def read_graded_texts(path: Path, codes: Framework) -> tuple[GradedText, ...]:
    """Read a CSV file with the columns text, targets, direct and proxy (codes apart by ``;``).

    Raises:
        LinkerError: a column is missing or a code is not in the framework; names the row.
    """
    found = []
    for number, row in enumerate(read_rows(path, ("text", "targets", "direct", "proxy")), start=2):
        targets = _codes(path, number, row["targets"], "target", codes)
        direct = _codes(path, number, row["direct"], "indicator", codes)
        proxy = _codes(path, number, row["proxy"], "indicator", codes)
        found.append(GradedText(row["text"], targets, direct, proxy))
    return tuple(found)


def read_indicator_asks(path: Path, codes: Framework) -> tuple[IndicatorAsk, ...]:
    """Read a CSV file with the columns indicator, role and ask.

    Raises:
        LinkerError: a column is missing, a code is no indicator, or there is no such role; names
            the row.
    """
    found = []
    for number, row in enumerate(read_rows(path, ("indicator", "role", "ask")), start=2):
        _codes(path, number, row["indicator"], "indicator", codes)
        if row["role"] not in get_args(Tracks):
            raise LinkerError(
                f"{path}, row {number}, column role: {row['role']!r} is not direct, proxy or "
                "neither."
            )
        found.append(IndicatorAsk(row["indicator"], row["role"], row["ask"]))  # type: ignore[arg-type]
    return tuple(found)


def _codes(path: Path, number: int, cell: str, level: Level, codes: Framework) -> tuple[str, ...]:
    found = tuple(filter(None, (code.strip() for code in cell.split(";"))))
    for code in found:
        if code not in codes or codes[code].level != level:
            raise LinkerError(f"{path}, row {number}: {code!r} is no {level} of the framework.")
    return found
