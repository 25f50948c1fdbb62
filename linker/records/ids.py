"""Stable record ids: the same document and paragraph give the same id, whichever file it is in.

- A given ``id`` column is kept as it is.
- One known symbol and a paragraph: ``A/HRC/43/15#121.11``.
- Otherwise a readable prefix and ten hexadecimal digits of SHA-256 over what identifies the
  record: ``UPR/KEN/8#3fa94c01ab``. Case, quotes, spaces and final punctuation of the text do not
  count.
- A paragraph addressed to several States is one record a State: ``…#12@KEN``.
- Several texts under one id (UHRI cuts a paragraph into annotations): the longest text (of equally
  long ones, the smaller hash) has the plain id; the others get ``~`` and six digits of their
  hash. That depends on the texts of a file alone, never on their order.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from linker.records.record import Record
from linker.vocabulary.text import fold

HELD = 10_000
"""Records that wait in memory, some 20 MB of them, before others wait in a file."""
_PARAGRAPH = re.compile(r"\bpara(?:graph)?s?\b", re.I)
_NUMBERS = re.compile(r"[\d.\-–,() a-z]*", re.I)
"""What may follow the word "para." to the end of a symbol."""
_PARAGRAPH_WORD = re.compile(r"^\s*(?:paragraphs?|paras?|§)\.?\s*", re.I)
_SPACES = re.compile(r"\s+")
_NO_PREFIX = re.compile(r"[^\w.\-]+")
_CITED = re.compile(
    r"(?<!\S)(applications?|appl?|cases?|communications?|doc|judgments?|nos?|reports?|series)"
    r"(?=[.\s])",
    re.I,
)
"""Words of citations that are no symbols of the UN: "Series C No. 340", "Application no. 1/20"."""
_SMALL_PARTS = re.compile(r"(?<=[/.\d])(ADD|CORR|REV|AMEND|PART|VOL|SUPP)(?=[.\s\d])", re.I)


@lru_cache(maxsize=1024)
def normalise_symbol(symbol: str) -> str:
    """Return a document symbol in its usual writing; several (";" or line breaks) as "a; b".

    Spaces, case and a "para. 12" tail do not count: " crc/c/per/co/6-7, para. 4" is
    "CRC/C/PER/CO/6-7"; of other citations single spaces stay, "series c  no. 340" is
    "Series C No. 340".
    """
    symbols = (_one_symbol(part) for part in re.split(r"[;\n]+", symbol))
    return "; ".join(dict.fromkeys(part for part in symbols if part))


def _one_symbol(symbol: str) -> str:
    plain = _without_paragraph(symbol)
    between = " " if _CITED.search(plain) else ""
    bare = _SPACES.sub(between, plain).strip(".,").upper().replace("\\", "/")
    bare = _CITED.sub(lambda match: match[1].capitalize(), bare)
    return _SMALL_PARTS.sub(lambda match: match[1].title(), bare)


def _without_paragraph(symbol: str) -> str:
    """Cut ", paras. 4 and 5 (a)" off a symbol's end, which is read from there: it is read once."""
    symbol = " ".join(symbol.split()).lstrip("-–• ")
    numbers = _NUMBERS.match(symbol[::-1])
    tail = _PARAGRAPH.search(symbol, len(symbol) - (numbers.end() if numbers else 0))
    return symbol[: tail.start()].rstrip(" ,;(-–") if tail else symbol


def report_symbol(symbol: str) -> str:
    """Return a symbol without its addendum: the report that "A/HRC/43/15/Add.1" belongs to."""
    return re.sub(r"/(?:Add|Corr|Rev)\.\d+.*$", "", symbol)


def normalise_paragraph(paragraph: str) -> str:
    """Return a paragraph number as a bare string: "Para. 140.10." is "140.10"."""
    bare = _PARAGRAPH_WORD.sub("", paragraph)
    return _SPACES.sub(" ", bare).strip(" .,;:")


def record_id(
    text: str,
    *,
    symbol: str = "",
    paragraph: str = "",
    state: str = "",
    mechanism: str = "",
    body: str = "",
    occasion: str = "",
) -> str:
    """Return the id of a record from what identifies it (all normalised already).

    Args:
        text: the record's text.
        symbol: document symbol, empty where unknown; with several the paragraph is ambiguous.
        paragraph: paragraph of that document.
        state: alpha-3 code.
        mechanism: UPR, TB, SP, REG or SUB.
        body: CEDAW, CRC, …
        occasion: session, else cycle, else year: what tells two reviews of a State apart.
    """
    if symbol and paragraph and ";" not in symbol:
        return f"{symbol}#{paragraph}"
    if symbol and ";" not in symbol:
        prefix = symbol
    else:
        parts = (body or mechanism or "REC", state, occasion)
        prefix = "/".join(_NO_PREFIX.sub("-", part) for part in parts if part)
    identity = (state, mechanism, body, symbol, paragraph, occasion, fold(text))
    return f"{prefix}#{_digest(*identity)[:10]}"


def distinct_ids(records: Iterator[Record]) -> Iterator[Record]:
    """Yield the records with an own id for each text, by the rule in this module's description.

    Texts that differ only in case, quotes, spaces or final punctuation are one text and keep one
    id. Whether an id is shared is known only at the end, so records wait: the first ``HELD`` in
    memory, the others in a temporary file, of which memory holds an id and a hash each.
    """
    first: dict[str, tuple[int, str]] = {}
    held: list[tuple[str, Record]] = []
    with tempfile.SpooledTemporaryFile(max_size=1 << 20, mode="w+b") as spool:
        for record in records:
            rank = _rank(record)
            first[record.id] = min(first.get(record.id, rank), rank)
            if len(held) < HELD:
                held.append((rank[1], record))
            else:
                spool.write(json.dumps([rank[1], record.row, record.to_dict()]).encode() + b"\n")
        spool.seek(0)
        for digest, record in chain(held, _spooled(spool)):
            yield record if digest == first[record.id][1] else told_apart(record)


def _spooled(lines: Iterable[bytes]) -> Iterator[tuple[str, Record]]:
    for line in lines:
        digest, row, plain = json.loads(line)
        yield digest, Record.from_dict(plain, row)


def _rank(record: Record) -> tuple[int, str]:
    """Return what sorts the longest text first; ties go by hash, which keeps memory small."""
    folded = fold(record.text)
    return -len(folded), _digest(folded)


def told_apart(record: Record) -> Record:
    """Return the record under an id of its own, for another text has its plain id."""
    return replace(record, id=f"{record.id}~{_rank(record)[1][:6]}")


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()
