from __future__ import annotations

from linker.records.import_notes import Note, Notes, refuse


def test_a_note_is_one_line_that_says_where_what_and_what_to_do():
    note = Note(
        "x.csv", "row 12", "state", "'Keniaa' is no State", "Did you mean Kenya?", "refused"
    )
    assert str(note) == (
        "x.csv, row 12, column state: refused: 'Keniaa' is no State. Did you mean Kenya?"
    )
    assert str(refuse("x.csv", "it is empty", "Export it again.")) == (
        "x.csv: refused: it is empty. Export it again."
    )


def test_notes_count_everything_and_keep_a_bounded_number():
    notes = Notes("x.csv", examples=2, refusals_limit=3)
    for number in range(100):
        notes.repaired("spaces", row=f"row {number}", reason="mended", times=2)
        notes.repaired("HTML", row=f"row {number}", reason="taken out")
        notes.refused("empty", row=f"row {number}", reason="empty", remedy="Fill it in.")
    notes.repaired("encoding", row="", reason="not UTF-8")
    assert (notes.repaired_count, notes.refused_count) == (100, 100)
    assert notes.counts["repaired", "spaces"] == 200
    assert (len(notes.refusals), len(notes.repairs)) == (3, 5)
    assert "refused: empty (100)" in str(notes)
