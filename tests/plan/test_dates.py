"""What is due next for a State: worked out, set by hand, taken away as a calendar."""

import csv
import io
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from linker.cli import main
from linker.errors import Invalid
from linker.i18n.language import speaking
from linker.plan.dates import checked_day, checked_key, due_dates, to_ics
from linker.records.record import Record
from linker.records.values import upr_session_month, upr_year
from linker.workspace.workspace import Linker


def upr(session: str, cycle: str = "3") -> Record:
    return Record(id=f"u{session}", text="Adopt a law", state="XVM", mechanism="UPR",
                  session=session, cycle=cycle)  # fmt: skip


def committee(body: str, day: str, text: str = "Adopt a law") -> Record:
    return Record(id=f"{body}{day}", text=text, state="XVM", mechanism="TB", body=body, date=day,
                  symbol=f"{body}/C/XVM/CO/4", paragraph="9")  # fmt: skip


def by_key(records, by_hand=None):
    return {due.key: due for due in due_dates(records, by_hand)}


def test_a_session_that_is_known_gives_the_review_its_month():
    found = by_key([upr("20", "2"), upr("34")])
    assert upr_session_month("48") == "2025-01"
    assert (found["upr-review"].day, found["upr-review"].about) == ("2025-01", False)
    assert found["upr-submission"].spoken == "about June 2024"


def test_a_session_to_come_is_about_fourteen_sessions_later():
    found = by_key([upr("48", "4")])
    assert found["upr-review"].day == "2029-09"
    assert found["upr-review"].spoken == "about September 2029"
    assert "14 after session 48" in found["upr-review"].why
    assert found["upr-mid-term"].day == "2027-05"


def test_a_month_is_spoken_wherever_it_is_named():
    found = by_key([upr("48", "4"), committee("CAT", "2023-11-10")])
    assert found["upr-mid-term"].why == (
        "half way to the next review; session 48 was in January 2025"
    )
    with speaking("es"):
        said = [f"{due.spoken} {due.what} {due.why}" for due in due_dates([upr("48", "4")])]
        assert "enero de 2025" in said[0]
    assert not [one for one in said if re.search(r"\d{4}-\d\d", one)]


def test_the_day_of_a_compilation_is_not_that_of_what_it_quotes():
    quoted = replace(committee("CAT", "2019-08-30"), symbol="A/HRC/WG.6/34/XVM/2", cites="CAT/C/9")
    assert "cat-follow-up" not in by_key([quoted])
    assert "cat-follow-up" in by_key([committee("CAT", "2019-08-30")])


def test_a_committee_says_when_its_next_report_is_due():
    text = "It invites the State party to submit its sixth periodic report by 12 November 2027."
    found = by_key([committee("CEDAW", "2023-11-10", text)])
    assert (found["cedaw-report"].day, found["cedaw-report"].about) == ("2027-11-12", False)
    assert found["cedaw-report"].why == "CEDAW/C/XVM/CO/4, para. 9"
    assert (found["cedaw-follow-up"].day, found["cedaw-follow-up"].about) == ("2025-11", True)


def test_the_latest_observations_count_and_a_year_alone_does_not():
    records = [committee("CAT", "2015-05-12"), committee("CAT", "2023-11-24")]
    records.append(committee("CED", "2021"))
    found = by_key(records)
    assert found["cat-follow-up"].day == "2024-11"
    assert "ced-follow-up" not in found


def test_a_date_set_by_hand_stands_above_and_can_be_taken_away():
    hand = {"upr-review": "2030-02-11", "launch-of-the-plan": "2027-03", "upr-mid-term": ""}
    found = by_key([upr("48", "4")], hand)
    review = found["upr-review"]
    assert (review.spoken, review.why) == ("11 February 2030", "set by hand")
    assert found["launch-of-the-plan"].what == "Launch of the plan"
    assert "upr-mid-term" not in found


def test_nothing_is_due_where_nothing_is_known():
    assert due_dates([Record(id="x", text="Adopt a law", state="XVM")]) == []


@pytest.mark.parametrize("bad", ["soon", "2030", "2030-13"])
def test_what_is_no_date_is_refused(bad):
    with pytest.raises(Invalid, match="no date with a month"):
        checked_day(bad)


def test_keys_are_plain():
    assert checked_key("Launch of the plan!") == "launch-of-the-plan"
    with pytest.raises(Invalid):
        checked_key("…")


def test_the_calendar_reads_back_and_is_the_same_each_time():
    found = due_dates([upr("48", "4"), committee("CAT", "2023-11-24")])
    data = to_ics("XVM", "Valmora", found, "2026-03-05")
    assert data == to_ics("XVM", "Valmora", found, "2026-03-05")
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    assert len(events) == len(found)
    review = next(e for e in events if str(e["uid"]).startswith("XVM-upr-review"))
    assert str(review["summary"]) == "Valmora: UPR review after that of session 48 (about)"
    assert review.decoded("dtstart").isoformat() == "2029-09-01"


def test_sessions_keep_their_years():
    assert (upr_year("1"), upr_year("48"), upr_year("99")) == (2008, 2025, None)


def test_the_command_lists_sets_and_writes(demo, tmp_path):
    import shutil

    folder = tmp_path / "w"
    shutil.copytree(demo[0], folder)
    calendar = tmp_path / "d.ics"
    call = ["-w", str(folder), "dates", "--set", "upr-review=2031-02", "--reviewer", "Ada",
            "--ics", str(calendar), "--format", "csv"]  # fmt: skip
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.output
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert (rows["upr-review"]["date"], rows["upr-review"]["about"]) == ("2031-02", "no")
    assert b"BEGIN:VEVENT" in calendar.read_bytes()
    with Linker.open(folder) as linker:
        assert "February 2031" in linker.source().calendar
