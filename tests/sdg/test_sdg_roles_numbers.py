"""The asks that tell what an indicator measures from what shares its subject, and their count."""

from collections import Counter

import evaluation.sdg.roles as roles
from linker.encoding.default import default_encoder
from linker.sdg.graded import IndicatorAsk, graded_texts, indicator_asks


def test_each_indicator_has_one_ask_of_each_kind_and_none_is_known_to_the_engine():
    found = roles.asks()
    assert set(Counter((ask.indicator, ask.role) for ask in found).values()) == {1}
    assert len(found) == 3 * len({ask.indicator for ask in found})
    known = {ask.ask for ask in indicator_asks()} | {text.text for text in graded_texts()}
    assert not known & {ask.ask for ask in found}


def test_what_is_shown_is_counted_by_label(monkeypatch):
    known = [
        next(ask for ask in indicator_asks() if (ask.indicator, ask.role) == of)
        for of in (("5.3.1", "direct"), ("5.3.1", "neither"))
    ]
    wrong = IndicatorAsk("5.3.1", "neither", known[0].ask)
    monkeypatch.setattr(roles, "asks", lambda: (*known, wrong))
    measures, tells, shares = roles.numbers(default_encoder())
    assert (measures["asks"], measures["shown as direct"], measures["of these proposed"]) == (
        1,
        1,
        1,
    )
    assert tells["asks"] == 0
    assert (shares["asks"], shares["shown as direct"], shares["not shown"]) == (2, 1, 1)
