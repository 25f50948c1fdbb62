"""A record: one recommendation or concluding observation as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from linker.i18n.messages import tr
from linker.vocabulary.mechanisms import codes, mechanism, mechanisms
from linker.vocabulary.official import official_name, official_state

POSITIONS = ("supported", "noted", "partly supported", "pending")

_RANKED_POSITIONS = ("", "pending", "noted", "partly supported", "supported")
LISTS = ("themes", "groups", "sdgs", "recommending_states")
_TUPLES = (*LISTS, "sources")

TABLE_COLUMNS = (
    "id", "state", "mechanism", "body", "symbol", "paragraph", "cites", "date", "year", "cycle",
    "session", "text", "themes", "groups", "sdgs", "recommending_states", "position",
    "position_source", "position_note", "language", "source_url", "context",
)  # fmt: skip
"""The fields that the table format has columns for, in its order."""

COMPILATIONS = "A/HRC/WG.6/"
"""Documents of the UPR working group; what they compile was said by other bodies."""


@dataclass(frozen=True, slots=True)
class Record:
    """One recommendation or concluding observation as published.

    Attributes:
        id: stable id, the same from whichever file the record came (see `linker.records.ids`).
        text: clean text, without its paragraph number and trailing recommending States; empty only
            where a source says a position of a recommendation by its number (see `wordless`).
        state: the State it is addressed to, ISO 3166-1 alpha-3.
        mechanism: a code of `linker.vocabulary.mechanisms` (UPR, TB, SP, REG, SUB), or empty.
        body: CEDAW, CRC, IACHR, NHRI, …; UPR or SP where the mechanism has no bodies.
        symbol: UN document symbol; several as "a; b".
        paragraph: always a string, for 140.10 is not 140.1.
        cites: what to cite instead of symbol and paragraph, such as "CAT/C/SVN/CO/4, para. 9" of
            a record that a compilation quotes.
        date: ISO 8601; may be only a year or a year and month.
        year: year of the record.
        cycle: UPR cycle, such as "3".
        session: session of the mechanism, such as "34".
        themes: themes as the source tags them.
        groups: groups of persons concerned, as the source tags them.
        sdgs: codes such as "16", "5.2", as the source tags them.
        recommending_states: alpha-3 where known, else the name as given.
        position: one of `POSITIONS`, or empty.
        position_source: where the State took it, such as the symbol of the addendum.
        position_note: marks beside it, such as "already implemented" or "in principle".
        language: ISO 639-1 where declared.
        source_url: where the source says it is published.
        kind: "recommendation", "observation", "procedure" (follow-up, next report) or empty.
        heading: heading the source files it under.
        context: what a treaty body says before it recommends; shown, never matched.
        extra: columns the product does not know, as (name, value).
        sources: base names of the files it was read from.
        row: its place in the file it is being read from, such as "row 12"; no part of the record.

    Raises:
        ValueError: an empty id, a text missing from what is more than a position, or a mechanism
            or position outside the vocabulary.
    """

    id: str
    text: str = ""
    state: str = ""
    mechanism: str = ""
    body: str = ""
    symbol: str = ""
    paragraph: str = ""
    cites: str = ""
    date: str = ""
    year: int | None = None
    cycle: str = ""
    session: str = ""
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    recommending_states: tuple[str, ...] = ()
    position: str = ""
    position_source: str = ""
    position_note: str = ""
    language: str = ""
    source_url: str = ""
    kind: str = ""
    heading: str = ""
    context: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    row: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what no later step could use."""
        if not self.id.strip() or not (self.text.strip() or (self.paragraph and self.position)):
            raise ValueError(f"a record needs an id and a text, got id {self.id!r}")
        if self.mechanism and self.mechanism not in mechanisms():
            raise ValueError(f"{self.id}: mechanism {self.mechanism!r} is none of {codes()}")
        if self.position not in ("", *POSITIONS):
            raise ValueError(f"{self.id}: position {self.position!r} is none of {POSITIONS}")

    @property
    def wordless(self) -> bool:
        """Whether this is only what a source says of a record that another source has the text of.

        An addendum says positions by number; they count as soon as the report is there.
        """
        return not self.text.strip()

    @property
    def label(self) -> str:
        """How a reader would cite it: "CEDAW/C/KEN/CO/8, para. 21", "UPR cycle 3, 121.4 (…)"."""
        if self.cites:
            return self.cites
        if self.is_cyclic and (self.cycle or not self.symbol):
            review = official_name(self.mechanism)
            cycle = tr("{review} cycle {cycle}", review=review, cycle=self.cycle)
            cited = cycle if self.cycle else review
            cited = f"{cited}, {self.paragraph}" if self.paragraph else cited
            return f"{cited} ({self._recommenders()})" if self.recommending_states else cited
        cited = self.symbol or self.body or self.mechanism or self.id
        if self.symbol.startswith(COMPILATIONS):
            named = mechanisms().get(self.body)
            body = official_name(named.plural) if named else self.body or tr("a body")
            cited = tr("{body} in {symbol}", body=body, symbol=self.symbol)
        if not self.paragraph:
            return cited
        return tr("{cited}, para. {paragraph}", cited=cited, paragraph=self.paragraph)

    @property
    def is_quoted(self) -> bool:
        """Whether a compilation quotes it, whose date is not that of what it quotes."""
        return self.symbol.startswith(COMPILATIONS) and self.mechanism not in ("UPR", "SUB")

    @property
    def is_cyclic(self) -> bool:
        """Whether its mechanism reviews in numbered cycles, as the UPR does."""
        return mechanism(self.mechanism).cyclic

    @property
    def raised_by(self) -> str:
        """Who made it, in a word: its body, else its mechanism, else "other"."""
        return self.body or self.mechanism or "other"

    def _recommenders(self) -> str:
        names = [official_state(state) for state in self.recommending_states]
        if len(names) <= 3:
            return ", ".join(names)
        return tr("{name} and {number} others", name=names[0], number=len(names) - 1)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values ready for JSON: lists for tuples, an object for ``extra``."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS}
        for name in _TUPLES:
            plain[name] = list(plain[name])
        plain["extra"] = dict(self.extra)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], row: str = "") -> Record:
        """Make a record from `to_dict`'s result; missing keys take their defaults.

        Args:
            plain: the values.
            row: its place in the file it is read from.

        Raises:
            ValueError: a key that is no field of a record.
        """
        if not plain.keys() <= _KNOWN:
            unknown = ", ".join(sorted(plain.keys() - _KNOWN))
            raise ValueError(f"no such fields in a record: {unknown}")
        values = {**plain, "row": row}
        for name in _TUPLES:
            values[name] = tuple(values.get(name) or ())
        extra = values.get("extra") or ()
        pairs = extra.items() if isinstance(extra, Mapping) else extra
        values["extra"] = tuple((str(key), str(value)) for key, value in pairs)
        return cls(**values)

    def merged(self, other: Record) -> Record:
        """Return this record and another reading of it as one; in any order, the same result.

        Gaps are filled and lists united. Where both say something else, the fuller value wins
        (the longer, then the later in alphabetical order), so that the order of files cannot
        matter: a text that contains the other one wins, "2019-05" wins over "2019".

        Raises:
            ValueError: the ids differ.
        """
        if self.id != other.id:
            raise ValueError(f"{self.id} and {other.id} are two records")
        united: dict[str, Any] = {}
        for name in _FIELDS:
            mine, theirs = getattr(self, name), getattr(other, name)
            united[name] = mine if mine == theirs else _join(name, mine, theirs)
        return Record(**united)


_FIELDS = tuple(one.name for one in fields(Record) if one.name != "row")
_KNOWN = frozenset(_FIELDS)


def _join(name: str, mine: Any, theirs: Any) -> Any:
    if not mine or not theirs:
        return mine or theirs
    if name == "extra":
        united = dict(mine)
        for key, value in theirs:
            united[key] = max(united.get(key, ""), value, key=_fuller)
        return tuple(sorted(united.items()))
    if name in _TUPLES:
        return tuple(sorted({*mine, *theirs}))
    if name == "position":
        return max(mine, theirs, key=_RANKED_POSITIONS.index)
    return max(mine, theirs) if name == "year" else max(mine, theirs, key=_fuller)


def _fuller(value: str) -> tuple[int, str]:
    return len(value), value
