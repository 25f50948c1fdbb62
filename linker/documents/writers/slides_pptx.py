"""The x-ray as slides for a briefing: few words a slide, every picture a table or shapes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linker.documents.inputs import Options, Source
from linker.documents.selection import shown_clusters
from linker.documents.writers.phrasing import (
    BETWEEN,
    EXPLANATION,
    capital,
    clean,
    contrasting,
    footer,
)
from linker.documents.writers.reproducible_zip import settled
from linker.documents.xray_numbers import Picture, ThemePicture, picture
from linker.i18n.messages import tr, tr_plural
from linker.review.cluster_results import ShownCluster
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name, official_title
from linker.vocabulary.text import clipped

WIDE, HIGH, MARGIN, TOP = 338.7, 190.5, 15.0, 36.0
"""A slide of 16 to 9 in millimetres, its margins, and where the content begins."""
LINES, THEMES, MEASURES = 8, 12, 7
"""Lines, themes and measures on a slide; what is left out is counted."""
LISTED = 230
"""Characters of the subjects of a claim on a slide."""
DARK, GREY = "1F3A5F", "5A6672"
FONT = "Arial"


def write_slides_pptx(source: Source, options: Options, path: Path) -> None:
    """Write title, who raised what, themes, claims, measures and goals, a slide each."""
    made = picture(source, options)
    deck = _Deck(source)
    records = tr_plural("{n} record", "{n} records", len(made.records))
    themes = tr_plural("{n} theme", "{n} themes", len(made.themes))
    deck.title(tr("{records} in {themes}", records=records, themes=themes))
    if made.themes:
        _who(deck, made)
        _largest(deck, made)
        for title, found in made.claimed().items():
            lines = [
                f"{capital(said)}: {_listed([claim.subject for claim in claims])}"
                for said, claims in found.items()
            ]
            deck.lines(tr(title), lines)
        _measures(deck, shown_clusters(source, options))
        _goals(deck, made)
    deck.lines(tr("How to read this"), [tr(EXPLANATION), source.notice, footer(source)])
    deck.save(path)


class _Deck:
    """Slides of one State."""

    def __init__(self, source: Source) -> None:
        from pptx import Presentation
        from pptx.util import Mm

        self._source = source
        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Mm(WIDE), Mm(HIGH)
        properties = self._deck.core_properties
        properties.title = clean(tr("{state_name}: thematic x-ray", state_name=source.state_name))
        properties.author, properties.language = f"Linker {source.version}", "en-GB"
        properties.comments = clean(source.notice)

    def title(self, said: str) -> None:
        """Add the first slide."""
        slide = self._slide(self._source.state_name, size=40)
        lines = [tr("Thematic x-ray of recommendations"), said, self._source.calendar]
        self._text(slide, lines, TOP + 14, 20)

    def lines(self, title: str, lines: Sequence[str]) -> None:
        """Add a slide of lines; those that do not fit are counted."""
        said = [line for line in lines if line]
        left = len(said) - LINES
        more = [tr("And {left} more in the document.", left=left)] if left > 0 else []
        self._text(self._slide(title), [*said[:LINES], *more], TOP, 16)

    def table(self, title: str, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """Add a slide with a table, its first row the heading."""
        from pptx.util import Mm, Pt

        slide = self._slide(title)
        place = Mm(MARGIN), Mm(TOP), Mm(sum(widths)), Mm(8 * len(rows))
        frame = slide.shapes.add_table(len(rows), len(widths), *place)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(title))
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, row in enumerate(rows):
            for cell, text in zip(frame.table.rows[number].cells, row, strict=True):
                cell.text = clean(text)
                for paragraph in cell.text_frame.paragraphs:
                    for run in paragraph.runs:
                        run.font.size, run.font.name, run.font.bold = Pt(12), FONT, not number

    def bars(self, title: str, bars: Sequence[tuple[str, dict[str, int]]]) -> None:
        """Add a slide with a bar for each (name, number by mechanism), its number behind it."""
        slide = self._slide(title)
        most = max(sum(counts.values()) for _, counts in bars)
        step = (HIGH - TOP - 16) / max(len(bars), 1)
        for number, (name, counts) in enumerate(bars):
            y, x = TOP + number * step, MARGIN + 112.0
            self._label(slide, name, MARGIN, y, 110, step)
            for code, count in counts.items():
                width = 170.0 * count / most
                colour = mechanism(code).colour.lstrip("#")
                words = tr(
                    "{name}: {count} of {short}",
                    name=name,
                    count=count,
                    short=official_name(mechanism(code).short),
                )
                self._box(slide, x, y + step * 0.15, width, step * 0.6, colour, words)
                x += width
            self._label(slide, str(sum(counts.values())), x + 2, y, 20, step)
        codes = dict.fromkeys(code for _, counts in bars for code in counts)
        legend = " · ".join(official_name(mechanism(code).plural) for code in codes)
        self._label(
            slide, tr("Colours, from the left: {legend}", legend=legend), MARGIN, HIGH - 14, 250, 8
        )

    def chips(self, title: str, chips: Sequence[tuple[str, str, str]]) -> None:
        """Add a slide with (code, colour, words) of each goal."""
        slide = self._slide(title)
        for number, (code, colour, words) in enumerate(chips):
            x, y = MARGIN + 155.0 * (number % 2), TOP + 15.0 * (number // 2)
            self._box(slide, x, y, 12, 11, colour, words, code)
            self._label(slide, words, x + 15, y, 136, 12)

    def save(self, path: Path) -> None:
        """Write the deck; the same content gives the same bytes."""
        buffer = io.BytesIO()
        self._deck.save(buffer)
        path.write_bytes(settled(buffer.getvalue(), self._source.date))

    def _slide(self, title: str, size: float = 28) -> Any:
        from pptx.util import Mm, Pt

        slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (
            Mm(MARGIN), Mm(10), Mm(WIDE - 2 * MARGIN), Mm(22),
        )  # fmt: skip
        shape.text_frame.text = clean(title)
        shape.text_frame.word_wrap = True
        for run in shape.text_frame.paragraphs[0].runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), True, FONT
            run.font.color.rgb = _rgb(DARK)
        if self._source.notice:
            self._label(slide, self._source.notice, MARGIN, HIGH - 9, WIDE - 2 * MARGIN, 7, 10)
        return slide

    def _text(self, slide: Any, lines: Sequence[str], top: float, size: float) -> None:
        from pptx.util import Mm, Pt

        place = Mm(MARGIN), Mm(top), Mm(WIDE - 2 * MARGIN), Mm(HIGH - top - 14)
        frame = slide.shapes.add_textbox(*place).text_frame
        frame.word_wrap = True
        for number, line in enumerate(line for line in lines if line):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.name = clean(line), Pt(size), FONT
            paragraph.space_after = Pt(8)

    def _label(
        self, slide: Any, text: str, x: float, y: float, width: float, height: float, size: int = 12
    ) -> None:
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Mm, Pt

        box = slide.shapes.add_textbox(Mm(x), Mm(y), Mm(width), Mm(height)).text_frame
        box.word_wrap, box.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        box.margin_top = box.margin_bottom = 0
        run = box.paragraphs[0].add_run()
        run.text, run.font.size, run.font.name = clean(text), Pt(size), FONT
        run.font.color.rgb = _rgb(GREY if size < 12 else "1A2B3C")

    def _box(
        self, slide: Any, x: float, y: float, width: float, height: float, colour: str, words: str,
        text: str = "",
    ) -> None:  # fmt: skip
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Mm, Pt

        shape = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Mm(x), Mm(y), Mm(max(width, 0.5)), Mm(height)
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False
        shape._element.nvSpPr.cNvPr.set("descr", clean(words))
        if text:
            frame = shape.text_frame
            frame.margin_left = frame.margin_right = 0
            run = frame.paragraphs[0].add_run()
            run.text, run.font.size, run.font.bold = text, Pt(14), True
            run.font.color.rgb = _rgb(contrasting(f"#{colour}").lstrip("#"))


def _rgb(code: str) -> Any:
    from pptx.dml.color import RGBColor

    of_code: Any = RGBColor.from_string
    return of_code(code)


def _who(deck: _Deck, made: Picture) -> None:
    names = [official_name(mechanism(code).plural) for code in made.mechanisms]
    rows = [[tr("Umbrella"), *names, tr("All")]]
    for umbrella, themes in made.umbrellas().items():
        counts = [sum(theme.count(code) for theme in themes) for code in made.mechanisms]
        rows.append([umbrella, *(str(n or "·") for n in counts), str(sum(counts))])
    share = (WIDE - 2 * MARGIN - 110) / (len(names) + 1)
    deck.table(tr("Who raised what"), rows, [110.0, *[share] * (len(names) + 1)])


def _largest(deck: _Deck, made: Picture) -> None:
    themes = sorted(made.themes, key=lambda t: (-len(t.records), t.theme.theme_id))
    named = [theme for theme in themes if not theme.theme.is_rest][:THEMES]
    left = len(made.themes) - len(named)
    more = tr(" (and {left} more)", left=left) if left else ""
    if named:
        bars = [(clipped(t.theme.label, 70), _counts(made, t)) for t in named]
        deck.bars(tr("The largest themes{more}", more=more), bars)


def _listed(subjects: Sequence[str]) -> str:
    """Return as many subjects as a line of a slide holds, and how many more there are."""
    shown = [
        subject
        for place, subject in enumerate(subjects)
        if not place or len(BETWEEN.join(subjects[: place + 1])) <= LISTED
    ]
    left = len(subjects) - len(shown)
    return BETWEEN.join([*shown, *([tr("and {more} more", more=left)] if left else [])])


def _counts(made: Picture, theme: ThemePicture) -> dict[str, int]:
    return {code: n for code in made.mechanisms if (n := theme.count(code))}


def _measures(deck: _Deck, clusters: Sequence[ShownCluster]) -> None:
    """Add what most records ask for, the most first; what was confirmed is marked."""
    ranked = sorted(clusters, key=lambda c: (-len(c.records), not c.confirmed, c.cluster_id))
    if not ranked:
        return
    rows = [[tr("Measure"), tr("Who asked"), ""]]
    for one in ranked[:MEASURES]:
        mark = tr("confirmed") if one.confirmed else tr("proposal")
        rows.append([clipped(one.title, 110), clipped(one.summary, 120), mark])
    left = len(ranked) - MEASURES
    more = tr(" (and {left} more)", left=left) if left > 0 else ""
    deck.table(tr("What is asked most{more}", more=more), rows, [150.0, 130.0, 28.0])


def _goals(deck: _Deck, made: Picture) -> None:
    chips = [
        (
            goal.code,
            goal.colour.lstrip("#"),
            tr(
                "{title}: {sure} confirmed, {proposed} proposed",
                title=official_title(goal.code, goal.title),
                sure=sure,
                proposed=proposed,
            ),
        )
        for goal, sure, proposed in made.goals
        if sure + proposed
    ]
    if chips:
        deck.chips(tr("Sustainable Development Goals"), chips)
