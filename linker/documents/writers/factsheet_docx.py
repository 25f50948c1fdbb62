"""The factsheet as a Word document of at most two A4 pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from linker.documents.factsheet import factsheet
from linker.documents.inputs import Options, Source
from linker.documents.writers import word
from linker.documents.writers.factsheet_layout import (
    CHALLENGES,
    LAWS,
    LEGAL,
    Fact,
    Sections,
    sections,
)
from linker.documents.writers.wordparts import Par, Run, cells
from linker.i18n.messages import tr

STATUS_WIDTHS = (36.0, 30.0, 58.0, 56.0)
LEGAL_WIDTHS = (50.0, 65.0, 65.0)
HEIGHT_TO_WRITE_IN, LEGAL_HEIGHT = 9.0, 16.0


def write_factsheet_docx(source: Source, options: Options, path: Path) -> None:
    """Write the factsheet of a theme: the one named, else the one with most convergences."""
    content = sections(factsheet(source, options.theme, options))
    document = word.new_document(
        source,
        tr("Factsheet · {title}", title=content.title)[:120],
        landscape=False,
        template=options.template,
    )
    for paragraph in _top(source, content):
        word.add(document, paragraph)
    for heading, facts in content.parts:
        word.add(document, Par.of(heading, "Heading 1"))
        for fact in facts:
            word.add(document, _item(fact))
    word.add(document, Par.of(tr("SDG targets and indicators"), "Heading 1"))
    for ref, title in content.sdg:
        word.add(document, word.sdg_line(ref, title, "Item"))
    if not content.sdg:
        word.add(document, Par.of(tr("No target is proposed or confirmed yet."), "Small"))
    word.add(document, Par.of(content.followed_heading, "Heading 1"))
    rows = [_to_fill_in(followed) for followed in content.followed or (("", "", ""),)]
    word.add_table(document, STATUS_WIDTHS, CHALLENGES, rows, caption=tr("Status and challenges"))
    word.add(document, Par.of(tr(LEGAL), "Heading 1"))
    empty = cells(LEGAL_WIDTHS, [([Par(())], "")] * len(LEGAL_WIDTHS), height=LEGAL_HEIGHT)
    word.add_table(document, LEGAL_WIDTHS, LAWS, [empty], caption=tr(LEGAL))
    word.add(document, Par.of(content.suggestions_heading, "Heading 1"))
    for fact in content.suggestions:
        word.add(document, _item(fact))
    word.save(document, path, source)


def _top(source: Source, content: Sections) -> Iterator[Par]:
    yield from word.top(source, content.title, f"{source.state_name} · {content.subtitle}")
    yield Par.of(content.review, "Normal", bold=True)
    yield Par.of(content.legend, "Small")


def _to_fill_in(followed: Sequence[str]) -> Any:
    contents = [([Par.of(text)], "") for text in (*followed, "")]
    return cells(STATUS_WIDTHS, contents, height=HEIGHT_TO_WRITE_IN)


def _item(fact: Fact) -> Par:
    runs = [Run(f"{fact.lead} ", bold=True), Run(fact.text)]
    if fact.note:
        runs.append(Run(f" {fact.note}", italic=fact.proposal, colour=word.GREY))
    return Par(tuple(runs), "List Bullet")
