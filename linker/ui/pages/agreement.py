"""Agreement: how far reviewers say the same, and the links on which they do not."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.links import Convergence, SdgLink
from linker.review.agreement import (
    CONVERGENCE,
    FEWEST,
    INDICATOR,
    MEMBER,
    TARGET,
    Agreement,
    Disagreement,
    agreements,
    disagreements,
)
from linker.review.cluster_words import ask_key
from linker.review.roles import Right
from linker.ui import cards
from linker.ui.frame import (
    Desk,
    desk,
    heading,
    html,
    independent_field,
    reviewer_field,
)
from linker.ui.tables import rows_to_csv
from linker.ui.wording import VERDICTS, counted

KIND_NAMES = {
    CONVERGENCE: "Convergences",
    MEMBER: "Records in clusters",
    TARGET: "SDG targets",
    INDICATOR: "SDG indicators",
}
VERDICT_BUTTONS = (("confirm", "Confirm"), ("reject", "Reject"), ("unsure", "Leave as unsure"))
SAID = "agreement-said"
SETTLE = Right.ADJUDICATE
PAGE = 10


def page() -> None:
    """Show how far reviewers agree, and what is to be settled."""
    here = desk()
    heading(
        "Agreement",
        "Two people who judge the same links without seeing each other's answers: where they "
        "agree, a proposal can be trusted; where they do not, a third decision settles it.",
    )
    found = agreements(here.bench.log)
    if here.independent and not _may_look(here):
        return
    if not found:
        _nobody_yet(here)
        return
    _table(found)
    differing = disagreements(here.bench.log)
    _disagreements(here, differing)


def _may_look(here: Desk) -> bool:
    """Whether an independent reviewer may see the others' answers: not before the own are given."""
    st.info(
        "You judge independently: what others said of links that you have not judged stays hidden. "
        "Switch that off under your name to settle disagreements."
    )
    return bool(here.reviewer and any(here.reviewer in w for w in here.bench.words.values()))


def _nobody_yet(here: Desk) -> None:
    words = here.bench.words
    names = sorted({name for given in words.values() for name in given})
    judged = f"So far {', '.join(names)} judged {counted(len(words), 'link')}. " if names else ""
    st.info(f"{judged}No link was judged by two reviewers yet.")
    st.write(
        "The second reviewer opens this workspace under another name, switches on “Judge "
        "independently” and works through Convergences or SDG indicators."
    )
    reviewer_field("agreement-reviewer")
    independent_field("agreement-independent")


def _table(found: tuple[Agreement, ...]) -> None:
    rows = "".join(_row(one) for one in found)
    html(
        '<div class="scroll"><table class="plain"><thead><tr><th scope="col">What</th>'
        '<th scope="col">Reviewers</th><th scope="col">Judged by both</th>'
        '<th scope="col">Same answer</th><th scope="col">Cohen’s κ</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    st.caption(
        "κ is agreement beyond what chance would give: 1 is full agreement, 0 is chance; in "
        "brackets where it lies with 95 % confidence. The words are those of Landis and Koch "
        "(1977). Decisions that settle a disagreement do not count into it."
    )


def _row(one: Agreement) -> str:
    kappa, degree = _kappa(one), ""
    if one.tells:
        degree = f" <span class='facts'>{one.degree}</span>"
    return (
        f"<tr><th scope='row'>{escape(KIND_NAMES[one.kind])}</th>"
        f"<td>{escape(one.first)} and {escape(one.second)}</td><td>{one.both:,}</td>"
        f"<td>{one.agreed:,} ({round(100 * one.agreed / one.both)} %)</td>"
        f"<td><b>{kappa}</b>{degree}</td></tr>"
    )


def _kappa(one: Agreement) -> str:
    """Return κ with its interval, or why it is not told."""
    if one.kappa is None or one.interval is None:
        return "not defined: one answer only"
    if not one.tells:
        return f"from {FEWEST} common links on"
    low, high = one.interval
    return f"{one.kappa:.2f} [{low:.2f}, {high:.2f}]"


def _disagreements(here: Desk, found: tuple[Disagreement, ...]) -> None:
    st.header("Disagreements", anchor=False)
    if said := st.session_state.pop(SAID, ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
    visible = [one for one in found if not here.independent or _mine(here, one)]
    if not visible:
        st.success("No disagreements: where two judged the same link, they said the same.")
        return
    to_settle = [one for one in visible if one.settled is None]
    with st.container(horizontal=True, vertical_alignment="center"):
        settled = len(visible) - len(to_settle)
        told = f"{counted(len(to_settle), 'link')} to settle, {settled:,} settled."
        html(f"<p class='facts'>{told}</p>")
        show_settled = st.toggle("Show settled ones", key="settled", bind="query-params")
        st.download_button(
            "Download as CSV",
            data=rows_to_csv([one.to_row() for one in visible]),
            file_name=f"{here.state}-disagreements.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    if not here.reviewer:
        reviewer_field("agreement-reviewer")
    number = st.session_state.get("agreement-shown", PAGE)
    listed = visible if show_settled else to_settle
    for one in listed[:number]:
        _disagreement(here, one)
    if len(listed) > number:
        st.button("Show more", on_click=_more, args=(number,))


def _mine(here: Desk, one: Disagreement) -> bool:
    return any(word.reviewer == here.reviewer for word in one.words)


def _more(number: int) -> None:
    st.session_state["agreement-shown"] = number + PAGE


def _disagreement(here: Desk, one: Disagreement) -> None:
    with st.container(border=True, key=f"disagreement-{one.link_id}"):
        html(_texts(here, one))
        notes = "".join(cards.note_line(word) for word in one.words)
        settled = cards.decision_chip(one.settled) if one.settled else ""
        html(f"<p class='sure'>{cards.words_chips(one.words)} {settled}</p>{notes}")
        if one.kind == MEMBER:
            st.caption("Settle it where the cluster is decided on.")
            return
        if one.settled and one.settled.reviewer == here.reviewer:
            st.button(
                "Take the settlement back",
                key=f"unsettle-{one.link_id}",
                on_click=_unsettle,
                args=(here, one.link_id),
            )
        elif _mine(here, one):
            st.caption("You are one of the two: better let a third person settle it.")
        note = st.text_input(
            "Why",
            key=f"settle-note-{one.link_id}",
            placeholder="Why (optional)",
            label_visibility="collapsed",
            max_chars=1000,
        )
        with st.container(horizontal=True):
            for verdict, label in VERDICT_BUTTONS:
                st.button(
                    f"Settle: {label.lower()}",
                    key=f"settle-{verdict}-{one.link_id}",
                    disabled=not here.reviewer or here.independent or not here.may(SETTLE),
                    help=None if here.may(SETTLE) else "Leads settle disagreements.",
                    on_click=_settle,
                    args=(here, one.link_id, verdict, note),
                )


def _member(here: Desk, one: Disagreement) -> str:
    record_id, ask, _ = ask_key(one.link_id.partition(":")[2])
    title = next((t for w in one.words if (t := dict(w.link).get("title"))), "")
    record = here.snapshot.records.get(record_id)
    card = cards.record_card(record, ask) if record else f"<p>{escape(record_id)}</p>"
    return f"<p class='facts'>{escape(title)}</p>{card}"


def _texts(here: Desk, one: Disagreement) -> str:
    if one.kind == MEMBER:
        return _member(here, one)
    link = here.link(one.link_id) if one.kind == CONVERGENCE else _sdg_link(here, one)
    records = here.snapshot.records
    if isinstance(link, Convergence):
        return cards.pair(link, records[link.left_id], records[link.right_id])
    if isinstance(link, SdgLink) and link.record_id in records:
        return cards.record_card(records[link.record_id], link.ask) + cards.sdg_title(link)
    kept = ", ".join(value for _, value in one.words[0].link)
    return f'<p class="facts">{escape(one.link_id)}: of another State, or gone ({escape(kept)})</p>'


def _sdg_link(here: Desk, one: Disagreement) -> Convergence | SdgLink | None:
    return here.bench.linker.store.link(one.link_id) or here.bench.made.get(one.link_id)


def _unsettle(here: Desk, link_id: str) -> None:
    try:
        here.linker.decide(link_id, "undo", here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = f"Not taken back: {error}"
        return
    st.session_state[SAID] = "Taken back: it is to be settled again."


def _settle(here: Desk, link_id: str, verdict: str, note: str) -> None:
    try:
        here.linker.decide(link_id, verdict, here.reviewer, note.strip(), settle=True)
    except LinkerError as error:
        st.session_state[SAID] = f"Not written: {error}"
        return
    said = VERDICTS[verdict].lower()
    st.session_state[SAID] = f"Settled: {said}. This now counts, whoever says what later."


page()
