"""The factsheet: one line a measure, nothing left out, suggestions only of what is still open."""

import csv
import re
from dataclasses import replace

import docx
import pytest
from made_up_state import made_up, tb, upr

from linker.convergence.cluster import Cluster, Member
from linker.documents.factsheet import factsheet
from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.documents.writers.factsheet_layout import sections
from linker.errors import NotFound
from linker.plan.dates import due_dates
from linker.plan.entries import PlanEntry
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.themes.theme import Member as ThemeMember
from linker.themes.theme import Theme, Xray

WORDS = ("clinics", "courts", "ferries", "lighthouses", "orchards", "quarries", "schools", "wells")
LATEST = [
    upr(f"110.{n}", "4", f"Adopt a law on {word} and set up an inspectorate for it", ("FRA",),
        "supported" if n % 2 else "noted")
    for n, word in enumerate(WORDS * 4, start=1)
]  # fmt: skip
EARLIER = [upr("98.4", "3", "Adopt a law on wells", ("PRT",), "supported")]
RECORDS = [*LATEST, *EARLIER]
THEME = Theme("T-9", "Rights", "Laws", "", tuple(ThemeMember(r.id, 0.5) for r in RECORDS))


def state(**changes):
    values = {"records": RECORDS, "convergences": [], "sdg": [], "xray": Xray("XVM", (THEME,))}
    return made_up(**{**values, **changes})


def cluster_of(*records):
    members = tuple(Member(record.id, 0, "", 0.97, "propose") for record in records)
    return ShownCluster(
        Cluster("CL-1", "Adopt a law", members),
        "XVM",
        tuple(ShownMember(m, r, None) for m, r in zip(members, records, strict=True)),
    )


def test_every_recommendation_of_the_last_review_is_there(tmp_path):
    made = docx.Document(str(write("factsheet", tmp_path / "f.docx", state())[0]))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for record in LATEST:
        assert re.search(rf"(?m)^{re.escape(record.paragraph)} {re.escape(record.text)}", text)
    assert "And 1 recommendation of earlier reviews: 98.4 (cycle 3)." in text


def test_those_of_one_measure_stand_in_one_line():
    together = LATEST[:3]
    made = sections(factsheet(state(clusters=[cluster_of(*together)])))
    lines = [fact.lead for fact in made.parts[0][1]]
    assert "110.1" in lines
    assert len(lines) == len(LATEST) - 2 + 1
    said = next(fact.note for fact in made.parts[0][1] if fact.lead == "110.1")
    assert said == (
        "(France: supported). The same measure in other words (proposal): "
        "110.2 (France: noted); 110.3 (France: supported)."
    )


def test_nobody_is_said_to_have_asked_in_the_words_of_another():
    words = "Adopt a law on wells and set up an inspectorate for it"
    alike = [replace(record, text=words) for record in LATEST[:2]]
    other = replace(LATEST[2], text="Let wells be inspected", recommending_states=("KEN",))
    records = [*alike, other, *LATEST[3:], *EARLIER]
    made = sections(factsheet(state(records=records, clusters=[cluster_of(*alike, other)])))
    line = next(fact for fact in made.parts[0][1] if "110.3" in f"{fact.lead}{fact.note}")
    assert (line.lead, line.text) == ("110.1, 110.2", words)
    assert line.note.endswith("in other words (proposal): 110.3 (Kenya: supported).")


def test_what_asks_for_something_else_does_not_stand_under_the_same():
    beside = tb("CRC", "9", "Build schools in the valleys")
    theme = replace(THEME, members=(*THEME.members, ThemeMember(beside.id, 0.5)))
    made = sections(factsheet(state(records=[*RECORDS, beside], xray=Xray("XVM", (theme,)))))
    parts = {heading: [fact.lead for fact in facts] for heading, facts in made.parts}
    assert parts["What else other mechanisms ask on this theme"] == ["CRC/C/XVM/CO/5, para. 9"]
    assert "Where other mechanisms ask the same" not in parts


def test_numbers_of_earlier_reviews_stand_by_cycle():
    earlier = [upr(f"98.{n}", "3", f"Light well {n}", ("PRT",), "noted") for n in (5, 6)]
    theme = replace(THEME, members=(*THEME.members, *(ThemeMember(r.id, 0.5) for r in earlier)))
    records = [*RECORDS, *earlier]
    made = sections(factsheet(state(records=records, xray=Xray("XVM", (theme,)))))
    assert made.parts[0][1][-1].text == "98.4, 98.5, 98.6 (cycle 3)."


def test_a_doubtful_member_keeps_its_own_line():
    doubtful = cluster_of(*LATEST[:2])
    member = replace(doubtful.members[1].member, band="ask", probability=0.5)
    shown = (doubtful.members[0], replace(doubtful.members[1], member=member))
    made = sections(factsheet(state(clusters=[replace(doubtful, members=shown)])))
    assert {"110.1", "110.2"} <= {fact.lead for fact in made.parts[0][1]}


def test_suggestions_are_open_and_name_no_year_gone_by():
    past = upr("110.90", "4", "Implement the programme for youth of 2013-2016 with a budget",
               ("FRA",), "supported")  # fmt: skip
    done = upr(
        "110.91", "4", "Adopt the act on legal aid for all victims of violence", ("FRA",), ""
    )
    still = upr("110.92", "4", "Establish a fund for victims of violence by 2031", ("FRA",), "")
    theme = replace(THEME, members=tuple(ThemeMember(r.id, 0.5) for r in (past, done, still)))
    made = factsheet(
        state(
            records=[past, done, still],
            xray=Xray("XVM", (theme,)),
            entries={done.id: PlanEntry(status="fully implemented")},
        )
    )
    assert [s.record.id for s in made.suggestions] == [still.id]


def test_one_suggestion_a_measure_though_its_records_are_of_one_document():
    theme = replace(THEME, members=tuple(ThemeMember(r.id, 0.5) for r in LATEST[:3]))
    made = state(records=LATEST[:3], xray=Xray("XVM", (theme,)), clusters=[cluster_of(*LATEST[:2])])
    suggested = {one.record.id for one in factsheet(made).suggestions}
    assert len(suggested) == 2
    assert LATEST[2].id in suggested


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2029-08-31", "Next review: about September 2029."),
        ("2030-01-01", "Next review: ____________ (the files imported end before that of about "
                       "September 2029)."),
        ("", "Next review: about September 2029."),
    ],
)  # fmt: skip
def test_a_review_that_has_passed_is_not_the_next(today, said):
    records = [replace(record, session="48") for record in LATEST]
    made = sections(factsheet(state(records=records, date=today, dates=due_dates(records))))
    assert made.review.startswith(said)


def test_a_status_that_stands_is_printed():
    known = LATEST[-1]
    entry = PlanEntry(status="in progress", result="Two courts opened.", actions="Open ten more")
    made = sections(factsheet(state(entries={known.id: entry})))
    named = f"{known.paragraph} (cycle 4): {known.position}"
    assert made.followed[0] == (named, "In progress (not released)", "Two courts opened.")
    assert made.followed_heading.endswith("(1 in progress)")


def test_positions_choose_here_too():
    made = sections(factsheet(state(), options=Options(positions=("noted",))))
    assert len(made.parts[0][1]) == len([r for r in LATEST if r.position == "noted"])


def test_a_cluster_chooses_the_rows_of_every_kind(tmp_path):
    source, wanted = state(clusters=[cluster_of(*LATEST[:2])]), {r.id for r in LATEST[:2]}
    for kind in ("matrix", "records", "plan", "midterm"):
        file = write(kind, tmp_path / f"{kind}.csv", source, Options(cluster="CL-1"))[0]
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert {row.get("record_id") or row.get("id") for row in rows} == wanted, kind
    with pytest.raises(NotFound, match="no such cluster"):
        write("matrix", tmp_path / "m.csv", source, Options(cluster="CL-9"))
