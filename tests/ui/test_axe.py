"""Every page by axe-core, the rules that most tools and auditors use: nothing serious, ever.

axe-core is by Deque, under the MPL 2.0; it is used here and ships with nothing.
"""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest

from linker.workspace.workspace import Linker
from tests.ui.browsing import find, needed, press, until

found = find_spec("axe_core_python")
pytestmark = [
    needed,
    pytest.mark.long,
    pytest.mark.skipif(found is None, reason="axe-core-python is not installed"),
]
PAGES = (
    ("start", ""),
    ("xray", ""),
    ("xray", "view=Bodies"),
    ("xray", "view=SDGs"),
    ("clusters", "reviewer=Ada"),
    ("clusters", "reviewer=Ada&sampled=true"),
    ("convergences", "reviewer=Ada"),
    ("convergences", "reviewer=Ada&independent=true"),
    ("sdg", "reviewer=Ada"),
    ("sdg", "for=A+theme"),
    ("plan", "reviewer=Ada"),
    ("dates", "reviewer=Ada"),
    ("agreement", ""),
    ("uptake", ""),
    ("similar", ""),
    ("draft", ""),
    ("search", "q=prison"),
    ("documents", ""),
    ("method", ""),
)
STREAMLITS_OWN = {
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",
}
"""Rules that parts break which Streamlit draws and nobody else can change, and those parts."""
STATE = "return document.querySelector('[data-testid=stApp]').dataset.testScriptState"
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  (one) => [one.id, one.impact, one.nodes.map((node) => [node.target.join(" "), node.html])])));
"""


def violations(page):
    """What axe-core finds on the page: (rule, how bad, where), Streamlit's own left out."""
    folder = Path(found.origin).parent
    page.execute_script((folder / "axe.min.js").read_text("utf-8"))
    # What is folded up is looked at as well; axe-core takes its texts for seen and faint otherwise.
    page.execute_script("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.set_script_timeout(60)
    told = []
    for rule, impact, nodes in page.execute_async_script(RUN):
        for target, html in nodes:
            own = STREAMLITS_OWN.get(rule)
            if not (own and page.execute_script(
                "return Boolean(document.querySelector(arguments[0])?.closest(arguments[1]))",
                target, own,
            )):  # fmt: skip
                told.append((rule, impact, target, html[:120]))
    return told


def bad(page):
    return [one for one in violations(page) if one[1] in ("moderate", "serious", "critical")]


@pytest.mark.parametrize("appearance", ["Light", "Dark"])
def test_no_page_has_anything_moderate_or_serious(browser, server, valmora, appearance):
    with Linker.open(valmora) as linker:
        theme = next(t for t in linker.xray() if len(t.members) > 5)
        of_one = (
            ("xray", f"reviewer=Ada&theme={theme.theme_id}"),
            ("xray", f"reviewer=Ada&record={quote(theme.members[0].record_id)}"),
        )
    browser.get(f"{server}/_stcore/health")
    browser.execute_script("localStorage.setItem('linker.appearance', arguments[0])", appearance)
    wrong = {}
    for name, address in (*PAGES, *of_one):
        browser.get(f"{server}/{'' if name == 'start' else name}?{address}")
        until(browser, lambda: find(browser, ".heading h1"), "no heading")
        until(browser, lambda: browser.execute_script(STATE) == "notRunning", "it runs on")
        if told := bad(browser):
            wrong[f"{name}?{address}"] = told
    assert wrong == {}


WEB_PAGES = [
    ("matrix", {}), ("matrix", {"by": "cluster"}), ("factsheet", {}), ("xray", {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options"), WEB_PAGES)
def test_no_document_as_a_web_page_has_anything_moderate_or_serious(
    browser, demo, tmp_path, kind, options
):
    with Linker.open(demo[0]) as linker:
        path = linker.export(kind, tmp_path / f"{kind}.html", **options)[0]
    browser.get(path.as_uri())
    assert find(browser, "h1")
    assert bad(browser) == []


def test_the_states_of_the_deck_have_nothing_serious(browser, server):
    browser.get(f"{server}/clusters?reviewer=Ada")
    until(browser, lambda: find(browser, ".deck-title"), "no card")
    press(browser, "c")
    until(browser, lambda: find(browser, ".deck-side li button"), "not written")
    assert bad(browser) == []
    press(browser, "?")
    until(browser, lambda: find(browser, "dialog[open]"), "no help")
    assert bad(browser) == []
