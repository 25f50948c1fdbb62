"""What may be asked: the parameters of each path, as the command line names its options.

A parameter that is not known is refused: a misspelt filter would otherwise filter nothing.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from linker.documents.kinds import COLUMNS, ROWS_OF_A_MATRIX
from linker.records.asks import LONGEST
from linker.records.filters import Filter
from linker.vocabulary.states import state_named

MOST = 1000
"""Rows of a page."""


class Question(BaseModel):
    """Parameters, none of them unknown."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValueError("Half a character stands in it (a lone surrogate).") from error
        return value


class Pages(Question):
    """Which of many rows."""

    limit: int = Field(100, ge=1, le=MOST, description="Rows of the page.")
    offset: int = Field(0, ge=0, description="Rows before it.")


class OfState(Question):
    """Of which State."""

    state: str = Field("", description="State: ISO code or name; the only one where there is one.")

    @property
    def code(self) -> str | None:
        """Its alpha-3 code; None where none was named."""
        return state_named(self.state) if self.state else None


class Named(OfState, Pages):
    """Rows that may name people."""

    with_names: bool = Field(False, description="Name reviewers and commenters: internal use.")


class Probable(OfState, Pages):
    """Rows that are at least as probable."""

    min_probability: float | None = Field(
        None, ge=0, le=1, description="At least as probable; 0 for the hidden ones too."
    )


class Where(Question):
    """The filters of `linker records`."""

    state: str = Field("", description="State: ISO code or name.")
    mechanism: str = Field("", description="UPR, TB, SP, REG or SUB.")
    body: str = Field("", description="CEDAW, CRC, CAT, …")
    cycle: str = Field("", description="UPR cycle: 1, 2, 3, 4.")
    year: int | None = Field(None, description="Year of the document.")
    position: str = Field("", description="supported, noted, partly supported or pending.")
    theme: str = Field("", description="Part of a theme's name.")
    group: str = Field("", description="Part of the name of a group of persons.")
    sdg: str = Field("", description="Goal or target the source tagged: 5 or 5.3.")
    text: str = Field("", max_length=LONGEST, description="Words that must all stand in it.")
    responsible: str = Field(
        "", description="Part of the name of who answers for it in the plan, or 'nobody yet'."
    )

    @property
    def filter(self) -> Filter:
        """The filter of the engine."""
        said: dict[str, Any] = {name: getattr(self, name) for name in Filter.__dataclass_fields__}
        return Filter(**{**said, "state": state_named(self.state) if self.state else ""})


class Records(Where, Pages):
    """Which records, and which page of them."""


class Search(Where):
    """What to look for, and where."""

    q: str = Field(min_length=1, max_length=LONGEST, description="Words, or what is meant.")
    limit: int = Field(20, ge=1, le=MOST, description="At most how many.")


class Similar(Where):
    """What to find in other States."""

    what: str = Field(min_length=1, max_length=LONGEST, description="Id of a record, or a text.")
    limit: int = Field(20, ge=1, le=MOST, description="At most how many.")
    min_probability: float | None = Field(None, ge=0, le=1, description="At least as probable.")


class Suggest(Question):
    """For what SDG targets and indicators are wanted."""

    text: str = Field(min_length=1, max_length=LONGEST, description="A recommendation.")
    min_probability: float | None = Field(None, ge=0, le=1, description="At least as probable.")


class Document(OfState):
    """What to take into a document; as `linker export`."""

    format: str = Field("", description="Format; the usual one of the kind unless given.")
    theme: str = Field("", description="Id or label of a theme; 'all' gives a factsheet for each.")
    confirmed_only: bool = Field(False, description="Leave out what nobody confirmed.")
    position: list[str] = Field(default=[], description="Positions that get rows.")
    responsible: list[str] = Field(default=[], description="Bodies that answer in the plan.")
    cluster: str = Field("", description="Only records of this cluster.")
    by: Literal["recommendation", "cluster"] = Field(
        ROWS_OF_A_MATRIX[0], description="A row of the matrix."
    )
    tags: bool = Field(False, description="Records: a 0/1 column a theme, group and goal too.")
    with_names: bool = Field(False, description="Name reviewers and commenters: internal use.")
    released_only: bool = Field(False, description="Leave out what no administrator released.")
    cycle: list[str] = Field(default=[], description="UPR cycles that get rows.")
    mechanism: list[str] = Field(default=[], description="UPR, TB, SP, REG or SUB.")
    body: list[str] = Field(default=[], description="Bodies, such as CEDAW.")
    columns: list[str] = Field(default=[], description=f"Of the matrix: {', '.join(COLUMNS)}.")

    @property
    def options(self) -> dict[str, Any]:
        """The options of `Linker.export`."""
        return {
            "theme": self.theme,
            "confirmed_only": self.confirmed_only,
            "positions": tuple(self.position),
            "responsible": tuple(self.responsible),
            "cluster": self.cluster,
            "by": self.by,
            "tags": self.tags,
            "with_names": self.with_names,
            "released_only": self.released_only,
            "cycles": tuple(self.cycle),
            "mechanisms": tuple(self.mechanism),
            "bodies": tuple(self.body),
            "columns": tuple(self.columns),
        }


class Upload(OfState):
    """What a file does not say itself; its bytes are the body."""

    name: str = Field(min_length=1, max_length=200, description="Name of the file.")


class Import(Upload):
    """What an import needs to know."""

    mechanism: str = Field("", description="UPR, TB, SP, …, for files that do not say it.")
    body: str = Field("", description="CEDAW, CRC, …, for files that do not say it.")
    symbol: str = Field("", description="The document symbol, for files that do not say it.")


class Uptake(Upload):
    """What a submission is compared with."""

    cycle: str = Field("", description="UPR cycle of the review it was made for.")


class Decisions(Question):
    """A decision on links or clusters."""

    ids: list[str] = Field(min_length=1, max_length=MOST, description="Links or clusters.")
    verdict: Literal["confirm", "reject", "unsure", "undo"] = Field(
        description="undo takes back this reviewer's last one."
    )
    reviewer: str = Field("", max_length=200, description="Who decides; who logged in counts more.")
    note: str = Field("", max_length=LONGEST, description="Why.")
    settle: bool = Field(False, description="It settles a disagreement between reviewers.")


class Undo(Question):
    """Whose last act on clusters is taken back."""

    reviewer: str = Field("", max_length=200, description="Whose.")


class PlanFields(Question):
    """Fields of the plan to fill in."""

    record_id: str = Field(description="Id of a record, or of a theme: each of its records.")
    fields: dict[str, str] = Field(min_length=1, description="Field of the plan: what it says.")
    seen: dict[str, str] | None = Field(
        None, description="Field: what was seen there; another's change since is refused."
    )
    reviewer: str = Field("", max_length=200, description="Who fills it in.")


class Correction(Question):
    """A correction of a record by hand."""

    record_id: str = Field(description="The record.")
    field: str = Field(description="A field of the table format, such as position.")
    value: str = Field(max_length=100_000, description="What is right; empty for nothing.")
    reviewer: str = Field("", max_length=200, description="Who corrects it.")
    note: str = Field("", max_length=LONGEST, description="Why.")


class Build(Question):
    """What to build."""

    states: list[str] = Field(default=[], description="These States alone: codes or names.")
    anew: bool = Field(False, description="Also where nothing had changed.")
