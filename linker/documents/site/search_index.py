"""The index of the portal's search: plain scripts, which a browser reads from a USB stick too.

A browser lets a page opened from a disk load scripts, but neither modules nor WebAssembly nor data,
which is why pagefind finds nothing there. The words are parted by first letter and the records by
the hundred, so that a search over the web fetches some of it only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linker.documents.inputs import NO_THEME
from linker.documents.midterm import NO_STATUS
from linker.documents.site.published import Publication, PublicRecord
from linker.documents.site.words import shard, words
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.states import state_name
from linker.vocabulary.text import clipped

FACETS = (
    ("type", "Type"),
    ("year", "Year"),
    ("mechanism", "Mechanism"),
    ("population", "Population"),
    ("theme", "Theme or right"),
    ("institution", "Institution"),
    ("position", "Position of the State"),
    ("status", "Status"),
)
"""What a search can be narrowed by, beside its text: keys in addresses, and titles."""
CARDS = 100
"""Records in a file."""
SHOWN_TEXT = 260
Facets = Mapping[str, tuple[str, ...]]


def facet_values(made: Publication, one: PublicRecord) -> Facets:
    """Return the values of a record by facet."""
    record = one.record
    theme = one.theme.label if one.theme else NO_THEME
    return {
        "type": (one.type,),
        "year": (str(record.year),) if record.year else (),
        "mechanism": tuple(dict.fromkeys((mechanism(record.mechanism).plural, record.raised_by))),
        "population": record.groups,
        "theme": tuple(dict.fromkeys((theme, *record.themes))),
        "institution": made.answering(one),
        "position": (record.position,) if record.position else (),
        "status": (one.status or NO_STATUS,),
    }


def index(made: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index: address and content, the same for the same records."""
    owned = [facet_values(made, one) for one in made.records]
    values = {key: _ordered(owned, key) for key, _ in FACETS}
    places = {key: {value: n for n, value in enumerate(found)} for key, found in values.items()}
    rows = [[[places[key][value] for value in own[key]] for key, _ in FACETS] for own in owned]
    facets = [{"key": key, "title": title, "values": values[key]} for key, title in FACETS]
    files = _postings(made.records, owned)
    about = {
        "records": len(rows),
        "cards": CARDS,
        "shards": [f"words-{name}" for name in files],
        "facets": facets,
        "rows": rows,
    }
    yield _script("search/facets.js", "facets", about)
    for start in range(0, len(made.records), CARDS):
        cards = [_card(one) for one in made.records[start : start + CARDS]]
        yield _script(f"search/cards-{start // CARDS}.js", "cards", cards)
    for name, found in files.items():
        yield _script(f"search/words-{name}.js", "words", found)


def _postings(
    records: Sequence[PublicRecord], owned: Sequence[Facets]
) -> dict[str, dict[str, list[list[int]]]]:
    """Return file -> word -> records that hold it: those in whose text it stands, then others.

    Each list is the first number, then the steps onward.
    """
    found: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, (one, facets) in enumerate(zip(records, owned, strict=True)):
        own = set(words(one.record.text))
        for word in own:
            found[word][0].append(number)
        for word in set(words(_beside(one, facets))) - own:
            found[word][1].append(number)
    files: defaultdict[str, dict[str, list[list[int]]]] = defaultdict(dict)
    for word in sorted(found):
        files[shard(word)][word] = [_steps(numbers) for numbers in found[word]]
    return dict(sorted(files.items()))


def _steps(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip((0, *numbers), numbers, strict=False)]


def _beside(one: PublicRecord, own: Facets) -> str:
    """Return everything but its text that a search finds a record by."""
    record = one.record
    named = (own[key] for key in ("population", "theme", "institution", "mechanism"))
    parts = [
        *(one.name, record.symbol, record.paragraph, record.cites),
        *map(state_name, record.recommending_states),
        *(value for values in named for value in values),
        *(cluster.title for cluster in one.clusters),
        *(value for _, value in one.reported),
    ]
    return " ".join(parts)


def _card(one: PublicRecord) -> list[str]:
    record = one.record
    text = clipped(record.text, SHOWN_TEXT)
    return [one.page, one.name, text, record.position, one.status, record.language]


def _ordered(owned: Iterable[Facets], key: str) -> list[str]:
    """Return the values of a facet: years newest first, others by name."""
    found = {value for own in owned for value in own[key]}
    return sorted(found, key=lambda v: (v.casefold(), v), reverse=key == "year")


def _script(address: str, name: str, value: Any) -> tuple[str, bytes]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    key = address.rpartition("/")[2].removesuffix(".js")
    return address, f"portal.{name}({json.dumps(key)},{text});\n".encode("utf-8", errors="replace")
