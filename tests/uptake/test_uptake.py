"""Were we heard? The made submission to the demonstration State, compared with its records."""

import csv
import io
import zipfile

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import LinkerError, NotFound
from linker.paths import data_dir
from linker.uptake.results import COLUMNS, OUTCOMES
from linker.uptake.strength import same_subject, strength
from linker.uptake.wording import MEASURED, wording
from linker.workspace.workspace import Linker

SUBMISSION = data_dir() / "sample" / "submission.md"


@pytest.fixture(scope="module")
def linker(demo):
    with Linker.open(demo[0]) as opened:
        yield opened


@pytest.fixture(scope="module")
def heard(linker):
    return linker.uptake(SUBMISSION)


@pytest.fixture
def brief(heard, tmp_path):
    """A table with one of the submission's asks."""
    path = tmp_path / "brief.csv"
    path.write_text(f'id,text\nA,"{of(heard, "Migrant Workers").item.text}"\n', "utf-8")
    return path


def of(heard, words):
    return next(one for one in heard if words in one.item.text)


def test_it_says_what_became_of_each_ask(heard):
    outcomes = {
        "Migrant Workers": "came back",
        "corporal punishment": "came back",
        "human rights defenders": "came back",
        "Criminalize child marriage": "came back weaker",
        "selection of the Public Advocate": "raised elsewhere",
        "frozen berries": "not found",
    }
    assert {words: of(heard, words).outcome for words in outcomes} == outcomes
    assert sum(heard.counts().values()) == len(heard) == 11
    assert list(heard.counts()) == list(OUTCOMES)


def test_it_names_who_took_an_ask_up_and_with_which_position(heard):
    first = of(heard, "corporal punishment").heard[0]
    assert first.record.paragraph == "127.41"
    assert first.record.position == "supported"
    assert "Croatia" in heard.recommenders()
    assert of(heard, "selection of the Public Advocate").elsewhere[0].record.body == "CCPR"
    weaker = of(heard, "Criminalize child marriage").weaker
    assert [answer.record.paragraph for answer in weaker] == ["127.21"]


def test_a_recommendation_made_before_the_submission_is_no_answer(linker, heard, brief):
    assert heard.cycle == "4"
    workers = of(heard, "Migrant Workers")
    assert workers.before
    assert {answer.record.cycle for answer in workers.heard} == {"4"}
    for answer in workers.before:
        assert (answer.relation, answer.probability, answer.band) == ("earlier", 0.0, "hide")
        assert answer.same
    (third,) = linker.uptake(brief, cycle="3")
    assert {answer.record.cycle for answer in third.heard} == {"3", "4"}


def test_nothing_is_imported(linker, brief):
    before = linker.store.counts()
    linker.uptake(brief)
    assert linker.store.counts() == before


def test_every_record_stands_beside_every_ask_when_all_are_wanted(linker, heard):
    rows = heard.above(0).to_rows(every=True)
    records = {record.id for record in linker.records()}
    assert len(rows) == len(heard) * len(records)
    assert {row["record_id"] for row in rows if row["item"] == "3"} == records
    chances = [row["probability"] for row in rows if row["item"] == "3"]
    assert chances == sorted(chances, reverse=True)
    kept = [row["probability"] for row in heard.above(0.9).to_rows(every=True) if row["record_id"]]
    assert kept
    assert min(kept) >= 0.9


def test_a_table_may_name_its_rows_as_records_are_named(linker, heard, tmp_path):
    ask = of(heard, "Migrant Workers")
    path = tmp_path / "same-names.csv"
    path.write_text(f'id,text\n"{ask.heard[0].record.id}","{ask.item.text}"\n', "utf-8")
    (found,) = linker.uptake(path)
    assert [a.record.id for a in found.heard] == [a.record.id for a in ask.heard]


def test_what_readers_see_is_all_it_takes_to_say_it(heard):
    few = heard.shown()
    assert few.to_rows() == heard.to_rows()
    assert few.counts() == heard.counts()
    assert sum(len(one.answers) for one in few) < sum(len(one.answers) for one in heard) / 10


def test_what_answers_an_ask_depends_on_no_other_item(linker, heard, brief):
    (alone,) = linker.uptake(brief)
    together = of(heard, "Migrant Workers")
    assert [(a.record.id, a.probability) for a in alone.answers] == [
        (a.record.id, a.probability) for a in together.answers
    ]


@pytest.mark.parametrize(
    ("ask", "other", "said"),
    [
        ("Criminalize marital rape", "Continue efforts against marital rape", "weaker"),
        ("Criminalize marital rape", "Strengthen the response to marital rape", "weaker"),
        ("Allocate resources", "Ensure that sufficient resources are allocated", "as strong"),
        ("Consider a moratorium", "Abolish the death penalty", "stronger"),
        ("Adopt a law", "Enact a law", "as strong"),
        ("Create campaigns to prevent drug use", "Intensify campaigns on drug use", "as strong"),
        ("Take steps to criminalize rape", "Continue efforts against rape", "weaker"),
        ("Better roads", "Adopt a law", ""),
    ],
)
def test_how_strongly_a_record_asks(ask, other, said):
    assert strength(ask, other) == said


@pytest.mark.parametrize(
    ("ask", "measured"),
    [
        ("Make rape within marriage a criminal offence", False),
        ("Grant detainees a hearing before a judge", False),
        ("Adopt a law within two years", True),
        ("Adopt a law before the end of 2027", True),
        ("Adopt a law by 2028", True),
        ("Adopt a law until June 2028", True),
        ("Reduce child labour by 20 per cent", True),
    ],
)
def test_how_much_or_by_when(ask, measured):
    assert (MEASURED in wording(ask)) is measured


@pytest.mark.parametrize(
    ("ask", "other", "same"),
    [
        ("Criminalize child marriage", "Continue efforts to end child, early marriage", True),
        ("Criminalize marital rape", "Continue efforts against marital rape", True),
        (
            "take decisive steps to review the activities offered to prisoners",
            "Continue to address the overcrowding of prisons",
            False,
        ),
        (
            "shorten the detention of foreigners before expulsion and allow appeals to a court",
            "Continue to inform asylum seekers and migrants in their languages",
            False,
        ),
    ],
)
def test_weaker_is_only_what_is_about_the_very_subject(ask, other, same):
    assert same_subject(ask, other) is same


def test_what_cannot_be_compared_is_said(linker, heard, tmp_path):
    with pytest.raises(NotFound, match="cycle 9"):
        linker.uptake(SUBMISSION, cycle="9")
    other = tmp_path / "other.csv"
    other.write_text("id,state,text\n1,Kenya,Build a dyke\n", "utf-8")
    with pytest.raises(NotFound, match="Kenya"):
        linker.uptake(other)
    with pytest.raises(LinkerError, match="cannot be opened"):
        linker.uptake(tmp_path / "nowhere.docx")
    with pytest.raises(LinkerError, match="docx, xlsx, csv, json"):
        linker.uptake.write(heard, tmp_path / "heard.pdf")


def test_rows_of_other_states_are_left_out_and_told(linker, tmp_path):
    mixed = tmp_path / "mixed.csv"
    mixed.write_text("id,state,text\n1,Kenya,Build a dyke\n2,XVM,Build another dyke\n", "utf-8")
    heard = linker.uptake(mixed)
    assert [one.item.id for one in heard] == ["2"]
    assert "1 rows about other States (Kenya) are left out." in heard.notes


def test_a_submission_to_a_review_that_is_not_here_and_an_unread_language_are_told(
    linker, tmp_path, monkeypatch
):
    later = tmp_path / "later.csv"
    later.write_text("id,cycle,text\n1,5,Ratify the Convention on Migrant Workers\n", "utf-8")
    heard = linker.uptake(later)
    assert heard.cycle == "5"
    assert heard[0].before
    assert any("No recommendation of the review of cycle 5" in note for note in heard.notes)
    thai = tmp_path / "thai.csv"
    thai.write_text("id,text\n1,ขอให้รัฐบาลให้สัตยาบันอนุสัญญาว่าด้วยสิทธิแรงงานข้ามชาติ\n", "utf-8")
    assert any("1 of the asks" in note for note in linker.uptake(thai).notes)


def test_the_command_lists_and_writes(demo, brief, tmp_path):
    def run(*words):
        return CliRunner().invoke(main, ["--workspace", str(demo[0]), "uptake", *map(str, words)])

    listed = run(SUBMISSION, "--format", "csv")
    assert listed.exit_code == 0, listed.output
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["item"] for row in rows} == {str(number) for number in range(1, 12)}
    empty = next(row for row in rows if row["outcome"] == "not found")
    assert (empty["record_id"], empty["probability"]) == ("", "")
    written = run(brief, "--output", tmp_path / "heard.docx")
    assert written.exit_code == 0, written.output
    assert zipfile.is_zipfile(tmp_path / "heard.docx")
    assert run(tmp_path / "none.txt").exit_code != 0


def test_the_documents_cite_the_originals_and_promise_nothing(linker, heard, tmp_path):
    path = linker.uptake.write(heard, tmp_path / "heard.docx")
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(p.text for p in document.paragraphs), *cells])
    for expected in (
        "Were we heard?", "A/HRC/58/XVM, para. 127.41, UPR cycle 4", "Croatia", "Came back weaker",
        "Nothing in the files imported asks for this.", "need not have come from the submission",
        "fictional", "Asked before: ",
    ):  # fmt: skip
        assert expected in said, expected
    again = linker.uptake.write(heard, tmp_path / "again.docx")
    assert again.read_bytes() == path.read_bytes()


def test_the_workbook_has_a_row_for_each_ask_and_recommendation(linker, heard, tmp_path):
    path = linker.uptake.write(heard, tmp_path / "heard.xlsx")
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "Ask")
    shown = sum(max(1, len(one.shown)) for one in heard)
    assert len(rows) - head - 1 == shown
    assert any("127.41" in str(row[4]) for row in rows)
    for suffix in ("csv", "json"):
        assert linker.uptake.write(heard, tmp_path / f"heard.{suffix}").stat().st_size > 1000
