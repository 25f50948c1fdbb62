"""The annex to a submission as a Word document, with footnotes that Word numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from linker.documents.annex import Annex, Piece, annex
from linker.documents.inputs import Options, Source
from linker.documents.writers import word
from linker.documents.writers.footnotes import Footnotes
from linker.documents.writers.wordparts import Par, Run, cells
from linker.i18n.messages import tr, tr_later, tr_plural

TABLE = (
    (tr_later("Measure"), 52.0),
    (tr_later("UPR"), 44.0),
    (tr_later("Treaty bodies"), 44.0),
    (tr_later("Others"), 40.0),
)
WIDTHS = tuple(width for _, width in TABLE)
NOTHING = tr_later(
    "No cluster of these records was confirmed yet. Confirm clusters on the page "
    "Clusters, or with linker decide CL-… confirm; each then makes a paragraph here."
)


def write_annex_docx(source: Source, options: Options, path: Path) -> None:
    """Write paragraphs by theme, contrary asks, the convergence table and the sources."""
    made, notes = annex(source, options), Footnotes()
    title = tr("Annex on converging recommendations")
    document = word.titled_document(source, title, landscape=False, template=options.template)
    number = sum(1 for _ in made.measures())
    said = tr(
        "{measures} that reviewers confirmed. {length}",
        measures=tr_plural("{n} measure", "{n} measures", number),
        length=made.length,
    )
    word.add(document, Par.of(said if number else tr(NOTHING), "Small"))
    for theme, measures in made.sections:
        word.add(document, Par.of(theme.label, "Heading 1"))
        for measure in measures:
            word.add(document, _paragraph(measure.pieces, notes))
    if made.contrary:
        word.add(document, Par.of(tr("Contrary asks"), "Heading 1"))
        for one in made.contrary:
            word.add(document, _paragraph(one.pieces, notes))
    if number:
        _tables(document, made)
    notes.attach(document)
    word.save(document, path, source, note=tr("Nothing in it is a proposal: people confirmed it."))


def _paragraph(pieces: Iterable[Piece], notes: Footnotes) -> Par:
    runs: list[Run] = []
    for piece in pieces:
        runs.append(Run(piece.text, bold=piece.strong))
        if piece.footnote:
            runs.append(notes.mark(piece.footnote))
    return Par(tuple(runs), "Normal")


def _tables(document: Any, made: Annex) -> None:
    word.add(document, Par.of(tr("Convergence table"), "Heading 1"))
    heads = [name for name, _ in TABLE]
    word.add_table(document, WIDTHS, heads, _rows(made), caption=tr("Who asks for which measure"))
    word.add(document, Par.of(tr("Sources"), "Heading 1"))
    for one in made.documents:
        year = f" ({one.year})" if one.year else ""
        said = f"{one.title}{year}, {one.symbol}"
        word.add(document, Par.of(f"{said}{f', {one.note}' if one.note else ''}.", "Item"))


def _rows(made: Annex) -> Iterator[Any]:
    for _, measure in made.measures():
        yield _row(
            (
                measure.cluster.title,
                measure.reviews,
                measure.others(committees=True),
                measure.others(committees=False),
            )
        )


def _row(texts: Sequence[str]) -> Any:
    return cells(WIDTHS, [([Par.of(text, bold=not at)], "") for at, text in enumerate(texts)])
