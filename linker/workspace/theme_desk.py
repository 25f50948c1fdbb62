"""What a workspace lets people do to themes: arrange them, edit them, take edits back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from linker.errors import Invalid, NotFound
from linker.review.decisions import Decision
from linker.review.edits import EditStatus, ThemeEdit, standing_edits, statuses
from linker.review.roles import Right
from linker.stable_ids import new_id
from linker.themes.labels import one_line
from linker.themes.map import Places, draw_map
from linker.themes.theme import Theme, Xray
from linker.themes.umbrellas import NAMES, find_umbrellas
from linker.workspace.arranging import THEMES, UMBRELLAS, edited, make_themes, umbrellas_of
from linker.workspace.facade_part import Desk

LONGEST_LABEL = 120


class ThemeDesk(Desk):
    """The themes of a workspace: ``linker.themes``.

    Example:
        >>> linker.themes(state="KEN").umbrellas  # doctest: +SKIP
    """

    def __call__(self, state: str | None = None) -> Xray:
        """Return the themes of a State (the only one, when there is one).

        Raises:
            UsageError: several States are there and none was named, or it was never built.
        """
        chosen = self.only_state(state)
        themes = edited(self.store, chosen).themes
        if not themes:
            raise NotFound(f"{chosen}: no themes yet. Run `linker build` first.")
        return Xray(chosen, themes)

    # Arranging ----------------------------------------------------------------------------------

    def arrange(
        self,
        umbrellas: str | None = None,
        themes: int | None = None,
        state: str | None = None,
    ) -> None:
        """Choose the list of umbrellas and the number of themes; every later build keeps them.

        Args:
            umbrellas: four, ohchr, groups, goals, or a CSV file with columns umbrella and term;
                for the whole workspace.
            themes: how many themes a State has; 0 lets the data decide again.
            state: whose number of themes; the only one when not given.

        Raises:
            UsageError: no such list or State, or a negative number.
            LinkerError: the file is no list of umbrellas, or the acting person may not arrange.
        """
        self._guard(Right.ARRANGE)
        if themes is not None and themes < 0:
            raise Invalid(f"--themes {themes}: give 1 or more, or `auto`.")
        chosen = self.only_state(state) if themes is not None else ""
        if umbrellas is not None:
            listed = umbrellas if umbrellas in NAMES else str(self._handed(umbrellas))
            self.store.set_setting(UMBRELLAS, find_umbrellas(listed).to_json())
        if chosen:
            self.store.set_setting(THEMES + chosen, str(themes or ""))
        for known in self.store.states() if umbrellas is not None else [chosen]:
            if known and self.store.build_digest(known):
                self._remake(known, recut=known == chosen)

    def _remake(self, state: str, recut: bool) -> None:
        built = {m["record_id"] for theme in self.store.themes(state) for m in theme["members"]}
        # Records that came after the last build wait for the next one, as their links do.
        records = [record for record in self.store.records(state) if record.id in built]
        links = self.store.sdg_links(state)
        english = self.linker.reader.all_english(records)
        xray = make_themes(self.store, self.encoder, state, english, links, recut)
        self.store.save_themes(state, [theme.to_dict() for theme in xray])

    def map(self, state: str | None = None) -> Places:
        """Return where each record lies on a map of a State's themes, for looking only."""
        chosen = self.only_state(state)
        records = self.linker.reader.all_english(self.store.records(chosen))
        return draw_map(edited(self.store, chosen).themes, records, self.encoder)

    # Editing ------------------------------------------------------------------------------------

    def rename(
        self,
        theme: str,
        reviewer: str,
        label: str = "",
        description: str = "",
        note: str = "",
        state: str | None = None,
    ) -> ThemeEdit:
        """Give a theme another label, another line of description, or both.

        Args:
            theme: its id, or its label.
            reviewer: who decides.
            label: the new one; the old one stays where not given.
            description: likewise.
            note: why.
            state: the State, where a label alone does not say it.

        Raises:
            UsageError: no such theme, nothing to change, a label that another theme has, or no
                reviewer's name.
        """
        where, found = self._theme(theme, state)
        label, description = " ".join(label.split()), " ".join(description.split())
        if not label and not description:
            raise Invalid("Give a new label (--label) or description (--description).")
        self._free(where, label, but=found.theme_id)
        edit = ThemeEdit("rename", found.theme_id, where, label, description, note=note)
        return self._write(edit, reviewer)

    def merge(
        self, theme: str, into: str, reviewer: str, note: str = "", state: str | None = None
    ) -> ThemeEdit:
        """Put all records of one theme into another; the other keeps its name and id.

        Raises:
            UsageError: no such themes, one theme twice, or no reviewer's name.
        """
        where, gone = self._theme(theme, state)
        _, stays = self._theme(into, where)
        if gone.theme_id == stays.theme_id:
            raise Invalid(f"{gone.theme_id}: a theme cannot be merged into itself.")
        edit = ThemeEdit("merge", gone.theme_id, where, into=stays.theme_id, note=note)
        return self._write(edit, reviewer)

    def split(
        self,
        theme: str,
        records: Iterable[str],
        label: str,
        reviewer: str,
        description: str = "",
        note: str = "",
        state: str | None = None,
    ) -> ThemeEdit:
        """Split records off a theme into a new one; ``.into`` of the result is its id.

        Raises:
            UsageError: no such theme; records that are not in it, or all of it; no label, or one
                that another theme has; no reviewer's name.
        """
        where, found = self._theme(theme, state)
        chosen = _each_once(records)
        members = {member.record_id for member in found.members}
        if strangers := [i for i in chosen if i not in members]:
            raise NotFound(f"{strangers[0]}: not in {found.theme_id} ({found.label}).")
        if len(chosen) == len(members):
            raise Invalid(f"These are all records of “{found.label}”: rename it instead.")
        label = " ".join(label.split())
        if not label:
            raise Invalid("A new theme needs a label (--label).")
        self._free(where, label)
        text = {r.id: r.text for r in self.store.records(where)}[chosen[0]]
        edit = ThemeEdit(
            "split",
            found.theme_id,
            where,
            label,
            " ".join(description.split()) or one_line(text),
            found.umbrella,
            new_id(where, "split|" + "|".join(sorted(chosen)), self._ids(where)),
            chosen,
            note=note,
        )
        return self._write(edit, reviewer)

    def move(
        self,
        records: Iterable[str],
        theme: str,
        reviewer: str,
        note: str = "",
        state: str | None = None,
    ) -> ThemeEdit:
        """Move records to another theme.

        Raises:
            UsageError: no such theme or records, all of them there already, or no reviewer's
                name.
        """
        where, found = self._theme(theme, state)
        chosen = _each_once(records)
        home = Xray(where, self._themes(where)).home()
        if strangers := [i for i in chosen if i not in home]:
            raise NotFound(f"{strangers[0]}: no record of {where} in any theme.")
        if all(home[i].theme_id == found.theme_id for i in chosen):
            raise Invalid(f"These records are in {found.theme_id} ({found.label}) already.")
        edit = ThemeEdit("move", found.theme_id, where, records=chosen, note=note)
        return self._write(edit, reviewer)

    def choose_umbrella(
        self, theme: str, umbrella: str, reviewer: str, note: str = "", state: str | None = None
    ) -> ThemeEdit:
        """Put a theme under another umbrella of the list in use.

        Raises:
            UsageError: no such theme or umbrella, or no reviewer's name.
        """
        where, found = self._theme(theme, state)
        order = umbrellas_of(self.store).order
        same = [name for name in order if name.casefold() == umbrella.strip().casefold()]
        if not same:
            raise NotFound(f"umbrella {umbrella!r} is not in use. There are: {'; '.join(order)}.")
        edit = ThemeEdit("umbrella", found.theme_id, where, umbrella=same[0], note=note)
        return self._write(edit, reviewer)

    def undo(self, reviewer: str, edit: int | None = None) -> ThemeEdit:
        """Take an edit of themes back and return it.

        Args:
            reviewer: who takes it back.
            edit: its number in ``edits``; the reviewer's own last one when not given.

        Raises:
            UsageError: no such edit stands, or no reviewer's name.
        """
        name = _named(self._guard(Right.THEMES, reviewer))
        edits = standing_edits(self.store.decisions(kind="edit"))
        mine = [e for e in edits if (e.reviewer == name if edit is None else e.seq == edit)]
        if not mine:
            what = f"edit {edit}" if edit is not None else f"edit of themes by {name}"
            raise NotFound(f"No {what} stands. `linker themes log` lists all of them.")
        last = mine[-1]
        link = (("state", last.state), ("undoes", str(last.seq)))
        self.store.append_decision(
            Decision(0, last.theme_id, "undo", name, "", "", link, kind="edit")
        )
        return last

    def edits(self, state: str | None = None) -> list[EditStatus]:
        """Return every edit of themes ever made, oldest first, and what became of it."""
        log = self.store.decisions(kind="edit")
        states = dict.fromkeys(edit.state for edit in standing_edits(log))
        unmet = [one for known in states for one in edited(self.store, known).unmet]
        return [one for one in statuses(log, unmet) if state in (None, one.edit.state)]

    # Inside -------------------------------------------------------------------------------------

    def _themes(self, state: str) -> tuple[Theme, ...]:
        return edited(self.store, state).themes

    def _theme(self, theme: str, state: str | None) -> tuple[str, Theme]:
        """Return a theme by id or label, and its State."""
        wanted = theme.strip().casefold()
        found = [
            (known, one)
            for known in ([state] if state else self.store.states())
            for one in self._themes(known)
            if wanted in (one.theme_id.casefold(), one.label.casefold())
        ]
        if not found:
            raise NotFound(f"{theme}: no such theme here. `linker xray` lists ids and labels.")
        if len(found) > 1:
            raise Invalid(f"{theme}: several themes are called so. Give the id instead.")
        return found[0]

    def _free(self, state: str, label: str, but: str = "") -> None:
        if len(label) > LONGEST_LABEL:
            raise Invalid(f"A label has at most {LONGEST_LABEL} characters, not {len(label)}.")
        for theme in self._themes(state):
            if theme.label.casefold() == label.casefold() and theme.theme_id != but:
                raise Invalid(
                    f"{theme.theme_id} is called “{theme.label}” already. Take another label, or "
                    "merge the two themes."
                )

    def _ids(self, state: str) -> Collection[str]:
        """Return all ids of themes that are, or were, in use."""
        rows = [ThemeEdit.of(d) for d in self.store.decisions(kind="edit") if _is_not_undo(d)]
        ids = {theme["theme_id"] for theme in self.store.themes(state)}
        return ids | {edit.theme_id for edit in rows} | {edit.target for edit in rows}

    def _write(self, edit: ThemeEdit, reviewer: str) -> ThemeEdit:
        signed = replace(edit, reviewer=_named(self._guard(Right.THEMES, reviewer)))
        return ThemeEdit.of(self.store.append_decision(signed.decision()))


def _is_not_undo(decision: Decision) -> bool:
    return decision.verdict != "undo"


def _named(reviewer: str) -> str:
    if not reviewer.strip():
        raise Invalid("An edit needs a reviewer's name (--reviewer NAME).")
    return reviewer.strip()


def _each_once(records: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(record.strip() for record in records if record.strip()))
    if not chosen:
        raise Invalid("Name at least one record by its id (`linker xray --format csv`).")
    return chosen
