"""Clusters that another Linker wrote in a form of its own: told, and made again by a build."""

import shutil

import pytest
from sqlalchemy import text

from linker.workspace.workspace import Linker


@pytest.fixture
def former(demo, tmp_path):
    """The demonstration whose clusters carry a field of a form in between."""
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as linker, linker.store.engine.begin() as db:
        db.execute(text("UPDATE clusters SET cluster = json_set(cluster, '$.asks', 3)"))
    return folder


def test_a_build_makes_them_again_and_decisions_stay(former, demo):
    with Linker.open(demo[0]) as linker:
        before = [cluster.cluster_id for cluster in linker.clusters("XVM")]
    with Linker.open(former) as linker:
        assert linker.store.holds_clusters_of_another_form("XVM")
        linker.build()
        assert not linker.store.holds_clusters_of_another_form("XVM")
        assert [cluster.cluster_id for cluster in linker.clusters("XVM")] == before
