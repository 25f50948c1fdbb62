"""Ids of groups that stay put when a build finds the groups again: of themes and of clusters."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

MemberT = TypeVar("MemberT", bound=Hashable)
KEPT = 0.5
"""A group keeps its name while at least this share of old and new members together is in both."""


def carry_ids(
    homes: Iterable[int], members: Sequence[MemberT], previous: Mapping[str, Iterable[MemberT]]
) -> list[str]:
    """Return for each group the id of the previous group with which it shares most members.

    Pairs are taken greedily, most shared members first, ties by previous id and then by group;
    a group that shares members with none left gets an empty string.

    Args:
        homes: the group of each member, from 0.
        members: what tells them apart: ids of records in themes, asks in clusters.
        previous: members of the earlier groups, by id.
    """
    place = {member: int(home) for member, home in zip(members, homes, strict=True)}
    shared: dict[tuple[int, str], int] = {}
    for group_id, held in previous.items():
        for member in held:
            if member in place:
                pair = (place[member], group_id)
                shared[pair] = shared.get(pair, 0) + 1
    carried = [""] * (max(place.values()) + 1)
    used: set[str] = set()
    for home, group_id in sorted(shared, key=lambda pair: (-shared[pair], pair[1], pair[0])):
        if not carried[home] and group_id not in used:
            carried[home] = group_id
            used.add(group_id)
    return carried


def new_id(state: str, member: str, taken: Collection[str], prefix: str = "T-") -> str:
    """Return the id of a group born around a member: the prefix and 10 hexadecimal digits.

    Args:
        state: ISO 3166-1 alpha-3.
        member: its most central one at birth.
        taken: ids in use; another is made from the same member where the first is among them.
        prefix: what ids of such groups begin with.
    """
    number = 0
    while True:
        born = f"{state}|{member}" + (f"|{number}" if number else "")
        digest = hashlib.sha256(born.encode("utf-8", "surrogatepass")).hexdigest()
        group_id = prefix + digest[:10]
        if group_id not in taken:
            return group_id
        number += 1


def much_changed(old: Collection[Hashable], now: Collection[Hashable]) -> bool:
    """Whether more than half of a group's old and new members together differ."""
    before, after = set(old), set(now)
    return len(before & after) < KEPT * len(before | after)
