"""The rules of the house: what may import what, and who alone knows a library."""

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

FLOORS = (
    ("errors", "paths", "plugins", "programs", "stable_ids", "wire"),
    ("offline", "worker", "i18n", "checked_files"),
    ("vocabulary", "encoding", "array_file"),
    ("index",),
    ("records",),
    ("links", "reading"),
    ("clusters",),
    ("convergence", "sdg", "themes", "labels"),
    ("review", "plan", "audit"),
    ("uptake",),
    ("store", "documents"),
    ("workspace",),
    ("api", "mcp", "ui"),
    ("cli",),
)
"""Rooms of linker/ from the ground up: each imports from the floors below it alone."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ALONE = {
    "sqlalchemy": ("linker/store/",),
    "sqlite3": ("linker/store/",),
    "onnxruntime": ("linker/encoding/",),
    "sentence_transformers": ("linker/encoding/",),
    "tokenizers": ("linker/encoding/",),
    "faiss": ("linker/index.py",),
    "fastapi": ("linker/api/", "linker/cli/api.py"),
    "mcp": ("linker/mcp/",),
    "streamlit": ("linker/ui/",),
    "torch": (),
}
"""Libraries that only these files of linker/ may import."""


@cache
def modules():
    """Return the files of linker/ by the names of their modules."""
    found = {}
    for path in sorted((CHECKOUT / "linker").rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imported(path: Path) -> set[str]:
    """Return the full names that a file imports, wherever in it, but for types alone."""
    names = set()
    for node in ast.walk(_without_types(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _without_types(tree: ast.Module) -> ast.Module:
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return tree


@pytest.fixture(scope="module")
def graph():
    """Which modules of linker/ each of them imports."""
    known = modules()
    found = {}
    for name, path in known.items():
        mine = imported(path)
        near = {wanted if wanted in known else wanted.rpartition(".")[0] for wanted in mine}
        found[name] = sorted((near & set(known)) - {name, "linker"})
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_nothing_imports_from_a_higher_floor_or_from_a_neighbour(graph):
    wrong = [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in others
        if room(module) in FLOOR and room(other) != room(module)
        if FLOOR[room(other)] >= FLOOR[room(module)]
    ]
    assert wrong == []


def test_every_room_has_a_floor(graph):
    assert {room(module) for module in graph} - {"", "__main__"} <= set(FLOOR)


def test_nothing_imports_in_circles(graph):
    assert circles(graph) == []
    by_room = defaultdict(set)
    for module, others in graph.items():
        if room(module) in FLOOR:
            by_room[room(module)] |= {room(other) for other in others} - {room(module)}
    assert circles({name: sorted(others) for name, others in by_room.items()}) == []


def circles(graph):
    """Return modules that import one another in a circle, the first again at the end, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == ["a", "c", "b", "a"]


@pytest.mark.parametrize("library", sorted(ALONE))
def test_only_its_room_knows_a_library(library):
    wrong = [
        name
        for name, path in modules().items()
        if any(found == library or found.startswith(f"{library}.") for found in imported(path))
        if not path.relative_to(CHECKOUT).as_posix().startswith(ALONE[library] or ("none",))
    ]
    assert wrong == []


def test_what_the_page_for_contributors_names_is_there():
    page = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:linker|tests|data|docs)/[\w/.-]+)`", page))
    assert len(named) > 25
    assert [path for path in sorted(named) if not (CHECKOUT / path).exists() and "NN" not in path
            and "NAME" not in path] == []  # fmt: skip


def test_no_two_files_of_tests_share_a_name():
    names = Counter(path.name for path in (CHECKOUT / "tests").rglob("test_*.py"))
    shared = {name for name, count in names.items() if count > 1}
    assert shared == set(), "pytest leaves one of them out"
