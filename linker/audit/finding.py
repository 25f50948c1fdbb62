"""A finding: one thing not to trust, how often, what it means and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any, Literal

from linker.i18n.messages import tr_later
from linker.records.record import Record

Severity = Literal["distrust", "check", "note"]
SEVERITIES: dict[Severity, str] = {
    "distrust": tr_later("Do not rely on"),
    "check": tr_later("To check"),
    "note": tr_later("Good to know"),
}
"""Severities, the worst first, and what a reader is told."""
KINDS = {
    "tag on too many records": tr_later("Tags on too many records"),
    "tag without words": tr_later("Tags that the text does not bear out"),
    "contradiction": tr_later("Sources that contradict one another"),
    "no position": tr_later("Missing positions"),
    "repeated": tr_later("Repeated records"),
    "cut text": tr_later("Texts that look cut"),
    "date": tr_later("Dates, sessions and cycles that disagree"),
    "symbol": tr_later("Document symbols that disagree"),
    "language": tr_later("Texts in another language"),
    "no ask": tr_later("Records that ask for nothing"),
}
"""What is looked for, in the order of the report, and the heading of each."""

EXAMPLES = 5
EXCERPT = 140
WIDTH = 96


@dataclass(frozen=True, slots=True)
class Example:
    """One record that shows a finding.

    Attributes:
        record_id: the record.
        excerpt: a short part of its text.
        why: what is odd about this record, or empty where the finding says it all.
    """

    record_id: str
    excerpt: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing not to trust.

    Attributes:
        kind: one of `KINDS`.
        severity: ``distrust`` (leave it out of your work), ``check`` (look before you use it) or
            ``note`` (nothing is wrong, but know it).
        title: the finding in a few words.
        count: records concerned.
        total: records that could have been concerned.
        of: what ``total`` counts, such as "records of 2011".
        meaning: one sentence: what this says about the data.
        remedy: one sentence: what to do.
        examples: a few records that show it.
        cases: ids of all records concerned; ids that belong together (one record twice) as one.
    """

    kind: str
    severity: Severity
    title: str
    count: int
    total: int
    of: str
    meaning: str
    remedy: str
    examples: tuple[Example, ...]
    cases: tuple[tuple[str, ...], ...]

    @property
    def share(self) -> float:
        """The part of ``total`` that is concerned, 0 to 1."""
        return self.count / self.total if self.total else 0.0

    @property
    def counted(self) -> str:
        """How many: "4 of 7 records with this tag (57 %)"."""
        return f"{self.count:,} of {self.total:,} {self.of} ({percent(self.share)})"

    def to_row(self) -> dict[str, Any]:
        """Return one row of plain values for CSV and JSON."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "finding": self.title,
            "count": self.count,
            "total": self.total,
            "of": self.of,
            "share": round(self.share, 4),
            "meaning": self.meaning,
            "remedy": self.remedy,
            "examples": [asdict(example) for example in self.examples],
            "record_ids": [" = ".join(case) for case in self.cases],
        }


@dataclass(frozen=True)
class Audit:
    """All findings on some records, the gravest first; prints as a report.

    Attributes:
        records: how many records were looked at.
        findings: in order of severity, then of records concerned.
    """

    records: int
    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        """Yield the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return how many findings there are."""
        return len(self.findings)

    def of_kind(self, kind: str) -> Audit:
        """Return the findings of one of `KINDS`."""
        return Audit(self.records, tuple(f for f in self.findings if f.kind == kind))

    @property
    def clean(self) -> tuple[str, ...]:
        """Headings of what was looked for and not found."""
        found = {finding.kind for finding in self.findings}
        return tuple(heading for kind, heading in KINDS.items() if kind not in found)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one row of plain values for each finding."""
        return [finding.to_row() for finding in self.findings]

    def __str__(self) -> str:
        """Return the report to print."""
        counts = Counter(finding.severity for finding in self.findings)
        summary = ", ".join(f"{counts[s]} {SEVERITIES[s].lower()}" for s in SEVERITIES if counts[s])
        lines = [f"{self.records:,} records looked at: {summary or 'nothing found'}."]
        for severity, heading in SEVERITIES.items():
            findings = [f for f in self.findings if f.severity == severity]
            if findings:
                lines += ["", heading.upper()]
            for finding in findings:
                lines += ["", *_printed(finding)]
        if self.clean:
            lines += ["", *_wrapped("Looked for and not found: " + "; ".join(self.clean) + ".", 0)]
        return "\n".join(lines)


def make_finding(
    kind: str,
    severity: Severity,
    title: str,
    flagged: Sequence[tuple[Record, str]],
    total: int,
    of: str,
    meaning: str,
    remedy: str,
) -> Finding:
    """Return a finding on single records.

    Every argument is as in `Finding`, but ``flagged``: each record concerned, and what is odd
    about it (may be empty).
    """
    return Finding(
        kind=kind,
        severity=severity,
        title=title,
        count=len(flagged),
        total=total,
        of=of,
        meaning=meaning,
        remedy=remedy,
        examples=tuple(
            Example(record.id, excerpt(record.text), why) for record, why in spread(flagged)
        ),
        cases=tuple((record.id,) for record, _ in flagged),
    )


def spread(flagged: Sequence[Any], number: int = EXAMPLES) -> list[Any]:
    """Return a few of many, evenly spread, so that examples are not all of one document."""
    if len(flagged) <= number:
        return list(flagged)
    return [flagged[position * len(flagged) // number] for position in range(number)]


def excerpt(text: str, length: int = EXCERPT, end: bool = False) -> str:
    """Return the beginning of a text, or its end, with an ellipsis where it was shortened."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    if end:
        return "…" + plain[1 - length :].lstrip()
    return plain[: length - 1].rstrip() + "…"


def percent(share: float) -> str:
    """Return a share for a reader: "87 %", "under 1 %"."""
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{min(99, round(100 * share)) if share < 1 else 100} %"


def _printed(finding: Finding, examples: int = 3) -> list[str]:
    lines = _wrapped(f"{finding.title}: {finding.counted}", 2)
    lines += _wrapped(f"{finding.meaning} {finding.remedy}", 4)
    for example in finding.examples[:examples]:
        why = f" [{example.why}]" if example.why else ""
        lines += _wrapped(f"- {example.record_id}{why}: “{example.excerpt}”", 6)
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    rest = " " * (indent + 2 if text.startswith("- ") else indent)
    return wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=rest, break_on_hyphens=False
    )
