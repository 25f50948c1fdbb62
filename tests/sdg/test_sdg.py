"""Linking to SDG targets and indicators, with the real encoder and the shipped knowledge."""

import math
import random

import pytest

from linker.encoding.default import default_encoder
from linker.errors import UsageError
from linker.records.record import Record
from linker.sdg.linking import FLOOR, MOST_TARGETS_KEPT, Exemplar, SdgLinker
from linker.sdg.scorer import scorer

HARMFUL = [
    "Take effective measures to end child, early and forced marriage and female genital mutilation",
    "Enforce the ban on marriages of girls below 18 years of age",
    "Stop the cutting of girls",
    "Set the minimum age of marriage at 18 for women and men, without exceptions",
    "Eliminate bride price and other harmful traditional practices",
    "Protect girls from excision, including when they are taken abroad for it",
    "The Committee urged Valmora to prevent early unions and to prosecute those who force "
    "adolescents to marry.",
    "Criminalise FGM and train health workers to report it",
    "Work with traditional leaders to abandon harmful practices such as child marriage",
]
PROCEDURAL = [
    "Extend a standing invitation to all special procedures",
    "Submit its overdue reports to the treaty bodies",
    "Submit a mid-term report on the implementation of the recommendations accepted",
]
OBVIOUS = [
    ("Establish a national human rights institution in line with the Paris Principles", "16.a"),
    ("Abolish the death penalty", "16.1"),
    ("Reduce prison overcrowding and the length of pre-trial detention", "16.3"),
    ("Register all births free of charge, also in remote districts", "16.9"),
    ("Ratify the 1961 Convention on the Reduction of Statelessness", "16.9"),
    ("Lower maternal mortality through emergency obstetric care", "3.1"),
    ("Decriminalize defamation and protect journalists", "16.10"),
    (
        "Build ramps in schools and train teachers in inclusive education of disabled children",
        "4.a",
    ),
    ("Raise the number of women in parliament by a quota", "5.5"),
    ("Provide safe drinking water to informal settlements", "6.1"),
]


@pytest.fixture(scope="module")
def linker():
    return SdgLinker(default_encoder())


def targets(links):
    return [link.target for link in links if not link.indicator]


def indicators(links):
    return [link.indicator for link in links if link.indicator]


@pytest.mark.parametrize("text", HARMFUL)
def test_harmful_practices_are_5_3(linker, text):
    links = linker.suggest(text)
    assert targets(links)[0] == "5.3"
    assert indicators(links)[0] in {"5.3.1", "5.3.2"}


def test_child_marriage_and_fgm_have_both_indicators_first(linker):
    assert set(indicators(linker.suggest(HARMFUL[0]))[:2]) == {"5.3.1", "5.3.2"}


@pytest.mark.parametrize("text", PROCEDURAL)
def test_procedural_texts_get_no_target(linker, text):
    assert all(link.band == "hide" for link in linker.suggest(text))


@pytest.mark.parametrize(("text", "target"), OBVIOUS)
def test_obvious_targets_come_among_the_first_three(linker, text, target):
    assert target in targets(linker.suggest(text))[:3]


def test_links_do_not_depend_on_order_or_neighbours(linker):
    records = [Record(id=f"r{n}", text=text) for n, text in enumerate(HARMFUL + PROCEDURAL)]
    straight = {link.link_id: link for link in linker.link(records)}
    shuffled = random.Random(7).sample(records, len(records))
    for link in [*linker.link(shuffled), *linker.link(records[3:4])]:
        other = straight[link.link_id]
        assert (link.ask, link.band, link.role) == (other.ask, other.band, other.role)
        assert link.probability == pytest.approx(other.probability, abs=2e-6)


def test_links_are_bounded_and_ranked(linker):
    record = Record(id="r", text=" ".join(f"{text}." for text, _ in OBVIOUS))
    links = linker.link([record])
    shown = [i for i in links if i.band != "hide" and not i.indicator]
    assert len(shown) <= scorer().most_targets
    assert len(targets(links)) <= MOST_TARGETS_KEPT
    assert all(FLOOR <= link.probability <= 1 for link in links)
    chances = [link.probability for link in links if not link.indicator]
    assert chances == sorted(chances, reverse=True)


def test_the_ask_that_carries_a_link_is_named(linker):
    text = "(a) Abolish the death penalty; (b) Provide safe drinking water to all villages;"
    asks = {link.target: link.ask for link in linker.suggest(text) if not link.indicator}
    assert asks["16.1"] == 0
    assert asks["6.1"] == 1


def test_contributions_add_up_to_the_probability(linker):
    for link in linker.suggest(HARMFUL[0])[:4]:
        explained = linker.explain(HARMFUL[0], link.target, link.indicator)
        assert explained.probability == pytest.approx(link.probability)
        assert explained.band == link.band
        total = sum(c.log_odds for c in explained.contributions)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(link.probability, abs=2e-6)
        assert all(c.finding for c in explained.contributions)


def test_an_explanation_names_the_terms_found(linker):
    found = {c.evidence: c for c in linker.explain(HARMFUL[0], "5.3").contributions}
    assert "female genital mutilation" in found["terms"].finding
    assert found["terms"].log_odds > 0
    assert found["exemplars"].log_odds > 0


def test_decisions_move_the_target_that_was_judged(linker):
    text = "Support fishing cooperatives of women on the barrier islands"
    before = {i.target: i.probability for i in linker.suggest(text) if not i.indicator}
    rejected, untouched = list(before)[:2]
    taught = SdgLinker(
        linker.encoder, [Exemplar(text, rejected, accepted=False), Exemplar(text, "8.5")]
    )
    after = {i.target: i.probability for i in taught.suggest(text) if not i.indicator}
    assert after.get(rejected, 0) < before[rejected] / 2
    assert after["8.5"] > max(0.5, before.get("8.5", 0))
    assert after[untouched] == pytest.approx(before[untouched], abs=0.2)


def test_a_decision_on_an_indicator_or_unknown_code_is_ignored(linker):
    taught = SdgLinker(linker.encoder, [Exemplar("Any text", "5"), Exemplar("Any text", "99.9")])
    assert taught.suggest(HARMFUL[0])[0].target == "5.3"


def test_refusals_say_what_to_do(linker):
    with pytest.raises(UsageError, match="no text"):
        linker.suggest("  ")
    with pytest.raises(UsageError, match="look like 5"):
        linker.explain("End child marriage", "5.99")
    with pytest.raises(UsageError, match="no indicator of target"):
        linker.explain("End child marriage", "5.3", "4.1.1")


def test_abbreviations_are_understood(linker):
    short = linker.suggest("Criminalise FGM and support survivors of SGBV")
    assert {"5.2", "5.3"} <= {link.target for link in short if link.band != "hide"}


def test_no_records_give_no_links(linker):
    assert linker.link([]) == []
