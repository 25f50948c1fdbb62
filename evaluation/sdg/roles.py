"""Asks that an indicator measures, tells something about, or only shares the subject of.

``evaluation/gold/sdg_roles.csv`` holds one of each for ten indicators, in our own words, labelled
by a language model after the metadata of the indicators before Linker saw them. Nothing was learned
from them and no knowledge was written after them.
"""

from __future__ import annotations

from typing import Any

from evaluation.sources import LABELS
from linker.encoding.encoder import Encoder
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.sdg.graded import IndicatorAsk, read_indicator_asks
from linker.sdg.linking import SdgLinker

ROLES = {"direct": "measures", "proxy": "tells something about", "neither": "shares the subject of"}


def asks() -> tuple[IndicatorAsk, ...]:
    """Return the labelled asks.

    Raises:
        LinkerError: their file cannot be read.
    """
    return read_indicator_asks(LABELS / "sdg_roles.csv", framework())


def numbers(encoder: Encoder) -> list[dict[str, Any]]:
    """Return for each label how many of its asks have their indicator shown, and how."""
    labelled = asks()
    records = [
        Record(id=str(n), state="XVM", mechanism="UPR", text=ask.ask)
        for n, ask in enumerate(labelled)
    ]
    shown = {
        (link.record_id, link.indicator): (link.role, link.band)
        for link in SdgLinker(encoder).link(records)
        if link.band != "hide"
    }
    rows = []
    for role, words in ROLES.items():
        found = [
            shown.get((str(n), ask.indicator), ("", "hide"))
            for n, ask in enumerate(labelled)
            if ask.role == role
        ]
        rows.append(
            {
                "the indicator": words,
                "asks": len(found),
                "shown as direct": sum(as_role == "direct" for as_role, _ in found),
                "of these proposed": found.count(("direct", "propose")),
                "shown as proxy": sum(as_role == "proxy" for as_role, _ in found),
                "not shown": sum(band == "hide" for _, band in found),
            }
        )
    return rows
