"""What Windows does otherwise, as far as it can be tried on any system."""

import ast
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from linker import programs
from linker.cli import serve
from linker.index import VectorIndex
from linker.store.backup import back_up, put_back
from linker.store.store import Store
from linker.workspace.handed_over import file_name
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT

ODD = "a b#c%20d?e Ключ"
"""A name of a folder with signs that mean something in addresses, and letters beyond Latin-1."""
OF_ONE_SYSTEM = {"fcntl", "resource", "pwd", "grp", "termios", "msvcrt", "winreg"}


def shipped():
    """Return the files under version control that ship, or all files where there is no git."""
    names = ("linker", "data", "models", "indices", "docs", "app.py")
    return [
        path.relative_to(CHECKOUT).as_posix()
        for name in names
        for path in (CHECKOUT / name, *(CHECKOUT / name).rglob("*"))
        if "__pycache__" not in path.parts and "bundled" not in path.parts
    ]


def test_every_file_that_ships_has_a_name_that_windows_takes():
    found = shipped()
    assert len(found) > 300
    folded = {}
    for name in found:
        for part in name.split("/"):
            assert not set(part) & set('<>:"|?*\\'), name
            assert part.rstrip(" .") == part, name
            assert part.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL"}, name
        assert folded.setdefault(name.casefold(), name) == name
        assert len(name) < 120, name


def test_modules_of_one_system_are_imported_where_others_go_on_without():
    wrong = []
    for path in (CHECKOUT / "linker").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        guarded = {
            id(one)
            for tried in ast.walk(tree)
            if isinstance(tried, ast.Try)
            and any("ImportError" in ast.unparse(h.type) for h in tried.handlers if h.type)
            for one in ast.walk(tried)
        }
        wrong += [
            f"{path.name} imports {name.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Import) and id(node) not in guarded
            for name in node.names
            if name.name in OF_ONE_SYSTEM
        ]
    assert wrong == []


def test_no_text_is_read_or_written_in_whatever_encoding_a_system_prefers():
    ruff = [sys.executable, "-m", "ruff", "check", "--preview", "--select", "PLW1514"]
    ended = subprocess.run(
        [*ruff, "linker", "app.py"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_what_is_printed_into_a_pipe_is_utf_8(demo):
    with Linker.open(demo[0]) as linker:
        link = linker.convergences()[0].link.link_id
    command = [sys.executable, "-m", "linker", "-w", str(demo[0]), "explain", link]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(CHECKOUT)}
    ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "█" in ended.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("CON.csv", "_CON.csv"),
        ("nul", "_nul"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.csv", "console.csv"),
        ("C:\\Users\\me\\list.xlsx", "list.xlsx"),
        ("a:b.csv", "ab.csv"),
        ("trailing. ", "trailing"),
    ],
)
def test_an_uploaded_file_gets_a_name_that_windows_takes(given, kept):
    assert file_name(given) == kept
    assert PureWindowsPath(kept).name == kept


def test_a_workspace_may_lie_in_a_folder_of_any_name(tmp_path):
    folder, file = tmp_path / ODD / "work", tmp_path / ODD / "backup #1?.db"
    table = tmp_path / ODD / "list.csv"
    table.parent.mkdir()
    table.write_text("state,text\nKEN,Ban torture\n", encoding="utf-8")
    with Linker.open(folder, create=True) as linker:
        assert linker.add([table])[0].kept == 1
        back_up(linker.store.location.database, file)
    put_back(file, tmp_path / ODD / "restored")
    again = Store(tmp_path / ODD / "restored")
    assert again.sizes() == {"KEN": 1}
    again.close()
    assert sorted(one.name for one in (tmp_path / ODD).iterdir()) == [
        "backup #1?.db", "list.csv", "restored", "work",
    ]  # fmt: skip


def test_an_index_is_read_whole_where_a_mapped_file_cannot_be_replaced(tmp_path, monkeypatch):
    import numpy as np

    from linker import index

    vectors = np.eye(4, dtype=np.float32)
    made = VectorIndex(4, "m")
    made.add(list("abcd"), vectors)
    folder = tmp_path / ODD
    made.save(folder)
    mapped = VectorIndex.load(folder, "m").search(vectors, 2)

    read_index = index.faiss.read_index

    def not_by_name(source, *flags):
        assert not isinstance(source, str), "could not open"
        return read_index(source, *flags)

    monkeypatch.setattr(index, "WINDOWS", True)
    monkeypatch.setattr(index.faiss, "read_index", not_by_name)
    whole = VectorIndex.load(folder, "m")
    made.save(folder)
    assert whole.search(vectors, 2) == mapped


def test_where_no_place_can_be_taken_the_server_is_waited_for(monkeypatch):
    called = []
    monkeypatch.setattr(serve, "WINDOWS", True)
    monkeypatch.setattr(serve.os, "execve", lambda *_: called.append("execve"))
    monkeypatch.setattr(serve.subprocess, "call", lambda command, env: called.append(command) or 7)
    with pytest.raises(SystemExit) as ended:
        serve._become(["python", "server"], {})
    assert ended.value.code == 7
    assert called == [["python", "server"]]


def test_libreoffice_is_found_where_its_installer_puts_it(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "WINDOWS", True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert programs.office_program() == ""
    place = tmp_path / "LibreOffice" / "program"
    place.mkdir(parents=True)
    (place / "soffice.exe").touch()
    assert Path(programs.office_program()) == place / "soffice.exe"


def test_files_are_read_where_nothing_limits_a_process(tmp_path):
    """Windows has no `resource`: the reading process works, within time alone."""
    blocked = tmp_path / "resource.py"
    blocked.write_text("raise ImportError('not on this system')\n", encoding="utf-8")
    table = tmp_path / "list.csv"
    table.write_text("state,text\nKEN,Ban torture\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from pathlib import Path\n"
        "from linker.workspace.adding import read_only\n"
        "from linker.records.importers import Options\n"
        f"report, records = read_only([Path({str(table)!r})], Options())[0]\n"
        "print(report.kept, len(records))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=CHECKOUT
    )
    assert ended.stdout.split() == ["1", "1"], ended.stderr
