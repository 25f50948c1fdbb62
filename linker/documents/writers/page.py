"""Self-contained HTML pages: nothing from the network, no script but a search box."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from linker.documents.by_theme import ByTheme
from linker.documents.inputs import Source
from linker.documents.shown_links import Mark, SdgRef
from linker.documents.writers.phrasing import EXPLANATION, clean, contrasting, footer
from linker.i18n.language import is_right_to_left_spoken, language
from linker.i18n.messages import tr
from linker.vocabulary.official import official_name

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 15px/1.5 "Segoe UI", Arial, "Noto Sans", sans-serif; color: #1a2b3c;
  background: #fff; margin: 0 auto; padding: 1.5rem; max-width: 76rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2rem; color: #1f3a5f; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem;
  border-bottom: 2px solid #1f3a5f; color: #1f3a5f; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
p { margin: .3rem 0 .7rem; max-width: 60rem; }
a { color: #1f5f8b; }
.quiet, footer { color: #56626e; font-size: .87em; }
.notice { background: #fdf0e7; border-left: 4px solid #9a3412; padding: .5rem .8rem;
  color: #7c2d12; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
th, td { border: 1px solid #c3ccd5; padding: .35rem .5rem; vertical-align: top;
  text-align: start; overflow-wrap: break-word; }
thead th { background: #edf1f6; }
.umbrella th { background: #1f3a5f; color: #fff; font-size: 1rem; }
.theme th { background: #d6e2f0; }
.chip { display: inline-block; padding: 0 .4em; border-radius: 3px; font-weight: 700;
  font-size: .82em; white-space: nowrap; }
.mark { color: #56626e; font-size: .86em; white-space: nowrap; }
.mark.proposal { font-style: italic; }
.mark.confirmed { font-weight: 600; color: #2f6b2f; }
.beneath { margin: .4rem 0 0 .8rem; padding-inline-start: .6rem; border-inline-start: 3px solid
  #9db4d0; font-size: .94em; }
.position { display: inline-block; padding: 0 .4em; border-radius: 3px; background: #eee; }
.supported { background: #e3f1e4; } .partly { background: #eff4dc; } .noted { background: #fbefd9; }
ul.plain { list-style: none; margin: 0; padding: 0; }
footer { margin-top: 2.5rem; border-top: 1px solid #c3ccd5; padding-top: .5rem; }
svg { max-width: 100%; height: auto; display: block; }
@media (max-width: 40rem) { body { padding: .8rem; font-size: 14px; } h1 { font-size: 1.5rem; } }
@page { size: A4 SIZE; margin: 14mm; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } .wide { overflow: visible; }
  thead { display: table-header-group; } tr, .keep { break-inside: avoid; }
  h2, h3 { break-after: avoid; } .no-print { display: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def write_page(
    source: Source,
    title: str,
    body: str,
    path: Path,
    style: str = "",
    size: str = "portrait",
    script: str = "",
) -> None:
    """Write a page with heading, notice and footer.

    Args:
        source: whose State it is about.
        title: what the document is.
        body: HTML between heading and footer.
        path: file to write.
        style: further style rules.
        size: portrait or landscape when printed.
        script: the one that may run, told to browsers by its checksum; none may where it is empty.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    policy += f"; script-src 'sha256-{_checksum(script)}'" if script else ""
    run = f"<script>{script}</script>" if script else ""
    direction = ' dir="rtl"' if is_right_to_left_spoken() else ""
    notice = f'<p class="notice">{text(source.notice)}</p>' if source.notice else ""
    notice += f'<p class="quiet">{text(source.calendar)}</p>' if source.calendar else ""
    page = f"""<!DOCTYPE html>
<html lang="{language()}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="{text(source.footer)}">
<title>{text(source.state_name)}: {text(title)}</title>
<style>{STYLE.replace("SIZE", size)}{style}</style>
</head>
<body>
<header><h1>{text(source.state_name)}</h1><p class="quiet">{text(title)}</p>{notice}</header>
<main>
{body}
</main>
<footer><p>{text(tr(EXPLANATION))}</p><p>{text(footer(source))}</p></footer>{run}
</body>
</html>
"""
    path.write_bytes(page.encode("utf-8", errors="replace"))


def _checksum(script: str) -> str:
    return b64encode(sha256(script.encode("utf-8")).digest()).decode()


def banded(
    made: ByTheme[Any], columns: Sequence[tuple[str, float]], row_of: Callable[[Any], str]
) -> str:
    """Return a table by umbrella and theme, each with a row of its own above.

    Args:
        made: the matrix.
        columns: headings and widths in per cent.
        row_of: makes a row.
    """
    heads = "".join(
        f'<th scope="col" style="width:{w}%">{text(tr(name))}</th>' for name, w in columns
    )
    rows = []
    for umbrella, blocks in made.umbrellas():
        rows.append(_band("umbrella", official_name(umbrella), len(columns)))
        for block in blocks:
            if block.theme.label != umbrella:
                rows.append(
                    _band(
                        "theme",
                        tr("Theme: {label}", label=official_name(block.theme.label)),
                        len(columns),
                    )
                )
            rows += map(row_of, block.rows)
    return (
        f'<div class="wide"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _band(kind: str, name: str, width: int) -> str:
    """Return a row of one cell over all columns: an umbrella or a theme."""
    return f'<tr class="{kind}"><th colspan="{width}">{text(name)}</th></tr>\n'


def text(value: str) -> str:
    """Return text that is safe inside HTML and inside its attributes."""
    return escape(clean(value), quote=True)


def mark(found: Mark) -> str:
    """Return how sure a link is."""
    manner = "confirmed" if found.confirmed else "proposal"
    return f'<span class="mark {manner}">[{text(found.text)}]</span>'


def chip(code: str, colour: str, title: str = "") -> str:
    """Return an SDG code on the official colour of its goal."""
    hint = f' title="{text(title)}"' if title else ""
    style = f"background:{colour};color:{contrasting(colour, least=4.5)}"
    return f'<span class="chip" style="{style}"{hint}>{text(code)}</span>'


def sdg(ref: SdgRef, title: str) -> str:
    """Return chip, title and mark of a target or indicator."""
    role = f" <span class='quiet'>{text(official_name(ref.role))}</span>" if ref.role else ""
    return f"{chip(ref.code, ref.colour, ref.title)} {text(title)}{role} {mark(ref.mark)}"


def position(name: str) -> str:
    """Return the position of a State on a recommendation."""
    if not name:
        return ""
    kind = text(name.split(" ", maxsplit=1)[0])
    return f'<span class="position {kind}">{text(official_name(name))}</span>'


def listed(items: list[str]) -> str:
    """Return a list without bullets; nothing for no items."""
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="plain">{inner}</ul>' if items else ""
