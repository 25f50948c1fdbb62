"""Libraries are told to send nothing before they are loaded, and what they kept can be deleted."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.offline import SWITCHES, telemetry_folder

HEAVY = ("onnxruntime", "tokenizers", "faiss", "streamlit", "transformers", "huggingface_hub")
SAYS = f"""
import sys, MODULE, os
print([name for name in {HEAVY} if name in sys.modules])
print(all(os.environ[name] == value for name, value in {SWITCHES}.items()))
"""


@pytest.mark.parametrize("module", ["linker", "linker.cli", "evaluation"])
def test_telemetry_is_forbidden_before_a_library_that_sends_some_is_loaded(module):
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    environment["ORT_DISABLE_TELEMETRY"] = "0"
    command = [sys.executable, "-c", SAYS.replace("MODULE", module)]
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\nTrue\n"


def test_what_was_kept_to_send_is_told_and_deleted_only_when_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    run = CliRunner().invoke
    assert "not there" in run(main, ["telemetry"]).output
    assert "not there" in run(main, ["telemetry", "--delete"]).output
    folder = telemetry_folder()
    folder.mkdir(parents=True)
    (folder / "deviceid").write_text("a", encoding="utf-8")
    (folder.parent / "another program").write_text("kept", encoding="utf-8")
    said = run(main, ["telemetry"]).output
    assert f"{folder / 'deviceid'}: 1 bytes" in said
    assert folder.is_dir()
    assert "1 files deleted" in run(main, ["telemetry", "--delete"]).output
    assert not folder.exists()
    assert (folder.parent / "another program").is_file()
