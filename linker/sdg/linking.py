"""From a recommendation to SDG targets, and from each target to its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Progress
from linker.errors import Invalid
from linker.i18n.messages import tr
from linker.links import Band, Contribution, SdgLink
from linker.reading.occlusion import Remembering
from linker.records.asks import asks
from linker.records.record import Record
from linker.sdg.evidence import FEATURES, Evidence, EvidenceMaker, Reading
from linker.sdg.exemplars import Exemplar
from linker.sdg.explanation import explain_indicator, explain_target, names_it, quote
from linker.sdg.framework import framework
from linker.sdg.indicators import INDICATOR_FEATURES, IndicatorEvidence
from linker.sdg.named import Named, named, without_goals_of
from linker.sdg.reach import Reach
from linker.sdg.scorer import CERTAIN, probability, scorer

__all__ = ["Exemplar", "SdgLinker"]

FLOOR = 0.01
"""Links less probable than this are not kept."""
NAMED_GOAL = 2.0
"""Log-odds that naming a goal adds to its targets: it is certain of the goal, not of any one."""
MOST_TARGETS_KEPT = 12
CHUNK = 400
"""Records handled at once; bounds memory to some 100 MB."""


class SdgLinker:
    """Links texts to SDG targets and their indicators.

    A record's links depend on its own text, the shipped knowledge and the exemplars given: never
    on the records beside it.

    Args:
        encoder: embeds asks.
        exemplars: a workspace's accepted and rejected links; codes of goals or unknown codes are
            ignored.

    Example:
        >>> from linker.encoding.encoder import default_encoder
        >>> links = SdgLinker(default_encoder()).suggest("End child marriage")
        >>> links[0].target
        '5.3'
    """

    def __init__(self, encoder: Encoder, exemplars: Sequence[Exemplar] = ()) -> None:
        self.encoder = encoder
        self.exemplars = tuple(exemplars)

    @cached_property
    def maker(self) -> EvidenceMaker:
        """The knowledge, ready to be compared with; read at first use."""
        return EvidenceMaker(self.encoder)

    @cached_property
    def reach(self) -> Reach:
        """What reviewers decided, ready to be compared with."""
        return Reach(self.maker, self.exemplars)

    @cached_property
    def indicators(self) -> IndicatorEvidence:
        """The indicators, ready to be compared with."""
        return IndicatorEvidence(self.maker)

    def link(self, records: Sequence[Record], progress: Progress | None = None) -> list[SdgLink]:
        """Return the links of every record, most probable first within a record.

        At most twelve targets a record, and none below ``FLOOR``; most of them are in the band
        ``hide``. Goals that the text names come first; the indicators of the kept targets follow
        the targets, those first that most probably measure what is asked.

        Args:
            records: in any order; the links come in the order of the records.
            progress: called with (records done, records in all).
        """
        found: list[SdgLink] = []
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            judged = self._judge([record.text for record in chunk])
            for row, record in enumerate(chunk):
                found += self._links(record.id, judged, row)
            if progress:
                progress(min(start + CHUNK, len(records)), len(records))
        return found

    def suggest(self, text: str) -> list[SdgLink]:
        """Return the links of a free text, likewise; their ``record_id`` is empty.

        Those that are shown (not in the band ``hide``) carry their contributions.

        Raises:
            UsageError: the text is empty.
        """
        if not text.strip():
            raise Invalid("There is no text to link. Give a recommendation in English.")
        judged = self._judge([text])
        return [
            link if link.band == "hide" else self._explained(link, judged)
            for link in self._links("", judged, 0)
        ]

    def explain(self, text: str, target: str, indicator: str = "", record_id: str = "") -> SdgLink:
        """Return one link with its contributions, whose log-odds add up to its probability's.

        Raises:
            UsageError: the target or indicator is not in the framework, or do not belong together.
        """
        column = self._column(target, indicator)
        judged = self._judge([text])
        for link in self._links(record_id, judged, 0):
            if (link.target, link.indicator) == (target, indicator):
                return self._explained(link, judged)
        return self._explained(self._hidden(record_id, judged, column, indicator), judged)

    def _column(self, target: str, indicator: str) -> int | None:
        """Return the column of a target, None for a goal; refuse what does not belong together."""
        column = self.maker.column.get(target)
        if column is None and target not in {goal.code for goal in framework().level("goal")}:
            raise Invalid(f"{target!r} is no SDG target. Targets look like 5.3 or 16.b.")
        of_target = () if column is None else self.indicators.codes_of(column)
        if indicator and indicator not in of_target:
            raise Invalid(f"{indicator!r} is no indicator of target {target}.")
        return column

    def chances(
        self, texts: Sequence[str], target: str, indicator: str = ""
    ) -> NDArray[np.float64]:
        """Return the probability of one link for many texts, which no cache remembers.

        Args:
            texts: any texts, none empty.
            target: code of a target.
            indicator: code of one of its indicators; empty for the target itself.
        """
        column = self._column(target, indicator)
        judged = self._judge(texts, Remembering(self.encoder))
        if column is None:
            return np.array([_chance_of_goal(target, found) for found in judged.named])
        chances = judged.target[:, column]
        if indicator:
            chances = chances * judged.useful[:, self.indicators.codes.index(indicator)]
        return np.asarray(chances)

    def _judge(self, texts: Sequence[str], encoder: Encoder | None = None) -> _Judged:
        reading = self.maker.read(texts, encoder)
        evidence = self.maker.measure(reading)
        logit = scorer().target.logit(FEATURES, evidence.features)
        features = self.indicators.measure(reading)
        useful = scorer().useful.logit(INDICATOR_FEATURES, features)
        direct = scorer().direct.logit(INDICATOR_FEATURES, features)
        names = tuple(without_goals_of(named(text)) for text in texts)
        logit = logit + scorer().priors(self.maker.targets) + self._of_named_goals(names)
        logit += self.reach.shift(reading)
        judged = _Judged(
            reading=reading,
            evidence=evidence,
            named=names,
            target=probability(logit),
            useful=probability(useful + scorer().indicator_priors(self.indicators.codes)),
            direct=probability(direct + scorer().direct_priors(self.indicators.codes)),
        )
        self._make_certain(judged)
        return judged

    def _of_named_goals(self, names: Sequence[Sequence[Named]]) -> NDArray[np.float64]:
        """Return what naming their goals adds to targets, shape (texts, targets)."""
        goals = [code.split(".")[0] for code in self.maker.targets]
        named_goals = [{name.code for name in found} for found in names]
        return np.array([[NAMED_GOAL * (g in found) for g in goals] for found in named_goals])

    def _make_certain(self, judged: _Judged) -> None:
        """Put certainty in place of the estimates of what the texts name."""
        places = {code: column for column, code in enumerate(self.indicators.codes)}
        for row, names in enumerate(judged.named):
            for name in names:
                entry = framework()[name.code]
                if entry.level == "indicator":
                    judged.useful[row, places[entry.code]] = 1
                    judged.direct[row, places[entry.code]] = 1
                    judged.target[row, self.maker.column[entry.parent]] = CERTAIN
                elif entry.level == "target":
                    judged.target[row, self.maker.column[entry.code]] = CERTAIN

    def _explained(self, link: SdgLink, judged: _Judged) -> SdgLink:
        """Return a link of the only text judged with its contributions."""
        codes = [name.code for name in judged.named[0]]
        if link.target not in self.maker.column:
            return replace(link, contributions=names_it(link.target))
        column = self.maker.column[link.target]
        why = explain_target(self.maker, judged.reading, judged.evidence, column)
        for taught in self.reach.taught(judged.reading, 0, column):
            quoted = f"{taught}: {quote(taught.exemplar.text)}"
            why = (
                Contribution(
                    "reviewed",
                    tr("like what was decided: {quoted}", quoted=quoted),
                    taught.log_odds,
                ),
                *why,
            )
        if (goal := link.target.split(".")[0]) in codes:
            why = (
                Contribution("named", tr("the text names its goal: {goal}", goal=goal), NAMED_GOAL),
                *why,
            )
        of_target = [c for c in codes if link.target in (c, framework()[c].parent)]
        if of_target:
            why = names_it(of_target[0], why)
        if link.indicator and link.indicator not in codes:
            why = explain_indicator(_rounded(judged.target[0, column]), link, why)
        return replace(link, contributions=why)

    def _links(self, record_id: str, judged: _Judged, row: int) -> list[SdgLink]:
        targets = list(self._targets_of(record_id, judged, row))
        found = [
            (-chance, self.indicators.codes[column], column, target)
            for target in targets
            for column, chance in self._indicators_of(target, judged.useful[row])
            if chance >= FLOOR
        ]
        # Indicators of hidden targets come last in the race for the few places shown.
        found.sort(key=lambda one: (one[3].band == "hide", *one[:2]))
        direct = judged.direct[row]
        links = [
            (
                self._indicator(target, column, -chance, rank, direct),
                _rounded(-chance * direct[column]),
            )
            for rank, (chance, _, column, target) in enumerate(found)
        ]
        links.sort(key=lambda one: (one[0].band == "hide", -one[1], one[0].indicator))
        goals = self._goals_of(record_id, judged, row)
        return [*goals, *targets, *(link for link, _ in links)]

    def _goals_of(self, record_id: str, judged: _Judged, row: int) -> Iterator[SdgLink]:
        """Yield a link to each goal that a text names without a target of it."""
        for name in judged.named[row]:
            if "." not in name.code:
                parts = asks(judged.reading.texts[row])
                ask = next((n for n, part in enumerate(parts) if name.start < part.end), 0)
                yield SdgLink(record_id, ask, name.code, "", "", CERTAIN, "propose")

    def _targets_of(self, record_id: str, judged: _Judged, row: int) -> Iterator[SdgLink]:
        chances, ask = judged.target[row], judged.evidence.ask[row]
        best = np.argsort(-chances, kind="stable")
        for rank, column in enumerate(best[: max(MOST_TARGETS_KEPT, len(judged.named[row]))]):
            chance = _rounded(chances[column])
            if chance >= FLOOR:
                band = "propose" if chance == CERTAIN else scorer().band(chance, rank)
                code = self.maker.targets[column]
                yield SdgLink(record_id, int(ask[column]), code, "", "", chance, band)

    def _indicators_of(
        self, target: SdgLink, useful: NDArray[np.float64]
    ) -> Iterator[tuple[int, float]]:
        """Yield the columns of a target's indicators with P(target) times P(useful for it)."""
        for column in self.indicators.of_target[self.maker.column[target.target]]:
            yield int(column), _rounded(target.probability * useful[column])

    def _indicator(
        self, target: SdgLink, column: int, chance: float, rank: int, direct: NDArray[np.float64]
    ) -> SdgLink:
        return SdgLink(
            record_id=target.record_id,
            ask=target.ask,
            target=target.target,
            indicator=self.indicators.codes[column],
            role="direct" if direct[column] >= 0.5 else "proxy",
            probability=chance,
            band=_indicator_band(target, chance, rank),
        )

    def _hidden(
        self, record_id: str, judged: _Judged, column: int | None, indicator: str
    ) -> SdgLink:
        """Return a link too improbable to be kept, or to a goal that the text does not name."""
        if column is None:
            raise Invalid("The text does not name this goal; only targets are estimated.")
        code, ask = self.maker.targets[column], int(judged.evidence.ask[0, column])
        chance = _rounded(judged.target[0, column])
        target = SdgLink(record_id, ask, code, "", "", chance, "hide")
        if not indicator:
            return target
        chances = dict(self._indicators_of(target, judged.useful[0]))
        wanted = self.indicators.codes.index(indicator)
        return self._indicator(target, wanted, chances[wanted], 0, judged.direct[0])


@dataclass(frozen=True, slots=True)
class _Judged:
    """Texts with all evidence and probabilities; the first axis is the text everywhere.

    Attributes:
        reading: the texts taken apart.
        evidence: for targets.
        named: what each text names, without the goals of targets that it names.
        target: probability of each target.
        useful: probability that each indicator is useful, if its target is right.
        direct: probability that it is direct, if useful.
    """

    reading: Reading
    evidence: Evidence
    named: tuple[tuple[Named, ...], ...]
    target: NDArray[np.float64]
    useful: NDArray[np.float64]
    direct: NDArray[np.float64]


def _rounded(chance: float) -> float:
    """Return a probability to six places, below 1: sums differ in the last bits by batch size."""
    return min(round(float(chance), 6), CERTAIN)


def _chance_of_goal(goal: str, named: Sequence[Named]) -> float:
    """Return the chance of a link to a goal, which nothing but its name makes."""
    return CERTAIN if any(name.code == goal for name in named) else FLOOR


def _indicator_band(target: SdgLink, chance: float, rank: int) -> Band:
    if target.band == "hide":
        return "hide"
    return "propose" if chance == CERTAIN else scorer().indicator_band(chance, rank)
