"""What people said of clusters: each word keeps the asks that were seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from linker.convergence.cluster import AskKey, Cluster, Member
from linker.review.decisions import Decision
from linker.review.edits import standing_edits


def kept_of(cluster: Cluster, state: str) -> tuple[tuple[str, str], ...]:
    """Return what a decision keeps of a cluster: the members seen, above all."""
    members = json.dumps([m.key for m in sorted(cluster.members, key=lambda m: m.key)])
    held = {"state": state, "title": cluster.title, "members": members}
    return tuple(sorted({**held, "probability": f"{cluster.probability:.4f}"}.items()))


def seen_in(decision: Decision) -> tuple[AskKey, ...]:
    """Return the asks that a decision on a cluster was about; none of a decision on a link."""
    return _asks(dict(decision.link).get("members", "[]"))


@lru_cache(maxsize=1 << 14)
def _asks(members: str) -> tuple[AskKey, ...]:
    return tuple((str(key[0]), int(key[1]), str(key[2])) for key in json.loads(members))


def by_member(
    words: Mapping[str, Mapping[str, Decision]], log: Iterable[Decision]
) -> dict[str, dict[str, Decision]]:
    """Return what reviewers said, with words on clusters parted into words on their asks.

    Args:
        words: of each reviewer on each link or cluster, by id and reviewer.
        log: all decisions, for what was taken out of clusters.
    """
    found: dict[str, dict[str, Decision]] = {}
    for link_id, given in words.items():
        for reviewer, decision in given.items():
            seen = seen_in(decision)
            for key in [f"{link_id}:{ask_name(ask)}" for ask in seen] if seen else [link_id]:
                found.setdefault(key, {})[reviewer] = decision
    for edit in standing_edits(log, subject="cluster"):
        taken = edit.records if edit.kind == "split" else ()
        for key in [f"{edit.theme_id}:{name}" for name in taken]:
            row = edit.decision()
            members = json.dumps([ask_key(name) for name in taken])
            said = replace(row, seq=edit.seq, verdict="reject", link=(("members", members),))
            found.setdefault(key, {})[edit.reviewer] = said
    return found


def ask_name(key: AskKey) -> str:
    """Return what the log calls an ask: its number from 1, a treaty, and the id of its record."""
    record_id, ask, treaty = key
    return f"{ask + 1}/{treaty}:{record_id}" if treaty else f"{ask + 1}:{record_id}"


def ask_key(name: str) -> AskKey:
    """Return the ask that `ask_name` called so."""
    ask, _, record_id = name.partition(":")
    number, _, treaty = ask.partition("/")
    return record_id, int(number) - 1, treaty


def seen_cluster(decision: Decision) -> Cluster:
    """Return the cluster that a decision was about, as its reviewer saw it."""
    members = tuple(Member(*key, 1.0) for key in seen_in(decision))
    return Cluster(decision.link_id, dict(decision.link).get("title", ""), members)
