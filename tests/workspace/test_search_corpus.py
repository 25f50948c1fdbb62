"""What a search holds ready stays true: records that come, change and go, filters, many States."""

import pytest

from linker.records.filters import Filter
from linker.records.record import Record
from linker.workspace import search_corpus
from linker.workspace.ask_indices import COVERED
from linker.workspace.search_corpus import Corpus, Within
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


def test_a_state_is_read_once_and_again_only_after_a_change(linker, monkeypatch, tmp_path):
    linker.search("a road")
    read = []
    monkeypatch.setattr(search_corpus, "asks_of", lambda records: read.extend(records) or {})
    linker.search("a road")
    linker.search("trees", Filter(state="KEN"))
    assert not read


def test_no_more_than_some_records_are_kept(linker, monkeypatch):
    monkeypatch.setattr(search_corpus, "KEPT", 1)
    assert [found.record.id for found in linker.search("a road")][:1] == ["N1"]
    assert len(linker._corpora()._held) == 3  # all that was searched together, as "" and two States
    assert first(linker, "a road", state="NPL") == "N1"
    assert list(linker._corpora()._held) == ["NPL"]
    assert len(linker.search("anything")) == 4


def test_an_index_that_does_not_say_what_it_covers_is_brought_up_to_date(linker):
    before = linker.search("a road")
    path = linker.indices.folder / "NPL" / COVERED
    for content in (None, b"{"):
        path.unlink() if content is None else path.write_bytes(content)
        with Linker.open(linker.folder) as again:
            assert again.search("a road") == before
        assert path.stat().st_size > 10


def test_the_rows_searched_are_those_that_a_filter_selects():
    records = [
        Record("3", "One", "KEN", "UPR", cycle="3", position="noted", year=2020),
        Record("1", "Two", "KEN", "TB", "CAT", themes=("Torture",), year=2020),
        Record("2", "Three", "NPL", "TB", "CRC", sdgs=("16.2",)),
    ]  # fmt: skip
    corpora = [Corpus(tuple(some), tuple(some), ()) for some in (records[:2], records[2:])]
    within = Within(tuple(corpora))
    assert within.places.tolist() == [2, 0, 1]
    for said in (
        {}, {"state": "ken"}, {"mechanism": "TB"}, {"body": "cat", "year": 2020}, {"cycle": "3"},
        {"position": "Noted"}, {"theme": "tort"}, {"sdg": "16"},
        {"mechanism": "TB", "text": "three"}, {"year": 1999},
    ):  # fmt: skip
        where = Filter(**said)
        found = [within.records[row] for row in within.rows(where, None)]
        assert found == list(where.select(records)), said
        some = [record for record in found if record.id != "2"]
        assert [within.records[row] for row in within.rows(where, {"1", "3"})] == some
