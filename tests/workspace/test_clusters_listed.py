"""Builds make clusters, the command line lists them, and each ask stands in one."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.records.asks import asks
from linker.workspace.workspace import Linker

COLUMNS = ["cluster_id", "title", "records", "asked_by", "cycles", "bodies", "positions", "band",
           "decision"]  # fmt: skip
OF_MEMBERS = ["cluster_id", "title", "record_id", "probability", "band", "decision"]


@pytest.fixture
def listed(demo):
    def run(*args):
        result = CliRunner().invoke(main, ["--workspace", str(demo[0]), "clusters", *args])
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_each_ask_of_each_record_stands_in_one_cluster(demo):
    with Linker.open(demo[0]) as linker:
        every = [shown.member.key for shown in linker.clusters.all().members]
        asked = {(r.id, n) for r in linker.records() for n in range(len(asks(r.text)))}
        assert len(every) == len(set(every))
        assert {key[:2] for key in every} == asked
        shared = linker.clusters("XVM")
        assert 20 < len(shared) < len(every) / 2
        assert all(len(cluster.records) > 1 for cluster in shared)
        assert [len(c.records) for c in shared] == sorted(
            (len(c.records) for c in shared), reverse=True
        )
        assert len(shared.above(0.9)) < len(shared)
        assert str(len(shared)) in repr(shared)
        assert shared[0].title in repr(shared)


def test_clusters_are_listed(listed):
    rows = list(csv.DictReader(io.StringIO(listed())))
    assert list(rows[0])[: len(COLUMNS)] == COLUMNS
    largest = rows[0]
    assert int(largest["records"]) == max(int(row["records"]) for row in rows)
    assert largest["asked_by"].endswith(largest["bodies"])
    sure = json.loads(listed("--format", "json", "--min-probability", "0.9"))
    assert 0 < len(sure) < len(rows)
    assert all(row["probability"] >= 0.9 for row in sure)
    assert "title" in listed("--format", "table", "--state", "XVM")


def test_members_are_listed_one_row_a_record(listed):
    rows = list(csv.DictReader(io.StringIO(listed("--members"))))
    assert list(rows[0])[: len(OF_MEMBERS)] == OF_MEMBERS
    pairs = [(row["cluster_id"], row["record_id"]) for row in rows]
    assert len(pairs) == len(set(pairs))
    counted = {row["cluster_id"]: row["records"] for row in csv.DictReader(io.StringIO(listed()))}
    for cluster_id, records in counted.items():
        assert sum(cluster_id == key for key, _ in pairs) == int(records)
    assert all(0 <= float(row["probability"]) <= 1 for row in rows)


def test_pairs_within_one_document_cluster_and_do_not_converge(tmp_path, encoder):
    table = tmp_path / "rows.csv"
    lines = [
        "id,state,mechanism,body,cycle,paragraph,text",
        'one,XVM,UPR,UPR,3,1,"Abolish the death penalty for all crimes"',
        'two,XVM,UPR,UPR,3,2,"Abolish the death penalty"',
        'three,XVM,UPR,UPR,3,3,"Plant trees along the coast"',
    ]
    table.write_text("\n".join(lines), encoding="utf-8")
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as linker:
        linker.add([table])
        linker.build()
        (cluster,) = linker.clusters()
        assert {record.id for record in cluster.records} == {"one", "two"}
        assert len(linker.convergences()) == 0
        before = linker.store.cluster_digest("XVM")
        linker.build()
        assert linker.store.cluster_digest("XVM") == before
