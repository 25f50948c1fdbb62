"""Were we heard? as a Word document: a summary, then every ask with what came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.documents import heard
from linker.documents.inputs import Source
from linker.documents.writers import word
from linker.documents.writers.phrasing import POSITION_FILLS, capital
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.i18n.messages import tr, tr_later
from linker.uptake.results import OUTCOMES, Answer, AskedItem, Uptake

COLUMNS = (
    (tr_later("What was asked"), 92.0), (tr_later("What became of it"), 28.0),
    (tr_later("What was recommended"), 105.0),
    (tr_later("Position"), 22.0), (tr_later("How sure"), 20.0),
)  # fmt: skip
WIDTHS = tuple(width for _, width in COLUMNS)
SUMMARY_WIDTHS = (38.0, 17.0, 212.0)
TITLE = tr_later("Were we heard?")
NOTHING = tr_later("Nothing in the files imported asks for this.")


def write_uptake_docx(source: Source, uptake: Uptake, path: Path) -> None:
    """Write the document: landscape A4, a header row on every page."""
    document = word.new_document(source, TITLE, landscape=True)
    for line in word.top(source, TITLE, f"{source.state_name} · {uptake.file}"):
        word.add(document, line)
    for text in (heard.about(uptake), heard.positions(uptake), heard.taken_up_by(uptake)):
        if text:
            word.add(document, Par.of(text, "Item"))
    word.add_table(
        document, SUMMARY_WIDTHS, [tr("Outcome"), tr("Asks"), tr("Meaning")], _summary(uptake)
    )
    for note in (heard.CAUTION, *uptake.notes):
        word.add(document, Par.of(note, "Small"))
    word.add(document, Par.of(tr("Ask by ask"), "Heading 1"))
    rows = (row for item in uptake for row in _rows(item))
    word.add_table(document, WIDTHS, [title for title, _ in COLUMNS], rows)
    word.save(document, path, source)


def _summary(uptake: Uptake) -> Iterator[Any]:
    for outcome, number in uptake.counts().items():
        texts = (capital(outcome), str(number), tr(OUTCOMES[outcome]))
        yield cells(SUMMARY_WIDTHS, [([Par.of(text)], "") for text in texts], whole=True)


def _rows(item: AskedItem) -> Iterator[Any]:
    """Yield a row for each answer shown; the ask stands in the first."""
    asked: Cell = (_asked(item), "")
    outcome: Cell = ([Par.of(capital(item.outcome), bold=True)], "")
    answers = [_answer(answer) for answer in item.shown[: heard.IN_FULL]] or [_alone(NOTHING)]
    if more := heard.more(item):
        answers.append(_alone(more))
    for number, answer in enumerate(answers):
        first = (asked, outcome) if not number else (([Par.of("")], ""), ([Par.of("")], ""))
        yield cells(WIDTHS, [*first, *answer])


def _asked(item: AskedItem) -> list[Par]:
    found = [Par((Run(f"{heard.place(item)}  ", bold=True), Run(item.item.text)))]
    if before := heard.before(item):
        found.append(Par.of(before, "Cell small", colour=word.GREY))
    return found


def _answer(answer: Answer) -> list[Cell]:
    record = answer.record
    cite = f"{heard.cited(record)}, {heard.by_whom(record)}"
    return [
        ([Par.of(record.text), Par.of(cite, "Cell small", colour=word.GREY)], ""),
        ([Par.of(capital(record.position))], POSITION_FILLS.get(record.position, "")),
        ([Par.of(heard.how_sure(answer), "Cell small", italic=True)], ""),
    ]


def _alone(said: str) -> list[Cell]:
    empty: Cell = ([Par.of("")], "")
    return [([Par.of(said, colour=word.GREY)], ""), empty, empty]
