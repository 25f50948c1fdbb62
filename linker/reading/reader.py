"""Reads texts of other languages in English, and remembers what it read.

A reading depends on the text, its language, the lexicon with a workspace's corrections, the phrases
and the encoder; under their digest it is kept beside the embeddings, for it takes a tenth of a
second to make. Delete the folder at any time: it is made again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from linker.encoding.cache import text_key
from linker.i18n.messages import tr_later
from linker.reading.english import EnglishReading, in_english
from linker.reading.phrase_table import phrase_table, prepared
from linker.reading.phrases_read import PhraseReader
from linker.records.asks import cut, too_long
from linker.records.record import Record
from linker.vocabulary.files import reading as files_read
from linker.vocabulary.lexicon import Entry, Lexicon, shipped_entries
from linker.vocabulary.spoken import ENGLISH, FOREIGN, NOT_TOLD, spoken

_LOG = logging.getLogger(__name__)
FORMAT = 5
"""Raised with every change of code that changes a reading."""
SUFFIX = ".readings"


@dataclass
class Reader:
    """Reads texts in English.

    Attributes:
        corrections: what comes before the shipped lexicon, by language.
        folder: where readings are kept; nowhere unless given.
    """

    corrections: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    folder: Path | None = None

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self._held = _Held("", None)

    @property
    def ready(self) -> bool:
        """Whether the encoder of other languages is prepared."""
        return prepared().there

    @property
    def digest(self) -> str:
        """What a reading depends on beside its text; empty while nothing is prepared."""
        if not self.ready:
            return ""
        whole = hashlib.sha256()
        for part in (str(FORMAT), prepared().encoder.checksum, files_read().digest):
            whole.update(part.encode() + b"\x1e")
        for code in sorted(self.corrections):
            for entry in self.corrections[code]:
                whole.update("\x1f".join((code, *entry)).encode() + b"\x1e")
        return whole.hexdigest()[:16]

    def unread(self, text: str, declared: str = "") -> str:
        """Return the language of a text that cannot be read here; empty where it can."""
        code = spoken(text, declared)
        if code in (ENGLISH, NOT_TOLD) or (code in FOREIGN and self.ready):
            return ""
        return code

    def read(self, text: str, declared: str = "") -> EnglishReading | None:
        """Return the English reading of a text; None where it is English or cannot be read.

        Args:
            text: as published.
            declared: the language that its source says it is in.
        """
        code = spoken(text, declared)
        if code not in FOREIGN or not self.ready or too_long(text):
            return None
        held, key = self._holding(), _key(code, text)
        kept = held.known.get(key)
        if kept is not None:
            return EnglishReading.from_json(text, kept)
        reader = self._reader(held, code)
        parts = [(part, reader.read(part.text, part.start)) for part in cut(text, declared)]
        made = EnglishReading.of(code, text, parts)
        held.keep(key, made.to_json())
        return made

    def english_text(self, text: str, declared: str = "") -> str:
        """Return what stands for a text where English is read: its reading, or itself."""
        found = self.read(text, declared)
        return text if found is None else found.text

    def english(self, record: Record) -> Record:
        """Return a record with the English reading of its text, where it has one."""
        return in_english(record, self.read(record.text, record.language))

    def all_english(self, records: Iterable[Record]) -> list[Record]:
        """Return the records that can be read, each with English text."""
        return [self.english(r) for r in records if not self.unread(r.text, r.language)]

    def kept(self, records: Iterable[Record]) -> dict[str, str]:
        """Return the readings of some records that were made, by key, for `keep` elsewhere."""
        known = self._holding().known
        keys = (_key(spoken(r.text, r.language), r.text) for r in records) if known else ()
        return {key: known[key] for key in keys if key in known}

    def keep(self, readings: Mapping[str, str]) -> None:
        """Keep readings that a reader of the same digest made elsewhere."""
        held = self._holding()
        for key in sorted(readings.keys() - held.known.keys()):
            held.keep(key, readings[key])

    def _reader(self, held: _Held, code: str) -> PhraseReader:
        if code not in held.readers:
            entries = (*self.corrections.get(code, ()), *shipped_entries(code))
            held.readers[code] = PhraseReader.of(Lexicon.of(code, entries), phrase_table())
        return held.readers[code]

    def _holding(self) -> _Held:
        """Return what was read under the present digest: words and encoder may have changed."""
        digest, held = self.digest, self._held
        if held.digest != digest:
            held = self._held = _Held(digest, self.folder)
        return held


class _Held:
    """Readings made under one digest, in memory and in the files of a folder."""

    def __init__(self, digest: str, folder: Path | None) -> None:
        self.digest = digest
        self.readers: dict[str, PhraseReader] = {}
        self.known: dict[str, str] = {}
        self._own = folder / f"{digest}-{uuid4().hex}{SUFFIX}" if folder else None
        for file in sorted(folder.glob(f"{digest}-*{SUFFIX}")) if folder else ():
            self.known |= _lines(file)

    def keep(self, key: str, said: str) -> None:
        """Keep a reading; in memory alone where the folder cannot be written."""
        self.known[key] = said
        if self._own is None:
            return
        try:
            self._own.parent.mkdir(parents=True, exist_ok=True)
            with self._own.open("a", encoding="utf-8", newline="\n") as out:
                out.write(f"{key}\t{text_key(said)}\t{said}\n")
        except OSError as error:
            _LOG.warning("%s: readings cannot be kept (%s)", self._own.parent, error.strerror)


def _key(code: str, text: str) -> str:
    """Return under which key the reading of a text in a language is kept."""
    return text_key(f"{code}\x1f{text}")


def remedy(code: str) -> str:
    """Return what can be done where a language is not read: a command, or nothing yet."""
    return (
        tr_later("until `linker languages prepare` is run") if code in FOREIGN else tr_later("yet")
    )


def _lines(file: Path) -> dict[str, str]:
    """Return the readings of a file by key; a damaged line is passed over."""
    found = {}
    try:
        for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
            key, _, rest = line.partition("\t")
            check, _, said = rest.partition("\t")
            if said and check == text_key(said):
                found[key] = said
    except OSError:
        return {}
    return found
