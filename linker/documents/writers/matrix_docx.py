"""The matrix as a Word document, in the shape that OHCHR's thematic lists have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.converging import Converging, mark_of
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Matrix, Row, matrix
from linker.documents.shown_links import SdgRef
from linker.documents.writers import word
from linker.documents.writers.column_widths import fitted
from linker.documents.writers.columns import ON_PAGES, PAGE
from linker.documents.writers.phrasing import EXPLANATION, POSITION_FILLS, STATUS_FILLS, capital
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.i18n.messages import tr, tr_later
from linker.records.importers.own_matrix import TAGGED
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped

FIRST = tr_later("Recommendation and recommending State")
SHOWN_OF_A_TITLE = 48
CONTRARY = "9A3324"
"""Colour of what asks for the contrary."""
SPLIT_FROM = 300
"""Characters in the first column from which a row may run over two pages."""


def write_matrix_docx(source: Source, options: Options, path: Path) -> None:
    """Write the matrix: landscape A4, themes as full-width rows, header row on every page."""
    made = matrix(source, options)
    subtitle = tr("Implementation matrix of recommendations")
    document = word.titled_document(
        source, tr("Implementation matrix"), subtitle, template=options.template
    )
    word.add(document, Par.of(f"{made.summary} {tr(EXPLANATION)}", "Small"))
    word.add_contents(document, word.matrix_contents(made))
    shown = [column for column in ON_PAGES if made.shows(column.name)]
    usual = {column.name: column.millimetres for column in shown}
    others = fitted(usual, (_cells(row) for _, row in made.rows()), word.LOOSE).values()
    widths = (PAGE - sum(others), *others)
    heads = [FIRST, *(column.title for column in shown)]
    word.add_table(document, widths, heads, _rows(made, widths, [c.name for c in shown]))
    word.save(document, path, source)


def _rows(made: Matrix, widths: Sequence[float], shown: Sequence[str]) -> Iterator[Any]:
    def row_of(row: Row) -> Any:
        values = _cells(row)
        contents = [(_recommendation(row), ""), *(values[name] for name in shown)]
        return cells(widths, contents, whole=_is_short(row))

    return word.banded(made, widths, row_of)


def _is_short(row: Row) -> bool:
    """Whether a row is better moved to the next page than split: long ones would leave gaps."""
    quoted = (*row.quoted_here, *row.contrary)
    return len(row.record.text) + sum(len(c.quote) + 60 for c in quoted) < SPLIT_FROM


def _cells(row: Row) -> dict[str, Cell]:
    position, entry = row.record.position, row.entry
    chosen = [Par.of(line, "Cell small") for line in row.measured_by.splitlines()]
    return {
        "position": ([Par.of(capital(position))], POSITION_FILLS.get(position, "")),
        "themes": (_themes(row), ""),
        "targets": (_targets(row), ""),
        "indicators": ([*chosen, *(sdg_line(ref) for ref in row.indicators)], ""),
        "responsible": ([Par.of(entry.responsible)], ""),
        "strategy": ([Par.of(line) for line in entry.strategy.splitlines()], ""),
        "timeline": ([Par.of(row.timeline)], ""),
        "status": ([Par.of(capital(entry.status))], STATUS_FILLS.get(entry.status, "")),
    }


def _recommendation(row: Row) -> list[Par]:
    found = recommendation_lines(row)
    found += map(converging_line, row.quoted_here)
    found += (quoted_elsewhere(b.names, b.mark, b.place) for b in row.quoted_before)
    found += map(contrary_line, row.contrary)
    return found


def recommendation_lines(row: Row, position: bool = False) -> list[Par]:
    """Return a recommendation with the line that says where it stands, as both matrices have it.

    Args:
        row: of the matrix.
        position: whether that line says the State's position too.
    """
    record = row.record
    # As OHCHR's lists have it: number, text, each recommending State in brackets of its own.
    number = record.paragraph if record.is_cyclic else citation.number(row.record)
    head = Run(f"{number} " if number else "", bold=True)
    by = "".join(f" ({name})" for name in row.recommending_known)
    found = [Par((head, Run(record.text), Run(by)))]
    if said := citation.provenance(record, named=True, position=position):
        found.append(Par.of(said, "Cell small", colour=word.GREY))
    return found


def converging_line(*several: Converging) -> Par:
    """Return what asks the same, quoted, with its reference and mark; several of the same words."""
    lead = tr("Earlier: ") if all(one.reiteration for one in several) else ""
    names = "; ".join(one.reference for one in several)
    confirmed = all(one.mark.confirmed for one in several)
    return Par(
        (
            Run(f"↔ {lead}{names} ", bold=True, colour="1F5F8B"),
            Run(f"{several[0].quote} "),
            Run(f"[{mark_of(several)}]", italic=not confirmed, colour=word.GREY),
        ),
        "Cell beneath",
    )


def contrary_line(one: Converging) -> Par:
    """Return what asks for the contrary, quoted, with its reference and mark."""
    return Par(
        (
            Run(
                tr("↔ Asks the contrary: {reference} ", reference=one.reference),
                bold=True,
                colour=CONTRARY,
            ),
            Run(f"{one.quote} "),
            Run(f"[{one.mark.text}]", italic=not one.mark.confirmed, colour=word.GREY),
        ),
        "Cell beneath",
    )


def quoted_elsewhere(names: str, mark: str, place: str) -> Par:
    """Return the line that names what asks the same and is quoted in another row."""
    return Par(
        (
            Run(f"↔ {names} ", bold=True, colour="1F5F8B"),
            Run(f"[{mark}] ", italic=True, colour=word.GREY),
            Run(tr("quoted under {place}", place=place)),
        ),
        "Cell beneath",
    )


def _themes(row: Row) -> list[Par]:
    found = [Par.of(f"– {official_name(name)}", "Cell small") for name in row.record.themes]
    if row.record.groups:
        found.append(Par.of(tr("Groups of persons:"), "Cell small", bold=True))
        found += [Par.of(f"– {official_name(name)}", "Cell small") for name in row.record.groups]
    return found


def _targets(row: Row) -> list[Par]:
    found = [sdg_line(ref) for ref in row.targets]
    if row.record.sdgs:
        tags = tr(TAGGED) + ", ".join(row.record.sdgs)
        found.append(Par.of(tags, "Cell small", colour=word.GREY))
    return found


def sdg_line(ref: SdgRef) -> Par:
    """Return a target or indicator with as much of its title as a narrow column holds."""
    return word.sdg_line(ref, clipped(ref.title, SHOWN_OF_A_TITLE))
