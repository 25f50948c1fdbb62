"""The x-ray of made-up records, with the real encoder."""

import random
from collections import Counter

import numpy as np
import pytest
from made_up_recommendations import THEMES, records
from sklearn.metrics import adjusted_rand_score

from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.records.record import Record
from linker.themes.build import Options, build_xray
from linker.themes.evidence import gather
from linker.themes.labels import Namer
from linker.themes.official import umbrella_order
from linker.themes.theme import Theme


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return CachedEncoder(default_encoder(), tmp_path_factory.mktemp("embeddings"))


@pytest.fixture(scope="module")
def xray(encoder):
    return build_xray("XXX", records(), encoder)


def test_finds_the_obvious_themes(encoder):
    built = build_xray("XXX", records(), encoder, themes=6)
    homes = built.home()
    ids = sorted(homes)
    found = [homes[record_id].theme_id for record_id in ids]
    assert len(built) == 6
    assert adjusted_rand_score([i.split("-")[0] for i in ids], found) > 0.75


def test_names_themes_as_people_would(xray):
    homes = xray.home()
    words = {
        "death": "death penalty",
        "prison": "detention",
        "school": "education",
        "trafficking": "trafficking",
        "disability": "disabilities",
        "press": "expression",
    }
    for theme, word in words.items():
        labels = Counter(homes[f"{theme}-{n}"].label for n in range(len(THEMES[theme])))
        assert any(word in label.lower() for label in labels), (theme, labels)


def test_every_record_has_exactly_one_home(xray):
    members = [member.record_id for theme in xray for member in theme.members]
    assert sorted(members) == sorted(record.id for record in records())
    assert all(theme.members for theme in xray)


def test_order_of_the_input_does_not_matter(encoder, xray):
    for seed in range(3):
        shuffled = random.Random(seed).sample(records(), len(records()))
        assert build_xray("XXX", shuffled, encoder) == xray


def test_labels_are_unique_and_umbrellas_known(xray):
    labels = [theme.label.casefold() for theme in xray]
    assert len(set(labels)) == len(labels)
    assert set(xray.umbrellas) <= set(umbrella_order())
    assert all(len(t.description) <= 160 and "\n" not in t.description for t in xray)


def test_many_themes_of_one_kind_still_get_different_labels(encoder):
    texts = [f"Abolish the death penalty for crime number {n}" for n in range(6)]
    same = [Record(id=f"r{n}", text=text) for n, text in enumerate(texts)]
    built = build_xray("XXX", same, encoder, themes=6)
    assert len({theme.label.casefold() for theme in built}) == 6


def test_a_second_build_changes_nothing(encoder, xray):
    again = build_xray("XXX", records(), encoder, previous=xray.themes)
    assert again == xray
    assert tuple(Theme.from_dict(theme.to_dict()) for theme in xray) == xray.themes


def test_new_records_join_and_nothing_known_moves(encoder):
    held_back = {"death-6", "prison-6", "school-6", "press-6"}
    first = build_xray("XXX", [r for r in records() if r.id not in held_back], encoder)
    grown = build_xray("XXX", records(), encoder, previous=first.themes)
    before, after = first.home(), grown.home()
    assert all(after[i].theme_id == before[i].theme_id for i in before)
    assert all(after[i].label == before[i].label for i in before)
    assert after["death-6"].theme_id == after["death-0"].theme_id


def test_a_new_subject_founds_a_theme(encoder):
    first = build_xray("XXX", [r for r in records() if "trafficking" not in r.id], encoder)
    grown = build_xray("XXX", records(), encoder, previous=first.themes)
    old = {theme.theme_id for theme in first}
    assert old < {theme.theme_id for theme in grown}
    assert {grown.home()[f"trafficking-{n}"].theme_id for n in (0, 1, 2)}.isdisjoint(old)


def test_a_theme_without_records_disappears(encoder, xray):
    fewer = [record for record in records() if not record.id.startswith("press")]
    built = build_xray("XXX", fewer, encoder, previous=xray.themes)
    assert len(built) < len(xray)
    assert {theme.theme_id for theme in built} <= {theme.theme_id for theme in xray}


def test_a_label_given_by_hand_survives(encoder, xray):
    theme = xray.themes[0]
    named = Theme.from_dict({**theme.to_dict(), "label": "Ours"})
    built = build_xray("XXX", records(), encoder, previous=(named, *xray.themes[1:]))
    assert built.home()[theme.members[0].record_id].label == "Ours"


@pytest.mark.parametrize("wanted", [1, 3, 9, 42, 100])
def test_the_number_of_themes_can_be_set(encoder, xray, wanted):
    recut = Options(recut=True)
    built = build_xray("XXX", records(), encoder, xray.themes, wanted, options=recut)
    assert len(built) == min(wanted, 42)
    again = build_xray("XXX", records(), encoder, previous=built.themes, themes=wanted)
    assert again == built


def test_a_record_with_asks_in_two_themes_is_shown_in_both(encoder):
    both = Record(id="both", text="Abolish the death penalty, and to combat trafficking in persons")
    built = build_xray("XXX", [*records(), both], encoder)
    home = built.home()
    expected = {home["death-0"].theme_id, home["trafficking-0"].theme_id}
    shown = {t.theme_id for t in built if "both" in t.also} | {home["both"].theme_id}
    assert shown == expected


def test_tags_are_evidence_only_where_there_are_some(encoder, xray):
    everywhere = build_xray("XXX", records("Reservations"), encoder)
    same = [everywhere.home()[i].theme_id for i in sorted(xray.home())]
    assert adjusted_rand_score([xray.home()[i].theme_id for i in sorted(xray.home())], same) > 0.9


@pytest.mark.parametrize("count", [1, 2, 3])
def test_tiny_states(encoder, count):
    built = build_xray("XXX", records()[:count], encoder)
    assert sum(len(theme.members) for theme in built) == count


def test_no_records_no_themes(encoder):
    assert len(build_xray("XXX", [], encoder)) == 0


def test_refuses_what_makes_no_sense(encoder):
    with pytest.raises(ValueError, match="twice here: death-0"):
        build_xray("XXX", [*records(), records()[0]], encoder)
    with pytest.raises(ValueError, match="at least one theme, not 0"):
        build_xray("XXX", records(), encoder, themes=0)


def test_ids_are_short_hashes(xray):
    for theme in xray:
        prefix, digits = theme.theme_id.split("-")
        assert (prefix, len(digits)) == ("T", 10)
        assert int(digits, 16) >= 0
    strengths = [m.strength for t in xray for m in t.members]
    assert np.all((np.array(strengths) >= 0) & (np.array(strengths) <= 1))


def test_a_covenant_on_several_kinds_of_rights_is_not_about_the_last_of_them(encoder):
    own = [
        Record(id=f"{n}", state="KEN", mechanism="UPR", text=text)
        for n, text in enumerate(
            (
                "Ratify the Optional Protocol to the International Covenant on Economic, Social "
                "and Cultural Rights",
                "Sign the Optional Protocol to the Economic, Social and Cultural Rights Covenant",
                "Realize the economic, social and cultural rights of bonded labourers",
                "Spend more on economic, social and cultural rights",
            )
        )
    ]
    evidence = gather(own, encoder)
    theme = [np.arange(len(own))]
    label = Namer(evidence).names(theme, (), {0})[0].label
    assert not label.lower().startswith("cultural")


def test_two_themes_of_one_official_name_are_told_apart_by_what_they_speak_of(encoder):
    names = ("Detention conditions", "Equality & non-discrimination")
    texts = (
        "Guarantee equality and non-discrimination to trans women",
        "Investigate attacks on gay cafés",
        "Open the register of partners to lesbian couples",
        "Improve the conditions of detention in the north",
        "Improve conditions of detention of sailors before trial",
        "Review the conditions of detention on the islands",
    )
    own = [
        Record(id=f"{n}", state="KEN", text=text, themes=(names[n < 3],))
        for n, text in enumerate(texts)
    ]
    themes = [np.arange(3), np.arange(3, 6)]
    found = Namer(gather(own, encoder)).names(themes, names, {0, 1})
    assert found[0].label == "Sexual orientation and gender identity"
    assert found[1].label.casefold() not in ("conditions of detention", "detention conditions")
