"""What a workspace lets people do to the reading of other languages: see it, and correct it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from linker.errors import Invalid, LinkerError
from linker.reading.english import EnglishReading
from linker.review.roles import Right
from linker.vocabulary.files import read_text
from linker.vocabulary.foreign import foreign_language
from linker.vocabulary.lexicon import Entry, tab_separated
from linker.vocabulary.spoken import FOREIGN, name_of
from linker.workspace.facade_part import Desk

LEXICON = "lexicon"
"""Under which key the workspace keeps its corrections."""
LONGEST = 300
"""Characters of a phrase and of the English for it."""


class Correction(NamedTuple):
    """A row of the workspace's lexicon.

    Attributes:
        language: ISO 639-1.
        phrase: as it stands in texts.
        english: what stands for it.
        reviewer: who corrected it.
    """

    language: str
    phrase: str
    english: str
    reviewer: str = ""


class LexiconDesk(Desk):
    """The lexicon: ``linker.lexicon.corrections()`` returns what was corrected here."""

    def corrections(self) -> tuple[Correction, ...]:
        """Return the rows of the workspace's lexicon, by language and phrase."""
        return _rows(self.store.setting(LEXICON))

    def how_read(self, record_id: str) -> EnglishReading | None:
        """Return the English reading of a record; None where it is English or is not read.

        Raises:
            UsageError: no such record here.
        """
        record = self.store.known_record(record_id)
        return self.linker.reader.read(record.text, record.language)

    def correct(self, language: str, phrase: str, english: str, reviewer: str) -> Correction:
        """Say what stands for a phrase from now on; the next build reads all records anew with it.

        Args:
            language: its code.
            phrase: as it stands in texts; any forms of its words are found.
            english: what stands for it; empty takes a correction of this workspace back.
            reviewer: who says so.

        Raises:
            UsageError: no such language, no words, no name, or nothing to take back.
            AccessError: the acting person may not decide.
        """
        name = self._guard(Right.DECIDE, reviewer).strip()
        if not name:
            raise Invalid("A correction needs a reviewer's name (--reviewer NAME).")
        made = _checked(Correction(language, phrase, english, name), empty_english=True)
        known = {_key(row): row for row in self.corrections()}
        if not made.english and _key(made) not in known:
            raise Invalid(f"{made.phrase!r}: no correction of this workspace to take back.")
        known[_key(made)] = made
        self._keep([row for row in known.values() if row.english])
        return made

    def export(self, path: str | Path) -> int:
        """Write the corrections to a tab-separated file; return how many rows.

        Args:
            path: the file; ``merge`` of another workspace reads it.
        """
        rows = self.corrections()
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(Correction._fields)
        writer.writerows(rows)
        try:
            Path(path).write_text(text.getvalue(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise LinkerError(f"{path}: cannot be written ({error.strerror}).") from error
        return len(rows)

    def merge(self, path: str | Path) -> tuple[int, tuple[str, ...]]:
        """Take over the corrections of a file; what was corrected here stands.

        Returns:
            How many were new here, and a line for each row that was refused.

        Raises:
            LinkerError: the file is missing or lacks a column, or the acting person may not.
        """
        self._guard(Right.TEACH)
        file = self._handed(path)
        rows = tab_separated(read_text(file), str(file), Correction._fields[:3])
        known, new, refused = {_key(row): row for row in self.corrections()}, 0, []
        for number, row in enumerate(rows, start=2):
            try:
                given = (row.get(name) or "" for name in Correction._fields)
                made = _checked(Correction(*given))
            except Invalid as error:
                refused.append(f"{file.name}, row {number}: {error}")
                continue
            if _key(made) not in known:
                known[_key(made)] = made
                new += 1
        if new:
            self._keep(list(known.values()))
        return new, tuple(refused)

    def _keep(self, rows: Sequence[Correction]) -> None:
        kept = sorted(rows)
        said = json.dumps(kept, ensure_ascii=False) if kept else ""
        self.store.set_setting(LEXICON, said)


def corrections_of(said: str) -> Mapping[str, Sequence[Entry]]:
    """Return corrections as the workspace keeps them, by language."""
    found: dict[str, list[Entry]] = {}
    for row in _rows(said):
        found.setdefault(row.language, []).append(Entry(row.phrase, row.english))
    return found


def _rows(said: str) -> tuple[Correction, ...]:
    return tuple(Correction(*row) for row in json.loads(said)) if said else ()


def _key(row: Correction) -> tuple[str, tuple[str, ...]]:
    return row.language, foreign_language(row.language).key(row.phrase)[0]


def _checked(row: Correction, empty_english: bool = False) -> Correction:
    tidy = Correction(*(" ".join(str(cell).split()) for cell in row))
    if tidy.language not in FOREIGN:
        known = ", ".join(f"{code} ({name_of(code)})" for code in FOREIGN)
        raise Invalid(f"{tidy.language!r} is no language with a lexicon: {known}.")
    if max(len(tidy.phrase), len(tidy.english)) > LONGEST:
        raise Invalid(f"a phrase and the English for it have at most {LONGEST} characters.")
    if not _key(tidy)[1]:
        raise Invalid("a correction needs a phrase with at least one word.")
    if not tidy.english and not empty_english:
        raise Invalid(f"{tidy.phrase!r}: the English for it is missing.")
    return tidy
