"""Working Group reports and concluding observations: made ones, and real ones where they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import listed, p, pdf, word

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file, recognise
from linker.records.importers.base import Limits
from linker.records.importers.un.concluding import parted
from linker.records.importers.un.numbers import numbers_said
from linker.records.importers.un.positions import position_said
from linker.records.importers.un.reading import read_document
from linker.records.importers.un.recommendations import groups_of
from linker.records.importers.un.working_group import read_report
from linker.vocabulary.states import state_name, state_rows

HEAD = [
    "United Nations A/HRC/44/9", "Distr.: General", "3 March 2020", "Human Rights Council",
    "Report of the Working Group on the Universal Periodic Review*", "Kiribati", "Introduction",
    "1. The Working Group on the Universal Periodic Review, established in accordance with "
    "Human Rights Council resolution 5/1, held its thirty-fifth session in January 2020.",
    "II. Conclusions and/or recommendations",
]  # fmt: skip
NEW = [
    "84. The recommendations formulated during the dialogue have been examined and enjoy the "
    "support of Kiribati:",
    "84.1 Ratify the treaty on lighthouses (Fiji) (Chad);",
    "84.2 Train all lighthouse keepers, as in paragraph 84.1 above (Bolivia (Plurinational State "
    "of)); pay them better (Peru);",
    "85. The following recommendations enjoy the support of Kiribati, which considers that they "
    "are already implemented or in the process of implementation:",
    "85.1 Keep the lamps lit (Sweden);",
    "86. The following recommendations will be examined by Kiribati, which will provide responses "
    "in due time:",
    "86.1 Repair the pier (Ghana, Togo and Benin);",
    "87. The recommendations below did not enjoy the support of Kiribati:",
    "87.1 Close the port (Malta).",
    "88. Kiribati considers that recommendation 84.2 has already been implemented.",
    "89. All conclusions and/or recommendations contained in the present report reflect the "
    "position of the submitting States.",
    "III. Voluntary pledges and commitments",
    "90. Kiribati will build a second lighthouse.",
    "Annex",
    "Composition of the delegation",
]
OLD = [
    "60. In the course of the discussion, the following recommendations were made to Kiribati:",
    "1. Consider ratifying (Fiji)/ratify (Chad) the treaty on lighthouses;",
    "2. Train the keepers (Peru); pay them (Chile, Cuba);",
    "3. Light the 60 lamps of 2007. Mend them too (Mali);",
    "61. The response of Kiribati to these recommendations will be included in the outcome report.",
    "62. All conclusions and/or recommendations contained in this report reflect the position of "
    "the submitting States.",
]


def records(path):
    found, notes = read_file(path)
    return {record.paragraph: record for record in found}, notes


def made(tmp_path, lines, end="\n\n"):
    path = tmp_path / "report.txt"
    path.write_text(end.join([*HEAD, *lines]), encoding="utf-8")
    return path


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
