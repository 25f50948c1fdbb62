"""The numbers as JSON, as a page and as the lines that README.md quotes."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.speed.measure import Row, pace

Parts = dict[str, list[Row]]
"""Rows by the title of their part."""

NOTE = (
    "Each part runs in a process of its own. Alternatives run in the same process on the same "
    "texts, turn by turn, and the least of {repeats} repeats counts: compare ratios, not seconds, "
    "between machines. Files of the machine are in its cache, as they are when a program has run "
    "before."
)


def machine() -> str:
    """Return what the numbers were measured on, in a few words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"Python {platform.python_version()}, ten million additions in {pace():.1f} s"
    return f"{cores} cores, {platform.machine()}, {python}"


def write(found: Parts, output: Path) -> None:
    """Write the numbers as JSON, and a page beside it."""
    measured_on = machine()
    plain = {"machine": measured_on, "parts": _plain(found)}
    output.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    output.with_suffix(".md").write_text(as_markdown(found, measured_on), encoding="utf-8")


def read(path: Path) -> Parts:
    """Return what `write` wrote."""
    parts = json.loads(path.read_text(encoding="utf-8"))["parts"]
    return {title: [Row.from_dict(row) for row in rows] for title, rows in parts.items()}


def as_text(found: Parts) -> str:
    """Return the numbers to print."""
    lines = []
    for title, rows in found.items():
        lines += ["", title.upper()]
        lines += ["  ".join([f"{r.what:<88}", f"{r.shown:>10}", *_rest(r)]).rstrip() for r in rows]
    return "\n".join(lines)


def as_markdown(found: Parts, measured_on: str) -> str:
    """Return all numbers as a page."""
    from evaluation.speed.measure import REPEATS

    lines = ["# How fast it is", "", "Made by `make bench`; do not edit.", ""]
    lines += [NOTE.format(repeats=REPEATS), "", f"Measured on {measured_on}.", ""]
    for title, rows in found.items():
        lines += [f"## {title}", "", *table(rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(rows: Sequence[Row]) -> list[str]:
    """Return rows as the lines of a Markdown table."""
    lines = ["| measured | | aim | beside |", "|---|---|---|---|"]
    for row in rows:
        what = f"… {row.what.strip()}" if row.what.startswith(" ") else row.what
        lines.append(f"| {what} | {row.shown} | {_aim(row)} | {row.beside} |")
    return lines


def quoted(found: Parts) -> list[str]:
    """Return the lines that README.md quotes."""
    return table([row for rows in found.values() for row in rows if row.quoted])


def _plain(found: Parts) -> dict[str, list[dict[str, Any]]]:
    return {title: [row.to_dict() for row in rows] for title, rows in found.items()}


def _aim(row: Row) -> str:
    if row.met is None:
        return ""
    unit = row.unit if row.unit == "×" else f" {row.unit}".rstrip()
    words = f"{row.aim[0]} {float(row.aim[1:]):,g}{unit}"
    return f"{words}, {'met' if row.met else 'not met'}"


def _rest(row: Row) -> list[str]:
    return [f"{_aim(row):<16}", row.beside]
