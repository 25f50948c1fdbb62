"""HTML of records and links: marked where it should be, and safe."""

from linker.i18n.language import speaking
from linker.links import Contribution
from linker.records.record import Record
from linker.ui.building import said
from linker.ui.cards import bar, facts, goal_chip, marked_text, record_card
from linker.ui.waterfall import steps, waterfall
from linker.ui.wording import counted_records, duration, percent

TEXT = "The Committee is concerned about A. It recommends that the State party ratify B <b>."


def test_the_linked_ask_is_marked_and_everything_escaped():
    record = Record(id="1", text=TEXT, mechanism="TB", body="CAT", symbol='CAT/"><script>')
    html = marked_text(record, 0)
    assert html.count("<mark>") == 1
    assert "ratify B &lt;b&gt;" in html
    card = record_card(record, 0)
    assert "<script" not in card
    assert "<b>." not in card


def test_no_letter_of_a_text_is_lost():
    import html
    import re

    record = Record(id="1", text=TEXT)
    assert html.unescape(re.sub(r"</?(?:mark|span)[^>]*>", "", marked_text(record, 0))) == TEXT


def test_right_to_left_text_runs_so():
    assert 'dir="rtl"' in record_card(Record(id="1", text="التصديق على الاتفاقية"))


def test_states_stand_behind_a_colon_for_some_of_them_want_an_article():
    record = Record(id="1", text=TEXT, recommending_states=("PHL", "AUT"))
    assert facts(record) == "asked by: Philippines, Austria"
    with speaking("fr"):
        assert facts(record) == "demandé par : Philippines, Autriche"


def test_goals_have_their_colour():
    assert "background:#" in goal_chip("5.3.1")


def test_waterfall_ends_at_its_sum_and_keeps_everything():
    found = [Contribution(f"kind{n}", f"reason {n} <", 1.0 / (n + 1)) for n in range(20)]
    assert abs(sum(s.log_odds for s in steps(found)) - sum(c.log_odds for c in found)) < 1e-9
    html = waterfall(found, 0.874)
    assert "87 %" in html
    assert "reason 0 &lt;" in html
    assert "Nothing in particular" in waterfall([], 0.5)


def test_bars_say_their_numbers_in_words():
    assert "UPR 3 · TB 1" in bar({"UPR": 3, "TB": 1}, 4)


def test_the_bar_of_a_build_says_what_is_left():
    assert said("XVM: convergences", 10, 100, 400) == (
        "Valmora, convergences: 100 of 400, about 30 s left"
    )
    assert said("XVM: convergences", 10, 400, 400).endswith("Going on …")
    assert said("XVM: convergences", 0.1, 1, 400) == "Valmora, convergences: 1 of 400"


def test_words():
    assert (percent(0.0001), percent(0.99999)) == ("1 %", "99 %")
    assert (counted_records(1), counted_records(2000)) == ("1 record", "2,000 records")
    assert [duration(s) for s in (2, 42, 600, 7500)] == [
        "a few seconds", "40 s", "10 min", "2 h 05 min"
    ]  # fmt: skip
