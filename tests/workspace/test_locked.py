"""Somebody holds the file: whoever writes says so in a sentence, and nothing is written."""

import shutil
import sqlite3

import pytest

from linker.errors import LinkerError
from linker.store import sqlite
from linker.store.location import DATABASE
from linker.workspace.workspace import Linker


@pytest.fixture
def held(demo, tmp_path, monkeypatch):
    """The demonstration, opened by us and then held by somebody else."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as linker:
        prepared = preparations(linker, tmp_path)
        holder = sqlite3.connect(folder / DATABASE, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        yield prepared
        holder.close()


def preparations(linker, tmp_path):
    """What the verbs are given, made before the file is held."""
    table, measures, taught = (tmp_path / name for name in ("t.csv", "m.csv", "e.csv"))
    table.write_text("state,text\nVTM,Abolish the death penalty\n", encoding="utf-8")
    measures.write_text("id,title\nM1,A register of births\n", encoding="utf-8")
    taught.write_text("text,target,accepted\nEnd child marriage,5.3,yes\n", encoding="utf-8")
    linker.export("plan", tmp_path / "plan.xlsx")
    filled = tmp_path / "plan.xlsx"
    link = linker.convergences()[0].link
    themes = [theme.theme_id for theme in list(linker.xray())[:2]]
    number = linker.imports()[0].source.number
    return {
        "decide": lambda: linker.decide(link.link_id, "confirm", "Eve"),
        "settle": lambda: linker.decide(link.link_id, "confirm", "Eve", settle=True),
        "add_convergence": lambda: linker.add_convergence(link.left_id, link.right_id, "Eve"),
        "add_sdg": lambda: linker.add_sdg(link.left_id, "5.3", "Eve"),
        "rename_theme": lambda: linker.rename_theme(themes[0], "Eve", "Named"),
        "merge_themes": lambda: linker.merge_themes(*themes, "Eve"),
        "set_plan": lambda: linker.set_plan(link.left_id, reviewer="Eve", comment="Half done"),
        "import_plan": lambda: linker.import_plan(filled, reviewer="Eve"),
        "import_measures": lambda: linker.import_measures(measures),
        "merge_exemplars": lambda: linker.merge_exemplars(taught),
        "arrange": lambda: linker.arrange(umbrellas="ohchr"),
        "arrange themes": lambda: linker.store.save_themes("XVM", []),
        "add": lambda: linker.add([table]),
        "build": lambda: linker.build(anew=True),
        "forget": lambda: linker.forget(number),
        "purge": lambda: linker.purge(number),
        "correct": lambda: linker.correct(link.left_id, "heading", "Other", "Eve"),
        "merge_records": lambda: linker.merge_records(link.left_id, link.right_id, "Eve"),
    }


def test_each_verb_that_writes_says_in_one_sentence_that_the_file_is_held(held):
    for verb, act in held.items():
        with pytest.raises(LinkerError, match="could not be written") as told:
            act()
        assert str(told.value).count("\n") == 0, verb
