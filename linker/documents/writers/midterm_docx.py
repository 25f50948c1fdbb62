"""The mid-term report as a Word document: a summary, then every recommendation by theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Row
from linker.documents.midterm import (
    COLOURED_AS,
    NO_STATUS,
    Midterm,
    Score,
    measured,
    measured_values,
    midterm,
    status_of,
)
from linker.documents.writers import word
from linker.documents.writers.phrasing import POSITION_FILLS, STATUS_FILLS, STATUS_LIGHTS, capital
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import STATUSES
from linker.plan.sharing_out import not_released
from linker.vocabulary.official import official_name

COLUMNS = (
    (tr_later("Recommendation and recommending State"), 100.0),
    (tr_later("Position"), 20.0),
    (tr_later("Status"), 25.0),
    (tr_later("Law, policy, practice"), 34.0),
    (tr_later("Result and evidence; what is still expected"), 70.0),
    (tr_later("Responsible body"), 28.0),
)
WIDTHS = tuple(width for _, width in COLUMNS)
SUMMARY_WIDTHS = (55.0, 37.0, 37.0, 37.0, 37.0, 37.0, 37.0)
CARD = (76.0, 34.0, 28.5, 76.0, 34.0, 28.5)
"""Widths of the score-card in millimetres: two themes a line."""
CARD_LEGEND = tr_later(
    "Mostly done: at least half fully implemented. Hardly begun: half or more of "
    "those reported on not started. Not reported: none has a status. All others are "
    "under way."
)
SPLIT_FROM = 1_200
LEGEND = tr_later(
    "Status as filled in by those named in the implementation plan; Linker computes "
    "none of it. A recommendation without a status is counted as such and never as "
    "not started."
)


def write_midterm_docx(source: Source, options: Options, path: Path) -> None:
    """Write the report: landscape A4, themes as full-width rows, header row on every page."""
    made = midterm(source, options)
    title = tr("Mid-term report, {title}", title=made.title)
    document = word.titled_document(source, title, template=options.template)
    total = sum(sum(counts.values()) for counts in made.counts().values())
    waiting = not_released(row.entry for _, row in made.matrix.rows())
    said = [
        f"{tr_plural('{n} recommendation', '{n} recommendations', total)}.",
        tr(LEGEND),
        waiting,
    ]
    word.add(document, Par.of(" ".join(filter(None, said)), "Small"))
    heads = [tr("Position"), *map(capital, STATUSES), capital(NO_STATUS), tr("All")]
    word.add_table(document, SUMMARY_WIDTHS, heads, _summary(made))
    _score_card(document, made)
    _narrative(document, made)
    word.add_contents(document, word.matrix_contents(made.matrix))
    word.add(document, Par.of(tr("Recommendation by recommendation"), "Band"))
    word.add_table(
        document, WIDTHS, [name for name, _ in COLUMNS], word.banded(made.matrix, WIDTHS, _row)
    )
    word.save(document, path, source, note="")


def _score_card(document: Any, made: Midterm) -> None:
    """Write how each theme stands, two themes a line, so that all of them stand on one page."""
    scores = made.score_card()
    word.add(document, Par.of(tr("Score-card by theme"), "Heading 1", page_break=True))
    # Above the table: below a full one it would stand alone on the next page.
    word.add(document, Par.of(tr(CARD_LEGEND), "Small"))
    half = (len(scores) + 1) // 2
    rows = []
    for left, right in zip_longest(scores[:half], scores[half:]):
        row = [*_score(left), *(_score(right) if right else [([Par(())], "")] * 3)]
        rows.append(cells(CARD, row, whole=True))
    heads = (tr("Theme"), tr("How it stands"), tr("Fully implemented")) * 2
    word.add_table(document, CARD, heads, rows, tight=True, caption=tr("Score-card by theme"))


def _score(score: Score) -> list[Cell]:
    light, total = score.light, len(score.block.rows)
    like = COLOURED_AS[light]
    word_of = Par((Run("● ", bold=True, colour=STATUS_LIGHTS[like]), Run(capital(light))))
    return [
        ([Par.of(score.block.theme.label)], ""),
        ([word_of], STATUS_FILLS.get(like, "")),
        ([Par.of(tr("{done} of {total}", done=score.counts[STATUSES[-1]], total=total))], ""),
    ]


def _narrative(document: Any, made: Midterm) -> None:
    """Write, theme by theme, what was done, put together from results and evidence."""
    told = [score for score in made.score_card() if score.told]
    if not told:
        return
    word.add(document, Par.of(tr("What was done, theme by theme"), "Heading 1"))
    for score in told:
        word.add(document, Par.of(score.block.theme.label, "Heading 2"))
        word.add(document, Par.of(score.sentence, "Normal"))
        for row in score.told:
            runs = [Run(f"{citation.number(row.record)}: ", bold=True), Run(row.entry.result)]
            if row.entry.evidence:
                runs.append(
                    Run(tr(" Evidence: {evidence}", evidence=row.entry.evidence), colour=word.GREY)
                )
            word.add(document, Par(tuple(runs), "Item"))


def _summary(made: Midterm) -> Iterator[Any]:
    statuses = (*STATUSES, "")
    found = made.counts()
    for position, counts in found.items():
        row: list[Cell] = [([Par.of(capital(position) or tr("No position"), bold=True)], "")]
        row += [
            ([Par.of(str(counts[s] or "·"))], STATUS_FILLS.get(s, "") if counts[s] else "")
            for s in statuses
        ]
        row.append(([Par.of(str(sum(counts.values())), bold=True)], ""))
        yield cells(SUMMARY_WIDTHS, row, whole=True)
    if len(found) > 1:
        totals = [sum(counts[s] for counts in found.values()) for s in statuses]
        texts = [tr("All"), *(str(n or "·") for n in totals), str(sum(totals))]
        bold: list[Cell] = [([Par.of(text, bold=True)], word.HEADER) for text in texts]
        yield cells(SUMMARY_WIDTHS, bold, whole=True)


def _row(row: Row) -> Any:
    long = len(row.record.text) + len(row.entry.actions) + len(row.entry.result)
    return cells(WIDTHS, _cells(row), whole=long < SPLIT_FROM)


def _cells(row: Row) -> list[Cell]:
    record, entry = row.record, row.entry
    by = "".join(f" ({name})" for name in row.recommending_after)
    number = Run(f"{record.paragraph} " if record.paragraph else "", bold=True)
    first = [Par((number, Run(record.text), Run(by)))]
    if said := citation.provenance(record):
        first.append(Par.of(said, "Cell small", colour=word.GREY))
    return [
        (first, ""),
        ([Par.of(capital(record.position))], POSITION_FILLS.get(record.position, "")),
        ([_light(row)], STATUS_FILLS.get(entry.status, "")),
        (
            [
                Par.of(f"{name}: {official_name(value)}", "Cell small")
                for name, value in measured(row)
            ],
            "",
        ),
        (_done(row), ""),
        ([Par.of(entry.responsible)], ""),
    ]


def _light(row: Row) -> Par:
    light = Run("● ", bold=True, colour=STATUS_LIGHTS[row.entry.status])
    return Par((light, Run(capital(status_of(row)))))


def _done(row: Row) -> list[Par]:
    """Return what was done, with evidence and values; then, said to be so, what is planned."""
    entry = row.entry
    found = [Par.of(entry.result)] if entry.result else []
    found += [Par.of(f"{title}: {value}", "Cell small") for title, value in measured_values(row)]
    expected = " ".join(
        part
        for part in (
            entry.actions,
            tr("Deadline: {deadline}", deadline=entry.deadline) if entry.deadline else "",
        )
        if part
    )
    if expected:
        lead = Run(tr("Expected, not yet reported as done: "), bold=True)
        found.append(Par((lead, Run(expected)), "Cell small"))
    found += [Par.of(str(c), "Cell small", colour=word.GREY) for c in entry.comments]
    return found
