"""A log that is followed as it grows says what a fold of all of it says."""

import json
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from linker.review.agreement import judged
from linker.review.decisions import Decision, stacks, standing
from linker.review.edits import ThemeEdit, standing_edits
from linker.review.events import standing_rows, standing_words, undone
from linker.review.folded_log import FoldedLog

REVIEWERS = ("Ana", "Grace", "Ada")
CLUSTERS, LINKS = ("CL-1", "CL-2", "CL-3"), ("C-1", "S-1", "S-2")
ASKS = [["A#1", 0, ""], ["A#2", 0, ""], ["A#2", 1, "CRC"], ["A#3", 0, ""]]
NAMES = ("1:A#1", "1:A#2", "2/CRC:A#2", "1:A#3")

words = st.builds(
    lambda key, who, verdict, kind, note, seen, batch: Decision(
        0, key, verdict, who, note, "", _kept(key, seen), kind, batch
    ),
    st.sampled_from(CLUSTERS + LINKS),
    st.sampled_from(REVIEWERS),
    st.sampled_from(("confirm", "reject", "unsure")),
    st.sampled_from(("word", "word", "word", "settlement", "sample")),
    st.sampled_from(("", "because")),
    st.integers(0, 4),
    st.sampled_from(("", "", "b1", "CL-1 b2")),
)
edits = st.builds(
    lambda kind, key, who, into, names, subject: replace(
        ThemeEdit(kind, key, "KEN", into=into, records=tuple(names), subject=subject), reviewer=who
    ).decision(),
    st.sampled_from(("rename", "merge", "split", "split", "move")),
    st.sampled_from(CLUSTERS),
    st.sampled_from(REVIEWERS),
    st.sampled_from(CLUSTERS),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
    st.sampled_from(("cluster", "cluster", "theme")),
)
ANOTHERS = 4
undos = st.tuples(st.sampled_from(REVIEWERS), st.integers(1, ANOTHERS))
"""Whose, and how many of the last rows at once, as an undo of a batch writes them; or by whom an
edit of anybody's is taken back."""
steps = st.lists(st.one_of(words, words, edits, undos, undos), max_size=40)


def _kept(key, seen):
    if key.startswith("CL-"):
        return (("members", json.dumps(ASKS[:seen])), ("state", "KEN"))
    return (("record_id", "A#1"),)


def written(steps):
    """The rows that steps write, numbered with gaps, as a log has them of which some were erased.

    Undos take back what stands, as the product writes them, and at times what does not.
    """
    log = []
    for number, step in enumerate(steps, 1):
        rows = [step]
        if isinstance(step, tuple):
            who, many = step
            rows = undone(standing_rows(log, who)[-many:])
            if many == ANOTHERS:
                rows = [_undo(edit, who) for edit in log if edit.seq in _standing(log)][-1:]
            elif not rows and log:
                last = log[-1]
                rows = [Decision(0, last.link_id, "undo", who, "", "", last.link, "undo")]
        log += [replace(row, seq=10 * number + place) for place, row in enumerate(rows)]
    return log


def _standing(log):
    return {
        edit.seq for subject in ("theme", "cluster") for edit in standing_edits(log, "", subject)
    }


def _undo(edit, who):
    link = {**dict(edit.link), "undoes": str(edit.seq)}
    return Decision(0, edit.link_id, "undo", who, "", "", tuple(link.items()), "edit")


def in_order(folded):
    """What a log says, with the order of reviewers where they are shown in it."""
    said = {one.name: getattr(folded, one.name) for one in fields(FoldedLog)}
    for name in ("words", "of_clusters"):
        said[f"{name} in order"] = {key: list(given) for key, given in said[name].items()}
    return said


@given(steps, st.data())
def test_followed_in_pieces_it_says_what_a_fold_of_everything_says(steps, data):
    log = written(steps)
    folded, at = FoldedLog(), 0
    while at < len(log):
        upto = data.draw(st.integers(at + 1, len(log)))
        before, held = in_order(folded), folded
        folded = folded.followed(log[at:upto])
        assert in_order(held) == before, "what others read was changed under them"
        assert in_order(folded) == in_order(FoldedLog.of(log[:upto])), f"at row {upto}"
        at = upto


@given(steps)
def test_a_fold_says_what_is_worked_out_from_all_rows(steps):
    log = written(steps)
    folded = FoldedLog.of(log)
    assert folded.standing == standing(log)
    assert folded.words == judged(log)
    for subject in ("theme", "cluster"):
        assert standing_edits(folded.edits, subject=subject) == standing_edits(log, subject=subject)
    for name in REVIEWERS:
        assert list(folded.own.get(name, ())) == standing_rows(log, name)
        for prefix in ("C-", "S-"):
            assert folded.words_of(name, prefix) == standing_words(log, name, [prefix])
        mine = standing(row for row in log if row.reviewer == name)
        assert {key for key in folded.about if folded.stands(key, name)} == mine.keys()
    tops = {key: stack[-1] for key, stack in stacks(log).items() if stack}
    assert {
        (key, who): row for key, given in folded.of_clusters.items() for who, row in given.items()
    } == {key: row for key, row in tops.items() if key[0].startswith("CL-")}
    assert folded.last == (log[-1].seq if log else 0)
    assert sum(folded.kinds.values()) == len(log)
