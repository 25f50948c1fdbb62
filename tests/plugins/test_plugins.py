"""What packages add is found, told and kept in its place; what is broken changes nothing else."""

import json
import logging
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.documents.kinds import added_kinds
from linker.errors import Invalid, LinkerError
from linker.records.importers import importers
from linker.vocabulary.files import reading, vocabulary_file
from linker.workspace.about import plugins
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT

EXAMPLE = Path(__file__).parent / "example_package"
REGISTER = "CaseNo,Finding\n1,The State should ban driftnet fishing\n2,\n"


@pytest.fixture
def example(offered, monkeypatch):
    monkeypatch.syspath_prepend(EXAMPLE)
    points = [
        ("importers", "complaints", "linker_example:COMPLAINTS"),
        ("exports", "tally", "linker_example:TALLY"),
        ("vocabularies", "fisheries", "linker_example:WORDS"),
    ]
    offered("linker-example", "1.2", points)


def facts(*options):
    result = CliRunner().invoke(main, [*options, "info", "--format", "json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    return {(row["about"], row["name"]): row["value"] for row in rows}


def told_of(name):
    """What `linker info` says of a plugin, without all else it says."""
    return next(f"{one.origin}, left out: {one.problem}" for one in plugins() if one.name == name)


def test_an_importer_reads_its_files_in_a_process_apart(example, tmp_path):
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")
    with Linker.open(tmp_path / "work", create=True) as linker:
        from linker.records.importers import Options

        report = linker.add([file], Options(state="KEN"))[0]
        assert report.format == "register of complaints (plugin complaints)"
        assert (report.kept, report.refused) == (1, 1)
        assert report.notes[0].remedy.startswith("Write what was found")
        assert [r.id for r in linker.records()] == ["COMPLAINT-1"]


def test_a_document_is_written_in_every_way(example, demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        path = linker.export("tally", tmp_path / "t.txt")[0]
        assert "UPR: " in path.read_text("utf-8")
        with pytest.raises(Invalid, match="Formats of tally: txt"):
            linker.export("tally", tmp_path / "t.docx")
        with pytest.raises(Invalid, match="tally"):
            linker.export("sonnet", tmp_path / "s.txt")
    out = tmp_path / "cli.txt"
    result = CliRunner().invoke(main, ["-w", str(demo[0]), "export", "tally", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == path.read_bytes()


def test_words_are_known_and_count_for_builds(example):
    from linker.vocabulary.headings import fields_of_heading
    from linker.vocabulary.phrases import names_in

    assert "driftnet fishing" in names_in("concepts", "Ban driftnets in the bay")
    assert fields_of_heading("Finding of the ombuds office") == ("text",)
    assert reading().left_out == {}


def test_without_them_everything_is_as_before(example, monkeypatch):
    from linker.vocabulary.phrases import names_in
    from tests.plugins.conftest import forget

    with_words = reading().digest
    monkeypatch.setenv("LINKER_PLUGINS", "off")
    forget()
    assert "driftnet fishing" not in names_in("concepts", "Ban driftnets in the bay")
    assert reading().digest != with_words
    assert not added_kinds()
    assert not any("plugin" in one.label for one in importers())
    assert facts()["plugins", "all"].startswith("off")
    path = vocabulary_file("concepts.yaml")
    assert reading().content[path] == path.read_bytes()


def test_they_are_listed_with_their_versions(example):
    told = facts()
    assert told["plugins", "complaints"] == "linker-example 1.2, importers"
    assert told["plugins", "tally"] == "linker-example 1.2, exports"
    assert told["plugins", "fisheries"] == "linker-example 1.2, vocabularies"


BROKEN = {
    "raises when loaded": ("exports", "one", "raise RuntimeError('no')", "RuntimeError: no"),
    "ends the program": ("exports", "one", "import sys\nsys.exit('bye')", "SystemExit: bye"),
    "is not there": ("exports", "one", "", "cannot be loaded"),
    "is no export": ("exports", "one", "thing = 7", "formats"),
    "is no importer": ("importers", "one", "thing = 7", "label"),
    "is a class": ("importers", "one", "class thing:\n  label = 'x'", "no object"),
    "takes the name of a kind": (
        "exports", "matrix", "class thing:\n  formats=('a',)\n  what=''\n  write=print",
        "Linker itself has a kind 'matrix'",
    ),
    "takes the name of an importer": (
        "importers", "table", "thing = type('T', (), {'label': ''})()",
        "Linker itself has an importer 'table'",
    ),
    "is no folder": ("vocabularies", "one", "thing = '/no/such/folder'", "no folder"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told_and_left_out(offered, case, caplog):
    kind, name, code, why = BROKEN[case]
    with caplog.at_level(logging.WARNING):
        offered("broken-thing", "0.1", [(kind, name, "broken_thing:thing")], code)
        told = told_of(name)
    assert told.startswith("broken-thing 0.1, left out:")
    assert why in told
    if kind != "vocabularies":
        assert f"plugin {name} of broken-thing 0.1 is left out" in caplog.text
    assert [one.name for one in importers()].count("table") == 1
    assert not added_kinds()


def test_what_it_prints_while_it_is_loaded_is_not_read_as_linkers_answer(offered, capsys):
    code = (
        "print('hello')\nclass T:\n  formats = ('txt',)\n  what = 'x'\n  write = print\nthing = T()"
    )
    offered("loud-thing", "0.1", [("exports", "loud", "loud_thing:thing")], code)
    assert "loud" in added_kinds()
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "hello\n")


def test_of_one_name_both_are_refused_and_named(offered):
    code = "class T:\n  formats = ('txt',)\n  what = 'x'\n  write = print\nthing = T()"
    offered("one-package", "1.0", [("exports", "tally", "one_package:thing")], code)
    offered("other-package", "2.0", [("exports", "tally", "other_package:thing")], code)
    assert not added_kinds()
    said = told_of("tally")
    assert "one-package 1.0" in said
    assert "other-package 2.0" in said


WRONG_WORDS = {
    "a concept that ships": ("concepts.yaml", "x:\n  reservations: [a]\n", "Linker itself"),
    "a concept without terms": ("concepts.yaml", "x:\n  y: []\n", "list of terms"),
    "a term that begins no word": ("measures.yaml", "y: ['*ing']\n", "begin a word"),
    "no YAML": ("concepts.yaml", "x: [", "YAML"),
    "another heading": ("groups.csv", "group,colour\nx,red\n", "columns are"),
    "a group that ships": ("groups.csv", "group,terms\nGirls,girl\n", "'girls' is there already"),
    "a group within none": ("groups.csv", "group,within,terms\nX,Nobody,x\n", "no group 'Nobody'"),
    "an unknown field": ("headings.csv", "field,language,headings\ncolour,en,hue\n", "no field"),
    "no pattern": ("instruments.csv", "id,name,kind,patterns\nX,X,treaty,(\n", "no pattern"),
    "a cell too many": ("groups.csv", "group,terms\nX,x,y\n", "one too many"),
    "not UTF-8": ("groups.csv", b"group,terms\n\xff,x\n", "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_WORDS)
def test_words_that_cannot_be_added_leave_all_others_as_they_are(offered, tmp_path, case):
    name, text, why = WRONG_WORDS[case]
    place = tmp_path / "words"
    place.mkdir()
    (place / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    code = f"thing = {str(place)!r}"
    offered("more-words", "1", [("vocabularies", "words", "more_words:thing")], code)
    path = vocabulary_file(name)
    assert reading().content[path] == path.read_bytes()
    assert why in reading().left_out["words"]
    assert why in told_of("words")


def test_two_plugins_with_one_word_are_told_with_both_names(offered, tmp_path):
    for package in ("aaa", "bbb"):
        place = tmp_path / f"words of {package}"
        place.mkdir()
        (place / "groups.csv").write_text("group,terms\nFishers,fisher\n", "utf-8")
        point = [("vocabularies", f"{package}-words", f"{package}:thing")]
        offered(package, "1", point, f"thing = {str(place)!r}")
    assert set(reading().left_out) == {"bbb-words"}
    assert "of plugin aaa-words" in reading().left_out["bbb-words"]


def test_an_importer_that_breaks_off_stops_nobody(offered, tmp_path):
    code = (
        "class T:\n  label = 'x'\n"
        "  def recognises(self, head):\n    raise RuntimeError('at first sight')\n"
        "  def read(self, path, notes, options):\n    raise RuntimeError('while reading')\n"
        "class U(T):\n  def recognises(self, head):\n    return 'fish' in head.names\n"
        "one, two = T(), U()"
    )
    points = [("importers", "one", "breaking:one"), ("importers", "two", "breaking:two")]
    offered("breaking", "1", points, code)
    plain, fishy = tmp_path / "plain.csv", tmp_path / "fishy.csv"
    plain.write_text("state,text\nKEN,Ban torture\n", "utf-8")
    fishy.write_text("state,text,fish\nKEN,Ban torture,cod\n", "utf-8")
    with Linker.open(tmp_path / "work", create=True) as linker:
        reports = linker.add([plain, fishy])
    assert (reports[0].kept, reports[0].refused) == (1, 0)
    assert (reports[1].kept, reports[1].refused) == (0, 1)
    assert "while reading" in str(reports[1])


def test_an_export_that_breaks_off_is_an_error_in_words(offered, demo, tmp_path):
    code = (
        "class T:\n  formats = ('txt',)\n  what = 'x'\n"
        "  def write(self, source, options, path):\n    raise KeyError('fish')\n"
        "thing = T()"
    )
    offered("breaking", "1", [("exports", "fish", "breaking:thing")], code)
    with Linker.open(demo[0]) as linker, pytest.raises(LinkerError, match="'fish' broke off"):
        linker.export("fish", tmp_path / "f.txt")


@pytest.mark.long
def test_the_example_is_installed_and_works_in_a_fresh_environment(tmp_path):
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=False)
    python = fresh / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    place = subprocess.check_output([python, "-c", ask], text=True).strip()
    ours = [str(CHECKOUT), *(one for one in sys.path if one.endswith("site-packages"))]
    (Path(place) / "ours.pth").write_text("\n".join(ours) + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir"]
    subprocess.run([*pip, *offline, str(EXAMPLE)], check=True)
    work, file, out = tmp_path / "work", tmp_path / "register.csv", tmp_path / "tally.txt"
    file.write_text(REGISTER, encoding="utf-8")

    def linker(*words):
        command = [python, "-m", "linker", "-w", work, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    told = json.loads(linker("info", "--format", "json").stdout)
    assert {"about": "plugins", "name": "tally", "value": "linker-example 1.2, exports"} in told
    read = linker("import", file, "--state", "Kenya")
    assert read.returncode == 3, read.stderr
    assert "register of complaints (plugin complaints)" in read.stdout
    assert linker("build").returncode == 0
    written = linker("export", "tally", "-o", out)
    assert written.returncode == 0, written.stderr
    assert out.read_text("utf-8") == "Kenya\nSUB: 1\n"
