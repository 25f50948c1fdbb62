"""The pages of links in Spanish and French: what they ask, why, and what they keep in English."""

import csv

import pytest
import yaml

from linker.i18n.language import speaking
from linker.paths import data_dir
from linker.ui.wording import BANDS, QUESTIONS, sure
from linker.vocabulary.files import vocabulary_file
from linker.vocabulary.instruments import instruments
from linker.vocabulary.official import official_concept, official_instrument

WHY = {"en": "speaks for it", "es": "a favor:", "fr": "pour\u00a0:"}


def html(app):
    return " ".join(part.proto.body for part in app.get("html"))


@pytest.mark.parametrize("code", ["es", "fr"])
def test_a_link_is_asked_about_explained_and_judged(show, valmora, log, code):
    app = show("convergences", valmora, language=code, reviewer="Ada")
    with speaking(code):
        assert sure("propose", 0.9).split(",")[0] in html(app)
    assert QUESTIONS["convergence"] not in html(app)
    assert WHY[code] in html(app).casefold()
    confirm = next(one for one in app.button if str(one.key).startswith("confirm-C-"))
    assert confirm.label in ("Confirmar", "Confirmer")
    confirm.click().run()
    assert not app.exception
    assert [d.verdict for d in log(valmora)] == ["confirm"]


def test_a_reason_is_given_in_the_language_of_who_asks(bench):
    snapshot = bench.snapshot("XVM")
    link = snapshot.convergences[0]
    reasons = {}
    for code in WHY:
        with speaking(code):
            reasons[code] = [c.finding for c in bench.explain(snapshot, link).contributions]
    assert "Most pairs of recommendations do not ask for the same thing" in reasons["en"]
    assert not set(reasons["en"]) & set(reasons["es"])
    assert not set(reasons["en"]) & set(reasons["fr"])
    assert bench.explain(snapshot, link).contributions[0].finding in reasons["en"]


def test_every_subject_of_a_reason_has_a_name_in_each_language():
    held = yaml.safe_load(vocabulary_file("concepts.yaml").read_text(encoding="utf-8"))
    with (data_dir() / "locale" / "concept_names.csv").open(encoding="utf-8", newline="") as file:
        named = {row["name"]: row for row in csv.DictReader(file)}
    assert named.keys() == {concept for issue in held.values() for concept in issue}
    assert all(row["es"] and row["fr"] for row in named.values())
    with speaking("fr"):
        assert official_concept("domestic violence") == "violence domestique"


def test_treaties_of_reasons_are_known_ones():
    with (data_dir() / "locale" / "instrument_names.csv").open(encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= instruments().keys()
    with speaking("es"):
        assert official_instrument("ISTANBUL") == "Convenio de Estambul"
    assert official_instrument("ISTANBUL") == ""


def test_values_of_filters_stay_as_they_are_in_every_language(show, valmora):
    app = show("clusters", valmora, language="es")
    band = app.selectbox("cluster-band")
    assert band.options == ["Probable", "Por comprobar"]
    band.select(next(iter(BANDS))).run()
    assert not app.exception
    assert app.session_state["cluster-band"] == "propose"
