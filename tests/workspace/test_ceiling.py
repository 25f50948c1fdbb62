"""A text longer than what is analysed is kept, told and left alone; no text stops other threads."""

import threading
import time

import pytest
from click.testing import CliRunner

from linker import suggest
from linker.cli import main
from linker.errors import UsageError
from linker.records.asks import LONGEST, cut
from linker.workspace.workspace import Linker

LATE = 1.0
"""Seconds that another thread of the server may be kept waiting."""
HOSTILE = {
    "States": "The Committee recommends that " + "State " * 3_000 + "1 be ratified",
    "joints": "Adopt a;" + " , , , b," * 2_000,
    "clauses": "Adopt a" + ", and to adopt b c" * 1_000,
    "marks": "Ratify it " + "a" + "\u0301\u0323" * 9_000,
    "spaces": "Ratify para" + " " * 19_000 + "!",
    "brackets": "(a) Ratify it; " + "(" * 19_000,
    "letters": "\n(a)" * 4_000,
    "protocols": "Optional Protocol to the Convention on " * 500,
    "one word": "a" * 19_999,
}


@pytest.fixture(scope="module")
def heart():
    """A thread that wants to run every few milliseconds; how late it was at worst."""
    late, stop = [0.0], threading.Event()

    def beat():
        while not stop.is_set():
            began = time.perf_counter()
            time.sleep(0.01)
            late[0] = max(late[0], time.perf_counter() - began - 0.01)

    thread = threading.Thread(target=beat)
    thread.start()
    yield late
    stop.set()
    thread.join()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_keeps_the_other_threads_waiting(name, demo, heart):
    suggest("End child marriage")  # what is loaded once is no text's fault
    with Linker.open(demo[0]) as linker:
        linker.search("End child marriage", limit=5)
        heart[0] = 0.0
        suggest(HOSTILE[name])
        linker.search(HOSTILE[name], limit=5)
    assert heart[0] < LATE


def test_a_text_that_is_too_long_is_asked_for_in_part(demo):
    long = "Ratify the Convention. " * 1_000
    with pytest.raises(UsageError, match="23,000 characters, and at most 20,000 are analysed"):
        suggest(long)
    with Linker.open(demo[0]) as linker, pytest.raises(UsageError, match="20,000 are analysed"):
        linker.search(long)


def test_a_record_that_is_too_long_is_kept_told_and_not_analysed(tmp_path):
    long = "Ratify the Convention against Torture. " * 600
    table = tmp_path / "table.csv"
    table.write_text(
        "id,state,body,symbol,paragraph,text\n"
        "a,XVM,UPR,A/HRC/1/2,1,Ratify the Convention against Torture.\n"
        "b,XVM,CAT,CAT/C/XVM/CO/1,2,Ratify the Convention against Torture without delay.\n"
        f"c,XVM,CRC,CRC/C/XVM/CO/1,3,{long}\n",
        encoding="utf-8",
    )

    def run(*arguments):
        result = CliRunner().invoke(main, ["-w", str(tmp_path / "w"), *map(str, arguments)])
        assert result.exit_code == 0, result.output
        return result.output

    assert "1 of the records kept are longer than 20,000 characters" in run("import", table)
    assert "1 record is longer than 20,000 characters and not analysed" in run("build")
    with Linker.open(tmp_path / "w") as linker:
        assert {record.id for record in linker.records()} == {"a", "b", "c"}
        links = linker.convergences()
        assert all("c" not in (i.link.left_id, i.link.right_id) for i in links)
        assert all(i.link.record_id != "c" for i in linker.sdg())
        assert "c" not in linker.xray(state="XVM").home()


def test_what_is_too_long_is_one_part():
    (part,) = cut("Ratify it and report. " * LONGEST)
    assert part.role == "implied"
