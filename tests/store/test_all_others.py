"""What an addendum says of all other recommendations, whichever file comes first."""

import itertools

import pytest

from linker.records.record import Record
from linker.records.statements import packed
from linker.store.sources import Source
from linker.store.store import Store

REPORT = "A/HRC/47/13"


def recommendation(number, position=""):
    return Record(
        id=f"{REPORT}#{number}", text=f"Take measure {number} for prisoners", state="NER",
        mechanism="UPR", body="UPR", symbol=REPORT, paragraph=number, position=position,
    )  # fmt: skip


def statement(number, position):
    return Record(
        id=f"{REPORT}#{number}", text="", state="NER", mechanism="UPR", body="UPR", symbol=REPORT,
        paragraph=number, position=position, position_source=f"{REPORT}/Add.1, para. 2",
    )  # fmt: skip


FILES = {
    "report.pdf": [recommendation("122.1", "supported"), recommendation("122.2", "pending"),
                   recommendation("122.3", "pending"), recommendation("122.4")],
    "addendum.pdf": [statement("122.2", "supported"), statement("*", "noted")],
    "list.docx": [recommendation("122.4", "pending")],
}  # fmt: skip
WANTED = {"122.1": "supported", "122.2": "supported", "122.3": "noted", "122.4": "noted"}


def add(store, name):
    rows = [(one.id, one.state, "", packed(one)) for one in FILES[name]]
    source = Source(name, name, "un_document", name, name, {}, len(rows))
    return store.add_source(source, rows)


def positions(store):
    return {one.paragraph: one.position for one in store.records()}


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)))
def test_the_others_get_the_position_whatever_comes_first(order, tmp_path):
    store = Store(tmp_path, create=True)
    for name in order:
        changes = add(store, name)
        assert changes.waiting <= 1
    assert positions(store) == WANTED
    third = next(one for one in store.records() if one.paragraph == "122.3")
    assert third.position_source == f"{REPORT}/Add.1, para. 2, said of all other recommendations"
    store.close()


def test_it_goes_with_its_source_and_never_stands_above_a_correction(tmp_path):
    from linker.records.edits import RecordEdit

    store = Store(tmp_path, create=True)
    for name in FILES:
        add(store, name)
    edit = RecordEdit("correct", f"{REPORT}#122.4", "position", "supported", reviewer="Ada")
    store.edit_record(lambda _: edit)
    assert positions(store) == {**WANTED, "122.4": "supported"}
    store.set_forgotten(2, True)
    assert positions(store) == {
        "122.1": "supported", "122.2": "pending", "122.3": "pending", "122.4": "supported",
    }  # fmt: skip
    store.set_forgotten(2, False)
    assert positions(store) == {**WANTED, "122.4": "supported"}
    assert store.records_by_source() == {1: 4, 2: 1, 3: 1}
    store.close()
