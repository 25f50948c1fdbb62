"""The factsheet as a page to read and print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linker.documents.factsheet import factsheet
from linker.documents.inputs import Options, Source
from linker.documents.writers import page
from linker.documents.writers.factsheet_layout import CHALLENGES, LAWS, LEGAL, Fact, sections
from linker.i18n.messages import tr

STYLE = (
    "body { max-width: 52rem; } .space td { height: 2.2rem; } ul { padding-inline-start: 1.2rem; }"
    "li { margin-bottom: .35rem; } @media print { body { font-size: 9pt; line-height: 1.3; }"
    " h2 { margin: .7rem 0 .3rem; } }"
)


def write_factsheet_html(source: Source, options: Options, path: Path) -> None:
    """Write the factsheet of a theme: the one named, else the one with most convergences."""
    content = sections(factsheet(source, options.theme, options))
    parts = "".join(f"<h2>{page.text(h)}</h2>{_facts(facts)}" for h, facts in content.parts)
    sdg = page.listed([page.sdg(ref, title) for ref, title in content.sdg])
    rows = "".join(
        f"<tr>{''.join(f'<td>{page.text(text)}</td>' for text in (*followed, ''))}</tr>"
        for followed in content.followed or (("", "", ""),)
    )
    heads = "".join(f'<th scope="col">{tr(head)}</th>' for head in CHALLENGES)
    laws = "".join(f'<th scope="col">{tr(head)}</th>' for head in LAWS)
    body = f"""<h2>{page.text(content.title)}</h2>
<p><b>{page.text(content.review)}</b></p>
<p class="quiet">{page.text(content.legend)}</p>
{parts}
<h2>{tr("SDG targets and indicators")}</h2>
{sdg or f'<p class="quiet">{tr("No target is proposed or confirmed yet.")}</p>'}
<h2>{page.text(content.followed_heading)}</h2>
<table class="space"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
<h2>{tr(LEGAL)}</h2>
<table class="space"><thead><tr>{laws}</tr></thead>
<tbody><tr>{"<td></td>" * len(LAWS)}</tr></tbody></table>
<h2>{page.text(content.suggestions_heading)}</h2>
{_facts(content.suggestions)}"""
    page.write_page(source, content.subtitle, body, path, style=STYLE)


def _facts(facts: Sequence[Fact]) -> str:
    items = []
    for fact in facts:
        manner = "mark proposal" if fact.proposal else "quiet"
        style = ' style="white-space:normal"' if fact.note else ""
        note = f' <span class="{manner}"{style}>{page.text(fact.note)}</span>' if fact.note else ""
        items.append(
            f'<li dir="auto"><b>{page.text(fact.lead)}</b> {page.text(fact.text)}{note}</li>'
        )
    return f"<ul>{''.join(items)}</ul>"
