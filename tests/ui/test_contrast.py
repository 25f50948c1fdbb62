"""Light and dark: every ink of ours on every ground that it stands on, WCAG 2.2 AA (4.5 to 1)."""

import re
import tomllib

import pytest

from tests.conftest import CHECKOUT
from tests.contrast import contrast

UI = CHECKOUT / "linker" / "ui"
INKS = ("ink", "soft", "brand", "good", "for", "against")
GROUNDS = ("paper", "wash", "said", "chosen")


def variables(*names):
    """The colours that style sheets of ours declare for all, the later ones before the earlier."""
    found = {}
    for name in names:
        root = (UI / name).read_text("utf-8").split(":root {", 1)[1].split("}", 1)[0]
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root))
    return found


@pytest.mark.parametrize(
    "sheets", [("style.css",), ("style.css", "dark.css")], ids=["light", "dark"]
)
def test_inks_stand_out_from_their_grounds(sheets):
    colours = variables(*sheets)
    theme = tomllib.loads((CHECKOUT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    streamlit = theme["dark" if len(sheets) > 1 else "light"]
    page = streamlit["backgroundColor"]
    pairs = [(ink, colours[ground]) for ink in INKS for ground in GROUNDS]
    pairs += [(ink, page) for ink in INKS]
    pairs += [("ink", colours["mark"]), ("ink", colours["mark-strong"])]
    pairs += [("on-brand", colours["brand"])]
    faint = {(ink, ground): contrast(colours[ink], ground) for ink, ground in pairs}
    assert {pair: said for pair, said in faint.items() if said < 4.5} == {}
    for ground in (page, streamlit["secondaryBackgroundColor"]):
        assert contrast(streamlit["textColor"], ground) >= 4.5
        assert contrast(streamlit["linkColor"], ground) >= 4.5
    assert contrast(streamlit["primaryColor"], "#ffffff") >= 4.5  # what buttons say on it
    assert contrast(streamlit["primaryColor"], page) >= 3  # a part of the interface


def test_dark_names_every_colour_that_light_has():
    only_light = set(variables("style.css")) - set(variables("dark.css"))
    assert only_light == set()
