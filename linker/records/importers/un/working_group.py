"""Reports of the UPR Working Group: recommendations with States and positions, and pledges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from linker.records.citing import upr_text
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.numbers import numbers_said
from linker.records.importers.un.positions import Position, position_said, positions_said
from linker.records.importers.un.recommendations import Group, Item, groups_of
from linker.records.importers.un.running import Running
from linker.vocabulary.state_lists import only_states

_SECTION_NAMES = (
    r"\bconclusions\s+and(?:\s*(?:/(?:\s*or)?|or))?\s+recommendations?"
    r"|\bconclusions\s+et(?:\s*(?:/\s*)?ou)?\s+recommandations?"
    r"|\bconclusiones\s+y(?:\s*(?:/\s*)?o)?\s+recomendaciones"
    r"|\bвыводы\s+и(?:\s*(?:/\s*)?или)?\s+рекомендации"
    r"|结论(?:和|及|与)(?:/或)?建议"
)
_SECTION = re.compile(
    rf"(?<!all )(?<!the )(?:{_SECTION_NAMES})"
    r"[\s*†.:]*(?:\*\s*the\s+conclusions[^.]{0,500}+\.\s*)?(?=\d{1,3}\s?\.[\s\d])(?!\d{1,3}\s?[-–])",
    re.I,
)
_INTRODUCES = re.compile(
    r"(?<![\w.])(\d{1,3})\s?\.\s+(?=(?:the\s+(?:following\s+)?recommendations\s+(?:formulated|made"
    r"|listed|below)|in\s+the\s+course\s+of\s+the\s+(?:discussion|interactive)"
    r"|the\s+following\s+recommendations|les\s+recommandations\s+(?:ci-|suivantes|formulées|énumérées)"
    r"|las\s+(?:siguientes\s+)?recomendaciones\s+(?:que|formuladas|siguientes|enumeradas)"
    r"|(?:нижеследующие|следующие|приведенные|перечисленные)\s+[^.]{0,40}рекомендаци))",
    re.I,
)
_PLEDGES = re.compile(
    r"\n[^\n]{0,6}(?:[IVX]+\s*\.\s*)?((?:voluntary\s+(?:pledges|commitments)"
    r"|(?:promesses|engagements?)[^\n.]{0,20}\s+volontaires?|(?:promesas|compromisos)\s+voluntari[ao]s"
    r"|добровольные\s+(?:обещания|обязательства)|自愿(?:认捐|许诺|承诺))[^\n.]{0,60})",
    re.I,
)
_PLEDGE = re.compile(
    r"(?:(?:\A|(?<=[.;]\s))\s*|\n[^\S\n]*)(\d{1,3})\.\s+(.+?)(?=\n[^\S\n]*\d{1,3}\.\s|\Z)", re.S
)
_NOTE_MARK = re.compile(
    r"(?<=\))\s?(?:\d{1,3}|\*+)(?=\s*(?:[;.:,]|\Z))|(?<=\)[;.,])\s?\d{1,2}(?=\s{0,9}\Z)"
)
_NOTE = re.compile(
    r"(?<=[);.])\s+(?:\d{1,2}|\*{1,3})\s+"
    r"(?=(?:The|This|These|It|Original|As|In|Where|Recommendation)\b)"
)
_ANNEX = re.compile(r"\n[^\S\n]*annex\b", re.I)
_REFLECT = re.compile(
    r"^all\s+(?:the\s+)?(?:conclusions|recommendations)\b.*\breflect"
    r"|^toutes\s+les\s+(?:conclusions|recommandations)\b.*\breflètent"
    r"|^todas\s+las\s+(?:conclusiones|recomendaciones)\b.*\breflejan"
    r"|^все\s+(?:выводы|рекомендации)\b.*\bотража|^(?:本报告所载的)?所有结论",
    re.I,
)
_ABOVE = re.compile(
    r"\b(?:above|these)[\w\s,-]{0,30}recommendations?\b|\brecommendations?[\w\s,-]{0,20}\babove\b",
    re.I,
)
_NUMBERED = re.compile(r"\d{1,3}\s?\.\s?\d{1,3}|\bnos?\b\.?\s*\d", re.I)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation as a report prints it.

    Attributes:
        number: "106.1".
        text: without number and trailing States.
        states: recommending States, alpha-3 where known.
        said: the State's position and its mark.
        page: page from 1, or 0.
    """

    number: str
    text: str
    states: tuple[str, ...]
    said: Position
    page: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds beside its proceedings.

    Attributes:
        recommendations: in order.
        pledges: voluntary pledges as (paragraph, text); kept with the source, no records.
        remarks: paragraphs of the section that neither introduce nor recommend, as
            (paragraph, text): what the State said of its positions.
        empty: items without a text, by number.
    """

    recommendations: tuple[Recommendation, ...] = ()
    pledges: tuple[tuple[str, str], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()


def read_report(document: Document) -> Report:
    """Return the recommendations and pledges of a report of the UPR Working Group."""
    running = Running.of(list(_with_states_of_cells(document.paragraphs)))
    start = section_start(running.text)
    if start is None:
        return Report()
    groups = groups_of(running.text[start:])
    groups = _until_reflection(groups)
    said = _positions(groups)
    made: list[Recommendation] = []
    empty: list[str] = []
    for group, position in zip(groups, said, strict=True):
        for item in group.items:
            one = _recommendation(item, position, running.page(start + item.place))
            if one:
                made.append(one)
            else:
                empty.append(item.number)
    made = _marked(made, groups)
    remarks = [(str(g.number), g.text) for g in groups if not g.items and g.text]
    return Report(tuple(made), tuple(_pledges(running.text[start:])), tuple(remarks), tuple(empty))


def _with_states_of_cells(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, cells that only name States in brackets behind the cell before."""
    held: Paragraph | None = None
    for one in paragraphs:
        named = only_states(one.text) if one.in_table and not one.number else ()
        if held and held.in_table and named:
            bare = held.text.rstrip(" ;.")
            held = replace(held, text=f"{bare} ({one.text});")
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def section_start(text: str) -> int | None:
    """Return where the section of recommendations begins, None where there is none."""
    found = [match.end() for match in _SECTION.finditer(text)]
    if found:
        return found[0] if len(found) == 1 else found[-1]
    first = _INTRODUCES.search(text)
    return first.start() if first else None


def _until_reflection(groups: Sequence[Group]) -> list[Group]:
    """Return the groups down to the paragraph that ends the section in every report."""
    kept = []
    for group in groups:
        if _REFLECT.match(group.text):
            break
        kept.append(group)
    return kept


def _positions(groups: Sequence[Group]) -> list[Position]:
    """Return the position each group's introduction says, or what is said behind it of it."""
    said = [position_said(group.text) if group.items else Position() for group in groups]
    for place, group in enumerate(groups):
        if group.items or _NUMBERED.search(group.text):
            continue
        # Where some are said to be accepted, some not, and some to be examined, all are open.
        spoken = positions_said(group.text)
        position = next((one for one in spoken if one.position == "pending"), Position())
        position = position if position.position else position_said(group.text)
        before = [n for n in range(place) if groups[n].items]
        if not position.position or not before:
            continue
        open_ones = [n for n in before if not said[n].position]
        if open_ones:
            for n in open_ones:
                said[n] = position
        elif _ABOVE.search(group.text) and said[before[-1]].position == "pending":
            said[before[-1]] = position
    return said


def _recommendation(item: Item, said: Position, page: int) -> Recommendation | None:
    cited = upr_text(_without_note(_NOTE_MARK.sub("", item.text)))
    text = cited.text.strip(" ;")
    if not re.search(r"\w{2}", text):
        return None
    return Recommendation(item.number, text, cited.recommending_states, said, page)


def _without_note(text: str) -> str:
    """Return an item without a footnote behind it; one that ends with its States has none."""
    bare = text.rstrip()
    bare = bare[:-1].rstrip() if bare.endswith((";", ".")) else bare
    note = None if bare.endswith(")") else _NOTE.search(text)
    return text[: note.start()] if note else text


def _marked(made: Sequence[Recommendation], groups: Sequence[Group]) -> list[Recommendation]:
    """Return the recommendations with what later paragraphs say of single numbers."""
    told: dict[str, Position] = {}
    for group in groups:
        if group.items:
            continue
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", group.text):
            position = position_said(sentence)
            if position.position:
                told.update(dict.fromkeys(numbers_said(sentence), position))
    return [replace(one, said=told.get(one.number, one.said)) for one in made]


def _pledges(section: str) -> list[tuple[str, str]]:
    begins = _PLEDGES.search(section)
    if not begins:
        return []
    ends = _ANNEX.search(section, begins.end())
    text = section[begins.end() : ends.start() if ends else len(section)]
    found = []
    for match in _PLEDGE.finditer(text):
        found.append((match[1], " ".join(match[2].split())))
    if not found and text.strip():
        found.append(("", " ".join(text.split())))
    return found
