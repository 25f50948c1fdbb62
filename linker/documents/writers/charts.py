"""The x-ray's pictures as SVG and HTML, each with a text for those who cannot see it.

Documents and pages show the same: there is one drawing of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linker.documents.writers import page
from linker.documents.writers.map_frame import map_frame
from linker.documents.writers.phrasing import contrasting
from linker.documents.xray_numbers import Picture, ThemePicture
from linker.i18n.messages import tr, tr_plural
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_title
from linker.vocabulary.text import clipped

WIDTH = 960
BAR_HEIGHT, BAR_GAP, LABEL_WIDTH = 18, 8, 300
TIMELINE_HEIGHT = 190
MAP_EDGE, MAP_BELOW = 50, 40
HEAT = (31, 95, 139)
"""Full colour of the heatmap; cells are mixed with white by their share of the largest."""
STYLE = """
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-size: .87rem; }
.legend i { display: inline-block; width: .9em; height: .9em; margin-inline-end: .4em;
  border-radius: 2px; vertical-align: -1px; }
.heat td.n { text-align: center; font-variant-numeric: tabular-nums; }
.heat .none { color: var(--soft, #6b7379); }
.heat thead th { text-align: center; } .heat a { color: inherit; text-decoration: none; }
.heat caption { text-align: start; padding-bottom: .3rem; }
.heat { width: auto; min-width: 60%; }
.timeline { min-width: 46rem; } .timeline text { font: 12px Arial, sans-serif;
  fill: var(--ink, #3b4856); text-anchor: middle; }
.timeline .v { font-weight: 700; } .timeline .c { fill: var(--brand, #1f5f8b); }
.map { min-width: 46rem; } .map text { font: 10px Arial, sans-serif;
  fill: var(--ink, #1a2b3c); text-anchor: middle; paint-order: stroke;
  stroke: var(--paper, #fff); stroke-width: 3px; }
.map .disc { fill: var(--wash, #f2f5f8); stroke: var(--line, #d5dce3); }
.goals { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: .9rem 1.4rem; font-size: .85rem; } .goal { break-inside: avoid; }
.goal .chip { font-size: 1.2rem; } .goal.empty { color: var(--soft, #56626e); }
.goal .name { font-weight: 600; }
.track { height: .5rem; background: var(--wash, #eef1f4); border-radius: 3px; margin: .25rem 0; }
.track i { display: block; height: 100%; border-radius: 3px; }
"""
"""Rules for all pictures, of a document or within an element of a page, which names its colours."""


Link = Callable[[str, str], str]
"""From a theme's id, and a body for its records of that body alone, to the attributes of a link
that leads there; to nothing where none does."""


def anchor(theme_id: str, body: str = "") -> str:
    """Return the link to where a theme stands further down in the same document."""
    return "" if body else f'href="#{page.text(theme_id)}"'


def legend(mechanisms: Iterable[str]) -> str:
    """Return what the colours of some mechanisms mean."""
    items = "".join(
        f'<span><i style="background:{mechanism(m).colour}"></i>'
        f"{page.text(official_name(mechanism(m).short))}</span>"
        for m in mechanisms
    )
    return f'<p class="legend">{items}</p>'


def theme_bars(made: Picture, themes: list[ThemePicture], name: str) -> str:
    """Return one bar a theme, in the colours of the mechanisms, as a table that grows and wraps."""
    longest = max(len(theme.records) for theme in made.themes)
    rows = []
    for theme in themes:
        parts = []
        for code in made.mechanisms:
            count = theme.count(code)
            if count:
                width = f"{100 * count / longest:.2f}%"
                hint = f"{official_name(mechanism(code).short)}: {count}"
                colour = mechanism(code).colour
                parts.append(
                    f'<span style="width:{width};background:{colour}" title="{hint}">{count}</span>'
                )
        said = ", ".join(
            f"{official_name(mechanism(m).short)} {theme.count(m)}" for m in made.mechanisms
        )
        anchor, label = page.text(theme.theme.theme_id), page.text(theme.theme.label)
        rows.append(
            f'<div class="bar"><a href="#{anchor}">{label}</a>'
            f'<div role="img" aria-label="{label}: {said}">{"".join(parts)}</div>'
            f"<b>{len(theme.records)}</b></div>"
        )
    return f'<div class="bars" role="group" aria-label="{page.text(name)}">{"".join(rows)}</div>'


def heatmap(made: Picture, link: Link = anchor) -> str:
    """Return themes by bodies: numbers on colours.

    Args:
        made: the x-ray in numbers.
        link: where themes and numbers lead.
    """
    most = max((t.body_count(b) for t in made.themes for b in made.bodies), default=1) or 1
    heads = "".join(
        f'<th scope="col">{page.text(official_name(body))}</th>' for body in made.bodies
    )
    rows = []
    for umbrella, themes in made.umbrellas().items():
        span = len(made.bodies) + 2
        rows.append(f'<tr class="theme"><th colspan="{span}">{page.text(umbrella)}</th></tr>')
        for theme in themes:
            cells = "".join(
                _heat(theme.body_count(body), most, link(theme.theme.theme_id, body))
                for body in made.bodies
            )
            label = _linked(page.text(theme.theme.label), link(theme.theme.theme_id, ""))
            rows.append(
                f'<tr><th scope="row">{label}</th>{cells}'
                f'<td class="n">{len(theme.records)}</td></tr>'
            )
    caption = tr("Number of records by theme and body; the stronger the colour, the more.")
    return (
        f'<div class="wide"><table class="heat"><caption class="quiet">{caption}</caption>'
        f'<thead><tr><th scope="col">{tr("Theme")}</th>{heads}'
        f'<th scope="col">{tr("All")}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _linked(content: str, link: str) -> str:
    """Return what leads somewhere as a link; as it is where it leads nowhere."""
    return f"<a {link}>{content}</a>" if link else content


def _heat(count: int, most: int, link: str) -> str:
    if not count:
        return '<td class="n none">·</td>'
    share = 0.12 + 0.88 * count / most
    colour = "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in HEAT)
    ink = contrasting(colour, least=4.5)
    style = f"--share:{100 * share:.0f}%;background:{colour};color:{ink}"
    # Hundreds of numbers are no stops for the Tab key: their themes are, and the filters.
    number = _linked(str(count), link and f'tabindex="-1" {link}')
    return f'<td class="n" style="{style}">{number}</td>'


def timeline(made: Picture) -> str:
    """Return an SVG of records by year, stacked by mechanism, UPR cycles named below."""
    years = made.years
    if not years:
        return f'<p class="quiet">{page.text(tr("No record has a year."))}</p>'
    most = max(sum(counts.values()) for counts in years.values())
    step = (WIDTH - 40) / len(years)
    bar, scale = min(step * 0.7, 70), (TIMELINE_HEIGHT - 30) / max(most, 1)
    drawn = []
    for number, (year, counts) in enumerate(years.items()):
        left, top = 20 + number * step + (step - bar) / 2, float(TIMELINE_HEIGHT)
        for code in made.mechanisms:
            height = counts[code] * scale
            if not height:
                continue
            top -= height
            drawn.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{bar:.1f}" height="{height:.1f}" '
                f'fill="{mechanism(code).colour}"><title>{year}, '
                f"{official_name(mechanism(code).short)}: {counts[code]}</title></rect>"
            )
        middle = left + bar / 2
        total = sum(counts.values())
        if total:
            drawn.append(f'<text x="{middle:.1f}" y="{top - 5:.1f}" class="v">{total}</text>')
        drawn.append(f'<text x="{middle:.1f}" y="{TIMELINE_HEIGHT + 17}">{year}</text>')
        if year in made.cycles:
            cycle = page.text(tr("UPR cycle {cycle}", cycle=made.cycles[year]))
            drawn.append(
                f'<text x="{middle:.1f}" y="{TIMELINE_HEIGHT + 34}" class="c">{cycle}</text>'
            )
    said = "; ".join(
        f"{year}: " + ", ".join(f"{official_name(mechanism(m).short)} {counts[m]}" for m in counts)
        for year, counts in years.items()
        if counts
    )
    alt = page.text(tr("Records by year. {said}", said=said))
    return (
        f'<div class="wide"><svg class="timeline" viewBox="0 0 {WIDTH} {TIMELINE_HEIGHT + 44}" '
        f'role="img" aria-label="{alt}">'
        f'<line x1="20" x2="{WIDTH - 20}" y1="{TIMELINE_HEIGHT}" y2="{TIMELINE_HEIGHT}" '
        f'stroke="#8794a1"/>{"".join(drawn)}</svg></div>'
    )


def goals(made: Picture) -> str:
    """Return a tile for each of the 17 goals with how many records are linked to it."""
    most = max((confirmed + proposed for _, confirmed, proposed in made.goals), default=1) or 1
    tiles = []
    for goal, confirmed, proposed in made.goals:
        total = confirmed + proposed
        width = 100 * total / most
        said = tr(
            "{confirmed} confirmed, {proposed} proposed", confirmed=confirmed, proposed=proposed
        )
        name = page.text(tr("Goal {code}: {said}", code=goal.code, said=said))
        of_goal = tr_plural("{n} record", "{n} records", total)
        tiles.append(
            f'<div class="goal{"" if total else " empty"}">{page.chip(goal.code, goal.colour)} '
            f'<span class="name">{page.text(official_title(goal.code, goal.title))}</span>'
            f'<div class="track" role="img" aria-label="{name}">'
            f'<i style="width:{width:.1f}%;background:{goal.colour}"></i></div>'
            f'<span class="quiet">{of_goal} ({said})</span></div>'
        )
    return f'<div class="goals">{"".join(tiles)}</div>'


def record_map(made: Picture, link: Link = anchor) -> str:
    """Return an SVG of all records as dots in the discs of their themes; empty without places.

    Args:
        made: the x-ray in numbers.
        link: where the discs of themes lead.
    """
    frame = map_frame(made, WIDTH, MAP_EDGE, MAP_BELOW)
    if frame is None:
        return ""
    drawn = []
    for disc, dots in frame.discs:
        theme = disc.theme
        said = page.text(
            f"{theme.theme.label}: {tr_plural('{n} record', '{n} records', len(theme.records))}"
        )
        circle = (
            f'<circle cx="{disc.x:.1f}" cy="{disc.y:.1f}" r="{disc.radius:.1f}" class="disc">'
            f"<title>{said}</title></circle>"
        )
        parts = [circle]
        parts += [
            f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{frame.dot:.1f}" '
            f'fill="{mechanism(dot.mechanism).colour}"><title>{page.text(dot.label)}</title>'
            "</circle>"
            for dot in dots
        ]
        room = disc.radius * 0.36 / frame.dot
        parts += _disc_label(theme.theme.label, disc.x, disc.y + disc.radius + 11, room)
        to = link(theme.theme.theme_id, "")
        drawn.append(_linked("".join(parts), f'aria-label="{said}" {to}'))
    alt = page.text(map_words(made))
    # A group and no picture: it holds links.
    return (
        f'<div class="wide"><svg class="map" viewBox="0 0 {WIDTH} {frame.height:.0f}" '
        f'role="group" aria-label="{alt}">{"".join(drawn)}</svg></div>'
    )


def map_words(made: Picture) -> str:
    """Return the map in words."""
    return tr(
        "Map of {records} in {themes}: each disc a theme, each dot a record; like themes "
        "lie near each other.",
        records=tr_plural("{n} record", "{n} records", len(made.records)),
        themes=tr_plural("{n} theme", "{n} themes", len(made.themes)),
    )


def _disc_label(label: str, x: float, y: float, radius: float) -> list[str]:
    """Return a label in at most two lines below its disc, cut to the room that discs leave."""
    fits = round(11 + 3 * radius)
    words, lines = label.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= fits or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], clipped(" ".join(lines[1:]), fits)]
    return [
        f'<text x="{x:.1f}" y="{y + 11 * number:.1f}">{page.text(clipped(line, fits + 4))}</text>'
        for number, line in enumerate(lines)
    ]
