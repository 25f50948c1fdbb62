"""PDFs of lists and tables that are no UN documents: what is not read is refused or told."""

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import linker.records.importers as importers
from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file

PEOPLE = ("Peru", "Fiji", "Chad")
TEXTS = ("Light the harbour", "Mend the pier of the ferry", "Build a ferry for all")


def made(path, pages, **encrypted):
    """Write pages, each of (left edge, line)s from above, or None for a picture of a page."""
    canvas = Canvas(str(path), pagesize=(595, 842), **encrypted)
    for page in pages:
        if page is None:
            from PIL import Image

            Image.new("RGB", (60, 80), "grey").save(path.with_suffix(".png"))
            canvas.drawImage(str(path.with_suffix(".png")), 0, 0, 595, 842)
        for at, lines in enumerate(page or ()):
            for left, text in lines:
                canvas.drawString(left, 780 - 24 * at, text)
        canvas.showPage()
    canvas.save()
    return path


def listed(first=1):
    pairs = zip(TEXTS, PEOPLE, strict=True)
    items = [[(60, f"120.{n} {text} ({state}).")] for n, (text, state) in enumerate(pairs, first)]
    return [[(60, "Recommendations to Kenya")], *items]


def refusal(path):
    with pytest.raises(ImportRefused) as error:
        list(read_file(path)[0])
    return error.value.note


def test_a_printed_table_is_refused_with_its_headings(tmp_path):
    title = "What was recommended to Kenya in the third cycle of the review by others"
    rows = [[(60, title)],
            [(60, "No."), (120, "Recommendation"), (360, "State"), (450, "Position")]]  # fmt: skip
    rows += [
        [(60, f"120.{n}"), (120, text), (360, state), (450, "Noted")]
        for n, (text, state) in enumerate(zip(TEXTS, PEOPLE, strict=True), start=1)
    ]
    note = refusal(made(tmp_path / "table.pdf", [rows]))
    assert note.kind == "printed table"
    assert note.reason.endswith("No. Recommendation State Position'")
    assert "Word" in note.remedy


def test_lines_of_a_table_without_its_headings_are_refused_by_their_ends(tmp_path):
    path = tmp_path / "lines.txt"
    lines = [f"120.{n} {text} Peru Noted" for n, text in enumerate(TEXTS, start=1)]
    path.write_text("Recommendations to Kenya\n\n" + "\n\n".join(lines), encoding="utf-8")
    assert "'120.1 Light the harbour Peru Noted'" in refusal(path).reason


def test_positions_that_are_parted_from_the_text_make_no_table(tmp_path):
    path = tmp_path / "lines.txt"
    lines = [f"120.{n} {text}. Noted" for n, text in enumerate(TEXTS, start=1)]
    path.write_text("Recommendations to Kenya\n\n" + "\n\n".join(lines), encoding="utf-8")
    assert [one.position for one in read_file(path)[0]] == ["noted"] * 3


@pytest.mark.parametrize("mark", ["120.{}", "{}.", "{})"])
def test_items_that_end_nothing_and_stand_evenly_are_items_each(tmp_path, mark):
    items = [[(60, f"{mark.format(n)} {text}")] for n, text in enumerate(TEXTS, start=1)]
    path = made(tmp_path / "even.pdf", [[[(60, "Recommendations to Kenya")], *items]])
    assert [one.text for one in read_file(path)[0]] == list(TEXTS)


def test_a_line_that_begins_with_a_number_goes_on(tmp_path):
    lines = ["Recommendations to Kenya", "120.1 Light the harbour as asked in paragraphs",
             "120.7 and 120.8 of the report, and article", "12. It burns (Peru).",
             "120.2 Mend the pier (Fiji)."]  # fmt: skip
    path = made(tmp_path / "even.pdf", [[[(60, line)] for line in lines]])
    assert [one.text for one in read_file(path)[0]] == [
        "Light the harbour as asked in paragraphs 120.7 and 120.8 of the report, and article "
        "12. It burns", "Mend the pier",
    ]  # fmt: skip


def test_a_page_that_is_a_picture_is_told(tmp_path):
    more = [[(60, f"120.{n} {text} (Cuba).")] for n, text in enumerate(TEXTS, start=4)]
    records, notes = read_file(made(tmp_path / "mixed.pdf", [listed(), None, more]))
    assert len(list(records)) == 6
    assert [note.reason for note in notes if note.kind == "pictures of pages"] == [
        "page 2 is a picture without text, and not read"
    ]


def test_an_empty_page_is_not_told(tmp_path):
    records, notes = read_file(made(tmp_path / "blank.pdf", [listed(), listed(4), []]))
    assert len(list(records)) == 6
    assert not [note for note in notes if note.kind == "pictures of pages"]


def test_a_list_that_must_not_be_copied_is_read_and_a_locked_one_is_refused(tmp_path):
    kept = StandardEncryption("", ownerPassword="owner", canCopy=0)
    assert len(list(read_file(made(tmp_path / "a.pdf", [listed()], encrypt=kept))[0])) == 3
    locked = made(tmp_path / "b.pdf", [listed()], encrypt=StandardEncryption("secret"))
    assert refusal(locked).reason == "this PDF is locked with a password"


def test_columns_are_read_one_after_the_other(tmp_path):
    left, right = listed(), [[(330, line[0][1])] for line in listed(4)[1:]]
    canvas = Canvas(str(tmp_path / "columns.pdf"), pagesize=(595, 842))
    for column in (left, right):
        for at, ((x, text),) in enumerate(column):
            canvas.drawString(x, 780 - 24 * at, text)
    canvas.save()
    records = list(read_file(tmp_path / "columns.pdf")[0])
    assert [one.paragraph for one in records] == [f"120.{n}" for n in range(1, 7)]
    assert [one.text for one in records] == [*TEXTS, *TEXTS]


def test_a_refusal_names_the_file_that_was_given_and_not_its_conversion(tmp_path, monkeypatch):
    (tmp_path / "made.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "given.ods").write_text("whatever", encoding="utf-8")
    monkeypatch.setattr(importers, "modern", lambda path, limits: tmp_path / "made.csv")
    assert refusal(tmp_path / "given.ods").file == "given.ods"
