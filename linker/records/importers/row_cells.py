"""The cells of one row under the names of fields, held to the limits; what is wrong is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from linker.records.import_notes import Notes
from linker.records.importers.base import Options
from linker.records.markup import without_furniture
from linker.records.values import clean_list, split_list
from linker.vocabulary.text import clean_text

_ID_CHARS = 500
_SHORT_CHARS = 2_000  # of any cell but texts and lists


class RowRefused(Exception):  # noqa: N818 - told as a note, never as an error
    """A row that cannot become a record: (kind, column, reason, remedy)."""

    def __init__(self, kind: str, column: str, reason: str, remedy: str) -> None:
        """Keep what the note will say."""
        super().__init__(reason)
        self.kind, self.column, self.reason, self.remedy = kind, column, reason, remedy


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row, and what of them was not understood.

    Attributes:
        values: field -> cell, or the values of a list field already parted.
        row: the place, such as "row 12".
        notes: where repairs and what was not understood are told.
        options: what holds where the row is silent.
        numeric: fields whose cell was a number with decimals.
        unread: (column, value) of what was not understood so far; kept beside the record.
    """

    values: Mapping[str, str | tuple[str, ...]]
    row: str
    notes: Notes
    options: Options
    numeric: Collection[str] = ()
    unread: list[tuple[str, str]] = field(default_factory=list)

    def one(self, name: str) -> str:
        """Return a short cell.

        Raises:
            RowRefused: it is longer than any such value.
        """
        value = self.values.get(name)
        if not value:
            return ""
        joined = value if isinstance(value, str) else "; ".join(clean_list(value))
        if len(joined) > _SHORT_CHARS:
            reason = f"{len(joined):,} characters where at most {_SHORT_CHARS:,} are expected"
            raise RowRefused("limit", name, reason, "Check that the columns have not shifted.")
        return joined.strip().removeprefix("- ")

    def line(self, name: str) -> str:
        """Return a short cell in one line."""
        return clean_text(self.one(name)).replace("\n", " ")

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the values of a list."""
        value = self.values.get(name)
        if not value:
            return ()
        return split_list(value) if isinstance(value, str) else clean_list(value)

    def names(self, name: str) -> tuple[str, ...]:
        """Return the values of a list whose entries never hold ";" themselves."""
        values = self.listed(name)
        return values and clean_list([part for value in values for part in value.split(";")])

    def text(self) -> str:
        """Return the text of the recommendation.

        Raises:
            RowRefused: there is none, or it is longer than the limit.
        """
        text = self._long("text", furniture=True)
        if not any(char.isalnum() for char in text):
            raise RowRefused(
                "empty text", "text", "there is no text", "Fill it in, or drop the row."
            )
        return text

    def context(self) -> str:
        """Return what stands before the recommendation.

        Raises:
            RowRefused: it is longer than the limit.
        """
        return self._long("context")

    def _long(self, name: str, *, furniture: bool = False) -> str:
        raw = self.values.get(name, "")
        joined = raw if isinstance(raw, str) else "\n".join(raw)
        text = clean_text(without_furniture(joined) if furniture else joined)
        limit = self.options.limits.max_cell_chars
        if len(text) > limit:
            reason = f"{len(text):,} characters, more than the limit max_cell_chars = {limit:,}"
            raise RowRefused("limit", name, reason, "Shorten it, or raise max_cell_chars.")
        return text

    def id(self) -> str:
        """Return the id that the row gives its record.

        Raises:
            RowRefused: it is too long for one.
        """
        given = self.line("id")
        if len(given) > _ID_CHARS:
            reason = f"an id of {len(given):,} characters"
            raise RowRefused("id too long", "id", reason, f"Use at most {_ID_CHARS} characters.")
        return given

    def repaired(self, kind: str, column: str, reason: str, remedy: str = "") -> None:
        """Tell that the row is read with something changed."""
        self.notes.repaired(kind, row=self.row, column=column, reason=reason, remedy=remedy)

    def not_understood(self, kind: str, column: str, value: str, reason: str, remedy: str) -> None:
        """Keep a value beside the record and list it."""
        self.unread.append((column, value))
        self.notes.incomplete(
            kind, row=self.row, column=column, reason=reason, remedy=remedy, value=value
        )
