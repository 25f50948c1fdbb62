"""A corrected file changes texts: told where words changed, for what was decided stands."""

import pytest

from linker.workspace.workspace import Linker

TABLE = """state,mechanism,cycle,paragraph,position,text
Kenya,UPR,4,130.1,noted,{text}
Kenya,UPR,4,130.2,supported,Mend the pier
"""


def lines(linker, folder, name, text):
    path = folder / name
    path.write_text(TABLE.format(text=text), encoding="utf-8")
    [report] = linker.add([path])
    return [line for line in report.sources if "→" in line or "other words" in line]


@pytest.mark.parametrize("text", ["Light the harbour.", "Light  the harbour", "Light the Harbour"])
def test_signs_blanks_and_capitals_are_no_other_words(tmp_path, text):
    with Linker.open(tmp_path / "kenya", create=True) as linker:
        assert lines(linker, tmp_path, "a.csv", "Light the harbour") == []
        assert lines(linker, tmp_path, "b.csv", text) == []


def test_other_words_are_told_with_what_they_were(tmp_path):
    with Linker.open(tmp_path / "kenya", create=True) as linker:
        lines(linker, tmp_path, "a.csv", "Light the harbour of the northern coast by night")
        head, said = lines(
            linker, tmp_path, "b.csv", "Light the harbour of the southern coast by night"
        )
        assert head.startswith("1 texts have other words than before")
        assert "stands: look again" in head
        assert "130.1" in said
        assert "“… harbour of the northern coast" in said
        assert "“… harbour of the southern coast" in said
