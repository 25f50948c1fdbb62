"""A wrong file is taken out on Start and put back; a record is corrected where it is shown."""

from linker.workspace.workspace import Linker


def test_a_file_is_taken_out_and_put_back(show, valmora):
    with Linker.open(valmora) as linker:
        number = linker.imports()[-1].source.number
        before = {record.id for record in linker.records()}
        hanging = set(linker.depends_on(number).lost)
    app = show("start", valmora)
    app.session_state[f"out-{number}"] = True
    app.run()
    app.button(key=f"forget-{number}").click().run()
    assert not app.exception
    assert "was taken out" in " ".join(info.value for info in app.info)
    with Linker.open(valmora) as linker:
        assert {record.id for record in linker.records()} == before - hanging
    app.button(key=f"back-{number}").click().run()
    assert not app.exception
    with Linker.open(valmora) as linker:
        assert {record.id for record in linker.records()} == before


def test_pages_stand_while_a_file_is_out(show, valmora):
    with Linker.open(valmora) as linker:
        linker.forget(linker.imports()[-1].source.number)
    for page in ("xray", "convergences", "sdg", "plan", "search", "documents"):
        assert not show(page, valmora, reviewer="Ada").exception


def test_a_position_is_corrected_beside_its_record(show, valmora):
    with Linker.open(valmora) as linker:
        record = next(r for r in linker.records() if r.position == "supported")
    app = show("xray", valmora, reviewer="Ada", record=record.id)
    app.selectbox(key=f"correct-field-{record.id}").select("position").run()
    app.text_area(key=f"correct-value-position-{record.id}").set_value("noted").run()
    app.button(key=f"correct-{record.id}").click().run()
    assert not app.exception
    with Linker.open(valmora) as linker:
        assert linker.store.record(record.id).position == "noted"
        (edit,) = linker.record_log(record.id)
        assert (edit.field, edit.reviewer) == ("position", "Ada")
