import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.metrics import cohen_kappa_score

from linker.review.agreement import agreements, disagreements, judged
from linker.review.decisions import Decision, standing


def log(*entries):
    """Decisions from (link, verdict, reviewer) or (link, verdict, reviewer, kind)."""
    return [
        Decision(
            seq, link, verdict, reviewer, "", "2026-01-01T00:00:00+00:00",
            (("indicator", "5.3.1"),) if link.startswith("S-i") else (), (*rest, "word")[0],
        )
        for seq, (link, verdict, reviewer, *rest) in enumerate(entries, start=1)
    ]  # fmt: skip


def test_agreement_counts_what_both_judged_kind_by_kind():
    found = agreements(
        log(
            ("C-1", "confirm", "Grace"), ("C-1", "confirm", "Ada"),
            ("C-2", "confirm", "Ada"), ("C-2", "reject", "Grace"),
            ("C-3", "reject", "Ada"), ("C-3", "reject", "Grace"),
            ("C-4", "reject", "Ada"),
            ("S-1", "confirm", "Ada"), ("S-1", "confirm", "Grace"),
            ("S-i1", "unsure", "Ada"), ("S-i1", "confirm", "Grace"),
        )
    )  # fmt: skip
    convergence, target, indicator = found
    assert (convergence.kind, convergence.first, convergence.second) == (
        "convergence", "Ada", "Grace"
    )  # fmt: skip
    assert (convergence.both, convergence.agreed) == (3, 2)
    # Observed 2/3; by chance 2/3 · 1/3 + 1/3 · 2/3 = 4/9; so (2/3 − 4/9) / (1 − 4/9) = 0.4.
    assert convergence.kappa == pytest.approx(0.4)
    assert convergence.degree == "fair"
    row = convergence.to_row()
    assert (row["confirm_confirm"], row["confirm_reject"], row["reject_confirm"]) == (1, 1, 0)
    # Both said one and the same: agreement beyond chance cannot be told.
    assert (target.kind, target.both, target.agreed, target.kappa) == ("SDG target", 1, 1, None)
    assert (indicator.kind, indicator.kappa) == ("SDG indicator", 0.0)


def test_what_was_taken_back_or_settled_is_no_word_of_a_reviewer():
    entries = (
        ("C-1", "confirm", "Ada"), ("C-1", "reject", "Ada"), ("C-1", "undo", "Ada"),
        ("C-1", "reject", "Grace"), ("C-1", "reject", "Ada", "settlement"),
        ("T-1", "undo", "Ada", "edit"),
    )  # fmt: skip
    words = judged(log(*entries))
    assert {name: d.verdict for name, d in words["C-1"].items()} == {
        "Ada": "confirm", "Grace": "reject"
    }  # fmt: skip
    (one,) = disagreements(log(*entries))
    assert [d.reviewer for d in one.words] == ["Ada", "Grace"]
    assert one.settled.verdict == "reject"
    assert one.to_row()["said"] == "Ada: confirm; Grace: reject"


def test_a_settlement_counts_whatever_is_said_later_until_it_is_taken_back():
    entries = [
        ("C-1", "confirm", "Ada"), ("C-1", "reject", "Grace"),
        ("C-1", "confirm", "Lead", "settlement"), ("C-1", "reject", "Ada"),
    ]  # fmt: skip
    assert standing(log(*entries))["C-1"].reviewer == "Lead"
    assert disagreements(log(*entries)) == ()  # they now agree, yet what was settled stands
    entries.append(("C-1", "undo", "Lead"))
    assert standing(log(*entries))["C-1"].verdict == "reject"


def test_settled_disagreements_stay_in_the_list():
    found = disagreements(
        log(
            ("C-2", "confirm", "Ada"), ("C-2", "unsure", "Grace"),
            ("C-1", "confirm", "Ada"), ("C-1", "reject", "Grace"),
            ("C-1", "confirm", "Lead", "settlement"),
        )
    )  # fmt: skip
    assert [(d.link_id, bool(d.settled)) for d in found] == [("C-1", True), ("C-2", False)]


verdict = some.sampled_from(["confirm", "reject", "unsure"])


@settings(deadline=None)  # the first example pays for the import of scikit-learn
@given(some.lists(some.tuples(verdict, verdict), min_size=1, max_size=30))
def test_kappa_is_that_of_the_textbook_and_the_same_whoever_comes_first(pairs):
    entries, turned = [], []
    for number, (one, other) in enumerate(pairs):
        entries += [(f"C-{number}", one, "Ada"), (f"C-{number}", other, "Grace")]
        turned += [(f"C-{number}", other, "Ada"), (f"C-{number}", one, "Grace")]
    (found,), (again,) = agreements(log(*entries)), agreements(log(*turned))
    assert found.agreed == again.agreed == sum(a == b for a, b in pairs)
    if len({v for pair in pairs for v in pair}) < 2:
        assert found.kappa is None
        return
    observed = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(
        (sum(a == v for a, _ in pairs) / len(pairs)) * (sum(b == v for _, b in pairs) / len(pairs))
        for v in ("confirm", "reject", "unsure")
    )
    assert found.kappa == pytest.approx((observed - chance) / (1 - chance))
    assert again.kappa == pytest.approx(found.kappa)
    assert cohen_kappa_score(*zip(*pairs, strict=True)) == pytest.approx(found.kappa)


def test_kappa_is_told_from_twenty_common_links_on_with_where_it_lies():
    def found(number, differing):
        log = []
        for n in range(number):
            for reviewer in ("Ada", "Grace"):
                no = n % 2 == 0 if reviewer == "Ada" or n >= differing else n % 2 == 1
                log.append(
                    Decision(
                        len(log) + 1, f"C-{n}", "reject" if no else "confirm", reviewer, "", ""
                    )
                )
        return agreements(log)[0]

    few, many, full = found(19, 4), found(50, 10), found(50, 0)
    assert (few.tells, many.tells) == (False, True)
    low, high = many.interval
    # Half are confirmed, so chance gives 0.5: 1.96 * sqrt(0.8 * 0.2 / 50) / 0.5 on either side.
    assert many.kappa == pytest.approx(0.6)
    assert (low, high) == pytest.approx((0.6 - 0.2217, 0.6 + 0.2217), abs=1e-3)
    assert full.interval == (1.0, 1.0)
