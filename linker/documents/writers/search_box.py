"""The search box of a page: shows the themes and records whose words hold what is typed."""

from __future__ import annotations

import json
from html import escape

from linker.i18n.messages import tr

_BOX = """<div class="search no-print" id="search" hidden>
<label for="query">LABEL</label>
<input id="query" type="search" autocomplete="off">
<span id="found" role="status" aria-live="polite"></span>
</div>"""
"""Hidden until its script runs: without one there is nothing to type into."""
STYLE = """
.search { position: sticky; top: 0; background: #fff; padding: .5rem 0; z-index: 1;
  border-bottom: 1px solid #c3ccd5; }
.search label { font-weight: 600; margin-inline-end: .5rem; }
.search input { font: inherit; padding: .25rem .5rem; width: min(24rem, 100%);
  border: 1px solid #56626e; border-radius: 3px; }
"""
_SCRIPT = """
(function () {
  "use strict";
  function fold(text) {
    return text.normalize("NFKD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
  }
  var sections = Array.from(document.querySelectorAll("section.t")).map(function (section) {
    return {
      element: section,
      name: fold(section.querySelector("h3").textContent),
      lines: Array.from(section.querySelectorAll(".records > li")).map(function (line) {
        return { element: line, words: fold(line.textContent) };
      })
    };
  });
  var query = document.getElementById("query"), found = document.getElementById("found");
  function search() {
    var wanted = fold(query.value).split(/\\s+/).filter(Boolean), records = 0, themes = 0;
    function holds(words) { return wanted.every(function (word) { return words.includes(word); }); }
    sections.forEach(function (section) {
      var whole = holds(section.name), shown = 0;
      section.lines.forEach(function (line) {
        var fits = whole || holds(line.words);
        line.element.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      section.element.hidden = wanted.length > 0 && !shown;
      if (!section.element.hidden) { themes += 1; records += shown; }
    });
    found.textContent = wanted.length ? FOUND : "";
  }
  document.getElementById("search").hidden = false;
  query.addEventListener("input", search);
}());
"""
"""Reads nothing but the page and sends nothing anywhere."""


def box() -> str:
    """Return the search box in the language spoken."""
    return _BOX.replace("LABEL", escape(tr("Search in themes and records")))


def script() -> str:
    """Return the script that searches, and says in the language spoken how much it found."""
    said = tr("{records} records in {themes} themes", records="\0records\0", themes="\0themes\0")
    parts = [p if p in ("records", "themes") else json.dumps(p) for p in said.split("\0") if p]
    return _SCRIPT.replace("FOUND", " + ".join(parts))
