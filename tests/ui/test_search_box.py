"""The search box of the x-ray page, in a real browser: what is typed chooses themes and records."""

import sys
from pathlib import Path

import pytest

from linker.documents.writers import write

sys.path.append(str(Path(__file__).parent.parent / "documents"))
from made_up_state import made_up

SHOWN = """
const seen = (e) => e.offsetParent !== null;
return [
  [...document.querySelectorAll("section.t")].filter(seen).length,
  [...document.querySelectorAll("section.t .records > li")].filter(seen).length,
  document.getElementById("found").textContent
];
"""


@pytest.mark.long
def test_what_is_typed_chooses_themes_and_records(browser, tmp_path):
    from selenium.webdriver.common.by import By

    path = write("xray", tmp_path / "x.html", made_up())[0]
    browser.get(path.as_uri())
    everything = browser.execute_script(SHOWN)
    box = browser.find_element(By.ID, "query")
    box.send_keys("Overcrowding")
    assert browser.execute_script(SHOWN) == [1, 2, "2 records in 1 themes"]
    box.clear()
    box.send_keys("conditions of detention")
    assert browser.execute_script(SHOWN)[:2] == [1, 6]
    box.clear()
    box.send_keys("nothing of the kind")
    assert browser.execute_script(SHOWN) == [0, 0, "0 records in 0 themes"]
    box.clear()
    box.send_keys(" ")
    assert browser.execute_script(SHOWN) == everything
    assert not [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
