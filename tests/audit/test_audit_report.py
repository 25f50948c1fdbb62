"""The report as a whole: order, words and size."""

import random
import tracemalloc

from made_up_records import record, upr

from linker.audit.build import audit
from linker.audit.finding import KINDS, excerpt, percent
from linker.vocabulary.tokens import tokenise


def some():
    return [
        record(1, symbol="CRC/C/KEN/CO/3"),
        record(2, "The State party should train judges and"),
        upr(3, position=""),
        upr(4, "Carry out a census of agricultural machinery next year", themes=("Death penalty",)),
    ]


def test_the_order_of_records_does_not_matter():
    records, shuffled = some(), some()
    random.Random(1).shuffle(shuffled)
    assert str(audit(shuffled)) == str(audit(records))
    assert audit(shuffled) == audit(records)


def test_the_report_says_what_was_found_means_and_is_to_be_done():
    report = str(audit(some()))
    assert report.startswith("4 records looked at: 2 do not rely on, 2 to check.")
    assert report.index("DO NOT RELY ON") < report.index("TO CHECK")
    assert "No position, UPR cycle 3: 1 of 2 recommendations (50 %)" in report
    assert "Look the positions up in the report's addendum" in " ".join(report.split())
    assert "r0004 [Theme “Death penalty”]" in report
    assert "Looked for and not found: Tags on too many records" in report
    assert max(map(len, report.splitlines())) <= 96


def test_nothing_found_says_so():
    report = audit([record(1)])
    assert len(report) == 0
    assert str(report).startswith("1 records looked at: nothing found.")
    assert len(report.clean) == len(KINDS)
    assert str(audit([])).startswith("0 records")


def test_rows_hold_every_record_concerned():
    twice = [record(n, "Train judges on the Convention and its Protocols.") for n in (1, 2)]
    (row,) = (r for r in audit(twice).to_rows() if r["kind"] == "repeated")
    assert row["record_ids"] == ["r0001 = r0002"]
    assert (row["count"], row["total"], row["share"]) == (2, 2, 1.0)


def test_shares_and_excerpts():
    assert [percent(s) for s in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %", "under 1 %", "50 %", "99 %", "100 %",
    ]  # fmt: skip
    assert excerpt("a b c d e", 5) == "a b…"
    assert excerpt("a b c d e", 5, end=True) == "…d e"


def many(number):
    words = ("police", "court", "school", "health", "water", "land", "prison", "union", "media")
    chance = random.Random(3)
    return [
        upr(
            n, f"Take measures on {' '.join(chance.choices(words, k=12))} in district {n}",
            state=f"S{n % 50}", themes=("Reservations", "Right to health"), groups=("Children",),
        )
        for n in range(number)
    ]  # fmt: skip


def test_memory_grows_with_the_records_and_no_faster():
    peaks = []
    for number in (200, 800):
        records = many(number)
        tokenise.cache_clear()
        tracemalloc.start()
        audit(records)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0]
