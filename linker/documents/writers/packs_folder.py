"""Ministry packs as a folder, or as one archive: a workbook and a letter for each body."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.packs import Pack, packs
from linker.documents.plan import PlanRow
from linker.documents.writers import word
from linker.documents.writers.plan_xlsx import write_plan_rows
from linker.documents.writers.reproducible_zip import zipped
from linker.documents.writers.wordparts import Par, Run, cells
from linker.i18n.messages import tr, tr_plural
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped, slug

LISTED = 12
"""Rows that the letter names; all stand in the workbook."""
WIDTHS = (30.0, 112.0, 38.0)


def write_packs_folder(source: Source, options: Options, folder: Path) -> list[Path]:
    """Write the packs into a folder, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = packs(source, options)
    times = Counter(slug(pack.body) for pack in made)
    files = []
    for number, pack in enumerate(made, start=1):
        name = slug(pack.body)
        stem = name if times[name] == 1 else f"{name}-{number}"
        workbook = folder / f"{stem}.xlsx"
        write_plan_rows(
            source,
            pack.rows,
            workbook,
            tr("For {body}. {urgent}", body=_named(pack), urgent=_urgent(pack)),
        )
        files.append(workbook)
        if pack.is_addressed:
            letter = folder / f"{stem}.docx"
            _letter(source, pack, workbook.name, letter, options.template)
            files.append(letter)
    return files


def write_packs_zip(source: Source, options: Options, path: Path) -> None:
    """Write the packs into one archive; the same content gives the same bytes."""
    path.write_bytes(zipped(lambda folder: write_packs_folder(source, options, folder)))


def _named(pack: Pack) -> str:
    """Return what a body calls itself; nobody in the language spoken."""
    return pack.body if pack.is_addressed else official_name(pack.body)


def _urgent(pack: Pack) -> str:
    return tr(
        "{recommendations}, of which {overdue} overdue and {empty} without any answer; "
        "these stand first.",
        recommendations=tr_plural("{n} recommendation", "{n} recommendations", len(pack.rows)),
        overdue=pack.overdue,
        empty=pack.empty,
    )


def _letter(source: Source, pack: Pack, workbook: str, path: Path, template: str) -> None:
    document = word.new_document(
        source, tr("Letter to a responsible body"), landscape=False, template=template
    )
    word.add(document, Par.of(pack.body, "Subtitle"))
    word.add(document, Par.of(tr("Date: ____________"), "Normal"))
    title = tr(
        "Implementation of the recommendations to {state_name}", state_name=source.state_name
    )
    word.add(document, Par.of(title, "Title"))
    if source.notice:
        word.add(document, Par.of(source.notice, "Notice"))
    for text in (
        tr("Your institution answers for {urgent}", urgent=_urgent(pack)),
        tr(
            "They stand in the attached workbook {workbook}, one a row. Please fill in its "
            "white cells: expected action, deadline, result with evidence, and status. Grey "
            "cells are locked so that the workbook can be read back; columns of your own may "
            "stand behind the last.",
            workbook=workbook,
        ),
        tr("Please return the workbook under the same name by ____________ to ____________."),
        source.calendar,
    ):
        if text:
            word.add(document, Par.of(text, "Normal"))
    urgent = pack.rows[: pack.overdue + pack.empty]
    if urgent:
        word.add(document, Par.of(tr("What waits for your answer"), "Heading 1"))
        heads = (tr("Number"), tr("Recommendation"), tr("Why"))
        rows = [_row(row, number < pack.overdue) for number, row in enumerate(urgent[:LISTED])]
        word.add_table(document, WIDTHS, heads, rows, caption=tr("Overdue and unanswered rows"))
        if len(urgent) > LISTED:
            more = tr(
                "And {number} more, at the head of the workbook.", number=len(urgent) - LISTED
            )
            word.add(document, Par.of(more, "Small"))
    word.add(document, Par.of(tr("Signature: ____________"), "Normal"))
    word.save(document, path, source, note="")


def _row(row: PlanRow, late: bool) -> Any:
    why = (
        tr("overdue since {deadline}", deadline=row.entry.deadline) if late else tr("no answer yet")
    )
    said = (citation.number(row.row.record), clipped(row.row.record.text, 220), why)
    return cells(
        WIDTHS, [([Par((Run(text, bold=not at),))], "") for at, text in enumerate(said)], whole=True
    )
