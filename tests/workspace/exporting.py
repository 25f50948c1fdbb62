"""Takes files to a workspace and its documents, each run in a process of its own.

exporting.py DOCUMENTS WORKSPACE SECOND THREADS FILE...: documents go to the folder DOCUMENTS.
SECOND is the time of day of every import but the first, which the identity of a workspace is made
from.
"""

import sys
from pathlib import Path

from linker.documents.kinds import KINDS
from linker.encoding.onnx import OnnxEncoder
from linker.store import records as stored_records
from linker.workspace.workspace import Linker

documents, workspace, second, threads, *files = sys.argv[1:]
Path(documents).mkdir(parents=True)
with Linker.open(workspace, create=True, encoder=OnnxEncoder(threads=int(threads))) as linker:
    stored_records.now = lambda: "2025-03-01T09:00:00+00:00"
    linker.add(files[:1])
    stored_records.now = lambda: f"2025-03-01T{second}+00:00"
    linker.add(files[1:])
    linker.build()
    for kind, formats in KINDS.items():
        for suffix in formats:
            theme = linker.xray().themes[0].theme_id if kind == "factsheet" else None
            linker.export(kind, Path(documents) / f"{kind}.{suffix}", theme=theme)
