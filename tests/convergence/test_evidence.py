"""Each kind of evidence on made-up asks."""

import re

import numpy as np
import pytest

from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.evidence import KINDS, evidence
from linker.convergence.marks import carriers
from linker.convergence.pairs import Compared, Pairs
from linker.convergence.wording import ACTIONS, shared_words, short_name
from linker.encoding.default import default_encoder
from linker.reading.ask_table import Profiles
from linker.reading.occlusion import merged_spans
from linker.reading.record_reading import subjects
from linker.records.record import Record
from linker.vocabulary.groups import kinship, wider
from linker.vocabulary.instruments import named
from linker.vocabulary.phrases import Phrases, vocabulary
from linker.vocabulary.tokens import stems, tokenise


def finding(kind: str, value: float, texts: Compared) -> str:
    return KINDS[kind].sentence(value, texts)


@pytest.fixture(scope="module")
def compare():
    encoder = default_encoder()

    def of(left: str, right: str) -> dict[str, float]:
        records = [Record(id="a", text=left), Record(id="b", text=right)]
        profiles = Profiles.of(records, encoder)
        first, second = profiles.asks_of
        pairs = Pairs(profiles, first[:1], second[:1])
        return dict(zip(KINDS, evidence(pairs)[0].tolist(), strict=True))

    return of


def test_words_keep_their_place_and_lose_their_possessive():
    text = "Strengthen the Ombudsman’s self-standing mandate"
    assert [t.word for t in tokenise(text)] == [
        "strengthen", "the", "ombudsman", "self", "standing", "mandate",
    ]  # fmt: skip
    assert all(text[t.start : t.end].lower().startswith(t.word) for t in tokenise(text))
    assert "the" not in stems(text)


def test_terms_match_endings_gaps_and_hyphens():
    phrases = Phrases({"pay": ["pay gap", "equal ... pay"], "law": ["legislat*"]})
    assert phrases.names_in("close the pay-gap") == {"pay"}
    assert phrases.names_in("equal and truly fair pay, by legislation") == {"pay", "law"}
    assert not phrases.names_in("equal one two three four five pay")
    found = phrases.find("the gender pay gap")[0]
    assert "the gender pay gap"[found.start : found.end] == "pay gap"


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Apply the Paris Principles", "national human rights institution"),
        ("Close the wage gap between women and men", "equal pay"),
        ("Ban corporal punishment of children in the home", "corporal punishment"),
        ("Reduce overcrowding in prisons", "detention conditions"),
        ("Prevent statelessness among newborns", "statelessness"),
        ("Raise the minimum age of marriage to 18", "child and forced marriage"),
    ],
)  # fmt: skip
def test_concepts_are_found_whatever_the_words(text, concept):
    assert concept in vocabulary("concepts").names_in(text)


def test_instruments_by_name_and_by_abbreviation():
    assert named("Ratify OP-CAT") == named(
        "Ratify the Optional Protocol to the Convention against Torture and Other Cruel, Inhuman "
        "or Degrading Treatment or Punishment"
    )
    assert "CAT" not in named("Ratify OP-CAT")
    assert {"ICRMW", "CED"} <= named("Ratify the ICRMW and the CED")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Ratify the International Covenants", "ICCPR ICESCR"),
        ("Accede to the two United Nations Covenants and CAT", "ICCPR ICESCR CAT"),
        ("Covenants on Economic, Social and Cultural and on Civil and Political Rights",
         "ICCPR ICESCR"),
        ("Join the twin Covenants and their optional protocols",
         "ICCPR ICESCR ICCPR-OP1 ICCPR-OP2 OP-ICESCR"),
        ("Become a party to both statelessness conventions", "STATELESS-1954 STATELESS-1961"),
        ("Ratify the ICCPR and its two Optional Protocols", "ICCPR ICCPR-OP1 ICCPR-OP2"),
        ("Ratify the Optional Protocols to ICESCR, CAT and CRPD", "OP-ICESCR OP-CAT OP-CRPD"),
        ("Give effect to the Palermo Protocols", "PALERMO SMUGGLING"),
        ("Join the Hague Conventions of 1980 and 1996", "HAGUE-1980 HAGUE-1996"),
        ("Ratify ILO Conventions Nos. 98 and 190", "ILO-C98 ILO-C190"),
    ],
)  # fmt: skip
def test_one_name_may_stand_for_several_instruments(text, ids):
    assert named(text) == frozenset(ids.split())


@pytest.mark.parametrize(
    ("regional", "universal"),
    [
        ("Inter-American Convention on Disappearances", "CED"),
        ("Inter-American Convention on the Prevention of Torture", "CAT"),
        ("African Convention against Corruption", "CORRUPTION"),
        ("European Convention on the Exercise of Children's Rights", "CRC"),
        ("American Declaration on the Rights of Indigenous Peoples", "UNDRIP"),
        ("Arab Charter on the Rights of the Child", "CRC"),
    ],
)
def test_a_regional_convention_is_not_the_universal_one(regional, universal):
    found = named(f"Ratify the {regional}")
    assert len(found) == 1
    assert universal not in found


def test_groups_know_what_lies_within_what():
    assert {"Women & girls", "Children"} <= wider("Girls")
    assert kinship(frozenset({"Girls"}), frozenset({"Children"})) == "within"
    assert kinship(frozenset({"Women & girls"}), frozenset({"Older persons"})) == "apart"
    assert kinship(frozenset(), frozenset({"Girls"})) == "one side"
    assert kinship(frozenset(), frozenset()) == ""


def test_evidence_is_symmetric(compare):
    one, other = "Ratify the OP-CAT", "Train police officers in the prohibition of torture"
    assert compare(one, other) == compare(other, one)


def test_shared_ratification(compare):
    found = compare("Ratify the OP-CAT", "Consider acceding to the OP-CAT")
    assert found["shared_instruments"] == found["ratify_the_same"] == 1
    assert found["only_one_ratifies"] == found["other_instruments"] == 0


def test_same_instrument_but_only_one_ratifies(compare):
    found = compare("Ratify the OP-CAT", "Designate the preventive mechanism under the OP-CAT")
    assert found["shared_instruments"] == 0
    assert found["only_one_ratifies"] == 1
    assert found["one_carries_it_out"] == 1
    assert found["ratify_the_same"] == 0
    assert compare("Ratify the OP-CAT", "Accede to the OP-CAT")["one_carries_it_out"] == 0


def test_an_instrument_counts_with_what_is_to_be_done_about_it(compare):
    name = "the Convention on the Elimination of All Forms of Discrimination against Women"
    made_known, withdrawn = f"Disseminate {name}", f"Withdraw the reservations to {name}"
    found = compare(withdrawn, made_known)
    assert found["other_measure"] == 1
    assert found["shared_instruments"] == 0
    assert compare(withdrawn, "Withdraw its reservations to CEDAW")["shared_instruments"] == 1


def test_other_instruments(compare):
    assert compare("Ratify the ICRMW", "Ratify the Rome Statute")["other_instruments"] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inter-American Convention on Forced Disappearance",
         "International Convention against Enforced Disappearances"),
        ("Optional Protocol to the Convention on the Rights of Persons with Disabilities",
         "Convention on the Rights of Persons with Disabilities"),
        ("African Charter on the Rights of the Child", "Convention on the Rights of the Child"),
        ("ILO Convention No. 29", "ILO Convention No. 105"),
    ],
)  # fmt: skip
def test_of_two_treaties_that_are_nearly_called_the_same_none_is_proposed(
    one, other, compare, encoder
):
    left, right = f"Ratify the {one}", f"Complete the ratification of the {other}"
    assert compare(left, right)["ratify_others"] == 1
    pair = (Record(id=key, text=text) for key, text in (("a", left), ("b", right)))
    assert ConvergenceLinker(encoder).score(*pair).band != "propose"


def test_treaties_at_large_and_one_of_them(compare):
    at_large = "Ratify the core human rights treaties to which it is not a party"
    found = compare(at_large, "Ratify the ICRMW")
    assert found["ratify_at_large"] == 1
    assert found["ratify_others"] == 0
    assert compare("Ratify the ICRMW", "Ratify the CED")["ratify_at_large"] == 0
    with_examples = f"{at_large}, in particular the CED"
    assert compare(with_examples, "Ratify the ICRMW")["ratify_others"] == 0


def test_other_measure_and_other_group(compare):
    found = compare("Train judges on violence against women", "Ratify conventions")
    assert found["other_measure"] == 1
    found = compare("Provide shelters for women", "Provide shelters for older persons")
    assert found["other_group"] == 1


def test_abolish_against_retain(compare):
    assert compare("Abolish the death penalty", "Retain the death penalty")["opposed"] == 1
    assert compare("Abolish the death penalty", "Do not retain the death penalty")["opposed"] == 0
    assert (
        compare("Abolish the death penalty", "Establish a moratorium on executions")["opposed"] == 0
    )


def test_general_asks_say_less(compare):
    vague = compare("Continue to promote human rights", "Reduce overcrowding in prisons")
    sharp = compare("Reduce overcrowding in detention centres", "Reduce overcrowding in prisons")
    assert vague["specific"] < sharp["specific"]


def compared(left: str, right: str) -> Compared:
    return Compared(left, right, left, right)


def test_findings_are_sentences():
    texts = compared("Ratify the OP-CAT", "Accede to the OP-CAT")
    assert finding("ratify_the_same", 1.0, texts) == (
        "Both ask to ratify the Optional Protocol to the Convention against Torture"
    )
    assert shared_words("reduce prison overcrowding", "overcrowded prisons") == (
        "overcrowding", "prison",
    )  # fmt: skip
    for kind in KINDS:
        for value in (0.0, 0.5, 1.0):
            for said in (
                finding(kind, value, texts),
                finding(kind, value, compared("Do", "Go")),
            ):
                assert said[0].isupper(), said
                assert not re.search(r"_|\bOP-|weight|log", said), said


def test_findings_say_what_speaks_against():
    texts = compared("Train judges on the rights of women", "Ratify the Rome Statute")
    assert finding("other_instruments", 1.0, compared("Ratify OP-CAT", "Ratify the ICRMW")) == (
        "One names the Optional Protocol to the Convention against Torture; the other the "
        "International Convention on the Protection of the Rights of All Migrant Workers and "
        "Members of Their Families"
    )
    assert finding("only_one_ratifies", 1.0, texts) == "Only one of them asks to ratify a treaty"
    assert finding("other_measure", 1.0, texts).startswith("One asks to train officials; the other")


def test_every_kind_of_measure_has_words_for_a_reader():
    assert set(ACTIONS) == set(vocabulary("measures").names)


def test_instruments_go_by_the_name_that_officers_use():
    assert short_name("MANDELA") == "the Nelson Mandela Rules"
    assert short_name("ISTANBUL") == "the Istanbul Convention"
    assert short_name("ESC") == "the European Social Charter"
    assert (
        short_name("OP-CRC")
        == "the Optional Protocols to the Convention on the Rights of the Child"
    )


def test_a_text_without_an_ask_is_read_whole():
    profiles = Profiles.of([Record(id="a", text="and")], default_encoder())
    assert [part.text for part in profiles.asks] == ["and"]


def test_cues_hide_no_instrument():
    """Each row's cues are what each of its patterns cannot do without."""
    from linker.vocabulary.instruments import _compiled, _patterns, _rows

    lost = []
    for number, row in enumerate(_rows()):
        instrument, name = row["id"], row["name"]
        cues = [cue for cue in row["cue"].split(";") if cue]
        patterns = [_compiled(number, pattern) for pattern, _ in _patterns(number)]
        hit = any(pattern.search(name) for pattern in patterns)
        if hit and cues and not any(cue in name.lower() for cue in cues):
            lost.append(instrument)
        assert all(cue == cue.lower().strip() for cue in cues), instrument
    assert not lost


def test_what_both_asks_name_is_found_in_the_words_of_each():
    left = "The Committee against Torture recommends to outlaw physical punishment at home"
    right = "Ban corporal punishment of children"
    found = {(c.kind, c.name): c for c in carriers(left, right)}
    subject = found["concepts", "corporal punishment"]
    assert [right[a:b] for a, b in subject.right] == ["corporal punishment"]
    assert not [c for c in found.values() for a, b in c.left if "orture" in left[a:b]]


def test_marks_cover_whole_words_once():
    text = "Reduce prison over-crowding now"
    assert [text[a:b] for a, b in merged_spans(text, [(7, 10), (8, 20), (26, 27)])] == [
        "prison over-crowding",
    ]  # fmt: skip


def test_a_short_ask_is_read_with_what_comes_before():
    text = "Combat trafficking in women for sexual exploitation, and prosecute perpetrators"
    profiles = Profiles.of([Record(id="a", text=text)], default_encoder())
    if len(profiles.asks) > 1:
        assert "trafficking" in profiles.texts[-1]


def test_evidence_is_finite(compare):
    found = compare("Do so", "1234 Ω")
    assert np.isfinite(list(found.values())).all()


def test_help_from_agencies_is_read_with_what_it_is_for():
    text = (
        "The Committee recommends that the State party: (a) Establish a juvenile court; (b) Seek "
        "technical assistance from OHCHR and UNICEF."
    )
    profiles = Profiles.of([Record(id="a", text=text)], default_encoder())
    assert "juvenile court" in profiles.texts[-1]
    assert (
        "juvenile"
        not in Profiles.of(
            [Record(id="a", text=text.replace("technical assistance", "visits by experts"))],
            default_encoder(),
        ).texts[-1]
    )


def test_money_is_no_common_subject_where_it_is_for_different_things(compare):
    assert subjects("Allocate adequate resources to alternative care") != subjects(
        "Allocate adequate resources to health services"
    )
    other = compare("Allocate a budget to inclusive education", "Allocate a budget to prisons")
    assert other["concept_agreement"] == 0
    assert other["other_concepts"] == 1
    assert compare("Allocate a budget", "Allocate an adequate budget")["concept_agreement"] == 1


def test_reservations_are_to_the_treaty_of_the_committee_that_says_so():
    def treaties(body: str, text: str) -> frozenset[str]:
        record = Record(id="a", text=text, mechanism="TB", body=body)
        return named(Profiles.of([record], default_encoder()).texts[0])

    assert treaties("CRC", "Withdraw its reservations to article 14") == {"CRC"}
    assert treaties("CEDAW", "Withdraw its reservations to article 9") == {"CEDAW"}
    assert treaties("CEDAW", "Withdraw its reservations to the ICCPR") == {"ICCPR"}
    assert not treaties("CEDAW", "Adopt a law on equality")
    assert not treaties("UPR", "Withdraw its reservations to article 9")


def test_a_paragraph_that_reports_another_committee_asks_nothing_for_it():
    text = (
        "The State should promote access to housing. Similarly, the Committee on the Elimination "
        "of Discrimination against Women noted with concern that access to schools was limited."
    )
    profiles = Profiles.of([Record(id="a", text=text)], default_encoder())
    assert [part.text for part in profiles.asks] == ["promote access to housing."]
