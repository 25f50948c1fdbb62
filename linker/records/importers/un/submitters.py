"""Who submitted: the stakeholders that the first note of a summary lists, and those it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linker.records.importers.un.summaries import is_state, words

_LISTED = re.compile(
    r"\b(?:stakeholders?|submissions?) listed below\b|\bперечисленн\w+ ниже заинтересованн", re.I
)
_JOINT = re.compile(
    r"\b(?:joint submissions?|JS|communications? conjointes?|comunicaci(?:ón|ones) conjuntas?"
    r"|совместн\w+ представлени\w+|СП)(?: \((?:JS|СП)\))? ?(\d{1,3})\b",
    re.I,
)
_SHORT = re.compile(r"\(([A-ZА-ЯЁ][\w/&.-]{1,20}(?:[ -][A-ZА-ЯЁ][\w/-]{1,15})?)\)")
_CALLED = re.compile(r"\(the ([A-Z][\w-]{2,30})\)")
_ENTRY = re.compile(r"\(?([A-Z][\w/&.’'-]{1,24}(?: FRA)?)\)?\*? +(?=[A-ZÀ-Ý“\"(])")
_LEAD = re.compile(
    r"^(?:(?:in|on|since|as|regarding|concerning|with|according|while|furthermore|moreover|also"
    r"|additionally|likewise|similarly|however|finally)\b[^,]{0,160}, ){1,2}",
    re.I,
)
_LONGEST = 160
_SHORT_CHARS = 40
_SUBMITTED = re.compile(r"^joint submissions? \d{1,3} (?:submitted by|made by)?:? ?", re.I)
_TOKEN = re.compile(
    r"(?<![\w-])(?:[A-ZА-ЯЁ]\w{1,12}[-/][A-ZА-ЯЁ]\w{1,20}|[A-ZА-ЯЁ]{2,12}\d{0,2})(?![\w-])"
)
"""What looks like a short name: "CoE-GRETA", "APG23"."""
_AND = re.compile(r",? and |, |; ")


class Submitters:
    """Knows stakeholders by their short names, and new ones by what the text calls them.

    Args:
        state: code of the State under review.
        footnotes: mark -> note; the one that lists the stakeholders is looked for in them.
    """

    def __init__(self, state: str, footnotes: Mapping[str, str]) -> None:
        """Read the list of stakeholders."""
        self._state = state
        self._names: dict[str, str] = {}
        self._bodies: dict[str, str] = {}
        for note in footnotes.values():
            if _LISTED.search(note):
                self._read(note)
                break

    def _read(self, note: str) -> None:
        """Read "Civil society Individual submissions: AI Amnesty International, London; …"."""
        heads = sorted(
            (match.start(), match.end(), code)
            for code, pattern in words().stakeholders.items()
            for match in pattern.finditer(note)
        )
        ends = [start for start, _, _ in heads[1:]] + [len(note)]
        for (_, begins, code), end in zip(heads, ends, strict=True):
            entries = [entry.strip() for entry in note[begins:end].lstrip(": ").split(";")]
            joint = [bool(_JOINT.search(entry[:_SHORT_CHARS])) for entry in entries]
            for place, entry in enumerate(entries):
                if joint[place] or not any(joint[:place]):  # else one more member of a joint one
                    self._enter(entry, code)

    def _enter(self, entry: str, code: str) -> None:
        match = _ENTRY.match(entry)
        shorts = match[1].split("/") if match and _JOINT.search(entry[:_SHORT_CHARS]) else []
        shorts = shorts or ([match[1]] if match else [])
        if joint := _JOINT.search(entry[:_SHORT_CHARS]):
            shorts = [f"JS{joint[1]}", *shorts]
        whole = _SUBMITTED.sub("", entry[match.end() :] if match else entry)
        for short in shorts:
            self._names.setdefault(short, whole)
            self._bodies.setdefault(short, code)

    def is_state(self, subject: str) -> bool:
        """Say whether a subject is the State under review."""
        return not self._known(subject) and is_state(subject, self._state)

    def named(self, subject: str) -> tuple[str, ...]:
        """Return those a subject names, by their short names where they have one."""
        if known := self._known(subject):
            return known
        bare = _LEAD.sub("", subject.strip()).strip(" ,")
        phrase = re.sub(r"^the\b ", "", bare, flags=re.I)
        if is_state(subject, self._state) or not phrase[:1].isupper() or len(phrase) > _LONGEST:
            return ()
        if self._again(bare):
            return ()
        tokens = tuple(dict.fromkeys(_TOKEN.findall(phrase)))
        return tokens or ((phrase,) if len(phrase.split()) > 1 else ())

    def _known(self, subject: str) -> tuple[str, ...]:
        found: dict[int, str] = {
            match.start(): f"JS{match[1]}" for match in _JOINT.finditer(subject)
        }
        for pattern in (_SHORT, _CALLED):
            for match in pattern.finditer(subject):
                if not _JOINT.search(match[1]) and match[1] != "JS":
                    self._names.setdefault(match[1], _name_before(subject, match.start()))
        for name in self._names:
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", subject):
                if match.start() not in found and not _within(match.span(), found):
                    found[match.start()] = name
        return tuple(dict.fromkeys(found[place] for place in sorted(found)))

    def again(self, subject: str, last: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        """Return who "it" is: whoever spoke last."""
        return last[-1] if last and self._again(subject) else None

    def _again(self, subject: str) -> bool:
        return bool(words().same.search(subject) or words().same_committee.search(subject))

    def in_notes(self, notes: str) -> tuple[str, ...]:
        """Return those that footnotes name."""
        return self._known(notes)

    def full(self, name: str) -> str:
        """Return a short name with the name that it is short for."""
        whole = self._names.get(name, "").strip(" ,;.")
        return f"{name}: {whole}" if whole and whole != name else name

    def body(self, name: str, headings: Sequence[str]) -> str:
        """Return what kind of stakeholder it is: NHRI, CSO, or STK for others."""
        said = f"{name} {self._names.get(name, '')}"
        for code, pattern in words().named_stakeholders.items():
            if pattern.search(name if code != "NHRI" else said):
                return code
        above = " ".join(headings)
        if words().stakeholders["NHRI"].search(above):
            return "NHRI"
        return self._bodies.get(name, "STK")


def _name_before(subject: str, place: int) -> str:
    """Return the name that stands before its short form in brackets."""
    before = (
        _AND.split(subject[:place].rstrip())[-1] if ", " not in subject[:place] else subject[:place]
    )
    return re.sub(r"^the ", "", _LEAD.sub("", before.strip()), flags=re.I)[-_LONGEST:].strip()


def _within(span: tuple[int, int], found: Mapping[int, str]) -> bool:
    return any(place <= span[0] < place + len(name) for place, name in found.items())
