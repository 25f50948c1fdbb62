import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.errors import UsageError
from linker.review.decisions import VERDICTS, Decision, checked_verdict, standing


def log(*entries):
    return [
        Decision(seq, link, verdict, reviewer, "", "2026-01-01T00:00:00+00:00")
        for seq, (link, verdict, reviewer) in enumerate(entries, start=1)
    ]


def verdicts(*entries):
    return {link: d.verdict for link, d in standing(log(*entries)).items()}


def test_the_last_word_stands():
    assert verdicts(("C-1", "confirm", "ana"), ("C-1", "reject", "ana")) == {"C-1": "reject"}


def test_undo_brings_back_what_stood_before():
    assert verdicts(
        ("C-1", "confirm", "ana"), ("C-1", "reject", "ana"), ("C-1", "undo", "ana")
    ) == {"C-1": "confirm"}


def test_undo_of_the_only_decision_leaves_none():
    assert verdicts(("C-1", "confirm", "ana"), ("C-1", "undo", "ana")) == {}


def test_nobody_undoes_another_reviewer():
    assert verdicts(("C-1", "confirm", "ana"), ("C-1", "undo", "ben")) == {"C-1": "confirm"}


@given(
    st.lists(
        st.tuples(st.sampled_from("12"), st.sampled_from(VERDICTS), st.sampled_from("ab")),
        max_size=20,
    )
)
def test_an_undo_takes_back_exactly_one_step(entries):
    before = log(*entries)
    taken = [*before, *log(*entries, ("1", "confirm", "a"), ("1", "undo", "a"))[-2:]]
    assert standing(taken) == standing(before)


def test_an_unknown_verdict_is_refused():
    assert checked_verdict("unsure") == "unsure"
    with pytest.raises(UsageError, match=r"'maybe' is not known\. Use one of: confirm, reject"):
        checked_verdict("maybe")


def test_accept_is_still_understood_as_confirm():
    assert checked_verdict("accept") == "confirm"


def test_a_note_is_a_note_and_a_settlement_stands():
    said = [
        Decision(1, "C-1", "confirm", "ana", "adjudication by the desk is still needed", ""),
        Decision(2, "C-1", "reject", "ben", "", ""),
    ]
    assert standing(said)["C-1"].verdict == "reject"
    settled = Decision(3, "C-1", "confirm", "lead", "", "", kind="settlement")
    later = Decision(4, "C-1", "reject", "ana", "", "")
    assert standing([*said, settled, later])["C-1"] == settled
