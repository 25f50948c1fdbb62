"""Texts in other languages come in and are told; where they are read, they are linked."""

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.paths import data_dir
from linker.plan.smart import action_category
from linker.reading.reader import Reader
from linker.records.filters import Filter
from linker.records.importers import read_file
from linker.workspace.demo import DemoReport
from linker.workspace.suggesting import suggest
from linker.workspace.workspace import Linker

SAMPLE = data_dir() / "sample"
FRENCH = "Mettre fin aux mariages d'enfants et aux mariages forcés dans tout le pays"
SPANISH = "Poner fin a los matrimonios infantiles y forzados en todas las regiones del país"
ENGLISH = "Put an end to child and forced marriages in all regions of the country"
HEADINGS = "state,mechanism,body,symbol,paragraph,text\n"
ROWS = (
    f"VCT,UPR,UPR,A/HRC/1/1,1.1,{ENGLISH}",
    f"VCT,SUB,CSO,A/HRC/WG.6/1/VCT/3,2,{SPANISH}",
    f"VCT,TB,CRC,CRC/C/VCT/CO/1,3,{FRENCH}",
    "VCT,TB,CRC,CRC/C/VCT/CO/1,4,Die Todesstrafe abschaffen und Folter in allen Fällen verbieten",
)


@pytest.fixture
def linker(tmp_path):
    table = tmp_path / "mixed.csv"
    table.write_text(HEADINGS + "\n".join(ROWS) + "\n", encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True) as opened:
        opened.report = opened.add([table])[0]
        yield opened


def converging(linker):
    return {
        frozenset((link.left.text, link.right.text))
        for link in linker.convergences("VCT").shown()
        if link.link.relation == "convergence"
    }


def test_import_says_how_many_records_are_in_which_language(linker):
    assert dict(linker.report.foreign) == {"de": 1, "es": 1, "fr": 1}
    said = str(linker.report)
    assert "1 of the records kept are in Spanish" in said
    assert "linker languages prepare" in said


def test_import_of_english_says_nothing_of_languages(tmp_path):
    table = tmp_path / "upr.csv"
    table.write_text(f"state,mechanism,text\nVCT,UPR,{ENGLISH}\n", encoding="utf-8")
    with Linker.open(tmp_path / "w", create=True) as linker:
        (report,) = linker.add([table])
    assert report.foreign == ()
    assert "English" not in str(report)


def test_what_is_not_read_is_told_and_has_no_links(linker):
    (built,) = linker.build().built
    assert dict(built.unread) == {"de": 1, "es": 1, "fr": 1}
    assert "linker languages prepare" in str(built)
    assert not converging(linker)
    assert {record.text for record in linker.records()} >= {SPANISH, FRENCH}


def test_a_mixed_state_converges_across_languages(linker, languages):
    (built,) = linker.build().built
    assert dict(built.unread) == {"de": 1}
    assert converging(linker) == {
        frozenset((ENGLISH, SPANISH)), frozenset((ENGLISH, FRENCH)), frozenset((SPANISH, FRENCH)),
    }  # fmt: skip
    targets = {link.record.text for link in linker.sdg("VCT").shown() if link.link.target == "5.3"}
    assert targets == {ENGLISH, SPANISH, FRENCH}


def test_an_explanation_points_at_the_original(linker, languages):
    linker.build()
    links = [
        i for i in linker.convergences("VCT").shown() if SPANISH in (i.left.text, i.right.text)
    ]
    explained = linker.explain(links[0].link.link_id)
    (side,) = (side for side in explained.sides if side.text == SPANISH)
    marked = [side.text[start:end] for start, end in side.marks]
    assert any("matrimonios" in phrase for phrase in marked)
    assert ("matrimonios infantiles", "child marriage") in side.read_as
    assert "no translation" in explained.to_text()
    assert not any(ch in explained.to_text() for ch in "\x02\x03\x04")


def test_search_crosses_languages(linker, languages):
    linker.build()
    for query in ("matrimonio forzado", "forced marriage", "mariage forcé"):
        best = [found.record.text for found in linker.search(query, Filter(state="VCT"), 3)]
        assert set(best) == {ENGLISH, SPANISH, FRENCH}


def test_a_correction_is_read_from_the_next_build_on(linker, languages, tmp_path):
    record = next(r for r in linker.records() if r.text == SPANISH)
    linker.lexicon.correct("es", "matrimonios infantiles", "marriage of minors", "A. Reviewer")
    assert "marriage of minors" in linker.lexicon.how_read(record.id).text
    assert linker.lexicon.export(tmp_path / "c.tsv") == 1
    with Linker.open(tmp_path / "other", create=True) as other:
        assert other.lexicon.merge(tmp_path / "c.tsv") == (1, ())
        assert other.lexicon.merge(tmp_path / "c.tsv") == (0, ())
        assert other.lexicon.corrections() == linker.lexicon.corrections()
    linker.lexicon.correct("es", "matrimonios infantiles", "", "A. Reviewer")
    assert not linker.lexicon.corrections()
    assert "child marriage" in linker.lexicon.how_read(record.id).text


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "French"), (SPANISH, "Spanish")])
def test_suggest_says_beside_the_results_what_it_read(text, name):
    result = CliRunner().invoke(main, ["suggest", text])
    assert result.exit_code == 0
    assert name in result.stderr
    assert name not in result.stdout
    assert name in repr(suggest(text))
    assert suggest(ENGLISH).caution == ""


@pytest.mark.parametrize("text", [FRENCH, SPANISH])
def test_suggest_reads_other_languages(text, languages):
    assert suggest(text).links[0].target == "5.3"


def test_readings_are_kept_and_made_again_where_they_are_damaged(tmp_path, languages, monkeypatch):
    made = Reader(folder=tmp_path / "kept").read(SPANISH)
    (file,) = (tmp_path / "kept").iterdir()
    with monkeypatch.context() as patched:
        patched.setattr("linker.reading.reader.phrase_table", None)
        assert Reader(folder=tmp_path / "kept").read(SPANISH) == made
    file.write_text(file.read_text("utf-8").replace("marriage", "carriage"), encoding="utf-8")
    assert Reader(folder=tmp_path / "kept").read(SPANISH) == made


def test_what_is_prepared_later_is_read_by_who_is_open(tmp_path, own_languages, monkeypatch):
    reader = Reader(folder=tmp_path / "kept")
    assert reader.read(SPANISH) is None
    assert reader.digest == ""
    if not (own_languages / "manifest.json").is_file():
        pytest.skip("the encoder of other languages is not prepared")
    monkeypatch.setenv("LINKER_LANGUAGES", str(own_languages))
    assert "child marriage" in reader.read(SPANISH).text
    assert reader.digest


def test_english_stays_as_it_is_and_loads_no_second_model(languages, monkeypatch):
    def refused():
        raise AssertionError("an English text asked for the second encoder")

    monkeypatch.setattr("linker.reading.reader.phrase_table", refused)
    sample = [r for path in sorted(SAMPLE.glob("*.csv")) for r in read_file(path)[0]]
    reader = Reader()
    assert len(sample) > 400
    assert all(reader.english(record) is record for record in sample)
    assert all(reader.english_text(text) is text for text in (ENGLISH, "Ratify OP-CAT", "140.10"))


def test_the_demonstration_reads_its_spanish_and_french_records(tmp_path, languages):
    files = sorted((SAMPLE / "other-languages").glob("*.csv"))
    with Linker.open(tmp_path / "w", create=True) as linker:
        reports = linker.add([*files, SAMPLE / "upr-cycle-4.csv"])
        assert {code for report in reports for code, _ in report.foreign} == {"es", "fr"}
        (built,) = linker.build().built
        assert not built.unread
        crossing = [
            link
            for link in linker.convergences("XVM").shown()
            if {link.left.language, link.right.language} in ({"es", "en"}, {"fr", "en"})
        ]
        assert sum(link.link.band == "propose" for link in crossing) >= 8
        assert not any("\x02" in str(link.to_row()) for link in crossing)
        titles = [cluster.cluster.title for cluster in linker.clusters("XVM")]
        themes = [theme.description for theme in linker.xray("XVM")]
        assert not any(ch in text for text in (*titles, *themes) for ch in "\x02\x03\x04")


@pytest.mark.parametrize(
    ("ask", "category"),
    [
        ("Seguir luchando contra la trata de personas", 2),
        ("Considerar la posibilidad de ratificar la Convención", 3),
        ("Adoptar medidas para mejorar las cárceles", 4),
        ("Adoptar una ley integral contra la discriminación", 5),
        ("que ponga fin a los desalojos forzosos", 5),
        ("Poursuivre les efforts de lutte contre la traite des personnes", 2),
        ("Envisager de ratifier la Convention contre la torture", 3),
        ("Prendre des mesures pour améliorer les prisons", 4),
        ("D'adopter une loi contre la discrimination", 5),
        ("Сократить переполненность тюрем", None),
    ],
)
def test_how_specific_an_ask_is_in_spanish_and_french(ask, category):
    assert action_category(ask) == category


def test_the_demonstration_says_what_its_unread_records_need(tmp_path):
    with Linker.open(tmp_path / "w", create=True) as linker:
        linker.add([*sorted((SAMPLE / "other-languages").glob("*.csv"))])
        built = linker.build()
    report = DemoReport(tmp_path / "w", (), built, (), (), ())
    assert "14 records in Spanish and 10 records in French came in" in str(report)
    assert "linker languages prepare" in str(report)
