"""The rows of answers that no exported file has: their columns, as the command line prints them."""

from __future__ import annotations

from typing import Literal

from linker.api.answers import Answer, Listed


class Found(Answer):
    """A record that a search found."""

    id: str
    state: str
    meaning: float
    words: float
    body: str
    cycle: str
    position: str
    text: str


class Convergence(Answer):
    """A convergence link with both its records."""

    link_id: str
    state: str
    left_id: str
    right_id: str
    relation: str
    reiteration: bool
    probability: float | None
    probability_related: float | None
    band: str
    decision: str
    left: str
    right: str
    left_ask: str
    right_ask: str
    left_text: str
    right_text: str


class SdgLink(Answer):
    """A link of a record to an SDG target or indicator."""

    link_id: str
    record_id: str
    target: str
    indicator: str
    role: str
    probability: float | None
    band: str
    decision: str
    title: str
    record: str
    ask: str
    text: str


class Suggested(Answer):
    """An SDG target or indicator for a text."""

    target: str
    indicator: str
    role: str
    probability: float
    band: str
    title: str
    reasons: str


class Suggestions(Listed[Suggested]):
    """What is suggested for a text, and what to know before trusting it."""

    caution: str


class Precedent(Answer):
    """A record of another State that asks the same, or may."""

    record_id: str
    state: str
    relation: str
    probability: float
    band: str
    wording: list[str]
    ask: str
    record: str
    recommended_by: list[str]
    position: str
    mechanism: str
    body: str
    cycle: str
    year: int | Literal[""]
    plan_indicators: list[str]
    text: str


class Member(Answer):
    """A record of a cluster."""

    cluster_id: str
    title: str
    record_id: str
    probability: float | None
    band: str
    decision: str
    record: str
    ask: str
    text: str


class Side(Answer):
    """One side of a link: its text, where the ask stands, and the words that carry the link."""

    label: str
    text: str
    start: int
    end: int
    marks: list[tuple[int, int]]
    read_as: list[tuple[str, str]]


class Contribution(Answer):
    """A finding for or against a link, in log-odds."""

    evidence: str
    log_odds: float
    finding: str


class Explained(Answer):
    """Why a link was proposed."""

    link_id: str
    headline: str
    probability: float
    sides: list[Side]
    contributions: list[Contribution]


class Example(Answer):
    """A record that shows a finding."""

    record_id: str
    excerpt: str
    why: str


class Finding(Answer):
    """Something not to trust."""

    kind: str
    severity: str
    finding: str
    count: int
    total: int
    of: str
    share: float
    meaning: str
    remedy: str
    examples: list[Example]
    record_ids: list[str]


class ImportedFile(Answer):
    """A source of the workspace."""

    number: int
    name: str
    format: str
    date: str
    rows: int
    records: int
    forgotten: bool
    sha256: str
    options: str
    pledges: list[str]


class Due(Answer):
    """A date to work towards."""

    key: str
    what: str
    date: str
    about: Literal["yes", "no"]
    why: str


class Info(Answer):
    """The workspace and who asks."""

    linker: str
    workspace: str
    encoder: str
    states: dict[str, int]
    built: list[str]
    counts: dict[str, int]
    person: str
    role: str


class Decided(Answer):
    """A row of the log."""

    seq: int
    at: str
    link_id: str
    verdict: str
    reviewer: str
    note: str


class PlanChange(Answer):
    """A row of the plan's log."""

    seq: int
    at: str
    reviewer: str
    record_id: str
    field: str
    value: str


class Changed(Answer):
    """What a correction did: ids of the records that changed, and each change in words."""

    changed: list[str]
    altered: list[str]


class Note(Answer):
    """What is told of a row that was read, or not."""

    sheet: str
    row: str
    column: str
    value: str
    what: str
    kind: str
    why: str
    remedy: str


class Imported(Answer):
    """What became of a file."""

    file: str
    format: str
    rows: int
    kept: int
    new: int
    changed: int
    merged: int
    repaired: int
    incomplete: int
    refused: int
    report: str
    notes: list[Note]


class Heard(Answer):
    """An ask of a submission beside a record."""

    item: str
    text: str
    record_id: str
    relation: str
    probability: float | Literal[""]
    band: str
    outcome: str
    strength: str
    same_measure: float | Literal[""]
    same_issue: float | Literal[""]
    ask: str
    record_ask: str
    record: str
    recommended_by: list[str] | Literal[""]
    position: str
    asked_before: list[str]
    where: str
    record_text: str


class WereHeard(Listed[Heard]):
    """What came back of a submission."""

    notes: list[str]


class BuildStatus(Answer):
    """The last build that was asked for here."""

    status: Literal["never", "running", "done", "failed"]
    stage: str
    done: int
    total: int
    report: list[str]
    error: str
