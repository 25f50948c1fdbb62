"""What the review deck sends, followed in order: Python alone writes, and answers each event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.review.cluster_results import ShownCluster
from linker.review.decisions import Decision
from linker.review.events import cluster_of
from linker.ui.cluster_list import all_clusters
from linker.ui.deck_again import Event, written_before
from linker.ui.desk import Desk
from linker.ui.sdg_lines import why
from linker.ui.turns import Skips
from linker.ui.wording import RELATIONS, VERDICTS, not_written
from linker.workspace.workspace import Linker

DONE = {
    **VERDICTS,
    "split": tr_later("Taken out"),
    "move": tr_later("Moved"),
    "merge": tr_later("Joined"),
    "rename": tr_later("Renamed"),
}
"""What a row of the log did, in the words of the list beside the deck."""
REJECTED_BY_LINK = {"related": RELATIONS["related"], "opposite": RELATIONS["opposite"]}


@dataclass
class Dealt:
    """What one browser did with the deck so far; it lives as long as its session.

    Attributes:
        acked: number of the last event followed, by the deck that sent it: a page that is loaded
            again makes a new deck.
        skipped: ids put off.
        looked: ids judged once more, to be shown last among those judged so.
        opened: id of the cluster to show.
    """

    acked: dict[str, int] = field(default_factory=dict)
    skipped: Skips = field(default_factory=Skips)
    looked: list[str] = field(default_factory=list)
    opened: str = ""

    @property
    def last(self) -> list[str]:
        """Ids that come last."""
        return [*self.looked, *self.skipped.ids]


def follow(here: Desk, dealt: Dealt, sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Follow the events that were not followed yet, and answer each.

    Args:
        here: the desk; its linker writes.
        dealt: what this browser did so far; changed.
        sent: ``session``, and ``events`` that the browser has no answer to, oldest first, each
            with its number ``n`` and what to ``do``.

    Returns:
        For each event ``n``, ``ok``, what is ``said`` and, where another card is wanted, ``show``;
        to a question why, what is ``said`` is HTML.
    """
    session = str(sent.get("session", ""))
    answers = []
    events = sorted(sent.get("events", ()), key=lambda event: int(event["n"]))
    before = _written_before(here, dealt, session, events)
    for event in events:
        number = int(event["n"])
        if number <= dealt.acked.get(session, 0):
            continue
        try:
            way = _noted if number in before else _WAYS[event["do"]]
            said, show = way(here, dealt, event)
            answers.append({"n": number, "ok": True, "said": said, "show": show})
        except LinkerError as error:
            answers.append({"n": number, "ok": False, "said": not_written(error), "show": ""})
        dealt.acked[session] = number
    return answers


def _written_before(
    here: Desk, dealt: Dealt, session: str, events: Sequence[Event]
) -> Mapping[int, Decision]:
    """Return what of the events of a deck, where it is new here, the log holds already."""
    if session in dealt.acked or not events:
        return {}
    try:
        return written_before(events, here.linker.store.log().rows, here.reviewer)
    except LinkerError:  # what is not to be read is not to be written: each event says so
        return {}


def _noted(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    """Follow an event that is written already."""
    if event["do"] == "decide":
        dealt.looked.append(event["cluster"])
    return "", ""


def _decide(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    key, verdict = event["cluster"], event["verdict"]
    here.linker.clusters.decide(key, verdict, here.reviewer, str(event.get("note", "")).strip())
    dealt.skipped.drop(key)
    dealt.looked = [*(one for one in dealt.looked if one != key), key]
    dealt.opened = ""
    return tr(VERDICTS[verdict]), ""


def _edited(said: str, change: Callable[[Linker, str, Event, str], Any]) -> Any:
    """Return the way of an event that changes which records stand in a cluster."""

    def way(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
        with here.exclusive() as linker:
            change(linker, event["cluster"], event, here.reviewer)
        return tr(said), event["cluster"]

    return way


def _sdg(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    """Decide on SDG targets and indicators of a cluster, as it stands in memory."""
    verdict = event["verdict"]
    here.linker.clusters.decide_sdg(_known(here, event), event["codes"], verdict, here.reviewer)
    return f"{tr(VERDICTS[verdict])}: {', '.join(event['codes'])}", ""


def _why(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    return why(here, _known(here, event), event["code"]), ""


def _known(here: Desk, event: Event) -> ShownCluster:
    """Return the cluster of an event with all that was decided until now, read from memory."""
    now = replace(here, snapshot=here.bench.snapshot(here.state))
    key = event["cluster"]
    found = next((one for one in all_clusters(now) if one.cluster_id == key), None)
    return found or here.linker.clusters.one(key)


def _skip(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    dealt.skipped.add(event["cluster"], here.linker.store.version().decisions)
    dealt.opened = ""
    return tr("Put off"), ""


def _open(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    dealt.opened = event["cluster"]
    return "", event["cluster"]


def _undo(here: Desk, dealt: Dealt, event: Event) -> tuple[str, str]:
    """Reverse what was done last: a skip is written nowhere, everything else in the log."""
    linker = here.linker
    own = linker.store.log().own.get(here.reviewer, ())
    if key := dealt.skipped.last(own[-1].seq if own else 0):
        dealt.skipped.drop(key)
        return tr("Not put off any more"), key
    rows = linker.clusters.undo_last(here.reviewer)
    key = cluster_of(rows)
    dealt.looked = [one for one in dealt.looked if one != key]
    what = done(rows)
    return tr("Taken back: {what}", what=f"{what[0].lower()}{what[1:]}"), key


_WAYS: dict[str, Callable[[Desk, Dealt, Event], tuple[str, str]]] = {
    "decide": _decide,
    "out": _edited(
        tr_later("Taken out"), lambda k, c, e, who: k.clusters.take_out(c, e["records"], who)
    ),
    "split": _edited(
        tr_later("Split off"), lambda k, c, e, who: k.clusters.split(c, e["records"], who)
    ),
    "related": _edited(
        tr_later("Same issue only"),
        lambda k, c, e, who: k.clusters.relate(c, e["records"][0], "related", who),
    ),
    "opposite": _edited(
        tr_later("The contrary"),
        lambda k, c, e, who: k.clusters.relate(c, e["records"][0], "opposite", who),
    ),
    "move": _edited(
        tr_later("Put elsewhere"),
        lambda k, c, e, who: k.clusters.move(e["records"], e["to"], who, from_=c),
    ),
    "rename": _edited(
        tr_later("Renamed"), lambda k, c, e, who: k.clusters.rename(c, e["title"], who)
    ),
    "sdg": _sdg,
    "why": _why,
    "skip": _skip,
    "open": _open,
    "undo": _undo,
}


def done(rows: Sequence[Decision]) -> str:
    """Return what an event did, in words."""
    relation = next(
        (r for row in rows if (r := dict(row.link).get("relation", "")) in REJECTED_BY_LINK), ""
    )
    what = tr(REJECTED_BY_LINK.get(relation) or DONE.get(rows[0].verdict, rows[0].verdict))
    if not (codes := sdg_codes(rows)):
        return what
    return tr("{what}: SDG {codes}", what=what, codes=", ".join(codes))


def sdg_codes(rows: Sequence[Decision]) -> list[str]:
    """Return the SDG targets and indicators that an event was about, each once."""
    kept = (dict(row.link) for row in rows)
    codes = (link.get("indicator") or link.get("target", "") for link in kept)
    return list(dict.fromkeys(code for code in codes if code))
