"""All regular expressions of the package: written down, and made by functions from data files.

``python -m tests.gathering`` prints them as JSON: pattern, flags, where, and how each is used. A
process of its own, for every call of `re` is watched while the package is imported and used.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import subprocess
import sys
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "linker"
METHODS = {"match", "fullmatch", "search", "sub", "subn", "finditer", "findall", "split"}
ANCHORED = {"match", "fullmatch"}
SHOWN_ONLY = "linker.ui.pages."
"""Modules that show a page when they are imported; their expressions are read from the source."""


def expressions() -> list[dict]:
    """Return every expression with flags, where it stands and how it is used.

    Raises:
        AssertionError: a call of `re` in the package was neither reached nor has a literal.
    """
    command = [sys.executable, "-m", "tests.gathering"]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def watched() -> dict[tuple[str, int], set[tuple[str, int, bool]]]:
    """Return (pattern, flags, of bytes?) of each call of `re`, by file and line."""
    found = defaultdict(set)
    compile_ = re._compile

    def note(pattern, flags):
        frame = sys._getframe(2)
        file = frame.f_code.co_filename
        if file.startswith(str(PACKAGE)):
            text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
            of_bytes = isinstance(text, bytes)
            flags_ = int(pattern.flags if isinstance(pattern, re.Pattern) else flags)
            key = file, frame.f_lineno
            found[key].add((text.decode("latin-1") if of_bytes else text, flags_, of_bytes))
        return compile_(pattern, flags)

    re._compile = note
    use()
    re._compile = compile_
    return found


def use() -> None:
    """Import every module, and call what makes expressions from data files."""
    import linker

    for module in pkgutil.walk_packages(linker.__path__, "linker."):
        if not module.name.endswith("__main__") and not module.name.startswith(SHOWN_ONLY):
            load(import_module(module.name))
    from linker.audit.build import audit
    from linker.reading.cleaning import without_names
    from linker.records import foreign_asks
    from linker.records.importers import read_file
    from linker.sdg.words import spelled_out
    from linker.vocabulary import instruments, plugged
    from linker.vocabulary.files import read_rows, vocabulary_file
    from linker.vocabulary.spoken import FOREIGN

    records = []
    for file in sorted((ROOT / "data" / "sample").glob("*.csv")):
        records += read_file(file)[0]
    for record in records[:200]:
        without_names(record.text, record.state)
        spelled_out(record.text)
        instruments.mentions(record.text)
    for number in range(len(instruments._rows())):
        for pattern, _ in instruments._patterns(number):
            instruments._compiled(number, pattern)
    shipped = read_rows(vocabulary_file("instruments.csv"), plugged.KEYS["instruments.csv"])
    for row in shipped:
        plugged._wrong("instruments.csv", row, shipped)
    for code in FOREIGN:
        foreign_asks._asking(code)
    audit(records)


def load(module) -> None:
    """Call what a module reads once and remembers: it needs no arguments."""
    from linker.errors import LinkerError  # not before the calls of `re` are watched

    for made in list(vars(module).values()):
        inner = getattr(made, "__wrapped__", None)
        own = getattr(made, "__module__", "") == module.__name__
        if own and isfunction(inner) and not signature(inner).parameters:
            with suppress(LinkerError):
                made()


def written() -> dict[tuple[str, int], dict]:
    """Return each call of `re` in the source: its literal, if it has one, and its name."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names[id(node.value)] = node.targets[0].id
            elif isinstance(node, ast.keyword):
                names[id(node.value)] = node.arg
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _of_re(node.func):
                found[str(file), node.lineno] = {
                    "literal": _literal(node.args[0], file),
                    "method": node.func.attr,
                    "name": names.get(id(node)),
                }
    return found


def _literal(node, file: Path) -> str | None:
    """Return what is written as an expression, a letter for what is put into it."""
    if isinstance(node, ast.Name):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        found = getattr(import_module(module), node.id, None)
        return found if isinstance(found, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = (getattr(part, "value", "x") for part in node.values)
        return "".join(part if isinstance(part, str) else "x" for part in parts)
    return node.value if isinstance(node, ast.Constant) else None


def _of_re(function) -> bool:
    owner = getattr(function, "value", None)
    known = getattr(function, "attr", "") in METHODS | {"compile"}
    return known and isinstance(owner, ast.Name) and owner.id == "re"


def how_used(call: dict, own: str, every: str) -> list[str]:
    """Return how an expression is used: searched for, unless it is seen only to be matched.

    Args:
        call: what `written` says of it.
        own: the source of its file, where a name with an underscore is used and nowhere else.
        every: the source of the package.
    """
    source = own if (call["name"] or "").startswith("_") else every
    if call["method"] != "compile":
        used = {call["method"]}
    elif call["name"]:
        used = set(re.findall(rf"\b{call['name']}\.({'|'.join(METHODS)})\(", source))
    else:
        used = set()
    return sorted(used & ANCHORED) + (["search"] if used - ANCHORED or not used else [])


def main() -> None:
    """Print the expressions."""
    calls, seen = written(), watched()
    sources = {str(file): file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")}
    every = "\n".join(sources.values())
    out, missing = [], []
    for (file, line), call in calls.items():
        where = f"{Path(file).relative_to(ROOT)}:{line}"
        known = seen.get((file, line), set())
        if not known and call["literal"] is not None:
            of_bytes = isinstance(call["literal"], bytes)
            text = call["literal"].decode("latin-1") if of_bytes else call["literal"]
            known = {(text, 0, of_bytes)}
        if not known:
            missing.append(where)
        for pattern, flags, of_bytes in sorted(known):
            for how in how_used(call, sources[file], every):
                out.append(
                    {
                        "pattern": pattern, "flags": flags, "bytes": of_bytes,
                        "where": where, "how": how,
                    }
                )  # fmt: skip
    assert not missing, f"expressions that no call reached: {', '.join(missing)}"
    print(json.dumps(out))


if __name__ == "__main__":
    main()
