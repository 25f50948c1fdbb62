"""Labels in a workspace: made by a build, kept, listed, and used by the plan."""

import csv
import json

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.labels.labeller import Labeller, Labels
from linker.plan.smart import VAGUE, smart_gaps
from linker.store.store import Store
from linker.workspace.workspace import Linker

LABELS = Labels("R1", (("Poverty", 0.9),), ("Human rights & poverty",), (), 4, 0.8)
ROWS = (
    ("R1", "UPR", "Ratify the Optional Protocol to the Convention against Torture"),
    ("R2", "UPR", "Continue efforts to combat trafficking in persons"),
    ("R3", "TB", "The Committee recommends that the State party strengthen its fight on poverty."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("labelled")
    table = folder / "rows.csv"
    with table.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["id", "mechanism", "state", "text"])
        writer.writerows([row[0], row[1], "XVM", row[2]] for row in ROWS)
    with Linker.open(folder / "ws", create=True, encoder=encoder) as linker:
        linker.add([table])
        assert linker.labels() == {}
        linker.build()
    return folder / "ws"


def test_a_store_keeps_labels_and_replaces_them(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    store.save_build("XVM", "one", [], [], [], {}, [LABELS])
    assert store.labels() == store.labels("XVM") == {"R1": LABELS}
    assert store.labels("KEN") == {}
    store.save_build("XVM", "two", [], [], [], {}, [])
    assert store.labels() == {}
    store.save_build("XVM", "three", [], [], [], {}, [LABELS])
    store.drop_builds(but=["KEN"])
    assert store.labels() == {}
    store.close()


def test_a_record_that_moves_to_another_state_is_labelled_there(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    store.save_build("XVM", "one", [], [], [], {}, [LABELS])
    store.save_build("KEN", "one", [], [], [], {}, [LABELS])
    assert store.labels("KEN") == {"R1": LABELS}
    store.close()


def test_a_build_labels_every_record_as_the_labeller_does(folder, encoder):
    with Linker.open(folder, encoder=encoder) as linker:
        found = linker.labels("XVM")
        again = {one.record_id: one for one in Labeller().label(linker.records())}
        assert found == again
        assert len(found) == len(ROWS)
        assert {one.action for one in found.values()} == {5, 2, 4}
        assert linker.build().up_to_date == ("XVM",)
        assert linker.labels() == found


def test_the_listing_adds_columns_only_when_asked(folder):
    plain = CliRunner().invoke(main, ["--workspace", str(folder), "records", "--format", "json"])
    args = ["--workspace", str(folder), "records", "--labels", "--format", "json"]
    labelled = CliRunner().invoke(main, args)
    assert plain.exit_code == labelled.exit_code == 0, labelled.output
    assert "action" not in json.loads(plain.output)[0]
    rows = json.loads(labelled.output)
    assert sorted(row["action"] for row in rows) == [2, 4, 5]
    assert all(0 < row["action_probability"] <= 1 for row in rows)
    assert any("Trafficking (" in issue for row in rows for issue in row["issues"])


def test_the_smart_check_believes_the_label_before_the_verb():
    filled = ("5.3.1", "Ministry", "2027")
    assert smart_gaps("Take measures to ratify it", *filled) == (VAGUE,)
    assert smart_gaps("Take measures to ratify it", *filled, action=5) == ()
    assert smart_gaps("Adopt it", *filled, action=4) == (VAGUE,)
