"""The tags of a record under their official names, and whether its text bears them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from linker.errors import LinkerError
from linker.records.record import Record
from linker.themes.official import official_name
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.groups import groups_in, known_group, wider
from linker.vocabulary.instruments import named
from linker.vocabulary.phrases import Phrases, vocabulary
from linker.vocabulary.tokens import stems, tokenise

FIELDS = {"themes": "Theme", "groups": "Group", "sdgs": "SDG"}
"""Fields of a record that hold tags, and what a reader calls one."""
TAGS_KEPT = 4096
_KINDS_OF_WITNESS = ("concepts", "groups", "instruments", "bodies", "words")
_SAYS_NOTHING = frozenset(
    stem
    for word in ("general", "right", "rights", "human", "persons", "other", "measures", "related")
    for stem in stems(word)
)


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """A theme, group or SDG goal that a source gave a record.

    Attributes:
        field: themes, groups or sdgs.
        name: official name where there is one, else as given; the number of a goal.
    """

    field: str
    name: str

    def __str__(self) -> str:
        """Return it as a reader knows it: Theme “Reservations”, SDG 5."""
        if self.field == "sdgs":
            return f"SDG {self.name}"
        return f"{FIELDS[self.field]} “{self.name}”"


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What bears a tag out when a record holds any of it (data/vocabularies/tag_words.yaml)."""

    concepts: frozenset[str]
    groups: frozenset[str]
    instruments: frozenset[str]
    bodies: frozenset[str]
    any_instrument: bool


def tags(record: Record) -> frozenset[Tag]:
    """Return the tags of a record; targets and indicators count for their goal."""
    return frozenset(
        tag
        for field in FIELDS
        for given in getattr(record, field)
        for tag in (_tag(field, given),)
        if tag.name
    )


@remembered(TAGS_KEPT)
def _tag(field: str, given: str) -> Tag:
    if field == "sdgs":
        return Tag(field, given.split(".", maxsplit=1)[0])
    name = official_name(given) if field == "themes" else known_group(given)
    return Tag(field, name or given.strip())


class Reading:
    """What the text of one record speaks of, worked out as far as it is asked for.

    Args:
        record: the record. Its heading is read too, unless it is itself a theme: OHCHR's lists
            file a recommendation under its tag, which would make every tag true.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        heading = "" if official_name(record.heading) else record.heading
        self.text = f"{heading}. {record.text}" if heading else record.text

    @cached_property
    def _words(self) -> frozenset[str]:
        return _word_finder().names_in(self.text)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        return vocabulary("concepts").names_in(self.text)

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset().union(*(wider(group) for group in groups_in(self.text)))

    def stems(self) -> frozenset[str]:
        """Return the stems of the words that carry meaning."""
        return frozenset(stems(self.text))

    def bears_out(self, tag: Tag) -> bool:
        """Whether the record speaks of what a tag says.

        A tag outside the vocabulary is held against the words of its own name.
        """
        witnesses = known_tags().get(tag)
        if witnesses is None:
            return self._says_name(tag.name)
        if _key(tag) in self._words or self.record.body in witnesses.bodies:
            return True
        if witnesses.concepts & self._concepts or witnesses.groups & self._groups:
            return True
        if not witnesses.instruments and not witnesses.any_instrument:
            return False
        mentioned = named(self.text)
        return bool(mentioned & witnesses.instruments or (mentioned and witnesses.any_instrument))

    def _says_name(self, name: str) -> bool:
        words = frozenset(stems(name)) - _SAYS_NOTHING
        return not words or bool(words & self.stems())


@remembered()
def known_tags() -> dict[Tag, Witnesses]:
    """Return what bears out each tag of data/vocabularies/tag_words.yaml.

    Raises:
        LinkerError: the file is missing, or names a concept, group or witness that does not exist.
    """
    return {tag: _witnesses(tag, entry) for tag, entry in _entries()}


@remembered()
def _entries() -> tuple[tuple[Tag, dict[str, list[str]]], ...]:
    content = read_yaml(vocabulary_file("tag_words.yaml"))
    sections = (("themes", "themes"), ("groups", "groups"), ("goals", "sdgs"))
    return tuple(
        (Tag(field, str(name)), entry)
        for section, field in sections
        for name, entry in content.get(section, {}).items()
    )


def _witnesses(tag: Tag, entry: dict[str, list[str]]) -> Witnesses:
    unknown = set(entry) - {*_KINDS_OF_WITNESS, "any_instrument"}
    unknown |= set(entry.get("concepts", ())) - set(vocabulary("concepts").names)
    unknown |= {group for group in entry.get("groups", ()) if known_group(group) != group}
    if unknown:
        raise LinkerError(
            f"tag_words.yaml: {tag} names what does not exist: {', '.join(sorted(unknown))}"
        )
    concepts, groups, instruments, bodies = (
        frozenset(entry.get(kind, ())) for kind in _KINDS_OF_WITNESS[:4]
    )
    return Witnesses(concepts, groups, instruments, bodies, bool(entry.get("any_instrument")))


@remembered()
def _word_finder() -> Phrases:
    return Phrases({_key(tag): entry.get("words", []) for tag, entry in _entries()})


def _key(tag: Tag) -> str:
    return f"{tag.field} {tag.name}"


_ELSEWHERE = re.compile(
    r"\b(?:paras?\.|paragraphs?|above|aforementioned|mentioned|previous|reiterat\w+|said|these|"
    r"such|this (?:issue|matter|area|regard|respect|field|end|purpose|problem|phenomenon|"
    r"practice)|articles?\s+\d+|chapter \w+|goals? \d+)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*\(?(?:[a-z]|[ivx]+|\d{1,2})[.)]\s")


def speaks_for_itself(record: Record, shortest: int) -> bool:
    """Whether a text can be held against its tags.

    Not where it is too short, begins as an item of a list, or points to something outside itself
    ("these recommendations", "paragraph 12 above"): the tag may be about that.
    """
    if len(tokenise(record.text)) < shortest:
        return False
    return not (_ELSEWHERE.search(record.text) or _ITEM.match(record.text))
