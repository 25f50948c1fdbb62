"""A decision reaches near texts, for the target that was judged, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.sdg.exemplars import Exemplar
from linker.sdg.linking import SdgLinker
from linker.sdg.reach import REACH, STRENGTH, Reach

PROBES = [
    "Help women's fishing cooperatives on the outer islands",
    "End child marriage in the valleys of the north",
    "Abolish the death penalty",
    "Adopt a law against discrimination on every ground",
    "The Committee recommends that the State party (a) open more shelters for women who flee "
    "violence; (b) train teachers in rural schools.",
    "Submit the overdue report to the Committee",
]
JUDGED = [
    *PROBES,
    "Support fishing cooperatives of women on the barrier islands",
    "Put an end to child marriage in the northern valleys",
    "Open additional shelters for women who flee violence",
    "Build a bridge",
]
TARGETS = ["5.2", "5.3", "10.3", "14.b", "16.1", "16.b", "5.a"]
decisions = st.lists(
    st.builds(Exemplar, st.sampled_from(JUDGED), st.sampled_from(TARGETS), st.booleans()),
    max_size=24,
    unique_by=lambda exemplar: exemplar.key,
)


@pytest.fixture(scope="module")
def untaught(encoder):
    linker = SdgLinker(encoder)
    return linker, linker._judge(PROBES)


@settings(deadline=None, max_examples=25)
@given(decisions)
def test_what_is_out_of_reach_stays_to_the_last_bit(untaught, found):
    linker, before = untaught
    taught = SdgLinker(linker.encoder, found)
    taught.__dict__["maker"] = linker.maker
    after = taught._judge(PROBES)
    effects = taught.reach.effects(before.reading)
    near = np.zeros_like(before.target, dtype=bool)
    for number, exemplar in enumerate(taught.reach.exemplars):
        near[:, linker.maker.column[exemplar.target]] |= effects[:, number] != 0
    assert (after.target[~near] == before.target[~near]).all()
    assert (after.useful == before.useful).all()
    assert (after.direct == before.direct).all()


@settings(deadline=None, max_examples=25)
@given(decisions)
def test_many_decisions_move_a_link_no_further_than_one_can(untaught, found):
    linker, before = untaught
    shift = Reach(linker.maker, found).shift(before.reading)
    assert np.abs(shift).max(initial=0) <= STRENGTH
    judged = {exemplar.target for exemplar in found}
    untouched = [linker.maker.column[code] for code in linker.maker.targets if code not in judged]
    assert (shift[:, untouched] == 0).all()


def test_the_same_text_gets_all_of_it_and_the_nearest_decision_speaks(untaught):
    linker, before = untaught
    reach = Reach(linker.maker, [Exemplar(PROBES[2], "5.3", False), Exemplar("Build", "5.3", True)])
    shift = reach.shift(before.reading)[:, linker.maker.column["5.3"]]
    assert shift[2] == pytest.approx(-STRENGTH)
    assert (np.delete(shift, 2) == 0).all()
    assert 0 < REACH < 1


def test_the_waterfall_says_which_decision_it_was(untaught):
    linker, _ = untaught
    taught = SdgLinker(linker.encoder, [Exemplar(JUDGED[6], "14.b", True, "R7")])
    link = taught.explain(PROBES[0], "14.b")
    (found,) = [c for c in link.contributions if c.evidence == "reviewed"]
    assert "14.b confirmed for R7" in found.finding
    assert found.log_odds > 0
    odds = np.log(link.probability / (1 - link.probability))
    assert sum(c.log_odds for c in link.contributions) == pytest.approx(odds, abs=0.05)
