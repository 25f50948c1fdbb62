"""Every quality number in one run, beside its baselines: ``linker evaluate``.

Each part says what it could not measure because texts or labels are not here. The numbers go to
docs/quality.json and, as tables, to docs/quality.md; README.md quotes the first table.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evaluation.tables import markdown, plain
from linker.errors import LinkerError

Row = dict[str, Any]
Tables = dict[str, list[Row]]
"""Rows by the title of their table."""

NOTE = (
    "Labels were made by language models following written guidelines, not by human experts. "
    "Intervals are 95 % bootstrap intervals. States (for labels, UPR sessions) were left out of "
    "everything that is learned."
)


def main(output: Path | None = None, parts: Sequence[str] = ()) -> None:
    """Measure everything, print it, and write it where told: JSON, and Markdown beside it.

    Args:
        output: the JSON file.
        parts: names in `PARTS`; then these alone are measured, and the file keeps the others.

    Raises:
        LinkerError: there is no such part.
    """
    if unknown := sorted(set(parts).difference(PARTS)):
        raise LinkerError(f"no part {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    before: dict[str, Tables] = {}
    if parts and output and output.is_file():
        before = json.loads(output.read_text("utf-8"))
    found: dict[str, Tables] = {}
    for name, part in PARTS.items():
        if parts and name not in parts:
            if name in before:
                found[name] = before[name]
            continue
        try:
            found[name] = part()
        except (LinkerError, FileNotFoundError) as error:
            found[name] = {f"Not measured: {error}": []}
        print(as_text(name, found[name]), flush=True)
    if output is not None:
        output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        output.with_suffix(".md").write_text(as_markdown(found), encoding="utf-8")


def convergence() -> Tables:
    """Same measure or not: by State left out, by body, bands, reliability, learning curve."""
    from evaluation.convergence.report import numbers

    found = numbers()
    states = [_convergence_row(row) for row in found["states"]]
    tables: Tables = {
        "Convergence, each State left out": states,
        "Convergence, by body that asks": [_convergence_row(row) for row in found["bodies"]],
        "Convergence, what the bands are worth on States left out": [
            {"pairs of": kind, "States": name, "from": bands["propose"], **values}
            for kind, bands in found["bands"].items()
            for name, values in bands.items()
            if isinstance(values, dict)
        ],
    }
    for name, rows in found["reliability"].items():
        tables[f"Convergence, reliability, {name} States"] = rows
    tables["Convergence, learning curve on real States left out"] = [
        {"share": r["share"], "AP": r["average_precision"],
         "95 %": _range(*r["average_precision_interval"])}
        for r in found["learning"]
    ]  # fmt: skip
    return tables | _opposites() | {f"Missing: {what}": [] for what in found["missing"]}


def _opposites() -> Tables:
    from evaluation.convergence.opposites import numbers

    found = numbers()
    return {
        "Opposites, made-up pairs": found["made_up"],
        "Opposites, pairs of real States that are called so": found["real"],
        "Opposites, called so among all near pairs of real States": found["states"],
    }


def _convergence_row(row: Row) -> Row:
    low, high = row["average_precision_interval"]
    return {
        "left out": row["name"],
        "paragraphs": row["paragraphs"],
        "AP": row["average_precision"],
        "95 %": _range(low, high),
        "recall@20": row["recall_at_20"],
        "AP related": row["average_precision_related"],
        "proposed": row["proposed"],
        "right": row["precision_proposed"],
        "right, 95 %": _range(*row["precision_proposed_interval"]),
        "true proposed": row["true_proposed"],
        "true shown": 1 - row["true_hidden"],
        "ECE": row["calibration_error"],
        "MiniLM AP": row["MiniLM"],
        "TF-IDF AP": row["TF-IDF"],
    }


def clusters() -> Tables:
    """Asks for one measure together or not: judged pairs, States clustered in full, questions."""
    from evaluation.clusters.report import numbers, prepared
    from linker.encoding.default import default_encoder

    return numbers(prepared(default_encoder()))


def faithfulness() -> Tables:
    """Whether marked phrases carry the links: on States of which nothing was graded."""
    from evaluation import faithfulness as measured
    from linker.encoding.default import default_encoder

    encoder = default_encoder()
    rows = [
        dataclasses.asdict(of(name, records, encoder))
        for name, records in measured.samples().items()
        for of in (measured.convergence, measured.sdg)
    ]
    kinds = ["convergence", "SDG targets"] * (len(rows) // 2) + ["opposite"]
    rows.append(dataclasses.asdict(measured.opposites(encoder)))
    return {
        "Marked phrases: taking them out costs more than other words": [
            {"links of": row.pop("name"), "kind": kind, **row}
            for kind, row in zip(kinds, rows, strict=True)
            if row["links"]
        ]
    }


def sdg() -> Tables:
    """Targets and indicators of texts of States left out, beside baselines."""
    from evaluation.sdg import roles
    from evaluation.sdg.held_out import numbers
    from linker.encoding.default import default_encoder

    found = numbers()
    tables: Tables = {}
    for name, part in found["texts"].items():
        for level in ("targets", "indicators", "by_source"):
            title = f"SDG {level.replace('_', ' ')}, {part['count']} {name}, States left out"
            tables[title] = [
                {"method": method, **_with_intervals(values)}
                for method, values in part[level].items()
            ]
    tables["SDG, direct told from proxy among indicators that labels and Linker both list"] = [
        {"texts": f"{part['count']} {name}", **part["roles"]}
        for name, part in found["texts"].items()
    ]
    tables["SDG, an indicator for asks of our own, one of each kind for ten indicators"] = (
        roles.numbers(default_encoder())
    )
    tables["SDG, what the bands are worth on real texts left out"] = [
        {"level": level, **values} for level, values in found["bands"].items()
    ]
    for level, rows in found["reliability"].items():
        tables[f"SDG, reliability, {level}"] = rows
    tables["SDG, learning curve on real texts left out"] = [
        _with_intervals(row) for row in found["learning_curve"]
    ]
    return tables


def benchmark() -> Tables:
    """The public SDG benchmark at goal level; learned elsewhere."""
    from evaluation.sdg.benchmark import CHOSEN, numbers
    from linker.encoding.default import default_encoder
    from linker.sdg.evidence import EvidenceMaker

    found = numbers(EvidenceMaker(default_encoder()))
    published = {
        "text2sdg": 0.830, "MiniLM on titles": 0.860, "GPT-4o": 0.872, "SDG Prospector": 0.878,
    }  # fmt: skip
    rows: list[Row] = [{"method": f"{k} (published)", "average": v} for k, v in published.items()]
    for name, value in found["average"].items():
        method = f"Linker, {name}" + (" (chosen beforehand)" if name == CHOSEN else "")
        own = found["own"][name]
        rows.append({"method": method, "average": value, "our own texts, goal left out": own})
    return {f"Public SDG benchmark, {found['texts']:,} texts, average accuracy over goals": rows}


def xray() -> Tables:
    """Themes against headings and tags, and how steady they are."""
    from evaluation.themes.xray import numbers

    found = numbers(speed_too=False)
    return {
        "X-ray: agreement with headings and tags": found["quality"],
        "X-ray: steadiness": found["steadiness"],
    }


def labels() -> Tables:
    """Tags and action categories learned from earlier UPR sessions, on later ones."""
    from evaluation.labels.data import coded, to_learn, to_report
    from evaluation.labels.report import numbers
    from linker.labels.model import Model
    from linker.paths import models_dir

    rows = coded()
    return numbers(Model.load(models_dir() / "labels"), to_learn(rows), to_report(rows))


def languages() -> Tables:
    """Translations read in English, against the records they are translations of."""
    from evaluation.languages.measure import numbers

    return {"Translations of the demonstration State's records": numbers()}


PARTS: dict[str, Callable[[], Tables]] = {
    "Convergence": convergence,
    "Clusters": clusters,
    "SDG targets and indicators": sdg,
    "Explanations": faithfulness,
    "X-ray": xray,
    "Labels": labels,
    "SDG goals": benchmark,
    "Languages": languages,
}


def as_text(name: str, tables: Tables) -> str:
    """Return the tables of one part to print."""
    shown = [f"{title}\n{plain(rows)}" if rows else title for title, rows in tables.items()]
    return "\n\n".join([name.upper(), *shown]) + "\n"


def as_markdown(found: dict[str, Tables]) -> str:
    """Return all tables as a page."""
    lines = ["# How good it is", "", "Made by `make evaluate`; do not edit.", "", NOTE, ""]
    for name, tables in found.items():
        lines += [f"## {name}", ""]
        for title, rows in tables.items():
            lines += [f"**{title}**", "", *markdown(rows), ""]
    return "\n".join(lines).rstrip() + "\n"


BESIDE = ("Linker", "MiniLM", "TF-IDF")


def _clusters(found: dict[str, Tables]) -> list[Row]:
    ways = {r["method"]: r for r in _rows(found, "Clusters", "Clusters, judged pairs, beside")}
    if not ways:
        return []
    shown = [f"{ways[f'{name}, average linkage']['F1']:.2f}" for name in BESIDE]
    return [_beside("Clusters, judged pairs together or apart, F1 (States left out)", *shown)]


def summary(found: dict[str, Tables]) -> list[Row]:
    """Return the numbers that README.md quotes, beside the two baselines."""
    rows: list[Row] = []
    states = {r["left out"]: r for r in _rows(found, "Convergence", "Convergence, each State")}
    for name, whose in (
        ("real", "real States"),
        ("others", "of them, those of few labels"),
        ("UPR-UPR", "from cycle to cycle, real States"),
    ):
        if name in states:
            row = states[name]
            shown = f"{row['AP']:.2f} {row['95 %']}"
            rows.append(_beside(
                f"Same measure, average precision ({whose}, {row['paragraphs']} paragraphs)",
                shown, f"{row['MiniLM AP']:.2f}", f"{row['TF-IDF AP']:.2f}",
            ))  # fmt: skip
            right = f"{row['right']:.2f} {row['right, 95 %']}"
            rows.append(
                _beside(f"Proposed links that are right ({whose}, {row['proposed']})", right)
            )
    rows += _clusters(found)
    targets = {r["method"]: r for r in _rows(found, "SDG targets and indicators", "SDG targets, ")}
    for measure in ("hit@1", "hit@3", "MAP", "set F1") if targets else ():
        ours, titles, words = (
            targets[name][measure]
            for name in ("Linker, States held out", "MiniLM, titles", "TF-IDF, titles")
        )
        rows.append(_beside(f"SDG target, {measure}", ours, titles[:4], words[:4]))
    for row in _rows(found, "SDG targets and indicators", "SDG indicators, ")[:1]:
        rows.append(_beside("SDG indicator that measures it directly, hit@3", row["hit@3"]))
    for kind in ("convergence", "SDG targets"):
        measured = [r for r in _rows(found, "Explanations", "Marked") if r["kind"] == kind]
        if measured:
            share = sum(r["faithful"] * r["links"] for r in measured)
            links = sum(r["links"] for r in measured)
            title = f"Marked phrases carry the link ({kind}, {links} links)"
            rows.append(_beside(title, f"{share / links:.2f}"))
    for row in _rows(found, "Labels", "Issue tags: ")[:1]:
        baseline = _rows(found, "Labels", "Issue tags: ")[1]["micro-F1"]
        rows.append(
            _beside("Issue tags, micro-F1", f"{row['micro-F1']:.2f}", "", f"{baseline:.2f}")
        )
    for row in _rows(found, "Labels", "Action category: ")[:1]:
        baseline = _rows(found, "Labels", "Action category: ")[1]["kappa"]
        rows.append(_beside("Action category, κ", f"{row['kappa']:.2f}", "", f"{baseline:.2f}"))
    return rows


def _rows(found: dict[str, Tables], part: str, title: str) -> list[Row]:
    return next((r for t, r in found.get(part, {}).items() if t.startswith(title)), [])


def _beside(what: str, ours: str, minilm: str = "", tfidf: str = "") -> Row:
    return {"measured on texts never seen": what, "Linker": ours, "MiniLM": minilm, "TF-IDF": tfidf}


def _with_intervals(values: Row) -> Row:
    """Return measures as ``0.92 [0.87, 0.97]``."""
    shown: Row = {}
    for key, value in values.items():
        measured = isinstance(value, dict) and "value" in value
        shown[key] = f"{value['value']:.2f} {_range(*value['interval'])}" if measured else value
    return shown


def _range(low: float, high: float) -> str:
    return "" if math.isnan(low) else f"[{low:.2f}, {high:.2f}]"
