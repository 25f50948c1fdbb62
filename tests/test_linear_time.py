"""No text takes time that grows faster than the text: not one expression, not one function.

Pump strings are made from the repeats of every expression of the package and of its data files, and
doubled in processes that are ended after ten seconds. What `make test` runs takes less than a
minute of the processor; the strings it leaves out are tried in `make test-long`.
"""

import pytest

from tests.gathering import expressions
from tests.pumping import faults, pumps

SHARDS = 4
VOCABULARY = "linker/vocabulary/instruments.py"
"""Hundreds of expressions from instruments.csv; a twentieth of them in `make test`."""
DOCUMENTS = "linker/records/importers/"
"""Readers of files, whose long lists of wordings make most strings; a part in `make test`."""
FUNCTIONS = {
    "linker.convergence.cluster_titles:measure_of": 64_000,
    "linker.reading.cleaning:without_names": 64_000,
    "linker.records.asks:cut": 64_000,
    "linker.records.citing:paragraph_text": 64_000,
    "linker.records.citing:upr_text": 64_000,
    "linker.records.ids:normalise_paragraph": 64_000,
    "linker.records.ids:normalise_symbol": 64_000,
    "linker.records.importers.un.plain:without_emphasis": 64_000,
    "linker.records.markup:plain_text": 64_000,
    "linker.reading.polarity:polarity_of": 20_000,
    "linker.sdg.words:spelled_out": 64_000,
    "linker.vocabulary.bodies:body_code": 64_000,
    "linker.vocabulary.instruments:mentions": 20_000,
    "linker.vocabulary.spoken:spoken": 64_000,
    "linker.vocabulary.text:clean_text": 64_000,
    "linker.vocabulary.text:close_gaps": 64_000,
    "linker.vocabulary.text:fold": 64_000,
    "linker.vocabulary.text:fold_name": 64_000,
    "linker.vocabulary.tokens:stems": 64_000,
}
"""Functions that take a text, and how long it gets: what is asked of a part that was cut out of a
text gets as long as the longest text that is analysed."""
SEEDS = (
    " ", "\n", "a", "A ", "1", "(", "(a) ", ", ", ";", ":", ".", "; ", "…", "\"", "’", "-", "–",
    "and ", ", and ", ", and to adopt b c", "and to ", "or ", ";;and ", "State ", "Government ",
    "The Committee recommends that State ", "recommends that ", "should ", "urges the ",
    "(i) ", "(a)\n", "\n(a) ", "para", "para ", "para. 1, ", "(para ", "a\u0301\u0323",
    "\u0301\u0323", "e\u0301", "\u200d", "\ud55c", "A/HRC/1/", "CRC/C/KEN/CO/3-5, ", "OP-CAT ",
    "Convention on ", "Optional Protocol to the ", "Covenant, ", "(Chad) ", "(Chad, ", "((", "()",
    "(a(", "<a ", "<!--", "<p>", "&amp;", "&", "12. ", "120.1 ", "Bosnia and ", "No. ", "i.e. ",
    "P eoples ", " s.", "é ", "ly ", "fully ", "In 2020, ", "the the ", "not ", "to ", "1.1.1, ",
    "children and ", "*a ", "**a ", "-_a",
)  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return expressions()


def timed(chosen, step=1):
    """Yield each expression that is used in its way once, with every so many of its strings."""
    keys = ("pattern", "flags", "bytes", "how")
    for one in {tuple(one[key] for key in keys): one for one in chosen}.values():
        pattern = one["pattern"].encode("latin-1") if one["bytes"] else one["pattern"]
        yield one | {"pumps": pumps(pattern, one["flags"])[::step]}


def test_every_expression_is_found(found):
    assert len(found) > 200
    assert len({one["where"] for one in found}) > 80


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_expression_takes_linear_time(found, shard, step):
    own = [one for one in found if not one["where"].startswith((VOCABULARY, DOCUMENTS))]
    assert not faults(list(timed(own[shard::SHARDS], step)))


def test_every_expression_of_the_readers_of_files_takes_linear_time(found):
    listed = [one for one in found if one["where"].startswith(DOCUMENTS)]
    assert len(listed) > 150
    assert not faults(list(timed(listed, step=48)))


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_string_for_the_readers_of_files_takes_linear_time(found, shard):
    listed = [one for one in found if one["where"].startswith(DOCUMENTS)]
    assert not faults(list(timed(listed[shard::SHARDS])))


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.long)])
def test_every_expression_of_the_vocabulary_takes_linear_time(found, step):
    listed = [one for one in found if one["where"].startswith(VOCABULARY)]
    assert len(listed) > 300
    assert not faults(list(timed(listed[::step])))


@pytest.mark.parametrize("ends", [("!",), pytest.param(("", "b"), marks=pytest.mark.long)])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_a_text_takes_linear_time(name, ends):
    strings = [("", seed, end) for seed in SEEDS for end in ends]
    assert not faults([{"function": name, "pumps": strings, "longest": FUNCTIONS[name]}])


def test_a_slow_expression_would_be_found():
    slow = {"flags": 0, "bytes": False, "where": "here", "how": "search"}
    for pattern in (r"\s+$", r"(?:a|aa|b)*c", r"(\w+\s?)*!", r"A.*B"):
        assert faults([slow | {"pattern": pattern, "pumps": pumps(pattern)}]), pattern
    fine = slow | {"pattern": r"a+b", "how": "match", "pumps": pumps("a+b")}
    assert not faults([fine])
