"""SDG targets and indicators that Word prints, from links and verdicts; see `recounted`."""

import re
from collections.abc import Iterator

import lxml.html
from docx.table import Table
from recounted import blocks, capital, tables
from recounted_matrix import matrix_rows
from recounted_rows import _is_marked
from recounted_xray import KnownOfThemes

from linker.i18n.messages import tr
from linker.sdg.framework import framework
from linker.vocabulary.official import official_title

LINE = re.compile(r"^\s*(\d{1,2}\.\w{1,2}(?:\.\d{1,2})?)\s+(.*?)…?\s*\[([^\]]*)\]\s*$")
"""Code, title as far as it is printed, and mark of a target or indicator."""


def _wrong_line(line: str, records, themes: KnownOfThemes) -> Iterator[str]:
    found = LINE.match(line)
    if not found:
        return
    code, title, mark = found.groups()
    if not official_title(code, framework()[code].title).startswith(title.strip()):
        yield f"{code} is not titled {title!r}"
    links = [themes.shown_sdg[r.id][code] for r in records if code in themes.shown_sdg[r.id]]
    if not any(_is_marked(mark, *link) for link in links):
        yield f"{code} is marked {mark!r}, and {len(links)} links say otherwise"


def wrong_sdg_in_measures(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what a matrix by cluster in Word says of indicators otherwise than links."""
    *_, main = tables(path)
    heads = [cell.text for cell in main.rows[0].cells]
    place = heads.index(tr("Indicators"))
    for row in matrix_rows(main, themes.known):
        for line in row.cells[place].split("\n"):
            faults = _wrong_line(line, row.own, themes)
            yield from (f"row {row.cells[0][:30]!r}: {fault}" for fault in faults)


def wrong_sdg_in_factsheet(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what a factsheet says of targets and indicators otherwise than links."""
    lines = [one for one in blocks(path) if not isinstance(one, Table)]
    title = next(one.text for one in lines if one.style.name == "Title")
    (theme,) = [t for t in themes.known.themes if capital(t.label) == title]
    printed = [one.text for one in lines if LINE.match(one.text)]
    if not printed and any(themes.shown_sdg[record.id] for record in themes.records(theme)):
        yield f"{title}: no target"
    for line in printed:
        yield from (f"{title}: {w}" for w in _wrong_line(line, themes.records(theme), themes))


def apart(word, page) -> Iterator[str]:
    """Yield lines of a factsheet in Word that its page does not have."""
    text = lxml.html.fromstring(page.read_text("utf-8")).text_content()
    shown = " ".join(text.split())
    for one in blocks(word):
        said = "" if isinstance(one, Table) else " ".join(one.text.split())
        if one_of_bullets(one) and said not in shown:
            yield said


def one_of_bullets(one) -> bool:
    """Whether a block is a line of a list."""
    return not isinstance(one, Table) and one.style.name == "List Bullet"
