"""The clusters as a spreadsheet: one row a record, cluster by cluster, to sort and filter."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.selection import shown_clusters
from linker.documents.shown_links import Mark
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import EXPLANATION, capital
from linker.documents.writers.xlsx import Column
from linker.i18n.messages import tr, tr_later
from linker.links import BY_HAND
from linker.review.cluster_results import ShownMember


def _mark(member: ShownMember) -> str:
    if member.member.band == BY_HAND and not member.confirmed:
        return tr("put here by hand")
    return Mark.of(member.member.probability, member.decision).text


COLUMNS = (
    Column("number", tr_later("Cluster"), 27, lambda cluster, _: cluster.title),
    Column("who", tr_later("Who asked"), 20, lambda cluster, _: cluster.summary),
    Column("reference", tr_later("Record"), 20, lambda _, member: member.record.label),
    Column("ask", tr_later("What it asks"), 52, lambda _, member: member.text),
    Column("position", tr_later("Position"), 11, lambda _, member: capital(member.record.position)),
    Column("mark", tr_later("How sure"), 16, lambda _, member: _mark(member)),
    Column("theme", tr_later("Theme"), 20, lambda cluster, _: cluster.theme),
    Column("targets", tr_later("Linked SDG targets"), 14,
           lambda cluster, _: "\n".join(target.code for target in cluster.targets),
           printed=False),
    Column("cluster_id", tr_later("Cluster id"), 15, lambda cluster, _: cluster.cluster_id,
           printed=False),
    Column("id", tr_later("Record id"), 20, lambda _, member: member.record.id, printed=False),
)  # fmt: skip
"""Columns, the cell of each of a `ShownCluster` and a `ShownMember`."""


def write_clusters_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the clusters, every cell text."""
    workbook = sheets.new_workbook(source, tr("Clusters"))
    sheet = workbook.active
    lines = [tr("All asks for the same measure, whoever asked and when."), EXPLANATION]
    top = sheets.put_top(sheet, source, tr("Clusters"), lines, COLUMNS)
    rows = (
        (cluster, member)
        for cluster in shown_clusters(source, options)
        for member in cluster.members
    )
    sheets.put_table(sheet, top, COLUMNS, rows)
    sheets.print_setup(sheet, source, top, COLUMNS)
    sheets.save(workbook, path, source)
