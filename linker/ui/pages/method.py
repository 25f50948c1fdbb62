"""Method and data quality: where proposals come from, and what to distrust."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import Any

import streamlit as st

from linker.audit.finding import SEVERITIES, Finding
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.i18n.numbers import written
from linker.paths import models_dir
from linker.ui.desk import Desk, desk
from linker.ui.layout import heading, html, plain

METHOD = (
    tr_later(
        "**Each record is cut into what it asks for.** A treaty-body paragraph notes concerns "
        "before it recommends; only the asks are compared, the context is kept for reading."
    ),
    tr_later(
        "**Several kinds of evidence are weighed for each pair**: how near the asks are in "
        "meaning, the words they share, instruments both name, the kind of measure (ratify, "
        "legislate, train …), the groups concerned. The weights were learnt from pairs judged "
        "one by one."
    ),
    tr_later(
        "**The sum becomes a probability**, checked on States the model had not seen: of the "
        "links that say 80 %, about eight in ten should be right. It decides how a link is "
        "shown: *Likely*, *To check*, or *Unlikely* (hidden unless you ask for it)."
    ),
    tr_later(
        "**SDG links go from the recommendation to a target, then to the target's "
        "indicators.** *Measures this directly* and *tells something about it* are told "
        "apart."
    ),
    tr_later(
        "**Themes are clusters of similar records**, named after the official themes where "
        "one fits. The same records give the same themes, in whatever order they come."
    ),
    tr_later(
        "**A person decides.** Decisions are only ever added, never changed; an undo is an "
        "entry of its own. Confirmed and rejected links teach the next build, near texts of "
        "the same State only, and the build says what moved."
    ),
)
"""How it works, step by step (Markdown)."""
LIMITS = (
    tr_later(
        "**English only, unless the encoder of other languages was prepared** (`linker "
        "languages`). With it, records in six more languages are read through English phrases, "
        "whose lists no native expert has read yet. Other records are kept and can be searched, "
        "but get no links."
    ),
    tr_later(
        "**The examples that the weights were learnt from were graded by language models**, "
        "not by a panel of lawyers. Treat percentages as a way to order work, not as a "
        "measurement."
    ),
    tr_later(
        "**Tags of the source are shown as they are.** Official theme and SDG tags are "
        "incomplete and sometimes wrong; Linker uses them as evidence, not as truth."
    ),
    tr_later(
        "**A convergence is about the measure asked for**, not about whether it was carried "
        "out, nor about how binding it is."
    ),
    tr_later(
        "**What was not imported cannot be found.** Absence of a link or a theme proves nothing."
    ),
    tr_later(
        "**Nothing leaves this machine**: the models are part of the program, no account, no "
        "network."
    ),
)
"""What it cannot do (Markdown)."""
CARDS = {
    "convergence": tr_later("Convergences"),
    "sdg": tr_later("SDG targets and indicators"),
    "labels": tr_later("Labels"),
}
"""Folders of models/ whose cards say how good they are."""
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
"""A table of Markdown."""


def page() -> None:
    """Show the method, its limits, and what the imports said."""
    here = desk()
    heading(tr("Method and data quality"), tr("Where proposals come from, and what to distrust."))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(tr("How it works"), anchor=False)
        st.markdown("\n".join(f"{n}. {tr(step)}" for n, step in enumerate(METHOD, 1)))
    with right:
        st.header(tr("What it cannot do"), anchor=False)
        st.markdown("\n".join(f"- {tr(limit)}" for limit in LIMITS))
    _measured()
    _gaps(here)
    _audit(here)
    _imports(here)


def _measured() -> None:
    """Show what the model cards say was measured, in their own words and numbers."""
    st.header(tr("How good it is"), anchor=False)
    st.caption(
        tr(
            "From the cards of the models that are in use here. AP: average precision, 1 is "
            "perfect; ECE: how far probabilities are from what came true, 0 is perfect; MiniLM and "
            "TF-IDF are the simpler ways that Linker is compared with."
        )
    )
    for folder, title in CARDS.items():
        card = models_dir() / folder / "README.md"
        if card.is_file():
            with st.expander(tr(title)):
                said = _section(card.read_text(encoding="utf-8"), "Measured")
                # A wide table scrolls by itself, by keyboard too: it never widens the page.
                st.markdown(
                    _TABLE.sub(r'<div class="scroll" tabindex="0">\n\n\g<0>\n</div>\n\n', said),
                    unsafe_allow_html=True,
                )


def _section(card: str, title: str) -> str:
    """Return a section of a card; all of it where it has none of that title."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", card, re.MULTILINE | re.DOTALL)
    return found[1] if found else re.sub("^#+ ", "### ", card, flags=re.MULTILINE)


def _gaps(here: Desk) -> None:
    records = list(here.snapshot.records.values())
    st.header(tr("What the records do not say"), anchor=False)
    upr = [record for record in records if record.is_cyclic]
    languages = Counter(record.language or tr("not said") for record in records)
    rows = (
        (tr("without a year"), sum(not record.year for record in records), records),
        (tr("without a document symbol"), sum(not record.symbol for record in records), records),
        (tr("without themes from the source"), sum(not r.themes for r in records), records),
        (tr("without SDGs from the source"), sum(not r.sdgs for r in records), records),
        (tr("of the UPR without a position"), sum(not r.position for r in upr), upr),
    )
    said = [
        tr_plural(
            "{missing:,} of {n:,} record {what}",
            "{missing:,} of {n:,} records {what}",
            len(among),
            missing=missing,
            what=what,
        )
        for what, missing, among in rows
        if missing
    ]
    counts = ", ".join(f"{code} {written(n)}" for code, n in languages.most_common())
    said.append(tr("languages: {counts}", counts=counts))
    html("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in said) + "</ul>")


def _audit(here: Desk) -> None:
    st.header(tr("Audit of this workspace's labels"), anchor=False)
    with st.spinner(tr("Reading the records …")):
        found = here.snapshot.audit
    st.caption(
        tr(
            "{records} of this State looked at, {findings}. Nothing was changed: correct the file "
            "and import it again. `linker audit --output audit.csv` lists every record concerned.",
            records=tr_plural("{n:,} record", "{n:,} records", found.records),
            findings=tr_plural("{n:,} finding", "{n:,} findings", len(found)),
        )
    )
    for finding in found:
        severity = tr(SEVERITIES[finding.severity])
        with st.expander(plain(f"{severity} · {tr(finding.title)} · {finding.counted}")):
            html(f"<p>{escape(finding.meaning)} {escape(finding.remedy)}</p>{_examples(finding)}")
    if found.clean:
        clean = tr("Looked for and not found: {named}.", named="; ".join(map(tr, found.clean)))
        html(f"<p class='facts'>{escape(clean)}</p>")


def _examples(finding: Finding) -> str:
    said = (
        f"<li><b>{escape(example.record_id)}</b> {escape(example.why)} “{escape(example.excerpt)}”"
        for example in finding.examples
    )
    return "<ul>" + "</li>".join(said) + "</li></ul>"


def _imports(here: Desk) -> None:
    st.header(tr("What was imported"), anchor=False)
    for entry in reversed(here.bench.linker.store.import_log()):
        summary: dict[str, Any] = entry["summary"]
        kept = tr_plural("{n:,} record", "{n:,} records", summary["kept"])
        said = kept if entry["format"] else tr("not read")
        with st.expander(f"{entry['file']} · {entry['at'][:16].replace('T', ' ')} UTC · {said}"):
            html(
                f"<p>{escape(_counted(entry['format'] or tr('Refused'), summary))}</p>"
                + "".join(f"<p class='facts'>{escape(note)}</p>" for note in summary["notes"][:100])
            )


def _counted(form: str, summary: dict[str, Any]) -> str:
    """Return what an import read, made, mended and refused, in a line."""
    rows, new, repaired = summary["rows"], summary["new"], summary["repaired"]
    return tr(
        "{format}. {rows}, {new}, {changed:,} completed, {repaired}, {refused:,} refused.",
        format=form,
        rows=tr_plural("{n:,} row read", "{n:,} rows read", rows),
        new=tr_plural("{n:,} new record", "{n:,} new records", new),
        changed=summary["changed"],
        repaired=tr_plural("{n:,} row repaired", "{n:,} rows repaired", repaired),
        refused=summary["refused"],
    )


page()
