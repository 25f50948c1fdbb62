"""Lists of umbrellas to choose from, and which umbrella a theme stands under.

Four lists ship in data/vocabularies/umbrellas.csv: ``four`` (those of Kenya's implementation
matrix), ``ohchr`` (the headings above OHCHR's themes), ``groups`` (groups of persons, as UHRI names
them) and ``goals`` (the 17 SDGs). A fifth is the user's own file.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder
from linker.errors import LinkerError, NotFound
from linker.records.record import Record
from linker.themes.evidence import Evidence
from linker.themes.official import Official, umbrella_rows
from linker.vocabulary.groups import groups_in, known_group, wider

DEFAULT = "four"
NAMES = (DEFAULT, "ohchr", "groups", "goals")
REST = {"groups": "No group in particular", "goals": "No goal in particular"}
OTHER = "Other themes"
SHARE = {"groups": 0.5, "goals": 0.3}
"""A theme stands under a group or goal from this share of its records on; a record counts for a
goal with the probability of its link."""
NEAR = 0.3
"""A theme stands under the nearest umbrella of one's own list from this fit on."""

Votes = Mapping[str, Mapping[str, float]]
"""For each record id, how strongly it belongs under which umbrella (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Umbrellas:
    """A list of umbrellas.

    Attributes:
        name: four, ohchr, groups, goals, or the name of the user's file.
        terms: (umbrella, term) in the order of the list: official themes, groups, goals, or any
            words of the user's own.
        rest: umbrella, last of all, of themes that belong under none; empty where all belong.
    """

    name: str
    terms: tuple[tuple[str, str], ...]
    rest: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """The umbrellas in the order in which they are shown."""
        found = dict.fromkeys(umbrella for umbrella, _ in self.terms)
        return (*found, self.rest) if self.rest else tuple(found)

    @property
    def is_own(self) -> bool:
        """Whether it is the user's own list."""
        return self.name not in NAMES

    def to_json(self) -> str:
        """Return the list as a workspace keeps it: its name, and its terms if it is one's own."""
        return json.dumps({"name": self.name, "terms": self.terms if self.is_own else []})

    @classmethod
    def from_json(cls, text: str) -> Umbrellas:
        """Read back what ``to_json`` returned; the default list for an empty text."""
        held = json.loads(text) if text else {"name": DEFAULT}
        if held["name"] in NAMES:
            return shipped(held["name"])
        return cls(held["name"], tuple((str(row[0]), str(row[1])) for row in held["terms"]), OTHER)


def find_umbrellas(name: str) -> Umbrellas:
    """Return a shipped list by its name, else the list in a file.

    Raises:
        UsageError: neither such a list nor such a file.
        LinkerError: the file is no list of umbrellas.
    """
    if name in NAMES:
        return shipped(name)
    path = Path(name)
    if not path.is_file():
        raise NotFound(
            f"--umbrellas {name}: no such list and no such file. Lists: {', '.join(NAMES)}; a "
            "file is CSV with the columns umbrella and term."
        )
    return read_umbrellas(path)


def shipped(name: str) -> Umbrellas:
    """Return one of the four lists that ship.

    Raises:
        LinkerError: data/vocabularies/umbrellas.csv is missing or broken.
    """
    rows = [row for row in umbrella_rows() if row["list"] == name]
    terms = [(row["umbrella"], term) for row in rows for term in row["terms"].split("|")]
    return Umbrellas(name, tuple(terms), REST.get(name, ""))


def read_umbrellas(path: Path) -> Umbrellas:
    """Read a list from a CSV file: a column ``umbrella`` and a column ``term``.

    A term is the label of a theme, an official theme, or any words; without terms the umbrella's
    own name is the term.

    Raises:
        LinkerError: not readable, no such columns, or a row without an umbrella.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LinkerError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    reader = csv.DictReader(text.splitlines())
    columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    term_column = next((columns[c] for c in ("term", "theme", "theme-or-term") if c in columns), "")
    if "umbrella" not in columns:
        raise LinkerError(
            f"{path}, row 1: no column `umbrella`. Name the columns umbrella and term."
        )
    terms = []
    for row in reader:
        umbrella = (row[columns["umbrella"]] or "").strip()
        if not umbrella:
            raise LinkerError(
                f"{path}, row {reader.line_num}, column umbrella: empty. Write the umbrella of "
                "every term, or delete the row."
            )
        term = (row.get(term_column) or "").strip() if term_column else ""
        terms.append((umbrella, term or umbrella))
    if not terms:
        raise LinkerError(f"{path}: no rows under the heading. Write one umbrella and term a row.")
    return Umbrellas(path.name, tuple(terms), OTHER)


def choose(
    umbrellas: Umbrellas,
    evidence: Evidence,
    encoder: Encoder,
    members: Sequence[NDArray[np.intp]],
    labels: Sequence[str],
    goals: Votes,
) -> list[str]:
    """Return the umbrella of each theme.

    Args:
        umbrellas: the list in use.
        evidence: of all records of the State.
        encoder: for the terms of one's own list.
        members: rows of each theme.
        labels: of each theme; a term of one's own list that is a label decides at once.
        goals: SDG goals (their numbers) of each record; used by the list ``goals``.
    """
    if umbrellas.name == "groups":
        votes = [_groups(umbrellas, record) for record in evidence.records]
        return [_by_vote(umbrellas, votes, rows) for rows in members]
    if umbrellas.name == "goals":
        names = {goal: umbrella for umbrella, goal in umbrellas.terms}
        found = [goals.get(record.id, {}) for record in evidence.records]
        votes = [{names[g]: p for g, p in one.items() if g in names} for one in found]
        return [_by_vote(umbrellas, votes, rows) for rows in members]
    return _by_fit(umbrellas, evidence, encoder, members, labels)


def _by_vote(
    umbrellas: Umbrellas, votes: Sequence[Mapping[str, float]], rows: NDArray[np.intp]
) -> str:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(votes[row])
    order = umbrellas.order
    best = min(total, key=lambda name: (-round(total[name], 6), order.index(name)), default="")
    return best if best and total[best] >= SHARE[umbrellas.name] * len(rows) else umbrellas.rest


def _groups(umbrellas: Umbrellas, record: Record) -> dict[str, float]:
    """Return the umbrellas whose groups a record is about: as its source tags it, or says."""
    tagged = {known_group(tag) for tag in record.groups} - {""}
    spoken = {near for group in tagged | groups_in(record.text) for near in wider(group)}
    return {umbrella: 1.0 for umbrella, group in umbrellas.terms if group in spoken}


def _by_fit(
    umbrellas: Umbrellas,
    evidence: Evidence,
    encoder: Encoder,
    members: Sequence[NDArray[np.intp]],
    labels: Sequence[str],
) -> list[str]:
    from linker.themes.labels import fit_of

    official = _terms(umbrellas, evidence, encoder)
    fit = fit_of(evidence, official, members)
    best = fit.argmax(axis=1)
    said = {term.casefold(): umbrella for umbrella, term in umbrellas.terms}
    out = []
    for theme, label in enumerate(labels):
        near = not umbrellas.is_own or fit[theme, best[theme]] >= NEAR
        chosen = official.umbrellas[best[theme]] if near else umbrellas.rest
        out.append(said.get(label.casefold(), chosen) if umbrellas.is_own else chosen)
    return out


def _terms(umbrellas: Umbrellas, evidence: Evidence, encoder: Encoder) -> Official:
    if umbrellas.name == DEFAULT:
        return evidence.official
    if umbrellas.is_own:
        return Official.of_terms(umbrellas.terms, encoder)
    return evidence.official.under({theme: umbrella for umbrella, theme in umbrellas.terms})
