"""The same ask in the other States of a workspace."""

import csv
import io

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import UsageError
from linker.records.filters import Filter
from linker.uptake.wording import wording
from linker.workspace.workspace import Linker

HEAD = "id,state,mechanism,body,cycle,year,text,recommending_states,position\n"
ROWS = (
    "K1,Kenya,UPR,UPR,3,2020,Criminalize marital rape,Norway,noted\n"
    "N1,Nepal,UPR,UPR,2,2015,Amend the Penal Code within two years so that marital rape is a crime"
    " against women,Chile;Spain,supported\n"
    "N2,Nepal,UPR,UPR,2,2015,Strengthen efforts against marital rape,Ghana,supported\n"
    "N3,Nepal,UPR,UPR,2,2015,Build a road to every district,Fiji,supported\n"
    "G1,Ghana,TB,CEDAW,,2014,The State party should explicitly criminalize marital rape,,\n"
    "G2,Ghana,UPR,UPR,3,2017,Ratify the Convention against Torture,Togo,supported\n"
)


@pytest.fixture(scope="module")
def linker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    (folder / "rows.csv").write_text(HEAD + ROWS, "utf-8")
    with Linker.open(folder / "work", create=True) as opened:
        opened.add([folder / "rows.csv"])
        opened.set_plan("N1", reviewer="Ada", indicators="5.2.1")
        yield opened


def ids(found):
    return [one.record.id for one in found]


def test_all_other_states_answer_the_surest_and_most_specific_first(linker):
    found = linker.similar("K1")
    assert "K1" not in ids(found)
    assert set(ids(found)[:2]) == {"N1", "G1"}
    assert ids(found.shown())[-1] != "N3"
    assert [one.order for one in found] == sorted(one.order for one in found)
    assert found[0].link.relation == "convergence"


def test_it_says_who_asked_what_the_state_said_and_what_measures_it(linker):
    row = next(row for row in linker.similar("K1").to_rows() if row["record_id"] == "N1")
    assert row["recommended_by"] == ["Chile", "Spain"]
    assert (row["state"], row["position"]) == ("NPL", "supported")
    assert row["plan_indicators"] == ["5.2.1"]
    assert "says how much or by when" in row["wording"]


def test_a_text_is_looked_for_everywhere_and_filters_hold(linker):
    assert {"K1", "N1", "G1"} <= set(ids(linker.similar("Make marital rape a crime")))
    assert ids(linker.similar("K1", Filter(position="supported")))[0] == "N1"
    assert set(ids(linker.similar("K1", Filter(body="CEDAW")))) == {"G1"}
    assert ids(linker.similar("N1", Filter(state="NPL")))[0] == "N2"
    assert len(linker.similar("K1", limit=1)) == 1
    assert ids(linker.similar("K1").above(0.99)) == ids(
        [one for one in linker.similar("K1") if one.link.probability >= 0.99]
    )


def test_an_index_that_is_gone_is_made_again(linker):
    before = ids(linker.similar("K1"))
    linker.indices.drop(but=())
    assert ids(linker.similar("K1")) == before


def test_what_cannot_be_looked_for_is_said(linker):
    for text in ("  ", "?!", "x" * 30_000):
        with pytest.raises(UsageError):
            linker.similar(text)


def test_what_makes_an_ask_specific():
    assert wording("Criminalize marital rape") == ("names a specific action",)
    assert len(wording("Ratify OP-CAT within one year, for the sake of detainees")) == 4
    assert wording("Continue efforts") == ()


def test_the_command(linker):
    words = ["--workspace", str(linker.folder), "similar", "K1", "--format", "csv"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0, said.output
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert {row["state"] for row in rows} <= {"NPL", "GHA"}
    assert rows[0]["probability"] >= rows[-1]["probability"] or rows[0]["relation"] != "related"
