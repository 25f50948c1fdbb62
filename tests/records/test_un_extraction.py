"""UN documents as paragraphs: Word, PDF and text, and what their first pages say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import STRICT, listed, p, pdf, scanned, word

from linker.records.import_notes import ImportRefused
from linker.records.importers.base import Limits
from linker.records.importers.un.document import Mark, heading_level, part_label
from linker.records.importers.un.front_page import front_of_text, front_page, ordinal
from linker.records.importers.un.furniture import is_furniture, without_furniture
from linker.records.importers.un.plain import decoded, without_emphasis
from linker.records.importers.un.reading import read_document

LIMITS = Limits()
LEVELS = (
    "<w:abstractNum w:abstractNumId='0'>"
    + "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for level, start, form, text in (
            (0, 140, "decimal", "%1."), (1, 1, "decimal", "%1.%2"),
            (2, 1, "lowerLetter", "(%3)"), (3, 1, "upperRoman", "%4."),
        )
    )
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
    "<w:startOverride w:val='7'/></w:lvlOverride></w:num>"
)  # fmt: skip


def read(path, kind):
    return read_document(path, kind, LIMITS)


def test_word_counts_automatic_numbers_out(tmp_path):
    body = (
        listed("The following enjoy the support:") + listed("Ratify.", 1) + listed("Adopt.", 1)
        + listed("By law;", 2) + listed("In practice.", 2) + listed("Noted are:")
        + listed("Abolish.", 1) + listed("Elsewhere.", 0, 2) + listed("Chapter", 3)
    )  # fmt: skip
    document = read(word(tmp_path / "a.docx", body, numbering=LEVELS), "docx")
    assert [one.number for one in document.paragraphs] == [
        "140.", "140.1", "140.2", "(a)", "(b)", "141.", "141.1", "7.", "I.",
    ]  # fmt: skip


def test_word_reads_the_final_view_controls_boxes_and_tables(tmp_path):
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:sdt><w:sdtContent>" + p("5. In a content control.") + "</w:sdtContent></w:sdt>"
        "<w:p>" + run.format("Kept") + "<w:del><w:r><w:delText> gone</w:delText></w:r></w:del>"
        "<w:ins>" + run.format(" put in") + "</w:ins><w:moveFrom>" + run.format(" moved away")
        + "</w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run.format("Joined ") + "</w:p>"
        + p("with the next.")
        + "<w:tbl><w:tr><w:tc>" + p("In a cell.") + "</w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("A deleted row.") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    for namespace in (None, STRICT):
        more = {"namespace": namespace} if namespace else {}
        document = read(word(tmp_path / "a.docx", body, **more), "docx")
        assert [one.printed for one in document.paragraphs] == [
            "5. In a content control.", "Kept put in", "Joined with the next.", "In a cell.",
        ]  # fmt: skip


def test_word_keeps_where_a_footnote_stands(tmp_path):
    body = (
        "<w:p><w:r><w:t>12. The Committee recommended training.</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='3'/></w:r><w:r><w:t xml:space='preserve'> It noted more."
        "</w:t></w:r><w:r><w:footnoteReference w:id='4'/></w:r></w:p>"
    )
    notes = (
        "<w:footnote w:type='separator' w:id='0'>" + p("-") + "</w:footnote>"
        "<w:footnote w:id='3'>" + p("CAT/C/VUT/CO/2, para. 9.") + "</w:footnote>"
        "<w:footnote w:id='4'>" + p("Ibid.") + "</w:footnote>"
    )
    document = read(word(tmp_path / "a.docx", body, footnotes=notes), "docx")
    (one,) = document.paragraphs
    assert one.number == "12."
    assert one.text == "The Committee recommended training. It noted more."
    assert one.marks == (Mark(35, "3"), Mark(50, "4"))
    assert document.footnotes == {"3": "CAT/C/VUT/CO/2, para. 9.", "4": "Ibid."}


def test_word_knows_headings_by_style_and_by_the_templates_of_the_un(tmp_path):
    styles = (
        "<w:style w:type='paragraph' w:styleId='HChG'><w:name w:val='_ H _Ch_G'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='heading 2'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='U'><w:basedOn w:val='T'/></w:style>"
    )
    body = p("II. Chapter", style="HChG") + p("Torture", style="U") + p("7. Text.", style="Single")
    document = read(word(tmp_path / "a.docx", body, styles=styles), "docx")
    assert [one.heading for one in document.paragraphs] == [1, 5, 0]


def test_pdf_lines_become_paragraphs_without_page_heads_and_marks(tmp_path):
    pages = [
        [("Report on everything", {"size": 14, "bold": True})],
        [
            ("II. Conclusions", {"size": 14, "bold": True, "gap": 30}),
            ("7. The first paragraph goes on over the line and has", {"gap": 24}),
            ("a note in the middle.", {"mark": "1"}),
            ("8. The second one ends on the next page with same-", {"gap": 18}),
            ("1", {"size": 6, "gap": 300}),
            ("See A/HRC/1/1, para. 4.", {"size": 8, "gap": 2}),
        ],
        [
            ("sex couples and is imple-", {}),
            ("mented. It shall be implemented.", {}),
            ("(a) The first letter;", {"gap": 18}),
        ],
    ]
    document = read(pdf(tmp_path / "a.pdf", pages), "pdf")
    assert [(one.number, one.text, one.page) for one in document.paragraphs[1:]] == [
        ("II.", "Conclusions", 2),
        ("7.", "The first paragraph goes on over the line and has a note in the middle.", 2),
        ("8.", "The second one ends on the next page with same-sex couples and is implemented. "
         "It shall be implemented.", 2),
        ("(a)", "The first letter;", 3),
    ]  # fmt: skip
    assert document.paragraphs[1].heading == 1
    assert document.paragraphs[2].marks == (Mark(71, "1"),)
    assert document.footnotes == {"1": "See A/HRC/1/1, para. 4."}
    assert document.pages == 3


def test_pdf_without_text_or_damaged_is_said_so(tmp_path):
    with pytest.raises(ImportRefused, match="pictures of pages"):
        read(scanned(tmp_path / "scan.pdf"), "pdf")
    whole = pdf(tmp_path / "a.pdf", [[("Text", {})] * 20]).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 8])
    with pytest.raises(ImportRefused, match="damaged"):
        read(tmp_path / "cut.pdf", "pdf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_text_in_any_encoding_and_line_end(tmp_path, encoding, end):
    lines = ["II. Conclusions", "7. Women’s rights, 5–6 “in full”,", "and more.", "", "8. Second."]
    (tmp_path / "a.txt").write_bytes(end.join(lines).encode(encoding))
    document = read(tmp_path / "a.txt", "text")
    assert [one.printed for one in document.paragraphs] == [
        "II. Conclusions", "7. Women’s rights, 5–6 “in full”, and more.", "8. Second.",
    ]  # fmt: skip
    assert document.paragraphs[0].heading == 1


def test_text_drops_page_heads_inside(tmp_path):
    text = "12. It goes on\nA/HRC/8/27\nPage 14\n\fover the page. A/HRC/8/27 Page 15 And on.\n"
    (tmp_path / "a.txt").write_text(text)
    assert [one.text for one in read(tmp_path / "a.txt", "text").paragraphs] == [
        "It goes on over the page. And on."
    ]


def test_markdown_headings_and_emphasis(tmp_path):
    (tmp_path / "a.md").write_text("# Report\n\n## D. **Concerns**\n\n9. The *first* one.\n")
    document = read(tmp_path / "a.md", "text")
    assert [(one.heading, one.printed) for one in document.paragraphs] == [
        (4, "Report"), (2, "D. Concerns"), (0, "9. The first one."),
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_decodes_as_it_was_written(text):
    assert decoded(text.encode("utf-8", "replace")).lstrip("\ufeff") == text.encode(
        "utf-8", "replace"
    ).decode().lstrip("\ufeff")


@given(st.text(max_size=60))
def test_a_label_and_the_rest_are_the_text(text):
    number, rest = part_label(text)
    assert "".join((number + rest).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("line", "edge", "gone"),
    [
        ("A/HRC/43/15", False, True),
        ("4 GE.24-19779", False, True),
        ("GE.14-13758 (E)", False, True),
        ("17", True, True),
        ("17", False, False),
        ("Page 12", False, True),
        ("12 GE.24-19779", True, True),
        ("Ratify the Convention", True, False),
        ("A/HRC/WG.6/34/SVN/2 and its annex", False, False),
        ("140.", False, False),
    ],
)
def test_page_furniture(line, edge, gone):
    assert is_furniture(line, at_edge=edge) is gone


def test_running_text_keeps_symbols_that_belong_to_it():
    text = "as in A/HRC/28/15 and E/C.12/SVN/CO/2, para. 29"
    assert without_furniture(text) == text


def test_first_page_of_concluding_observations(tmp_path):
    lines = [
        "United Nations", "CAT/C/VUT/CO/2", "Distr.: General", "7 June 2023", "Original: English",
        "Committee against Torture",
        "Concluding observations on the second periodic report of Vanuatu*", "A. Introduction",
        "1. The Committee considered the second periodic report of Vanuatu at its meetings.",
    ]  # fmt: skip
    body = "".join(p(line) for line in lines)
    front = front_page(read(word(tmp_path / "a.docx", body), "docx"))
    assert (front.kind, front.symbol, front.state, front.body, front.date, front.mechanism) == (
        "concluding_observations", "CAT/C/VUT/CO/2", "VUT", "CAT", "2023-06-07", "TB",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "state", "cycle"),
    [
        ("A/HRC/44/9 Human Rights Council\nReport of the Working Group on the Universal Periodic "
         "Review\nKiribati\n", "working_group_report", "KIR", "3"),
        ("A/HRC/44/9/Add.1\nReport of the Working Group on the Universal Periodic Review\nKiribati"
         "\nAddendum\nViews on conclusions and/or recommendations\n", "addendum", "KIR", "3"),
        ("A/HRC/WG.6/35/KIR/3\nSummary of Stakeholders’ submissions on Kiribati*\n",
         "stakeholder_summary", "KIR", "3"),
        ("A/HRC/WG.6/35/KIR/2\nCompilation on Kiribati\n", "un_compilation", "KIR", "3"),
        ("A/HRC/WG.6/35/KIR/1\nNational report submitted pursuant to resolutions\nKiribati\n",
         "national_report", "KIR", "3"),
        ("A/HRC/50/1/Add.2\nReport of the Special Rapporteur on the right to food on his visit to "
         "Kiribati\n", "special_procedures_report", "", ""),
        ("ADVANCE QUESTIONS TO KIRIBATI\nFRANCE\n", "advance_questions", "KIR", ""),
        ("A list of our recommendations\nState;Text\n", "", "", ""),
    ],
)  # fmt: skip
def test_first_pages_of_each_kind(text, kind, state, cycle):
    front = front_of_text(text)
    assert front.kind == kind
    if state and kind != "advance_questions":
        assert (front.state, front.cycle) == (state, cycle)


@given(st.integers(1, 99))
def test_ordinals_in_words_and_digits(number):
    units = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
             "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
             "sixteenth", "seventeenth", "eighteenth", "nineteenth"]  # fmt: skip
    tens = ["", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"]
    words = (
        units[number] if number < 20
        else tens[number // 10] + ("ieth" if number % 10 == 0 else f"y-{units[number % 10]}")
    )  # fmt: skip
    assert ordinal(words) == str(number)
    assert ordinal(f"{number}th") == str(number)


def test_levels_of_headings():
    assert [heading_level(n) for n in ("II.", "D.", "3.", "")] == [1, 2, 3, 4]
    assert heading_level("I.", "H.") == 2


def test_every_real_report_is_recognised_with_its_state(corpora):
    folder = corpora / "wg_reports" / "reports"
    for path in sorted(folder.glob("*.txt"))[::12]:
        front = front_page(read(path, "text"))
        assert front.kind == "working_group_report", path.name
        assert all((front.state, front.session, front.cycle)), path.name


def test_real_documents_of_a_state(corpora):
    kinds = {}
    for path in sorted((corpora / "slovenia_documents").glob("A_HRC*.pdf"))[::3]:
        front = front_page(read(path, "pdf"))
        assert front.state == "SVN", path.name
        assert front.symbol == path.stem.replace("_", "/"), path.name
        kinds[path.name] = front.kind
    assert "" not in kinds.values(), kinds


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Ratify** the *Convention\non work* now", "Ratify the Convention\non work now"),
        ("_a_b_ and snake_case and __x y__", "a_b and snake_case and x y"),
        ("2*3*4, 5 * 3 * 2, *open", "2*3*4, 5 * 3 * 2, *open"),
        ("**bold *nested* text**", "bold *nested* text"),
    ],
)
def test_emphasis_of_markdown_is_taken_out(text, plain):
    assert without_emphasis(text) == plain
