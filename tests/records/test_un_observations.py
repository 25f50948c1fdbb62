"""Concluding observations of treaty bodies: what recommends, and the concern before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import p, word
from made_reports import records

from linker.records.importers.un.concluding import parted

OBSERVATIONS = [
    ("", "CAT/C/KIR/CO/2"), ("", "Distr.: General"), ("", "7 June 2023"),
    ("", "Committee against Torture"),
    ("", "Concluding observations on the second periodic report of Kiribati*"),
    ("h1", "A. Introduction"),
    ("", "1. The Committee considered the second periodic report of Kiribati at its meetings."),
    ("h1", "B. Positive aspects"),
    ("", "2. The Committee welcomes the law on lamps. The State party should be proud of it."),
    ("h1", "C. Principal areas of concern and recommendations"),
    ("h2", "Lighthouses"),
    ("", "3. The Committee is concerned at dark lighthouses and at:"),
    ("", "(a) Broken lamps;"),
    ("", "4. Recalling its general comment No. 1, the Committee recommends that the State party:"),
    ("", "(a) Light the lamps;"), ("", "(b) Mend what is broken."),
    ("h2", "Piers"),
    ("", "5. While noting the new pier, the Committee regrets that two are closed. The State party "
     "should open both. It should also publish when."),
    ("h1", "D. Follow-up procedure"),
    ("", "6. The Committee requests the State party to provide, by 12 May 2024, information on "
     "follow-up to its recommendation on piers."),
    ("h1", "E. Other issues"),
    ("", "7. The State party is requested to disseminate widely the present concluding "
     "observations."),
    ("", "8. The Committee recommends that the State party ratify the treaty on lighthouses."),
]  # fmt: skip
STYLES = (
    "<w:style w:type='paragraph' w:styleId='h1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='h2'><w:name w:val='heading 2'/></w:style>"
)


def test_concluding_observations_give_what_recommends(tmp_path):
    body = "".join(p(text, style=style) for style, text in OBSERVATIONS)
    found, notes = records(word(tmp_path / "a.docx", body, styles=STYLES))
    assert list(found) == ["4", "5", "6", "7", "8"]
    four, five = found["4"], found["5"]
    assert four.text.endswith("party:\n(a) Light the lamps;\n(b) Mend what is broken.")
    assert four.context == (
        "3. The Committee is concerned at dark lighthouses and at:\n(a) Broken lamps;"
    )
    assert (four.heading, four.themes, four.body, four.state, four.symbol, four.date) == (
        "Lighthouses", ("Lighthouses",), "CAT", "KIR", "CAT/C/KIR/CO/2", "2023-06-07",
    )  # fmt: skip
    assert five.text == "The State party should open both. It should also publish when."
    assert five.context.endswith("regrets that two are closed.")
    assert [found[n].kind for n in ("4", "6", "7", "8")] == [
        "recommendation", "procedure", "procedure", "recommendation",
    ]  # fmt: skip
    assert notes.counts["told", "left out"] == 2


@pytest.mark.parametrize(
    ("text", "recommends"),
    [
        ("The Committee is concerned that the State party has not ratified.", False),
        ("The Committee urges the State party to ratify.", True),
        ("The Committee, in line with its earlier views, also calls upon the State party to act.",
         True),
        ("The State party is encouraged to act.", True),
        ("Under no circumstances should the State party act.", True),
        ("The Committee notes the recommendation of others.", False),
        ("El Comité recomienda al Estado parte que actúe.", True),
        ("Le Comité recommande à l’État partie d’agir.", True),
    ],
)  # fmt: skip
def test_what_recommends(text, recommends):
    assert bool(parted(text)[1]) is recommends


@given(st.text(alphabet=st.sampled_from("The Committee recommends. State party should\n(a)"),
               max_size=300))  # fmt: skip
def test_parting_loses_nothing(text):
    before, after = parted(text)
    assert "".join((before + after).split()) == "".join(text.split())
