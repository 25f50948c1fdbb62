"""The page Plan: filling in, reading a filled-in file back, conflicts, measures."""

import io
import zipfile

import openpyxl
import pytest
from test_pages import button, texts

from linker.paths import data_dir
from linker.plan.entries import STATUSES, standing_entries
from linker.store.plan_log import plan_changes
from linker.workspace.workspace import Linker


@pytest.fixture
def plan_log():
    """Read the log of the plan from the disk, as another program would."""

    def read(folder):
        with Linker.open(folder) as linker:
            return linker.plan_log()

    return read


@pytest.fixture
def record_id(valmora):
    with Linker.open(valmora) as linker:
        return next(r.id for r in linker.records() if r.mechanism == "UPR" and r.cycle == "4")


def test_the_plan_shows_its_traffic_lights_and_filters(show, valmora, record_id):
    with Linker.open(valmora) as linker:
        linker.set_plan(record_id, reviewer="Ada", status="in progress", responsible="Parliament")
    app = show("plan", valmora)
    said = texts(app)
    assert "in progress" in said
    assert "Still missing" in said
    assert len([b for b in app.button if b.label == "Fill in"]) == 10
    app.selectbox(key="plan-status").set_value("in progress").run()
    assert not app.exception
    assert [b.key for b in app.button if b.label == "Fill in"] == [f"fill-{record_id}"]
    assert "Parliament" in texts(app)
    app.toggle(key="plan-table").set_value(True).run()
    assert not app.exception
    assert app.dataframe[0].value["Responsible body"].tolist() == ["Parliament"]
    assert app.dataframe[0].proto.placeholder == "no status yet"  # else Streamlit says "None"
    assert '"label": "No status yet"' in app.dataframe[0].proto.columns


def test_the_plan_says_where_the_records_without_a_row_stand(show, valmora):
    with Linker.open(valmora) as linker:
        left = len(linker.records()) - len(linker.plan())
    assert left > 1
    assert (
        f"recommendations · {left} records of other mechanisms have no row of their own"
        in texts(show("plan", valmora))
    )


def test_a_row_is_filled_in_and_written_before_the_page_moves_on(
    show, valmora, record_id, plan_log
):
    app = show("plan", valmora, reviewer="Ada", record=record_id)
    app.selectbox(key=f"status-{record_id}-0").set_value("partly implemented")
    app.text_input(key=f"deadline-{record_id}-0").set_value("31.12.2027")
    app.text_area(key=f"comment-{record_id}-0").set_value("<b>No budget</b>")
    button(app, "Write into the plan").click().run()
    assert not app.exception
    written = {(c.field, c.value, c.reviewer) for c in plan_log(valmora)}
    assert written == {
        ("status", "partly implemented", "Ada"),
        ("deadline", "2027-12-31", "Ada"),
        ("comment", "<b>No budget</b>", "Ada"),
    }
    said = texts(app)
    assert "Written: Deadline, Status, Comment." in said
    assert "<b>No budget</b>" not in said
    assert app.text_input(key=f"deadline-{record_id}-3").value == "2027-12-31"


def test_what_does_not_fit_is_said_and_not_written(show, valmora, record_id, plan_log):
    app = show("plan", valmora, reviewer="Ada", record=record_id)
    app.text_input(key=f"deadline-{record_id}-0").set_value("some day")
    button(app, "Write into the plan").click().run()
    assert "Not written: Deadline" in texts(app)
    assert plan_log(valmora) == []


def test_somebody_elses_change_is_not_overwritten(show, valmora, record_id, plan_log):
    app = show("plan", valmora, reviewer="Ada", record=record_id)
    with Linker.open(valmora) as linker:
        linker.set_plan(record_id, reviewer="Grace", deadline="2030")
    app.text_input(key=f"deadline-{record_id}-0").set_value("2027")
    button(app, "Write into the plan").click().run()
    assert "somebody else changed it" in texts(app)
    assert [c.reviewer for c in plan_log(valmora)] == ["Grace"]


def test_without_a_name_nothing_is_written(show, valmora, record_id):
    app = show("plan", valmora, record=record_id)
    assert button(app, "Write into the plan").disabled


def edited_plan(valmora, tmp_path, record_id):
    with Linker.open(valmora) as linker:
        linker.set_plan(record_id, reviewer="Ada", deadline="2026")
        path = linker.export("plan", tmp_path / "plan.xlsx")[0]
        linker.set_plan(record_id, reviewer="Grace", deadline="2030")
    book = openpyxl.load_workbook(path)
    sheet = book["Plan"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Id (locked)")
    columns = {cell.value: cell.column for cell in head}
    row = next(c[0].row for c in sheet.iter_rows() if c[0].value == record_id)
    sheet.cell(row, columns["Deadline"]).value = "2028"
    sheet.cell(row, columns["Partners"]).value = "UNICEF"
    sheet.cell(row + 1, columns["Law"]).value = "perhaps"
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(("side", "deadline"), [("ours", "2030"), ("theirs", "2028")])
def test_a_filled_in_plan_comes_back_with_its_conflicts(
    show, valmora, tmp_path, record_id, plan_log, side, deadline
):
    content = edited_plan(valmora, tmp_path, record_id)
    app = show("plan", valmora, reviewer="CSO", view="Read back a filled-in plan")
    app.file_uploader(key="plan-upload").upload("../plan.xlsx", content, "application/xlsx").run()
    assert not app.exception
    said = texts(app)
    assert "1 change" in said
    assert "Here (Grace" in said
    assert "not in the list" in said
    assert len(plan_log(valmora)) == 2
    app.radio[0].set_value(side).run()
    app.button(key="plan-write").click().run()
    assert not app.exception
    entry = standing_entries(plan_log(valmora))[record_id]
    assert (entry.deadline, entry.partners) == (deadline, "UNICEF")


def test_the_plan_of_an_impact_oss_package_is_read_back(
    show, valmora, tmp_path, record_id, plan_log
):
    folder, out = tmp_path / "package", io.BytesIO()
    with Linker.open(valmora) as linker:
        linker.set_plan(record_id, reviewer="Grace", result="A bill was drafted.")
        linker.export("impactoss", folder)
    with zipfile.ZipFile(out, "w") as package:
        for file in folder.iterdir():
            text = file.read_text("utf-8")
            edited = text.replace("was drafted", "is law") if file.stem == "measures" else text
            package.writestr(file.name, edited)
    app = show("plan", valmora, reviewer="CSO", view="Read back a filled-in plan")
    app.file_uploader(key="plan-upload").upload("p.zip", out.getvalue(), "x").run()
    assert not app.exception
    assert "1 change, 0 conflicts" in texts(app)
    app.button(key="plan-write").click().run()
    assert not app.exception
    assert standing_entries(plan_log(valmora))[record_id].result == "A bill is law."


def test_what_is_no_plan_is_refused_with_a_reason(show, valmora):
    app = show("plan", valmora, reviewer="CSO", view="Read back a filled-in plan")
    app.file_uploader(key="plan-upload").upload("plan.xlsx", b"not a workbook", "text/plain").run()
    assert not app.exception
    assert "no XLSX workbook" in texts(app)


def test_measures_of_a_national_plan_are_linked(show, valmora, record_id, plan_log):
    app = show("plan", valmora, reviewer="Ada", view="National plan")
    app.file_uploader(key="measures-upload").upload(
        "nap.csv", b"id,title\nM1,Shelters\nM2,Courts\n", "text/csv"
    ).run()
    app.button(key="measures-write").click().run()
    assert not app.exception
    assert "2 measures read" in texts(app)
    app = show("plan", valmora, reviewer="Ada", record=record_id)
    app.multiselect(key=f"measure-{record_id}-0").set_value(["M2"])
    button(app, "Write into the plan").click().run()
    assert [(c.field, c.value) for c in plan_log(valmora)] == [("measure", "M2")]


def test_documents_take_options_and_offer_the_archive(show, valmora):
    app = show("documents", valmora)
    assert not app.exception
    assert len(app.get("download_button")) >= 20
    app.multiselect(key="columns").set_value(["status"]).run()
    assert not app.exception


def test_the_log_of_the_plan_is_read_on_and_never_anew(valmora, record_id, monkeypatch):
    from linker.store import plan_log
    from linker.ui.workbench import Workbench

    bench = Workbench(valmora)
    read = []

    def counted(store, record_id=None, after=0):
        read.append(after)
        return plan_changes(store, record_id, after)

    monkeypatch.setattr(plan_log, "plan_changes", counted)
    for status in STATUSES[:2]:
        with Linker.open(valmora) as linker:
            (change,) = linker.set_plan(record_id, reviewer="Ada", status=status)
        for _ in range(3):
            bench.snapshot("XVM")
        assert bench.entries[record_id].status == status
        assert bench.plan_log[-1] == change
    assert read == [0, 0]
    bench.linker.close()


def test_the_server_has_read_the_workspace_before_the_first_page(valmora, monkeypatch):
    from linker.ui.opened import bench_at
    from linker.ui.server import load

    monkeypatch.setenv("LINKER_WORKSPACE", str(valmora))
    load()
    bench = bench_at(valmora)
    assert {"records", "xray", "convergences"} <= set(vars(bench.snapshot("XVM")))
    monkeypatch.setenv("LINKER_WORKSPACE", str(valmora / "nothing"))
    load()


def test_many_rows_are_chosen_by_id_and_written_together(show, valmora, plan_log):
    app = show("plan", valmora, reviewer="Ada", **{"plan-text": "torture"})
    ids = [b.key.removeprefix("fill-") for b in app.button if b.label == "Fill in"]
    app.checkbox(key=f"choose-{ids[1]}").check().run()
    app.checkbox(key=f"choose-{ids[3]}").check().run()
    app.text_input(key="plan-text").set_value("").run()
    app.text_input(key="many-responsible").set_value("Ministry of Justice")
    app.text_input(key="many-deadline").set_value("next spring")
    button(app, "Write into 2 rows").click().run()
    assert "Not written: Deadline" in texts(app)
    assert plan_log(valmora) == []
    app.text_input(key="many-deadline").set_value("2027-12")
    button(app, "Write into 2 rows").click().run()
    assert not app.exception
    assert "Written into 2 rows: Responsible body, Deadline." in texts(app)
    assert {(c.record_id, c.field, c.value) for c in plan_log(valmora)} == {
        (i, field, value)
        for i in (ids[1], ids[3])
        for field, value in (("responsible", "Ministry of Justice"), ("deadline", "2027-12"))
    }
    assert not any(b.key == "write-many" for b in app.button)


def test_all_rows_that_the_filters_leave_are_chosen_and_written(show, valmora, plan_log):
    app = show("plan", valmora, reviewer="Ada", **{"plan-text": "torture"})
    said = next(b for b in app.button if b.key == "choose-all")
    said.click().run()
    number = int(said.label.removeprefix("Choose all "))
    app.selectbox(key="many-status").set_value("in progress")
    button(app, f"Write into {number} rows").click().run()
    assert not app.exception
    assert len({c.record_id for c in plan_log(valmora)}) == number


def test_what_was_typed_is_a_draft_until_it_is_written(show, valmora, record_id, plan_log):
    app = show("plan", valmora, reviewer="Ada")
    first = next(b for b in app.button if b.label == "Fill in")
    row = first.key.removeprefix("fill-")
    first.click().run()
    app.text_input(key=f"responsible-{row}-0").set_value("Parliament").run()
    assert "Not written yet" in texts(app)
    button(app, "Back to the plan").click().run()
    next(b for b in app.button if b.key == f"fill-{row}").click().run()
    assert app.text_input(key=f"responsible-{row}-0").value == "Parliament"
    assert plan_log(valmora) == []
    button(app, "Write and next").click().run()
    assert not app.exception
    assert [(c.record_id, c.value) for c in plan_log(valmora)] == [(row, "Parliament")]
    assert app.query_params["record"] != row
    assert "Written: Responsible body." in texts(app)


def test_what_an_action_carries_out_is_confirmed_and_undone(show, valmora, plan_log):
    with Linker.open(valmora) as linker:
        linker.import_measures(data_dir() / "sample" / "plan" / "actions.csv")
    app = show("plan", valmora, reviewer="Ada", view="National plan")
    assert not any(str(b.key).startswith("aligned-") for b in app.button)
    app.button(key="align").click().run()
    assert not app.exception
    offered = [b.key for b in app.button if str(b.key).startswith("aligned-confirm-")]
    action, record = offered[0].removeprefix("aligned-confirm-").split("-", 1)
    app.button(key=offered[0]).click().run()
    assert not app.exception
    assert [(c.record_id, c.field, c.value, c.reviewer) for c in plan_log(valmora)] == [
        (record, "measure", action, "Ada")
    ]
    assert offered[0] not in {b.key for b in app.button}
    app.button(key="aligned-undo").click().run()
    assert not app.exception
    assert plan_log(valmora)[-1].value == ""
    assert offered[0] in {b.key for b in app.button}
    app.button(key=offered[1].replace("confirm", "reject")).click().run()
    assert not app.exception
    assert plan_log(valmora)[-1].field == "declined"
    assert offered[1] not in {b.key for b in app.button}


@pytest.fixture
def typing(monkeypatch):
    """Type into the grid of the plan, as a browser would: {id of a row: {heading: words}}."""
    words = {}

    def editor(cells, **kept):
        typed = cells.copy()
        for row_id, said in words.items():
            for heading, value in said.items():
                typed.loc[row_id, heading] = value
        return typed

    monkeypatch.setattr("streamlit.data_editor", editor)
    return words


def test_many_rows_are_typed_into_a_grid_and_conflicts_are_told(show, valmora, plan_log, typing):
    with Linker.open(valmora) as linker:
        one, two, three = [row.plan_id for row in linker.plan("XVM")][:3]
    app = show("plan", valmora, reviewer="Ada", **{"plan-table": "true"})
    assert app.button(key="write-grid").disabled
    typing[one] = {"Responsible body": " Parliament ", "Status": "in progress"}
    typing[two] = {"Deadline": "31.12.2027"}
    typing[three] = {"Deadline": "some day"}
    app.run()
    assert app.button(key="write-grid").label == "Write into 3 rows"
    with Linker.open(valmora) as linker:
        linker.set_plan(two, reviewer="Grace", deadline="2030")
    app.button(key="write-grid").click().run()
    assert not app.exception
    said = texts(app)
    assert "Written into 1 row." in said
    assert "somebody else changed it" in said
    assert "is no date" in said or "some day" in said
    written = {(c.record_id, c.field, c.value, c.reviewer) for c in plan_log(valmora)}
    assert written == {
        (two, "deadline", "2030", "Grace"),
        (one, "responsible", "Parliament", "Ada"),
        (one, "status", "in progress", "Ada"),
    }
    typing.pop(three)
    typing[two] = {"Deadline": "31.12.2028"}
    app.run()
    app.button(key="write-grid").click().run()
    assert plan_log(valmora)[-1].value == "2028-12-31"


def test_what_is_typed_into_the_grid_stays_with_its_row(show, valmora, plan_log, typing):
    with Linker.open(valmora) as linker:
        rows = linker.plan("XVM")
        last = rows[len(rows) - 1]
    app = show("plan", valmora, reviewer="Ada", **{"plan-table": "true"})
    typing[last.plan_id] = {"Responsible body": "Courts"}
    app.run()
    typing.clear()
    # Fewer rows: the same row stands elsewhere in another grid, and has what was typed.
    app.text_input(key="plan-text").set_value(last.row.record.text[:60]).run()
    assert app.button(key="write-grid").label == "Write into 1 row"
    app.button(key="write-grid").click().run()
    (change,) = plan_log(valmora)
    assert (change.record_id, change.value) == (last.plan_id, "Courts")
    assert app.button(key="write-grid").disabled
