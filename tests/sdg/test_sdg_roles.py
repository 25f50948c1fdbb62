"""What an indicator measures, told from what only shares its subject."""

import numpy as np
import pytest

from linker.encoding.default import default_encoder
from linker.records.record import Record
from linker.sdg.graded import indicator_asks
from linker.sdg.indicators import INDICATOR_FEATURES, _elsewhere, _refused
from linker.sdg.linking import SdgLinker
from linker.sdg.reach import REACH, STRENGTH
from linker.sdg.scorer import scorer


@pytest.fixture(scope="module")
def linker():
    return SdgLinker(default_encoder())


@pytest.fixture(scope="module")
def said(linker):
    """Band and role that every graded ask of an indicator has for it, as (role, band)."""
    asked = indicator_asks()
    records = [
        Record(id=str(n), state="XVM", mechanism="UPR", text=ask.ask) for n, ask in enumerate(asked)
    ]
    links = {
        (link.record_id, link.indicator): (link.role, link.band) for link in linker.link(records)
    }
    return [(ask, links.get((str(n), ask.indicator), ("", "hide"))) for n, ask in enumerate(asked)]


def test_no_indicator_is_shown_for_an_ask_that_was_said_to_be_neither(said):
    shown = [
        (ask.indicator, ask.ask)
        for ask, (_, band) in said
        if ask.role == "neither" and band != "hide"
    ]
    assert shown == []


def test_every_ask_that_an_indicator_measures_is_proposed_as_direct(said):
    lost = [
        (ask.indicator, ask.ask)
        for ask, found in said
        if ask.role == "direct" and found != ("direct", "propose")
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Carry out the decisions of the regional commission and court of human rights", "16.a.1"),
        ("Implement all decisions of the regional human rights commission", "16.a.1"),
        ("Designate an inter-ministerial commission for reports to treaty bodies", "16.a.1"),
        ("Keep the bodies that regulate the media free from political interference", "16.10.1"),
        ("Establish a moratorium on all executions", "16.1.1"),
        ("Stop drug trafficking", "16.2.2"),
    ],
)
def test_a_shared_subject_is_not_measured(linker, text, indicator):
    assert indicator not in {
        link.indicator
        for link in linker.suggest(text)
        if link.role == "direct" and link.band != "hide"
    }


def test_one_ask_that_is_neither_takes_nothing_from_another(linker):
    text = (
        "Establish a national human rights institution in line with the Paris Principles; and "
        "implement the decisions of the regional human rights commission and court"
    )
    link = next(found for found in linker.suggest(text) if found.indicator == "16.a.1")
    assert (link.role, link.band) == ("direct", "propose")


def near(*asks):
    """Resemblance of asks to title, measures, direct, proxy, neither of one indicator or more."""
    return np.array(asks, dtype=float)


def test_other_asks_are_nearer_for_the_ask_that_comes_nearest_to_what_is_measured():
    first = [[0, 0, 0.5, 0.7, 0.1], [0, 0, 0.6, 0, 0], [0, 0, 0, 0, 0]]
    second = [[0, 0, 0.2, 0.9, 0.9], [0, 0, 0.9, 0, 0.8], [0, 0, 0, 0, 0.3]]
    found = _elsewhere(near(first, second))
    assert found == pytest.approx([0.2, 0.0, 0.6])


def test_refusal_grows_from_reach_and_yields_to_any_nearer_ask():
    one = [[0, 0, 0.3, 0, 1.0], [0, 0, 0.3, 0, REACH], [0, 0, 0, 0.9, 0.8], [0, 0, 0.1, 0, 0.7]]
    assert _refused(near(one)) == pytest.approx([1, 0, 0, 0.5])


def test_refusal_is_not_learned():
    place = INDICATOR_FEATURES[-1]
    assert place == "refused"
    assert (scorer().useful.weights[place], scorer().direct.weights[place]) == (-STRENGTH, 0)
