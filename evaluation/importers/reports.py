"""Recommendations read out of Working Group reports, against a reference made by others.

    python -m evaluation.importers.reports [--half held-out|developing|all] [--pdf] [--show REPORT]

Reads LINKER_CORPORA (see `evaluation.sources`): wg_reports/reports/*.txt, pdf/*.pdf and
recommendations.csv. A reference row is one State's part of a numbered recommendation; a record
holds the whole of it. A row is found where its words stand in the record in order; a record is
right where reference rows cover its words. The halves are by a hash of the file's name.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.sources import corpora
from linker.records.importers.base import Limits
from linker.records.importers.un.reading import read_document
from linker.records.importers.un.working_group import Recommendation, read_report
from linker.vocabulary.states import state_code

COVERED = 0.9
COVERED_RECORD = 0.7  # words across the joints of its parts, and their States, are in no row
_NUMBER = re.compile(r"\s*(\d{1,3})(?:[. ]\s?(\d{1,3}))((?:\.+\s?\d{1,3})*)[.,]?\s*")
_LAST_BRACKETS = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)[\s;.,:]*)+(?:\)\s*;?\s*)*\Z")
"""The recommending States at the end of a reference text, and slips behind them."""
_SHINGLE = 3
_POSITIONS = {
    "support": "supported", "implemented": "supported", "implement": "supported",
    "consider": "pending", "reject": "noted", "noted": "noted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the reference: number as "106.1", words of its text, States, position."""

    number: str
    words: tuple[str, ...]
    states: frozenset[str]
    position: str


@dataclass(slots=True)
class Score:
    """Counts over reports; the shares are properties."""

    rows: int = 0
    found: int = 0
    records: int = 0
    right: int = 0
    numbered: int = 0
    states: int = 0
    matched: int = 0
    positions: int = 0
    positioned: int = 0
    missed: list[tuple[str, Row]] = field(default_factory=list)
    wrong: list[tuple[str, Recommendation]] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)

    def line(self) -> str:
        """Return the shares in one line."""
        share = [
            self.found / max(self.rows, 1),
            self.right / max(self.records, 1),
            self.numbered / max(self.found, 1),
            self.states / max(self.matched, 1),
            self.positions / max(self.positioned, 1),
        ]
        names = ("recall", "precision", "number", "States", "position")
        said = "  ".join(f"{name} {value:.4f}" for name, value in zip(names, share, strict=True))
        return f"{self.rows} rows, {self.records} records: {said}"


def half(name: str) -> str:
    """Return "held-out" or "developing" by a hash of the report's name without its ending."""
    digest = hashlib.sha256(Path(name).stem.encode()).digest()
    return "held-out" if digest[0] % 2 else "developing"


def reference(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each report by its name without ending."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with (folder / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = _NUMBER.match(row["text"])
            text = row["text"][number.end() :] if number else row["text"]
            states = {
                state_code(one.strip()) or one.strip()
                for one in row["recommending_states"].split(";")
            }
            rows[Path(row["report"]).stem].append(
                Row(
                    f"{number[1]}.{number[2]}" if number else "",
                    words(_LAST_BRACKETS.sub("", text)),
                    frozenset(states - {""}),
                    _POSITIONS.get(row["decision"], ""),
                )
            )
    return rows


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, ASCII letters and digits only, States in brackets too."""
    return tuple(re.findall(r"[a-z0-9]+", re.sub(r"[^\x00-\x7f]", " ", text.lower())))


def _shingles(said: Sequence[str]) -> set[tuple[str, ...]]:
    size = min(_SHINGLE, len(said))
    return {tuple(said[n : n + size]) for n in range(len(said) - size + 1)}


def compare(name: str, rows: Sequence[Row], made: Sequence[Recommendation], score: Score) -> None:
    """Add what one report gives."""
    held = [_shingles(words(one.text)) for one in made]
    matched: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        score.rows += 1
        place = _best(row, made, held)
        if place is None:
            score.missed.append((name, row))
            continue
        score.found += 1
        score.numbered += made[place].number == row.number
        if made[place].number != row.number:
            score.other.append((name, f"number {made[place].number} for {row.number}"))
        matched[place].append(row)
    for place, one in enumerate(made):
        score.records += 1
        covered = set().union(*(_shingles(row.words) for row in matched[place]), set())
        if matched[place] and _share(held[place], covered) >= COVERED_RECORD:
            score.right += 1
            _details(name, one, matched[place], score)
        else:
            score.wrong.append((name, one))


def _details(name: str, one: Recommendation, rows: Sequence[Row], score: Score) -> None:
    states = frozenset().union(*(row.states for row in rows))
    score.matched += 1
    score.states += states == frozenset(one.states)
    if states != frozenset(one.states):
        score.other.append((name, f"{one.number} States {sorted(one.states)} for {sorted(states)}"))
    for row in rows:
        if row.position:
            score.positioned += 1
            score.positions += row.position == one.said.position
            if row.position != one.said.position:
                score.other.append((name, f"{one.number} {one.said.position} for {row.position}"))


def _best(
    row: Row, made: Sequence[Recommendation], held: Sequence[set[tuple[str, ...]]]
) -> int | None:
    wanted = _shingles(row.words)
    said = f" {' '.join(row.words)} "
    best = (0.0, False, 0)
    for place, (one, have) in enumerate(zip(made, held, strict=True)):
        share = _share(wanted, have)
        if len(row.words) <= _SHINGLE and said in f" {' '.join(words(one.text))} ":
            share = 1.0
        best = max(best, (share, one.number == row.number, -place))
    return -best[2] if best[0] >= COVERED else None


def _share(wanted: set[tuple[str, ...]], have: set[tuple[str, ...]]) -> float:
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _files(folder: Path, wanted: str, *, pdf: bool) -> Iterator[Path]:
    pattern = "pdf/*.pdf" if pdf else "reports/*.txt"
    for path in sorted(folder.glob(pattern)):
        if wanted in ("all", half(path.name)):
            yield path


def measured(folder: Path, wanted: str, *, pdf: bool = False, show: str = "") -> dict[str, Score]:
    """Return the counts by years: "2008-2009" and "2010-2014".

    Args:
        folder: wg_reports.
        wanted: "held-out", "developing" or "all".
        pdf: read the PDFs and not the texts.
        show: name of a report to print with what was missed, "all" for one line each.
    """
    rows = reference(folder)
    scores: dict[str, Score] = defaultdict(Score)
    for path in _files(folder, wanted, pdf=pdf):
        document = read_document(path, "pdf" if pdf else "text", Limits())
        made = read_report(document).recommendations
        own = Score()
        compare(path.stem, rows[path.stem], made, own)
        years = "2008-2009" if path.stem[-4:] in ("2008", "2009") else "2010-2014"
        compare(path.stem, rows[path.stem], made, scores[years])
        if show in (path.stem, "all", "everything"):
            print(path.stem, own.line())
        if show in (path.stem, "everything"):
            _show(own)
    return dict(sorted(scores.items()))


def main() -> None:
    """Print the shares by years, and what was missed of a report that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="held-out")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--show", default="")
    asked = parser.parse_args()
    scores = measured(corpora() / "wg_reports", asked.half, pdf=asked.pdf, show=asked.show)
    for years, score in scores.items():
        print(f"{years} {asked.half}{' as PDF' if asked.pdf else ''}: {score.line()}")


def _show(score: Score) -> None:
    for _, row in score.missed:
        print("  missed", score.missed[0][0], row.number, " ".join(row.words)[:160])
    for _, one in score.wrong:
        print("  wrong ", score.wrong[0][0], one.number, one.text[:160])
    for name, said in score.other:
        print("  other ", name, said)


if __name__ == "__main__":
    main()
