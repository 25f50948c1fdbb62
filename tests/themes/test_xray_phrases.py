"""Phrases that name themes are noun phrases of the texts."""

import numpy as np

from linker.themes.label_phrases import ThemePhrases, phrases
from linker.themes.small_themes import gather_small, smallest
from linker.themes.theme_clusters import bounds, cluster, join_loners


def written(text: str) -> set[str]:
    return set(phrases([text]).values())


def test_a_phrase_ends_where_a_noun_phrase_ends():
    found = written("Reduce the use of pre-trial detention and investigate domestic violence")
    assert {"pre-trial detention", "domestic violence"} <= found
    assert not {"domestic", "pre-trial", "investigate domestic violence"} & found


def test_joints_hold_a_phrase_together():
    assert "violence against women" in written("End violence against women")
    assert "persons with disabilities" in written("Include persons with disabilities")


def test_vague_words_name_nothing():
    assert not written("Take further effective measures and adopt national legislation")


def test_a_theme_is_named_by_what_sets_it_apart():
    texts = [["Reform juvenile justice"], ["Improve juvenile justice"], ["End child labour"]]
    ranked = ThemePhrases(texts, [(), (), ()]).ranked([0, 1])
    assert ranked[0] == "juvenile justice"


def test_a_part_gives_way_to_the_whole():
    texts = [["Fund the Human Rights Ombudsman"]] * 3 + [["End child labour"]]
    assert ThemePhrases(texts, [()] * 4).ranked([0, 1, 2])[0] == "Human Rights Ombudsman"


def test_bounds_shrink_with_the_state():
    assert bounds(200) == bounds(2500) == (15, 60)
    assert bounds(50) == (8, 30)
    assert bounds(1) == (1, 1)


def test_loners_join_the_nearest():
    similarity = np.array([[1, 0.9, 0.4, 0], [0.9, 1, 0.4, 0], [0.4, 0.4, 1, 0.1], [0, 0, 0.1, 1]])
    homes = join_loners(similarity, np.array([0, 0, 1, 2]), fewest=2)
    assert homes.tolist() == [0, 0, 0, 1]
    assert cluster(np.ones((1, 1))).tolist() == [0]


def test_no_phrase_is_the_name_of_a_state():
    texts = [["Move closer to Cuba"], ["Cooperate with Cuba"], ["End child labour"]]
    assert ThemePhrases(texts, [()] * 3).ranked([0, 1]) == []


def test_a_common_word_alone_names_a_theme_only_where_it_is_a_concept():
    texts = [["Improve care"], ["Extend care"], ["End child labour"]]
    assert ThemePhrases(texts, [()] * 3).ranked([0, 1]) == []
    assert ThemePhrases(texts, [("care",)] * 2 + [()]).ranked([0, 1]) == ["care"]


def test_a_phrase_that_fewer_than_half_hold_names_nothing():
    texts = [["Reform juvenile justice"]] * 2 + [["End child labour"]] * 3
    found = ThemePhrases(texts, [()] * 5)
    assert "juvenile justice" in found.ranked([0, 1, 2, 3, 4])
    assert found.ranked([0, 1, 2, 3, 4], least=0.5) == ["child labour"]


def test_small_and_nameless_themes_are_gathered_under_their_umbrella():
    homes = np.repeat([0, 1, 2, 3], [150, 30, 3, 17])
    named = [True, True, True, False]
    gathered, before, rest = gather_small(homes, ["A", "A", "A", "A"], range(4), named, {})
    assert np.bincount(gathered).tolist() == [150, 30, 20]
    assert (before, rest) == ([0, 1, 2], {2})
    assert smallest(200) == 4
    assert smallest(12) == 1


def test_earlier_themes_stay_however_small_and_take_in_what_is_new_and_small():
    homes = np.repeat([0, 1, 2], [195, 2, 3])
    gathered, before, rest = gather_small(homes, ["A", "A", "A"], [2], [True] * 3, {"A": 1})
    assert np.bincount(gathered).tolist() == [195, 5]
    assert (before, rest) == ([0, 1], {1})


def test_a_concept_spoken_of_in_other_words_names_a_theme_only_where_that_is_asked_for():
    found = ThemePhrases([["Wed nobody under 18"], ["End early weddings"], ["Pay nurses"]], [
        ("child and forced marriage",), ("child and forced marriage",), ()
    ])  # fmt: skip
    assert "child and forced marriage" not in found.ranked([0, 1])
    assert found.ranked([0, 1], 0.5, literally=False)[0] == "child and forced marriage"
