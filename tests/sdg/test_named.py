"""What a text names is certain, and nothing else is taken for a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.sdg.framework import framework
from linker.sdg.named import named, without_goals_of
from linker.workspace.suggesting import suggest

NAMING = {
    "Speed up the work towards SDG 6": "6",
    "Carry out target 8.7 of the 2030 Agenda": "8.7",
    "Report on indicator 16.2.3 every year": "16.2.3",
    "Make progress on goals 5, 11, 13 and 16": "5 11 13 16",
    "In line with Sustainable Development Goals 4 and 5, train teachers": "4 5",
    "Reach SDG target 5.3 in all regions": "5.3",
    "Fund work on SDGs 3–5": "3 4 5",
    "Budget for SDGs 3 to 5 and 10": "3 4 5 10",
    "Work towards Goal Five and Goal XVI": "5 16",
    "Pursue the Sustainable Development Goal (SDG) 14": "14",
    "Align plans with SDG 4 (quality education), 5 (gender equality) and 8": "4 5 8",
    "Link SDG5 and SDG-16.3": "5 16.3",
    "Honour the fifth Sustainable Development Goal and the 16th SDG": "5 16",
    "Measure targets 16.1 to 16.3 and 16.a": "16.1 16.2 16.3 16.a",
    "Under Goal 16 of the 2030 Agenda for Sustainable Development": "16",
    "Meet Sustainable Development Goal 8.7": "8.7",
    "See Goal No. 5 and Goals Nos. 6 and 7": "5 6 7",
    "SDG 5 and 10 shelters for women": "5",
    "Goal 8, and in it target 8.7": "8.7",
    "Cumplir el Objetivo de Desarrollo Sostenible 5 y la meta 8.7": "5 8.7",
}
FALSE_FRIENDS = [
    "Carry out Goal 2 of the national strategy",
    "Spend the target 8.7 % of the budget",
    "Reach the target 8.7 per cent of enrolment",
    "Apply article 5.3 and paragraph 16.2 of the treaty",
    "Reach Millennium Development Goal 3",
    "Note that goals 1 and 2 of the MDGs have been met",
    "Continue the work on the Millennium Development Goals, goal 4 above all",
    "Raise the goals. 5 new schools are needed",
    "Limit warming to the target 1.5 degrees",
    "Carry out strategic goal 2 and national target 3.1",
    "Build on indicator 3.1 of the ministry's plan",
    "Keep target 8.11 and goal 18 in view",
    "The goal I mention is peace",
    "Meet its goals and targets for 2030",
    "Arrest the 3 who target 5 journalists",
]


def codes(text):
    return [name.code for name in without_goals_of(named(text))]


@pytest.mark.parametrize("text", NAMING)
def test_codes_are_read_in_all_the_ways_they_are_written(text):
    assert codes(text) == NAMING[text].split()


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_other_numbers_name_nothing(text):
    assert codes(text) == []


entries = st.sampled_from(sorted(entry.code for entry in framework()))


def cue(code):
    level = framework()[code].level
    return st.sampled_from({
        "goal": ["SDG {}", "Sustainable Development Goal {}", "Goal {}"],
        "target": ["target {}", "SDG {}", "SDG target {}"],
        "indicator": ["indicator {}", "SDG indicator {}"],
    }[level])  # fmt: skip


@given(st.data())
def test_every_code_is_read_wherever_it_stands(data):
    code = data.draw(entries)
    written = data.draw(cue(code)).format(code)
    before = data.draw(st.sampled_from(["", "Work towards ", "(", "Recalling "]))
    after = data.draw(st.sampled_from(["", ".", ", in law and practice", " on time", ")"]))
    text = before + written + after
    (found,) = named(text)
    assert found.code == code
    assert text[found.start : found.end] == code


@given(st.lists(entries, min_size=2, max_size=4, unique=True))
def test_lists_name_all_their_members(found):
    text = f"SDGs {', '.join(found[:-1])} and {found[-1]}"
    assert {name.code for name in named(text)} == set(found)


@given(entries, st.sampled_from(["article", "paragraph", "section", "recommendation", "rule"]))
def test_numbers_without_a_name_are_none(code, before):
    assert named(f"Apply {before} {code} of the text") == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_names_stand_where_they_say(text):
    for name in named(text):
        assert name.code in framework()
        assert 0 <= name.start < name.end <= len(text)


def test_what_a_text_names_is_certain_and_says_so():
    for text, code in (
        ("Speed up the work towards SDG 6", "6"),
        ("Carry out target 8.7 of the 2030 Agenda", "8.7"),
        ("Report on indicator 16.2.3 every year", "16.2.3"),
    ):
        link = next(link for link in suggest(text) if code == (link.indicator or link.target))
        assert link.probability > 0.99
        assert link.band == "propose"
        assert any("the text names it" in c.finding for c in link.contributions)


def test_a_named_indicator_is_direct_and_its_target_certain():
    links = {link.indicator or link.target: link for link in suggest("Report on indicator 16.2.3")}
    assert links["16.2.3"].role == "direct"
    assert links["16.2"].band == "propose"


def test_a_named_goal_makes_its_targets_likelier():
    def chance(text):
        return max(link.probability for link in suggest(text) if link.target.startswith("6."))

    assert chance("Speed up the work towards SDG 6") > 0.3
