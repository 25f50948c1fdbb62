"""Reads a file as an import does, and says what that took: ``python hostile_reading.py FILE``."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.apart import read_apart
from linker.worker import Worker


def outcome(path, options=None):
    """The records that a file gave, and all that was said of it."""
    found = []
    with Worker() as worker:
        reading = read_apart(worker, path, options or Options())
        try:
            while True:
                found.append(next(reading))
        except StopIteration as end:
            _, notes = end.value
            return found, "\n".join(map(str, notes))
        except ImportRefused as refusal:
            return found, str(refusal)


def measured(path):
    """How many records a file gave, what was said, seconds of the processor and kilobytes held.

    From a process that has no other child: what the system tells of all children at once is the
    most that any child of any test before ever held.
    """
    command = [sys.executable, __file__, str(path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


if __name__ == "__main__":
    records, told = outcome(Path(sys.argv[1]))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([len(records), told, used.ru_utime, used.ru_maxrss]))
