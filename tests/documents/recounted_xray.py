"""What an x-ray counts and claims, from records, links and clusters; see `recounted`."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from held_against import plain
from printed_xray import PrintedTheme, PrintedXray, read_xray
from recounted import NO_POSITION, Known, numbers

from linker.i18n.messages import tr
from linker.vocabulary.mechanisms import mechanism
from linker.vocabulary.official import official_name

RETURNING, NEW, NO_UPR, ONLY = (
    "What keeps coming back", "What is new in the files imported",
    "What no UPR recommendation takes up in the files imported",
    "What one body alone raises in the files imported",
)  # fmt: skip
GATHERING = "Other in this area"


class KnownOfThemes:
    """What records, links and clusters say of themes, by rules of its own."""

    def __init__(self, known: Known, linker, state: str):
        self.known = known
        self.links = [
            item
            for item in linker.convergences(state)
            if not (item.decision and item.decision.verdict == "reject")
        ]
        self.shown_sdg = defaultdict(dict)
        for item in linker.sdg(state):
            is_sure = bool(item.decision and item.decision.verdict == "confirm")
            rejected = bool(item.decision and item.decision.verdict == "reject")
            if not rejected and (is_sure or item.link.band in ("propose", "by hand")):
                code = item.link.indicator or item.link.target
                self.shown_sdg[item.link.record_id][code] = (item, is_sure)
        self.linked = defaultdict(set)
        for item in self.links:
            self._join({item.link.left_id, item.link.right_id})
        for cluster in known.clusters:
            if not _rejected(cluster):
                self._join({member.record.id for member in cluster.members})

    def _join(self, together: set[str]) -> None:
        for one in together:
            self.linked[one] |= together

    def theme(self, label: str):
        """The theme that bears a label in the language spoken; None for no theme."""
        named = (
            t for t in self.known.themes if official_name(t.label).casefold() == label.casefold()
        )
        return next(named, None)

    def ids(self, theme) -> set[str]:
        return {m.record_id for m in theme.members if m.record_id in self.known.records}

    def records(self, theme) -> list:
        return [self.known.records[key] for key in sorted(self.ids(theme))]

    @cached_property
    def measures(self) -> list[set[str]]:
        """Ids of records that surely ask for one measure."""
        groups = [
            {m.record.id for m in cluster.members if _is_sure(m)}
            for cluster in self.known.clusters
            if not _rejected(cluster)
        ]
        for item in self.links:
            sure = item.decision and item.decision.verdict == "confirm"
            if item.relation == "convergence" and (
                sure or item.link.band in ("propose", "by hand")
            ):
                groups.append({item.link.left_id, item.link.right_id})
        return groups

    def returning(self, theme) -> dict[str, set[int]]:
        """Each body that asked for one measure of a theme in several reviews, and in which."""
        found = defaultdict(set)
        for group in (g for g in self.measures if g & self.ids(theme)):
            when = defaultdict(set)
            for key in group:
                body, number = review(self.known.records[key])
                when[body] |= {number} - {0}
            for body, reviews in when.items():
                found[body] |= reviews if len(reviews) > 1 else set()
        return {body: reviews for body, reviews in found.items() if reviews}

    def newest(self) -> dict[str, list[int]]:
        """The reviews of each body, in their order."""
        found = defaultdict(set)
        for record in self.known.records.values():
            body, number = review(record)
            found[body] |= {number} - {0}
        return {body: sorted(reviews) for body, reviews in found.items()}


def review(record) -> tuple[str, int]:
    """Who made a record, and in which review: a cycle, else a year; 0 for nobody knows."""
    body = record.body or record.mechanism
    if record.mechanism == "UPR" and record.cycle:
        return body, int(record.cycle)
    quoted = record.symbol.startswith("A/HRC/WG.6/") and record.mechanism not in ("UPR", "SUB")
    return body, 0 if quoted else record.year or 0


def _rejected(cluster) -> bool:
    return bool(cluster.decision and cluster.decision.verdict == "reject")


def _is_sure(member) -> bool:
    if member.decision:
        return member.decision.verdict == "confirm" or not member.member.asked_about
    return not member.member.asked_about


def wrong_in_xray(path, known: KnownOfThemes) -> Iterator[str]:
    """Yield what an x-ray counts or claims otherwise than records, links and clusters."""
    shown, records = read_xray(path), known.known.records
    if numbers(shown.summary)[-2:] and len(records) not in numbers(shown.summary):
        yield f"{shown.summary!r} does not count {len(records)} records"
    if len([t for t in known.known.themes if known.ids(t)]) not in numbers(shown.summary):
        yield f"{shown.summary!r} does not count the themes"
    yield from _wrong_table(shown, known)
    yield from _wrong_years(shown, known)
    yield from _wrong_goals(shown, known)
    yield from _wrong_claims(shown, known)
    if shown.themes is not None:
        yield from _wrong_themes(shown.themes, known)
    if shown.largest is not None:
        yield from _wrong_slides(shown, known)


def _wrong_table(shown: PrintedXray, known: KnownOfThemes) -> Iterator[str]:
    head, *rows = shown.table
    by_umbrella = shown.themes is None
    wanted = defaultdict(Counter)
    for theme in (t for t in known.known.themes if known.ids(t)):
        named = official_name(theme.umbrella) if by_umbrella else official_name(theme.label)
        for record in known.records(theme):
            column = (
                official_name(mechanism(record.mechanism).plural)
                if by_umbrella
                else official_name(record.body or record.mechanism)
            )
            wanted[named.casefold()][column] += 1
    said = {
        row[0].casefold(): {h: int(n) for h, n in zip(head[1:], row[1:], strict=True) if n != "·"}
        for row in rows
    }
    for named, counts in wanted.items():
        whole = {**counts, head[-1]: counts.total()}
        if said.get(named) != whole:
            yield f"{named}: {said.get(named)}, not {whole}"
    yield from (f"{named} is no theme" for named in said if named not in wanted)


def _wrong_years(shown: PrintedXray, known: KnownOfThemes) -> Iterator[str]:
    if shown.years is None:
        return
    wanted, undated = defaultdict(Counter), 0
    for record in known.known.records.values():
        quoted = review(record)[1] == 0
        undated += quoted or not record.year
        if record.year and not quoted:
            wanted[str(record.year)][official_name(mechanism(record.mechanism).short)] += 1
    said = {y: {n: c for n, c in counts.items() if c} for y, counts in shown.years.items()}
    if said != wanted:
        yield f"years {said}, not {dict(wanted)}"
    if (numbers(shown.undated) or [0]) != [undated]:
        yield f"{shown.undated!r}, not {undated} undated"


def _wrong_goals(shown: PrintedXray, known: KnownOfThemes) -> Iterator[str]:
    sure, proposed = Counter(), Counter()
    for key in known.known.records:
        goals = defaultdict(bool)
        for code, (_, is_sure) in known.shown_sdg[key].items():
            goals[code.split(".")[0]] |= is_sure
        sure.update(goal for goal, is_sure in goals.items() if is_sure)
        proposed.update(goal for goal, is_sure in goals.items() if not is_sure)
    wanted = {goal: (sure[goal], proposed[goal]) for goal in {*sure, *proposed}}
    if shown.goals != wanted:
        yield f"goals {shown.goals}, not {wanted}"


def _wrong_claims(shown: PrintedXray, known: KnownOfThemes) -> Iterator[str]:
    told = defaultdict(set)
    for heading, said, labels in shown.claims:
        for label in labels:
            theme = known.theme(label)
            if theme is None and shown.themes is None:
                continue
            if theme is None or theme.label.startswith(GATHERING):
                yield f"{heading}: {said}: {label!r} is no theme"
                continue
            told[heading].add((theme.label, said))
            yield from (f"{heading}: {said}: {label}: {w}" for w in _wrong_claim(
                heading, said, theme, known))  # fmt: skip
    yield from _silent(shown, told, known)


def _wrong_claim(heading: str, said: str, theme, known: KnownOfThemes) -> Iterator[str]:
    own, taken = known.records(theme), known.ids(theme)
    near = set().union(*(known.linked[key] for key in taken), taken) | {*theme.also}
    others = [known.known.records[key] for key in near if key in known.known.records]
    if heading == tr(RETURNING):
        reviews = [
            body
            for body, when in known.returning(theme).items()
            if said.casefold().startswith(official_name(body).casefold())
            and numbers(said.casefold().removeprefix(official_name(body).casefold()))
            == sorted(when)
        ]
        if not reviews:
            yield f"comes back in {known.returning(theme)}"
    elif heading == tr(NEW):
        mine = {review(record) for record in own}
        (claimed,) = [
            one for one in mine
            if said.casefold().startswith(official_name(one[0]).casefold())
            and numbers(said)[-1:] == [one[1]]
        ] or [("", 0)]  # fmt: skip
        if claimed[1] != (known.newest().get(claimed[0]) or [0])[-1] or not claimed[1]:
            yield "is no last review"
        earlier = [r for r in others if review(r)[0] == claimed[0] and review(r)[1] < claimed[1]]
        yield from (f"{record.id} was before" for record in earlier)
    elif heading == tr(NO_UPR):
        yield from (f"{record.id} is of the UPR" for record in others if record.mechanism == "UPR")
    else:
        bodies = {record.body or record.mechanism for record in own}
        yield from (
            f"{r.id} raises it too" for r in others if (r.body or r.mechanism) not in bodies
        )
        if len(bodies) != 1:
            yield f"raised by {sorted(bodies)}"


def _silent(shown: PrintedXray, told, known: KnownOfThemes) -> Iterator[str]:
    """Yield what keeps coming back and no line says so; slides may leave out what does not fit."""
    if shown.themes is None:
        return
    for theme in known.known.themes:
        if theme.label.startswith(GATHERING):
            continue
        bodies = {*known.returning(theme)}
        said = sum(label == theme.label for label, _ in told[tr(RETURNING)])
        if said != len(bodies):
            yield f"{theme.label} keeps coming back {said} times, not {sorted(bodies)}"


def _wrong_themes(themes: dict[str, PrintedTheme], known: KnownOfThemes) -> Iterator[str]:
    shown = {known.theme(name).theme_id for name in themes}
    yield from (f"{t.label} is not told" for t in known.known.themes
                if known.ids(t) and t.theme_id not in shown)  # fmt: skip
    for name, theme in themes.items():
        records = known.records(known.theme(name))
        yield from (f"{name}: {wrong}" for wrong in _wrong_theme(theme, records, known))


def _wrong_theme(theme: PrintedTheme, records, known: KnownOfThemes) -> Iterator[str]:
    raised = Counter(review(record) for record in records)
    said = theme.facts.get(tr("Raised by"), "")
    counted = sorted(n for key, times in raised.items() for n in (key[1], times) if n)
    if numbers(said) != counted:
        yield f"raised by {said!r}, not {raised}"
    yield from (f"raised by {said!r} without {official_name(body)}" for body, _ in raised
                if official_name(body) not in said)  # fmt: skip
    positions = Counter(r.position or NO_POSITION for r in records if r.mechanism == "UPR")
    said = theme.facts.get(tr("State's position"), "")
    if numbers(said) != sorted(positions.values()):
        yield f"position {said!r}, not {positions}"
    yield from (f"{said!r} without {p}" for p in positions if official_name(p) not in said)
    targets = Counter(
        code for r in records for code in known.shown_sdg[r.id] if code.count(".") == 1
    )
    wanted = dict(sorted(targets.items(), key=lambda item: -item[1])[:12])
    if {*theme.targets.items()} - {*targets.items()}:
        yield f"targets {theme.targets}, not {targets}"
    if sorted(theme.targets.values()) != sorted(wanted.values()):
        yield f"targets {theme.targets}, not the most of {targets}"
    lines = [plain(line) for line in theme.lines]
    if len(lines) != len(records):
        yield f"{len(lines)} records, not {len(records)}"
    yield from (f"{record.id} is not told" for record in records
                if not any(known.known.texts[record.id] in line for line in lines))  # fmt: skip


def _wrong_slides(shown: PrintedXray, known: KnownOfThemes) -> Iterator[str]:
    sizes = {t.label: len(known.ids(t)) for t in known.known.themes if GATHERING not in t.label}
    most = sorted(sizes.values(), reverse=True)[: len(shown.largest)]
    if [number for _, number in shown.largest] != most:
        yield f"largest {shown.largest}, not {most}"
    for label, number in shown.largest:
        start = label.rstrip("…").casefold()
        fitting = [n for name, n in sizes.items()
                   if official_name(name).casefold().startswith(start)]  # fmt: skip
        if number not in fitting:
            yield f"{label}: {number}, not {fitting}"
    kept = [c for c in known.known.clusters if not _rejected(c)]
    sizes = [len({m.record.id for m in c.members}) for c in kept]
    most = sorted(sizes, reverse=True)[: len(shown.asked)]
    if [max(numbers(said.split(",")[0])) for _, said, _ in shown.asked] != most:
        yield f"asked most {shown.asked}, not {most}"
    for title, said, mark in shown.asked:
        held = [c for c in kept if c.title.startswith(title.rstrip("…"))]
        marks = {tr("confirmed") if c.decision and c.decision.verdict == "confirm"
                 else tr("proposal") for c in held}  # fmt: skip
        if mark not in marks:
            yield f"{title}: {mark}, not {marks}"
        yield from _wrong_summary(title, said, held)


def _wrong_summary(title: str, said: str, held) -> Iterator[str]:
    """Yield what a cluster's line counts of States and positions otherwise than its records."""
    for cluster in held:
        records = list({m.record.id: m.record for m in cluster.members}.values())
        states = {s for r in records for s in r.recommending_states}
        positions = Counter(r.position for r in records if r.position)
        missing = [n for n in (len(records), len(states), *positions.values())
                   if n and n not in numbers(said)]  # fmt: skip
        reviews = {int(r.cycle) for r in records if r.cycle.isdecimal()}
        strange = {*numbers(said)} - {len(records), len(states), *positions.values(), *reviews}
        if not missing and not strange:
            return
        yield f"{title}: {said!r} without {missing}, with {strange}"
