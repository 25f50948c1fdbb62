"""What somebody gives for a file that says otherwise is told, for it changes nothing."""

import pytest

from linker.records.importers import Options, read_file

TABLE = """state,mechanism,body,text
Kenya,TB,CRC,Adopt a law on births
Nepal,UPR,,Build roads to every village
,UPR,,Train judges on the rights of the child
"""


def told(tmp_path, **given):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    records, notes = read_file(path, options=Options(**given))
    states = [record.state for record in records]
    return states, [note for note in notes if note.kind == "given in vain"]


def test_another_state_than_the_given_one(tmp_path):
    states, notes = told(tmp_path, state="Nepal")
    assert states == ["KEN", "NPL", "NPL"]
    [note] = notes
    assert note.reason.startswith("1 record is of Kenya (1), for the file says so itself")
    assert "--only" in note.remedy


@pytest.mark.parametrize(
    ("given", "said"), [({"mechanism": "UPR"}, "TB (1)"), ({"body": "CEDAW"}, "CRC (1)")]
)
def test_another_mechanism_or_body(tmp_path, given, said):
    _, [note] = told(tmp_path, state="Kenya; Nepal", **given)
    assert said in note.reason


@pytest.mark.parametrize("given", [{}, {"state": "Kenya; Nepal"}, {"state": "nowhere"}])
def test_nothing_where_the_file_says_the_same(tmp_path, given):
    assert told(tmp_path, **given)[1] == []
