"""The annex to a submission: one paragraph a confirmed cluster, with what it can be cited from.

Nothing stands in it that no reviewer confirmed: clusters and their members, contrary asks, SDG
targets. Claims are those that no record of the files imported contradicts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linker.convergence.cluster_titles import points_elsewhere
from linker.documents import citation
from linker.documents.bibliography import CitedDocument, cited_documents
from linker.documents.claims import Claims
from linker.documents.in_numbers import in_numbers
from linker.documents.inputs import Options, Source, all_themes, natural, newest_first
from linker.documents.rounds import round_of
from linker.documents.selection import chosen_records
from linker.documents.shown_links import ask_text
from linker.i18n.messages import tr, tr_plural
from linker.records.quoted import mandate
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.review.results import ProposedConvergence
from linker.themes.theme import Theme
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_state

SHORT, LONG = 2_815, 5_630
"""Words that OHCHR takes of one organisation's submission to the UPR, and of a joint one."""
NAMED = 3
"""States that are named one by one; more are counted."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph.

    Attributes:
        text: the words.
        footnote: what stands in the footnote behind them; empty for none.
        strong: whether it is set in bold.
    """

    text: str
    footnote: str = ""
    strong: bool = False


@dataclass(frozen=True)
class AskedMeasure:
    """A measure that a reviewer confirmed.

    Attributes:
        cluster: the cluster.
        records: those of its records that were confirmed, in reading order.
        pieces: the paragraph about it.
    """

    cluster: ShownCluster
    records: tuple[Record, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph without its footnotes."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def reviews(self) -> str:
        """Its UPR recommendations by cycle and position, for the convergence table."""
        groups: dict[str, list[str]] = {}
        for record in self.records:
            if record.is_cyclic:
                said = [round_of(record).name, record.position]
                groups.setdefault(", ".join(filter(None, said)), []).append(citation.bare(record))
        return "\n".join(f"{name}: {', '.join(numbers)}" for name, numbers in groups.items())

    def others(self, committees: bool) -> str:
        """Its records of other mechanisms, for the convergence table.

        Args:
            committees: those of treaty bodies; else those of all others.
        """
        found = (
            citation.reference(record)
            for record in self.records
            if not record.is_cyclic and (record.mechanism == "TB") == committees
        )
        return "\n".join(dict.fromkeys(found))


@dataclass(frozen=True)
class Contrary:
    """Two asks for the contrary of each other, as a reviewer confirmed.

    Attributes:
        item: the link.
        pieces: the paragraph about it.
    """

    item: ProposedConvergence
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Annex:
    """The annex about one State.

    Attributes:
        source: what it was made from.
        options: what was taken in.
        sections: themes with their measures, in the order of the x-ray.
        contrary: asks for the contrary of each other.
    """

    source: Source
    options: Options
    sections: tuple[tuple[Theme, tuple[AskedMeasure, ...]], ...]
    contrary: tuple[Contrary, ...]

    def measures(self) -> Iterator[tuple[Theme, AskedMeasure]]:
        """Yield every measure with its theme."""
        for theme, several in self.sections:
            for measure in several:
                yield theme, measure

    @property
    def words(self) -> int:
        """How many words its paragraphs and headings have; footnotes and tables are not counted."""
        said = [measure.text for _, measure in self.measures()]
        said += ["".join(piece.text for piece in one.pieces) for one in self.contrary]
        said += [theme.label for theme, _ in self.sections]
        return sum(len(text.split()) for text in said)

    @property
    def length(self) -> str:
        """The words counted against what a submission may have."""
        return tr(
            "{words:,} words without footnotes and tables; a submission to the UPR may have "
            "{short:,}, a joint one {long:,}.",
            words=self.words,
            short=SHORT,
            long=LONG,
        )

    @cached_property
    def documents(self) -> list[CitedDocument]:
        """The documents cited, ordered by symbol."""
        records = {r.id: r for _, measure in self.measures() for r in measure.records}
        for one in self.contrary:
            records |= {record.id: record for record in (one.item.left, one.item.right)}
        return cited_documents(sorted(records.values(), key=newest_first))

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each measure."""
        return [
            {
                "cluster_id": measure.cluster.cluster_id,
                "title": measure.cluster.title,
                "umbrella": theme.umbrella,
                "theme_id": theme.theme_id,
                "theme": theme.label,
                "paragraph": measure.text,
                "footnotes": [piece.footnote for piece in measure.pieces if piece.footnote],
                "record_ids": [record.id for record in measure.records],
                "references": [citation.reference(record) for record in measure.records],
            }
            for theme, measure in self.measures()
        ]


def annex(source: Source, options: Options | None = None) -> Annex:
    """Make the annex of a State from the clusters that a reviewer confirmed.

    Args:
        source: the State's records, links, clusters and themes.
        options: which records a cluster must hold one of; the whole cluster is told then.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    options = options or Options()
    shown = {record.id for record in chosen_records(source, options)}
    claims, home = Claims(source), source.xray.home()
    found: dict[str, list[AskedMeasure]] = {}
    for cluster in source.clusters:
        records = _confirmed(cluster)
        if cluster.confirmed and shown.intersection(record.id for record in records):
            themes = [home[r.id].theme_id for r in records if r.id in home]
            theme = min(themes, key=lambda t: (-themes.count(t), t), default="")
            pieces = tuple(_paragraph(cluster, records, claims))
            found.setdefault(theme, []).append(AskedMeasure(cluster, records, pieces))
    sections = tuple(
        (theme, tuple(sorted(found[theme.theme_id], key=_largest_first)))
        for theme in all_themes(source, source.records)
        if theme.theme_id in found
    )
    return Annex(source, options, sections, tuple(_contrary(source, shown)))


def _confirmed(cluster: ShownCluster) -> tuple[Record, ...]:
    records = {m.record.id: m.record for m in cluster.members if m.confirmed}
    return tuple(sorted(records.values(), key=newest_first))


def _largest_first(measure: AskedMeasure) -> tuple[object, ...]:
    return (-len(measure.records), measure.cluster.cluster_id)


def _paragraph(cluster: ShownCluster, records: Sequence[Record], claims: Claims) -> Iterator[Piece]:
    title = cluster.title.rstrip(".")
    yield Piece(f"{title} " if title.endswith("…") else f"{title}. ", strong=True)
    asked = list(_asked(records))
    yield Piece(tr("Asked "))
    for place, piece in enumerate(asked):
        joint = "" if not place else tr(" and ") if place == len(asked) - 1 else ", "
        yield Piece(joint + piece.text, piece.footnote)
    yield Piece(".")
    for sentence in (_positions(records), *_claimed(cluster, claims), _targets(cluster)):
        if sentence:
            yield Piece(f" {sentence}")
    yield from _quotation(cluster, records)


def _asked(records: Sequence[Record]) -> Iterator[Piece]:
    """Yield who asked: one piece a review of the UPR, one a body, newest first."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        key = (round_of(record),) if record.is_cyclic else (record.mechanism, _speaker(record))
        groups.setdefault(key, []).append(record)
    for several in groups.values():
        said = _by_states(several) if several[0].is_cyclic else _by_body(several)
        yield Piece(said, f"{_originals(several)}.")


def _originals(several: Sequence[Record]) -> str:
    """Return symbols and paragraphs of records, those of one report of the UPR together."""
    found: dict[str, list[str]] = {}
    for record in several:
        if record.is_cyclic and record.symbol and record.paragraph:
            found.setdefault(record.symbol, []).append(record.paragraph)
        else:
            found.setdefault(citation.reference(record), [])
    said = []
    for named, paragraphs in found.items():
        listed = ", ".join(sorted(dict.fromkeys(paragraphs), key=natural))
        counted = tr_plural(
            "{named}, para. {listed}",
            "{named}, paras. {listed}",
            len(paragraphs),
            named=named,
            listed=listed,
        )
        said.append(counted if listed else named)
    return "; ".join(said)


def _by_states(several: Sequence[Record]) -> str:
    first = several[0]
    when = str(first.year) if first.year else round_of(first).name
    states = list(dict.fromkeys(s for record in several for s in record.recommending_states))
    named = sorted(map(official_state, states))
    who = tr(" and ").join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
    by = who if len(named) <= NAMED else tr("{named} States", named=len(named))
    numbers = sorted({r.paragraph for r in several if r.paragraph}, key=natural)
    listed = f" ({', '.join(numbers)})" if numbers else ""
    return tr("by {by} in {when}", by=by or tr("the UPR"), when=when) + listed


def _by_body(several: Sequence[Record]) -> str:
    years = sorted({round_of(record).number for record in several} - {0})
    said = tr("by {speaker}", speaker=_speaker(several[0]))
    return said + (tr(" in {years}", years=tr(" and ").join(map(str, years))) if years else "")


def _speaker(record: Record) -> str:
    """Return who speaks: a committee by its code, a mandate holder by the mandate, UNHCR."""
    if record.mechanism == "SP":
        spoke = mandate(record.text)
        return tr("the {speaker}", speaker=spoke) if spoke else official_name("special procedures")
    if submitted := dict(record.extra).get("submitted_by"):
        return submitted
    return official_name(record.body or mechanism(record.mechanism).name)


def _positions(records: Sequence[Record]) -> str:
    taken = [record.position for record in records if record.position]
    said = in_numbers(Counter(sorted(taken)))
    return tr("The State's position: {said}.", said=said) if said else ""


def _claimed(cluster: ShownCluster, claims: Claims) -> list[str]:
    """Return the claims about a confirmed measure that rest on confirmed records alone."""
    confirmed = {m.record.id for m in cluster.members if m.confirmed}
    standing = [c for c in claims.of(cluster.cluster_id) if confirmed.issuperset(c.evidence)]
    return [f"{claim.fact[:1].upper()}{claim.fact[1:]}." for claim in standing]


def _targets(cluster: ShownCluster) -> str:
    codes = [target.code for target in cluster.targets if target.decision == "confirm"]
    return (
        tr_plural("SDG target {codes}.", "SDG targets {codes}.", len(codes), codes=", ".join(codes))
        if codes
        else ""
    )


def _quotation(cluster: ShownCluster, records: Sequence[Record]) -> Iterator[Piece]:
    """Yield the newest committee's or mandate holder's own words, which a submission may quote.

    Words that can be understood alone come before others.
    """
    spoken = [m for m in cluster.members if m.confirmed and not m.record.is_cyclic]
    if not spoken:
        return
    newest = min(
        spoken,
        key=lambda m: (
            points_elsewhere(m.text), -round_of(m.record).number, records.index(m.record)
        ),
    )  # fmt: skip
    words = re.sub(r"\s+", " ", newest.text).strip(" .;")
    said = tr(
        " In the words of {speaker}: “{words}”.", speaker=_speaker(newest.record), words=words
    )
    yield Piece(said, f"{citation.reference(newest.record)}.")


def _contrary(source: Source, shown: set[str]) -> Iterator[Contrary]:
    for item in source.convergences:
        ends = {item.link.left_id, item.link.right_id}
        if item.relation == "opposite" and item.confirmed and ends & shown:
            left = ask_text(item.left, item.link.left_ask).strip(" .;")
            right = ask_text(item.right, item.link.right_ask).strip(" .;")
            yield Contrary(
                item,
                (
                    Piece(f"“{left}”", f"{citation.reference(item.left)}."),
                    Piece(tr(" stands against ")),
                    Piece(f"“{right}”", f"{citation.reference(item.right)}."),
                    Piece("."),
                ),
            )
