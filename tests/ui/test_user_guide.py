"""The user guide and its pictures belong together."""

import re

from tests.conftest import CHECKOUT

DOCS = CHECKOUT / "docs"


def test_the_guide_shows_every_picture_there_is_and_none_is_heavy():
    shown = set(
        re.findall(r"\(pictures/([a-z-]+)\.png\)", (DOCS / "user-guide.md").read_text("utf-8"))
    )
    there = {file.stem: file.stat().st_size for file in (DOCS / "pictures").glob("*.png")}
    assert shown == set(there)
    assert max(there.values()) <= 150_000
    taken = re.findall(r'shoot\("([a-z-]+)"', (DOCS / "pictures.py").read_text("utf-8"))
    assert shown == set(taken)


def test_every_picture_says_in_words_what_it_shows():
    guide = (DOCS / "user-guide.md").read_text("utf-8")
    assert all(len(words) > 20 for words in re.findall(r"!\[([^\]]*)\]", guide))
