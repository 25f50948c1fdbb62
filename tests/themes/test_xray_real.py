"""The x-ray of Slovenia's real UPR recommendations, where the data are there."""

import numpy as np
import pytest

from evaluation.themes.xray import after_dropping, corpora, slovenia, steadiness, v_measure
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.themes.evidence import gather
from linker.themes.theme_clusters import MOST, SMALLEST, cluster

pytestmark = pytest.mark.skipif(
    not (corpora() / "slovenia").is_dir(), reason="no real data: set LINKER_CORPORA"
)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return CachedEncoder(default_encoder(), tmp_path_factory.mktemp("embeddings"))


@pytest.mark.parametrize(("year", "least"), [(2019, 0.70), (2025, 0.79)])
def test_themes_agree_with_ohchrs_headings(encoder, year, least):
    corpus = slovenia(year)
    homes = cluster(gather(corpus.records, encoder, use_tags=False).similarity)
    assert 15 <= (np.bincount(homes) >= SMALLEST).sum() <= MOST
    assert v_measure(corpus, homes) >= least


def test_themes_stay_put(encoder):
    steady = steadiness(slovenia(2019), encoder)
    assert steady["shuffle"] == 1.0
    assert steady["ids"] >= 0.95
    assert steady["labels"] >= 0.95
    assert steady["drop"] >= 0.93


def test_themes_built_from_scratch_without_a_tenth_are_much_the_same(encoder):
    def similarity(records):
        return gather(records, encoder, use_tags=False).similarity

    assert after_dropping(slovenia(2019), similarity, None) >= 0.93
