"""The one reader: what it read stays in force until somebody asks whether it changed."""

import re
import threading
from unicodedata import is_normalized

import pytest

from linker.errors import LinkerError
from linker.paths import home
from linker.reading.document_frequencies import uncounted
from linker.vocabulary.files import (
    read_rows,
    read_yaml,
    reading,
    refresh,
    remembered,
    vocabulary_file,
)
from linker.vocabulary.groups import groups_in
from linker.vocabulary.states import state_code


def add(name, text):
    path = vocabulary_file(name)
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_changed_file_is_used_from_the_next_refresh_on(own_home):
    assert not refresh()
    before = reading().digest
    add("states.csv", "XAT,XA,Atlantis,Sunken Republic of Atlantis,\n")
    add("groups.csv", "mermaids,,mermaid;mermaids\n")
    assert state_code("Atlantis") is None
    assert groups_in("Protect mermaids") == frozenset()
    assert reading().digest == before
    assert refresh()
    assert state_code("Atlantis") == "XAT"
    assert groups_in("Protect mermaids") == {"mermaids"}
    assert reading().digest != before
    assert not refresh()


def test_a_thread_with_old_words_leaves_nothing_to_those_who_ask_later(own_home):
    begun, go_on = threading.Event(), threading.Event()

    @remembered()
    def atlantis():
        found = state_code("Atlantis")
        if found is None:
            begun.set()
            go_on.wait(10)
        return found

    slow = threading.Thread(target=atlantis)
    slow.start()
    begun.wait(10)
    add("states.csv", "XAT,XA,Atlantis,,\n")
    refresh()
    go_on.set()
    slow.join()
    assert atlantis() == "XAT"


def test_what_is_missing_or_damaged_is_said_with_its_remedy(own_home):
    vocabulary_file("bodies.csv").unlink()
    vocabulary_file("groups.csv").write_text("group\nwomen\n", encoding="utf-8")
    vocabulary_file("measures.yaml").write_text("a: [", encoding="utf-8")
    refresh()
    with pytest.raises(LinkerError, match=r"bodies.csv: missing. Restore the data/ folder"):
        read_rows(vocabulary_file("bodies.csv"))
    with pytest.raises(LinkerError, match=r"groups.csv, row 1: column 'within' is missing"):
        groups_in("women")
    with pytest.raises(LinkerError, match=r"measures.yaml: cannot be read as YAML"):
        read_yaml(vocabulary_file("measures.yaml"))


def test_every_concept_and_measure_that_ships_has_a_count():
    assert uncounted() == ()


def test_only_one_file_reads_vocabularies():
    reads = re.compile(r'/ "vocabularies"|Restore the data/|vocabularies/[a-z_]+\.\w+"')
    found = [
        path.relative_to(home()).as_posix()
        for path in sorted((home() / "linker").rglob("*.py"))
        if reads.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["linker/vocabulary/files.py"]


def test_every_letter_of_the_data_is_composed():
    files = [path for path in sorted((home() / "data").rglob("*.*")) if path.is_file()]
    assert len(files) > 50
    apart = [p.name for p in files if not is_normalized("NFC", p.read_text(encoding="utf-8"))]
    assert apart == [], "a search for “mobilité” would not find them"
