"""The pages of a portal: each its address, its template and what the template is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from linker.documents.bibliography import ADDRESS
from linker.documents.by_theme import Block
from linker.documents.heard import cited
from linker.documents.inputs import counted
from linker.documents.midterm import COLOURED_AS, Score
from linker.documents.site.addresses import (
    MEASURES,
    TARGETS,
    address,
    further,
    institution_address,
)
from linker.documents.site.changes import Published
from linker.documents.site.published import (
    Publication,
    PublicRecord,
    grouped,
    review_address,
    theme_address,
)
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.themes.theme import Theme
from linker.vocabulary.bodies import body_name
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.states import state_name
from linker.vocabulary.text import slug

A_PAGE = 100
"""Records in a list on one page."""
NAMES_A_PAGE = 400
LAST_REPORTED, CHANGES_SHOWN, FEED_ENTRIES = 10, 200, 100
LIGHTS = {light: slug(status) if status else "none" for light, status in COLOURED_AS.items()}
"""Class of the dot beside what a score-card says of a theme in words."""


@dataclass(frozen=True)
class Page:
    """A page to be rendered.

    Attributes:
        address: where it lies in the site.
        template: file of the template.
        title: of the page.
        values: what the template is given beside what all are given.
    """

    address: str
    template: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The way from the page to the folder of the site."""
        return "../" * self.address.count("/")


@dataclass(frozen=True)
class Name:
    """A line of a list of names: what it is called, where its page lies, and its records."""

    title: str
    page: str
    records: Sequence[PublicRecord]
    group: str = ""
    note: str = ""
    goal: str = ""

    @property
    def score(self) -> Score:
        """How its records stand."""
        theme = Theme("", self.group, self.title, "", ())
        return Score(Block(theme, tuple(one.row for one in self.records)))


def pages(made: Publication, left: Published) -> Iterator[Page]:
    """Yield every page of the portal.

    Args:
        made: what is published.
        left: what this publication leaves, with the history.
    """
    reviews, themes = _reviews(made), _themes(made)
    bodies, targets = _institutions(made), _targets(made)
    yield _home(made, left, reviews)
    yield Page("search.html", "search.html", "Search")
    yield from _names("recommendations.html", "Recommendations by review", reviews)
    yield from _names("themes.html", "Themes", themes)
    yield from _names("institutions.html", "Institutions", bodies)
    yield from _names("targets.html", "Sustainable Development Goals", targets)
    for name in (*reviews, *themes, *bodies, *targets):
        yield from _listed(name)
    yield from _measures(made)
    for one in made.records:
        yield Page(one.page, "record.html", one.name, _record(one))
    yield Page("score-card.html", "scorecard.html", "Score-card", {
        "umbrellas": _by_group(themes), "lights": LIGHTS, "whole": Name("", "", made.records),
    })  # fmt: skip
    yield _changes(left)
    yield Page("data.html", "data.html", "Open data")
    yield Page("about.html", "about.html", "About this portal")
    for gone, title in sorted(left.withdrawn.items()):
        yield Page(gone, "withdrawn.html", title)


def _home(made: Publication, left: Published, reviews: Sequence[Name]) -> Page:
    told = [one for one in made.records if one.row.entry.reported and one.status]
    told.sort(key=lambda one: one.row.entry.reported, reverse=True)
    return Page("index.html", "home.html", f"Recommendations to {made.source.state_name}", {
        "whole": Name("", "", made.records),
        "numbers": (
            (counted(len(made.records), "recommendation"), "recommendations.html"),
            (counted(len(made.clusters), "measure") + " asked for more than once", "measures.html"),
            (counted(len(made.themes), "theme"), "themes.html"),
            (counted(len(made.institutions), "institution"), "institutions.html"),
            (counted(len(made.targets), "SDG target"), "targets.html"),
        ),
        "reviews": reviews,
        "told": told[:LAST_REPORTED],
        "calendar": made.source.calendar,
        "step": left.history[0],
    })  # fmt: skip


def _reviews(made: Publication) -> list[Name]:
    found = []
    for (body, part), records in made.reviews.items():
        first = records[0].record
        group = mechanism(first.mechanism)
        years = sorted({one.record.year for one in records if one.record.year})
        title = body_name(body) if body != "other" else group.name
        title += f", cycle {part}" if first.is_cyclic and part else f", {part}" if part else ""
        note = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
        found.append(Name(title, review_address(first), records, group.plural, note))
    return found


def _themes(made: Publication) -> list[Name]:
    return [
        Name(theme.label, theme_address(theme), records, theme.umbrella)
        for theme, records in made.themes
    ]


def _institutions(made: Publication) -> list[Name]:
    return [Name(name, institution_address(name), found) for name, found in made.institutions]


def _targets(made: Publication) -> list[Name]:
    found = []
    for code, records in made.targets:
        entry = framework()[code]
        goal = framework()[entry.goal]
        page = address(TARGETS, code)
        group = f"Goal {goal.code}: {goal.title}"
        found.append(Name(str(entry), page, records, group, goal=goal.code))
    return found


def _names(first: str, title: str, names: Sequence[Name]) -> Iterator[Page]:
    """Yield a list of names with their records, on as many pages as it needs."""
    for number, (part, pager) in enumerate(_paged(names, first, NAMES_A_PAGE), start=1):
        values = {"groups": _by_group(part), "total": len(names), "pager": pager, "what": first}
        yield Page(further(first, number), "names.html", title, values)


def _listed(name: Name) -> Iterator[Page]:
    """Yield the pages of a theme, an institution, a review or a target."""
    for number, (part, pager) in enumerate(_paged(name.records, name.page, A_PAGE), start=1):
        values = {"name": name, "records": part, "pager": pager, "first": number == 1}
        yield Page(further(name.page, number), "listing.html", name.title, values)


def _measures(made: Publication) -> Iterator[Page]:
    title = "Measures asked for more than once"
    found = _paged(made.clusters, "measures.html", A_PAGE)
    for number, (part, pager) in enumerate(found, start=1):
        listed = [(address(MEASURES, c.cluster_id), c) for c in part]
        values = {"measures": listed, "total": len(made.clusters), "pager": pager}
        yield Page(further("measures.html", number), "measures.html", title, values)
    for cluster, records in made.measures:
        asks = grouped((member.record.id, member.text) for member in cluster.members)
        sure = {m.record.id for m in cluster.members if m.confirmed}
        rows = [(one, asks[one.record.id], one.record.id in sure) for one in records]
        values = {
            "measure": cluster,
            "rows": rows,
            "name": Name(cluster.title, "", records),
            "states": sorted(map(state_name, cluster.states)),
            "bodies": [body_name(code) for code in cluster.bodies],
        }
        yield Page(address(MEASURES, cluster.cluster_id), "measure.html", cluster.title, values)


def _record(one: PublicRecord) -> dict[str, Any]:
    record = one.record
    return {
        "one": one,
        "record": record,
        "entry": one.row.entry,
        "mechanism": mechanism(record.mechanism).name,
        "body": body_name(record.body) if record.body else "",
        "review": review_address(record),
        "theme_page": theme_address(one.theme) if one.theme else "",
        "institutions": [(name, institution_address(name)) for name in one.institutions],
        "measures": [(c.title, address(MEASURES, c.cluster_id)) for c in one.clusters],
        "targets": [
            (ref, address(TARGETS, ref.entry.parent if ref.role else ref.code))
            for ref in (*one.row.targets, *one.row.indicators)
        ],
        "reported": [(title, value) for title, value in one.reported if title != "Status"],
        "cited": cited(record),
        "document": _document(record),
    }


def _document(record: Record) -> str:
    """Return where the United Nations answers for the document of a record; empty for others."""
    symbol = record.symbol.split(";")[0].strip()
    return f"{ADDRESS}{symbol}" if symbol and "/" in symbol and " " not in symbol else ""


def _changes(left: Published) -> Page:
    """Return the page of changes: the newest of them, and how many more the file lists."""
    room, steps = CHANGES_SHOWN, []
    for step in left.history:
        shown = step.changes[:room]
        room -= len(shown)
        kinds = Counter(change.kind for change in step.changes)
        steps.append((step, shown, kinds, len(step.changes) - len(shown)))
    return Page("changes.html", "changes.html", "What changed", {"steps": steps})


def _by_group(names: Sequence[Name]) -> list[tuple[str, list[Name]]]:
    return list(grouped((name.group, name) for name in names).items())


def _paged(items: Sequence[Any], first: str, size: int) -> Iterator[tuple[Sequence[Any], Any]]:
    """Yield the items of each page, one page at least, with the numbers and addresses of all."""
    count = max(1, -(-len(items) // size))
    everywhere = [(number, further(first, number)) for number in range(1, count + 1)]
    for number, _ in everywhere:
        start = (number - 1) * size
        pager = {"here": number, "pages": everywhere if count > 1 else []}
        yield items[start : start + size], pager
