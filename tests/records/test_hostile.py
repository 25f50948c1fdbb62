"""Small files that try to crash, hang or fill the process: told within seconds, beside others."""

import os

import pytest
from hostile_files import KINDS, ROW, cells, document, workbook, written
from hostile_reading import measured, outcome
from hostile_variants import variant

from linker.records.import_notes import ImportRefused, refuse
from linker.records.importers import Limits, Options
from linker.records.importers.apart import made_apart, read_apart
from linker.workspace.workspace import Linker

HOSTILE = int(os.environ.get("LINKER_HOSTILE", "10"))
"""Files made at random; `make robust` takes two hundred."""
SECONDS = 25
"""Of processor time, on a machine that does other things too; each took at most 8 s when new."""
MOST = 2 << 20
"""Kilobytes that reading may hold: 2 GiB."""


@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_soon_with_what_can_be_read_and_a_reason(kind, tmp_path):
    make, records, said = KINDS[kind]
    path = make(tmp_path / kind)
    found, told, seconds, kilobytes = measured(path)
    assert seconds < SECONDS
    assert 0 < kilobytes < MOST
    assert found == records, told
    assert said in told
    assert "nobody foresaw" not in told


@pytest.mark.long
@pytest.mark.parametrize("turn", range(max(1, HOSTILE // 20)))
def test_files_made_at_random_end_soon_and_without_a_trace(turn, tmp_path):
    for seed in range(turn, HOSTILE, max(1, HOSTILE // 20)):
        path = variant(tmp_path / f"file-{seed}", seed)
        _, told, took, kilobytes = measured(path)
        assert "nobody foresaw" not in told, f"seed {seed}: {told[:300]}"
        assert "crashed" not in told, f"seed {seed}: {told[:300]}"
        assert took < SECONDS, f"seed {seed}: {took:.0f} s"
        assert 0 < kilobytes < MOST, f"seed {seed}"
        path.unlink()


def test_every_file_of_a_command_is_tried_whatever_another_does(tmp_path):
    files = [written(tmp_path / "first.csv", f"text,state\n{ROW},KEN\n")]
    for kind in ("first_integer.json", "utf7.xlsx", "deep.docx"):
        files.append(KINDS[kind][0](tmp_path / kind))
    files.append(written(tmp_path / "last.csv", f"text,state\n{ROW} too,KEN\n"))
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        reports = linker.add(files)
        assert len(linker.records()) == 2
    assert [report.kept for report in reports] == [1, 0, 0, 0, 1]
    assert all(report.refused == 1 for report in reports[1:4])


def test_what_needs_too_much_memory_is_refused_and_says_so(tmp_path):
    path = document(tmp_path / "long.docx", "<w:p><w:r/></w:p>" * 1_500_000)
    found, told = outcome(path, Options(limits=Limits(max_memory_bytes=200 << 20)))
    assert not found
    assert "max_memory_bytes" in told


def test_what_takes_too_long_is_refused_and_says_so(tmp_path):
    path = workbook(tmp_path / "slow.xlsx", "".join(map(cells, range(2, 30_000))))
    found, told = outcome(path, Options(limits=Limits(max_seconds=0.1)))
    assert not found
    assert "max_seconds" in told


def test_records_before_a_crash_are_kept_and_told(tmp_path, monkeypatch):
    sound = written(tmp_path / "sound.csv", f"text,state\n{ROW},KEN\n")

    def crashes(worker, path, options):
        yield from read_apart(worker, path, options)
        raise refuse(path.name, "the program that read it crashed", "Save it again.")

    monkeypatch.setattr("linker.workspace.adding.read_apart", crashes)
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        (report,) = linker.add([sound])
        assert len(linker.records()) == report.kept == report.new == 1
    assert "crashed; the 1 records before this were kept" in str(report)


def test_what_is_made_apart_comes_back_and_errors_too(tmp_path):
    path = written(tmp_path / "some.txt", "what it says")
    assert made_apart(content, path, limits=Limits()) == "what it says"
    with pytest.raises(ImportRefused, match=r"some.txt.*nobody foresaw.*ZeroDivisionError"):
        made_apart(broken, path, limits=Limits())


def content(path):
    return path.read_text()


def broken(path):
    return 1 / 0
