"""What reviewers decide on convergences teaches their State, unless it is switched off."""

import csv

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.convergence import recalibration
from linker.workspace.recalibrating import shifts_of
from linker.workspace.workspace import Linker

ASKS = [
    "Open shelters for women who flee violence",
    "Train judges in the rights of the child",
    "Build schools in the valleys of the north",
    "Ratify the Convention against Torture",
]


@pytest.fixture
def linker(tmp_path, monkeypatch):
    monkeypatch.setattr("linker.workspace.recalibrating.LEAST", 3)
    monkeypatch.setattr(recalibration, "LEAST", 3)
    table = tmp_path / "records.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "state", "mechanism", "body", "cycle", "symbol", "text"])
        for state in ("KEN", "NPL"):
            for n, ask in enumerate(ASKS):
                writer.writerow([f"{state}-U{n}", state, "UPR", "", "3", f"A/HRC/1/{state}", ask])
                writer.writerow(
                    [f"{state}-T{n}", state, "TB", "CRC", "", f"CRC/C/{state}/1", f"{ask} soon"]
                )
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        linker.add([table])
        linker.build()
        yield linker


def _links(linker, state):
    return {k.link_id: (k.probability, k.band) for k in linker.store.convergences(state)}


def test_rejections_teach_their_state_and_can_be_switched_off(linker):
    before = {state: _links(linker, state) for state in ("KEN", "NPL")}
    surest = sorted(linker.convergences("KEN"), key=lambda c: -c.link.probability)[:4]
    for item in surest:
        linker.decide(item.link.link_id, "reject", "Amina Otieno")
    assert shifts_of(linker.store, linker.encoder, linker.reader, "NPL") == {}
    shift = shifts_of(linker.store, linker.encoder, linker.reader, "KEN")
    assert shift.keys() == {"TB-UPR"}
    assert shift["TB-UPR"] < 0
    command = ["--workspace", str(linker.folder), "build"]
    said = CliRunner().invoke(main, command).output
    assert f"TB-UPR pairs by {shift['TB-UPR']:+.2f} log-odds" in said
    after = _links(linker, "KEN")
    assert all(after[key][0] <= before["KEN"][key][0] for key in after.keys() & before["KEN"])
    assert any(after[key][0] < before["KEN"][key][0] for key in after.keys() & before["KEN"])
    assert _links(linker, "NPL") == before["NPL"]
    explained = linker.explain(surest[0].link.link_id)
    assert explained.probability == pytest.approx(after[surest[0].link.link_id][0])
    CliRunner().invoke(main, [*command, "--recalibration", "off"])
    assert _links(linker, "KEN") == before["KEN"]
    CliRunner().invoke(main, [*command, "--recalibration", "on"])
    assert _links(linker, "KEN") == after
