"""What README.md shows is what Linker prints."""

import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def examples():
    sys.path.insert(0, str(CHECKOUT / "docs"))
    try:
        import examples
    finally:
        sys.path.pop(0)
    return examples


def test_the_transcript_is_real(examples):
    shown = examples.README.read_text(encoding="utf-8")
    assert "linker demo" in examples.commands(shown)
    now = examples.comparable(examples.renewed(shown))
    assert examples.comparable(shown) == now, "run `make readme` to renew it"


def test_every_make_target_it_names_is_there(examples):
    import re

    named = set(re.findall(r"^    make (\w+)", examples.README.read_text("utf-8"), re.MULTILINE))
    made = set(re.findall(r"^(\w+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= made


def test_every_file_it_points_to_is_there(examples):
    import re

    for target in re.findall(r"\]\(([^)#]+)\)", examples.README.read_text("utf-8")):
        assert (CHECKOUT / target).exists(), target


def test_it_quotes_the_seconds_that_were_measured_last(examples):
    shown = examples.TIMES.search(examples.README.read_text(encoding="utf-8"))
    assert shown
    assert shown[0] == shown[1] + examples.speed() + shown[2], "run `make readme` to renew it"
    assert shown[0].count("\n| ") > 5
