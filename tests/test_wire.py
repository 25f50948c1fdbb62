"""What a child answers comes back exactly, and nothing comes back that was not asked for."""

import json
import pickle
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.errors import Invalid, LinkerError
from linker.records.import_notes import ImportRefused, Note, Notes, refuse
from linker.records.record import POSITIONS, Record
from linker.wire import NotCarried, Wire


@dataclass(frozen=True, slots=True)
class Held:
    """Something that holds anything."""

    what: object
    name: str = ""


WIRE = Wire(Held, Record, Note, Notes, ImportRefused, Invalid)
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
keys = st.recursive(plain, lambda inner: st.tuples(inner, inner), max_leaves=3)
values = st.recursive(
    plain | st.builds(Path, st.sampled_from(["", "a/b", "/a b"])),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.frozensets(keys)
        | st.sets(keys)
        | st.dictionaries(keys, inner)
        | st.dictionaries(keys, st.integers()).map(Counter)
        | st.builds(Held, inner, st.text())
    ),
    max_leaves=20,
)
texts = st.text()
lists = st.lists(texts).map(tuple)
NAMED = {
    "id": st.text(min_size=1).filter(str.strip),
    "text": st.text(min_size=1).filter(str.strip),
    "mechanism": st.sampled_from(["", "UPR", "TB", "SP", "REG", "SUB"]),
    "position": st.sampled_from(["", *POSITIONS]),
    "year": st.none() | st.integers(1900, 2100),
    "extra": st.lists(st.tuples(texts, texts)).map(tuple),
    **dict.fromkeys(("themes", "groups", "sdgs", "recommending_states", "sources"), lists),
}
records = st.builds(Record, **{f.name: NAMED.get(f.name, texts) for f in fields(Record)})


def back(value, wire=WIRE):
    return wire.loads(wire.dumps(value))


@given(values)
def test_values_come_back_as_they_were_to_the_type(value):
    assert repr(back(value)) == repr(value) or back(value) == value
    assert type(back(value)) is type(value)


@given(records)
def test_records_come_back_whole_with_their_row(record):
    assert back(record) == record
    assert back(record).row == record.row


def test_notes_and_errors_come_back_with_what_they_hold():
    notes = Notes("a.csv")
    notes.sheet = "Sheet 2"
    notes.refused("no text", row="row 3", reason="it is empty", remedy="Fill it in.", value="x")
    again = back(notes)
    assert vars(again) == vars(notes)
    assert type(again.counts) is Counter
    for error in (refuse("a.csv", "it is locked", "Unlock it."), Invalid("not like this")):
        assert (type(back(error)), str(back(error))) == (type(error), str(error))
    assert back(refuse("a.csv", "why", "what")).note.remedy == "what"


def test_only_named_classes_are_carried():
    with pytest.raises(NotCarried, match="Held is not among"):
        Wire(Note).dumps([Held(1)])
    with pytest.raises(NotCarried, match="LinkerError is not among"):
        WIRE.dumps(LinkerError("of a class that was not named"))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[1", b"\xff", b'{"os.system": ["true"]}', b'{"Held": []}', b'{"a": [], "b": []}',
        b"{}", b'{"tuple": 1}', b'{"set": [[1]]}', b'{"dict": [[1]]}', b"[" * 100_000,
        json.dumps({"Record": [""] * len(fields(Record))}).encode(), pickle.dumps(Held(1)),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_in_one_way(content):
    with pytest.raises(NotCarried):
        WIRE.loads(content)
