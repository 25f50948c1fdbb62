"""Addenda to Working Group reports: positions by number, alone and beside their report."""

from __future__ import annotations

import re

import pytest
from made_documents import p, word
from made_reports import NEW, made, records

from linker.records.importers.base import Limits
from linker.records.importers.un.reading import read_document
from linker.records.importers.un.working_group import read_report

ADDENDUM = [
    "A/HRC/44/9/Add.1", "Human Rights Council", "Distr.: General", "3 June 2020",
    "Report of the Working Group on the Universal Periodic Review*", "Kiribati", "Addendum",
    "Views on conclusions and/or recommendations, voluntary commitments and replies presented by "
    "the State under review",
    "1. This document contains the response of the Government of Kiribati to the recommendations.",
]  # fmt: skip
SAID = {
    "lists": [
        "2. The Government accepts recommendations 86.1, 86.3-\n5 and 86.9.",
        "3. The Government accepts the following recommendations, which it considers already "
        "implemented: 86.2, 86.6.",
        "4. The Government notes recommendation 86.7. Recommendation 86.8 is partially accepted.",
    ],
    "headings": [
        "# Accepted recommendations", "86.1 The lamps will be lit.", "86.3–5",
        "The keepers are being trained. See recommendation 86.7.", "86.9 Yes.",
        "# Accepted recommendations that are already implemented", "86.2 Done in 2019.",
        "86.6 See recommendation 86.2.",
        "# Partially accepted recommendations", "86.8 In the north.",
        "# Noted recommendations", "86.7 Kiribati considers this recommendation implemented.",
    ],
    "one by one": [
        "86.1 Accepted.", "86.2 Already implemented.", "86.3 Kiribati accepts it.",
        "86.4 Supported.", "86.5 Enjoys the support of Kiribati.",
        "86.6 Accepted, and already implemented.", "86.7 Noted.", "86.8 Partially accepted.",
        "86.9 Kiribati supports this recommendation.",
    ],
    "serial numbers": [
        "2. The numbers follow the list in paragraph 86 of the report of the Working Group.",
        "3. The Government accepts recommendations 1, 3–5 and 9. It notes recommendation 7.",
        "4. Recommendation 8 is partially accepted.",
        "5. The Government accepts recommendations 2, 6, which are already implemented.",
    ],
}  # fmt: skip
FINAL = {
    **dict.fromkeys(("86.1", "86.3", "86.4", "86.5", "86.9"), "supported"),
    "86.2": "supported", "86.6": "supported", "86.7": "noted", "86.8": "partly supported",
}  # fmt: skip


@pytest.mark.parametrize("way", list(SAID))
def test_an_addendum_says_positions_by_number(tmp_path, way):
    (tmp_path / "a.txt").write_text("\n\n".join([*ADDENDUM, *SAID[way]]), encoding="utf-8")
    found, _ = records(tmp_path / "a.txt")
    assert {number: one.position for number, one in found.items()} == FINAL
    assert all(one.wordless for one in found.values())
    assert found["86.2"].position_note == found["86.6"].position_note == "already implemented"
    one = found["86.7"]
    assert (one.id, one.state, one.cycle, one.symbol) == (
        "A/HRC/44/9#86.7",
        "KIR",
        "3",
        "A/HRC/44/9",
    )
    assert one.position_source.startswith("A/HRC/44/9/Add.1")


def test_an_addendum_as_a_table_of_word(tmp_path):
    rows = [("86.1", "Light the lamps (Fiji)", "Accepted"), ("86.2", "Close it (Chad)", "Noted")]
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    body = "".join(p(line) for line in ADDENDUM) + f"<w:tbl>{cells}</w:tbl>"
    found, _ = records(word(tmp_path / "a.docx", body))
    assert {n: one.position for n, one in found.items()} == {"86.1": "supported", "86.2": "noted"}


def test_two_lists_that_contradict_are_told(tmp_path):
    lines = [*ADDENDUM, "2. Kiribati accepts 86.1-3.", "3. Kiribati notes 86.3.",
             "4. All other recommendations are noted."]  # fmt: skip
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    found, notes = records(tmp_path / "a.txt")
    assert found["86.3"].position == "supported"
    assert found["*"].position == "noted"
    assert notes.counts["told", "two positions"] == 1
    assert notes.counts["told", "position of all others"] == 1


def test_the_final_positions_of_a_real_review(corpora):
    import json

    from linker.records.importers.un.addendum import positions_of

    folder = corpora / "slovenia_documents"
    truth = json.loads(
        (corpora / "slovenia" / "slovenia_upr_thematic_lists_parsed.json").read_text()
    )
    for stem, cycle in (("A_HRC_28_15", 2), ("A_HRC_43_15", 3)):
        report = read_report(read_document(folder / f"{stem}.pdf", "pdf", Limits()))
        said = positions_of(read_document(folder / f"{stem}_Add.1.pdf", "pdf", Limits()))
        final = {one.number: one.said.position for one in report.recommendations}
        final |= {one.number: one.said.position for one in said.statements}
        texts = {one.number: one.text for one in report.recommendations}
        wanted = [one for one in truth if one["cycle"] == cycle]
        right = sum(
            final.get(one["paragraph"]) == one["position"].lower()
            and bare(texts[one["paragraph"]]) == bare(one["text"])
            for one in wanted
        )
        assert right >= 0.98 * len(wanted), (stem, right, len(wanted))


def bare(text):
    return re.sub(r"\W|_", "", text.casefold())


@pytest.mark.parametrize("first", ["report", "addendum"])
def test_report_and_addendum_join_whichever_comes_first(tmp_path, first):
    from linker.workspace.workspace import Linker

    report = made(tmp_path, [line for line in NEW if not line.startswith("88.")])
    addendum = tmp_path / "addendum.txt"
    said = "2. Kiribati notes 86.1. It accepts 86.2, which has no text in the report."
    addendum.write_text("\n\n".join([*ADDENDUM, said]), encoding="utf-8")
    files = [report, addendum] if first == "report" else [addendum, report]
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        told = [str(one) for path in files for one in linker.add([path])]
        found = {record.paragraph: record for record in linker.records()}
    assert {number: one.position for number, one in found.items()} == {
        "84.1": "supported", "84.2": "supported", "85.1": "supported", "86.1": "noted",
        "87.1": "noted",
    }  # fmt: skip
    assert found["86.1"].position_source == "A/HRC/44/9/Add.1, para. 2"
    assert found["86.1"].text == "Repair the pier"
    assert "without a text here" in told[0 if first == "addendum" else 1]
