"""A real State: every document counted anew, after people decided on some tens of its clusters."""

import pytest
from held_against import wrong_in
from recounted import (
    STATUSES,
    Known,
    wrong_in_annex,
    wrong_in_factsheet,
    wrong_in_followup,
    wrong_in_midterm,
)
from recounted_matrix import wrong_in_measures
from recounted_notes import wrong_in_notes
from recounted_rows import (
    wrong_in_clusters,
    wrong_in_followup_rows,
    wrong_in_matrix_rows,
    wrong_in_measure_rows,
    wrong_in_midterm_rows,
    wrong_in_packs,
    wrong_in_plan,
)
from recounted_xray import KnownOfThemes, wrong_in_xray

from linker.i18n.language import speaking
from linker.workspace.workspace import Linker

pytestmark = pytest.mark.long
STATE = "SVN"
BY_RECORDS = {
    "annex.docx": wrong_in_annex, "midterm.docx": wrong_in_midterm,
    "followup.docx": wrong_in_followup,
}  # fmt: skip
BY_THEMES = {
    "xray.docx": wrong_in_xray, "xray.html": wrong_in_xray, "slides.pptx": wrong_in_xray,
    "matrix.xlsx": wrong_in_matrix_rows, "matrix.html": wrong_in_matrix_rows,
    "plan.xlsx": wrong_in_plan, "midterm.xlsx": wrong_in_midterm_rows,
    "followup.xlsx": wrong_in_followup_rows, "clusters.xlsx": wrong_in_clusters,
}  # fmt: skip


@pytest.fixture(scope="module")
def real(corpora, tmp_path_factory):
    """Slovenia from OHCHR's lists and UN compilations, with decisions and a plan."""
    files = sorted((corpora / "slovenia").glob("*.docx"))
    files += sorted((corpora / "slovenia").glob("*_UN_compilation_*.txt"))
    if len(files) < 6:
        pytest.skip("the files of Slovenia are not among the real files")
    with Linker.open(tmp_path_factory.mktemp("real") / "slovenia", create=True) as linker:
        linker.add(files)
        linker.build(states=[STATE])
        for place, cluster in enumerate(linker.clusters(STATE)[:51]):
            verdict = "reject" if place % 9 == 8 else "confirm"
            linker.decide(cluster.cluster_id, verdict, "Ada")
        latest = [r for r in linker.store.records(STATE) if r.mechanism == "UPR" and r.cycle == "4"]
        for place, record in enumerate(latest[:60]):
            bodies = ("Ministry of Justice", "Parliament; Police", "")
            said = {"status": STATUSES[place % 4], "responsible": bodies[place % 3]}
            due = {"deadline": ("2024-06", "2031-12", "")[place % 3]}
            linker.set_plan(record.id, reviewer="Ada", **said, **due)
        yield linker


@pytest.fixture(scope="module")
def themes(real):
    return KnownOfThemes(Known(real, STATE), real, STATE)


@pytest.mark.parametrize("name", [*BY_RECORDS, *BY_THEMES])
def test_a_document_of_a_real_state(real, themes, tmp_path, name):
    path = real.export(name.split(".")[0], tmp_path / name, STATE)[0]
    check = BY_RECORDS.get(name)
    assert list(check(path, themes.known) if check else BY_THEMES[name](path, themes)) == []
    if name in ("annex.docx", "midterm.docx", "xray.docx"):
        records = real.store.records(STATE)
        assert list(wrong_in(path, records, real.convergences(STATE))) == []


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("name", ["xray.docx", "xray.html", "matrix.xlsx", "annex.docx"])
def test_a_document_of_a_real_state_in_another_language(real, themes, tmp_path, name, language):
    path = real.export(name.split(".")[0], tmp_path / name, STATE, language=language)[0]
    check = BY_RECORDS.get(name)
    with speaking(language):
        assert list(check(path, themes.known) if check else BY_THEMES[name](path, themes)) == []


def test_footnotes_and_matrices_by_cluster_of_a_real_state(real, themes, tmp_path):
    annex = real.export("annex", tmp_path / "annex.docx", STATE)[0]
    assert list(wrong_in_notes(annex, themes.known)) == []
    word, sheet, page = [
        real.export("matrix", tmp_path / f"m.{suffix}", STATE, by="cluster")[0]
        for suffix in ("docx", "xlsx", "html")
    ]
    assert list(wrong_in_measures(word, themes.known)) == []
    assert list(wrong_in_measure_rows(sheet, page, themes)) == []


def test_factsheets_of_a_real_state_and_their_two_pages(real, themes, tmp_path, to_pdf):
    paths = real.export("factsheet", tmp_path / "f.docx", STATE, theme="all")
    for path in paths:
        assert list(wrong_in_factsheet(path, themes.known)) == [], path.name
    largest = sorted(paths, key=lambda path: path.stat().st_size)[-4:]
    assert {path.name: to_pdf(path)[0] for path in largest if to_pdf(path)[0] > 2} == {}


def test_packs_of_a_real_state(real, themes, tmp_path):
    real.export("packs", tmp_path / "packs", STATE)
    assert list(wrong_in_packs(tmp_path / "packs", themes, real.source(STATE).date)) == []
