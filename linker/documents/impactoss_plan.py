"""What a package of IMPACT OSS says for the plan: its actions, institutions, indicators, progress.

An action under the reference of its one recommendation says what is planned for that; any other is
a measure of the national plan, and speaks for those of its recommendations that have none of their
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.documents.plan_reading import FiledRow, PlanFile, checked_values
from linker.plan.entries import COMMENT, Measure, title_of
from linker.records.import_notes import ImportRefused, Notes
from linker.records.importers.base import Limits
from linker.records.importers.impactoss import (
    ACTIONS,
    INDICATORS,
    RECOMMENDATIONS,
    REPORTS,
    UNNAMED,
    Line,
    Package,
    form,
)
from linker.records.importers.impactoss_package import read_package
from linker.records.importers.safe_open import kind_of
from linker.sdg.framework import framework
from linker.vocabulary.said_dates import deadline as due

JOINED = {"responsible": "; ", "partners": "; ", "indicators": "\n", "result": "\n"}
"""Fields of which several actions of a recommendation say something each -> what parts it."""


def is_impactoss(path: Path, limits: Limits) -> bool:
    """Say whether a file is a package; whoever reads it says what is wrong."""
    try:
        return kind_of(path, limits) == "zip"
    except ImportRefused:
        return False


def read_impactoss(path: Path, limits: Limits) -> PlanFile:
    """Return what a package says for the plan, with the measures of its national plan.

    Raises:
        ImportRefused: it cannot be read.
    """
    notes = Notes(path.name)
    package, about = read_package(path, notes, limits)
    told = Notes(path.name)
    for note in notes.refusals:
        told.refused(note.kind, row=note.row, column=note.column, reason=note.reason,
                     remedy=note.remedy, value=note.value)  # fmt: skip
    plan = PlanOf(package)
    rows = plan.rows(told)
    if unread := plan.unread():
        told.told("descriptions", reason=f"{unread} measures of the national plan have a "
                  "description, which the plan holds no field for")  # fmt: skip
    workspace, date = _text(about, "workspace"), _text(about, "date")
    measures = tuple(plan.measures)
    return PlanFile(path.name, rows, _base(about), workspace, date, tuple(told), measures=measures)


def written_plan(package: Package) -> dict[str, Mapping[str, str]]:
    """Return record id -> field -> value that will be read back of tables just written."""
    return {row.record_id: row.values for row in PlanOf(package).rows(Notes(""))}


def _base(about: Mapping[str, Any]) -> dict[str, dict[str, str]] | None:
    """Return what stood in the plan when Linker wrote the package; None where nobody says."""
    said = about.get("plan")
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        return None
    return {key: {str(k): str(v) for k, v in one.items()} for key, one in said.items()}


def _text(about: Mapping[str, Any], name: str) -> str:
    value = about.get(name)
    return value if isinstance(value, str) else ""


@dataclass
class PlanOf:
    """The plan in the tables of a package."""

    package: Package

    def __post_init__(self) -> None:
        """Relate the tables."""
        package = self.package
        self._recommendations = package.by_id(RECOMMENDATIONS)
        self._indicators = package.by_id(INDICATORS)
        self._tags = package.tagged("measure_categories", "measure_id")
        self._measured = package.related("measure_indicators", "measure_id", "indicator_id")
        self._of = package.related("recommendation_measures", "measure_id", "recommendation_id")
        self._reports: dict[str, Line] = {}
        for line in package.rows(REPORTS):  # the last one of an indicator is the latest
            self._reports[line["indicator_id"]] = line
        actions = package.rows(ACTIONS)
        self._own = {line["id"] for line in actions if self._is_own(line)}
        self.measures = [self._measure(line) for line in actions if line["id"] not in self._own]
        self.measure_ids = [measure.id for measure in self.measures]

    def rows(self, notes: Notes) -> tuple[FiledRow, ...]:
        """Return what is said of each recommendation, checked; what does not fit is refused."""
        places = {line["reference"]: line.place for line in self.package.rows(RECOMMENDATIONS)}
        return tuple(
            FiledRow(places[key], key, checked_values(said, places[key], notes, self.measure_ids))
            for key, said in self.values().items()
        )

    def unread(self) -> int:
        """Return how many measures have a description, which nothing here holds."""
        actions = self.package.rows(ACTIONS)
        return sum(bool(line["description"]) for line in actions if line["id"] not in self._own)

    def values(self) -> dict[str, dict[str, str]]:
        """Return reference -> field -> what the package says, of recommendations with an action."""
        actions = self.package.by_id(ACTIONS)
        answering = self.package.related(
            "recommendation_measures", "recommendation_id", "measure_id"
        )
        found = {}
        for number, line in self._recommendations.items():
            ids = [i for i in answering.get(number, ()) if i in actions]
            if not ids:
                continue
            own = [i for i in ids if i in self._own]
            said = [self._said(actions[i], i in self._own) for i in own or ids]
            values = _together(said)
            named = [_name(actions[i]) for i in ids if i not in self._own]
            values["measure"] = "; ".join(named)
            found[line["reference"]] = values
        return found

    def _is_own(self, action: Line) -> bool:
        of = [self._recommendations.get(i) for i in self._of.get(action["id"], ())]
        return len(of) == 1 and of[0] is not None and of[0]["reference"] == action["reference"]

    def _measure(self, action: Line) -> Measure:
        deadline = due(action["target_date"]) or action["target_date"]
        responsible = self._tagged(action, "responsible")
        return Measure(_name(action), action["title"], "; ".join(responsible), deadline)

    def _tagged(self, action: Line, field: str) -> list[str]:
        tags = self._tags.get(action["id"], ())
        return [line["title"] for taxonomy, line in tags if form().field_of(taxonomy) == field]

    def _said(self, action: Line, own: bool) -> dict[str, str]:
        """Return field -> what an action says."""
        unnamed = f"{UNNAMED}{action['reference']}"
        indicators = [
            self._indicators[i]
            for i in self._measured.get(action["id"], ())
            if i in self._indicators
        ]
        reports = [r for line in indicators if (r := self._reports.get(line["id"]))]
        values = {
            "responsible": "; ".join(self._tagged(action, "responsible")),
            "partners": "; ".join(self._tagged(action, "partners")),
            "status": "; ".join(self._tagged(action, "status")),
            "deadline": action["target_date"],
            "result": action["outcome"],
            "indicators": "\n".join(
                _indicator(line) for line in indicators if line["title"] != unnamed
            ),
            "current": "\n".join(r["title"] for r in reports if r["title"] != unnamed),
            "evidence": "\n".join(filter(None, map(_evidence, reports))),
        }
        if own:
            title = action["title"]
            values["actions"] = "" if title == unnamed else title
            values |= _parted(action["description"], form().described)
            values |= _parted(action["indicator_summary"], form().summarised)
        return values


def _name(action: Line) -> str:
    """Return the id of a measure, in which no semicolon may stand."""
    return (action["reference"] or action["id"]).replace(";", ",")


def _indicator(line: Line) -> str:
    return line["reference"] if line["reference"] in framework() else line["title"]


def _evidence(report: Line) -> str:
    said, address = report["description"], report["document_url"]
    return said if address in said else f"{said}\n{address}".strip()


def _together(said: list[dict[str, str]]) -> dict[str, str]:
    """Return what several actions say of one recommendation; where they differ, nothing."""
    values = {}
    for name in said[0]:
        told = list(dict.fromkeys(one[name] for one in said if one.get(name)))
        if name in JOINED:
            parts = (part for one in told for part in one.split(JOINED[name]))
            values[name] = JOINED[name].join(dict.fromkeys(parts))
        else:
            values[name] = told[0] if len(told) == 1 else ""
    return values


def _parted(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return the fields that a text holds, one a line behind its title; the rest is a comment."""
    titles = {f"{title_of(name)}:": name for name in names}
    found: dict[str, list[str]] = {name: [] for name in titles.values()}
    others: list[str] = []
    lines = others
    for line in text.splitlines():
        title = next((title for title in titles if line.startswith(title)), "")
        if title:
            lines = found[titles[title]]
        lines.append(line.removeprefix(title).strip())
    values = {name: "\n".join(said).strip() for name, said in found.items()}
    comment = "\n".join(others).strip()
    return values | ({COMMENT: comment} if comment else {})
