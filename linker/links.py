"""What a proposed link is: its probability, its band and the evidence it adds up from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Band = Literal["propose", "ask", "hide", "by hand"]
Relation = Literal["convergence", "related", "opposite"]
Role = Literal["direct", "proxy"]
BANDS: tuple[Band, ...] = ("propose", "ask", "hide")
"""What the engine says of a link, surest first."""
BY_HAND: Band = "by hand"
"""Of a link that a person made: no engine proposed it, so that it has no probability."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one kind of evidence adds to a link.

    Attributes:
        evidence: the kind, as in the scorer's JSON, such as ``shared_instruments``.
        finding: what was found, in words for a reader, such as ``both name OP-CAT``.
        log_odds: natural-logarithm odds added; negative speaks against the link.
    """

    evidence: str
    finding: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Convergence:
    """A proposed relation between two records of different mechanisms or cycles.

    Attributes:
        left_id: id of one record; the pair is ordered (treaty body or special procedure first,
            else the older, else by id) so that a pair has one link id whoever asks.
        right_id: id of the other.
        left_ask: number, from 0, of the ask of the left record that carries the link.
        right_ask: likewise on the right.
        probability: that both ask the same measure (0 to 1, calibrated).
        probability_related: that they are at least about the same issue.
        relation: ``convergence`` where the same measure is at least as likely as only the same
            issue, else ``related``; ``opposite`` where they want the contrary of one thing.
        reiteration: same mechanism and body, different cycle.
        band: ``propose``, ``ask`` or ``hide``, from the probability; of opposites always ``ask``,
            for they are news and no convergence.
        contributions: the waterfall; their log-odds sum to the logit of ``probability`` before
            calibration.
    """

    left_id: str
    right_id: str
    left_ask: int
    right_ask: int
    probability: float
    probability_related: float
    relation: Relation
    reiteration: bool
    band: Band
    contributions: tuple[Contribution, ...] = ()

    @property
    def link_id(self) -> str:
        """Stable id of the pair: ``C-`` and 12 hexadecimal digits."""
        return convergence_id(self.left_id, self.right_id)

    @property
    def may_be_same(self) -> bool:
        """Whether it is likely enough to be shown as asking the same measure."""
        return self.relation == "convergence" and self.band != "hide"

    def beside(self, record_id: str) -> tuple[int, str, int]:
        """Return the ask of one of the two records, the other record's id, and its ask."""
        if record_id == self.left_id:
            return self.left_ask, self.right_id, self.right_ask
        return self.right_ask, self.left_id, self.left_ask


@dataclass(frozen=True, slots=True)
class SdgLink:
    """A proposed SDG target, or an indicator of it, for a record (or a free text).

    Attributes:
        record_id: the record; empty for a free text.
        ask: number, from 0, of the ask that carries the link.
        target: code of the target, ``5.3``.
        indicator: code of the indicator, ``5.3.1``; empty for the link to the target itself.
        role: of an indicator: ``direct`` when it measures what is asked, ``proxy`` when it tells
            something about the same problem; empty for a target.
        probability: 0 to 1, calibrated.
        band: ``propose``, ``ask`` or ``hide``.
        contributions: the waterfall.
    """

    record_id: str
    ask: int
    target: str
    indicator: str
    role: Role | Literal[""]
    probability: float
    band: Band
    contributions: tuple[Contribution, ...] = ()

    @property
    def link_id(self) -> str:
        """Stable id of record and code: ``S-`` and 12 hexadecimal digits."""
        return "S-" + _digest(self.record_id, self.target, self.indicator)


def convergence_id(one: str, other: str) -> str:
    """Return the link id of two records, whichever is named first."""
    return "C-" + _digest(*sorted((one, other)))


@lru_cache(maxsize=1 << 17)
def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]
