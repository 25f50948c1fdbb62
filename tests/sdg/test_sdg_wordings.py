"""One issue in many wordings: harmful practices are always 5.3, procedure is never a target."""

import pytest

from linker.encoding.default import default_encoder
from linker.sdg.linking import SdgLinker

HARMFUL = [
    "Raise to 18 the age at which anyone may marry, and allow no judge to grant exceptions",
    "Put an end to the genital cutting of infants and girls, also when doctors perform it",
    "Stop mothers from flattening the breasts of their daughters with hot stones",
    "Outlaw the cleansing rites that force a widow to have intercourse with a relative of her "
    "late husband",
    "Punish those who make young people marry against their will",
    "Stop families from giving daughters away as brides when they are only twelve",
    "Ban the payment of lobola and dowry demands that turn brides into property",
    "Eradicate harmful traditional practices that affect women and children",
    "The Committee recommends that the State party eliminate the cutting of girls in all "
    "communities and retrain the women who live from it",
    "Free the girls who are held in shrines under trokosi, and forbid ritual servitude",
    "Prosecute men who abduct girls in order to marry them",
    "End chhaupadi, so that no girl has to sleep in a hut during her menstruation",
    "Abolish the inheritance of widows by the brothers of the deceased",
    "Stamp out the fattening of young girls to make them fit for a husband",
    "(b) Raise awareness among elders and imams of the damage done by infibulation and "
    "underage unions;",
]
PROCEDURAL = [
    "Answer the questionnaires sent by special procedures",
    "Receive the Special Rapporteurs who have asked for a visit",
    "Hand in the periodic reports that are overdue to several committees",
    "Continue to cooperate constructively with the United Nations human rights system",
    "Circulate these concluding observations widely, in all official languages",
    "Report back to the Human Rights Council at mid-term on what has been done",
    "The Committee requests the State party to provide, within one year, information on its "
    "follow-up to the recommendations in paragraphs 12 and 20 above.",
    "The Committee invites the State party to submit its next periodic report by 1 March 2027.",
    "Involve the country office of the United Nations in the follow-up to this review",
    "Share its good practices on the universal periodic review with other States",
    "Keep up its active role in the Human Rights Council",
    "Update the common core document in line with the harmonized guidelines",
    "Consider ratifying the international human rights instruments to which it is not yet a party",
    "Set up an inter-ministerial body that coordinates reporting and follow-up to "
    "recommendations of the United Nations mechanisms",
    "Seek technical assistance from OHCHR for the preparation of its reports",
]


@pytest.fixture(scope="module")
def linker():
    return SdgLinker(default_encoder())


@pytest.mark.parametrize("text", HARMFUL)
def test_harmful_practices_lead_to_5_3_and_its_indicators(linker, text):
    links = linker.suggest(text)
    assert (links[0].target, links[0].indicator) == ("5.3", "")
    assert links[0].band != "hide"
    assert next(link.indicator for link in links if link.indicator) in {"5.3.1", "5.3.2"}


@pytest.mark.parametrize("text", PROCEDURAL)
def test_procedure_alone_is_no_target(linker, text):
    assert [link.target for link in linker.suggest(text) if link.band != "hide"] == []
