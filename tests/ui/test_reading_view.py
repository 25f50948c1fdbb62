"""How Linker read a record in another language stands on the record's page."""

from linker.workspace.workspace import Linker

SPANISH = "Poner fin a los matrimonios infantiles y forzados en todas las regiones del país"


def made(tmp_path):
    table = tmp_path / "es.csv"
    row = f"VCT,SUB,CSO,A/HRC/WG.6/1/VCT/3,2,{SPANISH}"
    table.write_text(f"state,mechanism,body,symbol,paragraph,text\n{row}\n", encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True) as linker:
        linker.add([table])
        linker.build()
        (record,) = linker.records()
    return tmp_path / "w", record.id


def test_the_phrases_of_a_reading_are_shown(tmp_path, show, languages):
    workspace, record = made(tmp_path)
    app = show("xray", workspace=workspace, record=record)
    assert "How Linker read this" in [expander.label for expander in app.expander]
    shown = " ".join(str(element.proto) for element in app.get("html"))
    assert "matrimonios infantiles" in shown
    assert "child marriage" in shown


def test_a_record_that_is_not_read_is_told(tmp_path, show):
    workspace, record = made(tmp_path)
    app = show("xray", workspace=workspace, record=record)
    assert any("In Spanish" in caption.value for caption in app.caption)
