"""What a record says, worked out once: its asks, its context, and what each of them names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from linker.reading.cleaning import without_names
from linker.reading.document_frequencies import background
from linker.reading.english import RecordInEnglish
from linker.reading.polarity import UNREAD, Polarity, asks_plainly, polarity_of
from linker.records.asks import cut
from linker.records.part import Part
from linker.records.record import Record
from linker.vocabulary.files import remembered
from linker.vocabulary.groups import groups_in
from linker.vocabulary.instruments import named, titles, treaty_of
from linker.vocabulary.phrases import names_in
from linker.vocabulary.tokens import stems

SHORT = 4
"""An ask with fewer meaningful words ("prosecute perpetrators") has lost its object in the cut."""
COMMON = 1.6
"""Words in more than a fifth of all recommendations (continue, measure, ensure) count nothing."""
KEPT = 5_000
"""Readings kept in memory, some 5 KB each, for whoever asks for the same records again."""

MEANS = frozenset({"technical assistance", "budget for rights"})
"""Concepts that say with what something is to be done, whatever that is."""

RESERVATIONS = "withdraw reservations"
"""Kind of measure that is about one treaty."""

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a record asks for.

    Attributes:
        text: as it is compared: without names, with what comes before it if it is short.
        words: stems of its words.
        concepts: what it is about.
        measures: kinds of measure that it names.
        instruments: that it names, by id.
        groups: of people that it speaks of.
        polarity: which way it goes; empty where it only implies something.
    """

    text: str
    words: Names
    concepts: Names
    measures: Names
    instruments: Names
    groups: Names
    polarity: Polarity = UNREAD


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record says.

    Attributes:
        asks: in order; one at least.
        context: what it says beside them, without names; empty where nothing.
        words: stems of the words of the whole.
        concepts: what the whole is about.
    """

    asks: tuple[Ask, ...]
    context: str
    words: Names
    concepts: Names


def read(record: Record) -> Reading:
    """Return what a record says; it depends on its text, its State and its body."""
    return _read(record.text, record.state, record.body, isinstance(record, RecordInEnglish))


def asked_parts(text: str) -> list[Part]:
    """Return the parts of a record's text that its asks are made of, one each, in order."""
    asked = [part for part in cut(text) if part.role != "context"]
    # Nothing but joints is left of some texts ("and"): these are read whole.
    return asked or [Part(0, len(text), "implied", text)]


@remembered(KEPT)
def _read(text: str, state: str, body: str, through_english: bool) -> Reading:
    found, before = [], ""
    for part in asked_parts(text):
        plain = without_names(part.text, state)
        ask = _ask(plain, before, body)
        asks = part.role == "ask" or asks_plainly(part.text)
        if asks:
            polarity = replace(polarity_of(ask.text), through_english=through_english)
            ask = replace(ask, polarity=polarity)
        found.append(ask)
        before = plain
    beside = " ".join(part.text for part in cut(text) if part.role == "context")
    whole = without_names(text, state)
    only = found[0] if len(found) == 1 and found[0].text == whole else None
    return Reading(
        asks=tuple(found),
        context=without_names(beside, state).strip(),
        words=only.words if only else frozenset(stems(whole)),
        concepts=only.concepts if only else subjects(whole),
    )


def _ask(text: str, before: str, body: str) -> Ask:
    """Return an ask with what it cannot be understood without.

    That is the ask before it, where it has lost its object or names only means; and the treaty of
    a committee that asks to withdraw "its reservations to article 9", another one for each.
    """
    instruments, concepts = named(text), subjects(text)
    if before and not instruments:
        telling = [word for word in stems(text) if word_rarity(word) > 0]
        if len(telling) < SHORT or (concepts and concepts <= MEANS):
            text = f"{text} ({before})"
            instruments, concepts = named(text), subjects(text)
    measures, treaty = actions(text), treaty_of(body)
    if treaty and not instruments and RESERVATIONS in measures:
        text = f"{text} ({treaty})"
        instruments, concepts = named(text), subjects(text)
        measures = actions(text)
    words = frozenset(stems(text))
    return Ask(text, words, concepts, measures, instruments, groups_in(text))


def subjects(text: str) -> Names:
    """Return the concepts that a text is about; `MEANS` only where it names nothing else.

    Money for alternative care and money for health services are no common measure.
    """
    found = names_in("concepts", text)
    return (found - MEANS) or found


def actions(text: str) -> Names:
    """Return the kinds of measure that a text asks for, whatever the names of instruments say.

    To disseminate the Convention on the Elimination of … is not to eliminate anything.
    """
    kept, place = [], 0
    for start, end in titles(text):
        kept.append(text[place : max(place, start)])
        place = max(place, end)
    return names_in("measures", " ; ".join([*kept, text[place:]]))


def word_rarity(word: str) -> float:
    """Return how rare a stem is beyond `COMMON`; 0 for words that say nothing."""
    return max(0.0, background().rarity(f"w:{word}") - COMMON)
