"""An office at once: many reviewers on several workspaces of one server while files are read."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store.store import Store
from linker.ui.workbench import Workbench

WORKSPACES, REVIEWERS, DECISIONS = 5, 10, 10


def records(number):
    return [Record(f"A#{number}-{n}", f"Build school {n}", state="KEN") for n in range(200)]


@pytest.mark.long
def test_no_decision_of_many_reviewers_is_lost_or_doubled(postgres):
    places = [postgres() for _ in range(WORKSPACES)]
    for place in places:
        with closing(Store(place, create=True)) as store:
            store.save_records(records(0))
    with ExitStack() as stack:
        benches = [Workbench(place) for place in places]
        for bench in benches:
            stack.callback(bench.linker.close)

        def review(turn):
            bench, reviewer, written = benches[turn % WORKSPACES], f"R{turn}", []
            for number in range(DECISIONS):
                bench.snapshot("KEN")
                one = Decision(0, f"C-{number:012}", "confirm", reviewer, "", "")
                written.append(bench.linker.store.append_decision(one).seq)
            return written

        def put_in(place):
            with closing(Store(place)) as store:
                for number in range(1, 6):
                    store.save_records(records(number))
            return []

        with ThreadPoolExecutor(WORKSPACES * (REVIEWERS + 1)) as pool:
            reading = [pool.submit(put_in, place) for place in places]
            turns = [pool.submit(review, turn) for turn in range(WORKSPACES * REVIEWERS)]
            acknowledged = [turn.result() for turn in turns]
            for one in reading:
                one.result()
        for number, bench in enumerate(benches):
            said = sorted(seq for seqs in acknowledged[number::WORKSPACES] for seq in seqs)
            assert said == list(range(1, REVIEWERS * DECISIONS + 1))
            bench.snapshot("KEN")
            assert [one.seq for one in bench.log] == said
            assert len(bench.snapshot("KEN").records) == 6 * 200
