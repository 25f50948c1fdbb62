"""Claims about what a State was told: each with its evidence, and with what refutes it.

"New", "raised only by", "no UPR recommendation takes up" and "keeps coming back" are made from
clusters and links, never from the one home theme of a record, and each is held against every record
of the State in the workspace, whatever a document shows of them. One contrary record refutes it; a
claim that is refuted is not printed. All hold in the files imported, and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from linker.documents.inputs import Options, Source, state_records
from linker.documents.rounds import Round, new_since, returning, round_of, rounds
from linker.documents.taken_up import TakenUp
from linker.i18n.messages import tr, tr_later
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.themes.theme import Theme

Kind = Literal["returning", "new", "no UPR", "only"]
SCOPE = tr_later("in the files imported")
TITLES: dict[Kind, str] = {
    "returning": tr_later("What keeps coming back"),
    "new": tr_later("What is new in the files imported"),
    "no UPR": tr_later("What no UPR recommendation takes up in the files imported"),
    "only": tr_later("What one body alone raises in the files imported"),
}
"""Heading above the claims of each kind, in the order of documents."""
SHOWN = Options()
"""Links that documents show: those that a person confirmed, and the surest proposals."""
CLAIM_COLUMNS = ("kind", "about", "subject", "said", "sentence", "stands", "evidence", "refuted_by")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a theme or a cluster.

    Attributes:
        kind: which claim.
        about: id of the theme or cluster.
        subject: its label or title.
        said: of whom it is claimed: "UPR cycle 4", "UPR in cycles 2, 3 and 4", "CEDAW".
        evidence: ids of the records that it stands on.
        refuted_by: ids of the records that contradict it; empty where it stands.
    """

    kind: Kind
    about: str
    subject: str
    said: str
    evidence: tuple[str, ...]
    refuted_by: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether no record contradicts it."""
        return not self.refuted_by

    @property
    def fact(self) -> str:
        """What is claimed of the subject, for a line that begins with the subject."""
        return {
            "returning": tr("keeps coming back in the files imported: {said}", said=self.said),
            "new": tr("raised by {said} for the first time in the files imported", said=self.said),
            "no UPR": tr("taken up by no UPR recommendation in the files imported"),
            "only": tr("raised by {said} alone in the files imported", said=self.said),
        }[self.kind]

    @property
    def detail(self) -> str:
        """The same for a line that begins with what is claimed, such as "Keeps coming back"."""
        words = {"returning": f"{tr(SCOPE)}: {self.said}", "no UPR": tr(SCOPE)}
        return words.get(self.kind, self.fact)

    @property
    def sentence(self) -> str:
        """The claim as a sentence."""
        return f"{self.subject}: {self.fact}."

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show, `CLAIM_COLUMNS`."""
        row = {name: getattr(self, name) for name in CLAIM_COLUMNS}
        return row | {name: list(row[name]) for name in ("evidence", "refuted_by")}


class Claims:
    """The claims about one State's themes and clusters.

    Args:
        source: all that is known of the State; what a document leaves out still refutes.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._records = {record.id: record for record in state_records(source, Options())}
        self._taken = TakenUp(source, self._records)
        self._rounds = rounds(self._records.values())
        self._kinds = {record.is_cyclic for record in self._records.values()}

    @cached_property
    def themes(self) -> dict[str, tuple[Claim, ...]]:
        """The claims tested of each theme id, refuted ones too; none of what gathers a rest."""
        return {
            theme.theme_id: tuple(self._of_theme(theme))
            for theme in self._source.xray
            if not theme.is_rest
        }

    @cached_property
    def clusters(self) -> dict[str, tuple[Claim, ...]]:
        """The claims tested of each cluster id, refuted ones too."""
        return {c.cluster_id: tuple(self._of_cluster(c)) for c in self._source.clusters}

    def of(self, about: str) -> tuple[Claim, ...]:
        """Return the claims that stand about a theme or cluster."""
        held = self.clusters if about in self.clusters else self.themes
        return tuple(claim for claim in held.get(about, ()) if claim.stands)

    def of_kind(self, kind: Kind, themes: Iterable[str]) -> dict[str, list[Claim]]:
        """Return the claims about themes that stand: of whom to claims, most themes first."""
        found: dict[str, list[Claim]] = {}
        for claim in (claim for theme in themes for claim in self.of(theme)):
            if claim.kind == kind:
                found.setdefault(claim.said, []).append(claim)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each claim that was tested, themes before clusters."""
        return [
            claim.to_row()
            for held in (self.themes, self.clusters)
            for claims in held.values()
            for claim in claims
        ]

    def _of_theme(self, theme: Theme) -> Iterator[Claim]:
        own = [self._records[m.record_id] for m in theme.members if m.record_id in self._records]
        about, taken = (theme.theme_id, theme.label), self._taken.by_theme(theme)
        ids = {record.id for record in own}
        again = {
            record.id: record
            for group in self._measures
            if any(record.id in ids for record in group)
            for record in _again(group)
        }
        yield from self._returning(about, list(again.values()))
        yield from self._contrary(about, own, taken)

    def _of_cluster(self, cluster: ShownCluster) -> Iterator[Claim]:
        if cluster.rejected:
            return
        about, taken = (cluster.cluster_id, cluster.title), self._taken.by_cluster(cluster)
        yield from self._returning(about, _again(_sure(cluster)))
        yield from self._contrary(about, list(cluster.records), taken)

    @cached_property
    def _measures(self) -> list[list[Record]]:
        """Records that ask for one measure, as clusters and links say that need no more asking."""
        groups = [_sure(cluster) for cluster in self._source.clusters]
        for item in self._source.convergences:
            if item.relation == "convergence" and SHOWN.shows(item.link.band, item.decision):
                groups.append([item.left, item.right])
        return [[record for record in group if record.id in self._records] for group in groups]

    def _returning(self, about: tuple[str, str], again: Sequence[Record]) -> Iterator[Claim]:
        for body, said in returning(rounds(again)).items():
            evidence = _ids(record for record in again if record.raised_by == body)
            yield Claim("returning", *about, said, evidence)

    def _contrary(
        self, about: tuple[str, str], own: Sequence[Record], taken: Sequence[Record]
    ) -> Iterator[Claim]:
        """Yield what is claimed of a subject's own records, with what else takes it up."""
        for claimed in new_since(rounds(own), self._rounds):
            against = [r for r in taken if _earlier(round_of(r), claimed)]
            evidence = _ids(record for record in own if round_of(record) == claimed)
            yield Claim("new", *about, str(claimed), evidence, _ids(against))
        if len(self._kinds) < 2 or not own:
            return
        if not any(record.is_cyclic for record in own):
            against = [record for record in taken if record.is_cyclic]
            yield Claim("no UPR", *about, "the UPR", _ids(own), _ids(against))
        bodies = {record.raised_by for record in own}
        if len(bodies) == 1:
            body = bodies.pop()
            against = [record for record in taken if record.raised_by != body]
            yield Claim("only", *about, tr("the UPR") if body == "UPR" else body, _ids(own),
                        _ids(against))  # fmt: skip


def _sure(cluster: ShownCluster) -> list[Record]:
    """Return the records of a cluster that are confirmed, or need not be asked about."""
    if cluster.rejected:
        return []
    kept = [m for m in cluster.members if m.confirmed or not m.member.asked_about]
    return list({m.record.id: m.record for m in kept}.values())


def _again(group: Sequence[Record]) -> list[Record]:
    """Return the records of bodies that asked for one measure in two of their reviews or more."""
    dated = {round_of(record) for record in group}
    times = {
        body: sum(one.body == body and bool(one.number) for one in dated)
        for body in {one.body for one in dated}
    }
    return [record for record in group if times[record.raised_by] > 1]


def _earlier(one: Round, claimed: Round) -> bool:
    """Whether a round refutes that another of its body was the first; one without a year does."""
    return one.body == claimed.body and one.number < claimed.number


def _ids(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(sorted({record.id for record in records}))
