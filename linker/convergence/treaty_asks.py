"""Asks to ratify several treaties, parted: "ratify ICCPR, ICESCR and CAT" is three measures.

A link may rest on any one of them; a cluster holds one measure, and an ask stands in one cluster.
Only treaties that an ask wants ratified are parted; whatever else it says stays one ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from linker.encoding.encoder import Encoder
from linker.reading.ask_table import Profiles, Rows
from linker.reading.record_reading import Ask, read
from linker.records.record import Record
from linker.vocabulary.files import remembered
from linker.vocabulary.instruments import instruments

RATIFY = "ratify"
"""The kind of measure that is about one treaty at a time."""


@dataclass(frozen=True)
class Parted:
    """The asks of some records, each about one measure.

    Attributes:
        profiles: the asks, side by side.
        number: of each, the number of the ask that the record makes.
        treaty: of each, the id of the treaty where the ask names several; empty elsewhere.
    """

    profiles: Profiles
    number: Rows
    treaty: tuple[str, ...]


def parted(profiles: Profiles, encoder: Encoder) -> Parted:
    """Return the asks with lists of treaties parted, in order of records, asks and treaties."""
    made = [[*_parts(reading.asks)] for reading in profiles.readings]
    owner = np.repeat(np.arange(len(made)), [len(parts) for parts in made])
    parts = [part for found in made for part in found]
    whole = np.array([row for row, part in enumerate(parts) if not part[1]], dtype=np.intp)
    named = np.array([row for row, part in enumerate(parts) if part[1]], dtype=np.intp)
    number = np.array([part[0] for part in parts], dtype=np.intp)
    vectors = np.zeros((len(parts), profiles.vectors.shape[1]), dtype=np.float32)
    vectors[whole] = profiles.vectors[profiles.first_asks[owner[whole]] + number[whole]]
    if len(named):
        vectors[named] = encoder.encode([parts[row][2].text for row in named.tolist()])
    readings = tuple(
        replace(reading, asks=tuple(part[2] for part in found))
        for reading, found in zip(profiles.readings, made, strict=True)
    )
    found = Profiles(profiles.records, readings, owner, vectors, profiles.record_vectors)
    return Parted(found, number, tuple(part[1] for part in parts))


def _parts(asks: tuple[Ask, ...]) -> Iterator[tuple[int, str, Ask]]:
    for number, ask in enumerate(asks):
        wanted = {s.thing[2:] for s in ask.polarity.stances if s.thing[:2] == "i:" and s.sign > 0}
        treaties = sorted(ask.instruments & wanted)
        if RATIFY in ask.measures and len(treaties) > 1:
            yield from ((number, treaty, to_ratify(treaty)) for treaty in treaties)
        else:
            yield number, "", ask


@remembered()
def to_ratify(treaty: str) -> Ask:
    """Return the ask to ratify one treaty, given by its id."""
    text = f"Ratify the {instruments()[treaty].name}"
    (ask, *_) = read(Record(id=treaty, text=text)).asks
    return replace(ask, instruments=frozenset({treaty}))
