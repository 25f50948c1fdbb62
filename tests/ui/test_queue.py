"""What a reviewer is asked about, and in which order."""

from hypothesis import given
from hypothesis import strategies as some

from linker.links import Convergence
from linker.ui.queue import LIKELY_FIRST, UNCERTAIN_FIRST, ordered, waiting


def link(number, probability):
    return Convergence(f"a{number}", f"b{number}", 0, 0, probability, 0.9, "related", False, "ask")


LINKS = [link(0, 0.9), link(1, 0.52), link(2, 0.2)]


def test_orders():
    likely = ordered(LINKS, LIKELY_FIRST, False)
    assert [x.probability for x in likely.values()] == [0.9, 0.52, 0.2]
    uncertain = ordered(LINKS, UNCERTAIN_FIRST, False)
    assert [x.probability for x in uncertain.values()] == [0.52, 0.2, 0.9]
    assert all(link_id == x.link_id for link_id, x in likely.items())


def test_blind_order_does_not_depend_on_the_probability():
    blind = list(ordered(LINKS, LIKELY_FIRST, True))
    other = [link(0, 0.1), link(1, 0.99), link(2, 0.5)]
    assert list(ordered(other, UNCERTAIN_FIRST, True)) == blind


ids = some.lists(some.text("abcdef", min_size=1, max_size=2), unique=True)


@given(ids, ids, ids)
def test_judged_links_never_come_again_and_skipped_ones_come_last(links, judged, skipped):
    queue = waiting(links, judged, skipped)
    assert sorted(queue) == sorted(set(links) - set(judged))
    tail = [i for i in skipped if i in queue]
    assert queue[len(queue) - len(tail) :] == tail
