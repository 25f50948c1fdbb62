"""What a matrix by cluster says, compared with records and logs; see `recounted`."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from docx.table import Table
from docx.text.paragraph import Paragraph
from held_against import plain
from recounted import (
    NO_POSITION,
    NOT_UPR,
    PARAGRAPH,
    Known,
    blocks,
    capital,
    numbers,
    rows_below,
    tables,
)

from linker.i18n.messages import tr


class MatrixRow:
    """A row of the matrix by cluster as Word shows it."""

    def __init__(self, row, known: Known, umbrella: str, theme: str):
        self.umbrella, self.theme = umbrella, theme
        self.cells = [cell.text for cell in row.cells]
        self.own, self.beneath, self.contrary, self.strange = [], [], [], []
        before = ""
        for line in row.cells[1].paragraphs:
            text = plain(line.text)
            if text.startswith("↔"):
                lead = plain(line.runs[0].text)
                is_contrary = lead.startswith(plain(tr("↔ Asks the contrary: {reference} ",
                                                       reference="")))  # fmt: skip
                found = known.named(lead)
                self.strange += [] if found else [text[:80]]
                (self.contrary if is_contrary else self.beneath).extend(found)
            elif text.startswith(plain(tr("Source: "))):
                own = [r for r in known.records.values() if known.is_here(r, before, text)]
                self.strange += [] if len(own) == 1 else [before[:80]]
                self.own += own
            before = text

    @property
    def others(self):
        return [record for named in self.beneath for record in named]


def matrix_rows(table, known: Known) -> list[MatrixRow]:
    found, umbrella, theme = [], "", ""
    for row in table.rows[1:]:
        if len({cell._tc for cell in row.cells}) == 1:
            if row.cells[0].paragraphs[0].style.name == "Heading 1":
                umbrella = theme = row.cells[0].text
            else:
                theme = row.cells[0].text
        else:
            found.append(MatrixRow(row, known, umbrella, theme))
    return found


def wrong_in_measures(path, known: Known) -> Iterator[str]:
    """Yield what a matrix by cluster says and the workspace does not."""
    *totals, main = tables(path)
    rows = matrix_rows(main, known)
    heads = [cell.text for cell in main.rows[0].cells]
    own = Counter(record.id for row in rows for record in row.own)
    yield from (f"{key} stands in {times} rows" for key, times in own.items() if times > 1)
    yield from (f"{record.id} has no row" for record in known.upr if record.id not in own)
    told = {record.id for row in rows for record in (*row.own, *row.others)}
    yield from (f"{key} stands nowhere" for key in known.records if key not in told)
    yield from _torn(rows, known)
    for row in rows:
        yield from (f"row {row.cells[0]!r}: {fault}" for fault in _wrong_row(row, heads, known))
    yield from _wrong_totals(totals, rows, known)
    yield from _wrong_summary(path, rows)


def _torn(rows: list[MatrixRow], known: Known) -> Iterator[str]:
    """Yield two records that people confirmed in one cluster, and that have rows of their own."""
    place = {record.id: at for at, row in enumerate(rows) for record in row.own}
    homes = defaultdict(list)
    for cluster in known.clusters:
        for member in cluster.members:
            if member.decision and member.decision.verdict == "confirm":
                homes[member.record.id].append(cluster.cluster_id)
    for one, other in combinations(sorted(set(place) & set(homes)), 2):
        if homes[one] == homes[other] and len(set(homes[one])) == 1 and place[one] != place[other]:
            yield f"{one} and {other} were confirmed together and stand apart"


def _wrong_row(row: MatrixRow, heads: list[str], known: Known) -> Iterator[str]:
    yield from (f"names no record: {text!r}" for text in row.strange)
    if len(row.own) > 1 and not known.together(row.own):
        yield f"no cluster holds {[record.id for record in row.own]}"
    taken = Counter(r.position or NO_POSITION for r in row.own if r.mechanism == "UPR")
    said = row.cells[heads.index(tr("Position"))].splitlines()
    one = len(taken) == 1
    wanted = sorted(capital(name) if one else f"{capital(name)}: {n}" for name, n in taken.items())
    if sorted(filter(None, said)) != wanted:
        yield f"positions {said}, not {wanted}"
    numbered = [r for r in (*row.own, *row.others) if r.mechanism == "UPR" and r.paragraph]
    paragraphs = {r.paragraph for r in numbered}
    printed = {
        number
        for line in row.cells[0].split("·", 1)[1].splitlines()
        if "/" not in line
        for number in PARAGRAPH.findall(line)
    }
    if printed != paragraphs:
        yield f"numbers {sorted(printed)}, not {sorted(paragraphs)}"
    for named in row.contrary:
        pairs = (frozenset((one.id, other.id)) for one in row.own for other in named)
        if not any("opposite" in known.relations[pair] for pair in pairs):
            yield f"{named[0].id} does not ask for the contrary"
    for named in row.beneath:
        pairs = [(one, other) for one in row.own for other in named]
        same = {r for one, other in pairs for r in known.relations[frozenset((one.id, other.id))]}
        if not same - {"opposite"} and not any(known.together(pair) for pair in pairs):
            yield f"{named[0].id} does not ask the same"
    yield from _wrong_plan(row, heads, known)


def _wrong_plan(row: MatrixRow, heads: list[str], known: Known) -> Iterator[str]:
    for title, field in (
        ("Responsible body", "responsible"), ("Timeline", "deadline"), ("Status", "status"),
    ):  # fmt: skip
        said = plain(row.cells[heads.index(tr(title))])
        values = {known.of(record, field) for record in row.own} - {""}
        wanted = {plain(capital(value) if field == "status" else value) for value in values}
        missing = [value for value in wanted if value.casefold() not in said.casefold()]
        if missing or (said and not values):
            yield f"{title} {said!r}, not {sorted(wanted)}"


def _wrong_totals(totals: list[Table], rows: list[MatrixRow], known: Known) -> Iterator[str]:
    ways = (
        lambda row, r: {(r.position or NO_POSITION) if r.mechanism == "UPR" else NOT_UPR},
        lambda row, r: {row.umbrella},
        lambda row, r: known.bodies(r),
    )
    if len(totals) != len(ways):
        yield f"{len(totals)} tables of totals"
    for table, names in zip(totals, ways, strict=False):
        recommended = Counter(n for row in rows for r in row.own for n in names(row, r))
        measured = Counter(n for row in rows for n in {n for r in row.own for n in names(row, r)})
        wanted = {capital(n): [str(measured[n]), str(recommended[n])] for n in recommended}
        said = {plain(name): [*counts] for name, *counts in rows_below(table)}
        if said != wanted:
            yield f"totals {said}, not {wanted}"


def _wrong_summary(path, rows: list[MatrixRow]) -> Iterator[str]:
    own = [record for row in rows for record in row.own]
    upr = sum(record.mechanism == "UPR" for record in own)
    # Within a row, what asks the same without words of its own is told by its number alone.
    shared = sum(len({r.id for r in (*row.own, *row.others)}) > 1 for row in rows)
    themes = len({(row.umbrella, row.theme) for row in rows})
    wanted = sorted((len(rows), shared, upr, len(own) - upr, themes))
    said = [p.text for p in blocks(path) if isinstance(p, Paragraph) and p.style.name == "Small"]
    sentences = [text.split(". ")[0] for text in said]
    if wanted not in [numbers(text) for text in sentences]:
        yield f"no sentence counts {wanted}: {sentences}"
