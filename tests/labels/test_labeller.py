"""Records to labels: the shipped model on made-up texts, and what must hold for any text."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_words import write_model

from linker.labels.labeller import Labeller, Labels, is_specific, read_as
from linker.labels.model import Model
from linker.records.record import Record

TEXTS = (
    "Ratify the Optional Protocol to the Convention against Torture",
    "Continue efforts to combat trafficking in persons",
    "Consider abolishing the death penalty",
    "Strengthen the protection of migrant workers",
    "The Committee is concerned about prison overcrowding. It recommends that the State party: "
    "(a) Reduce the number of persons in pretrial detention; (b) Build schools in rural areas.",
    "…",
    "Prijměte zákon",
)


def records(texts, mechanism="TB"):
    made = enumerate(texts)
    return [Record(id=f"R{n}", text=text, mechanism=mechanism) for n, text in made]


@pytest.fixture(scope="module")
def labeller():
    return Labeller()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Labeller(Model.load(write_model(tmp_path_factory.mktemp("model") / "labels")))


@pytest.mark.parametrize(
    ("text", "tags", "action"),
    [
        (TEXTS[0], {"International instruments", "Torture and other CID treatment"}, 5),
        (TEXTS[1], {"Trafficking"}, 2),
        (TEXTS[2], {"Death penalty"}, 3),
        (TEXTS[3], {"Migrants", "Labour"}, 4),
        ("Adopt a law that bans corporal punishment of children", {"Rights of the Child"}, 5),
        ("Share its experience in fighting poverty with other countries", {"Poverty"}, 1),
    ],
)
def test_plain_cases(labeller, text, tags, action):
    labels = labeller.label(records([text], "UPR"))[0]
    assert tags <= {tag for tag, _ in labels.issues}
    assert labels.action == action
    assert labels.specific is (action == 5) is is_specific(text)


def test_every_ask_counts_and_context_does_not(labeller):
    paragraph, context = records(
        [TEXTS[4], TEXTS[4].replace("prison overcrowding", "human trafficking")]
    )
    found = labeller.label([paragraph, context])
    for labels in found:
        assert {"Detention", "Right to education"} <= {tag for tag, _ in labels.issues}
    assert "Trafficking" not in {tag for tag, _ in found[1].issues}


def test_official_names_and_groups_follow_the_issues(labeller):
    labels = labeller.label(records([TEXTS[3]]))[0]
    assert "Migrants" in labels.themes
    assert "Migrants" in labels.groups


def test_most_probable_issue_comes_first(labeller):
    for labels in labeller.label(records(TEXTS)):
        chances = [chance for _, chance in labels.issues]
        assert chances == sorted(chances, reverse=True)
        assert all(labeller.model.threshold <= chance <= 1 for chance in chances)
        assert 0.2 <= labels.action_probability <= 1


def test_the_most_specific_ask_decides(small):
    labels = small.label(records(["Strengthen efforts. Ratify the Convention. Continue it."]))[0]
    assert labels.action == 5


def test_labels_come_back_from_plain_values(labeller):
    import json

    for labels in labeller.label(records(TEXTS)):
        assert Labels.from_dict(json.loads(json.dumps(labels.to_dict()))) == labels


def test_paragraphs_are_read_ask_by_ask_and_upr_recommendations_whole():
    texts, owners = read_as([*records([TEXTS[4], "…"]), *records([TEXTS[4]], "UPR")])
    assert [last - first for first, last in owners] == [2, 1, 1]
    assert texts[2:] == ["…", TEXTS[4]]


def test_nothing_to_label(labeller):
    assert labeller.label([]) == []


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.one_of(st.sampled_from(TEXTS), st.text(min_size=1).filter(str.strip)), max_size=8
    ),
    seed=st.integers(0, 99),
)
def test_order_and_neighbours_do_not_matter(small, labeller, texts, seed):
    made = records(texts)
    for one in (small, labeller):
        together = {labels.record_id: labels for labels in one.label(made)}
        shuffled = random.Random(seed).sample(made, len(made))
        assert {labels.record_id: labels for labels in one.label(shuffled)} == together
        assert all(one.label([record])[0] == together[record.id] for record in made)


def test_fast_enough_to_label_a_state_while_one_waits(labeller):
    many = records([f"{TEXTS[n % 5]} in province {n}" for n in range(2500)])
    labeller.label(many[:5])
    started = time.process_time()
    labeller.label(many)
    assert time.process_time() - started < 4  # 1.5 s on an idle machine, a busy one is slower
