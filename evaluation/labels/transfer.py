"""How well labels carry to texts that UPR Info never coded: OHCHR's lists, and treaty bodies.

OHCHR files each recommendation to Slovenia under one theme (its heading) and tags it with
several. Tags of UPR Info are coarser than OHCHR's themes: "Rights of the Child" covers four of
them. So two readings are given: the closest theme of each tag shown, and all that the tags cover.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evaluation.bootstrap import interval
from evaluation.sources import corpora
from linker.labels.issues import issues
from linker.labels.labeller import Labeller, Labels
from linker.labels.model import Model
from linker.records.record import Record
from linker.themes.official import official_name

YEARS = (2014, 2019, 2025)


def headings(model: Model) -> list[dict[str, Any]]:
    """Return one row a list of Slovenia: how often predicted themes hold its headings and tags.

    Where a list is missing, one row says so.
    """
    path = corpora() / "slovenia" / "slovenia_upr_thematic_lists_parsed.json"
    if not path.is_file():
        return [{"list": f"missing: {path}"}]
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [_row(year, [e for e in entries if e["year"] == year], model) for year in YEARS]


def _row(year: int, entries: Sequence[dict[str, Any]], model: Model) -> dict[str, Any]:
    records = [
        Record(id=str(n), text=entry["text"], mechanism="UPR") for n, entry in enumerate(entries)
    ]
    found = Labeller(model).label(records)
    heads = [{official_name(entry["theme_cluster"])} for entry in entries]
    both = zip(entries, heads, strict=True)
    tags = [{official_name(tag) for tag in entry["themes"]} | head for entry, head in both]
    reachable = {theme for issue in issues().values() for theme in issue.themes}
    closest = [float(bool(head & set(one.themes))) for head, one in zip(heads, found, strict=True)]
    covered = [float(bool(head & _covered(one))) for head, one in zip(heads, found, strict=True)]
    right = [len(tag & set(one.themes)) for tag, one in zip(tags, found, strict=True)]
    shown = [len(one.themes) for one in found]
    low, high = interval(covered)
    return {
        "list": f"Slovenia {year}",
        "texts": len(entries),
        "heading in closest": sum(closest) / len(closest),
        "heading covered": sum(covered) / len(covered),
        "95 %": f"{low:.3f}–{high:.3f}",
        "closest is a tag": sum(right) / max(sum(shown), 1),
        "no label": sum(not one.issues for one in found) / len(found),
        "heading has a tag": sum(bool(head & reachable) for head in heads) / len(heads),
    }


def _covered(labels: Labels) -> set[str]:
    return {theme for tag, _ in labels.issues for theme in issues()[tag].themes}
