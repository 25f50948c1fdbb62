"""What a search holds ready stays true: records that come, change and go, filters, many States."""

import pytest

from linker.reading.reader import Reader
from linker.records.filters import Filter
from linker.records.record import Record
from linker.workspace.ask_indices import COVERED
from linker.workspace.search_corpus import Within
from linker.workspace.search_shard import Shard
from linker.workspace.workspace import Linker

HEAD = "id,state,mechanism,body,cycle,text,position\n"
ROWS = (
    "K1,Kenya,UPR,UPR,3,Criminalize marital rape,noted\n"
    "K2,Kenya,TB,CEDAW,,Build shelters for women in every county,\n"
    "N1,Nepal,UPR,UPR,2,Build a road to every district,supported\n"
    "Z1,,UPR,UPR,2,Plant trees along the border,supported\n"
)


@pytest.fixture
def linker(tmp_path):
    (tmp_path / "rows.csv").write_text(HEAD + ROWS, "utf-8")
    with Linker.open(tmp_path / "work", create=True) as opened:
        opened.add([tmp_path / "rows.csv"])
        yield opened


def first(linker, text, **where):
    return linker.search(text, Filter(**where))[0].record.id


def test_all_states_and_records_without_one_answer_together(linker):
    assert first(linker, "marital rape") == "K1"
    assert first(linker, "a road") == "N1"
    assert first(linker, "trees") == "Z1"
    assert len(linker.search("anything")) == 4
    assert [found.record.id for found in linker.search("women", Filter(state="NPL"))] == ["N1"]
    assert first(linker, "a road", body="CEDAW") == "K2"
    assert linker.search("a road", Filter(position="pending")) == []


def test_what_is_corrected_comes_or_goes_is_found_as_it_is_now(linker, tmp_path):
    assert first(linker, "shelters for women") == "K2"
    linker.correct("K2", "text", "Open a hospital on the coast", reviewer="Ada")
    found = linker.search("a clinic by the sea")[0]
    assert found.record.id == "K2"
    assert found.meaning > 0.4
    (tmp_path / "more.csv").write_text(HEAD + "K3,Kenya,UPR,UPR,3,Pay nurses fairly,\n", "utf-8")
    linker.add([tmp_path / "more.csv"])
    assert first(linker, "better wages of nurses") == "K3"
    linker.forget(2)
    assert "K3" not in [found.record.id for found in linker.search("better wages of nurses")]


@pytest.fixture
def made(monkeypatch):
    """The States whose shards were made, not read, since."""
    found, of = [], Shard.of.__func__
    monkeypatch.setattr(
        Shard,
        "of",
        classmethod(
            lambda cls, records, *more: found.append(records[0].state) or of(cls, records, *more)
        ),
    )
    return found


def test_a_state_is_read_once_and_again_only_after_a_change(linker, made, tmp_path):
    before = linker.search("a road")
    assert sorted(made) == ["", "KEN", "NPL"]
    assert linker.search("a road") == before
    linker.search("trees", Filter(state="KEN"))
    assert sorted(made) == ["", "KEN", "NPL"]
    made.clear()
    with Linker.open(linker.folder) as again:
        assert again.search("a road") == before
        assert made == [""]  # in no State: they have no index and no shard
        made.clear()
        linker.correct("K2", "text", "Open a hospital on the coast", reviewer="Ada")
        assert first(again, "a hospital") == "K2"
        assert made == ["KEN"]


def test_a_build_writes_the_shards_that_searches_read(linker, made):
    linker.build()
    assert sorted(made) == ["KEN", "NPL"]
    made.clear()
    with Linker.open(linker.folder) as again:
        again.search("a road", Filter(state="NPL"))
    assert not made


@pytest.mark.parametrize("content", [None, b"", b"{}\n", b"\xff" * 99])
def test_a_shard_that_is_missing_or_damaged_is_made_again(linker, made, content):
    before = linker.search("a road")
    path = linker.indices.search_file("NPL")
    whole = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    made.clear()
    with Linker.open(linker.folder) as again:
        assert again.search("a road") == before
    assert sorted(made) == ["", "NPL"]
    assert path.read_bytes() == whole


def test_a_shard_whose_arrays_were_altered_is_made_again(linker, made):
    before = linker.search("a road")
    path = linker.indices.search_file("NPL")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    made.clear()
    with Linker.open(linker.folder) as again:
        assert again.search("a road") == before
    assert "NPL" in made


def test_a_state_that_goes_is_found_no_more(linker, tmp_path):
    (tmp_path / "more.csv").write_text(
        HEAD + "L1,Latvia,UPR,UPR,3,Build a road to the sea,\n", "utf-8"
    )
    linker.add([tmp_path / "more.csv"])
    assert "L1" in [found.record.id for found in linker.search("a road")]
    linker.forget(2)
    assert "L1" not in [found.record.id for found in linker.search("a road")]
    assert linker.search("a road", Filter(state="LVA")) == []


def test_an_index_that_does_not_say_what_it_covers_is_brought_up_to_date(linker):
    before = linker.search("a road")
    path = linker.indices.folder / "NPL" / COVERED
    for content in (None, b"{"):
        path.unlink() if content is None else path.write_bytes(content)
        linker.indices.search_file("NPL").unlink()
        with Linker.open(linker.folder) as again:
            assert again.search("a road") == before
        assert path.stat().st_size > 10


def test_the_rows_searched_are_those_that_a_filter_selects(encoder):
    records = [
        Record("3", "One", "KEN", "UPR", cycle="3", position="noted", year=2020),
        Record("1", "Two", "KEN", "TB", "CAT", themes=("Torture",), year=2020),
        Record("2", "Three", "NPL", "TB", "CRC", sdgs=("16.2",)),
    ]  # fmt: skip
    shards = [Shard.of(some, encoder, Reader()) for some in (records[:2], records[2:])]
    by_id = {record.id: record for record in records}
    within = Within(tuple(shards), lambda ids: by_id)
    assert within.places.tolist() == [2, 0, 1]
    for said in (
        {}, {"state": "ken"}, {"mechanism": "TB"}, {"body": "cat", "year": 2020}, {"cycle": "3"},
        {"position": "Noted"}, {"theme": "tort"}, {"sdg": "16"},
        {"mechanism": "TB", "text": "three"}, {"year": 1999},
    ):  # fmt: skip
        where = Filter(**said)
        wanted = [record.id for record in where.select(records)]
        assert ids(within, within.rows(where, None)) == wanted, said
        among = within.rows(where, {"1", "3"}.__contains__)
        assert ids(within, among) == [one for one in wanted if one != "2"]


def ids(within, rows):
    return [shard.ids[row] for shard, some in zip(within.shards, rows, strict=True) for row in some]
