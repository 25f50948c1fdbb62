"""The clusters as a spreadsheet: one row a record, cluster by cluster, to sort and filter."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Mark, Options, Source
from linker.documents.selection import shown_clusters
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import EXPLANATION, capital
from linker.documents.writers.xlsx import Column
from linker.links import BY_HAND
from linker.review.cluster_results import ShownCluster, ShownMember

COLUMNS = (
    Column("number", "Cluster", 30),
    Column("who", "Who asked", 22),
    Column("reference", "Record", 22),
    Column("ask", "What it asks", 60),
    Column("position", "Position", 11),
    Column("mark", "How sure", 20),
    Column("theme", "Theme", 20),
    Column("targets", "Linked SDG targets", 14),
    Column("cluster_id", "Cluster id", 15),
    Column("id", "Record id", 20),
)


def write_clusters_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the clusters, every cell text."""
    workbook = sheets.new_workbook(source, "Clusters")
    sheet = workbook.active
    lines = ["All asks for the same measure, whoever asked and when.", EXPLANATION]
    top = sheets.put_top(sheet, source, "Clusters", lines)
    sheets.put_header(sheet, top, COLUMNS)
    rows = (
        _values(cluster, member)
        for cluster in shown_clusters(source, options)
        if cluster.decision is None or cluster.decision.verdict != "reject"
        for member in cluster.members
    )
    for number, values in enumerate(rows, start=top + 1):
        sheets.put_row(sheet, number, COLUMNS, values)
    sheets.print_setup(sheet, source, top, COLUMNS, first="A:A")
    sheets.save(workbook, path, source)


def _values(cluster: ShownCluster, member: ShownMember) -> list[str]:
    return [
        cluster.title,
        cluster.summary,
        member.record.label,
        member.text,
        capital(member.record.position),
        _mark(member),
        cluster.theme,
        "\n".join(target.target for target in cluster.targets),
        cluster.cluster_id,
        member.record.id,
    ]


def _mark(member: ShownMember) -> str:
    if member.member.band == BY_HAND and not member.confirmed:
        return "put here by hand"
    return Mark.of(member.member.probability, member.decision).text
