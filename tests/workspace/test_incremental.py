"""A build makes what changed and keeps what holds good, as a build from nothing would."""

import csv
from dataclasses import replace

import pytest
from sqlalchemy import update

from linker.convergence.convergence import ConvergenceLinker
from linker.links import Convergence, SdgLink
from linker.paths import data_dir
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.store import schema
from linker.store.store import Store
from linker.workspace.building import Basis
from linker.workspace.workspace import Linker

ROWS = 30


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two files: most of a few records of the demonstration State, and the rest of them."""
    folder = tmp_path_factory.mktemp("rows")
    rows = []
    for source in sorted((data_dir() / "sample").glob("*.csv")):
        with source.open(encoding="utf-8", newline="") as lines:
            rows += list(csv.DictReader(lines))[: ROWS // 5]
    written = []
    for name, some in (("first.csv", rows[::2] + rows[1::4]), ("more.csv", rows[3::4])):
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(some)
        written.append(folder / name)
    return written


@pytest.fixture
def judged(monkeypatch):
    """Count the records whose SDG links are worked out."""
    seen = []
    link = SdgLinker.link

    def counted(self, records, progress=None):
        seen.append(len(records))
        return link(self, records, progress)

    monkeypatch.setattr(SdgLinker, "link", counted)
    return seen


def made(linker):
    convergences, sdg_links = linker.convergences(), linker.sdg()
    return [i.link for i in convergences], [i.link for i in sdg_links], linker.labels()


@pytest.mark.parametrize("where", ["folder", pytest.param("server", marks=pytest.mark.long)])
def test_what_is_added_gives_what_a_build_from_nothing_gives(
    where, request, files, judged, tmp_path, encoder
):
    place = tmp_path / "grown" if where == "folder" else request.getfixturevalue("postgres")()
    with Linker.open(place, create=True, encoder=encoder) as grown:
        grown.add(files[:1])
        first = grown.build().built[0].records
        grown.add(files[1:])
        report = grown.build().built[0]
        assert judged == [first, report.records - first]
        with Linker.open(tmp_path / "whole", create=True, encoder=encoder) as whole:
            whole.add(files)
            afresh = whole.build().built[0]
            assert made(grown) == made(whole)
    assert (report.convergences, report.sdg_links) == (afresh.convergences, afresh.sdg_links)
    assert sum(report.sdg_links.values()) > report.records


def test_nothing_is_made_again_where_nothing_changed(files, judged, tmp_path, encoder):
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as linker:
        linker.add(files)
        linker.build()
        linker.add(reversed(files))
        assert linker.build().built == ()
        assert len(judged) == 1


def test_a_build_that_another_overtakes_is_made_again(files, tmp_path, encoder, monkeypatch):
    folder, update = tmp_path / "ws", ConvergenceLinker.update
    others = []

    def overtaken(self, records, *rest):
        if not others:
            with Linker.open(folder, encoder=encoder) as other:
                others.append(other)
                other.add(files[1:])
                other.build()
        return update(self, records, *rest)

    with Linker.open(folder, create=True, encoder=encoder) as linker:
        linker.add(files[:1])
        linker.build()
        few = linker.records()[:3]
        linker.store.save_records(replace(few[0], id=f"{few[0].id}-{n}") for n in range(2))
        monkeypatch.setattr(ConvergenceLinker, "update", overtaken)
        linker.build()
        with Linker.open(tmp_path / "whole", create=True, encoder=encoder) as whole:
            whole.store.save_records(linker.records())
            whole.build()
            assert made(linker) == made(whole)
        assert linker.build().built == ()


def test_scores_that_cannot_be_read_are_made_again(files, tmp_path, encoder):
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as linker:
        linker.add(files[:1])
        linker.build()
        with linker.store.engine.begin() as db:
            db.execute(update(schema.scored).values(pairs=b"damaged"))
        linker.add(files[1:])
        linker.build()
        grown = made(linker)
        with Linker.open(tmp_path / "whole", create=True, encoder=encoder) as whole:
            whole.add(files)
            whole.build()
            assert grown == made(whole)


def test_what_a_reviewer_teaches_has_the_records_in_reach_judged_anew(
    files, judged, tmp_path, encoder
):
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as linker:
        linker.add(files)
        records = linker.build().built[0].records
        taught = next(item.link for item in linker.sdg() if not item.link.indicator)
        linker.decide(taught.link_id, "reject", "Amina")
        linker.build()
        assert judged[0] == records
        assert 0 < judged[1] < records
        grown = made(linker)
        linker.build(anew=True)
        assert judged[2] == records
        assert made(linker) == grown


def test_a_basis_tells_what_was_added_changed_and_taken_away():
    before = Basis("engine", {"same": "1", "changed": "1", "gone": "1"}).summary()
    now = Basis("engine", {"same": "1", "changed": "2", "new": "1"})
    assert now.changed_since(before) == {"changed", "new", "gone"}
    assert Basis("another", now.records).changed_since(before) is None
    assert now.changed_since({}) is None


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    yield store
    store.close()


def sdg(record_id, probability=0.7):
    return SdgLink(record_id, 0, "16.2", "16.2.1", "direct", probability, "propose")


def test_links_of_records_that_were_not_made_again_stay(store):
    store.save_build("XVM", "one", [], [sdg("A"), sdg("B"), sdg("C")], [], {})
    store.save_build("XVM", "two", [], [sdg("B", 0.9)], [], {}, remade={"B", "C"})
    assert store.sdg_links() == [sdg("B", 0.9), sdg("A")]
    assert store.bands(schema.sdg_links, "XVM") == {"propose": 2, "ask": 0, "hide": 0}


def test_a_link_goes_with_its_record_to_another_state(store):
    link = Convergence("A", "B", 0, 0, 0.9, 0.95, "convergence", False, "propose")
    store.save_build("XVM", "one", [link], [sdg("A")], [], {})
    store.save_build("KEN", "one", [link], [sdg("A")], [], {})
    assert store.convergences("KEN") == [link]
    store.save_build("XVM", "two", [], [], [], {})
    assert store.convergences() == [link]
    assert store.sdg_links("KEN") == [sdg("A")]


def test_a_digest_is_that_of_the_record_alone(store):
    one, other = Record("A", "Ratify it", state="KEN"), Record("B", "Ban it", state="KEN")
    store.save_records([one])
    before = store.record_digests("KEN")
    store.save_records([other])
    assert store.record_digests("KEN").items() > before.items()
    assert store.records_of(["A", "nothing"]) == {"A": one}
