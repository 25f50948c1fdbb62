"""Clusters as a spreadsheet: a row for each record, and never what was rejected."""

from dataclasses import replace

import openpyxl
import pytest
from made_up_state import CLUSTERS, made_up

from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.documents.writers.clusters_xlsx import COLUMNS
from linker.errors import NotFound


def rows_of(path):
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == COLUMNS[0].title)
    return [dict(zip([c.name for c in COLUMNS], row, strict=True)) for row in rows[head + 1 :]]


def test_one_row_a_record_with_its_mark(tmp_path):
    path = tmp_path / "clusters.xlsx"
    write("clusters", path, made_up())
    rows = rows_of(path)
    assert [row["id"] for row in rows] == [r.id for r in CLUSTERS[0].records]
    assert {row["number"] for row in rows} == {CLUSTERS[0].title}
    assert rows[0]["mark"] == "confirmed, 2026-03-04"
    assert rows[1]["mark"] == "proposal, 61 %"
    again = tmp_path / "again.xlsx"
    write("clusters", again, made_up())
    assert again.read_bytes() == path.read_bytes()


def test_rejected_and_unwanted_ones_are_left_out(tmp_path):
    (cluster,) = CLUSTERS
    rejected = replace(cluster, decision=replace(cluster.decision, verdict="reject"))
    for suffix in ("csv", "json"):
        path = tmp_path / f"clusters.{suffix}"
        write("clusters", path, made_up(clusters=(rejected,)))
        assert cluster.title not in path.read_text(encoding="utf-8")
        write("clusters", path, made_up())
        assert cluster.title in path.read_text(encoding="utf-8")
    path = tmp_path / "clusters.xlsx"
    write("clusters", path, made_up(clusters=(rejected,)))
    assert rows_of(path) == []
    proposed = replace(cluster, decision=None)
    write("clusters", path, made_up(clusters=(proposed,)), Options(only_confirmed=True))
    assert rows_of(path) == []
    write("clusters", path, made_up(), Options(mechanisms=("TB",)))
    assert rows_of(path) == []


def test_every_narrowing_narrows_clusters_too(tmp_path):
    records = CLUSTERS[0].records
    positions = {record.position for record in records}
    other = next(p for p in ("supported", "noted", "partly supported") if p not in positions)
    for suffix in ("xlsx", "csv", "json"):
        path = tmp_path / f"clusters.{suffix}"
        whole = _listed(path)
        assert CLUSTERS[0].cluster_id in whole or CLUSTERS[0].title in whole
        assert CLUSTERS[0].title not in _listed(path, Options(positions=(other,)))
        with pytest.raises(NotFound, match="responsible 'Nobody': nothing here has it"):
            _listed(path, Options(responsible=("Nobody",)))
    asked = Options(positions=(records[0].position,))
    assert CLUSTERS[0].title in _listed(tmp_path / "clusters.csv", asked)


def test_counts_are_of_records_though_one_asks_twice():
    (cluster,) = CLUSTERS
    torn = cluster.members[1]
    again = replace(torn, member=replace(torn.member, ask=1))
    row = replace(cluster, members=(*cluster.members, again)).to_row()
    assert (row["records"], row["asked_about"], row["new"]) == (2, 1, 1)


def _listed(path, options=None):
    write("clusters", path, made_up(), options or Options())
    return str(rows_of(path)) if path.suffix == ".xlsx" else path.read_text(encoding="utf-8")
