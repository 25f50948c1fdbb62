"""The title of a cluster: its clearest, most specific ask, cut to the measure.

That is the ask whose telling words are, all together, nearest to those that the cluster's asks
share, and that says it shortly; words that are cut off do not count.
The words that cut lie in ``data/vocabularies/titles.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from linker.reading.ask_table import Profiles, Rows
from linker.reading.cleaning import names, within_names, without_names
from linker.reading.english import as_published
from linker.reading.record_reading import asked_parts
from linker.records.asking_words import begins_ask
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.tokens import stems

WORDS = 14
"""A title of more words loses in proportion."""
LINE = 110
"""Characters of a title."""
LOOKED_AT = 2_000
"""Characters of an ask in which its measure is looked for."""
FEWEST = 3
"""Words that are left at least when a beginning is cut."""
TELLING = 5
"""Words that are left at least when an end is cut: less no longer says which measure."""
READ = 0.5
"""What an ask counts that was read from another language, beside English ones."""
NO_MEASURE = 0.8
"""What an ask counts that does not begin with what is to be done ("girls have access to …")."""

POINTING = 0.8
"""What an ask counts that points at what stands elsewhere ("extend inspection to farms employing
them")."""


def titles(profiles: Profiles, homes: Rows) -> list[str]:
    """Return the title of each cluster: of an ask in another language, as it was published.

    Args:
        profiles: all asks.
        homes: the cluster of each ask, from 0.
    """
    cut = [measure_of(text) for text in _readable(profiles)]
    lengths = np.array([len(text.split()) for text in cut])
    brief = np.minimum(1.0, WORDS / np.maximum(lengths, 1)) * np.minimum(1.0, lengths / TELLING)
    measured = np.where([begins_ask(text) for text in cut], 1.0, NO_MEASURE)
    pointing = np.where([points_elsewhere(text) for text in cut], POINTING, 1.0)
    clear = np.round(_nearness(profiles, homes, cut) * brief * measured * pointing, 6)
    published = [
        as_published(profiles.records[owner], number)
        for owner, number in zip(profiles.owner.tolist(), profiles.number.tolist(), strict=True)
    ]
    clear = np.where([bool(text) for text in published], np.round(clear * READ, 6), clear)
    order = np.lexsort((np.array(cut), -clear, homes))
    first = np.searchsorted(homes[order], np.arange(homes.max() + 1))
    return [shortened(published[row] or cut[row]) for row in order[first].tolist()]


def _readable(profiles: Profiles) -> list[str]:
    """Return each ask as it is compared, but with names that a sentence cannot do without.

    "A child is Valmoran from birth" is compared without the State's name and is no sentence so.
    """
    texts = list(profiles.texts)
    for rows, record in zip(profiles.asks_of, profiles.records, strict=True):
        if not names(record.text, record.state):
            continue
        said = [part.text for part in asked_parts(record.text)]
        whole = {without_names(one, record.state): within_names(one, record.state) for one in said}
        for row in rows.tolist():
            texts[row] = whole.get(texts[row]) or texts[row]
    return texts


def measure_of(ask: str) -> str:
    """Return an ask without what is no measure before it and after it."""
    said = _said()
    whole = text = " ".join(ask[:LOOKED_AT].split()).strip(" .;,:")
    again = True
    while again:
        again = False
        for expression in said.beginnings:
            rest = expression.sub("", text, count=1)
            if rest != text and len(rest.split()) >= FEWEST:
                text, again = rest, True
    # What stands between commas in "ensure that women, such as …, have access" ends no sentence.
    is_clause = said.clause.search(whole[: len(whole) - len(text)]) or said.clause.match(text)
    ends = ((said.endings, FEWEST), (() if is_clause else said.reasons, TELLING))
    for expressions, fewest in ends:
        for expression in expressions:
            rest = expression.sub("", text, count=1).strip(" .;,:")
            if len(rest.split()) >= fewest:
                text = rest
    return _to_be_done(text)


def shortened(text: str) -> str:
    """Return a text of at most `LINE` characters, cut after a word."""
    if len(text) <= LINE:
        return text
    return text[: LINE - 1].rsplit(" ", 1)[0].rstrip(" ;,.:(") + "…"


def _nearness(profiles: Profiles, homes: Rows, cut: Sequence[str]) -> np.ndarray:
    """Return the cosine of the telling words left of each ask with those of its whole cluster."""
    weighted = (profiles.words.present @ sparse.diags(profiles.words.rarity)).tocsr()
    left = weighted.multiply(_spoken(cut, profiles.words.names)).tocsr()
    shape = (int(homes.max()) + 1, len(homes))
    inside = sparse.csr_matrix((np.ones(len(homes)), (homes, np.arange(len(homes)))), shape=shape)
    whole = (inside @ weighted).tocsr()
    both = np.asarray(left.multiply(whole[homes]).sum(axis=1)).ravel()
    lengths = [np.sqrt(np.asarray(m.multiply(m).sum(axis=1)).ravel()) for m in (left, whole)]
    return np.asarray(both / np.maximum(lengths[0] * lengths[1][homes], 1e-9))


def _spoken(texts: Sequence[str], names: Sequence[str]) -> sparse.csr_matrix:
    """Return texts × stems, 1 where a text has a word of that stem."""
    columns = {name: column for column, name in enumerate(names)}
    found = [sorted({columns[s] for s in stems(text) if s in columns}) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    places = np.array([column for row in found for column in row], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(places)), places, ends), shape=(len(texts), len(names)))


def points_elsewhere(ask: str) -> bool:
    """Whether an ask points at what stands in another sentence ("accede to the Convention")."""
    return bool(_said().pointing.search(ask))


def _to_be_done(text: str) -> str:
    """Return "Prevent and combat torture" for "preventing and combating torture"."""
    words = text.split(" ")
    verbs = _said().verbs
    for place in (0, 2):
        if place < len(words) - 1 and (place == 0 or words[1] in ("and", "or")):
            words[place] = verbs.get(words[place].lower(), words[place])
    text = " ".join(words)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class _Said:
    """What cuts a title, in order, and what tells asks that make a good one from others."""

    beginnings: tuple[re.Pattern[str], ...]
    endings: tuple[re.Pattern[str], ...]
    reasons: tuple[re.Pattern[str], ...]
    clause: re.Pattern[str]
    pointing: re.Pattern[str]
    verbs: dict[str, str]


@remembered()
def _said() -> _Said:
    lists = read_yaml(vocabulary_file("titles.yaml"))
    flags = re.IGNORECASE | re.DOTALL
    ends = {
        name: tuple(re.compile(f"{one}$", flags) for one in lists[name])
        for name in ("endings", "reasons")
    }
    asking = read_yaml(vocabulary_file("asking.yaml"))
    verbs = [str(v) for k in ("imperatives", "unambiguous_imperatives") for v in asking[k]]
    plain = [verb for verb in verbs if verb.isalpha()]
    pointing = "|".join(lists["pointing"]).replace("{verb}", f"(?:{'|'.join(plain)})")
    return _Said(
        beginnings=tuple(re.compile(f"^(?:{one})", flags) for one in lists["beginnings"]),
        endings=ends["endings"],
        reasons=ends["reasons"],
        clause=re.compile(rf"\b(?:{lists['clause']})\b", flags),
        pointing=re.compile(rf"\b(?:{pointing})\b", flags),
        verbs={form: verb for verb in plain for form in _forms(verb)},
    )


def _forms(verb: str) -> tuple[str, ...]:
    """Return how a verb may be written in -ing; one of them is right, the others stand nowhere."""
    short = verb.removesuffix("e")
    return f"{verb}ing", f"{short}ing", f"{verb}{verb[-1]}ing", f"{verb.removesuffix('ie')}ying"
