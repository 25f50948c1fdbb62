"""What all tests share: the real encoder, and the real files where this machine has them."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from linker import worker
from linker.encoding.onnx import OnnxEncoder
from linker.paths import home
from linker.reading.phrase_table import languages_dir
from linker.store.location import Folder
from linker.vocabulary.files import refresh
from linker.workspace.workspace import Linker
from tests.throwaway import throwaway

# How long a case takes says something about the machine, not about the product.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHECKOUT = Path(__file__).parent.parent
CORPORA = Path(os.environ.get("LINKER_CORPORA", CHECKOUT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    """The encoder that ships."""
    return OnnxEncoder()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real files, which are no part of the product."""
    if not CORPORA.is_dir():
        pytest.skip(f"the real files are not here ({CORPORA}); set LINKER_CORPORA")
    return CORPORA


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demonstration in English, built once from its files: (folder, what was printed)."""
    from linker.workspace.demo import make_demo

    folder = tmp_path_factory.mktemp("demo") / "valmora"
    yield folder, str(make_demo(folder, languages=False))
    with Linker.open(folder) as linker:
        assert not linker.store.decisions(), "a test decided in the workspace that all tests share"


def ask_the_contrary(folder):
    """Add two recommendations to a copy of the demonstration, one the contrary of the other.

    Of its own none asks the contrary of another, as hardly any real one does.
    """
    file = folder.parent / "contrary.csv"
    file.write_text(
        "state,mechanism,symbol,paragraph,date,cycle,session,text,recommending_states,position\n"
        "XVM,UPR,A/HRC/27/XVM,110.901,2014-07-02,2,19,"
        "Lower the minimum age of criminal responsibility,Brazil,supported\n"
        "XVM,UPR,A/HRC/58/XVM,127.901,2024-12-20,4,47,"
        "Raise the minimum age of criminal responsibility,Chile,supported\n",
        encoding="utf-8",
    )
    with Linker.open(folder) as opened:
        opened.add([file])
        opened.build()
        assert [one for one in opened.convergences() if one.relation == "opposite"]


@pytest.fixture
def linker(demo, tmp_path):
    """The demonstration in a copy of a test's own, open."""
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as opened:
        yield opened


@pytest.fixture(autouse=True, scope="session")
def own_state(tmp_path_factory):
    """Keep the list and the caches of workspaces that tests open out of the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp("own")))
        yield


@pytest.fixture(scope="session")
def postgres():
    """A throw-away PostgreSQL server; call it for the place of a new workspace on it."""
    server = throwaway(pytest)
    yield server
    server.stop()


@pytest.fixture(params=["folder", "server"])
def place(request, tmp_path):
    """Where a new workspace may lie, once in a folder and once on a server."""
    if request.param == "folder":
        return Folder(tmp_path / "here")
    return request.getfixturevalue("postgres")()


@pytest.fixture(autouse=True, scope="session")
def own_languages(tmp_path_factory):
    """Keep what `linker languages prepare` left on this machine from changing what tests see."""
    kept = languages_dir()
    before = os.environ.get("LINKER_LANGUAGES")
    os.environ["LINKER_LANGUAGES"] = str(tmp_path_factory.mktemp("languages"))
    yield kept
    os.environ.pop("LINKER_LANGUAGES")
    if before is not None:
        os.environ["LINKER_LANGUAGES"] = before


@pytest.fixture
def languages(own_languages, monkeypatch):
    """The encoder of other languages, where this machine has prepared it."""
    if not (own_languages / "manifest.json").is_file():
        pytest.skip("the encoder of other languages is not prepared: `linker languages prepare`")
    monkeypatch.setenv("LINKER_LANGUAGES", str(own_languages))
    return own_languages


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every connection that leaves this machine: Linker works offline."""
    connect = socket.socket.connect

    def only_here(self, address):
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a connection to {address} was tried")
        return connect(self, address)

    socket.socket.connect = only_here
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True, scope="session")
def measured_readers():
    """Where coverage is measured, measure the processes too in which files are read."""
    measuring = sys.modules.get("coverage")
    if measuring is None or measuring.Coverage.current() is None:
        yield
        return
    started = worker._started

    def measured():
        os.environ["COVERAGE_PROCESS_START"] = str(CHECKOUT / "pyproject.toml")
        try:
            return started()
        finally:
            del os.environ["COVERAGE_PROCESS_START"]

    worker._started = measured
    yield
    worker._started = started


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A home of the product whose data/ a test may change; models/ and indices/ are the shipped."""
    folder = tmp_path / "home"
    shutil.copytree(home() / "data", folder / "data")
    for name in ("models", "indices"):
        (folder / name).symlink_to(home() / name)
    monkeypatch.setenv("LINKER_HOME", str(folder))
    refresh()
    yield folder
    monkeypatch.undo()
    refresh()


@pytest.fixture
def full_disk():
    """A disk on which no file grows beyond some bytes: writes fall short, then fail."""
    resource = pytest.importorskip("resource", reason="this system cannot limit files")

    @contextmanager
    def limited(size):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited
