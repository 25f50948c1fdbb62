"""Records that come, change and go leave the links that a build from nothing makes."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.convergence import candidates, convergence
from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.nearest import is_in_sorted, sorted_unique
from linker.convergence.scored_pairs import PairScores, Scored
from linker.encoding.cache import CachedEncoder
from linker.encoding.onnx import OnnxEncoder
from linker.paths import data_dir
from linker.records.importers import Options, read_file

FEW = 12
"""Records of each file of the demonstration State."""
PLACES = 3
"""Nearest records kept here, so that records push one another out."""


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    found = []
    for source in sorted((data_dir() / "sample").glob("*.csv")):
        with source.open(encoding="utf-8", newline="") as lines:
            if {"text", "mechanism"} <= set(csv.DictReader(lines).fieldnames or ()):
                found += list(read_file(source, options=Options())[0])[:FEW]
    assert len({record.mechanism for record in found}) > 1
    return found


@pytest.fixture(scope="module")
def linker(tmp_path_factory):
    return ConvergenceLinker(CachedEncoder(OnnxEncoder(), tmp_path_factory.mktemp("embeddings")))


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setattr(candidates, "NEAREST", PLACES)
    monkeypatch.setattr("linker.convergence.scored_pairs.NEAREST", PLACES)
    monkeypatch.setattr(convergence, "HIDDEN_KEPT", 2)
    monkeypatch.setattr(candidates, "BLOCK", 5)


def after(links, update):
    """Return links by id as an update leaves them."""
    left = {key: link for key, link in links.items() if key not in set(update.dropped)}
    return left | {link.link_id: link for link in update.links}


@settings(max_examples=25)
@given(data=st.data())
def test_updates_leave_what_a_build_from_nothing_makes(data, linker, records):
    here, links, scored = [], {}, None
    for _ in range(3):
        gone = data.draw(st.sets(st.sampled_from(range(len(records))), max_size=15), "gone")
        came = data.draw(st.sets(st.sampled_from(range(len(records))), max_size=25), "came")
        other = data.draw(st.sets(st.sampled_from(range(len(records))), max_size=5), "changed")
        before = {record.id: record for record in here}
        now = {k: v for k, v in before.items() if k not in {records[n].id for n in gone}}
        now |= {records[n].id: records[n] for n in came}
        for n in other & came:
            now[records[n].id] = replace(records[n], text=f"{records[n].text} Train judges.")
        changed = {key for key in before.keys() & now if now[key] != before[key]}
        here = list(now.values())
        update = linker.update(here, scored, changed)
        links, scored = after(links, update), Scored.from_bytes(update.scored.to_bytes())
        assert links == {link.link_id: link for link in linker.link(reversed(here))}


def test_an_update_scores_only_what_is_new(linker, records, monkeypatch):
    judged = []
    score = ConvergenceLinker._scored

    def counted(self, profiles, left, right):
        found = score(self, profiles, left, right)
        judged.append({profiles.records[row].id for row in (*found.one, *found.other)})
        return found

    monkeypatch.setattr(ConvergenceLinker, "_scored", counted)
    first, last = sorted(records, key=lambda r: r.id)[:-1], max(records, key=lambda r: r.id)
    before = linker.update(first)
    assert len(judged.pop()) == len(first)
    grown = linker.update([*first, last], before.scored)
    touched = {i for link in grown.links for i in (link.left_id, link.right_id)}
    assert last.id in touched
    assert len(judged.pop()) < len(first)
    again = linker.update(first, before.scored)
    assert (again.links, again.dropped, judged.pop()) == ([], [], set())


def test_what_is_kept_survives_a_round_trip(linker, records):
    scored = linker.update(records).scored
    back = Scored.from_bytes(scored.to_bytes())
    assert (back.ids, back.nearest.sides) == (scored.ids, scored.nearest.sides)
    for name in ("others", "scores"):
        np.testing.assert_array_equal(getattr(back.nearest, name), getattr(scored.nearest, name))
    for name in PairScores.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(back.pairs, name), getattr(scored.pairs, name))
    np.testing.assert_array_equal(back.kept, scored.kept)


numbers = st.lists(st.integers(0, 50)).map(lambda found: np.array(found, dtype=np.intp))


@given(numbers, numbers)
def test_sorted_numbers_are_compared_as_sets_are(one, other):
    assert sorted_unique(one).tolist() == sorted(set(one.tolist()))
    assert is_in_sorted(one, sorted_unique(other)).tolist() == [
        n in set(other.tolist()) for n in one.tolist()
    ]
