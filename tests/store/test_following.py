"""An open workspace follows its log, whoever writes it and whatever is put in its place."""

import random
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from linker.plan.entries import PlanChange, standing_entries
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.review.edits import ThemeEdit
from linker.review.events import standing_rows, undone
from linker.review.folded_log import FoldedLog
from linker.store.location import Folder
from linker.store.moving import back_up_workspace, restore_workspace
from linker.store.plan_log import append_plan, plan_changes
from linker.store.purging import purge
from linker.store.store import Store
from linker.ui.workbench import Workbench

REVIEWERS = ("Ana", "Grace", "Ada")
RECORDS = [Record(f"{s}{n}", f"Build {n} schools", state=s) for s in ("KEN", "NPL") for n in (1, 2)]


def decision(number, reviewer="Ana", verdict="confirm", record="KEN1"):
    link = (("record_id", record), ("target", "4.1"))
    return Decision(0, f"S-{number:012}", verdict, reviewer, "", "", link)


def put_in_place(kept, place):
    """Put a backup in the place of a workspace that others have open."""
    if isinstance(place, Folder):  # as `.restore` of SQLite's own program does
        with (
            closing(sqlite3.connect(kept)) as source,
            closing(sqlite3.connect(place.database)) as to,
        ):
            source.backup(to)
    else:
        restore_workspace(kept, place, replace=True)


def folded_anew(place, states=()):
    """What a process says that has just begun."""
    with closing(Store(place)) as fresh:
        read = fresh.limited_to(states) if states else fresh
        return FoldedLog.of(read.decisions())


@pytest.fixture
def store(place):
    with closing(Store(place, create=True)) as opened:
        opened.save_records(RECORDS)
        yield opened


class Office:
    """Several who write in one log, and what they may do to it."""

    def __init__(self, writers, folder, seed):
        self.writers, self.folder, self.draw = writers, folder, random.Random(seed)
        self.backups = []

    def step(self, number):
        store, who = self.draw.choice(self.writers), self.draw.choice(REVIEWERS)
        way = self.draw.choices(
            (self.decide, self.edit, self.undo, self.plan, self.back_up, self.put_back),
            (8, 2, 4, 1, 2, 1),
        )[0]
        way(store, who, number)

    def decide(self, store, who, number):
        record = self.draw.choice(RECORDS).id
        rows = [
            replace(
                decision(
                    self.draw.randrange(6), who, self.draw.choice(("confirm", "reject")), record
                ),
                note=f"in step {number}",
            )
            for _ in range(self.draw.randint(1, 3))
        ]
        store.append_decisions(rows)

    def edit(self, store, who, number):
        edit = ThemeEdit("split", "CL-1", "KEN", into=f"CL-{number}", records=("1:KEN1",),
                         note=f"{number}", reviewer=who, subject="cluster")  # fmt: skip
        store.append_decision(edit.decision())

    def undo(self, store, who, number):
        if rows := standing_rows(store.decisions(), who):
            store.append_decisions([replace(row, note=f"{number}") for row in undone(rows[-1:])])

    def plan(self, store, who, number):
        change = PlanChange(0, "KEN1", "comment", f"Step {number}", who, "")
        append_plan(store, lambda _: [change])

    def back_up(self, store, who, number):
        self.backups.append(self.folder / f"{number}.db")
        back_up_workspace(store, self.backups[-1])

    def put_back(self, store, who, number):
        if self.backups:
            put_in_place(self.draw.choice(self.backups), store.location)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_reader_says_at_every_step_what_a_new_process_says(store, tmp_path, seed):
    place = store.location
    with ExitStack() as opened:
        second, bench = Store(place), Workbench(place)
        opened.callback(second.close)
        opened.callback(bench.linker.close)
        office, kenya = Office([store, second], tmp_path, seed), ("KEN",)
        for number in range(40):
            office.step(number)
            wanted = folded_anew(place)
            assert store.log() == wanted, f"who writes, step {number}"
            if number % 3 == 0:  # some look seldom
                assert second.log() == wanted
                bench.snapshot("KEN")
                assert bench.folded == wanted
                planned = plan_changes(store)
                assert list(bench.plan_log) == planned
                assert bench.entries == standing_entries(planned)
            if number % 5 == 0:
                view = bench.of(kenya)
                view.snapshot("KEN")
                assert view.folded == folded_anew(place, kenya)
                assert {dict(row.link).get("record_id", "KEN") for row in view.log} <= {
                    "KEN", "KEN1", "KEN2",
                }  # fmt: skip


def test_only_what_is_new_is_read(store):
    store.append_decisions([decision(number) for number in range(30)])
    asked, read = [], store.decisions
    store.decisions = lambda **given: asked.append(given) or read(**given)
    first = store.log()
    assert store.log() is first
    with closing(Store(store.location)) as other:
        last = other.append_decision(decision(40)).seq
    assert store.log().last == last
    assert store.log().rows[:30] == first.rows
    assert asked == [{"after": 0}, {"after": 29}]


def test_who_looked_before_others_read_on_has_nothing_read_anew(store):
    store.append_decisions([decision(number) for number in range(30)])
    early = store.version()
    last = store.append_decision(decision(40)).seq
    assert store.log().last == last
    asked, read = [], store.decisions
    store.decisions = lambda **given: asked.append(given) or read(**given)
    assert store.log(early).last == last
    assert asked == [{"after": last - 1}]


def test_another_log_with_as_many_rows_is_noticed(store, tmp_path):
    back_up_workspace(store, tmp_path / "kept.db")
    store.append_decision(decision(1))
    append_plan(store, lambda _: [PlanChange(0, "KEN1", "comment", "Soon", "Ana", "")])
    with closing(Workbench(store.location).linker) as linker:
        bench = Workbench(store.location)
        kept = bench.snapshot("KEN").keep("judged", lambda: len(bench.log))
        put_in_place(tmp_path / "kept.db", store.location)
        with closing(Store(store.location)) as other:
            other.append_decision(decision(2))
            append_plan(other, lambda _: [PlanChange(0, "KEN1", "status", "done", "Ana", "")])
        assert kept == 1
        assert [row.link_id for row in store.log().rows] == [decision(2).link_id]
        shown = bench.snapshot("KEN")
        assert list(bench.verdicts) == [decision(2).link_id]
        assert [change.field for change in bench.plan_log] == ["status"]
        assert shown.keep("judged", lambda: "made anew") == "made anew"
        assert linker.store.log() == store.log()
        bench.linker.close()


def test_what_is_erased_is_not_kept_in_memory(place, tmp_path):
    with closing(Store(place, create=True)) as store:
        store.save_records(RECORDS[:2], "one.csv")
        store.save_records(RECORDS[2:], "two.csv")
        store.append_decisions([decision(1), decision(2, record="NPL1"), decision(3)])
        assert len(store.log().rows) == 3
        with closing(Store(place)) as other:
            purge(other, 2, tmp_path / "embeddings")
        assert store.log() == folded_anew(place)
        assert "NPL1" not in str(store.log())
