"""Means to groups are means of pairs, and records that come later need no matrix of all pairs."""

import numpy as np
import pytest
from made_up_recommendations import records

from linker.encoding.default import default_encoder
from linker.themes.build import build_xray
from linker.themes.evidence import gather
from linker.themes.likeness import DECIMALS, Likeness


@pytest.fixture(scope="module")
def evidence():
    return gather([*records("Reservations")[::2], *records()[1::2]], default_encoder())


def groups(evidence):
    return np.arange(len(evidence))[:, None] % 5 == np.arange(5)


def test_records_speak_of_different_kinds(evidence):
    assert len(evidence.likeness.shared) > 1


def test_a_block_is_cut_from_the_matrix_of_all(evidence):
    rows, columns = np.array([7, 3, 20]), np.array([3, 1])
    block = evidence.likeness.between(rows, columns)
    assert np.array_equal(block, evidence.similarity[np.ix_(rows, columns)])
    assert np.array_equal(evidence.similarity, evidence.similarity.T)


def test_the_mean_to_a_group_is_the_mean_over_its_other_members(evidence):
    member = groups(evidence)
    found = evidence.likeness.to_groups(member)
    for row in range(len(evidence)):
        for group in range(5):
            others = np.flatnonzero(member[:, group] & (np.arange(len(evidence)) != row))
            mean = evidence.similarity[row, others].mean()
            assert found[row, group] == pytest.approx(mean, abs=10.0**-DECIMALS)
    some = np.array([5, 2])
    assert np.array_equal(evidence.likeness.to_groups(member, some), found[some])


def test_a_record_alone_is_wholly_like_its_group(evidence):
    member = np.eye(len(evidence), dtype=np.bool_)
    assert np.all(evidence.likeness.to_groups(member).diagonal() == 1.0)


def test_records_added_later_need_no_matrix_of_all_pairs(monkeypatch):
    encoder = default_encoder()
    first = build_xray("XXX", records()[:-3], encoder)
    monkeypatch.setattr(Likeness, "of_all", lambda likeness: pytest.fail("all pairs compared"))
    assert len(build_xray("XXX", records(), encoder, first.themes).home()) == len(records())
