"""How often words, concepts and measures stand in recommendations at large, as counts that ship."""

from __future__ import annotations

from linker.errors import LinkerError
from linker.paths import models_dir
from linker.vocabulary.files import read_text, remembered

FILE = "convergence/background.tsv"


@remembered()
def shipped() -> dict[str, int]:
    """Return the counts that ship, by key; of ``texts``, how many texts there are."""
    path = models_dir() / FILE
    counts: dict[str, int] = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        name, tab, count = line.partition("\t")
        if not tab or not count.isdigit():
            raise LinkerError(f"{path}, line {number}: expected a name, a tab and a count")
        counts[name] = int(count)
    return counts
