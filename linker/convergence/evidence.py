"""The evidence for a pair of asks: one number for each kind, worked out for many pairs at once.

Each kind is one object (`linker.convergence.pairs.Kind`); the weights lie in
``models/convergence/scorer.json``. All of it is symmetric and depends on the two records alone, so
a pair has one score, whoever asks and whatever else is in the workspace.
"""

from __future__ import annotations

import numpy as np

from linker.convergence import evidence_measures, evidence_subjects, evidence_words
from linker.convergence.pairs import Compared, Kind, Pairs
from linker.convergence.scorer import Scorer
from linker.i18n.messages import tr, tr_later
from linker.links import Contribution
from linker.reading.ask_table import Floats

DECIMALS = 4
"""Evidence is rounded, so that the last bits of a sum, which differ by machine, never show."""
PRIOR = tr_later("Most pairs of recommendations do not ask for the same thing")
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (*evidence_words.KINDS, *evidence_subjects.KINDS, *evidence_measures.KINDS)
}
"""Every kind of evidence by its name in the scorer's JSON."""


def evidence(pairs: Pairs, kinds: tuple[str, ...] = tuple(KINDS)) -> Floats:
    """Return the evidence, shape (pairs, kinds), rounded to `DECIMALS`."""
    found = np.empty((len(pairs.left), len(kinds)))
    for column, kind in enumerate(kinds):
        found[:, column] = np.round(KINDS[kind].value(pairs), DECIMALS)
    return found


def waterfall(scorer: Scorer, values: Floats, texts: Compared) -> tuple[Contribution, ...]:
    """Return what each kind of evidence adds to the log-odds of the same measure.

    Args:
        scorer: the weights.
        values: the evidence of one pair of asks, in the order of the scorer's kinds.
        texts: what was compared.
    """
    added = scorer.contributions(values)
    return Contribution("prior", tr(PRIOR), scorer.same.intercept), *(
        Contribution(kind, KINDS[kind].sentence(float(value), texts), float(log_odds))
        for kind, value, log_odds in zip(scorer.kinds, values, added, strict=True)
        if log_odds
    )
