"""Nothing leaves this machine: every system call is watched while Linker does its work.

Native code does not show in Python's sockets, so `strace` follows each process and its threads for
what opens a connection or sends to an address. Without `strace`, or where tracing is forbidden, the
tests say so and are skipped. The names that are looked up and the addresses connected to count, not
what comes back: with a network or without one, the same calls would be tried.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from linker.offline import SWITCHES
from tests.conftest import CHECKOUT
from tests.ui.browsing import free_port, wait_for

CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
ELSEWHERE = re.compile(r'sin6?_addr=inet_(?:addr|pton)\((?:AF_INET6, )?"(?!127\.|::1"|0\.0\.0\.0")')
LOOKED_UP = re.compile(r"sin6?_port=htons\(53\)")
WAITING = 25
"""Seconds the encoder stays loaded: onnxruntime began to send ten seconds after it was."""
ELSE = "http://192.0.2.1:4318"
"""Where an environment may say that telemetry goes: it must not."""
LINKER = [sys.executable, "-m", "linker"]
STARTING = 180
"""Seconds within which a server that is traced answers."""

pytestmark = pytest.mark.long


def can_trace():
    """Whether strace is here and may follow a process."""
    if not shutil.which("strace"):
        return False
    tried = ["strace", "-f", "-qq", "-e", CALLS, "true"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def traced(tmp_path_factory):
    """Return a function that runs a command and returns its calls that leave the machine."""
    if not can_trace():
        pytest.skip("strace is not installed, or this system forbids to trace processes")
    folder = tmp_path_factory.mktemp("traced")

    def run(command, during=lambda process: None, cwd=CHECKOUT, **environment):
        log = folder / f"{len(list(folder.iterdir()))}.log"
        # What a user has: nothing of this test's own environment forbids telemetry.
        clean = {k: v for k, v in os.environ.items() if k not in SWITCHES}
        clean |= {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(CHECKOUT)}
        process = subprocess.Popen(
            ["strace", "-f", "-qq", "-e", CALLS, "-o", str(log), *map(str, command)],
            cwd=cwd, env=clean | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        ended = during(process)
        if ended:
            # strace itself blocks the signal: what it watches has to get it.
            os.killpg(process.pid, signal.SIGTERM)
        _, errors = process.communicate(timeout=560)
        assert ended or process.returncode == 0, errors.decode()[-2000:]
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        kept = folder / "cache" / "Microsoft"
        assert not kept.exists(), "something was kept to be sent later"
        return [line for line in lines if ELSEWHERE.search(line) or LOOKED_UP.search(line)]

    return run


def waiting(code):
    """Return a command that runs some Python and then stays, for what is sent late."""
    return [sys.executable, "-c", f"{code}\nimport time; time.sleep({WAITING})"]


def test_the_watch_sees_what_leaves_the_machine(traced):
    """The control: one datagram to a name server that is not this machine is enough."""
    code = (
        "import socket\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 53))"
    )
    assert traced([sys.executable, "-c", code])


def test_the_encoder_alone_calls_nobody(traced):
    code = "from linker import suggest\nprint(suggest('End child marriage'))"
    assert traced(waiting(code)) == []


def test_the_demonstration_calls_nobody(traced, tmp_path):
    code = (
        "from pathlib import Path\nfrom linker.workspace.demo import make_demo\n"
        f"make_demo(Path({str(tmp_path / 'demo')!r}))"
    )
    assert traced(waiting(code)) == []


def test_import_build_and_export_call_nobody(traced, tmp_path):
    source = CHECKOUT / "data" / "sample" / "treaty-bodies.csv"
    folder = tmp_path / "work"
    steps = (["import", source], ["build"], ["export", "matrix", "-o", tmp_path / "m.docx"])
    for step in steps:
        assert traced([*LINKER, "-w", folder, *step]) == [], step


def test_the_application_with_a_search_calls_nobody(traced, demo):
    port = free_port()
    command = [*LINKER, "-w", demo[0], "app", "--port", str(port), "--no-browser"]

    def search(process):
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health", process, STARTING)
        urllib.request.urlopen(f"{address}/search?q=prison", timeout=60).close()
        time.sleep(WAITING)
        return True

    assert traced(command, search) == []
    page = (
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=300)\n"
        f"app.query_params['workspace'] = {str(demo[0])!r}\n"
        "app.query_params['q'] = 'prison'\n"
        "app.run(); app.switch_page('linker/ui/pages/search.py'); app.run()\n"
        "assert not app.exception, app.exception\n"
    )
    assert traced(waiting(page), LINKER_WORKSPACE=str(demo[0])) == []


def test_the_http_interface_calls_nobody(traced, demo):
    pytest.importorskip("fastapi", reason="the server extra is not installed")
    port, token = free_port(), "0123456789abcdef0123456789abcdef"
    address = f"http://127.0.0.1:{port}"

    def ask(process):
        wait_for(f"{address}/health", process, STARTING)
        for path in ("/", "/openapi.json", "/v1/search?q=prison", "/v1/clusters"):
            request = urllib.request.Request(address + path)
            request.add_header("Authorization", f"Bearer {token}")
            urllib.request.urlopen(request, timeout=120).close()
        time.sleep(WAITING)
        return True

    command = [*LINKER, "-w", demo[0], "api", "--port", str(port)]
    assert traced(command, ask, LINKER_API_TOKEN=token, OTEL_EXPORTER_OTLP_ENDPOINT=ELSE) == []


def test_an_assistant_makes_it_call_nobody(traced, demo):
    pytest.importorskip("mcp", reason="the mcp extra is not installed")
    code = (
        "import asyncio, sys\n"
        "from mcp import Client, StdioServerParameters\n"
        f"server = StdioServerParameters(command=sys.executable, args={LINKER[1:]!r} + "
        f"['-w', {str(demo[0])!r}, 'mcp'])\n"
        "async def ask():\n"
        "    async with Client(server) as client:\n"
        "        answer = await client.call_tool('search', {'text': 'prison'})\n"
        "        assert not answer.is_error\n"
        f"        await asyncio.sleep({WAITING})\n"
        "asyncio.run(ask())\n"
    )
    assert traced([sys.executable, "-c", code]) == []


def test_making_the_encoder_anew_calls_nobody(traced, tmp_path):
    pytest.importorskip("torch", reason="the train extra is not installed")
    copy = tmp_path / "export.py"
    shutil.copyfile(CHECKOUT / "models" / "encoder" / "export.py", copy)
    code = f"import runpy; runpy.run_path({str(copy)!r}, run_name='__main__')"
    assert traced(waiting(code)) == []
