"""When each body raised a theme: what keeps coming back, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linker.i18n.messages import tr
from linker.records.record import Record
from linker.vocabulary.groups import groups_in, known_group, wider
from linker.vocabulary.lexicon import known_in_english
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name

EVERYONE = "General population"


@dataclass(frozen=True, slots=True, order=True)
class Round:
    """One review by one body: a UPR cycle, else a year.

    Attributes:
        place: of the mechanism in the usual order.
        body: UPR, CEDAW, …
        number: the cycle, or the year; 0 where neither is known.
        is_cycle: whether the number is a cycle.
    """

    place: int
    body: str
    number: int
    is_cycle: bool

    @property
    def name(self) -> str:
        """Say which: "cycle 4", "2021" or "undated"."""
        if self.is_cycle:
            return tr("cycle {cycle}", cycle=self.number)
        return str(self.number) if self.number else tr("undated")

    def __str__(self) -> str:
        return f"{official_name(self.body)} {self.name}"


def round_of(record: Record) -> Round:
    """Return the round a record comes from; a compilation's year is not that of what it quotes."""
    is_cycle = record.is_cyclic and record.cycle.isdecimal()
    number = int(record.cycle) if is_cycle else 0 if record.is_quoted else record.year or 0
    return Round(mechanism(record.mechanism).place, record.raised_by, number, is_cycle)


def rounds(records: Iterable[Record]) -> dict[Round, int]:
    """Return how many records each round made, in the order of bodies and time."""
    return dict(sorted(Counter(round_of(record) for record in records).items()))


def returning(found: Iterable[Round]) -> dict[str, str]:
    """Return each body with two rounds or more: UPR to "UPR in cycles 2, 3 and 4"."""
    said = {}
    for body, mine in _by_body(found).items():
        if len(mine) > 1:
            names = [str(one.number) for one in mine]
            listed = f"{', '.join(names[:-1])}{tr(' and ')}{names[-1]}"
            which = (
                tr("{body} in cycles {listed}") if mine[0].is_cycle else tr("{body} in {listed}")
            )
            said[body] = which.format(body=official_name(body), listed=listed)
    return said


def new_since(found: Iterable[Round], everything: Iterable[Round]) -> list[Round]:
    """Return the last rounds of bodies that raised it in no earlier one although there were some.

    Args:
        found: rounds of the theme.
        everything: rounds of the State.
    """
    all_rounds, said = _by_body(everything), []
    for body, mine in _by_body(found).items():
        known = all_rounds.get(body, mine)
        if len(known) > 1 and mine == known[-1:]:
            said.append(mine[0])
    return said


def since(pairs: Iterable[tuple[Record, Record]]) -> str:
    """Return the earliest round of records that were reiterated; empty where none were."""
    dated = [record for pair in pairs for record in pair if record.year or record.cycle]
    if not dated:
        return ""
    first = min(dated, key=lambda r: (r.year or 9999, r.cycle, r.id))
    year = f" ({first.year})" if first.year and round_of(first).is_cycle else ""
    return f"{round_of(first)}{year}"


def groups(records: Iterable[Record]) -> tuple[tuple[str, int], ...]:
    """Return the groups of persons concerned with the number of records, most first.

    As the source tags them, and as the text names them; only the widest groups, and not everyone.
    """
    count: Counter[str] = Counter()
    for record in records:
        tagged = {known_group(tag) for tag in record.groups} - {""}
        text = known_in_english(record.text, record.language)
        spoken = {wide for group in tagged | groups_in(text) for wide in wider(group)}
        count.update(group for group in spoken if wider(group) == {group} and group != EVERYONE)
    return tuple(sorted(count.items(), key=lambda item: (-item[1], item[0])))


def asks_of(records: Sequence[Record], actions: Mapping[str, int]) -> dict[int, int]:
    """Return how many records fall in each category of action, the most specific first."""
    known = Counter(actions[record.id] for record in records if record.id in actions)
    return {category: known[category] for category in sorted(known, reverse=True)}


def _by_body(found: Iterable[Round]) -> dict[str, list[Round]]:
    bodies: dict[str, list[Round]] = {}
    for one in sorted(found):
        if one.number:
            bodies.setdefault(one.body, []).append(one)
    return bodies
