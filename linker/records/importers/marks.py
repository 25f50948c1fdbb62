"""What a file shows otherwise than it is read: struck out, hidden, or said in a comment or note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linker.records.import_notes import Notes

_SHOWN = 8
_EACH = 20
_CHARS = 120


@dataclass(slots=True)
class Marks:
    """Collects such places of a sheet, table or document; told once it is known that it is read.

    Attributes:
        file: what the file is called in a remedy, "workbook" or "document".
        unit: what its places are, "row" or "paragraph".
        whole: places that are struck out.
        in_part: (place, words that are struck out).
        hidden: places that are hidden.
        hidden_columns: likewise, by their letters.
        hidden_words: (place, words that are hidden).
        comments: (place, text).
        footnotes: (place, text); notes that no record takes up.
        pictures: numbers of pages that hold a picture and next to no text.
        insertions: tracked changes that are read.
        deletions: tracked changes that are left out.
    """

    file: str
    unit: str
    whole: list[str] = field(default_factory=list)
    in_part: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    hidden_words: list[tuple[str, str]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0

    def strike(self, place: str, struck: str, length: int) -> None:
        """Take up words that are struck out at a place that holds so many characters."""
        if not struck.strip():
            return
        if 2 * len(struck) > length:
            self.whole.append(place)
        else:
            self.in_part.append((place, struck))

    def tell(self, notes: Notes) -> None:
        """Tell what was seen, of places that were read."""
        again = f"import the {self.file} again."
        if self.whole:
            notes.told(
                "struck out",
                reason=f"{self._counted(self.whole)} struck out, and read as any other "
                f"({_listed(self.whole)})",
                remedy=f"Delete those that no longer count, and {again}",
            )
        self._tell_each(
            notes, "struck out in part", self.in_part,
            "{text!r} in {place} is struck out, and read as the rest of it",
            f"Delete what no longer counts, and {again}",
        )  # fmt: skip
        if self.hidden:
            notes.told(
                "hidden rows",
                reason=f"{self._counted(self.hidden)} hidden, by hand or by a filter, and read as "
                f"any other ({_listed(self.hidden)})",
                remedy=f"Delete those that do not belong here, and {again}",
            )
        if self.hidden_columns:
            said = "column {} is" if len(self.hidden_columns) == 1 else "columns {} are"
            notes.told(
                "hidden columns",
                reason=f"{said.format(_listed(self.hidden_columns))} hidden, and read as any other",
                remedy=f"Delete what does not belong here, and {again}",
            )
        self._tell_each(
            notes, "hidden words", self.hidden_words,
            "{text!r} in {place} is hidden, and read as the rest of it",
            f"Delete what does not belong here, and {again}",
        )  # fmt: skip
        if self.insertions or self.deletions:
            notes.told(
                "tracked changes",
                reason=f"tracked changes are taken as accepted: {_number(self.insertions)} "
                f"inserted, which is read, and {_number(self.deletions)} deleted, which is not",
                remedy=f"Accept or reject them in the document, and {again}",
            )
        self._tell_each(
            notes, "comments", self.comments, "a comment in {place} is not read: {text!r}",
            f"Write what counts into the text, such as a position, and {again}",
        )  # fmt: skip
        self._tell_each(
            notes, "footnotes", self.footnotes, "a footnote in {place} is not read: {text!r}",
            f"Write what counts into the text, such as a position, and {again}",
        )  # fmt: skip

        if self.pictures:
            said = "page {} is a picture" if len(self.pictures) == 1 else "pages {} are pictures"
            notes.told(
                "pictures of pages",
                reason=f"{said.format(_listed(self.pictures))} without text, and not read",
                remedy=f"If recommendations stand there, run it through OCR, and {again}",
            )

    def _tell_each(
        self, notes: Notes, kind: str, met: Sequence[tuple[str, str]], said: str, remedy: str
    ) -> None:
        for place, text in met[:_EACH]:
            reason = said.format(place=place, text=_short(text))
            notes.told(kind, row=place, reason=reason, remedy=remedy, value=text)
        if more := met[_EACH:]:
            reason = f"the same in {len(more):,} more places ({_listed([at for at, _ in more])})"
            notes.told(kind, reason=reason, remedy=remedy)

    def _counted(self, places: Sequence[str]) -> str:
        return f"1 {self.unit} is" if len(places) == 1 else f"{len(places):,} {self.unit}s are"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CHARS else f"{line[:_CHARS]} …"


def _listed(places: Sequence[str]) -> str:
    return ", ".join(places[:_SHOWN]) + ("" if len(places) <= _SHOWN else " …")


def _number(count: int) -> str:
    return f"{count:,} {'place' if count == 1 else 'places'}"
