"""Asks for the contrary: shown as such, and never proposed as a convergence."""

import csv

import pytest

from evaluation.sources import LABELS
from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.marks import marks
from linker.reading.polarity import stances
from linker.records.asks import asks
from linker.records.record import Record
from linker.vocabulary.polarity import forms


def said(text: str) -> dict[str, int]:
    return {stance.thing: stance.sign for stance in stances(text)}


@pytest.mark.parametrize(
    ("text", "thing", "sign"),
    [
        ("Close the canal to traffic", "canal", -1),
        ("Do not close the canal to traffic", "canal", 1),
        ("Refrain from reopening the canal", "canal", -1),
        ("Lift the ban on lotteries", "lotteri", 1),
        ("Do not lift the ban on lotteries", "lotteri", -1),
        ("Repeal the provisions that criminalize begging", "beg", 1),
        ("Ensure that lotteries are not permitted", "lotteri", -1),
        ("Ensure that lotteries are prohibited", "lotteri", -1),
        ("No newspaper should be closed", "newspap", 1),
        ("Amend the act on lotteries", "lotteri", 0),
        ("Protect fishers from violence", "fisher", 1),
        ("Prevent violence and discrimination against fishers", "fisher", 1),
        ("Make begging legal and lotteries illegal", "lotteri", -1),
        ("Reduce tariffs and raise pensions", "pension", 1),
        ("Reduce tariffs and raise pensions", "tariff", -1),
    ],
)
def test_what_an_ask_would_have_happen(text, thing, sign):
    assert said(text)[thing] == sign


def test_what_is_spoken_about_is_told_from_what_is_acted_on():
    about = {(stance.thing, stance.about) for stance in stances("Adopt a law on lotteries")}
    assert {("law", False), ("lotteri", True)} <= about


def test_forms_of_verbs():
    assert dict(forms("ban"))["s"] == "bans"
    assert {"banning", "banned"} <= {text for _, text in forms("ban")}
    assert {"deny", "denies", "denied", "denying"} <= {text for _, text in forms("deny")}
    assert {"close", "closes", "closed", "closing"} == {text for _, text in forms("close")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The State party is encouraged not to adopt the bill on kites and to repeal the levy.",
            ["not to adopt the bill on kites", "repeal the levy."],
        ),
        (
            "In no case should the State party use the levy to punish poor households.",
            ["In no case should the State party use the levy to punish poor households."],
        ),
        (
            "The State party should avoid using the levy to ban trade and to fine hawkers.",
            ["avoid using the levy to ban trade and to fine hawkers."],
        ),
        (
            "The Committee stresses that a truce cannot serve to dispense with trials of raiders.",
            ["a truce cannot serve to dispense with trials of raiders."],
        ),
        (
            "The State party should refrain from: (a) closing the school; (b) selling the well.",
            ["refrain from: (a) closing the school; (b) selling the well."],
        ),
        (
            "No child should be kept in a cell overnight.",
            ["No child should be kept in a cell overnight."],
        ),
        (
            "The State party should refrain from using force and prosecute those who did.",
            ["refrain from using force", "prosecute those who did."],
        ),
    ],
)
def test_an_ask_keeps_its_negation(text, expected):
    assert [part.text for part in asks(text)] == expected


def test_opposites_are_shown_and_the_same_in_other_words_is_kept(encoder):
    linker = ConvergenceLinker(encoder)
    with (LABELS / "opposites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    links = [
        linker.score(Record(id="a", text=row["left"]), Record(id="b", text=row["right"]))
        for row in rows
    ]
    found = [link.relation == "opposite" for link in links]
    assert not any(link.band == "propose" for link in links if link.relation == "opposite")
    for relation, least, most in (("opposite", 0.8, 1.0), ("same", 0.0, 0.05), ("other", 0.0, 0.1)):
        called = [is_opposite for is_opposite, row in zip(found, rows, strict=True)
                  if row["relation"] == relation]  # fmt: skip
        assert least <= sum(called) / len(called) <= most, relation


def test_what_carries_an_opposite_is_the_words_that_say_which_way(encoder):
    linker = ConvergenceLinker(encoder)
    left = Record(id="a", text="Raise the tariff on imported kites", state="XVM")
    right = Record(id="b", text="Lower the tariff on imported kites", state="XVM")
    link = linker.score(left, right)
    assert link.relation == "opposite"
    assert link.band == "ask"
    said = [c.finding for c in link.contributions if c.evidence == "opposed"]
    assert said == ["They ask for opposite things"]
    marked = marks(linker, link, left, right)
    words = {r.text[a:b] for r, spans in zip((left, right), marked, strict=True) for a, b in spans}
    assert words & {"Raise", "Lower"}
    assert linker.contrary([(left, right)])[0] > 0.5
    assert linker.contrary([(left, left)])[0] == 0
