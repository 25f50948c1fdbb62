"""What rows of workbooks and pages say, from records, links, verdicts and the plan's log.

Numbers, States, positions, SDG targets and indicators with their marks, timelines, statuses; and
which rows a responsible body gets.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from held_against import plain
from printed_rows import marked_codes, page_rows, sheet_rows
from recounted import NO_STATUS, STATUSES, Known, capital, numbers
from recounted_xray import KnownOfThemes, _wrong_summary

from linker.i18n.messages import tr
from linker.vocabulary.official import official_name, official_state


def wrong_record(row: dict[str, str], record, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what a row says of its one record otherwise than records, links and plan."""
    known = themes.known
    said = {tr(title): row[tr(title)] for title in _OF_A_RECORD if tr(title) in row}
    for title, wanted in _wanted(record, known).items():
        if title in said and plain(said[title]).casefold() != plain(wanted).casefold():
            yield f"{record.id}: {title} {said[title]!r}, not {wanted!r}"
    yield from wrong_codes(row, [record], themes)
    yield from _wrong_beside(row.get(tr("What asks the same"), ""), record, known)


_OF_A_RECORD = (
    "Recommendation", "Recommending States or body", "Recommended by", "Position", "Status",
    "Responsible body", "Timeline", "Deadline", "Result", "Evidence", "Law", "Policy", "Practice",
    "Theme", "Umbrella", "Number", "Reference",
)  # fmt: skip


def _wanted(record, known: Known) -> dict[str, str]:
    """Return what the cells of a record's row say, by heading."""
    states = ", ".join(map(official_state, record.recommending_states))
    status = known.of(record, "status")
    wanted = {tr(name): known.of(record, field) for name, field in (
        ("Responsible body", "responsible"), ("Timeline", "deadline"), ("Deadline", "deadline"),
        ("Result", "result"), ("Evidence", "evidence"))}  # fmt: skip
    for title, field in (("Law", "law"), ("Policy", "policy"), ("Practice", "practice")):
        wanted[tr(title)] = capital(known.of(record, field))
    wanted |= {tr("Recommendation"): record.text, tr("Status"): capital(status)}
    wanted[tr("Position")] = capital(record.position)
    if record.mechanism == "UPR":
        cycle = tr("{listed} (cycle {cycle})", listed=record.paragraph, cycle=record.cycle)
        wanted |= {tr("Number"): cycle, tr("Reference"): cycle}
        wanted |= {tr("Recommending States or body"): states, tr("Recommended by"): states}
    if record.id in known.home:
        wanted[tr("Theme")] = official_name(known.home[record.id].label)
    return wanted


def wrong_codes(row: dict[str, str], records, themes: KnownOfThemes) -> Iterator[str]:
    """Yield SDG targets and indicators that no link of the records carries as the row says."""
    for title, level in (
        ("Linked SDG targets", 1), ("Linked SDG indicators", 2), ("Indicators", 2),
    ):  # fmt: skip
        if tr(title) not in row:
            continue
        wanted: dict[str, list] = defaultdict(list)
        for record in records:
            for code, link in themes.shown_sdg[record.id].items():
                if code.count(".") == level:
                    wanted[code].append(link)
        said = marked_codes(row[tr(title)])
        is_whole = title != "Indicators"
        if {*said} - {*wanted} or (is_whole and {*said} != {*wanted}):
            yield f"{records[0].id}: {title} {sorted(said)}, not {sorted(wanted)}"
        for code in {*said} & {*wanted}:
            if not any(_is_marked(said[code], *link) for link in wanted[code]):
                yield f"{records[0].id}: {code} is marked {said[code]!r}"


def _is_marked(mark: str, item, is_sure: bool) -> bool:
    """Whether a mark says how sure a link is, and of an indicator its role."""
    role = item.link.role if item.link.indicator else ""
    if role and official_name(role) not in mark:
        return False
    if is_sure:
        return tr("confirmed") in mark and item.decision.at[:10] in mark
    percent = min(99, max(1, round(100 * item.link.probability)))
    return plain(tr("proposal, {percent} %", percent=percent)) in plain(mark)


def _wrong_beside(cell: str, record, known: Known) -> Iterator[str]:
    against = tr(
        "Asks the contrary: {reference} [{text}]: {quote}", reference="", text="", quote=""
    )
    against = against.split(" [")[0].strip()
    for line in filter(None, cell.split("\n")):
        is_contrary = line.startswith(against)
        named = known.named(plain(line.removeprefix(against).split("]")[0]))
        relations = {
            relation
            for several in named
            for one in several
            for relation in known.relations[frozenset((one.id, record.id))]
        }
        is_so = "opposite" in relations if is_contrary else bool(relations - {"opposite"})
        if named and not is_so and not any(known.together([record, *n]) for n in named):
            yield f"{record.id}: not so related: {line[:90]!r}"


def wrong_in_matrix_rows(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what a matrix by recommendation, as a workbook or page, says otherwise."""
    records = themes.known.records
    if path.suffix == ".html":
        rows = page_rows(path)
        ids = [row["#"] for row in rows]
    else:
        _, rows = sheet_rows(path, tr("Record id"))
        ids = [row[tr("Record id")] for row in rows]
    yield from (f"{key} stands {n} times" for key, n in Counter(ids).items() if n > 1)
    yield from (f"{r.id} has no row" for r in themes.known.upr if r.id not in ids)
    for key, row in zip(ids, rows, strict=True):
        if key not in records:
            yield f"{key} is no record"
        else:
            yield from wrong_record(row, records[key], themes)


def wrong_in_measure_rows(sheet, page, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what a matrix by cluster says otherwise, and where workbook and page part."""
    _, rows = sheet_rows(sheet, tr("Record ids"))
    shown = {row["#"]: row for row in page_rows(page)}
    ids = Counter(key for row in rows for key in row[tr("Record ids")].split("\n"))
    yield from (f"{key} stands {n} times" for key, n in ids.items() if n > 1)
    yield from (f"{r.id} has no row" for r in themes.known.upr if r.id not in ids)
    for row in rows:
        records = [themes.known.records[key] for key in row[tr("Record ids")].split("\n")]
        yield from _wrong_measure(row, records, themes)
        beside = shown.pop(f"m{row[tr('Measure')]}", None)
        if beside is None:
            yield f"measure {row[tr('Measure')]} is not on the page"
        else:
            yield from _apart(row, beside)
    yield from (f"{key} is on the page alone" for key in shown)


def _wrong_measure(row: dict[str, str], records, themes: KnownOfThemes) -> Iterator[str]:
    known, key = themes.known, records[0].id
    if len(records) > 1 and not known.together(records):
        yield f"{key}: no cluster holds {[record.id for record in records]}"
    texts = plain(row[tr("Recommendations")])
    yield from (f"{r.id} is not quoted" for r in records if plain(r.text) not in texts)
    states = {official_state(s) for r in records for s in r.recommending_states}
    yield from (f"{key} without {s}" for s in states if s not in row[tr("Recommendations")]
                and s not in texts and not _inside(s, records))  # fmt: skip
    taken = Counter(r.position for r in records if r.mechanism == "UPR")
    if numbers(row[tr("Position")]) != (sorted(taken.values()) if len(taken) > 1 else []):
        yield f"{key}: {row[tr('Position')]!r}, not {taken}"
    yield from (f"{key}: {row[tr('Position')]!r} without {capital(p)}" for p in taken
                if p and capital(p) not in row[tr("Position")])  # fmt: skip
    for title, field in (("Responsible body", "responsible"), ("Timeline", "deadline"),
                         ("Status", "status")):  # fmt: skip
        values = {known.of(record, field) for record in records} - {""}
        said = row[tr(title)].casefold()
        missing = [v for v in values if official_name(v).casefold() not in said]
        if missing or (said and not values):
            yield f"{key}: {title} {said!r}, not {sorted(values)}"
    yield from wrong_codes(row, records, themes)


def _inside(state: str, records) -> bool:
    """Whether a text names a State in words of its own ("the Netherlands")."""
    return any(state.split(" (", maxsplit=1)[0] in record.text for record in records)


def _apart(row: dict[str, str], page: dict[str, str]) -> Iterator[str]:
    """Yield what a page says of a measure otherwise than the workbook."""
    for title in ("Position", "Responsible body", "Timeline", "Status", "Numbers and paragraphs"):
        one, other = (sorted(re.findall(r"\w+", r.get(tr(title), "").casefold()))
                      for r in (row, page))  # fmt: skip
        if title == "Numbers and paragraphs":
            one = sorted([*one, row[tr("Measure")]])
        if tr(title) in page and one != other:
            yield f"measure {row[tr('Measure')]}: {title} {one} and {other}"
    codes = [{*marked_codes(row[tr("Indicators")])},
             {*re.findall(r"\d+\.\w+\.\d+", page.get(tr("Indicators"), ""))}]  # fmt: skip
    if codes[0] != codes[1]:
        yield f"measure {row[tr('Measure')]}: indicators {codes[0]} and {codes[1]}"


def wrong_in_plan(path, themes: KnownOfThemes, ids=None) -> Iterator[str]:
    """Yield what a plan says otherwise than records, links and log.

    Args:
        path: the workbook.
        themes: what is known.
        ids: records that it has to hold; those of the UPR where none are given.
    """
    known = themes.known
    _, rows = sheet_rows(path, tr("Id (locked)"))
    found = [row[tr("Id (locked)")] for row in rows]
    wanted = {record.id for record in known.upr} if ids is None else ids
    if wanted - {*found} or len(found) != len({*found}) or (ids is not None and {*found} != ids):
        yield f"{len(found)} rows, not {len(wanted)}: {sorted(wanted ^ {*found})[:4]}"
    for key, row in zip(found, rows, strict=True):
        record = known.records[key]
        row.pop(tr("Indicators"), None)
        row.pop(tr("Number"), None)
        yield from wrong_record(row, record, themes)


def wrong_in_packs(folder, themes: KnownOfThemes, today: str) -> Iterator[str]:
    """Yield what ministry packs hold or count otherwise than the plan's log."""
    known = themes.known
    by_body = defaultdict(set)
    for record in known.upr:
        for body in known.bodies(record):
            by_body[body].add(record.id)
    said = {}
    for path in sorted(folder.glob("*.xlsx")):
        above, rows = sheet_rows(path, tr("Id (locked)"))
        ids = {row[tr("Id (locked)")] for row in rows}
        bodies = [body for body, wanted in by_body.items()
                  if any(official_name(body).casefold() in line.casefold() for line in above)
                  and wanted <= ids]  # fmt: skip
        if not bodies:
            yield f"{path.name}: of no body"
            continue
        body = max(bodies, key=len)
        said[body] = path.name
        own = {key for key in ids if known.records[key].mechanism == "UPR"}
        if own != by_body[body]:
            yield f"{path.name}: {len(own)} rows, not {len(by_body[body])} of {body}"
        yield from wrong_in_plan(path, themes, ids)
        yield from _wrong_urgent(path.name, " ".join(above), ids, known, today)
    yield from (f"{body} has no pack" for body in by_body if body not in said)


def _wrong_urgent(name: str, above: str, ids, known: Known, today: str) -> Iterator[str]:
    late = empty = 0
    for key in ids:
        plan = known.plan[key]
        due, done = plan.get("deadline", ""), plan.get("status", "") == STATUSES[-1]
        is_late = bool(due) and due < today[: len(due)] and not done
        late += is_late
        reported = ("status", "law", "policy", "practice", "result", "evidence")
        empty += not is_late and not any(plan.get(field) for field in reported)
    if not {len(ids), late, empty} <= {*numbers(above), 0}:
        yield f"{name}: {above[:160]!r} does not count {len(ids)}, {late} late, {empty} empty"


def wrong_in_midterm_rows(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what the workbook of a mid-term report says otherwise than records and log."""
    known = themes.known
    above, rows = sheet_rows(path, tr("Record id"))
    latest = {r.id: r for r in known.upr if r.cycle == known.newest}
    ids = [row[tr("Record id")] for row in rows]
    if sorted(ids) != sorted(latest):
        yield f"{len(ids)} rows, not {len(latest)}"
    wanted = [int(known.newest)]
    for position in {r.position for r in latest.values()}:
        counts = known.statuses(r for r in latest.values() if r.position == position)
        wanted += [n for n in counts.values() if n]
    # A long line goes on in the row below.
    lines = [" ".join(above[at : at + 2]) for at in range(len(above))]
    if sorted(wanted) not in map(numbers, (*above, *lines)):
        yield f"{above!r} do not count {sorted(wanted)}"
    for row in rows:
        record = latest[row[tr("Record id")]]
        if row[tr("Status")] == capital(NO_STATUS):
            row[tr("Status")] = ""
        row.pop(tr("Indicators"), None)
        yield from wrong_record(row, record, themes)


def wrong_in_followup_rows(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what the workbook of a follow-up report says otherwise than records and log."""
    known = themes.known
    _, rows = sheet_rows(path, tr("Record id"))
    others = {r.id for r in known.records.values() if r.mechanism != "UPR"}
    if sorted(row[tr("Record id")] for row in rows) != sorted(others):
        yield f"{len(rows)} rows, not {len(others)}"
    for row in rows:
        record = known.records[row[tr("Record id")]]
        if row[tr("Status")] == capital(NO_STATUS):
            row[tr("Status")] = ""
        grade = "".join(letter for letter in "ABCDE" if row[letter] == "●")
        if grade != known.of(record, "column:Grade"):
            yield f"{record.id}: grade {grade!r}"
        if known.of(record, "column:Follow-up") == "yes" and row[tr("Follow-up")] != tr("yes"):
            yield f"{record.id} is marked: {row[tr('Follow-up')]!r}"
        yield from wrong_record(row, record, themes)


def wrong_in_clusters(path, themes: KnownOfThemes) -> Iterator[str]:
    """Yield what the workbook of clusters says otherwise than their records."""
    known = themes.known
    _, rows = sheet_rows(path, tr("Cluster id"))
    held = defaultdict(list)
    for row in rows:
        held[row[tr("Cluster id")]].append(row)
    kept = {c.cluster_id: c for c in known.clusters
            if not (c.decision and c.decision.verdict == "reject")}  # fmt: skip
    if {*held} != {*kept}:
        yield f"{len(held)} clusters, not {len(kept)}"
    for key in {*held} & {*kept}:
        cluster = kept[key]
        said = Counter(row[tr("Record id")] for row in held[key])
        if said != Counter(m.record.id for m in cluster.members):
            yield f"{key}: records {said}"
        yield from _wrong_summary(key, held[key][0][tr("Who asked")], [cluster])
        for row in held[key]:
            record = known.records[row[tr("Record id")]]
            if row[tr("Position")] != capital(record.position):
                yield f"{record.id}: {row[tr('Position')]!r}"
