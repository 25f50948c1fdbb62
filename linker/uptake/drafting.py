"""A recommendation that somebody is writing: how it is worded, and what was asked already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from linker.i18n.messages import tr, tr_later, tr_plural
from linker.links import SdgLink
from linker.plan.smart import is_vague
from linker.records.asks import asks
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.sdg.framework import framework
from linker.uptake.precedents import Precedents
from linker.uptake.results import DECIMALS
from linker.uptake.wording import GROUP, INSTRUMENT, MEASURED, wording
from linker.vocabulary.official import official_name, official_state

LONG = 60
"""Words from which on a recommendation is called long."""
COLUMNS = ("kind", "text", "record_id", "record", "state", "position", "probability")
"""Columns of what is said of a draft."""
OPENING_COLUMNS = (
    "cluster_id", "title", "asked_by", "cycles", "positions", "status", "targets", "record_id",
    "record", "position", "wording", "previous",
)  # fmt: skip


def advice(text: str) -> tuple[str, ...]:
    """Return what would make a recommendation easier to act on and to check; nothing if nothing."""
    parts, names, words = asks(text), wording(text), len(text.split())
    said = []
    if is_vague(text):
        said.append(
            tr("Name an act that one could see done, such as adopt, repeal, train, allocate.")
        )
    if len(parts) > 1:
        said.append(
            tr(
                "It asks for {n} things at once: a State takes one position on all of them.",
                n=len(parts),
            )
        )
    if MEASURED not in names:
        said.append(tr("It does not say by when, or how much."))
    if not {INSTRUMENT, GROUP} & set(names):
        said.append(tr("It names neither an instrument nor a group of people."))
    if words > LONG:
        said.append(tr("It has {n} words; say it in fewer.", n=words))
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft and what there is to know before it is made.

    Attributes:
        text: the draft.
        state: the State it is for, ISO 3166-1 alpha-3.
        before: what asks the same of this State already.
        elsewhere: what other States of the workspace supported in like words.
        sdg: targets and indicators that fit, most probable first.
    """

    text: str
    state: str
    before: Precedents
    elsewhere: Precedents
    sdg: tuple[SdgLink, ...]

    @property
    def advice(self) -> tuple[str, ...]:
        """What would make it easier to act on and to check."""
        return advice(self.text)

    @property
    def asked(self) -> str:
        """Whether somebody asked the same of this State, and what it said, in a sentence."""
        name = official_state(self.state)
        if not self.before:
            return tr("Nobody asks {state} for the same, in the files imported.", state=name)
        taken = Counter(one.record.position or tr_later("no position") for one in self.before)
        return tr_plural(
            "{n} record asks {state} for the same already, or may ({said}).",
            "{n} records ask {state} for the same already, or may ({said}).",
            len(self.before),
            state=name,
            said=", ".join(f"{n} {official_name(one)}" for one, n in sorted(taken.items())),
        )

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a row for each thing said: advice, asked before, supported elsewhere, SDG."""
        empty = dict.fromkeys(COLUMNS, "")
        rows = [{**empty, "kind": "advice", "text": said} for said in self.advice]
        rows.append({**empty, "kind": "asked", "text": self.asked, "state": self.state})
        return [*rows, *self._precedents(), *self._targets()]

    def _precedents(self) -> Iterator[dict[str, Any]]:
        for kind, found in (("asked before", self.before), ("supported elsewhere", self.elsewhere)):
            for one in found:
                yield {
                    "kind": kind,
                    "text": one.ask,
                    "record_id": one.record.id,
                    "record": one.record.label,
                    "state": one.record.state,
                    "position": one.record.position,
                    "probability": round(one.link.probability, DECIMALS),
                }

    def _targets(self) -> Iterator[dict[str, Any]]:
        for link in self.sdg:
            code = link.indicator or link.target
            yield {
                **dict.fromkeys(COLUMNS, ""),
                "kind": "indicator" if link.indicator else "target",
                "text": f"{code} {framework()[code].title}",
                "probability": round(link.probability, DECIMALS),
            }

    def __repr__(self) -> str:
        lines = [self.text, *(f"  {said}" for said in self.advice), f"  {self.asked}"]
        lines += [f"  {row['kind']}: {row['text']}" for row in self.to_rows() if row["probability"]]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Opening:
    """A measure asked of a State that its plan does not report as done.

    Attributes:
        cluster: all who asked for it.
        best: the most specific wording so far.
        statuses: what the plan says of its records, each once; empty where it says nothing.
    """

    cluster: ShownCluster
    best: ShownMember
    statuses: tuple[str, ...]

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        row, record = self.cluster.to_row(), self.best.record
        same = ("cluster_id", "title", "asked_by", "cycles", "positions", "targets")
        return {
            **{name: row[name] for name in same},
            "status": list(self.statuses),
            "record_id": record.id,
            "record": record.label,
            "position": record.position,
            "wording": list(wording(self.best.text)),
            "previous": self.best.text,
        }
