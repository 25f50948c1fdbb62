"""Why a text was linked to a target or an indicator: the waterfall of log-odds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from linker.i18n.messages import tr, tr_later
from linker.links import Contribution, SdgLink
from linker.sdg.evidence import FEATURES, Evidence, EvidenceMaker, Reading
from linker.sdg.scorer import CERTAIN, scorer
from linker.vocabulary.instruments import named

QUOTED = 2
"""How many passages a finding quotes."""
LONGEST_QUOTE = 120
LEAST = 0.005
"""Contributions smaller than this are left to the remainder."""


def explain_target(
    maker: EvidenceMaker, reading: Reading, evidence: Evidence, column: int
) -> tuple[Contribution, ...]:
    """Return what each kind of evidence adds for the target in ``column`` of the one record read.

    The log-odds sum to the logit of the target's probability.
    """
    target = maker.targets[column]
    names = scorer().target.contributions(FEATURES, evidence.features[0, column])
    added = dict(zip(FEATURES, (float(value) for value in names), strict=True))
    passages, constant = _by_passage(maker, reading, evidence, column)
    start = scorer().target.intercept + float(scorer().priors((target,))[0]) + constant
    closest = {"exemplars": added["exemplars"], "title": added["title"]}
    text = reading.texts[0]
    found = [
        Contribution("prior", tr("before the text is read"), start),
        *(replace(c, log_odds=c.log_odds + closest.pop(c.evidence, 0.0)) for c in passages),
        Contribution("terms", _terms(maker, text, target), added["terms"]),
        Contribution("instrument", _instruments(maker, text, target), added["instrument"]),
        Contribution("rival", _rival(maker, evidence, column), added["rival"]),
        Contribution("procedural", tr("how procedural the text is"), added["procedural"]),
        Contribution("closeness", tr("of the nearest passages"), sum(closest.values())),
    ]
    return tuple(c for c in found if abs(c.log_odds) >= LEAST)


def explain_indicator(
    target: float, link: SdgLink, of_target: tuple[Contribution, ...]
) -> tuple[Contribution, ...]:
    """Return the waterfall of an indicator: its target's, and how well the indicator fits.

    Args:
        target: probability of the target.
        link: the link to the indicator.
        of_target: why the text is linked to the target.
    """
    tracked = tr_later(
        "{indicator} tracks the same problem ({sure:.0%} sure, if {target} is right)"
    )
    if link.role == "direct":
        tracked = tr_later(
            "{indicator} tracks what is asked ({sure:.0%} sure, if {target} is right)"
        )
    fit = Contribution(
        "indicator",
        tr(
            tracked,
            indicator=link.indicator,
            sure=link.probability / target,
            target=link.target,
        ),
        _logit(link.probability) - sum(c.log_odds for c in of_target),
    )
    return (*of_target, fit)


def names_it(code: str, why: tuple[Contribution, ...] = ()) -> tuple[Contribution, ...]:
    """Return a waterfall with what makes the link certain: the text names its code."""
    rest = _logit(CERTAIN) - sum(c.log_odds for c in why)
    return (Contribution("named", tr("the text names it: {code}", code=code), rest), *why)


def _by_passage(
    maker: EvidenceMaker, reading: Reading, evidence: Evidence, column: int
) -> tuple[list[Contribution], float]:
    """Take the resemblance score apart into the passages it is a sum of.

    Returns:
        What each kind of passage adds beyond what it would add for an average text; and what all
        passages add for an average text.
    """
    resemblance = maker.resemblance
    weight = scorer().target.weights["resemblance"]
    row = int(evidence.ask[0, column])
    near = resemblance.similarity(reading.vectors[[row]], reading.words[[row]])[0]
    whole = resemblance.similarity(reading.whole_vectors, reading.whole_words)[0]
    share = resemblance.shares[:, column]
    typical = resemblance.typical
    each = weight * ((near + whole) / 2 - typical) * share
    constant = weight * float(typical @ share)
    kinds = np.array([_kind(maker, i, column) for i in range(len(each))])
    found = []
    for kind, said in _FINDINGS.items():
        rows = np.flatnonzero(kinds == kind)
        if len(rows):
            strongest = rows[np.argsort(-np.abs(each[rows]), kind="stable")[:QUOTED]]
            quotes = "; ".join(_quote(maker, i) for i in strongest)
            found.append(Contribution(kind, tr(said, quotes=quotes), float(each[rows].sum())))
    return found, constant


_FINDINGS = {
    "exemplars": tr_later("like exemplars: {quotes}"),
    "gloss": tr_later("like what the target is about: {quotes}"),
    "title": tr_later("like the official title: {quotes}"),
    "vocabulary": tr_later("like the target's vocabulary and indicators: {quotes}"),
    "other targets": tr_later("unlike passages of other targets: {quotes}"),
    "no target": tr_later("like procedural texts: {quotes}"),
}


def _kind(maker: EvidenceMaker, row: int, column: int) -> str:
    if maker.wanted[row, -1]:
        return "no target"
    if not maker.wanted[row, column]:
        return "other targets"
    kind = maker.passages[row].kind
    own = {"title": "title", "gloss": "gloss", "terms": "vocabulary", "direct": "vocabulary"}
    return own.get(kind, "exemplars")


def _quote(maker: EvidenceMaker, row: int) -> str:
    passage = maker.passages[row]
    return f"{quote(passage.text)} ({', '.join(passage.targets) or tr('no target')})"


def quote(text: str) -> str:
    """Return a text in quotation marks, cut where it is long."""
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3].rstrip() + '…'}”"


def _terms(maker: EvidenceMaker, text: str, target: str) -> str:
    found = list(dict.fromkeys(term.text.lower() for term in maker.terms(text, target)))
    if not found:
        return tr("none of the target's terms")
    return tr("says {terms}", terms=", ".join(found))


def _instruments(maker: EvidenceMaker, text: str, target: str) -> str:
    found = sorted(i for i in named(text) if target in maker.instruments.get(i, ()))
    if not found:
        return tr("names none of the target's instruments")
    return tr("names {instruments}", instruments=", ".join(found))


def _rival(maker: EvidenceMaker, evidence: Evidence, column: int) -> str:
    scores = evidence.features[0, :, FEATURES.index("resemblance")]
    best = int(scores.argmax())
    if best == column:
        return tr("no other target resembles it more")
    return tr("resembles {target} more", target=maker.targets[best])


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))
