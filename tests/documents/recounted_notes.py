"""What the footnotes of an annex cite, from the records of confirmed clusters; see `recounted`."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator

import lxml.etree
from held_against import plain
from recounted import PARAGRAPH, Known

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def noted(path) -> Iterator[list[tuple[str, str]]]:
    """Yield each paragraph of a document that has footnotes: the words before each, and it."""
    with zipfile.ZipFile(path) as archive:
        body = lxml.etree.fromstring(archive.read("word/document.xml"))
        notes = lxml.etree.fromstring(archive.read("word/footnotes.xml"))
    texts = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes.iter(f"{W}footnote")}
    for paragraph in body.iter(f"{W}p"):
        pieces, said = [], ""
        for part in paragraph.iter(f"{W}t", f"{W}footnoteReference"):
            if part.tag == f"{W}t":
                said += part.text or ""
            else:
                pieces.append((said, plain(texts[part.get(f"{W}id")])))
                said = ""
        if pieces:
            yield pieces


def wrong_in_notes(path, known: Known) -> Iterator[str]:
    """Yield what footnotes cite otherwise than the records that were confirmed."""
    confirmed = defaultdict(list)
    for cluster in known.clusters:
        if cluster.decision and cluster.decision.verdict == "confirm":
            members = (m for m in cluster.members if m.decision and m.decision.verdict == "confirm")
            confirmed[plain(cluster.title).rstrip(".…")].append(
                {m.record.id: m.record for m in members}
            )
    for pieces in noted(path):
        titled = [title for title in confirmed if plain(pieces[0][0]).startswith(title)]
        if not titled:
            continue  # asks for the contrary, whose links are no clusters
        faults = [list(_wrong_notes(pieces, held)) for held in confirmed[max(titled, key=len)]]
        yield from (f"{max(titled, key=len)[:50]}: {fault}" for fault in min(faults, key=len))


def _wrong_notes(pieces: list[tuple[str, str]], held) -> Iterator[str]:
    cited = set()
    for said, note in pieces:
        listed = PARAGRAPH.findall(said.rpartition("(")[2]) if said.endswith(")") else []
        if listed:
            yield from _wrong_review(said, note, listed, held)
            continue
        found = {key for key, record in held.items()
                 if record.mechanism != "UPR" and _cites(note, record)}  # fmt: skip
        cited |= found
        if not found:
            yield f"{note!r} cites none of its records"
    yield from (f"{key} is in no footnote" for key, record in held.items()
                if record.mechanism != "UPR" and key not in cited)  # fmt: skip


def _wrong_review(said: str, note: str, listed: list[str], held) -> Iterator[str]:
    """Yield what a footnote of a UPR review cites otherwise than its sentence and records."""
    if sorted(PARAGRAPH.findall(note.rstrip("."))) != sorted(listed):
        yield f"{said[-40:]!r} is cited as {note!r}"
    for number in listed:
        records = [r for r in held.values() if r.mechanism == "UPR" and r.paragraph == number]
        if not any(r.symbol in note and str(r.year) in said for r in records):
            yield f"{number} does not stand in {note!r}, or not in the year of {said[-40:]!r}"


def _cites(note: str, record) -> bool:
    cited = record.cites or record.symbol
    symbols = [part.split(", para")[0] for part in cited.split("; ")]
    number = record.paragraph if not record.cites else ""
    return all(symbol in note for symbol in symbols) and number in note
