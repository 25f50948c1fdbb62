"""A disk that fills up at any moment: told in a sentence, and nothing that was there is harmed.

LINKER_FULL_DISK says at how many random moments: 6 in `make test-long`, 50 in `make robust`.
"""

import os
import random
import shutil
import subprocess
import sys

import pytest
from commands import intact

from linker.store.backup import back_up
from linker.store.scratch import PREFIX
from linker.workspace.workspace import Linker

TIMES = int(os.environ.get("LINKER_FULL_DISK", "6"))
STARVED = (
    "import resource, signal, sys; size = int(sys.argv[1])\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
    "from linker.cli import main; sys.argv[1:] = sys.argv[2:]; sys.exit(main())\n"
)
pytestmark = pytest.mark.long


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-c", STARVED, *map(str, arguments)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def commands(folder, source, link_id):
    """What people do, each with what it writes: the workspace's files or files beside it."""
    beside = folder.parent
    return {
        "import": ("import", source),
        "build": ("build",),
        "decide": ("decide", link_id, "confirm", "--reviewer", "Ada", "--note", "n" * 3000),
        "search": ("search", "education of children"),
        "export": ("export", "matrix", "--output", beside / "matrix.docx"),
        "backup": ("backup", beside / "kept-too.db"),
        "restore": ("restore", beside / "kept.db", "--replace"),
        "archive": ("archive", beside / "all.zip"),
        "unarchive": ("unarchive", beside / "given.zip", beside / "new"),
    }


@pytest.fixture(scope="module")
def prepared(whole, source, tmp_path_factory):
    """A folder to copy for each turn: the workspace, a backup, an archive, more records."""
    from linker.store.archive import write_archive

    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(whole[0], folder / "workspace")
    more = folder / "more.csv"
    rows = "".join(f"Open school number {n} to all,XVM,{n}\n" for n in range(400))
    more.write_text(f"text,state,paragraph\n{rows}", encoding="utf-8")
    with Linker.open(folder / "workspace") as linker:
        back_up(linker.store.location.database, folder / "kept.db")
        write_archive(linker.store, folder / "given.zip")
        return folder, linker.convergences()[0].link.link_id, linker.records()


def harm(folder, records):
    """What is wrong with a workspace after a turn; empty when nothing is."""
    if not intact(folder):
        return "the database is damaged"
    with Linker.open(folder) as linker:
        now = {record.id: record for record in linker.records()}
        lost = [record.id for record in records if record.id not in now]
        linker.search("schools for girls")
        left = [path.name for path in folder.parent.glob(f"**/{PREFIX}*")]
    return f"{lost[:3]} lost" if lost else f"left over: {left}" if left else ""


@pytest.mark.skipif(sys.platform == "win32", reason="this system cannot limit files")
@pytest.mark.parametrize("turn", range(TIMES))
def test_no_file_may_grow_any_more(turn, prepared, tmp_path):
    made, link_id, records = prepared
    rng = random.Random(turn)
    place = tmp_path / "place"
    shutil.copytree(made, place)
    folder = place / "workspace"
    todo = commands(folder, place / "more.csv", link_id)
    name = list(todo)[turn % len(todo)]
    largest = max(path.stat().st_size for path in place.rglob("*") if path.is_file())
    done = run(int(largest * rng.uniform(0.0, 1.1)), "--workspace", folder, *todo[name])
    assert "Traceback" not in done.stderr, f"{name}: {done.stderr[-2000:]}"
    assert done.returncode == 0 or len(done.stdout + done.stderr) > 40, name
    assert not harm(folder, records), name
    if done.returncode:
        again = run(-1, "--workspace", folder, *todo[name])
        assert again.returncode == 0, f"{name}: {again.stderr[-800:]}"
    assert not harm(folder, records), name


@pytest.mark.parametrize("turn", range(TIMES))
def test_the_disk_is_full(turn, prepared, small_disk):
    made, link_id, records = prepared
    rng = random.Random(1000 + turn)
    place = small_disk(64 << 20)
    shutil.copytree(made, place, dirs_exist_ok=True)
    folder = place / "workspace"
    todo = commands(folder, place / "more.csv", link_id)
    name = list(todo)[turn % len(todo)]
    free = shutil.disk_usage(place).free
    ballast = place / "ballast"
    ballast.write_bytes(b"\1" * max(0, free - int(rng.uniform(0.0, 1.0) ** 2 * (2 << 20))))
    done = run(-1, "--workspace", folder, *todo[name])
    assert "Traceback" not in done.stderr, f"{name}: {done.stderr[-2000:]}"
    ballast.unlink()
    assert not harm(folder, records), name
    if done.returncode:
        again = run(-1, "--workspace", folder, *todo[name])
        assert again.returncode == 0, f"{name}: {again.stderr[-800:]}"
    assert not harm(folder, records), name


@pytest.fixture
def small_disk(tmp_path):
    """A file system in memory of some bytes, where the system lets us mount one."""
    mounted = []

    def make(size):
        place = tmp_path / "disk"
        place.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={size}", "linker-test", str(place)]
        done = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system of its own can be mounted here ({done.stderr.strip()})")
        mounted.append(place)
        return place

    if not shutil.which("mount"):
        pytest.skip("this system has no mount")
    yield make
    for place in mounted:
        # Lazily: this process still has databases there that it has read.
        subprocess.run(["umount", "-l", str(place)], check=True)
