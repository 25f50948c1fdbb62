"""What people changed about themes, replayed over what the engine found.

The engine's themes are stored as the engine made them; edits are rows of the decision log and are
replayed whenever themes are read. So an edit costs no rebuild, outlives every rebuild, and an
undo gives back exactly what was there before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from linker.i18n.messages import tr
from linker.review.decisions import (
    EDIT_VERDICTS,
    Decision,
    EditVerdict,
    Verdict,
    is_theme_edit,
)
from linker.themes.theme import Member, Theme, in_order

Subject = Literal["theme", "cluster"]
"""What an edit is about; those of clusters are replayed by `linker.review.cluster_edits`."""
NAMED = 3
"""Records named in a report of what is missing; of the others only the number."""


@dataclass(frozen=True, slots=True)
class ThemeEdit:
    """One change to the themes, or the clusters, of a State.

    Attributes:
        kind: rename, merge, split, move or umbrella.
        theme_id: the theme it is about: renamed, merged away, split, or moved into.
        state: ISO 3166-1 alpha-3.
        label: new label (rename, split); empty to keep the old one.
        description: new line of description (rename, split); likewise.
        umbrella: new umbrella (umbrella, split).
        into: the theme that stays (merge) or is founded (split).
        records: ids of the records split off or moved; of clusters, names of their asks.
        seq: its number in the log.
        reviewer: who made it.
        at: when, ISO 8601 in UTC.
        note: why, if they said.
        subject: what it is about.
    """

    kind: EditVerdict
    theme_id: str
    state: str
    label: str = ""
    description: str = ""
    umbrella: str = ""
    into: str = ""
    records: tuple[str, ...] = ()
    seq: int = 0
    reviewer: str = ""
    at: str = ""
    note: str = ""
    subject: Subject = "theme"

    @classmethod
    def of(cls, decision: Decision) -> ThemeEdit:
        """Read an edit from its row of the log."""
        held = dict(decision.link)
        return cls(
            kind=_kind(decision.verdict),
            theme_id=decision.link_id,
            state=held.get("state", ""),
            label=held.get("label", ""),
            description=held.get("description", ""),
            umbrella=held.get("umbrella", ""),
            into=held.get("into", ""),
            records=tuple(json.loads(held.get("records", "[]"))),
            seq=decision.seq,
            reviewer=decision.reviewer,
            at=decision.at,
            note=decision.note,
            subject=subject_of(decision),
        )

    def decision(self) -> Decision:
        """Return the edit as a row of the log."""
        names = ("state", "label", "description", "umbrella", "into")
        held = {name: getattr(self, name) for name in names if getattr(self, name)}
        if self.records:
            held["records"] = json.dumps(self.records, ensure_ascii=False)
        if self.subject != "theme":
            held["subject"] = self.subject
        link = tuple(sorted(held.items()))
        return Decision(
            0, self.theme_id, self.kind, self.reviewer, self.note, self.at, link, kind="edit"
        )

    @property
    def target(self) -> str:
        """The theme that has its records afterwards."""
        return self.into or self.theme_id

    def __str__(self) -> str:
        count = f"{len(self.records)} record{'s' if len(self.records) != 1 else ''}"
        return {
            "rename": f"called {self.theme_id} “{self.label or self.description}”",
            "merge": f"merged {self.theme_id} into {self.into}",
            "split": f"split {count} off {self.theme_id} as {self.into} “{self.label}”",
            "move": f"moved {count} to {self.theme_id}",
            "umbrella": f"put {self.theme_id} under “{self.umbrella}”",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Unmet:
    """An edit that stands but that today's themes or records cannot, or not wholly, follow.

    Attributes:
        edit: the edit; it is kept and followed again when what it names is back.
        reason: what is missing, for a reader.
    """

    edit: ThemeEdit
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """Themes as people want them, and the edits that could not be followed wholly."""

    themes: tuple[Theme, ...]
    unmet: tuple[Unmet, ...]


def subject_of(decision: Decision) -> Subject:
    """Return what a row of the log that is an edit, or the undo of one, is about."""
    return "cluster" if dict(decision.link).get("subject") == "cluster" else "theme"


def standing_edits(
    log: Iterable[Decision], state: str = "", subject: Subject = "theme"
) -> list[ThemeEdit]:
    """Return the edits that nobody took back, oldest first; of one State where given."""
    rows = _edits(log, subject)
    undone = {dict(d.link).get("undoes", "") for d in rows if d.verdict == "undo"}
    edits = [ThemeEdit.of(d) for d in rows if d.verdict != "undo" and str(d.seq) not in undone]
    return [edit for edit in edits if state in ("", edit.state)]


@dataclass(frozen=True, slots=True)
class EditStatus:
    """An edit of the log and what became of it.

    Attributes:
        edit: the edit.
        undone_by: who took it back; empty while it stands.
        unmet: what is missing to follow it, where something is.
    """

    edit: ThemeEdit
    undone_by: str = ""
    unmet: str = ""

    @property
    def status(self) -> str:
        """What became of it, in words: "stands", "undone by …", "waits: …"."""
        if self.undone_by:
            return f"undone by {self.undone_by}"
        return f"waits: {self.unmet}" if self.unmet else "stands"

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show; the last but two is the id of what was edited."""
        edit = self.edit
        return {
            "number": edit.seq,
            "at": edit.at,
            "reviewer": edit.reviewer,
            "state": edit.state,
            "edit": edit.kind,
            "what": str(edit),
            f"{edit.subject}_id": edit.target,
            "status": self.status,
            "note": edit.note,
        }


def statuses(
    log: Iterable[Decision], unmet: Iterable[Unmet], subject: Subject = "theme"
) -> list[EditStatus]:
    """Return every edit of a log, oldest first, and what became of it."""
    rows = _edits(log, subject)
    undone = {dict(d.link).get("undoes", ""): d.reviewer for d in rows if d.verdict == "undo"}
    reasons = {one.edit.seq: one.reason for one in unmet}
    return [
        EditStatus(edit, undone.get(str(edit.seq), ""), reasons.get(edit.seq, ""))
        for edit in (ThemeEdit.of(d) for d in rows if d.verdict != "undo")
    ]


def apply(
    edits: Sequence[ThemeEdit], themes: Sequence[Theme], umbrellas: Sequence[str] = ()
) -> Edited:
    """Replay edits over the engine's themes.

    The same edits and themes give the same result; every record stays in exactly one theme; no
    edits give the themes as they were, in order.

    Args:
        edits: that stand, oldest first.
        themes: as the engine made them.
        umbrellas: those of the list in use, in order; an edit that names another waits. Any will
            do where none are given.
    """
    table = _Table(themes, umbrellas)
    unmet = [Unmet(edit, reason) for edit in edits if (reason := table.follow(edit))]
    return Edited(in_order(table.made(), umbrellas), tuple(unmet))


def _edits(log: Iterable[Decision], subject: Subject) -> list[Decision]:
    rows = (d for d in log if is_theme_edit(d) and subject_of(d) == subject)
    return sorted(rows, key=lambda d: d.seq)


class _Table:
    """The themes while edits are replayed, and where each record lies."""

    def __init__(self, themes: Sequence[Theme], umbrellas: Sequence[str]) -> None:
        self.themes = {theme.theme_id: theme for theme in themes}
        self.members = {m.record_id: m for theme in themes for m in theme.members}
        self.home = {m.record_id: theme.theme_id for theme in themes for m in theme.members}
        self.umbrellas = umbrellas
        self.by_hand: set[str] = set()
        self._ways: dict[EditVerdict, Callable[[ThemeEdit], str]] = {
            "rename": self._rename,
            "merge": self._merge,
            "split": self._split,
            "move": self._move,
            "umbrella": self._umbrella,
        }

    def follow(self, edit: ThemeEdit) -> str:
        """Follow an edit as far as possible; return what is missing for the rest."""
        if edit.kind != "split" and edit.theme_id not in self.themes:
            return tr("theme {theme} is not there", theme=edit.theme_id)
        return self._ways[edit.kind](edit)

    def made(self) -> list[Theme]:
        """Return the themes that hold records, with these."""
        held: dict[str, list[Member]] = {theme_id: [] for theme_id in self.themes}
        for record_id, theme_id in self.home.items():
            member = self.members[record_id]
            if record_id in self.by_hand:
                member = replace(member, by_hand=True, weak=False)
            held[theme_id].append(member)
        return [
            replace(
                theme,
                members=tuple(sorted(held[key], key=lambda m: (-m.strength, m.record_id))),
                also=tuple(i for i in theme.also if self.home.get(i) != key),
            )
            for key, theme in self.themes.items()
            if held[key]
        ]

    def _rename(self, edit: ThemeEdit) -> str:
        theme = self.themes[edit.theme_id]
        self.themes[edit.theme_id] = replace(
            theme,
            label=edit.label or theme.label,
            description=edit.description or theme.description,
        )
        return ""

    def _merge(self, edit: ThemeEdit) -> str:
        if edit.into not in self.themes or edit.into == edit.theme_id:
            return tr("theme {theme} is not there", theme=edit.into)
        gone, stays = self.themes.pop(edit.theme_id), self.themes[edit.into]
        also = tuple(sorted({*stays.also, *gone.also}))
        self.themes[edit.into] = replace(stays, also=also)
        for record_id, theme_id in self.home.items():
            if theme_id == edit.theme_id:
                self.home[record_id] = edit.into
        return ""

    def _split(self, edit: ThemeEdit) -> str:
        here = [i for i in edit.records if i in self.home]
        if here and edit.into not in self.themes:
            self.themes[edit.into] = Theme(
                edit.into, self._known(edit.umbrella), edit.label, edit.description, ()
            )
        return self._put(edit)

    def _move(self, edit: ThemeEdit) -> str:
        return self._put(edit)

    def _put(self, edit: ThemeEdit) -> str:
        here = [i for i in edit.records if i in self.home]
        for record_id in here:
            self.home[record_id] = edit.target
            self.by_hand.add(record_id)
        if edit.target in self.themes:
            for record_id, member in self.members.items():
                if member.drawn_to == edit.target and record_id not in self.by_hand:
                    self.home[record_id] = edit.target
        return _missing([i for i in edit.records if i not in self.home])

    def _umbrella(self, edit: ThemeEdit) -> str:
        if self._known(edit.umbrella) != edit.umbrella:
            return tr("umbrella “{umbrella}” is not in the list in use", umbrella=edit.umbrella)
        theme = self.themes[edit.theme_id]
        self.themes[edit.theme_id] = replace(theme, umbrella=edit.umbrella)
        return ""

    def _known(self, umbrella: str) -> str:
        """Return an umbrella of the list in use; its last for one that is not in it."""
        if not self.umbrellas or umbrella in self.umbrellas:
            return umbrella
        return self.umbrellas[-1]


def _missing(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    named, left = ", ".join(ids[:NAMED]), len(ids) - NAMED
    if left > 0:
        named = tr("{listed} and {left} more", listed=named, left=left)
    return tr("not among the records: {ids}", ids=named)


def _kind(verdict: Verdict) -> EditVerdict:
    for known in EDIT_VERDICTS:
        if verdict == known:
            return known
    raise ValueError(f"{verdict!r} is no edit of themes")
