"""Files looked at before they are kept: columns said by hand, paragraphs beside their records."""

import docx
import pytest

from linker.records.importers import Options
from linker.ui.look_first import HELD, Held
from linker.workspace.workspace import Linker

TABLE = (
    "Oznaka;Kraj;Što se traži;Bilješka\n"
    "150.1;Kenya;Set up a body for complaints about the police;The ministry answers in spring\n"
)


@pytest.fixture
def folder(tmp_path):
    Linker.open(tmp_path / "work", create=True).close()
    return tmp_path / "work"


def showing(show, folder, *held):
    app = show("start", folder)
    app.session_state[HELD] = {one.name: one for one in held}
    return app.run()


def test_a_table_nobody_can_tell_is_mapped_kept_and_remembered(show, folder, tmp_path):
    app = showing(show, folder, Held("own.csv", TABLE.encode(), Options()))
    assert not app.exception
    assert app.button(key="keep-own.csv").disabled
    app.selectbox(key="column-own.csv--text").select("Što se traži")
    app.selectbox(key="column-own.csv--state").select("Kraj")
    app.selectbox(key="column-own.csv--paragraph").select("Oznaka")
    next(one for one in app.button if one.label == "Read it so").click().run()
    assert not app.exception
    app.button(key="keep-own.csv").click().run()
    assert not app.exception
    with Linker.open(folder) as linker:
        (record,) = linker.records()
        assert (record.state, record.paragraph) == ("KEN", "150.1")
        other = tmp_path / "next.csv"
        other.write_text(TABLE.replace("150.1", "150.2").replace("police", "army"), "utf-8")
        (report,) = linker.add([other])
        assert (report.kept, report.refused) == (1, 0)
        assert any("as somebody named them" in line for line in report.sources)


def test_a_document_is_shown_beside_its_records_and_nothing_is_kept(show, folder, tmp_path):
    made = docx.Document()
    for line in ("United Nations", "CAT/C/NPL/CO/7", "Committee against Torture",
                 "Concluding observations on the seventh periodic report of Nepal",
                 "1. The Committee considered the report.", "C. Recommendations",
                 "2. The Committee is concerned about cells.",
                 "3. The State party should close old cells."):  # fmt: skip
        made.add_paragraph(line)
    made.save(tmp_path / "co.docx")
    app = showing(show, folder, Held("co.docx", (tmp_path / "co.docx").read_bytes(), Options()))
    assert not app.exception
    shown = " ".join(block.proto.body for block in app.get("html"))
    row = shown[shown.index("2. The Committee is concerned") :]
    assert row.index("–") < row.index("3. The State party should close old cells.")
    assert "para. 3" in row
    assert any("1 record, of Nepal" in one.value for one in app.markdown)
    app.button(key="away-co.docx").click().run()
    assert not app.exception
    assert "co.docx" not in app.session_state[HELD]
    with Linker.open(folder) as linker:
        assert linker.records() == []
        assert linker.imports() == []
