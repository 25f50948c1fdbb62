"""The matrix by cluster as a page to read and print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.measure_row import MeasureRow
from linker.documents.measures import Measures, measures
from linker.documents.writers import page
from linker.documents.writers.matrix_html import (
    STYLE,
    beneath,
    contrary,
    quoted_elsewhere,
    recommendation,
    sdg,
)
from linker.documents.writers.phrasing import capital, most_telling
from linker.i18n.messages import tr, tr_later
from linker.records.importers.own_matrix import NUMBERS, TITLE
from linker.vocabulary.official import official_name

HEADINGS = {
    "position": (tr_later("Position"), 8),
    "themes": (tr_later("Themes and groups of persons"), 10),
    "targets": (tr_later("Linked SDG targets"), 12),
    "indicators": (tr_later("Indicators"), 13),
    "responsible": (tr_later("Responsible body"), 9),
    "strategy": (tr_later("Action strategy"), 11),
    "timeline": (tr_later("Timeline"), 9),
    "status": (tr_later("Status"), 7),
}
"""Headings and widths in per cent; fewer columns leave their width to what is asked."""
TOTALS = " table.totals { min-width: 0; max-width: 44rem; margin: .8rem 0; }"
FIRST, SAID = 10, tr_later("What is asked, and by whom")


def write_measures_html(source: Source, options: Options, path: Path) -> None:
    """Write the matrix by cluster: totals, then one table."""
    made = measures(source, options)
    shown = [name for name in HEADINGS if made.shows(name)]
    rest = 100 - FIRST - sum(HEADINGS[name][1] for name in shown)
    widths = [(NUMBERS, FIRST), (SAID, rest), *(HEADINGS[name] for name in shown)]
    table = page.banded(made, widths, lambda row: _row(row, shown))
    body = f'<p class="quiet">{page.text(made.summary)}</p>{_totals(made)}{table}'
    title = tr("Implementation matrix by measure")
    page.write_page(source, title, body, path, style=STYLE + TOTALS, size="landscape")


def _totals(made: Measures) -> str:
    parts = []
    for title, counts in made.totals():
        rows = "".join(
            f'<tr><th scope="row">{page.text(capital(name))}</th><td>{several}</td><td>{own}</td>'
            "</tr>"
            for name, several, own in counts
        )
        heads = "".join(
            f'<th scope="col">{h}</th>' for h in (title, tr("Measures"), tr("Recommendations"))
        )
        parts.append(
            f'<table class="totals"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        )
    return "".join(parts)


def _row(row: MeasureRow, shown: Sequence[str]) -> str:
    numbers = "".join(f"<div>{page.text(numbers)}</div>" for numbers in row.numbers)
    title = f"<div><b>{tr(TITLE)}{page.text(row.title)}</b></div>" if row.title else ""
    said = "".join(recommendation(one, position=True) for one in row.rows)
    said += "".join(beneath(*several) for several in row.quotations)
    contents = _contents(row)
    cells = (
        f'<div class="quiet">{row.number}</div>{numbers}',
        f"{title}{said}{quoted_elsewhere(row.quoted_before)}{''.join(map(contrary, row.contrary))}",
        *(contents[name] for name in shown),
    )
    return f'<tr id="m{row.number}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _contents(row: MeasureRow) -> dict[str, str]:
    records = [one.record for one in row.rows]
    indicators, more = most_telling(row.indicators)
    tags = dict.fromkeys(t for record in records for t in (*record.themes, *record.groups))
    chosen = [page.text(line) for line in row.measured_by]
    left = [page.text(more)] if more else []
    return {
        "position": _positions(row.positions),
        "themes": page.listed([page.text(official_name(tag)) for tag in tags]),
        "targets": page.listed([sdg(ref) for ref in row.targets]),
        "indicators": page.listed([*chosen, *(sdg(ref) for ref in indicators), *left]),
        "responsible": page.listed(list(map(page.text, row.responsible))),
        "strategy": page.listed(list(map(page.text, row.strategy))),
        "timeline": page.listed(list(map(page.text, row.timeline))),
        "status": page.listed([page.text(capital(line)) for line in row.spoken_status]),
    }


def _positions(positions: dict[str, int]) -> str:
    if len(positions) == 1:
        return page.position(next(iter(positions)))
    return page.listed([f"{page.position(name)} {number}" for name, number in positions.items()])
