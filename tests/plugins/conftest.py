"""Plugins put in reach of Python without being installed, and taken away again."""

import sys

import pytest

from linker import plugins
from linker.documents.kinds import added_kinds
from linker.records.importers import importers
from linker.vocabulary.files import refresh
from linker.vocabulary.plugged import _tell


def forget():
    """Let the next look find what is in reach now."""
    for held in (plugins.listed, added_kinds, importers, _tell):
        held.cache_clear()
    refresh()


@pytest.fixture
def offered(tmp_path, monkeypatch):
    """Return a function that puts a package with entry points in reach."""

    def offer(package, version, points, code=None):
        place = tmp_path / package
        place.mkdir(exist_ok=True)
        module = package.replace("-", "_")
        if code is not None:
            (place / f"{module}.py").write_text(code, encoding="utf-8")
        meta = place / f"{module}-{version}.dist-info"
        meta.mkdir()
        (meta / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", encoding="utf-8"
        )
        lines = [f"[linker.{kind}]\n{name} = {value}\n" for kind, name, value in points]
        (meta / "entry_points.txt").write_text("".join(lines), encoding="utf-8")
        monkeypatch.syspath_prepend(place)
        monkeypatch.delitem(sys.modules, module, raising=False)  # that of another test
        forget()

    yield offer
    monkeypatch.undo()
    forget()
