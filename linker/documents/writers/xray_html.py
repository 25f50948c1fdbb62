"""The x-ray of a State as one page: themes, heatmap, timeline, SDGs, and every record."""

from __future__ import annotations

from pathlib import Path

from linker.documents.claims import Claim
from linker.documents.inputs import Options, Source
from linker.documents.shown_links import Mark, ask_text
from linker.documents.writers import charts, page, search_box
from linker.documents.writers.phrasing import BETWEEN, capital
from linker.documents.xray_numbers import (
    NUMBER_OF_THEMES,
    Picture,
    ThemePicture,
    picture,
    theme_facts,
)
from linker.i18n.messages import tr, tr_plural
from linker.records.record import Record
from linker.review.results import ProposedConvergence
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_title

STYLE = (
    charts.STYLE
    + """
.bar { display: grid; grid-template-columns: minmax(9rem, 20rem) 1fr 2.4rem; gap: .6rem;
  align-items: center; padding: .12rem 0; font-size: .9rem; break-inside: avoid; }
.bar > div { display: flex; height: 1.25rem; background: #f2f5f8; border-radius: 3px;
  overflow: hidden; }
.bar span { color: #fff; font-size: .72rem; line-height: 1.25rem; text-align: center;
  min-width: 1.1rem; overflow: hidden; }
.bar b { text-align: end; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { .bar { grid-template-columns: 1fr 2.4rem; gap: 0 .6rem; }
  .bar a { grid-column: 1 / 3; } }
.bar a { color: inherit; text-decoration: none; } .bar a:hover { text-decoration: underline; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .4rem 0;
  font-size: .9rem; } .facts dt { color: #56626e; } .facts dd { margin: 0; }
@media (max-width: 40rem) { .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: .4rem; } }
main > ul.plain > li { padding: .25rem 0; max-width: 60rem; }
section.t { border: 1px solid #d5dce3; border-radius: 6px; padding: .2rem 1rem .8rem;
  margin: 1rem 0; } section.t h3 { margin-top: .7rem; }
.records li { padding: .3rem 0; border-top: 1px solid #e8ecf0; }
details { margin-top: .5rem; } summary { cursor: pointer; font-weight: 600; font-size: .92rem; }
.pair { margin: .5rem 0 .5rem .8rem; padding-inline-start: .7rem; border-inline-start: 3px solid
  #9db4d0; font-size: .9rem; break-inside: avoid; } .pair p { margin: .1rem 0; }
.body { display: inline-block; color: #fff; border-radius: 3px; padding: 0 .4em; font-size: .78em;
  font-weight: 700; }
"""
)


def write_xray_html(source: Source, options: Options, path: Path) -> None:
    """Write the page."""
    made = picture(source, options)
    parts = [_summary(made)]
    if made.themes:
        parts += [_themes(made), _heading(tr("Who raised what")), charts.heatmap(made)]
        parts += [_heading(tr("Over the years")), charts.legend(made.mechanisms)]
        parts.append(charts.timeline(made))
        parts.append(f'<p class="quiet">{made.undated}</p>' if made.undated else "")
        parts.append(_claims(made))
        parts += [_heading(tr("Sustainable Development Goals")), charts.goals(made), _map(made)]
        parts += [
            _heading(tr("Theme by theme")),
            search_box.box(),
            *(_theme(made, theme) for theme in made.themes),
        ]
    title, style = tr("Thematic x-ray of recommendations"), STYLE + search_box.STYLE
    script = search_box.script() if made.themes else ""
    page.write_page(source, title, "\n".join(parts), path, style, script=script)


def _summary(made: Picture) -> str:
    inside = sum(len(theme.inside) for theme in made.themes)
    across = sum(len(theme.across) for theme in made.themes) // 2
    said = tr(
        "{records} in {themes}; {convergences} shown, {inside} of them inside one theme.",
        records=tr_plural("{n} record", "{n} records", len(made.records)),
        themes=tr_plural("{n} theme", "{n} themes", len(made.themes)),
        convergences=tr_plural("{n} convergence", "{n} convergences", inside + across),
        inside=inside,
    )
    return f"<p>{said} {tr(NUMBER_OF_THEMES)}</p>"


def _heading(title: str) -> str:
    return f"<h2>{page.text(title)}</h2>"


def _themes(made: Picture) -> str:
    parts = [_heading(tr("Themes")), charts.legend(made.mechanisms)]
    for umbrella, themes in made.umbrellas().items():
        said = tr_plural("{n} record", "{n} records", sum(len(theme.records) for theme in themes))
        parts.append(f'<h3>{page.text(umbrella)} <span class="quiet">{said}</span></h3>')
        parts.append(charts.theme_bars(made, themes, umbrella))
    return "\n".join(parts)


def _claims(made: Picture) -> str:
    """Return what keeps coming back, what is new, and what one side alone raises."""
    said = ""
    for title, found in made.claimed().items():
        items = [
            f"<b>{page.text(capital(who))}:</b> {BETWEEN.join(_to(claim) for claim in claims)}"
            for who, claims in found.items()
        ]
        said += f"{_heading(tr(title))}{page.listed(items)}"
    return said


def _to(claim: Claim) -> str:
    return f'<a href="#{page.text(claim.about)}">{page.text(claim.subject)}</a>'


def _map(made: Picture) -> str:
    drawn = charts.record_map(made)
    if not drawn:
        return ""
    said = tr(
        "For looking only: two dimensions cannot hold what the themes are made from. "
        "Each disc is a theme, each dot a record, the most typical in the middle; like "
        "themes lie near each other."
    )
    return f"{_heading(tr('Map of records'))}<p>{said}</p>{charts.legend(made.mechanisms)}{drawn}"


def _theme(made: Picture, theme: ThemePicture) -> str:
    node = theme.theme
    records = "".join(f"<li>{_record(r, r.id in theme.weak)}</li>" for r in theme.records)
    inside = "".join(_pair(item) for item in (*theme.inside, *theme.across))
    links = len(theme.inside) + len(theme.across)
    counted = tr_plural("{n} convergence", "{n} convergences", links)
    pairs = f"<details open><summary>{counted}</summary>{inside}</details>"
    facts = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in _facts(made, theme))
    return f"""<section class="t" id="{page.text(node.theme_id)}">
<h3>{page.text(node.label)}</h3>
<p class="quiet">{page.text(node.umbrella)}</p>
<p dir="auto"><i>{page.text(node.description)}</i></p>
<dl class="facts">{facts}</dl>
<details open><summary>{tr_plural("{n} record", "{n} records", len(theme.records))}</summary>
<ul class="plain records">{records}</ul></details>
{pairs if links else ""}
</section>"""


def _facts(made: Picture, theme: ThemePicture) -> list[tuple[str, str]]:
    """Return what is known of a theme as (name, HTML), empty lines left out."""
    chips = " ".join(
        page.chip(
            f"{entry.code} × {number}",
            _colour(entry.code),
            official_title(entry.code, entry.title),
        )
        for entry, number in theme.targets[:12]
    )
    claims = made.claims.of(theme.theme.theme_id)
    return [
        *((name, page.text(said)) for name, said in theme_facts(theme, claims)),
        *([(tr("SDG targets"), chips)] if chips else []),
    ]


def _colour(code: str) -> str:
    from linker.sdg.framework import framework

    return framework().colour(code)


def _record(record: Record, weak: bool) -> str:
    colour = mechanism(record.mechanism).colour
    body = page.text(official_name(record.raised_by))
    far = tr("(far from the rest of this theme)")
    flag = f' <span class="quiet">{page.text(far)}</span>' if weak else ""
    return (
        f'<div dir="auto"><span class="body" style="background:{colour}">{body}</span> '
        f"<b>{page.text(record.label)}</b> {page.position(record.position)}{flag}<br>"
        f"{page.text(record.text)}</div>"
    )


def _pair(item: ProposedConvergence) -> str:
    link = item.link
    found = Mark.of(link.probability, item.decision)
    sides = ((item.left, link.left_ask), (item.right, link.right_ask))
    lines = "".join(
        f'<p dir="auto"><b>{page.text(record.label)}</b> {page.text(ask_text(record, number))}</p>'
        for record, number in sides
    )
    kind = f"{tr('reiteration')} " if link.reiteration else ""
    return f'<div class="pair">{lines}<p>{kind}{page.mark(found)}</p></div>'
