"""CSV and JSON of everything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linker.documents.annex import annex
from linker.documents.claims import Claims
from linker.documents.followup import followup
from linker.documents.inputs import Options, Source
from linker.documents.matrix import matrix
from linker.documents.measures import measures
from linker.documents.midterm import midterm
from linker.documents.one_of_each import one_of_each
from linker.documents.plan import plan_rows
from linker.documents.selection import chosen_records, newest_records, shown_clusters
from linker.documents.writers.phrasing import EXPLANATION
from linker.documents.xray_numbers import picture
from linker.records.cells import neutral
from linker.review.decisions import is_theme_edit
from linker.review.results import ProposedConvergence, ProposedSdgLink

Rows = list[dict[str, Any]]
LINK_COLUMNS = (
    "link_id",
    "left_id",
    "right_id",
    "record_id",
    "target",
    "indicator",
    "role",
    "reiteration",
    "probability",
    "probability_related",
    "band",
    "decision",
)

DECIDED = (
    "left_id",
    "right_id",
    "relation",
    "record_id",
    "target",
    "indicator",
    "probability",
)
"""What a decision keeps of its link."""


def write_csv(source: Source, kind: str, rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows as CSV (UTF-8, comma, lists joined by "; "), no cell of which is a formula."""
    columns = _columns(kind, rows)
    path.write_bytes(csv_bytes(source, columns, rows))


def csv_bytes(source: Source, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as `write_csv` writes them; the header stands where there are no rows too."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in _lines(source, columns, rows):
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue().encode("utf-8", errors="replace")


def write_xlsx(source: Source, kind: str, rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows as a workbook whose cells are text: 140.10 stays 140.10, and comes back so."""
    from linker.documents.writers import xlsx

    workbook = xlsx.new_workbook(source, kind.capitalize())
    sheet = workbook.active
    columns = _columns(kind, rows)
    for number, row in enumerate(_lines(source, columns, rows), start=1):
        for place, cell in enumerate(row, start=1):
            xlsx.put(sheet, number, place, cell, bold=number == 1, border=False)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    xlsx.save(workbook, path, source)


def _columns(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the columns of a kind, where there are no rows too."""
    return list(rows[0] if rows else ROWS[kind](one_of_each(), Options())[0])


def _lines(
    source: Source, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> Iterator[list[str]]:
    """Yield the header, then each row as text."""
    notice = [source.notice] if source.notice else []
    yield [*columns, *(["notice"] if notice else [])]
    for row in rows:
        yield [*(_flat(row[column]) for column in columns), *notice]


def write_json(source: Source, kind: str, rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows as JSON: an object that says what it is, with the rows under ``rows``."""
    path.write_bytes(json_bytes(source, kind, rows))


def json_bytes(source: Source, kind: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as `write_json` writes them."""
    about = {
        "kind": kind,
        "state": source.state,
        "state_name": source.state_name,
        "notice": source.notice,
        "linker": source.version,
        "model": source.model,
        "date": source.date,
        "marks": EXPLANATION,
    }
    text = json.dumps({**about, "rows": list(rows)}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", errors="replace")


def matrix_rows(source: Source, options: Options) -> Rows:
    """Return the rows of the matrix."""
    return matrix(source, options).to_rows()


def measure_rows(source: Source, options: Options) -> Rows:
    """Return the rows of the matrix by cluster."""
    return measures(source, options).to_rows()


def annex_rows(source: Source, options: Options) -> Rows:
    """Return one row a measure of the annex."""
    return annex(source, options).to_rows()


def plan_table(source: Source, options: Options) -> Rows:
    """Return the rows of the plan."""
    return [row.to_row() for row in plan_rows(source, options)]


def record_rows(source: Source, options: Options) -> Rows:
    """Return the records as the table format of the importers has them, with their home theme."""
    records, home = newest_records(source, options), source.xray.home()
    names = sorted({name for record in records for name, _ in record.extra})
    rows = []
    for record in records:
        row = record.to_dict()
        extra = row.pop("extra")
        # Columns the product does not know stand beside the known ones, as they came.
        row.update({name: extra.get(name, "") for name in names if name not in row})
        theme = home.get(record.id)
        row["xray_theme_id"] = theme.theme_id if theme else ""
        row["xray_theme"] = theme.label if theme else ""
        rows.append(row)
    return _with_tags(rows) if options.tags else rows


def _with_tags(rows: Rows) -> Rows:
    """Return rows of records with one 0/1 column a tag of any of them: "theme: Torture"."""
    fields = {"theme": "themes", "group": "groups", "goal": "sdgs"}
    tags = {
        name: sorted({tag for row in rows for tag in row[field]}) for name, field in fields.items()
    }
    return [
        row
        | {
            f"{name}: {tag}": int(tag in row[fields[name]])
            for name, known in tags.items()
            for tag in known
        }
        for row in rows
    ]


def link_rows(source: Source, options: Options) -> Rows:
    """Return convergence and SDG links in one table: all that was judged, all not hidden."""
    shown = {record.id for record in chosen_records(source, options)}
    items: list[ProposedConvergence | ProposedSdgLink] = [*source.convergences, *source.sdg]
    rows = [_link(i) for i in items if _is_listed(i, options) and _ends(i) & shown]
    return sorted(rows, key=lambda row: (row["kind"], row["link_id"]))


def xray_rows(source: Source, options: Options) -> Rows:
    """Return one row for each record of each theme."""
    made = picture(source, options)
    shown = {record.id for record in made.records}
    kept = {theme.theme.theme_id for theme in made.themes}
    return [
        row
        for row in source.xray.to_rows()
        if row["record_id"] in shown and row["theme_id"] in kept
    ]


def midterm_rows(source: Source, options: Options) -> Rows:
    """Return the rows of the mid-term report."""
    return midterm(source, options).to_rows()


def followup_rows(source: Source, options: Options) -> Rows:
    """Return the rows of the follow-up report."""
    return followup(source, options).to_rows()


def decision_rows(source: Source, options: Options) -> Rows:
    """Return the log of decisions on links and themes, oldest first, undone ones too."""
    shown = {record.id for record in chosen_records(source, options)}
    found = [(d, dict(d.link)) for d in sorted(source.decisions, key=lambda d: d.seq)]
    return [
        {
            "seq": decision.seq,
            "at": decision.at,
            "reviewer": decision.reviewer,
            "kind": decision.kind,
            "verdict": decision.verdict,
            "link_id": decision.link_id,
            "batch": decision.batch,
            "note": decision.note,
            **{name: link.get(name, "") for name in DECIDED},
            "details": _details(link) if is_theme_edit(decision) else "",
        }
        for decision, link in found
        if {link.get(name) for name in ("left_id", "right_id", "record_id")} & shown
        or (is_theme_edit(decision) and link.get("state", source.state) == source.state)
    ]


def theme_rows(source: Source, options: Options) -> Rows:
    """Return one row a theme, with the ids of its records, strongest first."""
    shown = {record.id for record in chosen_records(source, options)}
    return [
        {
            "theme_id": theme.theme_id,
            "umbrella": theme.umbrella,
            "label": theme.label,
            "description": theme.description,
            "members": [m.record_id for m in theme.members if m.record_id in shown],
            "also": [key for key in theme.also if key in shown],
        }
        for theme in source.xray
        if shown.intersection(member.record_id for member in theme.members)
    ]


def cluster_rows(source: Source, options: Options) -> Rows:
    """Return one row a cluster, with its records and who decided."""
    rows = []
    for cluster in shown_clusters(source, options):
        decision = cluster.decision
        rows.append(
            {
                **cluster.to_row(),
                "members": [record.id for record in cluster.records],
                "confirmed": [m.record.id for m in cluster.members if m.confirmed],
                "reviewer": decision.reviewer if decision else "",
                "decided": decision.at if decision else "",
                "note": decision.note if decision else "",
            }
        )
    return rows


def claim_rows(source: Source, options: Options) -> Rows:
    """Return every claim that was tested about the records chosen, refuted ones too."""
    shown = {record.id for record in chosen_records(source, options)}
    return [row for row in Claims(source).to_rows() if shown.intersection(row["evidence"])]


ROWS: dict[str, Callable[[Source, Options], Rows]] = {
    "matrix": matrix_rows,
    "measures": measure_rows,
    "annex": annex_rows,
    "plan": plan_table,
    "records": record_rows,
    "links": link_rows,
    "clusters": cluster_rows,
    "claims": claim_rows,
    "decisions": decision_rows,
    "themes": theme_rows,
    "midterm": midterm_rows,
    "followup": followup_rows,
    "xray": xray_rows,
}
"""What makes the rows of each kind of table."""


def _is_listed(item: ProposedConvergence | ProposedSdgLink, options: Options) -> bool:
    """Whether a link stands in the table of links: unlike a document it shows rejections too."""
    if options.only_confirmed:
        return item.confirmed
    hidden = item.link.band == "hide" and options.min_band != "hide"
    return item.decision is not None or not hidden


def _link(item: ProposedConvergence | ProposedSdgLink) -> dict[str, Any]:
    row, decision = item.to_row(), item.decision
    kind = row["relation"] if "relation" in row else "indicator" if row["indicator"] else "target"
    return {
        "kind": kind,
        **{column: row.get(column, "") for column in LINK_COLUMNS},
        "reviewer": decision.reviewer if decision else "",
        "decided": decision.at if decision else "",
        "note": decision.note if decision else "",
    }


def _ends(item: ProposedConvergence | ProposedSdgLink) -> set[str]:
    if isinstance(item, ProposedConvergence):
        return {item.link.left_id, item.link.right_id}
    return {item.link.record_id}


def _details(edit: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in edit.items() if value)


def _flat(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
