"""The portal's open data: one row a record and one row a measure, as CSV and JSON show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linker.documents.shown_links import SdgRef
from linker.documents.site.addresses import MEASURES, address
from linker.documents.site.published import PUBLISHED_FIELDS, Publication, PublicRecord

PLAN_COLUMNS = tuple(name for name in PUBLISHED_FIELDS if name != "indicators")
"""Fields of the plan; its own indicators are the column ``measured_by``, beside those linked."""
RECORD_COLUMNS = (
    "id", "page", "state", "reference", "mechanism", "body", "symbol", "paragraph", "cycle",
    "session", "year", "date", "type", "text", "language", "source_url", "recommending_states",
    "position", "position_source", "themes", "groups", "umbrella", "theme_id", "theme", "clusters",
    "same_measure", "targets", "indicators", "proposed_same_measure", "proposed_targets",
    "proposed_indicators", "reported", "measured_by", *PLAN_COLUMNS,
)  # fmt: skip
MEASURE_COLUMNS = ("cluster_id", "page", "title", "confirmed", "record_ids", "bodies", "cycles",
                   "states", "theme", "since")  # fmt: skip


def record_rows(made: Publication) -> list[dict[str, Any]]:
    """Return one dictionary for each record, `RECORD_COLUMNS`."""
    return [_record_row(one) for one in made.records]


def measure_rows(made: Publication) -> list[dict[str, Any]]:
    """Return one dictionary for each measure, `MEASURE_COLUMNS`."""
    return [
        {
            "cluster_id": cluster.cluster_id,
            "page": address(MEASURES, cluster.cluster_id),
            "title": cluster.title,
            "confirmed": cluster.confirmed,
            "record_ids": sorted(record.id for record in cluster.records),
            "bodies": list(cluster.bodies),
            "cycles": list(cluster.cycles),
            "states": list(cluster.states),
            "theme": cluster.theme,
            "since": cluster.since,
        }
        for cluster in made.clusters
    ]


def _record_row(one: PublicRecord) -> dict[str, Any]:
    record, entry, theme = one.record, one.row.entry, one.theme
    own = {
        name: list(value) if isinstance(value := getattr(record, name), tuple) else value
        for name in RECORD_COLUMNS
        if hasattr(record, name)
    }
    linked = {
        "page": one.page,
        "reference": one.name,
        "type": one.type,
        "umbrella": theme.umbrella if theme else "",
        "theme_id": theme.theme_id if theme else "",
        "theme": theme.label if theme else "",
        "clusters": [cluster.cluster_id for cluster in one.clusters],
        "same_measure": sorted(c.record.id for c in one.same if c.mark.confirmed),
        "targets": _codes(one.row.targets, confirmed=True),
        "indicators": _codes(one.row.indicators, confirmed=True),
        "proposed_same_measure": sorted(c.record.id for c in one.same if not c.mark.confirmed),
        "proposed_targets": _codes(one.row.targets, confirmed=False),
        "proposed_indicators": _codes(one.row.indicators, confirmed=False),
        "reported": entry.reported,
        "measured_by": entry.indicators.splitlines(),
    }
    plan = {name: entry.value(name) for name in PLAN_COLUMNS}
    said = own | linked | plan
    return {name: said[name] for name in RECORD_COLUMNS}


def _codes(refs: Iterable[SdgRef], confirmed: bool) -> list[str]:
    return [ref.code for ref in refs if ref.mark.confirmed == confirmed]
