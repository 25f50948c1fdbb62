"""Each claim of SECURITY.md names the tests that show it, and these are there."""

import re

from tests.conftest import CHECKOUT

HEADER = "| shown by |"


def claims():
    """Return (claim, tests that show it) of each row of the tables of claims."""
    text = (CHECKOUT / "SECURITY.md").read_text(encoding="utf-8")
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        header, _, *rows = table.splitlines()
        for row in rows if header.endswith(HEADER) else ():
            cells = row.strip("| ").split(" | ")
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
