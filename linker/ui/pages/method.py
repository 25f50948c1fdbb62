"""Method and data quality: where proposals come from, and what to distrust."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import Any

import streamlit as st

from linker.audit.finding import SEVERITIES, Finding
from linker.paths import models_dir
from linker.ui.frame import Desk, desk, heading, html
from linker.ui.wording import counted

METHOD = """
1. **Each record is cut into what it asks for.** A treaty-body paragraph notes concerns before it
   recommends; only the asks are compared, the context is kept for reading.
2. **Several kinds of evidence are weighed for each pair**: how near the asks are in meaning, the
   words they share, instruments both name, the kind of measure (ratify, legislate, train …), the
   groups concerned. The weights were learnt from pairs judged one by one.
3. **The sum becomes a probability**, checked on States the model had not seen: of the links that
   say 80 %, about eight in ten should be right. It decides how a link is shown: *Likely*,
   *To check*, or *Unlikely* (hidden unless you ask for it).
4. **SDG links go from the recommendation to a target, then to the target's indicators.**
   *Measures this directly* and *tells something about it* are told apart.
5. **Themes are clusters of similar records**, named after the official themes where one fits. The
   same records give the same themes, in whatever order they come.
6. **A person decides.** Decisions are only ever added, never changed; an undo is an entry of its
   own. Confirmed and rejected links teach the next build, near texts of the same State only, and
   the build says what moved.
"""

LIMITS = """
- **English only.** Records in other languages are kept and can be searched, but their links are
  not to be relied on.
- **The examples that the weights were learnt from were graded by language models**, not by a panel
  of lawyers. Treat percentages as a way to order work, not as a measurement.
- **Tags of the source are shown as they are.** Official theme and SDG tags are incomplete and
  sometimes wrong; Linker uses them as evidence, not as truth.
- **A convergence is about the measure asked for**, not about whether it was carried out, nor about
  how binding it is.
- **What was not imported cannot be found.** Absence of a link or a theme proves nothing.
- **Nothing leaves this machine**: the models are part of the program, no account, no network.
"""


CARDS = {"convergence": "Convergences", "sdg": "SDG targets and indicators", "labels": "Labels"}
"""Folders of models/ whose cards say how good they are."""


def page() -> None:
    """Show the method, its limits, and what the imports said."""
    here = desk()
    heading("Method and data quality", "Where proposals come from, and what to distrust.")
    left, right = st.columns(2, gap="large")
    with left:
        st.header("How it works", anchor=False)
        st.markdown(METHOD)
    with right:
        st.header("What it cannot do", anchor=False)
        st.markdown(LIMITS)
    _measured()
    _gaps(here)
    _audit(here)
    _imports(here)


def _measured() -> None:
    """Show what the model cards say was measured, in their own words and numbers."""
    st.header("How good it is", anchor=False)
    st.caption(
        "From the cards of the models that are in use here. AP: average precision, 1 is perfect; "
        "ECE: how far probabilities are from what came true, 0 is perfect; MiniLM and TF-IDF are "
        "the simpler ways that Linker is compared with."
    )
    for folder, title in CARDS.items():
        card = models_dir() / folder / "README.md"
        if card.is_file():
            with st.expander(title):
                st.markdown(_section(card.read_text(encoding="utf-8"), "Measured"))


def _section(card: str, title: str) -> str:
    """Return a section of a card; all of it where it has none of that title."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", card, re.MULTILINE | re.DOTALL)
    return found[1] if found else re.sub("^#+ ", "### ", card, flags=re.MULTILINE)


def _gaps(here: Desk) -> None:
    records = list(here.snapshot.records.values())
    st.header("What the records do not say", anchor=False)
    upr = [record for record in records if record.is_cyclic]
    languages = Counter(record.language or "not said" for record in records)
    rows = (
        ("without a year", sum(not record.year for record in records), len(records)),
        ("without a document symbol", sum(not record.symbol for record in records), len(records)),
        ("without themes from the source", sum(not r.themes for r in records), len(records)),
        ("without SDGs from the source", sum(not r.sdgs for r in records), len(records)),
        ("of the UPR without a position", sum(not r.position for r in upr), len(upr)),
    )
    said = [
        f"{missing:,} of {counted(total, 'record')} {what}"
        for what, missing, total in rows
        if missing
    ]
    said.append("languages: " + ", ".join(f"{k} {n:,}" for k, n in languages.most_common()))
    html("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in said) + "</ul>")


def _audit(here: Desk) -> None:
    st.header("Audit of this workspace's labels", anchor=False)
    with st.spinner("Reading the records …"):
        found = here.snapshot.audit
    st.caption(
        f"{counted(found.records, 'record')} of this State looked at, "
        f"{counted(len(found), 'finding')}. Nothing was changed: correct the file and import it "
        "again. `linker audit --output audit.csv` lists every record concerned."
    )
    for finding in found:
        severity = SEVERITIES[finding.severity]
        with st.expander(_plain(f"{severity} · {finding.title} · {finding.counted}")):
            html(f"<p>{escape(finding.meaning)} {escape(finding.remedy)}</p>{_examples(finding)}")
    if found.clean:
        html(f"<p class='facts'>Looked for and not found: {escape('; '.join(found.clean))}.</p>")


def _examples(finding: Finding) -> str:
    said = (
        f"<li><b>{escape(example.record_id)}</b> {escape(example.why)} “{escape(example.excerpt)}”"
        for example in finding.examples
    )
    return "<ul>" + "</li>".join(said) + "</li></ul>"


def _plain(title: str) -> str:
    """Return a title in which Streamlit finds no markdown; a tag is whatever a file says."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>$:~])", r"\\\1", title)


def _imports(here: Desk) -> None:
    st.header("What was imported", anchor=False)
    for entry in reversed(here.bench.linker.store.import_log()):
        summary: dict[str, Any] = entry["summary"]
        title = f"{entry['file']} · {entry['at'][:16].replace('T', ' ')} UTC · "
        title += f"{summary['kept']:,} records" if entry["format"] else "not read"
        with st.expander(title):
            html(
                f"<p>{escape(entry['format'] or 'Refused')}. {summary['rows']:,} rows read, "
                f"{summary['new']:,} new records, {summary['changed']:,} completed, "
                f"{summary['repaired']:,} rows repaired, {summary['refused']:,} refused.</p>"
                + "".join(f"<p class='facts'>{escape(note)}</p>" for note in summary["notes"][:100])
            )


page()
