"""What continuous integration does with tests that fail: once more, and then it counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

TWICE = CHECKOUT / ".ci" / "twice"
SUITE = """
import pathlib, time

def test_right(): pass

def test_sometimes():
    seen = pathlib.Path("seen")
    first = not seen.exists()
    seen.touch()
    assert not (first and {flaky})

def test_wrong(): assert {right}

def test_z_slow(): time.sleep({slow})
"""


def twice(folder: Path, seconds: int, flaky=False, right=True, slow=0):
    folder.joinpath("test_made.py").write_text(SUITE.format(flaky=flaky, right=right, slow=slow))
    folder.joinpath("pytest.ini").write_text("[pytest]\n")
    made = subprocess.run(
        [TWICE, str(seconds), "-q", "-n", "2", "--cov", "-p", "no:randomly"],
        cwd=folder,
        env={**os.environ, "PYTHON": sys.executable, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return made.returncode, made.stdout


def test_nothing_is_run_again_where_all_pass(tmp_path):
    code, said = twice(tmp_path, 0)
    assert code == 0
    assert "once more" not in said


def test_what_fails_once_is_told_and_passes(tmp_path):
    code, said = twice(tmp_path, 0, flaky=True)
    assert code == 0
    assert "test_sometimes" in said.split("once more")[0]
    assert "they passed the second time" in said
    assert "1 passed" in said.split("once more")[1]


def test_what_fails_twice_fails(tmp_path):
    code, said = twice(tmp_path, 0, flaky=True, right=False)
    assert code == 1
    assert "1 failed, 1 passed" in said.split("once more")[1]


def test_a_suite_that_cannot_be_read_fails(tmp_path):
    tmp_path.joinpath("test_broken.py").write_text("import nowhere_at_all\n")
    assert twice(tmp_path, 0)[0] != 0


@pytest.mark.long
@pytest.mark.parametrize(("right", "code"), [(True, 0), (False, 1)])
def test_what_did_not_run_in_time_is_told_and_what_failed_counts(tmp_path, right, code):
    found, said = twice(tmp_path, 12, right=right, slow=60)
    assert found == code
    assert "NOT run" in said
