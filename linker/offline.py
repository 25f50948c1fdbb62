"""What keeps native and other libraries from calling home, and what they left before.

onnxruntime sends telemetry from native code unless its environment forbids it before it is loaded
(its ``Privacy.md``); nothing in Python can see or stop that later. ``linker/__init__.py`` therefore
forbids it before anything of Linker is imported, and what Linker starts inherits it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from linker.errors import LinkerError

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
    "OTEL_SDK_DISABLED": "true",
}
"""Environment variables, and the values with which onnxruntime, huggingface-hub (which tokenizers,
transformers and sentence-transformers use), Streamlit, and OpenTelemetry (which FastAPI and the MCP
SDK report to) send and fetch nothing."""
_QUEUE = Path("Microsoft", "DeveloperTools", ".onnxruntime")


def stay_offline() -> None:
    """Forbid telemetry and downloads to every library that this process loads from now on.

    What the environment said before does not count: Linker promises to send nothing.
    """
    os.environ.update(SWITCHES)


def telemetry_folder() -> Path:
    """Return where onnxruntime keeps a device id and the events that it has yet to send.

    On Linux; other programs that use onnxruntime share the folder.
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / _QUEUE


def delete_telemetry() -> list[Path]:
    """Delete what onnxruntime kept to send, and return the files that were there.

    Raises:
        LinkerError: the folder cannot be deleted.
    """
    folder = telemetry_folder()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    try:
        if folder.is_dir():
            shutil.rmtree(folder)
    except OSError as error:
        raise LinkerError(f"{folder}: cannot be deleted ({error.strerror}).") from error
    return files
