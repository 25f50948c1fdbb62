"""What the report of the x-ray shows, as HTML and as a Word document."""

import base64
import hashlib
import re
import zipfile

import pytest

from linker.workspace.workspace import Linker


@pytest.fixture(scope="module")
def reports(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    with Linker.open(demo[0]) as linker:
        for name in ("x.html", "x.docx"):
            linker.export("xray", folder / name)
        xray = linker.xray()
    xml = zipfile.ZipFile(folder / "x.docx").read("word/document.xml").decode()
    text = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))
    return (folder / "x.html").read_text(encoding="utf-8"), text, xray


HEADINGS = ("Who raised what", "Over the years", "What keeps coming back")


def test_both_documents_hold_the_same_sections(reports):
    page, text, _ = reports
    for heading in (*HEADINGS, "Sustainable Development Goals"):
        assert heading in page, heading
        assert heading in text, heading


def test_every_theme_says_who_raised_it_and_what_is_asked(reports):
    page, text, xray = reports
    assert page.count("<dt>Raised by</dt>") == text.count("Raised by: ") == len(xray)
    for name in ("Keeps coming back", "Groups concerned", "Specific actions", "Reiterated since"):
        assert f"<dt>{name}</dt>" in page, name
        assert f"{name}: " in text, name


def test_the_map_holds_every_record_and_says_what_it_is_for(reports):
    page, _, xray = reports
    drawn = page[page.index('<svg class="map"') :]
    drawn = drawn[: drawn.index("</svg>")]
    assert drawn.count("<circle") == 451 + len(xray)
    assert 'role="group" aria-label="Map of 451 records' in drawn
    assert "For looking only" in page


def test_the_page_is_small_and_fetches_nothing(reports):
    page, _, _ = reports
    assert len(page) < 4_000_000
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)  # the search box
    assert page.count("<script") == 1
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    only = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{checksum}'"
    assert policy == only
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
