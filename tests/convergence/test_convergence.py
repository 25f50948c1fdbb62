"""Proposed convergences: order, documents, near misses, the waterfall, real gold."""

import json
import math
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linker.convergence import convergence
from linker.convergence.candidates import document
from linker.convergence.convergence import TEXT_ID, ConvergenceLinker
from linker.convergence.evidence import KINDS
from linker.convergence.marks import marks
from linker.convergence.scorer import Calibration
from linker.convergence.scorers import Scorers, scorers
from linker.encoding.default import default_encoder
from linker.errors import LinkerError, UsageError
from linker.reading.occlusion import without_spans
from linker.records.record import Record

ASKS = {
    "tb1": "The State party should ratify the Optional Protocol to the Convention against Torture.",
    "tb2": "The State party should prohibit corporal punishment of children in all settings.",
    "tb3": "The Committee recommends that the State party close the gender pay gap.",
    "tb4": "The State party should reduce overcrowding in prisons.",
    "u1": "Ratify OP-CAT",
    "u2": "Enact a law that bans corporal punishment in the home and at school",
    "u3": "Ensure equal pay for work of equal value for women and men",
    "u4": "Designate the national preventive mechanism under OP-CAT",
    "u5": "Continue to promote human rights",
    "u6": "Improve conditions of detention and tackle prison overcrowding",
}


@pytest.fixture(scope="module")
def linker() -> ConvergenceLinker:
    return ConvergenceLinker(default_encoder())


@pytest.fixture(scope="module")
def records() -> list[Record]:
    made = []
    for key, text in ASKS.items():
        if key.startswith("tb"):
            made.append(Record(id=key, text=text, state="KEN", mechanism="TB", body="CAT",
                               symbol="CAT/C/1"))  # fmt: skip
        else:
            made.append(Record(id=key, text=text, state="KEN", mechanism="UPR", body="UPR",
                               cycle="3"))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def links(linker, records):
    return linker.link(records)


def test_true_pairs_come_first(links):
    best = {}
    for link in links:
        best.setdefault(link.left_id, link.right_id)
    assert best == {"tb1": "u1", "tb2": "u2", "tb3": "u3", "tb4": "u6"}


def test_order_of_records_is_no_matter(linker, records, links):
    shuffled = list(records)
    random.Random(7).shuffle(shuffled)
    assert linker.link(shuffled) == links


def test_never_within_one_document(links):
    assert not [x for x in links if x.left_id[0] == x.right_id[0]]


def test_committee_stands_left(links):
    assert all(link.left_id.startswith("tb") for link in links)


def test_every_candidate_is_there_with_bands(links):
    assert len(links) == 24
    assert {link.band for link in links} <= {"propose", "ask", "hide"}
    assert not any(x.contributions for x in links)
    assert [x.probability for x in links] == sorted((x.probability for x in links), reverse=True)


def test_related_is_never_less_likely_than_the_same_measure(links):
    assert all(x.probability_related >= x.probability for x in links)


def test_near_miss_designate_is_not_ratify(linker, records):
    by_id = {r.id: r for r in records}
    same = linker.score(by_id["tb1"], by_id["u1"])
    near = linker.score(by_id["tb1"], by_id["u4"])
    assert same.probability > 0.5 > near.probability
    assert same.relation == "convergence"
    assert near.probability_related > near.probability


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ratify the Optional Protocol to the Convention against Torture",
         "Designate the national preventive mechanism under OP-CAT"),
        ("Accede to OP-CAT", "Provide the national preventive mechanism with resources"),
        ("Ratify the Optional Protocol to the Convention against Torture",
         "Establish a national preventive mechanism as the Optional Protocol to the Convention "
         "against Torture requires"),
    ],
)  # fmt: skip
def test_ratifying_op_cat_is_never_proposed_for_the_preventive_mechanism(linker, left, right):
    one = Record(id="a", text=left, state="KEN", mechanism="TB", body="CAT", symbol="CAT/C/1")
    other = Record(id="b", text=right, state="KEN", mechanism="UPR", body="UPR", cycle="3")
    assert linker.score(one, other).band != "propose"


def test_a_text_that_speaks_for_several_documents_is_of_its_own_body():
    def symbol(text: str, body: str = "CEDAW") -> tuple[str, ...]:
        return document(Record(id="a", text="Act", mechanism="TB", body=body, symbol=text))

    alone, beside = symbol("CEDAW/C/KEN/CO/8"), symbol("CAT/C/KEN/CO/3; CEDAW/C/KEN/CO/8")
    assert alone == beside
    assert symbol("CAT/C/KEN/CO/3; CEDAW/C/KEN/CO/8", "CAT") == ("TB", "CAT", "CAT/C/KEN/CO/3")
    assert symbol("CEDAW/C/KEN/CO/9") != alone


def test_hidden_links_are_kept_where_a_record_has_a_place_for_them(linker, monkeypatch, records):
    whole = {(x.left_id, x.right_id) for x in linker.link(records)}
    monkeypatch.setattr(convergence, "HIDDEN_KEPT", 1)
    few = linker.link(records)
    assert {(x.left_id, x.right_id) for x in few} < whole
    first = {}
    for link in few:
        first.setdefault(link.left_id, link), first.setdefault(link.right_id, link)
    assert all(x.band != "hide" or x in first.values() for x in few)
    assert set(first) == {record.id for record in records}


def test_many_pairs_at_once_score_as_each_alone(linker, records):
    by_id = {r.id: r for r in records}
    pairs = [(by_id["tb1"], by_id["u1"]), (by_id["u6"], by_id["tb4"])]
    silent = replace(by_id["u2"], text="12.")
    found = linker.probabilities([*pairs, (by_id["tb2"], silent)])
    assert found[:2] == pytest.approx([linker.score(*p).probability for p in pairs], abs=1e-4)
    assert found[2] == 0
    assert len(linker.probabilities([])) == 0


def test_marks_are_in_both_texts_and_carry_the_link(linker, records, links):
    by_id = {r.id: r for r in records}
    link = next(x for x in links if (x.left_id, x.right_id) == ("tb4", "u6"))
    left, right = by_id["tb4"], by_id["u6"]
    spans = marks(linker, link, left, right)
    marked = [
        " ".join(r.text[a:b] for a, b in s) for r, s in zip((left, right), spans, strict=True)
    ]
    assert "overcrowding" in marked[0]
    assert "overcrowding" in marked[1]
    without = without_spans(left, spans[0]), without_spans(right, spans[1])
    assert linker.probabilities([without])[0] < link.probability / 2
    assert without_spans(left, [(0, len(left.text))]).text == "…"


def test_abolish_is_not_retain(linker):
    def record(key: str, text: str, mechanism: str) -> Record:
        return Record(id=key, text=text, state="KEN", mechanism=mechanism, body=mechanism)

    abolish = record("a", "Abolish the death penalty", "SP")
    again = linker.score(abolish, record("b", "Abolish capital punishment", "UPR"))
    retain = linker.score(abolish, record("c", "Retain the death penalty", "UPR"))
    moratorium = linker.score(abolish, record("d", "Establish a moratorium on executions", "UPR"))
    assert retain.probability < 0.5 < again.probability
    assert moratorium.probability > retain.probability


def test_score_is_the_one_of_the_build_either_way_round(linker, records, links):
    by_id = {r.id: r for r in records}
    for link in links:
        one, other = by_id[link.left_id], by_id[link.right_id]
        alone, back = linker.score(one, other), linker.score(other, one)
        assert alone == back
        assert alone.probability == pytest.approx(link.probability, abs=1e-3)
        assert (alone.left_ask, alone.right_ask) == (link.left_ask, link.right_ask)


def test_waterfall_adds_up_to_the_probability(linker, records):
    by_id = {r.id: r for r in records}
    link = linker.score(by_id["tb2"], by_id["u2"])
    total = sum(c.log_odds for c in link.contributions)
    calibration = linker.scorer.of["TB-UPR"].same.calibration
    expected = 1 / (1 + math.exp(-(calibration.slope * total + calibration.offset)))
    assert link.probability == pytest.approx(expected, abs=1e-6)
    assert all(c.finding for c in link.contributions)


def test_reiteration_is_between_cycles_of_one_body(linker):
    text = "Prohibit corporal punishment of children in all settings"
    made = [
        Record(id=f"u{c}", text=text, state="KEN", mechanism="UPR", body="UPR", cycle=c, year=y)
        for c, y in (("2", 2014), ("3", 2019))
    ]
    (link,) = linker.link(made)
    assert link.reiteration
    assert (link.left_id, link.right_id) == ("u2", "u3")
    assert link.band == "propose"


def test_a_free_text_finds_its_record(linker, records):
    found = linker.search_text("ban the beating of children at school", records, k=3)
    assert len(found) == 3
    assert {found[0].left_id, found[0].right_id} & {"tb2", "u2"}
    assert all(TEXT_ID in (x.left_id, x.right_id) for x in found)
    with pytest.raises(UsageError):
        linker.search_text(" 12 ", records)


def test_nothing_to_link(linker, records):
    assert linker.link([]) == []
    assert linker.link(records[:1]) == []
    assert linker.search_text("anything", []) == []
    with pytest.raises(UsageError):
        linker.link([records[0], records[0]])


@pytest.mark.parametrize("pair_kind", ["TB-UPR", "UPR-UPR", "TB-TB"])
def test_weights_have_the_signs_that_sense_demands(pair_kind):
    shipped = scorers().of[pair_kind]
    for kind, weight in zip(shipped.kinds, shipped.same.weights, strict=True):
        sign = KINDS[kind].sign
        assert sign == "either" or (weight >= 0 if sign == "for" else weight <= 0), kind


@pytest.mark.parametrize("pair_kind", ["TB-UPR", "UPR-UPR", "TB-TB"])
def test_more_evidence_never_lowers_the_probability(pair_kind):
    shipped = scorers().of[pair_kind]
    values = np.tile(shipped.centre, (2, 1))
    for row, kind in enumerate(shipped.kinds):
        values[1] = shipped.centre
        values[1, row] += shipped.scale[row] * np.sign(shipped.same.weights[row])
        same, related = shipped.probabilities(values)
        assert same[1] >= same[0], kind
        assert (related >= same).all()


def test_each_kind_of_pair_has_its_scorer_and_others_borrow_one():
    shipped = scorers()
    assert shipped.pair_kind("UPR", "TB") == shipped.pair_kind("TB", "UPR") == "TB-UPR"
    assert shipped.pair_kind("SP", "UPR") == shipped.pair_kind("REG", "UPR") == "TB-UPR"
    assert shipped.pair_kind("SUB", "UPR") == "UPR-UPR"
    assert shipped.borrowed("SP", "UPR")
    assert not shipped.borrowed("TB", "UPR")
    rows = np.array([0, 1, 0])
    kinds = shipped.pair_kinds(["UPR", "TB"], rows, np.array([0, 1, 1]))
    assert kinds.tolist() == ["UPR-UPR", "TB-TB", "TB-UPR"]
    values = np.tile(shipped.of["TB-UPR"].centre, (3, 1))
    together, _ = shipped.probabilities(values, kinds)
    alone = [shipped.of[str(kind)].probabilities(values[:1])[0][0] for kind in kinds]
    assert together.tolist() == alone


def test_scorers_survive_a_round_trip_and_what_is_none_is_refused(tmp_path):
    shipped = scorers()
    again = Scorers.from_dict(json.loads(json.dumps(shipped.to_dict())))
    assert again.to_dict() == shipped.to_dict()
    broken = tmp_path / "scorer.json"
    broken.write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(LinkerError, match=r"scorer\.json: not a scorer"):
        scorers(broken)
    with pytest.raises(LinkerError, match="missing"):
        scorers(tmp_path / "none.json")


def test_calibration_is_a_rising_line():
    found = Calibration(0.8, -1.0).probability(np.linspace(-5, 5, 11))
    assert (np.diff(found) > 0).all()


GOLD = Path(os.environ.get("LINKER_GOLD", Path(__file__).parents[3] / "shared" / "gold"))


@pytest.mark.skipif(not (GOLD / "convergence_dev.csv").is_file(), reason="LINKER_GOLD not there")
def test_average_precision_on_real_gold(linker):
    """A floor, on States the scorer was trained with: the honest numbers are in the model card."""
    from evaluation.convergence.gold import load
    from evaluation.convergence.held_out import predict
    from evaluation.convergence.table import tabulate
    from evaluation.rankings import average_precision

    gold = load()
    real = replace(gold, judged=tuple(p for p in gold.judged if p.state in ("KEN", "NPL", "SVN")))
    table = tabulate(real, linker.encoder)
    same, _, _ = predict(table, linker.scorer)
    ours = average_precision(table.query, table.grade == 2, same)
    assert ours >= 0.85
    assert ours > max(
        average_precision(table.query, table.grade == 2, b) for b in table.baselines.values()
    )
