"""Titles of clusters are sentences: they keep the names that comparing leaves out."""

import pytest

from linker.convergence.cluster_titles import measure_of, points_elsewhere, titles
from linker.reading.ask_table import Profiles
from linker.reading.cleaning import within_names
from linker.records.record import Record


def test_a_title_keeps_the_name_that_its_sentence_needs(encoder):
    text = "Amend the Citizenship Act so that every child born here is Kenyan from birth"
    record = Record(id="a#1", text=text, state="KEN", mechanism="UPR", body="UPR")
    profiles = Profiles.of([record], encoder)
    assert "Kenyan" not in profiles.texts[0]
    assert titles(profiles, profiles.owner)[0].endswith("is Kenyan from birth")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kenya should protect every Kenyan child", "should protect every Kenyan child"),
        ("Protect children, Kenya", "Protect children"),
        ("Protect children", "Protect children"),
    ],
)
def test_names_at_the_ends_are_left_out(text, kept):
    assert within_names(text, "KEN") == kept


def test_words_that_are_cut_off_speak_for_no_measure(encoder):
    treaty = "the Convention on the Rights of Ferry Workers"
    texts = (
        f"Consider further measures to protect sailors, including by ratifying {treaty}",
        f"Ratify {treaty}",
        f"Take steps towards ratifying {treaty} with the support of its neighbours",
    )
    records = [Record(id=f"a#{n}", text=text, state="KEN") for n, text in enumerate(texts)]
    profiles = Profiles.of(records, encoder)
    assert titles(profiles, profiles.owner * 0) == [texts[1]]


@pytest.mark.parametrize(
    "ask",
    [
        "Ensure that, in law and practice, all victims of piracy, including sailors, are heard",
        "Ensuring that girls of poor ports, such as those of the north, have schools",
    ],
)
def test_a_title_keeps_the_verb_of_its_sentence(ask):
    assert measure_of(ask).endswith(("are heard", "have schools"))


@pytest.mark.parametrize(
    ("ask", "points"),
    [
        ("acceding to the Convention", True),
        ("Accede to the Convention on Ferries", False),
        ("Build wells, schools and adequate houses for them", True),
        ("Identify victims of piracy and protect them", False),
        ("provide it with adequate resources", True),
        ("Ratify the Optional Protocol to the Convention against Torture", False),
    ],
)
def test_an_ask_that_cannot_be_understood_alone_is_known(ask, points):
    assert points_elsewhere(ask) is points


def test_an_ask_that_points_at_another_sentence_gives_way_to_one_that_stands_alone(encoder):
    texts = (
        "Extend ferry inspection to all ferries carrying them",
        "Inspect all ferries at night",
    )
    records = [Record(id=f"a#{n}", text=text, state="KEN") for n, text in enumerate(texts)]
    profiles = Profiles.of(records, encoder)
    assert titles(profiles, profiles.owner * 0) == [texts[1]]
