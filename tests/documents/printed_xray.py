"""Reads what an x-ray shows, in Word, HTML or slides, into one shape; see `recounted_xray`."""

import re
from dataclasses import dataclass, field

import docx
import lxml.html
from docx.table import Table
from pptx import Presentation
from recounted import blocks

from linker.i18n.messages import tr


@dataclass
class PrintedTheme:
    """A theme: facts by name, targets with their number, and the lines of its records."""

    facts: dict[str, str] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


@dataclass
class PrintedXray:
    """An x-ray; what a format does not show stays None.

    Attributes:
        summary: the sentence that counts records and themes.
        table: heading row and rows of who raised what.
        years: year -> mechanism -> number.
        undated: the sentence on those without a year.
        claims: (heading, of whom, subjects).
        goals: goal -> (confirmed, proposed).
        themes: label -> theme.
        largest: (label, number) of the largest themes, by bars.
        asked: (measure, who asked, mark) of what is asked most.
    """

    summary: str = ""
    table: list[list[str]] = field(default_factory=list)
    years: dict[str, dict[str, int]] | None = None
    undated: str = ""
    claims: list[tuple[str, str, list[str]]] = field(default_factory=list)
    goals: dict[str, tuple[int, int]] = field(default_factory=dict)
    themes: dict[str, PrintedTheme] | None = None
    largest: list[tuple[str, int]] | None = None
    asked: list[tuple[str, str, str]] | None = None


def read_xray(path) -> PrintedXray:
    """Read an x-ray by the suffix of its file."""
    return {".docx": _of_word, ".html": _of_html, ".pptx": _of_slides}[path.suffix](path)


def _claim(heading: str, line: str) -> tuple[str, str, list[str]]:
    said, _, subjects = re.sub(r"\s+", " ", line).strip().partition(":")
    return heading, said.strip(), [s.strip() for s in subjects.strip().rstrip(".").split(" · ")]


def _two(text: str) -> tuple[int, int]:
    """The numbers of "…: 0 confirmed, 18 proposed", in any language."""
    first, second = re.findall(r"\d+", text.rpartition(":")[2].replace("\u202f", ""))[:2]
    return int(first), int(second)


def _number(text: str) -> int:
    return 0 if text == "·" else int(re.sub(r"\D", "", text))


def _of_word(path) -> PrintedXray:
    found, heading, theme = PrintedXray(themes={}), "", None
    for one in blocks(path):
        if isinstance(one, Table):
            _word_table(found, heading, [[c.text for c in row.cells] for row in one.rows])
        elif one.style.name == "Heading 1":
            heading, theme = one.text.strip(), None
        elif one.style.name == "Heading 2":
            theme = found.themes.setdefault(one.text.strip(), PrintedTheme())
        elif theme is not None:
            _word_theme(theme, one)
        else:
            _word_line(found, heading, one)
    return found


def _word_line(found: PrintedXray, heading: str, line) -> None:
    style, text = line.style.name, line.text.strip()
    if style == "Small" and not heading and "60" in text:
        found.summary = text
    elif style == "Small" and heading == tr("Over the years"):
        found.undated = text
    elif style == "Item":
        found.goals[line.runs[0].text.strip()] = _two(text)
    elif style == "Normal" and text and line.runs[0].bold:
        found.claims.append(_claim(heading, text))


def _word_table(found: PrintedXray, heading: str, rows: list[list[str]]) -> None:
    if heading == tr("Who raised what"):
        found.table = [row for row in rows if len(set(row)) > 1]
    elif heading == tr("Over the years"):
        names = rows[0][2:-1]
        found.years = {
            row[0]: {n: _number(c) for n, c in zip(names, row[2:-1], strict=True)}
            for row in rows[1:]
        }


def _word_theme(theme: PrintedTheme, paragraph) -> None:
    style, runs = paragraph.style.name, [run.text for run in paragraph.runs]
    if style == "List Bullet":
        theme.lines.append(paragraph.text)
    elif style == "Cell" and runs[0] == tr("SDG targets: "):
        pairs = zip(runs[1::2], runs[2::2], strict=True)
        theme.targets = {code.strip(): int(n.strip(" ×")) for code, n in pairs}
    elif style == "Cell":
        theme.facts.setdefault(runs[0].strip().rstrip(":").strip(), "".join(runs[1:]))


def _of_html(path) -> PrintedXray:
    page = lxml.html.fromstring(path.read_text("utf-8"))
    found = PrintedXray(themes={})
    found.summary = page.xpath("//p[not(ancestor::section)]")[0].text_content()
    for paragraph in page.xpath("//p"):
        if "60" in paragraph.text_content() and not paragraph.xpath("ancestor::section"):
            found.summary = paragraph.text_content()
            break
    heat = page.xpath("//table[@class='heat']")[0]
    rows = [[c.text_content() for c in row.xpath("th|td")] for row in heat.xpath(".//tr")]
    found.table = [row for row in rows if len(row) > 1]
    label = page.xpath("//svg[@class='timeline']/@aria-label")
    found.years = _spoken_years(label[0]) if label else {}
    below = page.xpath("//svg[@class='timeline']/ancestor::div[1]/following-sibling::p[1]")
    found.undated = below[0].text_content() if below and below[0].get("class") == "quiet" else ""
    for item in page.xpath("//h2/following-sibling::ul[1]/li[b]"):
        heading = item.xpath("../preceding-sibling::h2[1]")[0].text_content()
        found.claims.append(_claim(heading, item.text_content()))
    for goal in page.xpath("//div[contains(@class,'goal')][span[@class='name']]"):
        label = goal.xpath(".//div[@class='track']/@aria-label")[0]
        if any(_two(label)):
            found.goals[goal.xpath("span")[0].text_content()] = _two(label)
    for section in page.xpath("//section[@class='t']"):
        found.themes[section.xpath("h3")[0].text_content()] = _html_theme(section)
    return found


def _spoken_years(label: str) -> dict[str, dict[str, int]]:
    years: dict[str, dict[str, int]] = {}
    for year, rest in re.findall(r"(\d{4})\s?: ([^;]+)", label):
        pairs = re.findall(r"([^,]+?) (\d+)(?:, |$)", rest)
        years[year] = {name.strip(): int(number) for name, number in pairs}
    return years


def _html_theme(section) -> PrintedTheme:
    theme = PrintedTheme()
    for name, value in zip(section.xpath(".//dt"), section.xpath(".//dd"), strict=True):
        if name.text_content() == tr("SDG targets"):
            pairs = [chip.text_content().split(" × ") for chip in value.xpath("span")]
            theme.targets = {code: int(number) for code, number in pairs}
        else:
            theme.facts.setdefault(name.text_content(), value.text_content())
    theme.lines = [
        li.text_content() for li in section.xpath(".//ul[contains(@class,'records')]/li")
    ]
    return theme


def _of_slides(path) -> PrintedXray:
    found, slides = PrintedXray(), list(Presentation(str(path)).slides)
    # That the State is made up stands on every slide.
    notice = set.intersection(*(
        {s.text_frame.text for s in slide.shapes if s.has_text_frame} for slide in slides
    ))  # fmt: skip
    for number, slide in enumerate(slides):
        title = slide.shapes.title.text_frame.text
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        rows = [[c.text for c in row.cells] for table in tables for row in table.rows]
        texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame][1:]
        texts = [text for text in texts if text not in notice]
        if not number:
            found.summary = texts[0].split("\n")[1]
        elif title == tr("Who raised what"):
            found.table = rows
        elif title.startswith(tr("The largest themes{more}", more="")):
            shown = [t for t in texts if t]
            found.largest = [
                (name, int(count)) for name, count in zip(shown[::2], shown[1::2], strict=False)
                if count.isdecimal()
            ]  # fmt: skip
        elif title.startswith(tr("What is asked most{more}", more="")):
            found.asked = [(row[0], row[1], row[2]) for row in rows[1:]]
        elif title == tr("Sustainable Development Goals"):
            pairs = zip(texts[::2], texts[1::2], strict=False)
            found.goals = {code: _two(said) for code, said in pairs if code.isdecimal()}
        elif title != tr("How to read this"):
            lines = "\n".join(texts[-1:] if len(texts) == 1 else texts).split("\n")
            found.claims += [_claim(title, line) for line in lines if ":" in line]
    return found


def shown_tables(path) -> list[list[list[str]]]:
    """The tables of a Word document as texts."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(path)).tables
    ]
