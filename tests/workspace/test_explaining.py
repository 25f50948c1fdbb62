"""Explanations: the linked ask and what carries it are marked, on both sides and in print."""

import math
import re
from itertools import pairwise

import pytest

from linker.convergence.convergence import ConvergenceLinker
from linker.encoding.default import default_encoder
from linker.errors import Invalid, NotFound
from linker.reading.reader import Reader
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.workspace.explaining import (
    BOLD,
    PLAIN,
    WIDTH,
    Segment,
    Side,
    explain_convergence,
    explain_sdg,
)
from linker.workspace.workspace import Linker

LEFT = Record(
    id="tb", state="KEN", mechanism="TB", body="CAT", symbol="CAT/C/KEN/CO/3", paragraph="14",
    text="The Committee notes with concern that prisons are overcrowded. The State party should "
    "reduce overcrowding in prisons by using alternatives to imprisonment.",
)  # fmt: skip
RIGHT = Record(
    id="upr", state="KEN", mechanism="UPR", body="UPR", cycle="3", paragraph="140.7",
    text="Improve conditions of detention and tackle prison overcrowding",
)  # fmt: skip


@pytest.fixture(scope="module")
def convergence():
    linker = ConvergenceLinker(default_encoder())
    (link,) = linker.link([LEFT, RIGHT])
    return explain_convergence(linker, Reader(), link, LEFT, RIGHT)


@pytest.fixture(scope="module")
def target():
    linker = SdgLinker(default_encoder())
    text = "Strengthen the courts and put an end to early and forced marriage of girls"
    record = Record(id="r", text=text, state="KEN", mechanism="UPR", body="UPR")
    link = next(x for x in linker.link([record]) if x.target == "5.3" and not x.indicator)
    return explain_sdg(linker, Reader(), link, record)


def said(side: Side, kind: str) -> str:
    return " ".join(part.text for part in side.segments() if part.kind == kind)


def test_segments_join_to_the_text_and_marks_lie_in_the_ask(convergence, target):
    for side in (*convergence.sides, *target.sides):
        assert "".join(part.text for part in side.segments()) == side.text
        assert side.marks
        assert side.start <= side.marks[0][0]
        assert side.marks[-1][1] <= side.end
        assert all(a[1] < b[0] for a, b in pairwise(side.marks))


def test_what_carries_a_convergence_is_marked_on_both_sides(convergence):
    left, right = convergence.sides
    assert "overcrowding" in said(left, "mark")
    assert "overcrowding" in said(right, "mark")
    assert "notes with concern" in said(left, "")


def test_what_carries_an_sdg_link_is_marked(target):
    (side,) = target.sides
    assert "marriage" in said(side, "mark")
    assert "courts" not in said(side, "mark")
    assert any("exemplars" in c.evidence for c in target.contributions)


def test_printed_lines_are_short_and_hold_every_word(convergence):
    plain = convergence.to_text()
    left = convergence.sides[0].to_text()
    assert all(len(line) <= WIDTH + 2 for line in left.splitlines())
    assert re.sub(r"[»«*]", "", left).split() == LEFT.text.split()
    assert left.count("*") == 2 * len(convergence.sides[0].marks)
    assert left.count("»") == left.count("«") == 1
    assert "Speaks against it" in plain
    assert BOLD not in plain


def test_a_terminal_with_colour_shows_marks_in_bold(convergence):
    coloured = convergence.sides[1].to_text(colour=True)
    assert coloured.count(BOLD) == coloured.count(PLAIN) == len(convergence.sides[1].marks)
    assert "»" in coloured
    assert "*" not in coloured


def test_a_long_mark_is_broken_between_words_like_the_rest():
    text = "word " * 60
    side = Side("A", text.strip(), 0, len(text.strip()), ((5, 294),))
    assert side.segments()[1] == Segment(text[5:294], "mark")
    lines = side.to_text().splitlines()
    assert len(lines) > 2
    assert all(len(line) <= WIDTH + 2 for line in lines)


def test_a_side_without_marks_shows_the_ask_alone():
    side = Side("A", "Noting progress, ratify it.", 17, 26)
    assert [part.kind for part in side.segments()] == ["", "ask", ""]
    assert side.to_text() == "  Noting progress, »ratify it«."


def test_what_speaks_for_and_against_is_said_apart(convergence, target):
    for explained in (convergence, target):
        both = (*explained.speaks_for, *explained.speaks_against)
        assert sorted(both, key=repr) == sorted(explained.contributions, key=repr)
        assert all(c.log_odds > 0 for c in explained.speaks_for)
        pro, contra = explained.to_text().split("Speaks for it")[1].split("Speaks against it")
        assert "+" in pro
        assert "  -" in contra
        assert "in all, before calibration" in contra


def test_an_indicator_is_explained_by_its_target_and_how_well_it_fits():
    linker = SdgLinker(default_encoder())
    record = Record(id="r", text="End child marriage", state="KEN", mechanism="UPR", body="UPR")
    link = next(x for x in linker.link([record]) if x.indicator == "5.3.1")
    explained = explain_sdg(linker, Reader(), link, record)
    assert {"exemplars", "indicator"} <= {c.evidence for c in explained.contributions}
    odds = link.probability / (1 - link.probability)
    total = sum(c.log_odds for c in explained.contributions)
    assert total == pytest.approx(math.log(odds), abs=1e-6)
    assert "marriage" in said(explained.sides[0], "mark")


def test_an_explanation_reads_its_two_records_and_no_others(demo, monkeypatch):
    with Linker.open(demo[0]) as linker:
        link = linker.convergences().shown()[0].link
        monkeypatch.setattr(type(linker.store), "records", None)
        assert linker.explain(link.link_id).probability == pytest.approx(link.probability, abs=1e-3)


def test_what_is_not_there_is_told_from_what_is_not_valid(demo):
    with Linker.open(demo[0]) as linker:
        link = linker.convergences().shown()[0].link
        with pytest.raises(NotFound):
            linker.explain("C-000000000000")
        with pytest.raises(NotFound):
            linker.only_state("CHL")
        with pytest.raises(Invalid):
            linker.decide(link.link_id, "perhaps", "Ada")
        with pytest.raises(Invalid):
            linker.export("poem", "poem.docx")
