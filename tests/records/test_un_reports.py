"""Working Group reports, and what is none: made ones, and real ones where they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import listed, p, pdf, word
from made_reports import HEAD, NEW, made, records

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file, recognise
from linker.records.importers.base import Limits
from linker.records.importers.un.numbers import numbers_said
from linker.records.importers.un.positions import position_said
from linker.records.importers.un.reading import read_document
from linker.records.importers.un.recommendations import groups_of
from linker.records.importers.un.working_group import read_report
from linker.vocabulary.states import state_name, state_rows

OLD = [
    "60. In the course of the discussion, the following recommendations were made to Kiribati:",
    "1. Consider ratifying (Fiji)/ratify (Chad) the treaty on lighthouses;",
    "2. Train the keepers (Peru); pay them (Chile, Cuba);",
    "3. Light the 60 lamps of 2007. Mend them too (Mali);",
    "61. The response of Kiribati to these recommendations will be included in the outcome report.",
    "62. All conclusions and/or recommendations contained in this report reflect the position of "
    "the submitting States.",
]


@pytest.mark.parametrize("end", ["\n\n", "\n", "\r", " "])
def test_a_report_as_text_with_and_without_line_ends(tmp_path, end):
    found, notes = records(made(tmp_path, NEW, end))
    assert list(found) == ["84.1", "84.2", "85.1", "86.1", "87.1"]
    assert found["84.1"].text == "Ratify the treaty on lighthouses"
    assert found["84.1"].recommending_states == ("FJI", "TCD")
    assert found["84.2"].recommending_states == ("BOL", "PER")
    assert found["86.1"].recommending_states == ("GHA", "TGO", "BEN")
    assert {number: one.position for number, one in found.items()} == {
        "84.1": "supported", "84.2": "supported", "85.1": "supported", "86.1": "pending",
        "87.1": "noted",
    }  # fmt: skip
    assert found["85.1"].position_note == found["84.2"].position_note == "already implemented"
    one = found["84.1"]
    assert (one.state, one.cycle, one.session, one.symbol, one.mechanism, one.date) == (
        "KIR", "3", "35", "A/HRC/44/9", "UPR", "2020-03-03",
    )  # fmt: skip
    assert one.id == "A/HRC/44/9#84.1"
    if end != " ":
        assert notes.counts["told", "voluntary pledge"] == 1


@pytest.mark.parametrize("mark", ["; 4", ";4", ".12", " 4;"])
def test_the_mark_of_a_footnote_is_no_part_of_a_recommendation(tmp_path, mark):
    lines = [*OLD[:2], f"2. Train the keepers (Peru){mark}", *OLD[3:]]
    found, _ = records(made(tmp_path, lines, " "))
    assert list(found) == ["60.1", "60.2", "60.3"]
    assert found["60.2"].text == "Train the keepers"
    assert found["60.2"].recommending_states == ("PER",)


@pytest.mark.parametrize("end", ["\n\n", " "])
def test_an_older_report_counts_items_from_one_below_a_paragraph(tmp_path, end):
    found, _ = records(made(tmp_path, OLD, end))
    assert list(found) == ["60.1", "60.2", "60.3"]
    assert found["60.1"].recommending_states == ("FJI", "TCD")
    assert found["60.2"].recommending_states == ("PER", "CHL", "CUB")
    assert found["60.3"].text == "Light the 60 lamps of 2007. Mend them too"
    assert {one.position for one in found.values()} == {"pending"}


def test_a_report_as_pdf_and_as_word_give_the_same_records(tmp_path):
    plain, _ = records(made(tmp_path, NEW))
    lines = []
    for line in [*HEAD, *NEW]:
        words, row = line.split(), ""
        rows = []
        for one in words:
            if len(row) + len(one) > 80:
                rows.append(row)
                row = ""
            row = f"{row} {one}".strip()
        for place, text in enumerate([*rows, row]):
            lines.append((text, {"gap": 20} if place == 0 else {}))
    pages = [lines[: len(HEAD)], lines[len(HEAD) : len(HEAD) + 18], lines[len(HEAD) + 18 :]]
    printed, _ = records(pdf(tmp_path / "a.pdf", pages))
    typed, _ = records(word(tmp_path / "a.docx", "".join(p(line) for line in [*HEAD, *NEW])))
    for other in (printed, typed):
        assert {n: (r.text, r.recommending_states, r.position) for n, r in other.items()} == {
            n: (r.text, r.recommending_states, r.position) for n, r in plain.items()
        }


def test_automatic_numbers_of_word_give_the_numbers(tmp_path):
    levels = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='84'/>"
        "<w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'>"
        "<w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    bare = [re.sub(r"^\d+\.(\d+)? ?", "", line) for line in NEW[:9]]
    body = "".join(p(line) for line in HEAD) + "".join(
        listed(text, 1 if re.match(r"\d+\.\d", line) else 0)
        for text, line in zip(bare, NEW, strict=False)
    )
    found, _ = records(word(tmp_path / "a.docx", body, numbering=levels))
    assert list(found) == ["84.1", "84.2", "85.1", "86.1", "87.1"]


@given(st.integers(20, 180), st.lists(st.integers(1, 30), min_size=1, max_size=4), st.booleans())
@settings(max_examples=40)
def test_numbers_come_back_whatever_they_are(first, sizes, dotted):
    lines, wanted = [], []
    for place, size in enumerate(sizes):
        number = first + place
        lines.append(f"{number}. The following recommendations enjoy the support of Kiribati:")
        for item in range(1, size + 1):
            wanted.append(f"{number}.{item}")
            lines.append(f"{number}.{item} Light lamp {item} (Fiji);" if dotted
                         else f"{item}. Light lamp {item} (Fiji);")  # fmt: skip
    found = [item.number for group in groups_of("\n".join(lines)) for item in group.items]
    assert found == wanted
    running = [item.number for group in groups_of(" ".join(lines)) for item in group.items]
    assert running == wanted


CODES = sorted(row["iso3"] for row in state_rows() if "," not in row["name"])


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True), st.booleans())
@settings(max_examples=60)
def test_recommenders_come_back_in_brackets_of_one_or_of_many(codes, apart):
    from linker.records.citing import upr_text

    names = [state_name(code) for code in codes]
    said = "".join(f" ({name})" for name in names) if apart else f" ({', '.join(names)})"
    cited = upr_text(f"84.3 Light the lamps{said};")
    assert set(cited.recommending_states) == set(codes)
    assert cited.text == "Light the lamps"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("accepts 122.36-41", [f"122.{n}" for n in range(36, 42)]),
        ("accepts 122.36-122.38 and 122.40", ["122.36", "122.37", "122.38", "122.40"]),
        ("122.62-\n64 are noted", ["122.62", "122.63", "122.64"]),
        ("115.1 to 115.3", ["115.1", "115.2", "115.3"]),
        ("115.10–12, 115.20.", ["115.10", "115.11", "115.12", "115.20"]),
        ("115.9-7", ["115.9", "115.7"]),
        ("resolution 5/1 of 18 June 2007 and 3.5% of 1.2.3", []),
    ],
)
def test_numbers_in_lists_and_ranges(text, numbers):
    assert numbers_said(text) == numbers


@given(st.integers(60, 200), st.integers(1, 200), st.integers(0, 60))
def test_a_range_counts_out(paragraph, first, more):
    said = numbers_said(f"{paragraph}.{first}–{first + more}")
    assert said == [f"{paragraph}.{n}" for n in range(first, first + more + 1)]


@pytest.mark.parametrize(
    ("text", "position", "note"),
    [
        ("have been examined by X and enjoy the support of X:", "supported", ""),
        ("did not enjoy the support of X:", "noted", ""),
        ("enjoy the support of X, which considers that they are in the process of implementation",
         "supported", "already implemented"),
        ("will be examined by X, which will provide responses in due course", "pending", ""),
        ("X will examine the following recommendations", "pending", ""),
        ("have been noted by X:", "noted", ""),
        ("X partially accepts recommendation 5.1", "partly supported", ""),
        ("In the course of the discussion, the following recommendations were made to X:", "", ""),
        ("n’ont pas recueilli l’adhésion du pays", "noted", ""),
        ("recueillent l’adhésion du pays", "supported", ""),
        ("no cuentan con el apoyo del país", "noted", ""),
        ("cuentan con el apoyo del país", "supported", ""),
        ("X cannot accept these", "noted", ""),
    ],
)  # fmt: skip
def test_positions_in_words(text, position, note):
    said = position_said(text)
    assert (said.position, said.note) == (position, note)


def test_a_kind_that_recommends_nothing_is_refused_with_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(
        "A/HRC/WG.6/35/KIR/1\n\nNational report submitted in accordance with resolutions*\n\n"
        "Kiribati\n\n1. The Government has lit the lamps and mended them in every year since.\n"
    )
    with pytest.raises(ImportRefused, match="national report"):
        list(read_file(tmp_path / "a.txt")[0])


def test_tables_that_speak_of_reports_stay_tables(tmp_path):
    (tmp_path / "a.csv").write_text(
        "text,symbol\nReport of the Working Group on the Universal Periodic Review,A/HRC/1/1\n"
        '"Concluding observations on lamps, and more",A/HRC/1/2\nOne,A/HRC/1/3\n'
    )
    assert recognise(tmp_path / "a.csv").name == "table"


def test_a_pdf_that_is_no_un_document_says_so(tmp_path):
    path = pdf(tmp_path / "a.pdf", [[("A letter about lamps and other things of ours", {})] * 20])
    with pytest.raises(ImportRefused, match="no UN document"):
        recognise(path)


@pytest.mark.parametrize(
    ("stem", "least"), [("nepal2011", 135), ("argentina2008", 21), ("kazakhstan2014", 190)]
)
def test_real_reports_by_their_reference(corpora, stem, least):
    from evaluation.importers.reports import Score, compare, reference

    folder = corpora / "wg_reports"
    document = read_document(folder / "reports" / f"{stem}.txt", "text", Limits())
    found = read_report(document).recommendations
    score = Score()
    compare(stem, reference(folder)[stem], found, score)
    assert len(found) >= least
    assert score.found >= 0.98 * score.rows
    assert score.right >= 0.97 * score.records


@pytest.mark.long
def test_the_held_out_half_reaches_what_is_asked(corpora):
    from evaluation.importers.reports import measured

    for pdfs in (False, True):
        scores = measured(corpora / "wg_reports", "held-out", pdf=pdfs)
        for years, score in scores.items():
            older = years == "2008-2009"
            least = 0.85 if older else 0.95 if pdfs else 0.97
            assert score.found >= least * score.rows, (years, score.line())
            assert score.right >= least * score.records, (years, score.line())
            assert score.numbered >= 0.98 * score.found, (years, score.line())
            assert score.states >= 0.97 * score.matched, (years, score.line())
