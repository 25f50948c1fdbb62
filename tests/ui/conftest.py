"""The demonstration workspace, a copy for every test that decides, and its pages."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from linker.store.location import locate
from linker.store.store import Store
from linker.ui.desk import Desk
from linker.ui.workbench import Workbench
from linker.workspace.known import remember
from tests.conftest import CHECKOUT
from tests.ui.browsing import chromium, free_port, serving


@pytest.fixture
def valmora(demo, tmp_path):
    """A copy of the demonstration workspace that a test may change."""
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    return folder


@pytest.fixture
def bench(valmora):
    bench = Workbench(valmora)
    yield bench
    bench.linker.close()


@pytest.fixture
def at(bench):
    """Sit down at the workspace as it stands now: at("Ada")."""

    def desk(reviewer, independent=False):
        return Desk(bench, bench.snapshot("XVM"), "XVM", reviewer, independent)

    return desk


@pytest.fixture
def show():
    """Run a page of the application: show("xray", workspace=folder, view="Years").

    Somebody opened the folder on this machine before, unless ``opened`` is false.
    """

    def run(name, workspace, opened=True, **address):
        if opened:
            remember(locate(workspace))
        app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=120)
        app.query_params["workspace"] = str(workspace)
        app.run()
        if name != "start":
            app.switch_page(f"linker/ui/pages/{name}.py")
        for key, value in {"workspace": str(workspace), **address}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return run


@pytest.fixture
def log():
    """Read the decisions of a workspace from the disk, as another program would."""

    def read(folder):
        store = Store(folder)
        try:
            return store.decisions()
        finally:
            store.close()

    return read


@pytest.fixture
def server(valmora):
    """The address of `linker app` on a copy of the demonstration workspace."""
    with serving(valmora, free_port()) as address:
        yield address


@pytest.fixture
def browser(tmp_path):
    """A chromium of its own, with an empty profile."""
    pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    with chromium(tmp_path / "profile") as driver:
        yield driver
