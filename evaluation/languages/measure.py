"""Measures the English reading: translations against the records they are translations of.

    python -m evaluation.languages.measure

The records are the demonstration State's; the translations (evaluation/gold/translations.csv) were
written by a language model. Of those in the set `seen` readings were looked at while the lexicons
grew; those of the set `apart` were written when the lexicons were done. Each becomes a record of
another document; of all records of the State its own original should come first, and be proposed
as the same measure.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.sources import SAMPLE
from linker.convergence.convergence import ConvergenceLinker
from linker.encoding.default import default_encoder
from linker.links import Convergence, SdgLink
from linker.reading.occlusion import Remembering
from linker.reading.phrase_table import phrase_table
from linker.reading.reader import Reader
from linker.records.importers import read_file
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.vocabulary.files import read_rows
from linker.vocabulary.spoken import name_of, spoken

TRANSLATIONS = Path(__file__).parent.parent / "gold" / "translations.csv"
FIVE, EIGHT = 5, 8
"""Words of the beginnings whose language is told; of Chinese, twice as many signs."""


@dataclass(frozen=True)
class Translation:
    """A translation of a record.

    Attributes:
        original: the record.
        language: ISO 639-1.
        text: the translation.
        kept: seen or apart.
    """

    original: Record
    language: str
    text: str
    kept: str

    @property
    def record(self) -> Record:
        """The translation as a record of another document and mechanism."""
        mechanism = "TB" if self.original.mechanism == "UPR" else "UPR"
        body = "CRC" if mechanism == "TB" else "UPR"
        return Record(
            id=f"~{self.language}#{self.original.id}",
            text=self.text,
            state=self.original.state,
            mechanism=mechanism,
            body=body,
            symbol=f"X/{self.language}",
            paragraph="1",
        )


def translations(records: Sequence[Record]) -> list[Translation]:
    """Return the translations of some records, in the order of the file."""
    known = {f"{record.symbol}#{record.paragraph}": record for record in records}
    rows = read_rows(TRANSLATIONS, ("id", "language", "text", "set"))
    return [Translation(known[row["id"]], row["language"], row["text"], row["set"]) for row in rows]


def numbers() -> list[dict[str, Any]]:
    """Return every number, a row for each language and set.

    Raises:
        LinkerError: the encoder of other languages is not prepared.
    """
    phrase_table()
    reader, encoder = Reader(), Remembering(default_encoder())
    records = [r for path in sorted(SAMPLE.glob("*.csv")) for r in read_file(path)[0]]
    groups: dict[tuple[str, str], list[Translation]] = defaultdict(list)
    for one in translations(records):
        groups[one.language, one.kept].append(one)
    linker, sdg = ConvergenceLinker(encoder), SdgLinker(encoder)
    return [
        {"language": name_of(language), "translations": f"{len(found)}, {kept}"}
        | _told(found)
        | _linked(linker, reader, found, records)
        | _goals(sdg, reader, found)
        for (language, kept), found in sorted(groups.items())
    ]


def _told(found: Sequence[Translation]) -> dict[str, float]:
    """Return how often the language is told, from the whole text and from its beginning."""
    return {
        f"told_{name}": _share(spoken(_beginning(one, words)) == one.language for one in found)
        for name, words in (("whole", 0), ("8_words", EIGHT), ("5_words", FIVE))
    }


def _beginning(one: Translation, words: int) -> str:
    if one.language == "zh":
        return one.text[: 2 * words or None]
    return " ".join(one.text.split()[: words or None])


def _linked(
    linker: ConvergenceLinker,
    reader: Reader,
    found: Sequence[Translation],
    records: Sequence[Record],
) -> dict[str, float]:
    """Return how often the original is proposed, asked about, and first of all the records."""
    originals = {one.record.id: one.original.id for one in found}
    read = [reader.english(one.record) for one in found]
    best: dict[str, tuple[float, str]] = {}
    own: dict[str, Convergence] = {}
    for link in linker.link([*read, *records]):
        ends = {link.left_id, link.right_id}
        for name in ends & originals.keys():
            (other,) = ends - {name}
            best[name] = max(best.get(name, (0.0, "")), (link.probability, other))
            if other == originals[name]:
                own[name] = link
    bands = [own[name].band if name in own else "hide" for name in originals]
    chances = [own[name].probability if name in own else 0.0 for name in originals]
    first = [best.get(name, (0.0, ""))[1] == original for name, original in originals.items()]
    return {
        "proposed": bands.count("propose"),
        "asked_or_proposed": len(bands) - bands.count("hide"),
        "median_probability": round(float(np.median(chances)), 3),
        "first_of_all": sum(first),
    }


def _goals(sdg: SdgLinker, reader: Reader, found: Sequence[Translation]) -> dict[str, float]:
    """Return how well the targets shown agree with those of the English originals."""
    right = ours = theirs = top = 0
    for one in found:
        read = _targets(sdg.suggest(reader.english_text(one.text)))
        original = _targets(sdg.suggest(one.original.text))
        right += len(set(read) & set(original))
        ours, theirs = ours + len(read), theirs + len(original)
        top += read[:1] == original[:1]
    return {
        "sdg_agreement_f1": round(2 * right / max(1, ours + theirs), 3),
        "sdg_same_first": round(top / len(found), 3),
    }


def _targets(links: Iterable[SdgLink]) -> list[str]:
    return [link.target for link in links if link.band != "hide" and not link.indicator]


def _share(right: Iterable[bool]) -> float:
    judged = list(right)
    return round(sum(judged) / len(judged), 3)


if __name__ == "__main__":
    print(json.dumps(numbers(), indent=1))
