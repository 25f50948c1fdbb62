"""Sentences that introduce the recommendations below them."""

import pytest
from record_files import read, write_xlsx

from linker.records import importers
from linker.records.importers.position_places import announces

POLICE, PRISONS, COURTS = "Train the police", "Close the old prisons", "Publish the court budget"
SUPPORTED = "The recommendations listed below enjoy the support of Georgia:"
NOTED = "The recommendations below did not enjoy the support of Georgia and would thus be noted:"
EXAMINED = "The following recommendations have been examined by Georgia:"


def told(records):
    return sorted((one.paragraph, one.text, one.position) for one in records)


RIGHT = [("7.1", POLICE, "supported"), ("7.2", PRISONS, "noted"), ("7.3", COURTS, "")]


def test_each_sentence_above_a_list_ends_the_position_before_it(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(
        f"Recommendations to Georgia\n\n{SUPPORTED}\n\n7.1 {POLICE} (Chile);\n\n{NOTED}\n\n"
        f"7.2 {PRISONS} (Peru);\n\n{EXAMINED}\n\n7.3 {COURTS} (Mali).\n"
    )
    records, notes = read(path)
    assert told(records) == RIGHT
    assert [EXAMINED in note.reason for note in notes if note.kind == "position not understood"] \
        == [True]  # fmt: skip


def test_long_sentences_between_the_rows_of_a_table_are_heeded(tmp_path):
    import openpyxl

    rows = [["No", "Recommendation", "Recommending State"], [SUPPORTED], ["7.1", POLICE, "Chile"],
            [NOTED], ["7.2", PRISONS, "Peru"], [EXAMINED], ["7.3", COURTS, "Mali"]]  # fmt: skip
    path = write_xlsx(tmp_path / "x.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for row in (2, 4, 6):
        book.active.merge_cells(f"A{row}:C{row}")
    book.save(path)
    records, _ = read(path, importers.Options(state="Georgia"))
    assert told(records) == RIGHT


@pytest.mark.parametrize(
    ("text", "introduces"),
    [(EXAMINED, True), ("Las recomendaciones siguientes fueron examinadas:", True),
     ("Les recommandations ci-après ont été examinées :", True),
     ("Implement the following recommendations of the Ombudsman:", False),
     ("Recommendations on health:", False), (EXAMINED[:-1], False)],
)  # fmt: skip
def test_what_introduces_recommendations(text, introduces):
    assert announces(text) == introduces
