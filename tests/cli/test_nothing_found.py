"""A filter that nothing meets says so, with the nearest names, and writes no file."""

import shutil

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.plan.entries import NOBODY
from linker.vocabulary.nearest import nearest, none_such
from linker.workspace.workspace import Linker


@pytest.fixture(scope="module")
def planned(demo, tmp_path_factory):
    """The demonstration with one institution in its plan."""
    folder = shutil.copytree(demo[0], tmp_path_factory.mktemp("nothing") / "valmora")
    with Linker.open(folder) as linker:
        record = next(r for r in linker.records() if r.mechanism == "UPR")
        linker.set_plan(record.id, reviewer="A", responsible="Ministry of Justice")
    return folder


def run(folder, *arguments):
    return CliRunner().invoke(main, ["-w", str(folder), *map(str, arguments)])


@pytest.mark.parametrize(
    ("kind", "option", "value", "said"),
    [
        ("matrix", "--cycle", "9", "There are: "),
        ("matrix", "--theme", "Prisonners", "is no theme of this State"),
        ("plan", "--state", "Chad", "TCD: no records of this State here"),
        ("links", "--cluster", "CL-1", "no such cluster"),
        ("records", "--body", "CED", "body 'CED': nothing here has it"),
        ("matrix", "--mechanism", "SUB", "No record of Valmora has all of this: mechanism SUB"),
        *(
            (kind, "--responsible", "Ministry of Justise", "Nearest: Ministry of Justice")
            for kind in ("matrix", "plan", "midterm", "records", "clusters")
        ),
    ],
)
def test_no_document_is_written_of_nothing(planned, tmp_path, kind, option, value, said):
    path = tmp_path / "it.csv"
    result = run(planned, "export", kind, option, value, "--output", path)
    assert result.exit_code == 2
    assert said in result.output
    assert not path.exists()


def test_what_is_there_is_still_written(planned, tmp_path):
    path = tmp_path / "it.csv"
    named = ("--responsible", "Ministry of Justice", "--responsible", NOBODY)
    assert run(planned, "export", "matrix", *named, "--output", path).exit_code == 0
    assert len(path.read_text().splitlines()) > 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("records", "--theme", "tortrue"), "theme 'tortrue': nothing here has it. Nearest: "),
        (("records", "--responsible", "justise"), "Nearest: Ministry of Justice"),
        (("records", "--state", "Chad"), "state 'TCD'"),
        (("records", "--year", "1907"), "year '1907'"),
        (("records", "--mechanism", "UPR", "--body", "CEDAW"), "No record has all of this: "),
        (("search", "prison", "--group", "womne"), "Nearest: Women"),
        (("convergence", "--state", "Chad"), "TCD: no records"),
        (("convergence", "--min-probability", "1"), "is so probable"),
        (("sdg", "--min-probability", "1"), "is so probable"),
        (("clusters", "--state", "Chad"), "TCD: no records"),
        (("clusters", "--min-probability", "1"), "is so probable"),
        (("clusters", "log", "--state", "Chad"), "TCD: no records"),
        (("themes", "log", "--state", "Chad"), "TCD: no records"),
        (("plan", "show", "--status", "in progress"), "status 'in progress'"),
        (("plan", "show", "--state", "Chad"), "TCD: no records"),
        (("plan", "log", "X-1"), "no such record"),
        (("audit", "--state", "Chad"), "TCD: no records"),
        (("xray", "--state", "Chad"), "TCD: no records"),
        (("dates", "--state", "Chad"), "TCD: no records"),
    ],
)
def test_no_list_is_written_of_nothing(planned, tmp_path, arguments, said):
    path = tmp_path / "it.csv"
    result = run(planned, *arguments, *(() if arguments[0] == "dates" else ("--output", path)))
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert not path.exists()


def test_build_names_the_states_there_are(planned):
    result = run(planned, "build", "--state", "Chad")
    assert result.exit_code == 2
    assert "There are: XVM" in result.output


def test_the_nearest_names_come_first():
    names = ["Prohibition of torture", "Right to education", "Conditions of detention", ""]
    assert nearest("tortrue", names) == ["Prohibition of torture"]
    assert nearest("detention conditions", names)[0] == "Conditions of detention"
    assert nearest("xyzzy", names) == []
    assert none_such("theme", "xyzzy", names).endswith(
        "There are: Conditions of detention, Prohibition of torture, Right to education."
    )
    assert "nor any other" in none_such("theme", "x", [])
    assert "and 12 more" in none_such("theme", "xyzzy", [f"{n}{n}{n}{n}" for n in range(20)])
