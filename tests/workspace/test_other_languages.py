"""Texts that Linker cannot read are kept, and whoever brings them is told."""

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.workspace.suggesting import suggest
from linker.workspace.workspace import Linker

FRENCH = "Mettre fin aux mariages d'enfants et aux mariages forcés dans tout le pays"
SPANISH = "Poner fin a los matrimonios infantiles y forzados en todas las regiones del país"
ENGLISH = "Put an end to child and forced marriages in all regions of the country"


def test_import_says_how_many_records_are_not_english(tmp_path):
    table = tmp_path / "upr.csv"
    texts = enumerate((FRENCH, SPANISH, ENGLISH))
    rows = "".join(f"VCT,UPR,A/HRC/1/1,1.{n},{text}\n" for n, text in texts)
    table.write_text("state,mechanism,symbol,paragraph,text\n" + rows, encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True) as linker:
        (report,) = linker.add([table])
    assert (report.kept, report.foreign) == (3, 2)
    assert "2 of the records kept do not read as English" in str(report)


def test_import_of_english_says_nothing_of_languages(tmp_path):
    table = tmp_path / "upr.csv"
    table.write_text(f"state,mechanism,text\nVCT,UPR,{ENGLISH}\n", encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True) as linker:
        (report,) = linker.add([table])
    assert report.foreign == 0
    assert "English" not in str(report)


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "French"), (SPANISH, "Spanish")])
def test_suggest_warns_beside_the_results(text, name):
    result = CliRunner().invoke(main, ["suggest", text])
    assert result.exit_code == 0
    assert name in result.stderr
    assert name not in result.stdout
    assert name in repr(suggest(text))
    assert suggest(ENGLISH).caution == ""
