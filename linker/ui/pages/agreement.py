"""Agreement: how far reviewers say the same, and the links on which they do not."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.i18n.numbers import written
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
from linker.ui.desk import Desk, desk
from linker.ui.layout import heading, html
from linker.ui.reviewer import independent_field, reviewer_field
from linker.ui.tables import rows_to_csv

KIND_NAMES = {
    CONVERGENCE: tr_later("Convergences"),
    MEMBER: tr_later("Records in clusters"),
    TARGET: tr_later("SDG targets"),
    INDICATOR: tr_later("SDG indicators"),
}
SETTLING = {
    "confirm": tr_later("Settle: confirm"),
    "reject": tr_later("Settle: reject"),
    "unsure": tr_later("Settle: leave as unsure"),
}
SETTLED = {
    "confirm": tr_later("Settled: confirmed. This now counts, whoever says what later."),
    "reject": tr_later("Settled: rejected. This now counts, whoever says what later."),
    "unsure": tr_later("Settled: left as unsure. This now counts, whoever says what later."),
}
HEADS = (
    tr_later("What"),
    tr_later("Reviewers"),
    tr_later("Judged by both"),
    tr_later("Same answer"),
    tr_later("Cohen’s κ"),
)
DEGREE_NAMES = (
    tr_later("almost perfect"),
    tr_later("substantial"),
    tr_later("moderate"),
    tr_later("fair"),
    tr_later("slight"),
    tr_later("none beyond chance"),
)
"""What `linker.review.agreement` calls values of κ."""
SAID = "agreement-said"
SETTLE = Right.ADJUDICATE
PAGE = 10


def page() -> None:
    """Show how far reviewers agree, and what is to be settled."""
    here = desk()
    heading(
        tr("Agreement"),
        tr(
            "Two people who judge the same links without seeing each other's answers: where they "
            "agree, a proposal can be trusted; where they do not, a third decision settles it."
        ),
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
        tr(
            "You judge independently: what others said of links that you have not judged stays "
            "hidden. Switch that off under your name to settle disagreements."
        )
    )
    return bool(here.reviewer and any(here.reviewer in w for w in here.bench.words.values()))


def _nobody_yet(here: Desk) -> None:
    words = here.bench.words
    names = sorted({name for given in words.values() for name in given})
    nobody = tr("No link was judged by two reviewers yet.")
    judged = tr_plural(
        "So far {names} judged {n:,} link.",
        "So far {names} judged {n:,} links.",
        len(words),
        names=", ".join(names),
    )
    st.info(f"{judged} {nobody}" if names else nobody)
    st.write(
        tr(
            "The second reviewer opens this workspace under another name, switches on “Judge "
            "independently” and works through Convergences or SDG indicators."
        )
    )
    reviewer_field("agreement-reviewer")
    independent_field("agreement-independent")


def _table(found: tuple[Agreement, ...]) -> None:
    rows = "".join(_row(one) for one in found)
    heads = "".join(f'<th scope="col">{escape(tr(head))}</th>' for head in HEADS)
    html(
        f'<div class="scroll"><table class="plain"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    st.caption(
        tr(
            "κ is agreement beyond what chance would give: 1 is full agreement, 0 is chance; in "
            "brackets where it lies with 95 % confidence. The words are those of Landis and Koch "
            "(1977). Decisions that settle a disagreement do not count into it."
        )
    )


def _row(one: Agreement) -> str:
    kappa, degree = _kappa(one), ""
    both = tr("{first} and {second}", first=one.first, second=one.second)
    if one.tells:
        degree = f" <span class='facts'>{escape(tr(one.degree))}</span>"
    return (
        f"<tr><th scope='row'>{escape(tr(KIND_NAMES[one.kind]))}</th>"
        f"<td>{escape(both)}</td><td>{written(one.both)}</td>"
        f"<td>{written(one.agreed)} ({round(100 * one.agreed / one.both)} %)</td>"
        f"<td><b>{kappa}</b>{degree}</td></tr>"
    )


def _kappa(one: Agreement) -> str:
    """Return κ with its interval, or why it is not told."""
    if one.kappa is None or one.interval is None:
        return tr("not defined: one answer only")
    if not one.tells:
        return tr("from {n} common links on", n=FEWEST)
    low, high = (written(end, ".2f") for end in one.interval)
    return tr("{kappa:.2f} [{low}, {high}]", kappa=one.kappa, low=low, high=high)


def _disagreements(here: Desk, found: tuple[Disagreement, ...]) -> None:
    st.header(tr("Disagreements"), anchor=False)
    if said := st.session_state.pop(SAID, ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
    visible = [one for one in found if not here.independent or _mine(here, one)]
    if not visible:
        st.success(tr("No disagreements: where two judged the same link, they said the same."))
        return
    to_settle = [one for one in visible if one.settled is None]
    with st.container(horizontal=True, vertical_alignment="center"):
        settled = len(visible) - len(to_settle)
        told = tr_plural(
            "{n:,} link to settle, {settled:,} settled.",
            "{n:,} links to settle, {settled:,} settled.",
            len(to_settle),
            settled=settled,
        )
        html(f"<p class='facts'>{told}</p>")
        show_settled = st.toggle(tr("Show settled ones"), key="settled", bind="query-params")
        st.download_button(
            tr("Download as CSV"),
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
        st.button(tr("Show more"), on_click=_more, args=(number,))


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
            st.caption(tr("Settle it where the cluster is decided on."))
            return
        if one.settled and one.settled.reviewer == here.reviewer:
            st.button(
                tr("Take the settlement back"),
                key=f"unsettle-{one.link_id}",
                on_click=_unsettle,
                args=(here, one.link_id),
            )
        elif _mine(here, one):
            st.caption(tr("You are one of the two: better let a third person settle it."))
        note = st.text_input(
            tr("Why"),
            key=f"settle-note-{one.link_id}",
            placeholder=tr("Why (optional)"),
            label_visibility="collapsed",
            max_chars=1000,
        )
        with st.container(horizontal=True):
            for verdict, label in SETTLING.items():
                st.button(
                    tr(label),
                    key=f"settle-{verdict}-{one.link_id}",
                    disabled=not here.reviewer or here.independent or not here.may(SETTLE),
                    help=None if here.may(SETTLE) else tr("Leads settle disagreements."),
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
    said = tr("{link}: of another State, or gone ({kept})", link=one.link_id, kept=kept)
    return f'<p class="facts">{escape(said)}</p>'


def _sdg_link(here: Desk, one: Disagreement) -> Convergence | SdgLink | None:
    return here.bench.linker.store.link(one.link_id) or here.bench.made.get(one.link_id)


def _unsettle(here: Desk, link_id: str) -> None:
    try:
        here.linker.decide(link_id, "undo", here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not taken back: {error}", error=error)
        return
    st.session_state[SAID] = tr("Taken back: it is to be settled again.")


def _settle(here: Desk, link_id: str, verdict: str, note: str) -> None:
    try:
        here.linker.decide(link_id, verdict, here.reviewer, note.strip(), settle=True)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not written: {error}", error=error)
        return
    st.session_state[SAID] = tr(SETTLED[verdict])


page()
