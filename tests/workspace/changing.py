"""Takes a source out and puts it back, corrects, merges and parts, on and on; killed by a test.

Prints after each change the number of edits that the log then has. With a file besides, it is put
in and erased for good, on and on, and printed is how often.
"""

import sys
from itertools import count

from linker.workspace.workspace import Linker


def erase(linker, file):
    for number in count(1):
        linker.add([file])
        linker.purge(linker.imports()[-1].source.number)
        print(number, flush=True)


with Linker.open(sys.argv[1]) as linker:
    if sys.argv[2:]:
        erase(linker, sys.argv[2])
    one, two = linker.records()[:2]
    last = linker.imports()[-1].source
    if last.forgotten:
        linker.unforget(last.number)
    for number in count():
        changes = (
            lambda: linker.forget(last.number),
            lambda: linker.unforget(last.number),
            lambda: linker.correct(one.id, "heading", f"Heading {number}", "ana"),  # noqa: B023
            lambda: linker.undo_correction(one.id, "heading", "ana"),
            lambda: linker.merge_records(one.id, two.id, "ana"),
            lambda: linker.undo_merge(one.id, two.id, "ana"),
        )
        for change in changes:
            change()
            print(len(linker.record_log()), flush=True)
