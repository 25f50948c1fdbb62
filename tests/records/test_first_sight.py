"""A table that names a regional body in a text is a table, and no report of that body."""

from record_files import write_csv

from linker.records.importers import recognise

HEAD = ("SuR", "Recommendation", "RS", "Response", "Action", "Issue", "Session")
TEXT = "Ratify the instrument, as the Council of Europe asked, and report on it, each year"


def test_a_table_with_commas_in_its_texts_is_a_table(tmp_path):
    rows = [
        HEAD,
        *(
            ("Kenya", f"{TEXT}, {'x, ' * n}", "Norway", "Supported", "5", "A,B", "49")
            for n in range(9)
        ),
    ]
    assert recognise(write_csv(tmp_path / "x.csv", rows)).name == "upr_info"
