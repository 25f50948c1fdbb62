"""The waterfall: how the evidence for and against a link adds up."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from linker.i18n.messages import tr, tr_later
from linker.links import Contribution
from linker.ui.wording import percent
from linker.workspace.explaining import Explanation

SHOWN = 8
NEGLIGIBLE = 0.05
SAID = 3
"""Findings on each side that are said in a sentence above the waterfall."""
STEPS = (
    (2.0, tr_later("very strongly for"), tr_later("very strongly against")),
    (1.0, tr_later("strongly for"), tr_later("strongly against")),
    (0.4, tr_later("somewhat for"), tr_later("somewhat against")),
    (0.0, tr_later("slightly for"), tr_later("slightly against")),
)
"""Log-odds from which on a contribution is said to count so."""


def strength(log_odds: float) -> str:
    """Return in words how much a contribution counts."""
    side = 1 if log_odds >= 0 else 2
    return tr(next(str(step[side]) for step in STEPS if abs(log_odds) >= step[0]))


def steps(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Return what to show: the weightiest first, the rest added up in one last step."""
    ranked = sorted(contributions, key=lambda c: (-abs(c.log_odds), c.evidence))
    shown = [c for c in ranked[:SHOWN] if abs(c.log_odds) >= NEGLIGIBLE]
    rest = sum(c.log_odds for c in ranked if c not in shown)
    if abs(rest) >= NEGLIGIBLE:
        shown.append(Contribution("rest", tr("everything else together"), rest))
    return shown


def explanation(explained: Explanation) -> str:
    """Return why a link was proposed: what speaks for it, what against, and how it adds up."""
    return (
        f"{in_words(explained.contributions)}"
        f"{waterfall(explained.contributions, explained.probability)}"
    )


def in_words(contributions: Sequence[Contribution]) -> str:
    """Return the weightiest findings for and against as two sentences."""
    ranked = sorted(contributions, key=lambda c: (-abs(c.log_odds), c.evidence))
    found = [c for c in ranked if c.finding and abs(c.log_odds) >= NEGLIGIBLE]
    sides = (
        (tr("Speaks for it:"), [c.finding for c in found if c.log_odds > 0]),
        (tr("Speaks against it:"), [c.finding for c in found if c.log_odds < 0]),
    )
    return "".join(
        f'<p class="why"><b>{escape(title)}</b> {_sentence(findings)}</p>'
        for title, findings in sides
    )


def _sentence(findings: Sequence[str]) -> str:
    if not findings:
        return escape(tr("nothing that counts."))
    return escape("; ".join(f[0].lower() + f[1:] for f in findings[:SAID])) + "."


def waterfall(contributions: Sequence[Contribution], probability: float) -> str:
    """Return the waterfall as an HTML table, each bar starting where the last one ended.

    Lengths are natural-logarithm odds; the line in the middle of the bars is even odds.

    Args:
        contributions: the evidence of one link.
        probability: what it adds up to, 0 to 1.
    """
    shown = steps(contributions)
    if not shown:
        nothing = tr("Nothing in particular speaks for or against this link.")
        return f'<p class="facts">{escape(nothing)}</p>'
    ends, total = [0.0], 0.0
    for step in shown:
        total += step.log_odds
        ends.append(total)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    zero = 100 * (0 - low) / span
    rows = [
        _row(step, 100 * (min(a, b) - low) / span, 100 * abs(b - a) / span, zero)
        for step, a, b in zip(shown, ends, ends[1:], strict=False)
    ]
    caption = escape(tr("Evidence for and against, in the order of its weight"))
    return (
        f'<table class="waterfall"><caption class="unseen">{caption}</caption><tbody>'
        f"{''.join(rows)}"
        f'<tr class="total"><th scope="row">{escape(tr("Together"))}</th><td></td>'
        f"<td>{percent(probability)}</td></tr></tbody></table>"
    )


def _row(step: Contribution, start: float, width: float, zero: float) -> str:
    side = "for" if step.log_odds >= 0 else "against"
    finding = step.finding or step.evidence.replace("_", " ")
    return (
        f'<tr><th scope="row">{escape(finding)}</th>'
        f'<td class="track"><span class="zero" style="left:{zero:.2f}%"></span>'
        f'<span class="step {side}" style="left:{start:.2f}%;width:{max(width, 0.6):.2f}%"></span>'
        f'</td><td class="word {side}">{escape(strength(step.log_odds))}</td></tr>'
    )
