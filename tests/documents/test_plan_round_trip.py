"""The plan goes out as a spreadsheet, people fill it in, and it comes back without loss."""

import datetime

import docx
import openpyxl
import pytest
from made_up_state import CRC, FORMULA, MARRIAGE_4, PRISONS, RECORDS, SCHOOLS, made_up

from linker.documents.writers import write
from linker.documents.writers.plan_xlsx import BASE_SHEET, LISTS_SHEET, SHEET
from linker.errors import UsageError
from linker.plan.entries import Measure, PlanEntry, standing_entries
from linker.records.import_notes import ImportRefused
from linker.store.plan_log import measures, plan_changes, workspace_id
from linker.store.store import Store
from linker.workspace.measure_list import import_measures
from linker.workspace.planning import compare_plan, import_plan, set_plan

IDS = {record.id for record in RECORDS}


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    store.save_records(RECORDS)
    store.log_import("made-up.csv", "table", {"rows": len(RECORDS)})
    yield store
    store.close()


@pytest.fixture
def out(store, tmp_path):
    """Write the plan as it stands and return the path."""

    def make(name="plan.xlsx"):
        source = made_up(
            entries=standing_entries(plan_changes(store)),
            measures=measures(store),
            workspace=workspace_id(store),
        )
        return write("plan", tmp_path / name, source)[0]

    return make


class Sheet:
    """The plan as somebody sees it in a spreadsheet program."""

    def __init__(self, path):
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.sheet = self.book[SHEET]
        head = next(row for row in self.sheet.iter_rows() if row[0].value == "Id (locked)")
        self.head = head[0].row
        self.columns = {cell.value: cell.column for cell in head if cell.value}
        self.rows = {
            self.sheet.cell(r, 1).value: r for r in range(self.head + 1, self.sheet.max_row + 1)
        }

    def cell(self, record, title):
        return self.sheet.cell(self.rows[record.id], self.columns[title])

    def put(self, record, title, value):
        self.cell(record, title).value = value

    def save(self):
        self.book.save(self.path)
        return self.path

    def texts(self):
        return {
            (key, title): self.sheet.cell(row, column).value
            for key, row in self.rows.items()
            for title, column in self.columns.items()
        }


def test_out_edit_in_out_differs_by_the_edits_only(store, out):
    set_plan(store, [MARRIAGE_4.id], "Ada", {"responsible": "=Ministry", "status": "in progress"})
    before = Sheet(out())
    texts = before.texts()
    before.put(MARRIAGE_4, "Deadline", datetime.datetime(2027, 12, 31))
    before.put(MARRIAGE_4, "Status", "Partly implemented")
    before.put(MARRIAGE_4, "Expected action", "Draft a bill\nTrain registrars")
    before.put(PRISONS[1], "Responsible body", "Ministry of Justice")
    before.put(PRISONS[1], "Deadline", 2026)
    report = import_plan(store, before.save(), "CSO coalition")
    assert len(report.written) == 5
    assert not report.open
    assert not report.comparison.notes
    after = Sheet(out("again.xlsx")).texts()
    changed = {key: after[key] for key in after if after[key] != texts[key]}
    assert changed == {
        (MARRIAGE_4.id, "Deadline"): "2027-12-31",
        (MARRIAGE_4.id, "Status"): "partly implemented",
        (MARRIAGE_4.id, "Expected action"): "Draft a bill\nTrain registrars",
        (PRISONS[1].id, "Responsible body"): "Ministry of Justice",
        (PRISONS[1].id, "Deadline"): "2026",
        (PRISONS[1].id, "SMART check"): "no indicator",
        (MARRIAGE_4.id, "SMART check"): "complete",
    }
    assert after[MARRIAGE_4.id, "Responsible body"] == "=Ministry"
    assert import_plan(store, out("third.xlsx"), "CSO coalition").written == ()


def test_the_same_plan_has_the_same_bytes(store, out):
    set_plan(store, [MARRIAGE_4.id], "Ada", {"comment": "=1+1", "column:Contact": "@me"})
    assert out("a.xlsx").read_bytes() == out("b.xlsx").read_bytes()


def test_conflicts_are_shown_with_who_and_when_and_nothing_is_overwritten(store, out):
    set_plan(store, [MARRIAGE_4.id], "Ada", {"deadline": "2026"})
    file = Sheet(out())
    file.put(MARRIAGE_4, "Deadline", "2027")
    file.put(MARRIAGE_4, "Partners", "UNICEF")
    path = file.save()
    set_plan(store, [MARRIAGE_4.id], "Grace", {"deadline": "2028", "budget": "B 12"})
    first = import_plan(store, path, "CSO")
    (conflict,) = first.open
    assert (conflict.base, conflict.theirs, conflict.ours) == ("2026", "2027", "2028")
    assert conflict.last.reviewer == "Grace"
    assert "Grace, 20" in str(first)
    entry = standing_entries(plan_changes(store))[MARRIAGE_4.id]
    assert (entry.deadline, entry.partners, entry.budget) == ("2028", "UNICEF", "B 12")
    assert import_plan(store, path, "CSO", keep="ours").written == ()
    assert [c.value for c in import_plan(store, path, "CSO", keep="theirs").written] == ["2027"]
    assert standing_entries(plan_changes(store))[MARRIAGE_4.id].deadline == "2027"
    history = [
        (c.reviewer, c.value) for c in plan_changes(store, MARRIAGE_4.id) if c.field == "deadline"
    ]
    assert history == [("Ada", "2026"), ("Grace", "2028"), ("CSO", "2027")]


def test_one_conflict_can_be_decided_by_itself(store, out):
    file = Sheet(out())
    for record in (MARRIAGE_4, PRISONS[1]):
        file.put(record, "Budget line", "file")
    path = file.save()
    set_plan(store, [MARRIAGE_4.id, PRISONS[1].id], "Grace", {"budget": "here"})
    conflicts = compare_plan(store, path).conflicts
    assert len(conflicts) == 2
    import_plan(store, path, "CSO", choices={conflicts[0].key: "theirs"})
    entries = standing_entries(plan_changes(store))
    assert sorted(e.budget for e in entries.values()) == ["file", "here"]
    with pytest.raises(UsageError, match="theirs or ours"):
        import_plan(store, path, "CSO", keep="mine")


def test_a_cleared_cell_clears_and_a_deleted_row_does_not(store, out):
    set_plan(store, [MARRIAGE_4.id, PRISONS[1].id], "Ada", {"budget": "B 12"})
    file = Sheet(out())
    file.put(MARRIAGE_4, "Budget line", None)
    file.sheet.delete_rows(file.rows[PRISONS[1].id])
    import_plan(store, file.save(), "CSO")
    entries = standing_entries(plan_changes(store))
    assert (entries[MARRIAGE_4.id].budget, entries[PRISONS[1].id].budget) == ("", "B 12")


def test_values_that_do_not_fit_are_refused_and_the_rest_is_read(store, out):
    file = Sheet(out())
    file.put(MARRIAGE_4, "Law", "perhaps")
    file.put(MARRIAGE_4, "Deadline", "one day")
    file.put(MARRIAGE_4, "Partners", "=SUM(A1:A2)")
    file.put(MARRIAGE_4, "Expected action", "Draft a bill")
    file.put(PRISONS[1], "Id (locked)", "no-such-record")
    file.put(SCHOOLS[0], "Id (locked)", SCHOOLS[1].id)
    file.put(SCHOOLS[1], "Expected action", "whose?")
    report = import_plan(store, file.save(), "CSO")
    assert [(c.field, c.value) for c in report.written] == [("actions", "Draft a bill")]
    said = [(n.column, n.row != "", bool(n.remedy)) for n in report.comparison.notes]
    assert {column for column, _, _ in said} == {"Law", "Deadline", "Partners", "Id (locked)"}
    assert all(row and remedy for _, row, remedy in said)
    assert len(said) == 6


def test_comments_of_several_add_up_and_come_in_once(store, out):
    for reviewer, text in (("CSO", "Nothing was done"), ("Ministry", "A bill is drafted")):
        file = Sheet(out(f"{reviewer}.xlsx"))
        file.put(MARRIAGE_4, "Your comment", text)
        path = file.save()
        assert len(import_plan(store, path, reviewer).written) == 1
        assert import_plan(store, path, reviewer).written == ()
    shown = Sheet(out()).cell(MARRIAGE_4, "Comments so far").value
    said = [line.split(": ")[1] for line in shown.split("\n")]
    assert said == ["Nothing was done", "A bill is drafted"]


def test_columns_of_ones_own_are_kept(store, out):
    file = Sheet(out())
    last = file.sheet.max_column + 1
    file.sheet.cell(file.head, last).value = "Contact person"
    file.sheet.cell(
        file.rows[CRC.id] if CRC.id in file.rows else file.rows[MARRIAGE_4.id], last
    ).value = "Ms Y"
    import_plan(store, file.save(), "CSO")
    again = Sheet(out())
    assert "Contact person" in again.columns
    assert "Ms Y" in again.texts().values()
    assert import_plan(store, again.path, "CSO").written == ()


def test_a_renamed_column_is_refused_and_a_deleted_one_changes_nothing(store, out):
    set_plan(store, [MARRIAGE_4.id], "Ada", {"deadline": "2027"})
    file = Sheet(out())
    file.sheet.cell(file.head, file.columns["Deadline"]).value = "Due"
    with pytest.raises(ImportRefused, match=r"'Deadline' is not there, but 'Due' is"):
        import_plan(store, file.save(), "CSO")
    file = Sheet(out())
    file.sheet.delete_cols(file.columns["Deadline"])
    report = import_plan(store, file.save(), "CSO")
    assert report.written == ()
    assert "without the column Deadline" in str(report)


def test_without_the_hidden_sheet_differences_are_conflicts(store, out):
    set_plan(store, [MARRIAGE_4.id], "Ada", {"deadline": "2027", "budget": "B"})
    file = Sheet(out())
    file.put(MARRIAGE_4, "Deadline", "2028")
    file.put(MARRIAGE_4, "Budget line", None)
    file.put(PRISONS[1], "Partners", "NGOs")
    del file.book[BASE_SHEET]
    report = import_plan(store, file.save(), "CSO")
    assert [c.value for c in report.written] == ["NGOs"]
    assert [d.field for d in report.open] == ["deadline"]
    assert "hidden sheet" in str(report)


def test_what_is_no_plan_is_refused(store, tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ImportRefused, match="no sheet 'Plan'"):
        import_plan(store, tmp_path / "other.xlsx", "CSO")
    (tmp_path / "plan.csv").write_text("id,text\n1,a\n")
    with pytest.raises(ImportRefused, match="no XLSX workbook"):
        import_plan(store, tmp_path / "plan.csv", "CSO")
    with pytest.raises(ImportRefused):
        import_plan(store, tmp_path / "nothing.xlsx", "CSO")


def test_a_plan_of_another_workspace_is_said(store, out, tmp_path):
    other = Store(tmp_path / "other", create=True)
    other.save_records(RECORDS)
    other.log_import("other.csv", "table", {})
    file = Sheet(out())
    file.put(MARRIAGE_4, "Partners", "UNICEF")
    report = import_plan(other, file.save(), "CSO")
    other.close()
    assert report.comparison.foreign
    assert len(report.written) == 1


def test_the_hidden_sheet_is_hidden_and_drop_downs_offer_the_lists(store, out, tmp_path):
    table = tmp_path / "national.csv"
    table.write_text("id,title,responsible,deadline\nM1,Child protection,MoJ,2027\nM2,Prisons,,\n")
    import_measures(store, table)
    book = openpyxl.load_workbook(out())
    assert book[BASE_SHEET].sheet_state == "hidden"
    assert book[SHEET].protection.sheet
    assert [book[LISTS_SHEET].cell(r, 3).value for r in (2, 3)] == ["M1", "M2"]
    rules = book[SHEET].data_validations.dataValidation
    assert [rule.type for rule in rules].count("list") == 5
    file = Sheet(out())
    file.put(MARRIAGE_4, "National plan measure", "M2")
    file.put(PRISONS[1], "National plan measure", "M7")
    report = import_plan(store, file.save(), "CSO")
    assert [(c.record_id, c.value) for c in report.written] == [(MARRIAGE_4.id, "M2")]
    assert "'M7' is not in the list" in str(report)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title\nA\n", "no column 'id'"),
        ("id,title\nM1,A\nM1,B\n", "row 3: id 'M1'"),
        ("id,title\n,A\n", "Every measure needs a title"),
    ],
)
def test_a_wrong_list_of_measures_is_refused(store, tmp_path, content, said):
    save = [Measure("M1", "Old")]
    path = tmp_path / "list.csv"
    path.write_text(content)
    with pytest.raises(ImportRefused, match=said):
        import_measures(store, path)
    assert measures(store) != save


def test_filling_in_is_checked_before_anything_is_written(store):
    with pytest.raises(UsageError, match="no such record"):
        set_plan(store, [MARRIAGE_4.id, "nobody"], "Ada", {"budget": "B"})
    with pytest.raises(UsageError, match="Deadline"):
        set_plan(store, [MARRIAGE_4.id], "Ada", {"budget": "B", "deadline": "soon"})
    with pytest.raises(UsageError, match="needs a name"):
        set_plan(store, [MARRIAGE_4.id], " ", {"budget": "B"})
    assert plan_changes(store) == []
    set_plan(store, [MARRIAGE_4.id], "Ada", {"budget": "B"})
    assert set_plan(store, [MARRIAGE_4.id], "Ada", {"budget": "B"}) == []
    with pytest.raises(UsageError, match="somebody else changed it to 'B'"):
        set_plan(store, [MARRIAGE_4.id], "Eve", {"budget": "C"}, seen={"budget": ""})
    assert FORMULA  # the records hold one, and no test above tripped over it


def test_a_plan_of_version_0_1_0_comes_back(store, out):
    file = Sheet(out())
    for title in ("Result", "Evidence", "Target value", "Current value", "Means of verification",
                  "Action strategy", "Responsible person"):  # fmt: skip
        file.sheet.cell(file.head, file.columns[title]).value = None
    for old, title in (("Actions", "Expected action"), ("Indicator baseline", "Baseline value")):
        file.sheet.cell(file.head, file.columns[title]).value = old
    base = file.book[BASE_SHEET]
    assert base.cell(1, 1).value == "format"
    base.cell(1, 2).value = "linker-plan-1"
    file.put(MARRIAGE_4, "Expected action", "Draft a bill")
    file.sheet.cell(file.head, file.sheet.max_column + 1).value = "Desk officer"
    report = import_plan(store, file.save(), "Ada")
    assert [(c.field, c.value) for c in report.written] == [("actions", "Draft a bill")]


def test_a_plan_from_before_the_action_strategy_comes_back(store, out):
    file = Sheet(out())
    for title in ("Action strategy", "Responsible person"):
        file.sheet.cell(file.head, file.columns[title]).value = None
    file.book[BASE_SHEET].cell(1, 2).value = "linker-plan-2"
    file.put(MARRIAGE_4, "Result", "The bill was adopted")
    file.sheet.cell(file.head, file.sheet.max_column + 1).value = "Desk officer"
    report = import_plan(store, file.save(), "Ada")
    assert [(c.field, c.value) for c in report.written] == [("result", "The bill was adopted")]
    assert not report.comparison.notes


def test_nothing_planned_is_printed_as_done(tmp_path):
    entry = PlanEntry(actions="Draft a bill", deadline="2027-12-31", status="in progress")
    done = PlanEntry(result="The bill was adopted", evidence="Law No. 9", status="in progress")
    source = made_up(entries={MARRIAGE_4.id: entry, PRISONS[1].id: done})
    document = docx.Document(str(write("midterm", tmp_path / "m.docx", source)[0]))
    cells = {cell.text for row in document.tables[-1].rows for cell in row.cells}
    planned = next(text for text in cells if "Draft a bill" in text)
    assert planned.startswith("Expected, not yet reported as done: Draft a bill")
    assert not any("Draft a bill" in paragraph.text for paragraph in document.paragraphs)
    assert "The bill was adopted\nEvidence: Law No. 9" in cells
    sheet = openpyxl.load_workbook(write("midterm", tmp_path / "m.xlsx", source)[0]).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Result" in row)
    filled = next(row for row in rows if "Draft a bill" in row)
    assert head[filled.index("Draft a bill")] == "Expected action"
    assert "What was done" not in head
