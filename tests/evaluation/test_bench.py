"""The benchmark's own parts: what it measures on, how it measures, and what it writes."""

import csv
import json
import random
import subprocess
import sys
from contextlib import closing

import pytest

from evaluation.speed import corpus, deciding, uhri
from evaluation.speed.measure import Row, run, seconds
from evaluation.speed.report import as_markdown, as_text, quoted, read, write
from linker.records.importers import read_file
from linker.records.importers.base import Options
from linker.store.store import Store
from tests.conftest import CHECKOUT

FOUND = {
    "Encoding": [
        Row("encoding", 3.456, "×", "≥3", "10 against 3", quoted=True),
        Row("  cosine", 0.9876),
    ],
    "Searching": [Row("search", 1234.5, "ms", "≤50")],
}


@pytest.fixture
def nothing_real(monkeypatch, tmp_path):
    monkeypatch.setenv("LINKER_CORPORA", str(tmp_path))
    corpus.recommendations.cache_clear()
    corpus.paragraphs.cache_clear()
    yield
    corpus.recommendations.cache_clear()
    corpus.paragraphs.cache_clear()


def test_without_real_texts_the_demonstration_is_measured_on(nothing_real, tmp_path):
    assert not corpus.real()
    assert "demonstration" in corpus.source()
    first, more = corpus.write_state(tmp_path, 600, 50)
    rows = [list(csv.DictReader(f.open(encoding="utf-8"))) for f in (first, more)]
    assert [len(some) for some in rows] == [600, 50]
    texts = {row["text"] for some in rows for row in some}
    assert len(texts) > 600  # repeated texts are perturbed
    assert {row["mechanism"] for row in rows[0]} == {"UPR", "TB"}


def test_the_same_corpus_is_made_each_time(nothing_real, tmp_path):
    for name in ("one", "other"):
        corpus.write_uhri(tmp_path / name, 40, 3)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_it_makes_is_read_as_an_export_of_uhri(nothing_real, tmp_path):
    path = tmp_path / "uhri.json"
    corpus.write_uhri(path, 60, 3)
    assert len(json.loads(path.read_text("utf-8"))) == 60
    records, notes = read_file(path, options=Options())
    found = list(records)
    assert notes.refused_count == 0
    assert 57 <= len(found) <= 60
    assert len({record.state for record in found}) == 3
    assert {record.mechanism for record in found} == {"UPR", "TB"}
    assert all(record.paragraph for record in found if record.mechanism == "UPR")


def test_a_perturbed_text_keeps_most_of_its_words():
    text, other = "ratify the optional protocol without further delay", "ban corporal punishment"
    changed = corpus.perturbed(text, other, random.Random(0))
    assert changed != text
    assert len(set(text.split()) & set(changed.split())) >= 5


def test_a_process_is_measured_by_itself():
    # From a small process: a new one is booked with the memory of the one that started it.
    code = (
        "from evaluation.speed.measure import run\n"
        "small, large = run('-c', 'print(1)'), run('-c', 'print(len(b\"x\" * 700_000_000))')\n"
        "print(small.output.strip(), small.mebibytes < 500 < large.mebibytes, small.seconds > 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "True", "True"]
    with pytest.raises(RuntimeError, match="exit code 3"):
        run("-c", "raise SystemExit(3)")


def test_the_least_of_some_repeats_counts():
    calls = []
    assert seconds(lambda: calls.append(1), 3) < 1
    assert len(calls) == 3


def test_an_aim_is_met_or_not():
    assert Row("a", 3.0, aim="≥3").met is True
    assert Row("a", 2.9, aim="≥3").met is False
    assert Row("a", 1500.1, aim="≤1500").met is False
    assert Row("a", 1.0).met is None


def test_what_is_written_is_read_back_and_quoted(tmp_path):
    write(FOUND, tmp_path / "bench.json")
    assert read(tmp_path / "bench.json") == FOUND
    page = (tmp_path / "bench.md").read_text("utf-8")
    assert "| encoding | 3.46× | ≥ 3×, met | 10 against 3 |" in page
    assert "| search | 1,234 ms | ≤ 50 ms, not met |  |" in page
    assert page == as_markdown(FOUND, json.loads((tmp_path / "bench.json").read_text())["machine"])
    assert len(quoted(FOUND)) == 3
    assert "not met" in as_text(FOUND)


def test_growth_is_told_from_the_first_and_the_last_states():
    passed = [(0.0, 1.0, "A"), (2.0, 1.0, "B"), (4.0, 1.0, "C"), (10.0, 1.0, "")]
    first, last = uhri._ends(passed)
    assert (first, last) == (passed[1:3], passed[2:])  # models load with the first State
    assert uhri._per_thousand(first, 500) == 4.0
    assert uhri._per_thousand(last, 500) == 12.0
    pairs = [(float(at), 1.0, "A") for at in (0, 0, 4, 4, 8, 8, 12)]
    first, last = uhri._ends(pairs, 2)  # two at once: four seconds for two States
    assert (uhri._per_thousand(first, 1000), uhri._per_thousand(last, 1000)) == (2.0, 2.0)


def test_a_decision_is_measured_on_a_log_of_many(demo):
    decided, undone = deciding.measured(demo[0], 50, 3)
    assert decided > 0
    assert undone > 0
    with closing(Store(demo[0])) as store:
        assert store.decisions() == []
