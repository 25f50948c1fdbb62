"""The pictures of the x-ray."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from linker.links import SdgLink
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.sdg.framework import framework
from linker.themes.map import Places
from linker.themes.theme import Xray
from linker.ui.wording import goal_name
from linker.vocabulary.mechanisms import codes, mechanism
from linker.vocabulary.text import clipped

ROW = 26
"""Pixels of one row of the heatmap."""
INK = "#1b2730"
LABEL = 300
"""Pixels a label may be wide; what is longer is cut and stands in the tooltip."""


def of_mechanisms(records: Iterable[Record]) -> dict[str, int]:
    """Return how many records each mechanism made, in the usual order, those without last."""
    counts = Counter(record.mechanism for record in records)
    return {name: counts[name] for name in (*codes(), "") if counts[name]}


def heatmap(xray: Xray, records: Mapping[str, Record]) -> tuple[alt.LayerChart, str]:
    """Return themes by body as a heatmap, and what it shows in words."""
    rows: list[dict[str, Any]] = []
    for theme in xray:
        bodies = Counter(
            (records[m.record_id].mechanism, records[m.record_id].raised_by)
            for m in theme.members
            if m.record_id in records
        )
        rows += [
            {
                "theme": theme.label,
                "body": body,
                "mechanism": mechanism(code).plural,
                "records": number,
            }
            for (code, body), number in bodies.items()
        ]
    order = _bodies(records.values())
    themes = list(dict.fromkeys(theme.label for theme in xray))
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("body:N", sort=order, title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y(
            "theme:N",
            sort=themes,
            title=None,
            axis=alt.Axis(labelLimit=LABEL, labelOverlap=False, labelFlush=False),
        ),
        tooltip=["theme:N", "body:N", "mechanism:N", "records:Q"],
    )
    squares = base.mark_rect(cornerRadius=3, stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color("records:Q", scale=alt.Scale(range=["#dcebf2", "#0f4560"]), legend=None)
    )
    numbers = base.mark_text(fontSize=12).encode(
        text="records:Q",
        color=alt.condition(
            f"datum.records > {max((r['records'] for r in rows), default=0) * 0.45}",
            alt.value("#ffffff"),
            alt.value(INK),
        ),
    )
    fullest = max(rows, key=lambda r: (r["records"], r["theme"]), default=None)
    words = f"{len(themes)} themes by {len(order)} bodies."
    if fullest:
        words += f" Most in one place: {fullest['records']} by {fullest['body']} on "
        words += f"{fullest['theme']}. Empty places may be gaps, or themes outside a body's treaty."
    chart = (squares + numbers).properties(height=ROW * max(len(themes), 1) + 40)
    return _quiet(chart), words


def timeline(records: Sequence[Record]) -> tuple[alt.Chart, str]:
    """Return records by year and mechanism, and what it shows in words."""
    dated = [record for record in records if record.year]
    counts = Counter((record.year or 0, record.mechanism) for record in dated)
    rows = [
        {"year": str(year), "mechanism": mechanism(code).plural, "records": number}
        for (year, code), number in sorted(counts.items())
    ]
    years = sorted({year for year, _ in counts})
    span = [str(year) for year in range(years[0], years[-1] + 1)] if years else []
    present = [name for name in (*codes(), "") if any(m == name for _, m in counts)]
    chart = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "year:O", title=None, scale=alt.Scale(domain=span), axis=alt.Axis(labelAngle=0)
            ),
            y=alt.Y("records:Q", title="Records", axis=alt.Axis(tickMinStep=1)),
            color=_by_mechanism(present),
            tooltip=["year:O", "mechanism:N", "records:Q"],
        )
        .properties(height=300)
    )
    without = len(records) - len(dated)
    words = f"{len(dated)} records from {span[0]} to {span[-1]}." if span else "No dated records."
    words += f" {without} have no year and are left out of this picture." if without else ""
    return _quiet(chart), words


def record_map(
    xray: Xray, records: Mapping[str, Record], places: Places
) -> tuple[alt.LayerChart, str]:
    """Return all records as dots in the discs of their themes, and what it shows in words."""
    dots, labels = [], []
    for theme in xray:
        disc = places.themes.get(theme.theme_id)
        if disc is None:
            continue
        said = clipped(theme.label, 26)
        labels.append({"x": disc[0], "y": disc[1] + disc[2] + 0.4, "label": said})
        for member in theme.members:
            record, dot = records.get(member.record_id), places.records.get(member.record_id)
            if record and dot:
                row = {"record": record.label, "theme": theme.label, "x": dot[0], "y": dot[1]}
                dots.append({**row, "mechanism": mechanism(record.mechanism).plural})
    present = of_mechanisms(records.values())
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, padding=40))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, reverse=True, padding=20))
    points = (
        alt.Chart(_data(dots))
        .mark_circle(size=max(16, min(90, 36000 / max(len(dots), 1))), opacity=0.9)
        .encode(
            x=x,
            y=y,
            color=_by_mechanism(present),
            tooltip=["record:N", "theme:N", "mechanism:N"],
        )
    )
    names = (
        alt.Chart(_data(labels))
        .mark_text(fontSize=11, color=INK, baseline="top")
        .encode(x=x, y=y, text="label:N")
    )
    words = (
        f"For looking only: {len(dots)} records in {len(labels)} themes, like themes near each "
        "other, the most typical record in the middle of its theme. Nothing is decided by it."
    )
    return _quiet((points + names).properties(height=760)), words


def coverage(
    links: Iterable[SdgLink], verdicts: Mapping[str, Decision]
) -> tuple[alt.LayerChart, str]:
    """Return how many records each goal has, in its official colour, and that in words.

    A record counts for a goal when a link to one of its targets is likely or was confirmed, and
    not when it was rejected.
    """
    confirmed, proposed = _by_goal(links, verdicts)
    rows, empty = [], []
    for entry in framework().level("goal"):
        sure = len(confirmed.get(entry.code, ()))
        likely = len(proposed.get(entry.code, ()))
        if not sure + likely:
            empty.append(entry.code)
        goal = {"goal": goal_name(entry.code), "colour": entry.colour, "total": sure + likely}
        rows.append({**goal, "kind": "confirmed", "records": sure, "opacity": 1.0})
        rows.append({**goal, "kind": "proposed", "records": likely, "opacity": 0.6})
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("goal:N", sort=None, title=None, axis=alt.Axis(labelLimit=LABEL)),
        tooltip=["goal:N", "kind:N", "records:Q"],
    )
    bars = base.mark_bar().encode(
        x=alt.X("records:Q", title=None, stack=True, axis=None),
        color=alt.Color("colour:N", scale=None, legend=None),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
        order=alt.Order("kind:N"),
    )
    totals = (
        base.transform_filter("datum.kind == 'confirmed' && datum.total > 0")
        .mark_text(align="left", dx=5, fontSize=13)
        .encode(x="total:Q", text="total:Q")
    )
    words = "Records for each goal. Full colour: confirmed by a reviewer; lighter: likely, nobody "
    words += "has decided yet."
    words += f" None for goals {', '.join(empty)}." if empty else ""
    return _quiet((bars + totals).properties(height=26 * len(rows) // 2)), words


def _by_goal(
    links: Iterable[SdgLink], verdicts: Mapping[str, Decision]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    confirmed: dict[str, set[str]] = {}
    proposed: dict[str, set[str]] = {}
    for link in links:
        decision = verdicts.get(link.link_id)
        verdict = decision.verdict if decision else ""
        goal = link.target.split(".")[0]
        if verdict == "confirm":
            confirmed.setdefault(goal, set()).add(link.record_id)
        elif link.band == "propose" and verdict != "reject":
            proposed.setdefault(goal, set()).add(link.record_id)
    return confirmed, {g: ids - confirmed.get(g, set()) for g, ids in proposed.items()}


def _bodies(records: Iterable[Record]) -> list[str]:
    found = {(mechanism(record.mechanism).place, record.raised_by) for record in records}
    return list(dict.fromkeys(body for _, body in sorted(found)))


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _quiet(chart: Any) -> Any:
    return (
        chart.configure_view(stroke=None)
        .configure_axis(
            grid=False, domain=False, ticks=False, labelFontSize=13, labelPadding=8, labelColor=INK
        )
        .configure_legend(labelFontSize=13, labelColor=INK)
    )


def _by_mechanism(present: Iterable[str]) -> alt.Color:
    """Return the colours of mechanisms; what they mean stands beside the chart."""
    made = [mechanism(name) for name in present]
    colours = {one.plural: one.colour for one in made}
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color("mechanism:N", scale=scale, legend=None)
