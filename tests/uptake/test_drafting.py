"""Drafting a recommendation to the demonstration State."""

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import UsageError
from linker.uptake.drafting import COLUMNS, OPENING_COLUMNS, advice
from linker.uptake.wording import wording
from linker.workspace.workspace import Linker


@pytest.fixture(scope="module")
def linker(demo):
    with Linker.open(demo[0]) as opened:
        yield opened


def test_advice_names_what_a_reader_could_not_check():
    assert advice("Ratify OP-CAT within one year") == ()
    vague = " ".join(advice("Continue efforts; and strengthen measures"))
    assert "Name an act" in vague
    assert "by when" in vague
    assert "neither an instrument nor a group" in vague
    assert "2 things at once" in vague
    assert "words; say it in fewer" in " ".join(advice("Adopt a law " + "and a plan " * 30))


def test_a_draft_says_who_asked_the_same_and_what_can_track_it(linker):
    found = linker.draft("Prohibit corporal punishment of children at home by 2027")
    assert found.before[0].record.paragraph == "127.41"
    assert "for the same already, or may" in found.asked
    assert "supported" in found.asked
    assert {link.target for link in found.sdg} >= {"16.2"}
    kinds = {row["kind"] for row in found.to_rows()}
    assert {"asked", "asked before", "target"} <= kinds
    nobody = linker.draft("Tax the export of frozen berries")
    assert "Nobody asks Valmora" in nobody.asked


def test_openings_are_what_the_plan_does_not_report_as_done(linker):
    openings = linker.draft.openings()
    assert len(openings) == len(linker.clusters("XVM"))
    for one in openings[:20]:
        most = max(len(wording(member.text)) for member in one.cluster.members)
        assert len(wording(one.best.text)) == most
        assert set(one.to_row()) == set(OPENING_COLUMNS)


def test_what_cannot_be_drafted_is_said(linker):
    for text in ("?!", "word " * 9_000):
        with pytest.raises(UsageError):
            linker.draft(text)


def test_the_command(demo):
    def run(*words):
        return CliRunner().invoke(main, ["--workspace", str(demo[0]), "draft", *words])

    listed = run("--limit", "3", "--format", "csv")
    assert listed.exit_code == 0, listed.output
    assert listed.stdout.splitlines()[0] == ",".join(OPENING_COLUMNS)
    said = run("Adopt a law on wages", "--format", "csv")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[0] == ",".join(COLUMNS)
