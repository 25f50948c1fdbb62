"""Holds what a portal prints against the records, their links and the plan."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from held_against import SYMBOL, Facts, _in_order, plain
from lxml import html

from linker.documents.citation import reference
from linker.plan.entries import PlanEntry
from linker.vocabulary.states import state_name


def wrong_in_portal(files, source) -> Iterator[str]:
    """Yield what the pages of a portal print and neither records, links nor plan say.

    Args:
        files: content by address.
        source: what the portal was made from.
    """
    held = Held(source)
    for address, content in files.items():
        if address.endswith(".html"):
            page = html.fromstring(content.decode("utf-8"))
            yield from (f"{address}: {told}" for told in held.wrong(address, page))


class Held:
    def __init__(self, source):
        self.source = source
        self.symbols = "\n".join(Facts(source.records, []).symbols)
        self.symbols += "\n".join(record.id for record in source.records)
        self.by_name = defaultdict(list)
        for record in source.records:
            self.by_name[plain(reference(record))].append(record)
        self.links, self.sdg = defaultdict(list), defaultdict(list)
        for item in source.convergences:
            self.links[frozenset((item.link.left_id, item.link.right_id)), item.relation].append(
                item
            )
        for item in source.sdg:
            for code in {item.link.target, item.link.indicator}:
                self.sdg[item.link.record_id, code].append(item)

    def wrong(self, address, page) -> Iterator[str]:
        main = page.get_element_by_id("content")
        for symbol in SYMBOL.findall(" ".join(main.itertext())):
            if any(map(str.isdigit, symbol)) and symbol not in self.symbols:
                yield f"symbol {symbol}"
        if address.startswith("records/") and main.find_class("said"):
            yield from self._record(main)
        if address == "score-card.html":
            yield from self._score_card(main)
        for item in main.xpath(".//ol[@class='rows']/li"):
            yield from self._row(item)

    def _named(self, name):
        return self.by_name[plain(name)]

    def _entry(self, record):
        return self.source.entries.get(record.id, PlanEntry())

    def _record(self, main) -> Iterator[str]:
        said = plain(main.find_class("said")[0].text_content())
        known = [r for r in self._named(main.find("h1").text_content()) if plain(r.text) == said]
        if not known:
            yield f"text {said[:80]!r} of no such record"
            return
        listed = {}
        for term in main.iter("dt"):
            listed.setdefault(plain(term.text_content()), plain(term.getnext().text_content()))
        if not any(self._fits(record, listed, main) for record in known):
            yield f"{listed} does not fit {known[0].id}"
        for relation in ("same", "contrary"):
            for item in main.xpath(f".//ul[contains(@class, '{relation}')]/li"):
                yield from self._linked(known, relation, item)
        for chip in main.xpath(".//section[@aria-labelledby='sdgs']//*[contains(@class, 'chip')]"):
            code, mark = chip.text_content(), chip.getparent().find_class("mark")[0].text_content()
            links = [item for record in known for item in self.sdg[record.id, code]]
            yield from _marked(code, mark, links)

    def _fits(self, record, listed, main):
        states = ", ".join(map(state_name, record.recommending_states))
        entry = self._entry(record)
        light = plain(main.find_class("status")[0].text_content())
        wanted = entry.status.capitalize() or "No status yet"
        return (
            listed.get("Recommended by", "") == states
            and listed.get("Position of the State", "").startswith(record.position.capitalize())
            and (record.position or "Position of the State" not in listed)
            and light.startswith(wanted)
            and (not entry.status or entry.reported in light)
            and listed.get("Result", "") == plain(entry.result)
            and listed.get("Evidence", "") == plain(entry.evidence)
        )

    def _linked(self, known, relation, item) -> Iterator[str]:
        name = item.find(".//a").text_content()
        quote = item.find_class("text")[0].text_content()
        others = [r for r in self._named(name) if _in_order(quote, r)]
        wanted = {"same": "convergence", "contrary": "opposite"}[relation]
        pairs = {frozenset((one.id, other.id)) for one in known for other in others}
        links = [item for pair in pairs for item in self.links[pair, wanted]]
        yield from _marked(name, item.find_class("mark")[0].text_content(), links)

    def _row(self, item) -> Iterator[str]:
        name = item.find(".//a")
        if name is None or not item.find_class("light"):
            return
        known = self._named(name.text_content())
        words = [plain(p.text_content()).removesuffix("…") for p in item.find_class("text")]
        known = [r for r in known if all(_in_order(text, r) for text in words)]
        light = plain(item.find_class("light")[0].text_content())
        shown = "".join(plain(p.text_content()) for p in item.find_class("position"))
        if not any(
            light == (self._entry(r).status.capitalize() or "No status yet")
            and shown in ("", r.position.capitalize())
            for r in known
        ):
            yield f"row {name.text_content()!r}: {shown} {light} {words}"

    def _score_card(self, main) -> Iterator[str]:
        by_label: dict[str, Counter] = {}
        entries = self.source.entries
        for theme in self.source.xray:
            statuses = (entries.get(m.record_id, PlanEntry()).status for m in theme.members)
            by_label.setdefault(theme.label, Counter()).update(statuses)
        for row in main.xpath(".//tbody/tr"):
            cells = [plain(cell.text_content()) for cell in row]
            if len(cells) == 1 or cells[0] not in by_label:
                continue
            counts = by_label[cells[0]]
            order = ("fully implemented", "partly implemented", "in progress", "not started", "")
            if [int(c) for c in cells[2:]] != [counts.total(), *(counts[s] for s in order)]:
                yield f"score-card {cells}"


def _marked(what, mark, links) -> Iterator[str]:
    """Yield a complaint where no link bears out what its mark says."""
    if re.search("confirmed", mark):
        links = [i for i in links if i.decision and i.decision.verdict == "confirm"]
        links = [i for i in links if i.decision.at[:10] in mark]
    if not [i for i in links if not (i.decision and i.decision.verdict == "reject")]:
        yield f"{what} {mark}: no such link"
