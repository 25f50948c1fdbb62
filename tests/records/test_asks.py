"""Cutting made-up texts in the manner of the UPR and of treaty bodies."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.records.asks import TOLD, asks, cut


def asked(text):
    return [part.text for part in cut(text) if part.role == "ask"]


def context(text):
    return [part.text for part in cut(text) if part.role == "context"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ratify OP-CAT", ["Ratify OP-CAT"]),
        (
            "Ratify OP-CAT and establish a national preventive mechanism",
            ["Ratify OP-CAT", "establish a national preventive mechanism"],
        ),
        ("Promote and protect human rights", ["Promote and protect human rights"]),
        (
            "Take measures to prevent and combat trafficking in persons",
            ["Take measures to prevent and combat trafficking in persons"],
        ),
        (
            "Continue efforts to improve access to education, and to provide school meals",
            ["Continue efforts to improve access to education", "provide school meals"],
        ),
        (
            "Adopt the bill on equality; Train judges on its use (Norway)",
            ["Adopt the bill on equality", "Train judges on its use (Norway)"],
        ),
        (
            "In this regard, strengthen legal aid",
            ["In this regard, strengthen legal aid"],
        ),
        (
            "Implement the judgment on the need to revise the Mental Health Act",
            ["Implement the judgment on the need to revise the Mental Health Act"],
        ),
    ],
)
def test_upr_recommendations(text, expected):
    assert asked(text) == expected


def test_a_lettered_list_gives_one_ask_a_letter():
    text = (
        "The Committee is concerned about overcrowding. The Committee recommends that the State "
        "party:\n(a) Amend article 2 (a) of the Penal Code; (b) Allocate resources to (i) shelters "
        "and (ii) hotlines; and (c) Train judges. The Committee also urges the State party to "
        "report back within one year."
    )
    assert asked(text) == [
        "Amend article 2 (a) of the Penal Code",
        "Allocate resources to (i) shelters and (ii) hotlines",
        "Train judges.",
        "report back within one year.",
    ]
    assert context(text)[0] == "The Committee is concerned about overcrowding."


def test_the_human_rights_committee_says_should():
    text = "The State party should: (a) Prohibit corporal punishment; (b) Raise awareness of it."
    assert asked(text) == ["Prohibit corporal punishment", "Raise awareness of it."]
    assert context(text) == ["The State party should"]


@pytest.mark.parametrize("verb", ["recommended that", "urged", "called upon", "encouraged"])
def test_reported_speech_is_stripped_to_what_is_asked(verb):
    joint = "Valmora review" if verb.endswith("that") else "Valmora to review"
    text = f"Noting the new law, the Committee {verb} {joint} its citizenship procedure."
    assert asked(text) == ["review its citizenship procedure."]
    assert context(text)[0].startswith("Noting the new law")


def test_one_sentence_may_hold_a_concern_and_an_ask():
    text = (
        "The Committee was concerned that children were detained, and urged Valmora to end the "
        "detention of children and to create open centres."
    )
    assert asked(text) == ["end the detention of children", "create open centres."]


def test_a_gerund_after_the_verb_is_the_ask():
    assert asked("The Committee recommended repealing the law on defamation.") == [
        "repealing the law on defamation."
    ]


def test_two_bodies_in_one_paragraph():
    text = (
        "The Committee against Torture recommended that Valmora define torture. The Committee on "
        "the Rights of the Child noted progress. It called for a ban on corporal punishment."
    )
    assert len(asked(text)) == 2
    assert "The Committee on the Rights of the Child noted progress." in context(text)


def test_pure_concern_stands_for_what_it_implies():
    parts = cut("The Committee is concerned at the high rate of maternal mortality.")
    assert [part.role for part in parts] == ["implied"]
    assert asks("The Committee is concerned at the high rate of maternal mortality.") == parts


def test_abbreviations_do_not_end_sentences():
    text = "Ratify ILO Convention No. 189 on domestic work, in line with para. 4 of the report"
    assert asked(text) == [text]


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    "The Committee recommends that the State party",
                    "is concerned that",
                    "(a)",
                    "(b)",
                    "(i)",
                    ";",
                    ".",
                    "\n",
                    "and to",
                    "and",
                    "ratify OP-CAT",
                    "ensure access to justice",
                    "children",
                    "should",
                    ":",
                    "(Norway)",
                ]
            ),
            max_size=30,
        ).map(" ".join),
    )
)
def test_parts_are_true_spans_in_order(text):
    parts = cut(text)
    end = 0
    for part in parts:
        assert text[part.start : part.end] == part.text
        assert part.start >= end
        assert part.text == part.text.strip()
        assert any(ch.isalpha() for ch in part.text)
        end = part.end
    # The marks of an English reading say themselves what is context; no file holds them.
    if any(ch.isalpha() for ch in text) and parts and not set(text) & set(TOLD):
        assert asks(text)


def test_real_records_are_cut_into_true_spans(corpora):
    path = corpora.parent / "gold" / "records.csv"
    if not path.is_file():
        pytest.skip("the gold records are not here")
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    for text in texts:
        parts = cut(text)
        assert parts
        assert all(text[part.start : part.end] == part.text for part in parts)
    treaty = [text for text in texts if "recommended that" in text]
    assert sum(bool(context(text)) for text in treaty) / len(treaty) > 0.95


@pytest.mark.parametrize(
    "told",
    [
        "OSCE/ODIHR stated that slander persisted as an offence punishable by fines.",
        "The-Commissioner (CoE) regretted the amendments, which lacked guarantees.",
        "A lawyer would only be appointed where justice demanded it.",
        "Some laws had been requested by the Constitutional Court.",
    ],
)
def test_what_an_author_with_signs_in_its_name_reports_is_no_ask(told):
    found = asks(f"{told} It recommended that criminal provisions be repealed.")
    assert [part.text for part in found] == ["criminal provisions be repealed."]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("the Commission for Integrity be given a budget.", "the Commission for Integrity be"),
        ("the Government give the Commission a budget.", "give the Commission"),
    ],
)
def test_a_name_that_goes_on_is_no_addressee(said, asked):
    (part,) = asks(f"GRECO recommended that {said}")
    assert part.text.startswith(asked)
