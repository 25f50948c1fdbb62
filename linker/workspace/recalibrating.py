"""The pair scorer of a State: as shipped, or moved a little by what reviewers decided there."""

from __future__ import annotations

from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.recalibration import LEAST, Judged, recalibrated, shifts
from linker.convergence.scorers import Scorers, scorers
from linker.encoding.encoder import Encoder
from linker.reading.reader import Reader
from linker.review.decisions import standing
from linker.store.store import Store

RECALIBRATION = "recalibration"
"""Key of the workspace's setting: ``off``, or empty where it is on."""


def recalibrates(store: Store) -> bool:
    """Return whether decisions on convergences teach the pair scorer of this workspace."""
    return store.setting(RECALIBRATION) != "off"


def shifts_of(store: Store, encoder: Encoder, reader: Reader, state: str) -> dict[str, float]:
    """Return by kind of pair what a State's decisions add to the log-odds of the same measure.

    Decisions on other States count for nothing here. Empty where it is switched off.
    """
    if not recalibrates(store):
        return {}
    said = [
        (dict(decision.link), decision.verdict)
        for decision in standing(store.decisions()).values()
        if decision.verdict != "unsure" and dict(decision.link).get("left_id")
    ]
    ids = {link[side] for link, _ in said for side in ("left_id", "right_id")}
    records = store.records_of(ids)
    judged = [
        (records[link["left_id"]], records[link["right_id"]], link, verdict)
        for link, verdict in said
        if link["left_id"] in records and link["right_id"] in records
    ]
    here = [one for one in judged if one[0].state == state]
    if len(here) < LEAST:
        return {}
    pairs = [(reader.english(one[0]), reader.english(one[1])) for one in here]
    chances = ConvergenceLinker(encoder).probabilities(pairs)
    return shifts(
        Judged(
            scorers().pair_kind(left.mechanism, right.mechanism),
            float(chance),
            verdict == "confirm" and link.get("relation", "convergence") == "convergence",
        )
        for (left, right, link, verdict), chance in zip(here, chances, strict=True)
    )


def pair_scorers(store: Store, encoder: Encoder, reader: Reader, state: str) -> Scorers:
    """Return the scorers that judge a State's pairs of records."""
    return recalibrated(scorers(), shifts_of(store, encoder, reader, state))
