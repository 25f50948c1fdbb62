"""Texts of the UN that somebody changed in a matrix: shown as changes to decide, never written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from linker.records.import_notes import Note
from linker.records.record import Record
from linker.store.sources import Row
from linker.vocabulary.text import fold

_SHOWN = 300


def changed_texts(records: Iterable[Record], texts: Mapping[str, str], file: str) -> Iterator[Note]:
    """Yield a note for each record whose text is another one in a matrix.

    Args:
        records: of the workspace.
        texts: record id -> text in the matrix.
        file: its name.
    """
    for record in records:
        text = texts.get(record.id)
        if text is None or fold(text) == fold(record.text):
            continue
        reason = (
            f"the text of {record.label} is another one here, and is left as it is: "
            f"“{record.text[:_SHOWN]}” has become “{text[:_SHOWN]}”"
        )
        remedy = f"Where the matrix is right: linker correct {record.id} text “…”."
        yield Note(file, "", "text", reason, remedy, "told", "changed text", text)


def with_known_texts(rows: Iterable[Row], known: Mapping[str, Record]) -> list[Row]:
    """Return the rows of a matrix, those of known records with the text that they have here.

    What else such a row says (a position, a theme) counts as that of any other source.

    Args:
        rows: (id, State, place, what the row says as JSON).
        known: records of the workspace, by id.
    """
    return [
        (given, state, place, _with_text(said, known[given].text) if given in known else said)
        for given, state, place, said in rows
    ]


def _with_text(said: str, text: str) -> str:
    held = {**json.loads(said), "text": text}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
