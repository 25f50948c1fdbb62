"""The x-ray of a State as a Word document for the desk officer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.documents.inputs import Options, Source
from linker.documents.shown_links import Mark
from linker.documents.writers import word
from linker.documents.writers.charts import HEAT, map_words
from linker.documents.writers.map_png import record_map_png
from linker.documents.writers.phrasing import BETWEEN, EXPLANATION, capital
from linker.documents.writers.wordparts import Cell, Par, Run, band, cells
from linker.documents.xray_numbers import (
    NUMBER_OF_THEMES,
    Picture,
    ThemePicture,
    picture,
    theme_facts,
)
from linker.i18n.messages import tr, tr_plural
from linker.review.results import ProposedConvergence
from linker.sdg.framework import framework
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_title

WIDTH = 180.0
FIRST, LAST = 50.0, 11.0
BLOCK = 2.2
"""Millimetres that a block of the timeline's bars is wide at most, whatever the font."""
TARGETS = 12


def write_xray_docx(source: Source, options: Options, path: Path) -> None:
    """Write heatmap, timeline, gaps, SDG coverage and every theme with what is in it."""
    made = picture(source, options)
    subtitle = tr("Thematic x-ray of recommendations")
    document = word.titled_document(
        source, tr("Thematic x-ray"), subtitle, landscape=False, template=options.template
    )
    said = tr(
        "{records} in {themes}. ",
        records=tr_plural("{n} record", "{n} records", len(made.records)),
        themes=tr_plural("{n} theme", "{n} themes", len(made.themes)),
    )
    word.add(document, Par.of(f"{said}{tr(NUMBER_OF_THEMES)} {tr(EXPLANATION)}", "Small"))
    if made.themes:
        word.add_contents(document, _contents(made))
        word.add(document, Par.of(tr("Who raised what"), "Heading 1"))
        share = (WIDTH - FIRST - LAST) / len(made.bodies)
        widths = (FIRST, *(share for _ in made.bodies), LAST)
        word.add_table(
            document,
            widths,
            [tr("Theme"), *map(official_name, made.bodies), tr("All")],
            _heat(made, widths),
            tight=True,
        )
        _timeline(document, made)
        _map(document, made)
        for paragraph in _claims(made):
            word.add(document, paragraph)
        word.add(document, Par.of(tr("Sustainable Development Goals"), "Heading 1"))
        for paragraph in _goals(made):
            word.add(document, paragraph)
        word.add(document, Par.of(tr("Theme by theme"), "Heading 1"))
    for theme in made.themes:
        for paragraph in _theme(made, theme):
            word.add(document, paragraph)
    word.save(document, path, source)


def anchor_of(theme: ThemePicture) -> str:
    """Return the bookmark of a theme."""
    return "theme_" + re.sub(r"\W", "_", theme.theme.theme_id or "none")


def _contents(made: Picture) -> Iterator[Par]:
    for umbrella, themes in made.umbrellas().items():
        yield Par.of(umbrella, "toc 1", target=anchor_of(themes[0]))
        for theme in themes:
            said = f"{capital(theme.theme.label)} ({len(theme.records)})"
            yield Par.of(said, "toc 2", target=anchor_of(theme))


def _heat(made: Picture, widths: tuple[float, ...]) -> Iterator[Any]:
    most = max((t.body_count(b) for t in made.themes for b in made.bodies), default=1) or 1
    for umbrella, themes in made.umbrellas().items():
        yield band(widths, Par.of(umbrella, "Band"), word.THEME)
        for theme in themes:
            row: list[Cell] = [([Par.of(theme.theme.label)], "")]
            row += [_number(theme.body_count(body), most) for body in made.bodies]
            row.append(([Par.of(str(len(theme.records)), bold=True)], ""))
            yield cells(widths, row, whole=True)


def _number(count: int, most: int) -> Cell:
    if not count:
        return [Par.of("·", colour="6B7680")], ""
    share = 0.12 + 0.88 * count / most
    fill = "".join(f"{round(255 - (255 - part) * share):02X}" for part in HEAT)
    return [Par.of(str(count), colour="FFFFFF" if share > 0.55 else word.INK)], fill


def _timeline(document: Any, made: Picture) -> None:
    """Write records by year and mechanism as a table with bars of blocks."""
    years = {year: counts for year, counts in made.years.items() if counts}
    if not years:
        return
    word.add(document, Par.of(tr("Over the years"), "Heading 1"))
    widths = (16.0, 22.0, *(24.0 for _ in made.mechanisms))
    widths = (*widths, WIDTH - sum(widths))
    most = max(sum(counts.values()) for counts in years.values())
    names = [official_name(mechanism(code).short) for code in made.mechanisms]
    rows = [_year(made, year, counts, most, widths) for year, counts in years.items()]
    word.add_table(document, widths, [tr("Year"), tr("UPR cycle"), *names, ""], rows, tight=True)
    if made.undated:
        word.add(document, Par.of(made.undated, "Small"))


def _year(
    made: Picture, year: int, counts: Counter[str], most: int, widths: tuple[float, ...]
) -> Any:
    blocks = widths[-1] / BLOCK
    bar = tuple(
        Run("█" * max(1, int(blocks * counts[m] / most)), colour=mechanism(m).colour.lstrip("#"))
        for m in made.mechanisms
        if counts[m]
    )
    row: list[Cell] = [
        ([Par.of(str(year), bold=True)], ""),
        ([Par.of(made.cycles.get(year, ""))], ""),
    ]
    row += [([Par.of(str(counts[m] or "·"))], "") for m in made.mechanisms]
    return cells(widths, [*row, ([Par(bar, "Cell small")], "")], whole=True)


def _map(document: Any, made: Picture) -> None:
    """Write the map of records, where the x-ray has one, and what its numbers and colours mean."""
    png, discs = record_map_png(made)
    if not png:
        return
    word.add(document, Par.of(tr("Map of records"), "Heading 1"))
    said = tr(
        "For looking only: nothing is decided by where a theme lies. Each dot is a record of "
    )
    colours = [
        Run(f"■ {official_name(mechanism(m).short)}  ", colour=mechanism(m).colour.lstrip("#"))
        for m in made.mechanisms
    ]
    word.add(document, Par((Run(said), *colours), "Small"))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    word.add_picture(document, png, WIDTH, map_words(made))
    names = "  ".join(f"{n}\u00a0{disc.theme.theme.label};" for n, disc in enumerate(discs, 1))
    word.add(document, Par.of(names.rstrip(";") + ".", "Small"))


def _claims(made: Picture) -> Iterator[Par]:
    for title, found in made.claimed().items():
        yield Par.of(tr(title), "Heading 1")
        for said, claims in found.items():
            labels = BETWEEN.join(claim.subject for claim in claims)
            yield Par((Run(f"{capital(said)}: ", bold=True), Run(f"{labels}.")), "Normal")


def _goals(made: Picture) -> Iterator[Par]:
    for goal, confirmed, proposed in made.goals:
        if confirmed + proposed:
            said = tr(
                " {title}: {confirmed} confirmed, {proposed} proposed",
                title=official_title(goal.code, goal.title),
                confirmed=confirmed,
                proposed=proposed,
            )
            yield Par((word.chip(goal.code, goal.colour), Run(said)), "Item")


def _theme(made: Picture, theme: ThemePicture) -> Iterator[Par]:
    node = theme.theme
    yield Par((Run(capital(node.label)),), "Heading 2", anchor_of(theme))
    yield Par.of(
        f"{node.umbrella} · {tr_plural('{n} record', '{n} records', len(theme.records))}", "Small"
    )
    yield Par.of(node.description, "Normal", italic=True)
    for name, said in theme_facts(theme, made.claims.of(theme.theme.theme_id)):
        yield Par((Run(f"{name}: ", bold=True), Run(said)), "Cell")
    if theme.targets:
        chips = [Run(tr("SDG targets: "), bold=True)]
        for entry, number in theme.targets[:TARGETS]:
            chips += [word.chip(entry.code, framework().colour(entry.code)), Run(f" × {number}  ")]
        yield Par(tuple(chips), "Cell")
    for record in theme.records:
        weak = tr(" (far from the rest of this theme)") if record.id in theme.weak else ""
        note = "".join((f" [{official_name(record.position)}]" if record.position else "", weak))
        runs = (
            Run(f"{record.label} ", bold=True),
            Run(record.text),
            Run(note, colour=word.GREY),
        )
        yield Par(runs, "List Bullet")
    if theme.inside or theme.across:
        yield Par.of(tr("Convergences"), "Cell head")
    for item in (*theme.inside, *theme.across):
        yield _pair(item)


def _pair(item: ProposedConvergence) -> Par:
    mark = Mark.of(item.link.probability, item.decision)
    runs = (
        Run(f"{item.left.label} ↔ {item.right.label} "),
        Run(f"[{mark.text}]", italic=not mark.confirmed, colour=word.GREY),
    )
    return Par(runs, "Cell beneath")
