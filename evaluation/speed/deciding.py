"""What a decision in the review deck costs when many were taken before, in processor time.

It is written, the log is read on, and the clusters are made as the deck asks about them; what the
browser does and how cards are written is not in it, for that depends on no log.
"""

from __future__ import annotations

import shutil
import tempfile
from itertools import cycle
from pathlib import Path
from statistics import median

import numpy as np

from evaluation.speed.measure import Row, processor, tell
from linker.ui.workbench import Workbench

BEFORE, TIMES, SEED = 9_000, 40, 1
REVIEWERS = ("Ana", "Grace", "Ada", "Noor", "Luz")


def rows() -> list[Row]:
    """Return what a decision and an undo cost, beside the same on an empty log."""
    from linker.workspace.demo import make_demo

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "valmora"
        make_demo(folder, languages=False)
        empty, long = (measured(folder, number, TIMES) for number in (0, BEFORE))
    made = []
    for what, before, after in zip(("a decision", "an undo"), empty, long, strict=True):
        beside = f"{before:.1f} ms on an empty log; processor time"
        made.append(Row(f"{what} in the review deck after {BEFORE:,} others", after, "ms", "",
                        beside))  # fmt: skip
        made.append(Row("  beside the same on an empty log", after / before, "×", "≤2"))
    return made


def measured(folder: Path, number: int, times: int) -> tuple[float, float]:
    """Return the median milliseconds of a decision and of an undo.

    Args:
        folder: a workspace with clusters and no decisions; it is left as it is.
        number: how many decisions are taken before.
        times: how many are measured.
    """
    from linker.ui.cluster_list import clusters_of
    from linker.ui.deck_hand import Dealt, follow
    from linker.ui.desk import Desk

    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(folder, Path(place) / "copy"))
        bench, dealt, counted = Workbench(copy), Dealt(), iter(range(1, 4 * times))
        (state,) = bench.states()
        ids = _decided_before(bench, state, number)

        def here() -> Desk:
            return Desk(bench, bench.snapshot(state), state, REVIEWERS[0])

        def send(event: dict[str, str]) -> None:
            events = [{"n": next(counted), **event}]
            (answer,) = follow(here(), dealt, {"session": "one", "events": events})
            if not answer["ok"]:
                raise RuntimeError(answer["said"])
            clusters_of(here())

        keys = cycle(ids)
        send({"do": "decide", "cluster": next(keys), "verdict": "confirm"})  # all is read once
        decided = [
            processor(lambda: send({"do": "decide", "cluster": next(keys), "verdict": "reject"}))
            for _ in range(times)
        ]
        undone = [processor(lambda: send({"do": "undo"})) for _ in range(times)]
        bench.linker.close()
    return 1000 * median(decided), 1000 * median(undone)


def _decided_before(bench: Workbench, state: str, number: int) -> list[str]:
    """Write decisions of several reviewers on clusters and SDG links; return ids of clusters."""
    from linker.review.cluster_words import kept_of
    from linker.review.decisions import VERDICTS, Decision

    said = [verdict for verdict in VERDICTS if verdict != "undo"]
    linker, draw = bench.linker, np.random.default_rng(SEED)
    clusters = list(linker.clusters(state))
    about = [(one.cluster_id, kept_of(one.cluster, state)) for one in clusters]
    for item in linker.sdg(state).shown():
        link = item.link
        kept = {"record_id": link.record_id, "target": link.target, "indicator": link.indicator}
        about.append((link.link_id, tuple(kept.items())))
    written = []
    for _ in range(number):
        link_id, held = about[draw.integers(len(about))]
        verdict = said[draw.integers(len(said))]
        reviewer = REVIEWERS[draw.integers(len(REVIEWERS))]
        written.append(Decision(0, link_id, verdict, reviewer, "", "", held))
    linker.store.append_decisions(written)
    return [one.cluster_id for one in clusters]


if __name__ == "__main__":
    tell(rows())
