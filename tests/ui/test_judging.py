"""Taking decisions back, and the pace."""

from linker.review.decisions import Decision
from linker.review.events import batch_of
from linker.review.folded_log import FoldedLog
from linker.ui.judging import last_of, pace


def said(seq, link_id, verdict, reviewer="Ada", note="", second=0, batch=""):
    at = f"2026-01-01T10:{second // 60:02d}:{second % 60:02d}+00:00"
    return Decision(seq, link_id, verdict, reviewer, note, at, batch=batch)


def test_undo_finds_ones_own_last_decision_that_still_stands():
    log = [
        said(1, "C-1", "confirm"),
        said(2, "C-2", "reject"),
        said(3, "C-3", "confirm", reviewer="Grace"),
        said(4, "S-4", "confirm"),
        said(5, "C-2", "undo"),
    ]
    assert [d.link_id for d in last_of(FoldedLog.of(log), "Ada", "C-")] == ["C-1"]
    assert [d.link_id for d in last_of(FoldedLog.of(log), "Ada", "S-")] == ["S-4"]
    assert last_of(FoldedLog.of(log), "Nobody", "C-") == []


def test_a_batch_is_taken_back_whole():
    batch = batch_of(["C-1", "C-2"], 1)
    log = [
        said(1, "C-0", "confirm"),
        said(2, "C-1", "confirm", batch=batch),
        said(3, "C-2", "confirm", batch=batch),
    ]
    assert batch
    assert [d.link_id for d in last_of(FoldedLog.of(log), "Ada", "C-")] == ["C-1", "C-2"]


def test_a_note_that_a_person_wrote_is_no_batch():
    log = [said(n, f"C-{n}", "confirm", note="see [batch 01234567]") for n in (1, 2)]
    assert [d.link_id for d in last_of(FoldedLog.of(log), "Ada", "C-")] == ["C-2"]


def test_pace_leaves_pauses_and_batches_out():
    log = [
        said(n, f"C-{n}", "confirm", second=second) for n, second in enumerate((0, 10, 22, 1500))
    ]
    assert pace(log, "Ada") == 11.0
    assert pace(log[:2], "Ada") is None
