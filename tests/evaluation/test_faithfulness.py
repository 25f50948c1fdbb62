"""The marked phrases of the demonstration's links are what carries them."""

import pytest

from evaluation.convergence.gold import SAMPLE
from evaluation.faithfulness import convergence, opposites, sdg
from linker.encoding.default import default_encoder
from linker.records.importers import read_file


@pytest.mark.parametrize("kind", [convergence, pytest.param(sdg, marks=pytest.mark.long)])
def test_marks_of_the_demonstration_are_faithful(kind):
    """A floor for few links; the numbers over hundreds are in the model card."""
    found = [r for path in sorted(SAMPLE.glob("*.csv")) for r in read_file(path)[0]]
    measured = kind("demo", found, default_encoder(), most=30)
    assert measured.links == 30
    assert measured.faithful >= 0.9
    assert measured.draws >= 0.85
    assert measured.cost_marked > 1.3 * measured.cost_drawn
    assert 0 < measured.marked < 0.4


def test_marks_of_asks_for_the_contrary_are_faithful():
    measured = opposites(default_encoder(), most=10)
    assert measured.links == 10
    assert measured.faithful >= 0.9
    assert measured.cost_marked > 1.3 * measured.cost_drawn
