"""The matrix by cluster as a Word document, in the shape of a national implementation matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linker.documents.inputs import Options, Source
from linker.documents.measure_row import MeasureRow
from linker.documents.measures import Measures, measures
from linker.documents.writers import word
from linker.documents.writers.column_widths import fitted
from linker.documents.writers.matrix_docx import (
    contrary_line,
    converging_line,
    quoted_elsewhere,
    recommendation_lines,
    sdg_line,
)
from linker.documents.writers.phrasing import (
    EXPLANATION,
    POSITION_FILLS,
    STATUS_FILLS,
    capital,
    most_telling,
)
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.i18n.messages import tr, tr_later
from linker.records.importers.own_matrix import NUMBERS, TITLE
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped

SAID = tr_later("What is asked, and by whom")
COLUMNS: Mapping[str, tuple[str, float]] = {
    "position": (tr_later("Position"), 17.0),
    "themes": (tr_later("Themes and groups of persons"), 28.0),
    "targets": (tr_later("Linked SDG targets"), 30.0),
    "indicators": (tr_later("Indicators"), 35.0),
    "responsible": (tr_later("Responsible body"), 20.0),
    "strategy": (tr_later("Action strategy"), 28.0),
    "timeline": (tr_later("Timeline"), 17.0),
    "status": (tr_later("Status"), 16.0),
}
"""Headings and usual widths in millimetres; what they leave is for what is asked."""
WIDTH, FIRST = 277.0, 24.0
SHOWN_OF_A_TITLE = 24
"""Characters of an indicator's title: with code and mark it takes two lines."""
SPLIT_FROM = 250
"""Characters of what is asked from which a row may run over two pages."""
TOTALS = (90.0, 30.0, 34.0)
"""Widths of the totals on the cover."""


def write_measures_docx(source: Source, options: Options, path: Path) -> None:
    """Write the matrix by cluster: cover with totals, contents, themes as full-width rows."""
    made = measures(source, options)
    subtitle = tr("Implementation matrix by measure")
    document = word.titled_document(
        source, tr("Implementation matrix"), subtitle, template=options.template
    )
    word.add(document, Par.of(f"{made.summary} {tr(EXPLANATION)}", "Small"))
    for title, rows in made.totals():
        word.add(document, Par.of(title, "Band"))
        heads = (title, tr("Measures"), tr("Recommendations"))
        word.add_table(document, TOTALS, heads, _totals(rows), caption=title)
    word.add_contents(document, word.matrix_contents(made))
    shown = [name for name in COLUMNS if made.shows(name)]
    usual = {"numbers": FIRST, **{name: COLUMNS[name][1] for name in shown}}
    filled = ({"numbers": _numbers(row), **_cells(row)} for _, row in made.rows())
    first, *others = fitted(usual, filled, word.TIGHT).values()
    widths = (first, WIDTH - first - sum(others), *others)
    titles = [NUMBERS, SAID, *(COLUMNS[name][0] for name in shown)]
    word.add_table(
        document, widths, titles, _rows(made, widths, shown), tight=True, caption=made.summary
    )
    word.save(document, path, source)


def _totals(rows: Sequence[tuple[str, int, int]]) -> Iterator[Any]:
    for name, measured, recommended in rows:
        said = (capital(name), str(measured), str(recommended))
        yield cells(TOTALS, [([Par.of(text)], "") for text in said], whole=True)


def _rows(made: Measures, widths: Sequence[float], shown: Sequence[str]) -> Iterator[Any]:
    def row_of(row: MeasureRow) -> Any:
        values = _cells(row)
        contents = [_numbers(row), (_said(row), ""), *(values[name] for name in shown)]
        return cells(widths, contents, whole=_length(row) < SPLIT_FROM)

    return word.banded(made, widths, row_of)


def _length(row: MeasureRow) -> int:
    own = sum(len(one.record.text) + 90 for one in row.rows)
    return own + sum(len(several[0].quote) + 60 for several in row.quotations)


def _numbers(row: MeasureRow) -> Cell:
    own, *others = row.numbers
    first = Par((Run(f"{row.number} · ", colour=word.GREY), Run(own, bold=True)))
    return [first, *map(Par.of, others)], ""


def _said(row: MeasureRow) -> list[Par]:
    found = (
        [Par.of(f"{tr(TITLE)}{row.title}", bold=True, colour=word.UMBRELLA)] if row.title else []
    )
    for one in row.rows:
        found += recommendation_lines(one, position=True)
    found += (converging_line(*several) for several in row.quotations)
    found += (quoted_elsewhere(b.names, b.mark, b.place) for b in row.quoted_before)
    found += map(contrary_line, row.contrary)
    return found


def _cells(row: MeasureRow) -> dict[str, Cell]:
    taken, records = row.positions, [one.record for one in row.rows]
    one_position, status = next(iter(taken), ""), row.status[0] if len(row.status) == 1 else ""
    positions = [
        Par.of(capital(name) if len(taken) == 1 else f"{capital(name)}: {number}")
        for name, number in taken.items()
    ]
    themes = dict.fromkeys(theme for record in records for theme in record.themes)
    groups = dict.fromkeys(group for record in records for group in record.groups)
    return {
        "position": (positions, POSITION_FILLS.get(one_position, "") if len(taken) == 1 else ""),
        "themes": (_listed([*map(official_name, themes), *map(official_name, groups)]), ""),
        "targets": ([sdg_line(ref) for ref in row.targets], ""),
        "indicators": (_indicators(row), ""),
        "responsible": ([Par.of(line) for line in row.responsible], ""),
        "strategy": ([Par.of(line) for line in row.strategy], ""),
        "timeline": ([Par.of(line) for line in row.timeline], ""),
        "status": (
            [Par.of(capital(line)) for line in row.spoken_status],
            STATUS_FILLS.get(status, ""),
        ),
    }


def _listed(names: Sequence[str]) -> list[Par]:
    return [Par.of(f"– {name}", "Cell small") for name in names]


def _indicators(row: MeasureRow) -> list[Par]:
    shown, more = most_telling(row.indicators)
    found = [Par.of(line, "Cell small") for line in row.measured_by]
    found += [word.sdg_line(ref, clipped(ref.title, SHOWN_OF_A_TITLE)) for ref in shown]
    if more:
        found.append(Par((Run(more, colour=word.GREY),), "Cell small"))
    return found
