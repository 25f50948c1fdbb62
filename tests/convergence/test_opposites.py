"""Asks for the contrary: shown as such, and never proposed as a convergence."""

import pytest

from evaluation.convergence.opposites import among_states, has_states, made_up
from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.marks import marks
from linker.convergence.scorers import scorers
from linker.reading.english import RecordInEnglish
from linker.reading.polarity import polarity_of
from linker.records.asks import asks
from linker.records.record import Record
from linker.vocabulary.polarity import forms


def said(text: str) -> dict[str, int]:
    return {stance.thing: stance.sign for stance in polarity_of(text).stances}


@pytest.mark.parametrize(
    ("text", "thing", "sign"),
    [
        ("Close the canal to traffic", "canal", -1),
        ("Do not close the canal to traffic", "canal", 1),
        ("Refrain from reopening the canal", "canal", -1),
        ("Reopen without delay all locks of the canal", "lock", 1),
        ("Join without reservations the treaty on canals", "treati", 1),
        ("Sell no water without the consent of the villages", "consent", 1),
        ("Close the mill in line with the river act", "river", 1),
        ("Do not fund the ferry by granting subsidies", "subsidi", -1),
        ("Spare no efforts for the opening of the canal", "canal", 1),
        ("Abolish the levy by adopting the ferry order", "ferri", 1),
        ("Review the prevention of floods, to speed up the ferry", "ferri", 1),
        ("Achieve the abolishment of the night races", "race", -1),
        ("Ban violence against fishers, including branding", "brand", 0),
        ("Lift the ban on lotteries", "lotteri", 1),
        ("Do not lift the ban on lotteries", "lotteri", -1),
        ("Repeal the provisions that criminalize begging", "beg", 1),
        ("Ensure that lotteries are not permitted", "lotteri", -1),
        ("Ensure that lotteries are prohibited", "lotteri", -1),
        ("No newspaper should be closed", "newspap", 1),
        ("Amend the act on lotteries", "lotteri", 0),
        ("Protect fishers from violence", "fisher", 1),
        ("Prevent violence and discrimination against fishers", "fisher", 1),
        ("Make begging legal and lotteries illegal", "lotteri", -1),
        ("Reduce tariffs and raise pensions", "pension", 1),
        ("Reduce tariffs and raise pensions", "tariff", -1),
        ("Kites should not be illegal", "kite", 1),
        ("Night markets should end", "market", -1),
        ("Night markets should not resume", "market", -1),
        ("Fewer lotteries for the young", "lotteri", -1),
        ("Make the term of the mayor shorter", "term", -1),
        ("The non-renewal of the levy", "levi", -1),
        ("Bring the night races to an end", "race", -1),
        ("Take the licences away", "licenc", -1),
        ("Leave the canal undrained", "canal", 1),
        ("Sentence no fisher to exile abroad", "abroad", -1),
        ("Prevent abduction by pirates", "pirat", 0),
        ("Compensate the victims of the levy", "levi", 0),
        ("Lift the wages of the ferrymen", "ferrymen", 1),
        ("Put a swift and definitive end to the night races", "race", -1),
        ("Carry out measures to put a complete halt to the night races", "race", -1),
        ("Take measures against bullying based on dialect in the ferry schools", "dialect", 0),
        ("Ensure that bullying on the basis of dialect is prohibited", "dialect", 1),
        ("Apply the Bullying Offences Act on the ferries", "bulli", 0),
        ("Adopt the act against lotteries", "lotteri", 0),
        ("Withdraw the reservations made to the treaty on canals", "treati", 1),
        ("End bullying and abuse of fishers", "fisher", 1),
        ("Declare a moratorium for the abolition of night races", "race", -1),
        ("Declare a moratorium on night races, with a view of abolishing them", "abolish", 1),
        ("Ban lotteries as an intermediate step towards the closure of casinos", "casino", -1),
        ("Repeal acts that ban kites, particularly those which ban ferries", "ferri", 1),
        ("Amend or repeal the levy", "levi", 0),
        ("Acknowledge the existence of secret casinos", "casino", 0),
        ("Seek alternatives to night races", "race", -1),
        ("Apply the levy rules (explicitly prohibit lotteries)", "lotteri", -1),
        ("Lift the curfew in the port", "curfew", -1),
        ("Lift fishers out of debt", "fisher", 1),
        ("Furnish the halting sites of the fair with taps", "tap", 1),
    ],
)
def test_what_an_ask_would_have_happen(text, thing, sign):
    assert said(text)[thing] == sign


def test_what_is_spoken_about_is_told_from_what_is_acted_on():
    about = {
        (stance.thing, stance.about) for stance in polarity_of("Adopt a law on lotteries").stances
    }
    assert {("law", False), ("lotteri", True)} <= about


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [
        ("Make the register of kites voluntary", "Make the register of kites compulsory", True),
        ("Make the register of kites voluntary", "Do not make it compulsory to register", False),
        ("Merge the two courts of the valley", "Split the two courts of the valley", True),
        ("Hold the fair earlier in the year", "Hold the fair later in the year", True),
        ("Keep the files of the mill unsealed", "Do not seal the files of the mill", False),
        ("The lifting of the levy on boats", "The extension of the levy on boats", True),
        ("Lift the minimum age of ferrymen", "Raise the minimum age of ferrymen", False),
        ("Lift the minimum age of ferrymen", "Lower the minimum age of ferrymen", True),
        ("Lift the age limit for ferrymen", "Abolish the age limit for ferrymen", False),
        ("Introduce a moratorium on boat levies", "A moratorium to end boat levies", False),
    ],
)
def test_contrary_words_of_one_thing(one, other, opposite, encoder):
    pair = Record(id="a", text=one), Record(id="b", text=other)
    assert (ConvergenceLinker(encoder).contrary([pair])[0] > 0) == opposite


def test_nearly_the_same_words_with_only_or_unless_are_not_proposed(encoder):
    linker = ConvergenceLinker(encoder)
    left = Record(id="a", text="Let fishers sell boats at the harbour on market days")
    right = Record(id="b", text="Let fishers sell boats only at the harbour on market days")
    assert linker.score(left, left).band == "propose"
    assert linker.score(left, right).band == "ask"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Garnish the wages of fishers", "Pay the wages of fishers"),
        ("Give ferry licences to the trimlocks", "Give ferry licences to the sarnoffs"),
        ("Spare boat owners the levy on nets", "Do not levy anything on the nets of boat owners"),
    ],
)
def test_what_is_not_read_is_asked_about_with_its_reason(one, other, encoder):
    link = ConvergenceLinker(encoder).score(Record(id="a", text=one), Record(id="b", text=other))
    assert link.band != "propose"
    assert link.relation != "opposite"
    assert any(c.evidence == "may_be_opposed" and c.log_odds < 0 for c in link.contributions)


def test_a_name_in_ing_is_no_verb(encoder):
    one = "Evict no showmen from halting sites, and have every town furnish sites with taps"
    other = "Make furnished halting sites with taps available to showmen"
    pair = Record(id="a", text=one), Record(id="b", text=other)
    assert ConvergenceLinker(encoder).contrary([pair])[0] == 0


def test_a_word_of_an_english_reading_that_is_not_read_raises_no_doubt(encoder):
    texts = ("Give ferry licences to the trimlocks", "Give ferry licences to the sarnoffs")
    one, other = (Record(id=name, text=text) for name, text in zip("ab", texts, strict=True))
    through_english = RecordInEnglish(id="a", text=texts[0], published=("Dar licencias",))
    for first, doubted in ((one, True), (through_english, False)):
        link = ConvergenceLinker(encoder).score(first, other)
        assert any(c.evidence == "may_be_opposed" for c in link.contributions) is doubted


def test_what_one_names_as_an_example_is_no_word_that_the_other_has_of_its_own(encoder):
    one = Record(id="a", text="Prohibit the caning of apprentices at home by 2027")
    wider = "Prohibit the caning of apprentices in all settings, including workshops and the home"
    link = ConvergenceLinker(encoder).score(one, Record(id="b", text=wider))
    assert not any(c.evidence == "may_be_opposed" for c in link.contributions)


def test_a_doubt_hides_nothing_and_proposes_nothing():
    of = scorers()
    line = of.of["UPR-UPR"].propose
    for chance in (0.0, line - 0.01):
        assert of.band(chance, "UPR-UPR", False, True) == of.band(chance, "UPR-UPR", False, False)
    assert of.band(1.0, "UPR-UPR", opposed=False, doubted=False) == "propose"
    assert of.band(1.0, "UPR-UPR", opposed=False, doubted=True) == "ask"
    assert of.band(0.0, "UPR-UPR", opposed=True, doubted=False) == "ask"


def test_a_treaty_is_one_matter_whatever_it_is_called(encoder):
    linker = ConvergenceLinker(encoder)
    stay = Record(id="a", text="Remain a member of the International Criminal Court")
    leave = Record(id="b", text="Pull out of the Rome Statute")
    assert linker.score(stay, leave).relation == "opposite"


def test_forms_of_verbs():
    assert dict(forms("ban"))["s"] == "bans"
    assert {"banning", "banned"} <= {text for _, text in forms("ban")}
    assert {"deny", "denies", "denied", "denying"} <= {text for _, text in forms("deny")}
    assert {"close", "closes", "closed", "closing"} == {text for _, text in forms("close")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The State party is encouraged not to adopt the bill on kites and to repeal the levy.",
            ["not to adopt the bill on kites", "repeal the levy."],
        ),
        (
            "In no case should the State party use the levy to punish poor households.",
            ["In no case should the State party use the levy to punish poor households."],
        ),
        (
            "The State party should avoid using the levy to ban trade and to fine hawkers.",
            ["avoid using the levy to ban trade and to fine hawkers."],
        ),
        (
            "The Committee stresses that a truce cannot serve to dispense with trials of raiders.",
            ["a truce cannot serve to dispense with trials of raiders."],
        ),
        (
            "The State party should refrain from: (a) closing the school; (b) selling the well.",
            ["refrain from: (a) closing the school; (b) selling the well."],
        ),
        (
            "No child should be kept in a cell overnight.",
            ["No child should be kept in a cell overnight."],
        ),
        (
            "The State party should refrain from using force and prosecute those who did.",
            ["refrain from using force", "prosecute those who did."],
        ),
    ],
)
def test_an_ask_keeps_its_negation(text, expected):
    assert [part.text for part in asks(text)] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Abolish flogging", "Consider a moratorium on flogging with the aim of abolishing it"),
        ("Stop bullying in schools on the ground of dialect",
         "Take the necessary measures against bullying in schools based on dialect"),
        ("Continue to address bullying",
         "Continue its efforts to implement the plan to end bullying"),
        ("Adopt measures to reduce bullying of fishers",
         "Make efforts to increase awareness about bullying of fishers"),
        ("Ratify the Second Optional Protocol to the International Covenant on Civil and Political "
         "Rights, aiming at the abolition of the death penalty",
         "Enact the law on the abolition of the death penalty"),
        ("Withdraw all reservations made to the Convention on the Elimination of All Forms of "
         "Discrimination against Women",
         "Ratify the Convention on the Elimination of All Forms of Discrimination against Women"),
        ("Strengthen the protection of fishers from dismissal by giving their union, which speaks "
         "for the crews of all boats, a seat on the harbour board",
         "Reduce the dismissal of teachers who take part in strikes, and shorten the procedure of "
         "appeal before the boards of schools"),
    ],
)  # fmt: skip
def test_what_merely_sounds_contrary_in_real_recommendations_is_not_called_so(encoder, left, right):
    linker = ConvergenceLinker(encoder)
    link = linker.score(Record(id="a", text=left), Record(id="b", text=right))
    assert link.relation != "opposite"


def test_hardly_any_recommendations_of_real_states_are_called_contrary(encoder):
    if not has_states():
        pytest.skip("needs LINKER_CORPORA: the recommendations of UPR Info")
    found = among_states(ConvergenceLinker(encoder), every=8)
    pairs, called = (sum(row[key] for row in found) for key in ("near pairs", "opposite"))
    assert pairs > 10_000
    assert called <= pairs / 5_000


def test_opposites_are_shown_and_the_same_in_other_words_is_kept(encoder):
    linker = ConvergenceLinker(encoder)
    rows = made_up()
    pairs = [(Record(id="a", text=r["left"]), Record(id="b", text=r["right"])) for r in rows]
    found = [chance > 0 for chance in linker.contrary(pairs)]
    proposed = sum(
        linker.score(*pair).band == "propose"
        for pair, row in zip(pairs, rows, strict=True)
        if row["relation"] == "opposite" and row["half"] in "efg"
    )
    assert proposed <= 4
    for relation, least, most in (
        ("opposite", 0.85, 1.0),
        ("same", 0.0, 0.05),
        ("other", 0.0, 0.1),
    ):
        called = [is_opposite for is_opposite, row in zip(found, rows, strict=True)
                  if row["relation"] == relation]  # fmt: skip
        assert least <= sum(called) / len(called) <= most, relation


def test_what_carries_an_opposite_is_the_words_that_say_which_way(encoder):
    linker = ConvergenceLinker(encoder)
    left = Record(id="a", text="Raise the tariff on imported kites", state="XVM")
    right = Record(id="b", text="Lower the tariff on imported kites", state="XVM")
    link = linker.score(left, right)
    assert link.relation == "opposite"
    assert link.band == "ask"
    said = [c.finding for c in link.contributions if c.evidence == "opposed"]
    assert said == ["They ask for opposite things"]
    marked = marks(linker, link, left, right)
    words = {r.text[a:b] for r, spans in zip((left, right), marked, strict=True) for a, b in spans}
    assert words & {"Raise", "Lower"}
    assert linker.contrary([(left, right)])[0] > 0.5
    assert linker.contrary([(left, left)])[0] == 0
