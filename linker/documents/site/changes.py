"""What changed from one publication to the next: what is kept to tell it, and the difference."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from linker.documents.site.addresses import is_lasting
from linker.documents.site.published import PUBLISHED_FIELDS, Publication, PublicRecord
from linker.errors import Invalid
from linker.plan.entries import FIELDS

FORMAT, VERSION = "linker-portal-changes", 1
NAME = "changes.json"
"""File of a publication that the next one is compared with."""
MOST_BYTES = 256 << 20
NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"
DIGEST = 16
CHANGE_COLUMNS = ("date", "since", "kind", "record_id", "record", "page", "what", "before", "after")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is new, was withdrawn, or of which one field changed.

    Attributes:
        kind: `NEW`, `CHANGED` or `WITHDRAWN`.
        record_id: the record.
        record: how it is cited.
        page: address of its page.
        what: title of the field; empty where the whole record is meant.
        before: what was published; empty for nothing, and for texts, which are long.
        after: what is published now, likewise.
    """

    kind: str
    record_id: str
    record: str
    page: str
    what: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A publication and what changed with it.

    Attributes:
        date: of the newest change of the workspace, ISO 8601.
        since: date of the publication before; empty for the first.
        records: how many records it has.
        changes: from the one before; none for the first.
    """

    date: str
    since: str
    records: int
    changes: tuple[Change, ...] = ()

    def to_rows(self) -> Iterator[dict[str, Any]]:
        """Yield one dictionary a change, `CHANGE_COLUMNS`."""
        for change in self.changes:
            yield {"date": self.date, "since": self.since, **asdict(change)}


@dataclass(frozen=True)
class Published:
    """What one publication leaves for the next.

    Attributes:
        state: ISO 3166-1 alpha-3.
        date: of the newest change of the workspace.
        records: id -> what was published of it: ``page``, ``name``, and each field by its title.
        pages: lasting addresses, each with what it shows.
        history: all publications, the newest first.
        withdrawn: addresses that showed something once, with its name, and show nothing now.
    """

    state: str
    date: str
    records: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, str]
    history: tuple[Step, ...] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A sum of all that it says; the same content has the same."""
        said = json.dumps([self.records, self.pages], sort_keys=True, ensure_ascii=False)
        return _digest(said)

    def to_json(self) -> bytes:
        """Return the file that the next publication reads."""
        about = {"format": FORMAT, "version": VERSION, **asdict(self)}
        text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True)
        return f"{text}\n".encode("utf-8", errors="replace")


def published(made: Publication, earlier: Published | None) -> Published:
    """Return what a publication leaves, with what changed since an earlier one.

    The same content published again adds nothing to the history: its bytes stay the same.
    """
    date = made.source.date
    records = {one.record.id: _said(one) for one in made.records}
    now = Published(made.source.state, date, records, made.lasting)
    if earlier is None:
        return replace(now, history=(Step(date, "", len(records)),))
    history = earlier.history
    if now.digest != earlier.digest:
        step = Step(date, earlier.date, len(records), tuple(_changes(earlier.records, records)))
        history = (step, *history)
    gone = {**earlier.withdrawn, **earlier.pages}
    withdrawn = {page: name for page, name in gone.items() if page not in now.pages}
    return replace(now, history=history, withdrawn=withdrawn)


def read_published(path: Path) -> Published:
    """Read what an earlier publication left.

    Args:
        path: its folder, or the file ``changes.json`` of it.

    Raises:
        Invalid: there is no such file, or it is not what a portal leaves.
    """
    path = path / NAME if path.is_dir() else path
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise ValueError("it is of another kind or version")
        if not data["history"]:
            raise ValueError("it has no history")
        return Published(
            state=str(data["state"]),
            date=str(data["date"]),
            records={key: _texts(said) for key, said in data["records"].items()},
            pages=_addresses(data["pages"]),
            history=tuple(map(_step, data["history"])),
            withdrawn=_addresses(data["withdrawn"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid(
            f"{path}: is not what an earlier portal left ({error}). Name its folder or the file "
            f"{NAME} in it."
        ) from error


def _said(one: PublicRecord) -> dict[str, str]:
    """Return what is published of a record, by the title of each field; the text as a digest."""
    entry, record = one.row.entry, one.record
    listed = {
        "Text": _digest(record.text),
        "Position of the State": record.position,
        "Theme": one.theme.label if one.theme else "",
        "Measures": "; ".join(sorted(cluster.title for cluster in one.clusters)),
        "Asks the same": "; ".join(sorted(f"{c.reference} [{c.mark.text}]" for c in one.same)),
        "SDG targets and indicators": "; ".join(
            f"{ref.code} [{ref.mark.text}]" for ref in (*one.row.targets, *one.row.indicators)
        ),
        **{FIELDS[name]: entry.value(name) for name in PUBLISHED_FIELDS},
    }
    return {"page": one.page, "name": one.name} | {k: v for k, v in listed.items() if v}


def _changes(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[Change]:
    """Yield the difference by record: in the order of the new publication, then what is gone."""
    for key, now in after.items():
        if (old := before.get(key)) is None:
            yield Change(NEW, key, now["name"], now["page"])
        else:
            yield from _changed(key, old, now)
    for key in sorted(before.keys() - after.keys()):
        old = before[key]
        if is_lasting(old.get("page", "")):
            yield Change(WITHDRAWN, key, old.get("name", key), old["page"])


def _changed(key: str, old: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for what in dict.fromkeys((*now, *old)):
        was, now_is = old.get(what, ""), now.get(what, "")
        if what not in ("page", "name") and was != now_is:
            told = ("", "") if what == "Text" else (was, now_is)
            yield Change(CHANGED, key, now["name"], now["page"], what, *told)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def _step(data: Mapping[str, Any]) -> Step:
    changes = tuple(Change(**_texts(change)) for change in data["changes"])
    if any(not is_lasting(change.page) for change in changes):
        raise ValueError("it holds an address that no portal has")
    return Step(str(data["date"]), str(data["since"]), int(data["records"]), changes)


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in said.items()}


def _addresses(pages: Mapping[str, Any]) -> dict[str, str]:
    """Return addresses with their names, without those that no portal of Linker makes."""
    return {page: str(name) for page, name in pages.items() if is_lasting(page)}
