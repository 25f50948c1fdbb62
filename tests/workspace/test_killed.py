"""What was acknowledged is there, whenever the power goes.

Processes are killed (SIGKILL) at random points of deciding, importing, building and exporting.
LINKER_KILLS says how often: three times in `make test`, twelve in `make test-long`, and five
hundred in `make robust`.
"""

import os
import random
import time
from pathlib import Path

import pytest
from commands import intact, start, steps

from linker.store.database import database_at
from linker.store.location import Folder
from linker.store.moving import fill_server
from linker.workspace.workspace import Linker

KILLS = int(os.environ.get("LINKER_KILLS", "12"))
DECIDING = Path(__file__).with_name("deciding.py")


@pytest.fixture(params=["folder", "server"])
def both(request, whole):
    """The workspace that nobody disturbed: in its folder, and on a server."""
    folder, _ = whole
    if request.param == "folder":
        return Folder(folder)
    place = request.getfixturevalue("postgres")()
    fill_server(Folder(folder), place)
    return place


@pytest.mark.parametrize("kills", [3, pytest.param(KILLS, marks=pytest.mark.long)])
def test_no_acknowledged_decision_is_lost(kills, both):
    random.seed(kills)
    with Linker.open(both) as opened:
        link_ids = [item.link.link_id for item in opened.convergences()[:20]]
        acknowledged = {decision.seq for decision in opened.store.decisions()}
    for turn in range(kills):
        process = start(DECIDING, both, *link_ids)
        assert process.stdout.readline() == "ready\n"
        for _ in range(3 * (turn % 2 == 0)):  # a slow machine acknowledges some too
            acknowledged.add(int(process.stdout.readline()))
        time.sleep(random.uniform(0.0, 0.25))
        process.kill()
        acknowledged |= {int(line) for line in process.stdout.read().split("\n")[:-1]}
        process.wait()
        assert intact(both)
    with Linker.open(both) as opened:
        written = {decision.seq for decision in opened.store.decisions()}
    assert len(acknowledged) > kills
    assert acknowledged <= written
    assert len(written - acknowledged) <= kills  # at most the one under way at each kill


@pytest.mark.long
def test_no_acknowledged_decision_is_lost_where_the_server_is_killed(whole, postgres):
    place = postgres()
    fill_server(Folder(whole[0]), place)
    with Linker.open(place) as opened:
        link_ids = [item.link.link_id for item in opened.convergences()[:20]]
    acknowledged = set()
    for turn in range(3):
        process = start(DECIDING, place, *link_ids)
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3 * (turn + 1))
        postgres.kill()
        acknowledged |= {int(line) for line in process.stdout.read().split("\n")[:-1]}
        assert process.wait() == 1  # the client ends with a sentence
        postgres.start()
        assert intact(place)
    with Linker.open(place) as opened:
        written = {decision.seq for decision in opened.store.decisions()}
    assert len(acknowledged) > 3
    assert acknowledged <= written == set(range(1, len(written) + 1))


@pytest.mark.long
@pytest.mark.parametrize("turn", range(max(1, KILLS // 20)))
def test_interrupted_steps_complete_at_the_next_run(turn, whole, source, place, tmp_path):
    undisturbed, took = whole
    random.seed(turn)
    for name, step in steps(place, source, tmp_path / "links.csv").items():
        for _ in range(2):
            process = start(*step)
            time.sleep(random.uniform(0.0, took[name]))
            process.kill()
            process.wait()
            assert not database_at(place).exists() or intact(place)
        assert start(*step).wait() == 0, name
    with Linker.open(place) as one, Linker.open(undisturbed) as other:
        assert one.records() == other.records()
        assert [i.link for i in one.convergences()] == [i.link for i in other.convergences()]
        assert [i.link for i in one.sdg()] == [i.link for i in other.sdg()]
        assert one.xray() == other.xray()
