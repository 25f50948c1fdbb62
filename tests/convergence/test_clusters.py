"""Clusters hold what asks the same, resist chaining, obey people, and keep their ids."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linker.convergence.ask_pairs import AskPairs, score_asks
from linker.convergence.cluster import Cluster, Lines, lines
from linker.convergence.cluster_build import build_clusters
from linker.convergence.cluster_titles import LINE, measure_of, shortened
from linker.convergence.clusters import Ties, members_of, partition
from linker.convergence.pairs import Pairs
from linker.convergence.scorers import scorers
from linker.convergence.treaty_asks import parted
from linker.reading.ask_table import Profiles
from linker.records.record import Record

JOIN = 0.5
A, B, C, D = ((letter, 0, "") for letter in "abcd")


def pairs_of(count, scored, apart=()):
    """Pairs of single-ask records a, b, c …; scored: {(0, 1): probability}."""
    rows = sorted({*scored, *apart})
    one, other = (np.array([row[side] for row in rows], dtype=np.intp) for side in (0, 1))
    same = np.array([scored.get(row, 0.0) for row in rows])
    kept_apart = np.array([row in apart for row in rows], dtype=bool)
    ids = tuple(chr(ord("a") + n) for n in range(count))
    rows = np.ones(count, np.intp), np.zeros(count, np.intp), ("",) * count
    return AskPairs(ids, *rows, one, other, same, kept_apart)


def groups(pairs, homes):
    found = {}
    for key, home in zip(pairs.ids, homes.tolist(), strict=True):
        found.setdefault(home, set()).add(key)
    return sorted("".join(sorted(group)) for group in found.values())


TWO_AND_A_BRIDGE = {
    (0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.9,
    (3, 4): 0.9, (3, 5): 0.8, (4, 5): 0.9,
    (2, 3): 0.95,
}  # fmt: skip


def test_one_likely_pair_does_not_chain_two_groups():
    pairs = pairs_of(6, TWO_AND_A_BRIDGE | {(2, 3): 0.85})
    assert groups(pairs, partition(pairs, JOIN)) == ["abc", "def"]


def test_what_must_stand_together_or_apart_does():
    pairs = pairs_of(4, {(0, 1): 0.9, (2, 3): 0.1})
    ties = Ties(must=((C, D),), cannot=((A, B),))
    assert groups(pairs, partition(pairs, JOIN, ties)) == ["a", "b", "cd"]
    pairs = pairs_of(3, {(0, 1): 0.9, (1, 2): 0.9}, apart={(0, 2)})
    assert groups(pairs, partition(pairs, 0.1)) == ["ab", "c"]


CONTRARY = (
    ("Close the canal to barges", "Keep the canal open to barges"),
    ("Close the canal to barges at night", "Do not close the canal to barges at night"),
    ("Raise the levy on kites", "Lower the levy on kites"),
    ("Make the register of kites voluntary", "Make the register of kites compulsory"),
    ("Raise the levy on kites and boats", "Abolish the levy on kites and boats"),
    ("The lifting of the levy on kites", "The extension of the levy on kites"),
)


@given(st.sets(st.integers(0, 2 * len(CONTRARY) - 1), min_size=2), st.floats(0.01, 0.9))
@settings(max_examples=60, deadline=None)
def test_asks_for_the_contrary_never_share_a_cluster(encoder, chosen, join):
    texts = [text for pair in CONTRARY for text in pair]
    records = [
        Record(id=f"{n:02}", text=texts[n], state="XVM", mechanism="UPR", cycle=str(n % 3 + 1))
        for n in sorted(chosen)
    ]
    asked = parted(Profiles.of(records, encoder), encoder)
    pairs = score_asks(asked, scorers())
    homes = partition(pairs, join)
    one, other = np.triu_indices(len(records), 1)
    contrary, _ = Pairs(asked.profiles, one, other).contrary
    assert not (homes[one] == homes[other])[contrary].any()
    there = {r.id for r in records}
    told = {f"{n:02}" for n in (0, 1)} <= there
    assert not told or contrary.any()


def test_who_is_tied_both_ways_is_torn():
    pairs = pairs_of(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.8})
    ties = Ties(must=((A, B), (B, C)), cannot=((A, C),))
    homes = partition(pairs, JOIN, ties)
    (members,) = members_of(pairs, homes, ties, Lines(JOIN, 0.9))
    assert {m.record_id: m.torn for m in members} == {"a": True, "b": False, "c": True}
    assert all(m.asked_about is m.torn for m in members)


def test_a_member_is_as_sure_as_it_is_near_to_half_of_the_others():
    pairs = pairs_of(4, {(0, 1): 0.9, (0, 2): 0.7, (0, 3): 0.1, (1, 2): 0.9, (1, 3): 0.5})
    (members,) = members_of(pairs, np.zeros(4, np.intp), Ties(), Lines(JOIN, 0.85))
    found = {m.record_id: (m.probability, m.band) for m in members}
    assert found["a"] == (0.8, "ask")
    assert found["b"] == (0.9, "propose")
    assert found["d"] == (0.3, "ask")
    assert [m.record_id for m in members] == ["b", "a", "c", "d"]


@given(st.permutations(range(6)))
def test_any_order_gives_the_same_clusters(order):
    pairs = pairs_of(6, TWO_AND_A_BRIDGE)
    name = {row: f"record {place}" for row, place in enumerate(order)}
    ids = sorted(name.values())
    row = {old: ids.index(key) for old, key in name.items()}
    scored = {tuple(sorted((row[a], row[b]))): p for (a, b), p in TWO_AND_A_BRIDGE.items()}
    shuffled = pairs_of(6, scored)
    back = {chr(ord("a") + row[old]): chr(ord("a") + old) for old in range(6)}
    found = groups(shuffled, partition(shuffled, 0.6))
    assert sorted("".join(sorted(back[k] for k in g)) for g in found) == groups(
        pairs, partition(pairs, 0.6)
    )


TEXTS = {
    "r1": "Abolish the death penalty",
    "r2": "Abolish the death penalty for all crimes",
    "r3": "Consider abolishing the death penalty",
    "r4": "Ratify the Convention on the Rights of Persons with Disabilities",
    "r5": "Ratify the Convention on the Rights of Persons with Disabilities without delay",
    "r6": "Build schools in rural areas",
    "r7": "Raise the minimum age of marriage to 18; and train judges on the rights of the child",
    "r8": "Raise the minimum age of marriage to 18 for girls and boys",
}


@pytest.fixture(scope="module")
def records():
    return [
        Record(id=key, text=text, state="XVM", mechanism="UPR", body="UPR", cycle="3")
        for key, text in TEXTS.items()
    ]


@pytest.fixture
def made(records, encoder):
    def make(ids=tuple(TEXTS), before=None, changed=(), **rest):
        chosen = [record for record in records if record.id in ids]
        asked = parted(Profiles.of(chosen, encoder), encoder)
        pairs = score_asks(asked, scorers(), before, changed)
        return pairs, build_clusters("XVM", asked.profiles, pairs, **rest)

    return make


def held(clusters):
    return {tuple(sorted(m.key for m in c.members)): c.cluster_id for c in clusters}


def test_asks_of_one_document_stand_together(made):
    _, clusters = made()
    by_records = [set(cluster.records) for cluster in clusters]
    assert {"r1", "r2", "r3"} in by_records
    assert {"r4", "r5"} in by_records
    assert {"r7", "r8"} in by_records
    every = [m.key for cluster in clusters for m in cluster.members]
    assert sorted(every) == sorted(set(every)), "an ask stands in exactly one cluster"
    assert {key for key, *_ in every} == set(TEXTS)
    first = clusters[0]
    assert first.title == "Abolish the death penalty for all crimes"
    assert Cluster.from_dict(first.to_dict()) == first


def test_what_comes_and_goes_leaves_what_a_build_from_nothing_makes(made):
    whole, clusters = made()
    some, few = made(("r1", "r3", "r6", "r7"))
    grown, after = made(before=some, previous=few)
    assert grown == whole
    assert held(after).keys() == held(clusters).keys()
    shrunk, _ = made(("r1", "r3", "r6", "r7"), before=whole)
    assert shrunk == some
    again, _ = made(before=whole, changed=("r2",))
    assert again == whole
    assert AskPairs.from_bytes(whole.to_bytes()) == whole
    assert AskPairs.from_bytes(b"no pairs") is None


def test_ids_stay_with_growth_and_follow_the_larger_part_of_a_split(made):
    _, few = made(("r1", "r3", "r4", "r6"))
    _, grown = made(previous=few)
    kept = {cluster_id: set(keys) for keys, cluster_id in held(grown).items()}
    for keys, cluster_id in held(few).items():
        assert set(keys) <= kept[cluster_id]
    apart = Ties(cannot=((("r1", 0, ""), ("r2", 0, "")), (("r1", 0, ""), ("r3", 0, ""))))
    _, split = made(previous=grown, ties=apart)
    assert (
        held(split)[("r2", 0, ""), ("r3", 0, "")]
        == held(grown)[("r1", 0, ""), ("r2", 0, ""), ("r3", 0, "")]
    )
    assert len({cluster.cluster_id for cluster in split}) == len(split)
    _, joined = made(previous=split)
    assert (
        held(joined)[("r1", 0, ""), ("r2", 0, ""), ("r3", 0, "")]
        == held(grown)[("r1", 0, ""), ("r2", 0, ""), ("r3", 0, "")]
    )


@pytest.mark.parametrize(
    ("text", "treaties"),
    [
        ("Ratify ICCPR, ICESCR and CAT", ["CAT", "ICCPR", "ICESCR"]),
        ("Ratify CAT", [""]),
        ("Do not ratify CEDAW and CAT", [""]),
        ("Withdraw its reservations to CEDAW and CAT", [""]),
    ],
)
def test_a_list_of_treaties_to_ratify_is_parted(text, treaties, encoder):
    asked = parted(Profiles.of([Record(id="a", text=text, state="XVM")], encoder), encoder)
    assert list(asked.treaty) == treaties
    assert asked.number.tolist() == [0] * len(treaties)
    assert asked.profiles.vectors.shape == (len(treaties), encoder.dimension)


def test_no_records_no_clusters(made):
    pairs, clusters = made(())
    assert (len(pairs.one), clusters) == (0, ())


@pytest.mark.parametrize(
    ("ask", "title"),
    [
        ("continue its efforts to combat torture in prisons", "Combat torture in prisons"),
        ("Take all necessary measures to end child marriage", "End child marriage"),
        (
            "Consider ratifying the Optional Protocol, as previously recommended",
            "Ratify the Optional Protocol",
        ),
        (
            "Adopt a law on the protection of witnesses, in line with international standards",
            "Adopt a law on the protection of witnesses",
        ),
        ("preventing and combating trafficking", "Prevent and combat trafficking"),
        (
            "Review its Citizenship Act with a view to ensuring that no child is stateless",
            "Review its Citizenship Act with a view to ensuring that no child is stateless",
        ),
        ("Ensure access", "Ensure access"),
    ],
)
def test_a_title_is_cut_to_the_measure(ask, title):
    assert measure_of(ask) == title


def test_a_long_title_ends_after_a_word():
    assert shortened("word " * 50).endswith("word…")
    assert len(shortened("word " * 50)) <= LINE


def test_the_lines_ship():
    assert 0 < lines().join < lines().propose < 1
