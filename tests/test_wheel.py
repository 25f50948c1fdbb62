"""The wheel as users install it: built, put into a fresh environment, run without a network."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build and install the wheel; return its environment and a function that runs a command."""
    place = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir"]
    subprocess.run([*pip, "wheel", *offline, "-w", place, CHECKOUT], check=True)
    wheel = next(place.glob("linker-*.whl"))
    fresh = place / "fresh"
    venv.create(fresh, with_pip=False)
    programs = fresh / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.check_output([python, "-c", ask], text=True).strip()
    # What Linker needs is taken from here: no package index is asked.
    others = [one for one in sys.path if one.endswith("site-packages")]
    (Path(site) / "others.pth").write_text("\n".join(others) + "\n", encoding="utf-8")
    subprocess.run([*pip, "--python", python, "install", *offline, wheel], check=True)
    alone = ["unshare", "-n"] if _can_be_cut_off() else []
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("LINKER_", "PYTHON", "COVERAGE"))
    }
    clean |= {"HOME": str(place), "XDG_STATE_HOME": str(place), "LINKER_LANGUAGES": str(place)}

    def run(*words, **extra):
        command = [*alone, programs / "linker", *words]
        ended = subprocess.run(
            command, cwd=place, env=clean | extra, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return Path(site), place, run


def _can_be_cut_off():
    """Whether a command can be run without any network."""
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def test_everything_that_is_needed_is_in_it(installed):
    site, _, _ = installed
    bundled = site / "linker" / "bundled"
    wanted = {
        path.relative_to(CHECKOUT)
        for name in ("data", "models", "indices", "docs/schemas", ".streamlit")
        for path in (CHECKOUT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    missing = [str(path) for path in sorted(wanted) if not (bundled / path).is_file()]
    assert missing == []
    ours = CHECKOUT / "linker"
    beside = [
        path.relative_to(ours)
        for path in ours.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert [str(p) for p in beside if not (site / "linker" / p).is_file()] == []
    assert (bundled / "app.py").is_file()


def test_it_says_where_its_files_are_and_that_they_are_whole(installed):
    site, _, run = installed
    facts = json.loads(run("info", "--format", "json"))
    of = {(one["about"], one["name"]): one["value"] for one in facts}
    for name in ("data", "models", "indices"):
        assert of["files", name] == str(site / "linker" / "bundled" / name)
    models = [one["value"] for one in facts if one["about"] == "models"]
    assert len(models) >= 10
    assert all(value.endswith("as shipped") for value in models)
    assert of["workspace", "status"] == "none here"


def test_it_builds_the_demonstration_without_a_network(installed):
    _, place, run = installed
    assert "Valmora" in run("demo")
    written = {path.suffix for path in (place / "demo").rglob("*") if path.is_file()}
    assert {".docx", ".xlsx", ".html"} <= written
    assert "child marriage" in run("-w", "demo", "search", "child marriage", "--format", "csv")
    rows = json.loads(run("suggest", "End child marriage", "--format", "json"))
    assert "5.3" in {row["target"] for row in rows}


def test_the_shell_completes_its_commands(installed):
    _, _, run = installed
    for shell in ("bash", "zsh", "fish"):
        assert "_LINKER_COMPLETE" in run("completion", shell)
    told = run(_LINKER_COMPLETE="bash_complete", COMP_WORDS="linker exp", COMP_CWORD="1")
    assert {"plain,explain", "plain,export"} <= set(told.split())
