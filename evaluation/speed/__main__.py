"""Runs every part, prints the numbers and writes them: ``python -m evaluation.speed``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from evaluation.speed.measure import part
from evaluation.speed.report import Parts, as_text, read, write

PARTS = {
    "encoding": "Encoding",
    "state": "One State",
    "clustering": "Clustering",
    "searching": "Searching",
    "deciding": "Deciding after many decisions",
    "starting": "Starting",
    "pages": "Pages in a browser",
}
SHORT = 20_000
"""Records of the short form of the corpus of UHRI's size; `make bench-uhri` takes all."""


def main() -> None:
    """Measure all parts, or those named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path, help="JSON; a page is written beside it")
    arguments.add_argument("--only", nargs="+", choices=(*PARTS, "uhri"), default=())
    options = arguments.parse_args()
    keep = options.only and options.output and options.output.is_file()
    found: Parts = read(options.output) if keep else {}
    for name, title in PARTS.items():
        if name in options.only or not options.only:
            found[title] = part(name)
            print(as_text({title: found[title]}), flush=True)
    if "uhri" in options.only or not options.only:
        from evaluation.speed.uhri import SIZE, measured

        long = measured(int(os.environ.get("LINKER_UHRI_RECORDS", SHORT)))
        print(as_text(long), flush=True)
        found = {title: rows for title, rows in found.items() if SIZE not in title} | long
    if options.output:
        write(found, options.output)


if __name__ == "__main__":
    main()
