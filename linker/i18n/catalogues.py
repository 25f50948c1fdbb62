"""Brings the catalogues up to date: ``python -m linker.i18n.catalogues`` in a checkout.

What the code says is extracted (``tr``, ``tr_plural``, ``tr_later``; ``tr`` in scripts); a new
message comes into every catalogue with nothing beside it, one that is gone leaves. Then it tells
what each catalogue still lacks. ``--check`` only tells, and ends with 1 where something is stale.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from linker.i18n.language import ENGLISH, LANGUAGES, SCREENS
from linker.i18n.messages import catalogue_file
from linker.i18n.scripts import messages_of

FORMS = {"tr": 1, "tr_later": 1, "tr_plural": 2}
"""How many messages a call of each name holds, before what is filled in."""
SOURCE = Path(__file__).parent.parent
ON_SCREEN = ("ui", "cli", "convergence", "sdg")
"""Rooms of linker/ whose messages only languages of `SCREENS` need."""
HEADER = """\
# {name} for Linker. English stands in msgid, the translation in msgstr; correct the latter.
# {{name}} and {{n}} are filled in and have to stay. No native expert has read this file yet.
# `python -m linker.i18n.catalogues` renews it; nothing has to be compiled."""


class _Call(ast.Call):
    """A call of a plain name."""

    func: ast.Name


def extracted(code: str) -> Catalog:
    """Return every message that a language's catalogue holds, in the order of files and lines."""
    found = Catalog()
    for room, message in _messages():
        if code in SCREENS or room not in ON_SCREEN:
            found.add(message)
    return found


@cache
def _messages() -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """Return the messages of the code, each with the room of linker/ that says it."""
    python = [(path, one) for path in sorted(SOURCE.rglob("*.py")) for one in _in_python(path)]
    scripts = [(path, one) for path in sorted(SOURCE.rglob("*.js")) for one in messages_of(path)]
    return tuple((path.relative_to(SOURCE).parts[0], one) for path, one in (*python, *scripts))


def _in_python(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield the messages of a file; within f-strings too, where Babel does not look."""
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _marks(n)]
    for call in sorted(calls, key=lambda c: (c.lineno, c.col_offset)):
        wanted = call.args[: FORMS[call.func.id]]
        values = [part.value for part in wanted if isinstance(part, ast.Constant)]
        said = [value for value in values if isinstance(value, str)]
        if len(said) == len(wanted) and all(said):
            yield said[0] if len(said) == 1 else tuple(said)


def _marks(node: ast.AST) -> TypeGuard[_Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS


def shipped(code: str) -> Catalog:
    """Return a catalogue as it lies in data/locale; an empty one where there is none."""
    path = catalogue_file(code)
    if not path.is_file():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def renewed(code: str, wanted: Catalog) -> bytes:
    """Return the text of a catalogue with exactly the messages wanted, translations kept."""
    held = shipped(code)
    made = Catalog(
        locale=code,
        project="Linker",
        header_comment=HEADER.format(name=LANGUAGES[code]),
        fuzzy=False,
    )
    for message in wanted:
        if message.id:
            known = held.get(message.id)
            made.add(message.id, string=known.string if known else None)
    out = io.BytesIO()
    write_po(out, made, width=100, no_location=True, omit_header=True)
    head = (
        f"{made.header_comment}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {made.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def lacking(code: str) -> Iterator[Message]:
    """Yield the messages of a catalogue that say nothing yet."""
    for message in shipped(code):
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(said):
            yield message


def main(arguments: list[str]) -> int:
    """Renew or check all catalogues, and tell what they lack."""
    stale = 0
    for code in LANGUAGES:
        if code == ENGLISH:
            continue
        wanted = extracted(code)
        path, text = catalogue_file(code), renewed(code, wanted)
        if not path.is_file() or path.read_bytes() != text:
            stale += 1
            if "--check" not in arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
        left = list(lacking(code))
        whole = "screens and documents" if code in SCREENS else "headings"
        print(f"{code} ({whole}): {len(wanted)} messages, {len(left)} not translated")
        if code in SCREENS:
            for message in left:
                print(f"  {message.id}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
