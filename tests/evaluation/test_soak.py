"""An office at work for a minute: no decision is lost or doubled."""

import pytest

from evaluation.speed.soak import Office, soak


@pytest.mark.long
def test_a_small_office_loses_and_doubles_no_decision():
    pytest.importorskip("websockets")
    office = Office(
        reviewers=4, workspaces=2, decisions=3, think=1.0, reruns=20, processes=2, lists=2
    )
    rows = {row.what: row for row in soak(office)}
    assert rows["decisions lost"].beside.startswith("of 12;")
    assert rows["decisions lost"].value == rows["decisions doubled"].value == 0
    assert len(rows) == 7
