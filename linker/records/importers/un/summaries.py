"""How summaries say who recommends: data/vocabularies/un_summaries.yaml and the bodies by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from linker.vocabulary.bodies import body_rows
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.states import state_code


@dataclass(frozen=True, slots=True)
class Words:
    """One pattern a list of the file, and the names by which bodies and entities speak.

    Attributes:
        bodies: name of a treaty body, folded to lower case -> its code.
        body_names: any of these names.
        entities: any name of a part of the United Nations.
        entity_rows: pattern of each, and what it is called.
        stakeholders: code of a body -> how lists of stakeholders head it.
        named_stakeholders: code of a body -> names that say so.
    """

    reporting: re.Pattern[str]
    recommends: re.Pattern[str]
    impersonal: re.Pattern[str]
    same_committee: re.Pattern[str]
    same_mandate: re.Pattern[str]
    same: re.Pattern[str]
    state: re.Pattern[str]
    mandates: re.Pattern[str]
    notes: re.Pattern[str]
    bodies: Mapping[str, str]
    body_names: re.Pattern[str]
    entities: tuple[tuple[re.Pattern[str], str], ...]
    stakeholders: Mapping[str, re.Pattern[str]]
    named_stakeholders: Mapping[str, re.Pattern[str]]


_LISTS = (
    "reporting", "recommends", "impersonal", "same_committee", "same_mandate", "same", "state",
    "mandates", "notes",
)  # fmt: skip


@remembered()
def words() -> Words:
    """Read data/vocabularies/un_summaries.yaml and data/vocabularies/bodies.csv."""
    found = read_yaml(vocabulary_file("un_summaries.yaml"))
    bodies = _body_names()
    longest = sorted(bodies, key=lambda name: (-len(name), name))
    return Words(
        **{name: re.compile("|".join(found[name]), re.IGNORECASE) for name in _LISTS},
        bodies=bodies,
        body_names=re.compile(
            rf"\b(?:{'|'.join(re.escape(name) for name in longest)})\b".replace("'", "['’]"),
            re.IGNORECASE,
        ),
        entities=tuple(
            (re.compile(rf"\b(?:{row})\b"), str(row).split("|", 1)[0]) for row in found["entities"]
        ),
        stakeholders=_compiled(found["stakeholders"]),
        named_stakeholders=_compiled(found["named_stakeholders"]),
    )


def _compiled(rows: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {code: re.compile(pattern, re.IGNORECASE) for code, pattern in rows.items()}


def _body_names() -> dict[str, str]:
    """Return what treaty bodies are called: the code and names of several words.

    One word more, such as ICERD, is as a rule the treaty.
    """
    names = {}
    for row in body_rows():
        if row["mechanism"] == "TB":
            called = (row["code"], row["name"], *row["other_names"].split(";"))
            names.update({
                name.casefold(): row["code"]
                for name in called
                if name == row["code"] or (" " in name and "(" not in name)
            })  # fmt: skip
    return names


def is_state(subject: str, code: str) -> bool:
    """Say whether a subject is a State: by its name, or "the Government"."""
    name = re.split(r"[,;] ", subject.strip())[-1]
    return bool(words().state.search(subject)) or bool(code and state_code(name) == code)
