"""The SDG lines of a card of the review deck: what a cluster's records share, judged at once."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

from linker.i18n.messages import tr, tr_plural
from linker.review.cluster_results import ShownCluster
from linker.review.cluster_sdg import SharedSdg
from linker.sdg.framework import framework
from linker.ui import cards
from linker.ui.desk import Desk
from linker.ui.waterfall import explanation
from linker.ui.wording import VERDICTS, sure
from linker.vocabulary.official import official_title


def sdg_lines(cluster: ShownCluster, blind: bool) -> list[dict[str, Any]]:
    """Return a line for each target and indicator, as the deck takes it: HTML escaped.

    Args:
        cluster: the cluster.
        blind: leave out how sure Linker is, and put the lines in the order of the codes.
    """
    lines = sorted(cluster.sdg, key=_by_code) if blind else cluster.sdg
    return [
        {
            "code": one.code,
            "label": _label(one, _facts(one, blind)),
            "chip": cards.goal_chip(one.code),
            "target": one.link.target,
            "html": cards.sdg_title(one.link),
            "facts": _facts(one, blind),
            "told": _told(one),
            "decision": one.decision,
            "likely": not blind and one.band == "propose" and bool(one.waiting),
            "why": not blind,
        }
        for one in lines
    ]


def why(here: Desk, cluster: ShownCluster, code: str) -> str:
    """Return, as HTML, why a code was proposed for the cluster's surest record; empty for none.

    Raises:
        LinkerError: its link cannot be explained.
    """
    found = next((one for one in cluster.sdg if one.code == code), None)
    if found is None:
        return ""
    label = here.snapshot.records[found.link.record_id].label
    said = tr("For {record}, the surest of them:", record=label)
    explained = here.bench.explain(here.snapshot, found.link)
    return f"<p class='facts'>{escape(said)}</p>{explanation(explained)}"


def _label(one: SharedSdg, facts: str) -> str:
    title = official_title(one.code, framework()[one.code].title)
    return tr("SDG {code}: {title}. {facts}", code=one.code, title=title, facts=facts)


def _facts(one: SharedSdg, blind: bool) -> str:
    held = tr_plural(
        "{count} of {n} record", "{count} of {n} records", one.records, count=len(one.items)
    )
    return held if blind else f"{sure(one.band, one.probability)} · {held}"


def _told(one: SharedSdg) -> str:
    """Return what was said of it, and of how many of its links where they differ, as HTML."""
    said: Counter[str] = Counter(item.decision.verdict for item in one.items if item.decision)
    return " ".join(
        cards.chip(
            tr(VERDICTS[verdict]) + ("" if one.decision else f": {said[verdict]}"), f"{verdict}"
        )
        for verdict in VERDICTS
        if said[verdict]
    )


def _by_code(one: SharedSdg) -> tuple[int, str, str]:
    goal, _, rest = one.link.target.partition(".")
    return int(goal), rest, one.link.indicator
