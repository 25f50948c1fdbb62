"""Official names in the language spoken: States, bodies, mechanisms, themes, groups, SDGs.

English is the key. The names of States come from Unicode's CLDR and the UN (state_names.csv), the
titles of goals, targets and indicators from open-sdg/sdg-translations (sdg_titles.csv and
data/locale/sdg_indicators.csv, without those that the review of 2025 changed), concepts and
instruments from data/locale/concept_names.csv and instrument_names.csv, all else from
data/locale/official_names.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from linker.i18n.language import ENGLISH, language
from linker.i18n.messages import english_messages, tr
from linker.paths import data_dir
from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.states import state_name

_AGAIN = re.compile(r"(.*\S)( \(\d{1,3}\))")
"""A second theme of one name: "Right to health (2)"."""


def official_state(code: str) -> str:
    """Return the name of a State by its alpha-3 code; what is no code comes back as it is."""
    return _states().get((code, language())) or state_name(code)


def official_title(code: str, title: str) -> str:
    """Return the title of a goal, target or indicator by its code.

    Args:
        code: such as 5.3.1.
        title: in English, for languages in which there is none.
    """
    return _titles().get(code, {}).get(language()) or title


def official_name(name: str) -> str:
    """Return the name of a body, mechanism, theme, umbrella, group, position or status.

    A theme that was named "Right to education: quick" keeps what stands behind the colon; one that
    bears the name of a concept is called as the concept is.
    """
    if language() == ENGLISH:
        return name
    known = _names()
    if found := known.get(name, {}).get(language()):
        return found
    if again := _AGAIN.fullmatch(name):
        return f"{official_name(again[1])}{again[2]}"
    first, colon, rest = name.partition(": ")
    if colon and first in known:
        return f"{known[first].get(language()) or first}{colon}{official_name(rest)}"
    return _theme_of_a_concept(name) or tr(name)


def _theme_of_a_concept(name: str) -> str:
    said = official_concept(name[:1].lower() + name[1:])
    return "" if said.casefold() == name.casefold() else _as_begun(name, said)


def _as_begun(like: str, said: str) -> str:
    return said[:1].upper() + said[1:] if like[:1].isupper() else said


def official_concept(concept: str) -> str:
    """Return what a concept of data/vocabularies/concepts.yaml is called; its name in English."""
    return _concepts().get(concept, {}).get(language()) or concept


def official_instrument(instrument: str) -> str:
    """Return what a treaty or standard is called; empty in English and where no name is held.

    Args:
        instrument: its id in data/vocabularies/instruments.csv.
    """
    return _instruments().get(instrument, {}).get(language(), "")


def english_name(text: str) -> str:
    """Return the English of an official name, heading or mark in any language; else the text."""
    said = text.strip().casefold()
    known = _english().get(said) or english_messages().get(said)
    return known or _as_begun(text.strip(), _english_concepts().get(said, "")) or text


@remembered()
def _english() -> dict[str, str]:
    """Return names in all languages -> English; English itself first."""
    found = {name.casefold(): name for name in _names()}
    for name, row in _names().items():
        for said in filter(None, row.values()):
            found.setdefault(said.casefold(), name)
    return found


@remembered()
def _english_concepts() -> dict[str, str]:
    every = [(name, said) for name, row in _concepts().items() for said in row.values() if said]
    return {said.casefold(): name for name, said in reversed(every)}


@remembered()
def _states() -> dict[tuple[str, str], str]:
    """Return the name of each State and language: where there are several, the UN's is last."""
    rows = read_rows(vocabulary_file("state_names.csv"), ("iso3", "language", "names"))
    return {(row["iso3"], row["language"]): row["names"].split(";")[-1] for row in rows}


@remembered()
def _titles() -> dict[str, Mapping[str, str]]:
    files = (vocabulary_file("sdg_titles.csv"), data_dir() / "locale" / "sdg_indicators.csv")
    return {row["code"]: row for path in files for row in read_rows(path, ("code",))}


@remembered()
def _names() -> dict[str, Mapping[str, str]]:
    rows = read_rows(data_dir() / "locale" / "official_names.csv", ("name", "es", "fr"))
    return {row["name"]: row for row in rows}


@remembered()
def _concepts() -> dict[str, Mapping[str, str]]:
    rows = read_rows(data_dir() / "locale" / "concept_names.csv", ("name", "es", "fr"))
    return {row["name"]: row for row in rows}


@remembered()
def _instruments() -> dict[str, Mapping[str, str]]:
    rows = read_rows(data_dir() / "locale" / "instrument_names.csv", ("id", "es", "fr"))
    return {row["id"]: row for row in rows}
