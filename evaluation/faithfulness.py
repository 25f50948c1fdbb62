"""Whether the marked phrases are what carries a link.

    python -m evaluation.faithfulness [LINKS]

Faithful: with the marked words taken out of both texts a link loses more probability than, on
average, with as many words drawn by lot from the same asks (comprehensiveness, DeYoung et al.,
2020, against random explanations of the same length). Seeded. Links are those shown (propose and
ask) of the demonstration State and of States the scorer never saw, and made pairs of asks for the
contrary.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from evaluation.bootstrap import interval
from evaluation.convergence.opposites import made_up
from evaluation.sources import SAMPLE, gold_texts
from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.marks import marks
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.links import Convergence
from linker.reading.ask_table import Floats
from linker.reading.occlusion import (
    Remembering,
    Span,
    Spans,
    ask_of,
    with_holes,
    without_spans,
    words_in,
)
from linker.records.importers import read_file
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.sdg.marks import sdg_marks
from linker.vocabulary.tokens import tokenise

UNSEEN = ("AFG", "BRB", "BRN")
"""States of LINKER_GOLD's records that no pair was graded of."""
LINKS = 100
"""Links of each kind drawn by lot from each State."""
DRAWS = 5
COUNTED = ("e", "g")
"""Parts of evaluation/gold/opposites.csv of which only counts were read."""


@dataclass(frozen=True)
class Faithfulness:
    """What taking out words did to some links.

    Attributes:
        name: whose links.
        links: how many.
        faithful: share of links of which the marked words cost more than drawn ones on average.
        low: lower end of its 95 % bootstrap interval over links.
        high: upper end.
        draws: share of single draws that cost less than the marked words.
        cost_marked: probability lost with the marked words, on average.
        cost_drawn: probability lost with words drawn by lot.
        marked: share of the words of the linked asks that is marked.
        seconds: median time to mark a link.
    """

    name: str
    links: int
    faithful: float
    low: float
    high: float
    draws: float
    cost_marked: float
    cost_drawn: float
    marked: float
    seconds: float


@dataclass(frozen=True)
class Tried:
    """What taking out words did to one link.

    Attributes:
        before: its probability.
        without: its probability without the marked words.
        drawn: likewise for each draw.
        share: of the words of its asks that is marked.
        seconds: time to mark it.
    """

    before: float
    without: float
    drawn: Floats
    share: float
    seconds: float


def convergence(
    name: str, records: Sequence[Record], encoder: Encoder, most: int = LINKS, draws: int = DRAWS
) -> Faithfulness:
    """Measure the marks of shown convergence links of one State's records.

    Args:
        name: whose they are.
        records: of one State.
        encoder: as the links were made with.
        most: links drawn, by lot.
        draws: random explanations for each.
    """
    linker = ConvergenceLinker(encoder)
    by_id = {record.id: record for record in records}
    shown = [link for link in linker.link(records) if link.band != "hide"]
    return _links(name, linker, shown, by_id, most, draws)


def opposites(encoder: Encoder, most: int = LINKS, draws: int = DRAWS) -> Faithfulness:
    """Measure the marks of asks for the contrary: made pairs of which only counts were read."""
    linker = ConvergenceLinker(encoder)
    rows = [row for row in made_up() if row["half"] in COUNTED]
    pairs = [
        (Record(id=f"{number}a", text=row["left"]), Record(id=f"{number}b", text=row["right"]))
        for number, row in enumerate(rows)
    ]
    links = [linker.score(*pair) for pair in pairs]
    by_id = {record.id: record for pair in pairs for record in pair}
    opposed = [link for link in links if link.relation == "opposite"]
    return _links("made pairs", linker, opposed, by_id, most, draws)


def _links(
    name: str,
    linker: ConvergenceLinker,
    links: Sequence[Convergence],
    by_id: Mapping[str, Record],
    most: int,
    draws: int,
) -> Faithfulness:
    lot = random.Random(name)  # noqa: S311 - drawn by lot, to be repeated
    tried = []
    for link in lot.sample(links, min(most, len(links))):
        pair = by_id[link.left_id], by_id[link.right_id]
        began = time.perf_counter()
        spans = marks(linker, link, *pair)
        seconds = time.perf_counter() - began
        asks = (link.left_ask, link.right_ask)
        words = [_words(record, ask) for record, ask in zip(pair, asks, strict=True)]
        sets = [spans, *(_drawn(lot, pair, words, spans) for _ in range(draws))]
        scoring = ConvergenceLinker(Remembering(linker.encoder), linker.scorer)
        judge = scoring.contrary if link.relation == "opposite" else scoring.probabilities
        left = judge(
            [(without_spans(pair[0], a), without_spans(pair[1], b)) for a, b in [((), ()), *sets]]
        )
        tried.append(_tried(float(left[0]), left[1:], pair, words, spans, seconds))
    return _result(name, tried)


def sdg(
    name: str, records: Sequence[Record], encoder: Encoder, most: int = LINKS, draws: int = DRAWS
) -> Faithfulness:
    """Measure the marks of shown SDG target links of some records; arguments likewise."""
    linker = SdgLinker(encoder)
    by_id = {record.id: record for record in records}
    shown = [x for x in linker.link(records) if x.band != "hide" and not x.indicator]
    lot = random.Random(name)  # noqa: S311 - drawn by lot, to be repeated
    tried = []
    for link in lot.sample(shown, min(most, len(shown))):
        record = by_id[link.record_id]
        began = time.perf_counter()
        spans = (sdg_marks(linker, link, record),)
        seconds = time.perf_counter() - began
        words = [_words(record, link.ask)]
        sets = [spans, *(_drawn(lot, [record], words, spans) for _ in range(draws))]
        left = linker.chances([with_holes(record.text, s) for (s,) in sets], link.target)
        tried.append(_tried(link.probability, left, [record], words, spans, seconds))
    return _result(name, tried)


def _words(record: Record, ask: int) -> list[Span]:
    part = ask_of(record, ask)
    return [(t.start + part.start, t.end + part.start) for t in tokenise(part.text)]


def _drawn(
    lot: random.Random,
    records: Sequence[Record],
    words: Sequence[list[Span]],
    marked: Iterable[Spans],
) -> tuple[Spans, ...]:
    """Draw as many words of each ask as are marked in it."""
    counts = [words_in(r.text, spans) for r, spans in zip(records, marked, strict=True)]
    return tuple(
        tuple(lot.sample(those, min(count, len(those))))
        for those, count in zip(words, counts, strict=True)
    )


def _tried(
    before: float,
    left: Floats,
    records: Sequence[Record],
    words: Sequence[list[Span]],
    marked: Sequence[Spans],
    seconds: float,
) -> Tried:
    counts = [words_in(r.text, spans) for r, spans in zip(records, marked, strict=True)]
    share = sum(counts) / max(1, sum(map(len, words)))
    return Tried(before, float(left[0]), left[1:], share, seconds)


def _result(name: str, tried: Sequence[Tried]) -> Faithfulness:
    won = np.array([one.without < one.drawn.mean() for one in tried], dtype=float)
    return Faithfulness(
        name, len(tried), float(won.mean()), *interval(won),
        draws=float(np.mean([one.without < one.drawn for one in tried])),
        cost_marked=float(np.mean([one.before - one.without for one in tried])),
        cost_drawn=float(np.mean([one.before - one.drawn.mean() for one in tried])),
        marked=float(np.mean([one.share for one in tried])),
        seconds=float(np.median([one.seconds for one in tried])),
    )  # fmt: skip


def samples(states: Sequence[str] = UNSEEN) -> dict[str, list[Record]]:
    """Return the demonstration State's records and, where the gold is there, unseen States'."""
    found = {"demo": [r for path in sorted(SAMPLE.glob("*.csv")) for r in read_file(path)[0]]}
    with suppress(FileNotFoundError):
        known = list(read_file(gold_texts())[0])
        found |= {state: [r for r in known if r.state == state] for state in states}
    return found


def main(arguments: list[str]) -> int:
    """Print a line for each State; returns the exit code."""
    most, encoder = int(arguments[0]) if arguments else LINKS, default_encoder()
    for name, records in samples().items():
        print("convergence", convergence(name, records, encoder, most), flush=True)
        print("sdg", sdg(name, records, encoder, most), flush=True)
    print("opposite", opposites(encoder, most))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
