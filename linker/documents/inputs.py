"""What the documents are made from, and what of it is taken into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linker.documents.kinds import COLUMNS, ROWS_OF_A_MATRIX
from linker.errors import Invalid, NotFound
from linker.i18n.language import ENGLISH, checked, language
from linker.i18n.messages import tr, tr_later
from linker.links import BANDS, Band
from linker.plan.dates import Due
from linker.plan.entries import Measure, PlanEntry
from linker.records.record import POSITIONS, Record
from linker.review.cluster_results import ShownCluster
from linker.review.decisions import Decision
from linker.review.results import ProposedConvergence, ProposedSdgLink
from linker.themes.map import Places
from linker.themes.theme import Member, Theme, Xray
from linker.vocabulary.bodies import body_code
from linker.vocabulary.mechanisms import codes, mechanism
from linker.vocabulary.nearest import nearest
from linker.vocabulary.official import official_name, official_state

FICTIONAL = "XVM"
NO_THEME = tr_later("Not in a theme yet")
NO_POSITION = tr_later("no position")


@dataclass(frozen=True)
class Source:
    """Everything known about one State, as a workspace answers it.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        records: its records, in any order; those of other States are left aside.
        convergences: convergence links with their decisions.
        sdg: SDG links with their decisions.
        xray: its themes.
        model: name and checksum of the encoder and scorers, for the footer.
        version: version of Linker.
        date: ISO 8601 date to print; empty prints none.
        entries: what people filled in, by record id.
        actions: predicted category of action 1 to 5, by record id.
        decisions: the log of decisions, for those who want all of it.
        measures: measures of a national plan that rows can be linked to.
        workspace: what tells this workspace from others; empty where there is none.
        clusters: of two records or more, with their decisions.
        dates: what is due next, earliest first.
        places: where records lie on the map of the x-ray; only that document needs them.
    """

    state: str
    records: Sequence[Record]
    convergences: Sequence[ProposedConvergence]
    sdg: Sequence[ProposedSdgLink]
    xray: Xray
    model: str
    version: str
    date: str = ""
    entries: Mapping[str, PlanEntry] = field(default_factory=dict)
    actions: Mapping[str, int] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    measures: Sequence[Measure] = ()
    workspace: str = ""
    clusters: Sequence[ShownCluster] = ()
    dates: Sequence[Due] = ()
    places: Places | None = None

    @property
    def state_name(self) -> str:
        """Name of the State, as the United Nations writes it in the language spoken."""
        return official_state(self.state)

    @property
    def notice(self) -> str:
        """The sentence that says a State is fictional; empty for a real one."""
        if self.state != FICTIONAL:
            return ""
        name = self.state_name if self.state_name != FICTIONAL else "Valmora"
        return tr(
            "{name} is a fictional State. Nothing here is a real United Nations document.",
            name=name,
        )

    def without_names(self) -> Source:
        """Return the same without the names of those who decided and commented, and their notes.

        In the log each reviewer becomes "reviewer 1", "reviewer 2", … in the order of their first
        decision, so that agreement can still be worked out from it.
        """
        log = sorted(self.decisions, key=lambda d: d.seq)
        numbers = {name: n for n, name in enumerate(dict.fromkeys(d.reviewer for d in log), 1)}
        return replace(
            self,
            convergences=[replace(i, decision=_unnamed(i.decision)) for i in self.convergences],
            sdg=[replace(i, decision=_unnamed(i.decision)) for i in self.sdg],
            clusters=[
                replace(
                    cluster,
                    decision=_unnamed(cluster.decision),
                    members=tuple(
                        replace(m, decision=_unnamed(m.decision)) for m in cluster.members
                    ),
                )
                for cluster in self.clusters
            ],
            decisions=[
                replace(d, reviewer=f"reviewer {numbers[d.reviewer]}", note="") for d in log
            ],
            entries={key: entry.without_names() for key, entry in self.entries.items()},
        )

    def released_only(self) -> Source:
        """Return the same as the public may read it: no status or evidence before its release."""
        return replace(self, entries={k: entry.as_released() for k, entry in self.entries.items()})

    def spoken(self) -> Source:
        """Return the same with themes and umbrellas as they are called in the language spoken."""
        themes = [
            replace(t, umbrella=official_name(t.umbrella), label=official_name(t.label))
            for t in self.xray
        ]
        return (
            self
            if language() == ENGLISH
            else replace(self, xray=Xray(self.xray.state, tuple(themes)))
        )

    @property
    def calendar(self) -> str:
        """The line at the head of every document: what is due next; empty where nothing is."""
        ahead = [due for due in self.dates if not self.date or due.day >= self.date[: len(due.day)]]
        said = "; ".join(f"{due.what}: {due.spoken}" for due in ahead)
        return tr("Dates ahead. {said}.", said=said) if said else ""

    @property
    def footer(self) -> str:
        """Which version and model made a document, and when."""
        parts = [f"Linker {self.version}", self.model, self.date]
        return " · ".join(part for part in parts if part)


def _unnamed(decision: Decision | None) -> Decision | None:
    return replace(decision, reviewer="", note="") if decision is not None else None


ALL_THEMES = "all"
"""As the theme of a factsheet: one file a theme."""


@dataclass(frozen=True)
class Options:
    """What to take into a document.

    Attributes:
        only_confirmed: leave proposals out.
        min_band: least sure band of a proposal that is shown; what a reviewer confirmed is shown
            whatever its band, what was rejected never.
        cycles: UPR cycles that get rows; empty for all. Earlier ones still show as reiterations.
        mechanisms: codes of those that are taken in at all; empty for all.
        theme: id (or exact label) of the one theme to write; empty for all.
        themes: ids or labels of several themes that get rows; empty for all.
        bodies: bodies that are taken in; empty for all. Mechanisms of which none is named stay.
        columns: columns of the matrix, of `COLUMNS`; empty for all.
        positions: positions of the State that get rows, of `POSITIONS`; empty for all. What asks
            the same still shows beneath them, whatever its own position.
        responsible: institutions that get rows, as the plan names them; empty for all.
        cluster: id of the one cluster whose records get rows; empty for all.
        by: what a row of the matrix is, of `ROWS_OF_A_MATRIX`.
        tags: whether records get one 0/1 column a theme, group and goal.
        template: path of an organisation's own DOCX for Word documents; empty for none.
        with_names: whether those who decided and commented are named; for internal use.
        released_only: whether status, result and evidence are left out before their release.
        language: of headings, marks and official names, of `linker.i18n.language.LANGUAGES`;
            empty for the one spoken. Records stay in their own.

    Raises:
        UsageError: no such band, mechanism, treaty body, column, position or language.
    """

    only_confirmed: bool = False
    min_band: Band = "propose"
    cycles: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    theme: str = ""
    themes: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cluster: str = ""
    by: str = "recommendation"
    tags: bool = False
    template: str = ""
    with_names: bool = False
    released_only: bool = False
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse what no link or record could meet."""
        if self.language:
            checked(self.language)
        for what, given, known in (
            ("band", (self.min_band,), BANDS),
            ("mechanism", self.mechanisms, codes()),
            ("column", self.columns, COLUMNS),
            ("position", self.positions, POSITIONS),
            ("row of a matrix", (self.by,), ROWS_OF_A_MATRIX),
        ):
            if unknown := sorted(set(given) - set(known)):
                raise Invalid(f"{what} {unknown[0]!r} is not known. Use: {', '.join(known)}.")
        for body in self.bodies:
            found = body_code(body)
            if found is None or found[0] != body or body == found[1]:
                raise Invalid(
                    f"{body!r} is no body. Use codes such as CEDAW, CRC, CAT, IACHR; the UPR and "
                    "special procedures are chosen by mechanism."
                )

    @property
    def rows_wanted(self) -> dict[str, tuple[str, ...]]:
        """What was asked of the records that get rows, by what it is."""
        wanted = {
            "cycle": self.cycles,
            "mechanism": self.mechanisms,
            "body": self.bodies,
            "position": self.positions,
            "responsible": self.responsible,
            "theme": (*([self.theme] if self.theme else []), *self.themes),
            "cluster": (self.cluster,) if self.cluster else (),
        }
        return {what: of for what, of in wanted.items() if of}

    def takes(self, record: Record) -> bool:
        """Whether a record of this mechanism and body is taken in."""
        if self.mechanisms and record.mechanism not in self.mechanisms:
            return False
        chosen = {found[1] for body in self.bodies if (found := body_code(body))}
        return record.mechanism not in chosen or record.body in self.bodies

    def shows(self, band: Band, decision: Decision | None) -> bool:
        """Whether a link of this band and decision may stand in a document."""
        if decision is not None and decision.verdict in ("confirm", "reject"):
            return decision.verdict == "confirm"
        return not self.only_confirmed and band in self.bands

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands of proposals that are shown, the surest first."""
        return BANDS[: BANDS.index(self.min_band) + 1]


def state_records(source: Source, options: Options) -> list[Record]:
    """Return the State's records of the mechanisms asked for, each once, ordered by id."""
    wanted = {
        record.id: record
        for record in source.records
        if record.state in ("", source.state) and options.takes(record)
    }
    return [wanted[key] for key in sorted(wanted)]


def all_themes(source: Source, records: Iterable[Record]) -> list[Theme]:
    """Return the themes, and one more for records that have none: nothing is left out."""
    home = source.xray.home()
    homeless = tuple(Member(record.id, 0.0) for record in records if record.id not in home)
    rest = Theme("", NO_THEME, NO_THEME, "", homeless)
    return [*source.xray, rest] if homeless else list(source.xray)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 record, 2 records."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts paragraph numbers as people count: 110.2 before 110.10."""
    parts = re.findall(r"\d+|[^\d.\s]+", text)
    return tuple((int(p), "") if p.isdecimal() else (10**9, p.casefold()) for p in parts)


def newest_first(record: Record) -> tuple[object, ...]:
    """Return a key that sorts records: UPR first, newest cycle first, then by paragraph."""
    cycle = int(record.cycle) if record.cycle.isdecimal() else 0
    year, place = record.year or 0, mechanism(record.mechanism).place
    return (place, -cycle, -year, record.body, record.symbol, natural(record.paragraph), record.id)


def one_theme(source: Source, theme: str) -> str:
    """Return the id of a theme named by id or label.

    Raises:
        UsageError: the State has no such theme, or two of that label.
    """
    matches = [
        t.theme_id for t in source.xray if theme in (t.theme_id, t.label, t.label.casefold())
    ]
    if len(matches) == 1:
        return matches[0]
    near = nearest(theme, (t.label for t in source.xray))
    named = [t for label in near for t in source.xray if t.label == label] or list(source.xray)[:8]
    known = ", ".join(f"{t.theme_id} ({t.label})" for t in named)
    problem = "is the name of several themes" if matches else "is no theme of this State"
    raise NotFound(f"{theme!r} {problem}. `linker xray` lists their ids, such as: {known}.")
