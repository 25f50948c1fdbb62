"""Each claim of SECURITY.md names the tests that show it, and these are there."""

import re

from tests.conftest import CHECKOUT

ROW = re.compile(r"^\| (?!what \||---)(.+) \|$", re.MULTILINE)


def claims():
    """Return (claim, tests that show it) of each row of the tables."""
    text = (CHECKOUT / "SECURITY.md").read_text(encoding="utf-8")
    for row in ROW.findall(text):
        cells = row.split(" | ")
        if not set(row) <= set("-|"):
            yield " | ".join(cells[:-1]), re.findall(r"`(tests/[\w/]+\.py)`", cells[-1])


def test_each_claim_names_tests_that_are_there():
    found = list(claims())
    assert len(found) >= 15
    for claim, tests in found:
        assert tests, f"no test is named for: {claim}"
        for test in tests:
            source = CHECKOUT / test
            assert source.is_file(), f"{test} is not there, for: {claim}"
            assert "\ndef test_" in source.read_text(encoding="utf-8"), test
