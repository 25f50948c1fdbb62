"""Nothing that the pages show is left in English: every text passes `tr`, as literals tell."""

import ast
import re
from functools import cache

import pytest

from linker.i18n.scripts import messages_of
from tests.conftest import CHECKOUT

UI = CHECKOUT / "linker" / "ui"
SAID = {"tr", "tr_later", "tr_plural"}
SHOWING = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander",
    "file_uploader", "form_submit_button", "header", "info", "link_button", "markdown", "metric",
    "multiselect", "number_input", "pills", "popover", "progress", "radio", "segmented_control",
    "selectbox", "slider", "spinner", "subheader", "success", "text", "text_area", "text_input",
    "title", "toast", "toggle", "warning", "write",
    "chip", "heading", "pick", "view_of",
}  # fmt: skip
"""Functions of Streamlit, and of the pages, whose first argument people read."""
READ = {"label", "help", "placeholder", "text", "body"}
"""Keywords whose value people read."""
TAG, WORD = re.compile(r"<style>.*</style>|<[^<>]*>"), re.compile(r"[^\W\d_]{2,}")
WORDS = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z].*[^\W\d_] [^\W\d_]{2,}| .*[.…?]$")
HOLE = "\0"
BEFORE = "the door answers programs and browsers before there is a session with a language"
ALLOWED = {
    "CEDAW, CRC, UPR …": "names of bodies, the same in every language",
    "CEDAW/C/KEN/CO/8": "a document symbol",
    "CSV": "the name of a format",
    "SDGs of records": "a key of what is kept in memory",
    "confirmed together with \0 others": "a note that the log of decisions keeps",
    "Linker": "the name of the program",
    "\0 · \0 UTC · \0": "a time, in UTC",
    "<li><b>\0</b>: \0 <span class='facts'>\0, \0 UTC</span></li>": "a time, in UTC",
    "This host is not served here.": BEFORE,
    "Pages of other addresses are not answered.": BEFORE,
    "Log in first.": BEFORE,
    "Log in with a role that may hand files over.": BEFORE,
}
"""Texts that are no words of a language, each with why."""
PYTHON = sorted(path for path in UI.rglob("*.py"))
SCRIPTS = sorted(path for path in UI.glob("*.js"))


def name(path):
    return path.relative_to(UI).as_posix()


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_every_text_of_a_page_is_translated(path):
    assert left_out(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_every_text_of_a_script_is_translated(path):
    script = path.read_text(encoding="utf-8")
    known = {
        said for one in messages_of(path) for said in (one if isinstance(one, tuple) else [one])
    }
    bare = re.sub(r"//.*", "", script)
    texts = {said for said in re.findall(r'"((?:[^"\\]|\\.)*)"', bare) if SENTENCE.search(said)}
    shown = re.findall(r'(?:textContent|ariaLabel) = "([^"]+)"', bare)
    assert sorted((texts | set(shown)) - known - foreign(script)) == []


def foreign(script):
    """Return the words of Streamlit's that a script looks for, in order to replace them."""
    return set(re.findall(r'"([^"]+)": \(\) =>', script))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('st.button("Build")', ["Build"]),
        ('st.button(tr("Build"), key="build it")', []),
        ('st.caption("Open" if new else tr("Old"))', ["Open"]),
        ('st.selectbox(tr("Order"), names, placeholder="Any")', ["Any"]),
        ("html(f\"<p class='last one'>{said}</p>\")", []),
        ('html(f"<p>{number} records</p>")', ["<p>\0 records</p>"]),
        ('SAID = "agreement-said"', []),
        ('LEAD = "Nothing is sent anywhere."', ["Nothing is sent anywhere."]),
        ('st.session_state[SAID] = f"It was {error} at once"', ["It was \0 at once"]),
        ('raise Invalid(f"Nothing of {kind} is known")', []),
        ('def page():\n    """Show what there is."""', []),
    ],
)
def test_what_is_left_out_is_found(code, found):
    assert left_out(code) == found


def left_out(source):
    """Return the texts of a file that people read and no message holds."""
    tree = ast.parse(source)
    quiet, read = _not_read(tree), _read(tree)
    found = []
    for node in ast.walk(tree):
        text = _text(node)
        if text is None or node in quiet or text in ALLOWED:
            continue
        bare = TAG.sub(" ", text)
        words = WORDS.search(bare) if isinstance(node, ast.JoinedStr) else SENTENCE.search(bare)
        if words or (WORD.search(bare) and (node in read or bare != text)):
            found.append(text)
    return found


def _text(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _not_read(tree):
    """Return the strings that are messages, docstrings, refusals or parts of other strings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or _is_message(node):
            found.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.update(part for part in node.values if isinstance(part, ast.Constant))
            specs = (
                part.format_spec for part in node.values if isinstance(part, ast.FormattedValue)
            )
            found.update(one for spec in specs if spec for one in ast.walk(spec))
    return found


def _is_message(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID


def _read(tree):
    """Return the strings that stand where people read them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in SHOWING:
            values = [*node.args[:1], *(one.value for one in node.keywords if one.arg in READ)]
            found.update(one for value in values for one in _branches(value))
    return found


def _called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@cache
def _branches(value):
    """Return what an expression may come to."""
    if isinstance(value, ast.IfExp):
        return (*_branches(value.body), *_branches(value.orelse))
    if isinstance(value, ast.BoolOp):
        return tuple(one for part in value.values for one in _branches(part))
    return (value,)
