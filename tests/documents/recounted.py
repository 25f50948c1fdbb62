"""Counts anew, from records and logs alone, what documents say in numbers, and compares.

Nothing here calls what documents are made by: the plan is replayed from its log, themes, clusters
and links are taken as the workspace shows them, and a document is read as Word shows it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from held_against import plain

from linker.documents.citation import name, reference
from linker.i18n.language import language
from linker.i18n.messages import tr
from linker.vocabulary.official import official_name, official_state

STATUSES = ("not started", "in progress", "partly implemented", "fully implemented")
LIGHTS = ("mostly done", "under way", "hardly begun", "not reported")
NOBODY, NOT_UPR, NO_POSITION, NO_STATUS = (
    "nobody yet", "not of the UPR", "no position", "no status yet",
)  # fmt: skip
PARAGRAPH = re.compile(r"(?<![\d/.])\d+\.\d+(?![\d.])")


def numbers(text: str) -> list[int]:
    """Whole numbers of a text in ascending order, "1,200", "1.200" and "1 200" as one."""
    joined = re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return sorted(int(n) for n in re.findall(r"\d+", joined))


def capital(name: str) -> str:
    said = official_name(name)
    return said[:1].upper() + said[1:]


def counted(counts) -> list[int]:
    return sorted(number for number in counts.values() if number)


class Known:
    """What a workspace knows of a State."""

    def __init__(self, linker, state: str):
        self.records = {r.id: r for r in linker.store.records(state)}
        self.texts = {key: plain(record.text) for key, record in self.records.items()}
        self.plan: dict[str, dict[str, str]] = {key: {} for key in self.records}
        for change in sorted(linker.plan_log(), key=lambda c: c.seq):
            self.plan.setdefault(change.record_id, {})[change.field] = change.value
        self.themes = list(linker.xray(state).themes)
        self.home = {m.record_id: t for t in self.themes for m in t.members}
        self.clusters = list(linker.clusters(state))
        self.relations = defaultdict(set)
        for item in linker.convergences(state):
            if not (item.decision and item.decision.verdict == "reject"):
                pair = frozenset((item.link.left_id, item.link.right_id))
                self.relations[pair].add(item.relation)
        self.upr = [r for r in self.records.values() if r.mechanism == "UPR"]
        self.newest = str(max((int(r.cycle) for r in self.upr if r.cycle), default=0))

    def of(self, record, field: str) -> str:
        return self.plan[record.id].get(field, "")

    def bodies(self, record) -> set[str]:
        said = re.split(r"[;\n]", self.of(record, "responsible"))
        return {name.strip() for name in said if name.strip()} or {NOBODY}

    def statuses(self, records) -> Counter:
        return Counter(self.of(record, "status") for record in records)

    def together(self, records) -> bool:
        """Whether one cluster that nobody rejected holds all of several records."""
        wanted = {record.id for record in records}
        return any(
            wanted <= {member.record.id for member in cluster.members}
            for cluster in self.clusters
            if not (cluster.decision and cluster.decision.verdict == "reject")
        )

    def named(self, text: str) -> list[list]:
        """The records that a line names, by their reference or number; those of one name together.

        A compilation may cite one paragraph in several records, and several in one.
        """
        found = defaultdict(list)
        for cited, called, record in self._names(language()):
            if _stands_in(cited, text) or _stands_in(called, text):
                found[cited].append(record)
        within = {one for one in found for other in found if one != other and one in other}
        return [records for named, records in found.items() if named not in within]

    def is_here(self, record, text: str, source: str) -> bool:
        """Whether a text and the line below it, which says where it stands, are a record's."""
        is_cited = record.symbol in source and _stands_in(record.paragraph, source)
        return is_cited and self.texts[record.id] in text

    @cache  # noqa: B019 - one for a run of tests
    def _names(self, _: str) -> list[tuple[str, str, object]]:
        every = self.records.values()
        return [(plain(reference(r)), plain(name(r)), r) for r in every]


def _stands_in(named: str, text: str) -> bool:
    """Whether a text names something whole: "CO/5, para. 1" does not stand in "para. 12"."""
    return named in text and bool(re.search(rf"(?<!\w){re.escape(named)}(?![\w.]*\d)", text))


def blocks(path) -> list[Paragraph | Table]:
    """The paragraphs and tables of a document in their order."""
    document = docx.Document(str(path))
    return [
        Paragraph(element, document) if element.tag.endswith("}p") else Table(element, document)
        for element in document.element.body.iterchildren()
        if element.tag.endswith(("}p", "}tbl"))
    ]


def tables(path) -> list[Table]:
    return [one for one in blocks(path) if isinstance(one, Table)]


def rows_below(table) -> Iterator[list[str]]:
    for row in table.rows[1:]:
        yield [cell.text for cell in row.cells]


# The mid-term report


def wrong_in_midterm(path, known: Known) -> Iterator[str]:
    """Yield what a mid-term report counts otherwise than the records and the plan's log."""
    latest = [r for r in known.upr if r.cycle == known.newest]
    summary, card, *_ = tables(path)
    wanted = {}
    for position in {r.position for r in latest}:
        found = known.statuses(r for r in latest if r.position == position)
        called = capital(position) if position else tr("No position")
        wanted[called] = [*(found[s] for s in (*STATUSES, "")), found.total()]
    if len(wanted) > 1:
        wanted[tr("All")] = [sum(column) for column in zip(*wanted.values(), strict=True)]
    said = {row[0]: [int(n) if n != "·" else 0 for n in row[1:]] for row in rows_below(summary)}
    if said != wanted:
        yield f"summary {said}, not {wanted}"
    by_theme = defaultdict(list)
    for record in latest:
        by_theme[official_name(known.home[record.id].label)].append(record)
    scores = [row[at : at + 3] for row in rows_below(card) for at in (0, 3) if row[at]]
    if sorted(label for label, _, _ in scores) != sorted(by_theme):
        yield f"score-card of {len(scores)} themes, not {len(by_theme)}"
    for label, light, done in scores:
        counts = known.statuses(by_theme[label])
        if numbers(done) != sorted((counts[STATUSES[-1]], counts.total())):
            yield f"{label}: {done}, not {counts}"
        if light.removeprefix("● ") != capital(_light(counts)):
            yield f"{label}: {light}, not {_light(counts)} of {counts}"
    yield from _wrong_narrative(path, by_theme, known)


def _light(counts: Counter) -> str:
    done, begun, hardly, silent = LIGHTS
    reported = counts.total() - counts[""]
    if not reported:
        return silent
    if counts["fully implemented"] >= counts.total() / 2:
        return done
    return hardly if counts["not started"] >= reported / 2 else begun


def _wrong_narrative(path, by_theme, known: Known) -> Iterator[str]:
    theme, told = "", set()
    for one in blocks(path):
        if isinstance(one, Paragraph) and one.style.name == "Heading 2":
            theme = one.text
        elif isinstance(one, Paragraph) and one.style.name == "Normal" and one.text:
            counts = known.statuses(by_theme[theme])
            told.add(theme)
            if numbers(one.text) != sorted((counts.total(), *counted(counts))):
                yield f"{theme}: {one.text!r}, not {counts}"
            for status in filter(None, counts):
                if official_name(status) not in one.text:
                    yield f"{theme}: {one.text!r} does not say {official_name(status)}"
    wanted = {
        name
        for name, records in by_theme.items()
        if any(known.of(r, "result") or known.of(r, "evidence") for r in records)
    }
    if told != wanted:
        yield f"told of {sorted(told)}, not {sorted(wanted)}"


# The factsheet


def wrong_in_factsheet(path, known: Known) -> Iterator[str]:
    """Yield what a factsheet counts otherwise than the records and the plan's log."""
    parts: list[tuple[str, list[Paragraph]]] = []
    title = ""
    for one in blocks(path):
        if isinstance(one, Paragraph) and one.style.name == "Heading 1":
            parts.append((one.text, []))
        elif isinstance(one, Paragraph) and one.style.name == "Title":
            title = one.text
        elif isinstance(one, Paragraph) and parts and one.text.strip():
            parts[-1][1].append(one)
    (theme,) = [t for t in known.themes if capital(t.label) == title]
    upr = [r for r in known.upr if known.home.get(r.id) == theme]
    yield from _wrong_recommended(*parts[0], upr, known)
    yield from _wrong_beside(parts, upr, known)
    counts = known.statuses(upr)
    del counts[""]
    start = tr("Status of implementation, and challenges")
    (followed,) = [text for text, _ in parts if text.startswith(start)]
    if numbers(followed.removeprefix(start)) != counted(counts):
        yield f"{followed!r} does not count {counts}"
    yield from (f"{followed!r} without {n}" for n in counts if official_name(n) not in followed)


def _wrong_recommended(heading: str, lines, upr, known: Known) -> Iterator[str]:
    latest = [r for r in upr if r.cycle == known.newest]
    earlier = [r for r in upr if r.cycle != known.newest]
    taken = Counter(r.position or NO_POSITION for r in latest)
    wanted = sorted((int(known.newest), len(latest), *taken.values()))
    # An x-ray may hold a theme that no review was about.
    if latest and numbers(heading) != wanted:
        yield f"{heading!r} does not count {wanted}"
    yield from (f"{heading!r} without {n}" for n in taken if official_name(n) not in heading)
    told: Counter[str] = Counter()
    for line in lines[: len(lines) - bool(earlier)] if upr else ():
        yield from _wrong_measure(line, {r.paragraph: r for r in latest}, told)
    if told != Counter(r.paragraph for r in latest):
        yield f"tells {told} of {[r.paragraph for r in latest]}"
    if earlier:
        yield from _wrong_earlier(lines[-1], earlier)


def _wrong_earlier(line: Paragraph, earlier) -> Iterator[str]:
    if numbers(line.runs[0].text) != [len(earlier)]:
        yield f"{line.text!r} does not count {len(earlier)} of earlier reviews"
    said = PARAGRAPH.findall(line.text)
    if Counter(said) != Counter(r.paragraph for r in earlier):
        yield f"earlier reviews {said}, not {[r.paragraph for r in earlier]}"


def _wrong_measure(line: Paragraph, latest, told: Counter) -> Iterator[str]:
    """Yield who is said to have asked in words of another, or otherwise than the records say."""
    lead, text, note = (*(run.text for run in line.runs), "", "")[:3]
    note = note.split(tr(" [asked before: {list}]", list="").rstrip("] "))[0]
    for number in PARAGRAPH.findall(lead):
        told[number] += 1
        if number in latest and plain(latest[number].text) != plain(text):
            yield f"{number} does not ask: {text[:80]!r}"
    told.update(PARAGRAPH.findall(note))
    for number in PARAGRAPH.findall(f"{lead} {note}"):
        record = latest.get(number)
        said = note if number in lead else note[note.index(f"{number} (") :]
        by = map(official_state, record.recommending_states if record else ())
        yield from (f"{number} without {state}" for state in by if state not in said)
        if record and official_name(record.position) not in said:
            yield f"{number} is {record.position}: {said[:80]!r}"


def _wrong_beside(parts, upr, known: Known) -> Iterator[str]:
    """Yield what other mechanisms are said to ask the same as a recommendation, and do not."""
    same = dict(parts).get(tr("Where other mechanisms ask the same"), ())
    for line in same:
        text = plain(line.text)
        named = known.named(text) + known.named(text[:1].lower() + text[1:])
        asked = [r for several in named for r in several if r.mechanism != "UPR"]
        recommended = [r for several in named for r in several if r in upr]
        pairs = (frozenset((a.id, b.id)) for a in asked for b in recommended)
        if named and not any("convergence" in known.relations[pair] for pair in pairs):
            yield f"does not ask the same: {line.text[:100]!r}"


# The annex


def wrong_in_annex(path, known: Known) -> Iterator[str]:
    """Yield what an annex says of who asked otherwise than the records of confirmed clusters."""
    confirmed = defaultdict(list)
    for cluster in known.clusters:
        if cluster.decision and cluster.decision.verdict == "confirm":
            members = (m for m in cluster.members if m.decision and m.decision.verdict == "confirm")
            records = {member.record.id: member.record for member in members}
            confirmed[cluster.title.rstrip(".")].append(list(records.values()))
    told = Counter()
    for one in blocks(path):
        if isinstance(one, Paragraph) and one.style.name == "Normal" and one.runs[0].bold:
            title = one.runs[0].text.strip().rstrip(".")
            told[title] += 1
            said = one.text[len(one.runs[0].text) :].split("“")[0]
            # Two measures may bear one title; the paragraph has to be right about one of them.
            faults = [list(_wrong_asked(said, records)) for records in confirmed.get(title, [])]
            yield from (f"{title[:50]!r}: {fault}" for fault in min(faults, key=len, default=()))
    for title in {*told, *confirmed}:
        if told[title] != len(confirmed.get(title, ())):
            yield f"{told[title]} paragraphs about {title!r}"


def _wrong_asked(said: str, records) -> Iterator[str]:
    upr = [r for r in records if r.mechanism == "UPR"]
    printed = set(PARAGRAPH.findall(said))
    if printed != {r.paragraph for r in upr}:
        yield f"numbers {sorted(printed)}, not {sorted(r.paragraph for r in upr)}"
    yield from _wrong_reviews(said, upr)
    # The year of a compilation is not that of what it quotes.
    others = (r for r in records if r.mechanism != "UPR" and r.year)
    dated = (r for r in others if not r.symbol.startswith("A/HRC/WG.6/"))
    yield from (f"without {r.body} {r.year}" for r in dated if str(r.year) not in said)
    for position, number in Counter(r.position for r in upr if r.position).items():
        called = re.escape(official_name(position))
        if not re.search(rf"\b{number} {called}|{called}\s?: {number}\b", said):
            yield f"not {number} {official_name(position)}"


def _wrong_reviews(said: str, upr) -> Iterator[str]:
    rounds = defaultdict(set)
    for record in upr:
        rounds[record.year] |= set(record.recommending_states)
    for year, states in rounds.items():
        (part,) = re.findall(rf"((?:(?!\d\)).)*)\b{year} \(", said) or [""]
        part = part.rpartition("),")[2]
        if len(states) > 3 and numbers(part) != [len(states)]:
            yield f"{year}: {part!r}, not {len(states)} States"
        names = [official_state(state) for state in states] if len(states) <= 3 else []
        yield from (f"{year}: {part!r} without {named}" for named in names if named not in part)


# The follow-up report


def wrong_in_followup(path, known: Known) -> Iterator[str]:
    """Yield what a follow-up report says otherwise than the records and the plan's log."""
    others = [r for r in known.records.values() if r.mechanism != "UPR"]
    told, marked = Counter(), 0
    for table in tables(path):
        heads = [cell.text for cell in table.rows[0].cells]
        for first, *cells in rows_below(table):
            # A compilation quotes several bodies in one sentence, with a row for each.
            found = [r for r in others if known.texts[r.id] in plain(first)]
            if len({known.texts[r.id] for r in found}) != 1:
                yield f"{first[:60]!r} is {len(found)} records"
                continue
            record = next((r for r in found if not told[r.id]), found[0])
            told[record.id] += 1
            marked += "★" in first
            if (known.of(record, "column:Follow-up") == "yes") > ("★" in first):
                yield f"{record.id} is marked, and has no ★"
            status = cells[heads.index(tr("Status")) - 1]
            if status != capital(known.of(record, "status") or NO_STATUS):
                yield f"{record.id}: {status!r}"
            grade = "".join(heads[at] for at, cell in enumerate(cells, start=1) if cell == "●")
            if grade != known.of(record, "column:Grade"):
                yield f"{record.id}: grade {grade!r}"
    yield from (f"{r.id} is told {told[r.id]} times" for r in others if told[r.id] != 1)
    small = [p.text for p in blocks(path) if isinstance(p, Paragraph) and p.style.name == "Small"]
    wanted = sorted((len(others), marked))
    if wanted not in [numbers(text.split(". ")[0]) for text in small]:
        yield f"no sentence counts {wanted}"
