"""The matrix as a page to read and print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linker.documents import citation
from linker.documents.converging import Converging, QuotedBefore, mark_of
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Row, matrix
from linker.documents.shown_links import SdgRef
from linker.documents.writers import page
from linker.documents.writers.columns import ON_PAGES, PAGE
from linker.documents.writers.phrasing import capital
from linker.i18n.messages import tr, tr_later
from linker.records.importers.own_matrix import TAGGED
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped

FIRST = tr_later("Recommendation and recommending State")
SHOWN_OF_A_TITLE = 90
STYLE = (
    "body { max-width: 110rem; }"
    " table { min-width: 68rem; font-size: .82rem; table-layout: fixed; }"
    " @media print { table { min-width: 0; font-size: 9pt; line-height: 1.25; }"
    " td, th { padding: 2pt 3pt; } tr { break-inside: auto; } .mark { white-space: normal; } }"
)


def write_matrix_html(source: Source, options: Options, path: Path) -> None:
    """Write the matrix as one table."""
    made = matrix(source, options)
    chosen = [column for column in ON_PAGES if made.shows(column.name)]
    shown = [column.name for column in chosen]
    shares = [round(100 * column.millimetres / PAGE) for column in chosen]
    widths = [(FIRST, 100 - sum(shares))]
    widths += [(column.title, share) for column, share in zip(chosen, shares, strict=True)]
    table = page.banded(made, widths, lambda row: _row(row, shown))
    body = f'<p class="quiet">{page.text(made.summary)}</p>{table}'
    title = tr("Implementation matrix of recommendations")
    page.write_page(source, title, body, path, style=STYLE, size="landscape")


def _row(row: Row, shown: Sequence[str]) -> str:
    record, entry = row.record, row.entry
    first = (
        f"{recommendation(row)}{''.join(beneath(c) for c in row.quoted_here)}"
        f"{quoted_elsewhere(row.quoted_before)}{''.join(map(contrary, row.contrary))}"
    )
    groups = (
        [f"<b>{tr('Groups:')}</b> {page.text('; '.join(map(official_name, record.groups)))}"]
        if record.groups
        else []
    )
    tags = ", ".join(record.sdgs)
    tagged = [f'<span class="quiet">{tr(TAGGED)}{page.text(tags)}</span>']
    chosen = [page.text(line) for line in row.measured_by.splitlines()]
    contents = {
        "position": page.position(record.position),
        "themes": page.listed(
            [*(page.text(official_name(name)) for name in record.themes), *groups]
        ),
        "targets": page.listed([sdg(r) for r in row.targets] + (tagged if tags else [])),
        "indicators": page.listed(chosen + [sdg(r) for r in row.indicators]),
        "responsible": page.text(entry.responsible),
        "strategy": page.listed(list(map(page.text, entry.strategy.splitlines()))),
        "timeline": page.text(row.timeline),
        "status": page.text(capital(entry.status)),
    }
    cells = "".join(f"<td>{content}</td>" for content in (first, *(contents[n] for n in shown)))
    return f'<tr id="{page.text(record.id)}">{cells}</tr>\n'


def recommendation(row: Row, position: bool = False) -> str:
    """Return a recommendation with the line that says where it stands, as both matrices have it."""
    record = row.record
    number = record.paragraph if record.is_cyclic else citation.number(row.record)
    by = "".join(f" ({page.text(name)})" for name in row.recommending_after)
    said = citation.provenance(record, position=position)
    source = f'<div class="quiet">{page.text(said)}</div>' if said else ""
    return f'<div dir="auto"><b>{page.text(number)}</b> {page.text(record.text)}{by}</div>{source}'


def sdg(ref: SdgRef) -> str:
    """Return a target or indicator with as much of its title as a narrow column holds."""
    return page.sdg(ref, clipped(ref.title, SHOWN_OF_A_TITLE))


def beneath(*several: Converging) -> str:
    """Return what asks the same, quoted, with its reference and mark; several of the same words."""
    lead = tr("Earlier: ") if all(one.reiteration for one in several) else ""
    names = "; ".join(one.reference for one in several)
    manner = "confirmed" if all(one.mark.confirmed for one in several) else "proposal"
    return (
        f'<div class="beneath" dir="auto"><b>↔ {lead}{page.text(names)}</b> '
        f"{page.text(several[0].quote)} "
        f'<span class="mark {manner}">[{page.text(mark_of(several))}]</span></div>'
    )


def contrary(one: Converging) -> str:
    """Return what asks for the contrary, quoted, with its reference and mark."""
    said = tr("↔ Asks the contrary: {reference} ", reference=one.reference).rstrip()
    return (
        f'<div class="beneath" dir="auto"><b>{page.text(said)}</b> '
        f"{page.text(one.quote)} {page.mark(one.mark)}</div>"
    )


def quoted_elsewhere(quoted: Sequence[QuotedBefore]) -> str:
    """Return the lines that name what asks the same and is quoted in another row."""
    return "".join(
        f'<div class="beneath" dir="auto">↔ <b>{page.text(before.names)}</b> '
        f'<span class="mark">[{page.text(before.mark)}]</span> '
        f"{page.text(tr('quoted under {place}', place=before.place))}</div>"
        for before in quoted
    )
