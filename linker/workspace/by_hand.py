"""Links that stand in the decision log alone: made by hand, or confirmed and proposed no longer.

The engine's tables are made anew by every build. What a person linked or confirmed must outlive
that, and the log holds all it takes: which records, which relation, which target or indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Literal, TypeVar

from linker.convergence.candidates import document
from linker.errors import Invalid
from linker.links import BY_HAND, Convergence, Relation, Role, SdgLink
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.sdg.framework import framework
from linker.store.store import Store

RELATIONS: dict[str, Relation] = {
    "convergence": "convergence",
    "related": "related",
    "opposite": "opposite",
}
ROLES: dict[str, Role] = {"direct": "direct", "proxy": "proxy"}
LinkT = TypeVar("LinkT", Convergence, SdgLink)
LoggedLink = tuple[tuple[str, str], ...]
"""What a decision keeps of its link."""


def links_only_in_log(
    store: Store, standing: Mapping[str, Decision], unproposed: Set[str] | None = None
) -> list[Convergence | SdgLink]:
    """Return the links that only the log knows, those that a person made first.

    Args:
        store: the workspace; a link it proposes is none of these, nor one of a record it lost.
        standing: the decision that counts on each link.
        unproposed: ids among which those stand that no build proposes, where that was looked up.
    """
    unknown = store.unknown_links(standing) if unproposed is None else unproposed & set(standing)
    links = [(standing[i], link_from_log(dict(standing[i].link))) for i in sorted(unknown)]
    found = [
        link
        for decision, link in links
        if link is not None and (link.band == BY_HAND or decision.verdict == "confirm")
    ]
    known = store.known_records({record_id for link in found for record_id in records_of(link)})
    there = [link for link in found if known.issuperset(records_of(link))]
    return sorted(there, key=lambda link: -link.probability)


def with_logged_links(
    kind: type[LinkT], proposed: list[LinkT], store: Store, standing: Mapping[str, Decision]
) -> list[LinkT]:
    """Return what a build proposes and what only the log knows, most probable first.

    Args:
        kind: which links.
        proposed: those of a build, most probable first.
        store: the workspace.
        standing: the decision that counts on each link.
    """
    links = of_kind(kind, links_only_in_log(store, standing))
    if links:
        links += proposed
        links.sort(key=lambda link: -link.probability)
    return links or proposed


def of_kind(kind: type[LinkT], links: Iterable[Convergence | SdgLink]) -> list[LinkT]:
    """Return the links of one kind."""
    return [link for link in links if isinstance(link, kind)]


def records_of(link: Convergence | SdgLink) -> tuple[str, ...]:
    """Return the ids of the records that a link is about."""
    if isinstance(link, Convergence):
        return link.left_id, link.right_id
    return (link.record_id,)


def link_from_log(kept: Mapping[str, str]) -> Convergence | SdgLink | None:
    """Return the link that a decision keeps; None where it keeps too little to tell.

    One that a person made has the band `BY_HAND` and, being nobody's estimate, probability 1.
    """
    by_hand = kept.get("origin") == BY_HAND
    band = BY_HAND if by_hand else "hide"
    probability = 1.0 if by_hand else float(kept.get("probability") or 0)
    if kept.get("left_id") and kept.get("right_id"):
        return Convergence(
            left_id=kept["left_id"],
            right_id=kept["right_id"],
            left_ask=int(kept.get("left_ask") or 0),
            right_ask=int(kept.get("right_ask") or 0),
            probability=probability,
            probability_related=probability,
            relation=RELATIONS.get(kept.get("relation", ""), "convergence"),
            reiteration=kept.get("reiteration") == "yes",
            band=band,
        )
    if kept.get("record_id") and kept.get("target"):
        role: Role | Literal[""] = ROLES.get(kept.get("role", ""), "")
        target, indicator = kept["target"], kept.get("indicator", "")
        ask = int(kept.get("ask") or 0)
        return SdgLink(kept["record_id"], ask, target, indicator, role, probability, band)
    return None


def convergence_by_hand(scored: Convergence, relation: str) -> tuple[str, LoggedLink]:
    """Return the id of a link that a person makes, and what the log keeps of it.

    Args:
        scored: the two records as the engine compares them, for order and asks.
        relation: convergence or related.

    Raises:
        UsageError: there is no such relation.
    """
    if relation not in RELATIONS:
        raise Invalid(f"relation {relation!r} is not known. Use: {', '.join(RELATIONS)}.")
    kept = {
        "left_id": scored.left_id,
        "right_id": scored.right_id,
        "left_ask": str(scored.left_ask),
        "right_ask": str(scored.right_ask),
        "relation": relation,
        "reiteration": "yes" if scored.reiteration else "no",
    }
    return scored.link_id, _made(kept)


def sdg_by_hand(scored: SdgLink) -> tuple[str, LoggedLink]:
    """Return the id of an SDG link that a person makes, and what the log keeps of it.

    Args:
        scored: record and code as the engine sees them, for the ask and the indicator's role.
    """
    kept = {
        "record_id": scored.record_id,
        "ask": str(scored.ask),
        "target": scored.target,
        "indicator": scored.indicator,
        "role": scored.role,
    }
    return scored.link_id, _made(kept)


def checked_pair(left: Record | None, right: Record | None) -> tuple[Record, Record]:
    """Return two records between which there can be a link.

    Raises:
        UsageError: one is not here, or both are of one document or of two States.
    """
    if left is None or right is None:
        raise Invalid("A link needs two records of this workspace; see `linker records`.")
    if left.state != right.state:
        raise Invalid(f"{left.label} and {right.label} are addressed to two States.")
    if left.id == right.id or (document(left) == document(right) and document(left)[-1]):
        raise Invalid(
            f"{left.label} and {right.label} stand in one document. A convergence links records "
            "of different mechanisms or cycles."
        )
    return left, right


def checked_code(code: str) -> tuple[str, str]:
    """Return target and indicator of a code of the framework; the indicator may be empty.

    Raises:
        LinkerError: it is no target and no indicator.
    """
    entry = framework()[code.strip()]
    if entry.level == "goal":
        raise Invalid(f"{entry.code} is a goal. Name one of its targets or their indicators.")
    return (entry.code, "") if entry.level == "target" else (entry.parent, entry.code)


def _made(kept: Mapping[str, str]) -> LoggedLink:
    return tuple(sorted({**kept, "origin": BY_HAND}.items()))
