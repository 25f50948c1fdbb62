"""A portal takes its folder's place whole, or leaves what was there; never what is not its own."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import AccessError, Invalid, LinkerError
from linker.review.roles import Person
from linker.store.scratch import PREFIX
from linker.workspace import publishing
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A workspace of some records of two States."""
    folder = tmp_path_factory.mktemp("publishing")
    table = folder / "t.csv"
    rows = [
        f"r{n},{state},UPR,4,{n},2024,Improve prison number {n} in {state}"
        for state in ("XVM", "KEN")
        for n in range(4)
    ]
    table.write_text("\n".join(["id,state,mechanism,cycle,paragraph,year,text", *rows]))
    with Linker.open(folder / "w", create=True) as linker:
        linker.add([table])
        linker.build()
    return folder / "w"


@pytest.fixture
def linker(small):
    with Linker.open(small) as opened:
        yield opened


def sums(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_bytes_again_in_a_folder_and_in_an_archive(linker, tmp_path):
    assert linker.documents.publish(tmp_path / "p", ["XVM"]) == [tmp_path / "p"]
    first = sums(tmp_path / "p")
    linker.documents.publish(tmp_path / "p", ["XVM"])
    assert sums(tmp_path / "p") == first
    for name in ("a.zip", "b.zip"):
        linker.export("site", tmp_path / name, "XVM")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sorted(archive.namelist()) == sorted(first)
        assert {entry.external_attr >> 16 & 0o777 for entry in archive.infolist()} == {0o644}
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(PREFIX)] == []


def test_a_folder_that_linker_did_not_make_stays(linker, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(Invalid, match="--replace"):
        linker.documents.publish(tmp_path / "thesis", ["XVM"])
    assert [p.name for p in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    linker.documents.publish(tmp_path / "p", ["XVM"])
    with pytest.raises(Invalid, match="is the portal of XVM, not of KEN"):
        linker.documents.publish(tmp_path / "p", ["KEN"])
    linker.documents.publish(tmp_path / "p", ["KEN"], replace=True)
    assert json.loads((tmp_path / "p" / "portal.json").read_text())["states"] == ["KEN"]


@pytest.mark.parametrize("option", [("--language", "es"), ("--columns", "targets"), ("--tags",)])
def test_an_option_that_a_portal_has_not_is_refused(small, tmp_path, option):
    asked = ["-w", str(small), "export", "site", str(tmp_path / "p"), "--state", "XVM", *option]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code != 0
    assert not (tmp_path / "p").exists()
    assert isinstance(result.exception, Invalid) or "change nothing of a portal" in result.output


def test_a_workspace_is_never_replaced_by_a_portal(linker):
    for place in (linker.folder, linker.folder.parent):
        with pytest.raises(Invalid, match="holds the workspace"):
            linker.documents.publish(place, ["XVM"], replace=True)
    assert linker.store.states() == ["KEN", "XVM"]


def test_a_file_and_a_link_in_its_place(linker, tmp_path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(Invalid, match="is a file"):
        linker.documents.publish(tmp_path / "file", ["XVM"])
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for _ in range(2):
        linker.documents.publish(tmp_path / "link", ["XVM"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "index.html").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "link", "real"]


def test_what_fails_leaves_the_folder_as_it_was(linker, tmp_path, monkeypatch):
    linker.documents.publish(tmp_path / "p", ["XVM"])
    before = sums(tmp_path / "p")
    real = publishing._write

    def full(path, content):
        if path.name == "about.html":
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(publishing, "_write", full)
    with pytest.raises(LinkerError, match="No space left"):
        linker.documents.publish(tmp_path / "p", ["XVM"])
    assert sums(tmp_path / "p") == before
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


def test_killed_between_two_renames_the_old_one_comes_back(linker, tmp_path, monkeypatch):
    linker.documents.publish(tmp_path / "p", ["XVM"])
    before = sums(tmp_path / "p")
    (tmp_path / "p").rename(tmp_path / f"p{publishing.BEFORE}")
    monkeypatch.setattr(publishing, "portal", lambda *_: (_ for _ in ()).throw(Invalid("stop")))
    with pytest.raises(Invalid, match="stop"):
        linker.documents.publish(tmp_path / "p", ["XVM"])
    assert sums(tmp_path / "p") == before


def test_since_an_earlier_publication(linker, tmp_path):
    linker.documents.publish(tmp_path / "p", ["XVM"])
    earlier = tmp_path / "p" / "changes.json"
    linker.documents.publish(tmp_path / "n", ["XVM"], since=earlier)
    assert sums(tmp_path / "n") == sums(tmp_path / "p")
    with pytest.raises(Invalid, match="publication of XVM, not of KEN"):
        linker.documents.publish(tmp_path / "k", ["KEN"], since=earlier)
    for states in (["KEN"], ["KEN", "XVM"]):
        with pytest.raises(Invalid, match="earlier portal"):
            linker.documents.publish(tmp_path / "k", states, since=tmp_path / "nowhere")
    assert not (tmp_path / "k").exists()


def test_names_are_never_published(linker, tmp_path):
    with pytest.raises(Invalid, match="names nobody"):
        linker.documents.publish(tmp_path / "p", ["XVM"], with_names=True)


def test_on_the_command_line(small, tmp_path):
    def run(*words):
        return CliRunner().invoke(main, ["--workspace", str(small), "export", *map(str, words)])

    made = run("site", tmp_path / "both", "--state", "Kenya", "--state", "XVM", "--proposals")
    assert made.exit_code == 0, made.output
    assert made.output.strip() == str(tmp_path / "both")
    assert (tmp_path / "both" / "ken" / "search.html").is_file()
    again = run("site", tmp_path / "both", "--state", "KEN", "--state", "XVM")
    assert again.exit_code == 0, again.output
    fewer = run("site", tmp_path / "both", "--state", "KEN")
    assert (fewer.exit_code, "portal of KEN, XVM" in fewer.output) == (2, True)
    refused = run("records", tmp_path / "r.csv", "--state", "KEN", "--proposals")
    assert refused.exit_code == 2
    assert "linker export site" in refused.output
    unknown = run("site", tmp_path / "x", "--state", "Atlantis")
    assert unknown.exit_code == 2
    assert run("site", tmp_path / "x.docx", "--state", "KEN").exit_code == 2


@pytest.mark.long
def test_a_kill_at_any_moment_leaves_a_whole_portal(small, tmp_path):
    command = [sys.executable, "-m", "linker", "--workspace", str(small), "export", "site"]
    command += [str(tmp_path / "p"), "--state", "XVM"]
    subprocess.run(command, check=True, cwd=CHECKOUT)
    whole = sums(tmp_path / "p")
    start = time.monotonic()
    subprocess.run(command, check=True, cwd=CHECKOUT)
    lasts = time.monotonic() - start
    for turn in range(20):
        process = subprocess.Popen(command, cwd=CHECKOUT)
        time.sleep(lasts * (0.3 + 0.7 * turn / 19))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        found = tmp_path / "p"
        aside = tmp_path / f"p{publishing.BEFORE}"
        assert sums(found if found.is_dir() else aside) == whole
    subprocess.run(command, check=True, cwd=CHECKOUT)
    assert sums(tmp_path / "p") == whole
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


def test_who_logged_in_names_no_file_of_the_server(linker, small, tmp_path):
    someone = linker.acting(Person("r", "administrator"))
    own = tmp_path / "own"
    own.mkdir()
    for named in ({"template": str(own)}, {"since": own}, {"replace": True}):
        with pytest.raises(AccessError):
            someone.publish(tmp_path / "p.zip", ["XVM"], **named)
    assert someone.publish(tmp_path / "p.zip", ["XVM"])
