"""One recommendation of the plan as a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from html import escape

import streamlit as st

from linker.documents.plan import PlanRow
from linker.documents.writers.phrasing import capital
from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.plan.entries import COMMENT, FIELDS, LISTS, Measure, PlanChange, title_of
from linker.plan.reporting import refusal
from linker.ui import cards
from linker.ui.address import point, pointer
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.planning import changes_of
from linker.ui.reviewer import reviewer_field
from linker.ui.shared_out import UNNAMED
from linker.vocabulary.official import official_name, official_title

LONG = ("actions", "strategy", "result", "indicators")
HINTS = {
    "deadline": tr_later("2027-12-31, 2027-12 or 2027"),
    "indicators": tr_later("5.3.1, or an indicator in words; one a line"),
    "baseline": "24 % (2022)",
    "target": "15 % (2028)",
    "current": "21 % (2026)",
    "verification": tr_later("Household survey of the statistical office"),
    "evidence": tr_later("Law No. 12 of 2026, a report, a web address"),
    "strategy": tr_later("A hearing in parliament, a case in court, a campaign"),
    "measure": tr_later("Ids, parted by a semicolon"),
}
SHOWN_OF_A_LOG = 30
SAID, LISTED, DRAFTS, WRITTEN = "plan-said", "plan rows listed", "plan drafts", "plan written"
"""Session keys: what was said last, the rows the reader came from, what was typed and is not
written, and the version of the form written last."""
GROUPS = (
    ("responsible", "person", "partners"),
    ("actions", "strategy"),
    ("deadline", "budget"),
    ("result",),
    ("evidence",),
    ("indicators", "verification"),
    ("baseline", "target", "current"),
)
"""Fields of the form that stand beside each other."""


@dataclass
class Draft:
    """What somebody typed into a row's fields and did not write yet.

    Attributes:
        seen: what stood in each field when the typing began; empty after a refusal, until the
            form is drawn again.
        values: what was typed, by field.
    """

    seen: dict[str, str]
    values: dict[str, str] = dataclass_field(default_factory=dict)


def form(here: Desk, row: PlanRow, log: Sequence[PlanChange], measures: Sequence[Measure]) -> None:
    """Show a recommendation with what converges, and its fields to fill in."""
    with st.container(horizontal=True):
        back = pointer("record", "")
        st.button(tr("Back to the plan"), icon=":material/arrow_back:", on_click=back)
    if not here.reporter:
        reviewer_field("plan-form-reviewer")
    left, right = st.columns([2, 3], gap="large")
    changes = changes_of(log, row.plan_id)
    with left:
        html(cards.record_card(row.row.record) + _beside(row))
    with right:
        _fields(here, row, changes, measures)
        if said := _comments(row):
            html(said)
        if changes:
            with st.expander(tr("Who changed what ({n})", n=len(changes))):
                html(_log(changes))


def _fields(
    here: Desk, row: PlanRow, changes: Sequence[PlanChange], measures: Sequence[Measure]
) -> None:
    # After a change the fields are new ones: nobody sees a value that was overtaken.
    version = f"{row.plan_id}-{changes[0].seq if changes else 0}"
    seen = standing(row)
    draft = draft_of(row.plan_id, seen)
    shown = {**seen, **draft.values}
    kept = {field for field in (*FIELDS, COMMENT) if refusal(here.bodies, row.entry, field)}
    if kept and (why := refusal(here.bodies, row.entry, COMMENT)):
        st.info(f"{why}.")
    with st.container(key="plan-form", border=True):
        places = (*st.columns(2), *st.columns(2))
        for column, field in zip(places, LISTS, strict=True):
            with column:
                _choose(draft, field, shown[field], version, field in kept)
        for pair in GROUPS:
            for column, field in zip(st.columns(len(pair)), pair, strict=True):
                with column:
                    _write(draft, field, shown[field], version, field in kept)
        _measures(draft, shown["measure"], version, measures, "measure" in kept)
        key = f"{COMMENT}-{version}"
        st.text_area(
            tr("Your comment"),
            value=draft.values.get(COMMENT, ""),
            key=key,
            height=68,
            placeholder=tr("Comments add up; nobody's is overwritten"),
            disabled=COMMENT in kept,
            on_change=_keep,
            args=(draft, COMMENT, version),
        )
        _buttons(here, row.plan_id, version, draft)


def _buttons(here: Desk, record_id: str, version: str, draft: Draft) -> None:
    listed: list[str] = st.session_state.get(LISTED, [])
    after = listed[listed.index(record_id) + 1 :][:1] if record_id in listed else []
    unnamed = None if here.reporter else tr(UNNAMED)
    with st.container(horizontal=True, vertical_alignment="center"):
        buttons = (
            ("write-into-the-plan", tr("Write into the plan"), "", True),
            ("write-and-next", tr("Write and next"), "".join(after), bool(after)),
        )
        for key, label, to, possible in buttons:
            st.button(
                label,
                key=f"{key}-{version}",
                type="secondary" if to else "primary",
                disabled=not here.reporter or not possible,
                help=unnamed,
                on_click=_saver(here, record_id, version, draft, to),
            )
        said = st.session_state.pop(SAID, "")
        if not said and draft.values:
            said = tr("Not written yet; kept while you look elsewhere.")
        if said:
            html(f'<p class="last" role="status">{escape(said)}</p>', inline=True)


def standing(row: PlanRow) -> dict[str, str]:
    """Return what stands in each field of a row."""
    return {field: row.entry.value(field) for field in FIELDS}


def drafts() -> dict[str, Draft]:
    """Return what the session typed into rows and did not write, by id of the row."""
    held: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    return held


def draft_of(record_id: str, seen: dict[str, str]) -> Draft:
    """Return what was typed for a row and not written; begun now where nothing was."""
    held = drafts()
    if record_id not in held or not held[record_id].values:
        held[record_id] = Draft(seen)
    draft = held[record_id]
    draft.seen = draft.seen or seen
    return draft


def _keep(draft: Draft, field: str, version: str) -> None:
    if st.session_state.get(WRITTEN) == version:
        # Typed and written by one click: the form is a new one already.
        return
    value = st.session_state[f"{field}-{version}"]
    draft.values[field] = "; ".join(value) if isinstance(value, list) else value


def _choose(draft: Draft, field: str, value: str, version: str, locked: bool) -> None:
    options = ["", *LISTS[field]]
    key = f"{field}-{version}"
    st.selectbox(
        tr(title_of(field)),
        options,
        index=options.index(value) if value in options else 0,
        format_func=lambda name: capital(name) if name else tr("Not said"),
        key=key,
        disabled=locked,
        on_change=_keep,
        args=(draft, field, version),
    )


def _write(draft: Draft, field: str, value: str, version: str, locked: bool) -> None:
    key, hint = f"{field}-{version}", tr(HINTS.get(field, ""))
    kept = (draft, field, version)
    title = tr(title_of(field))
    if field in LONG:
        st.text_area(
            title,
            value=value,
            key=key,
            height=90,
            placeholder=hint,
            disabled=locked,
            on_change=_keep,
            args=kept,
        )
    else:
        st.text_input(
            title,
            value=value,
            key=key,
            placeholder=hint,
            disabled=locked,
            on_change=_keep,
            args=kept,
        )


def _measures(
    draft: Draft, value: str, version: str, measures: Sequence[Measure], locked: bool
) -> None:
    if not measures:
        _write(draft, "measure", value, version, locked)
        return
    titles = {measure.id: measure.title for measure in measures}
    chosen = [i for i in value.split("; ") if i in titles]
    key = f"measure-{version}"
    st.multiselect(
        tr(title_of("measure")),
        list(titles),
        default=chosen,
        format_func=lambda i: f"{i} · {titles[i]}",
        key=key,
        placeholder=tr("Measures of the national plan that carry this out"),
        disabled=locked,
        on_change=_keep,
        args=(draft, "measure", version),
    )


def _saver(here: Desk, record_id: str, version: str, draft: Draft, to: str) -> Callable[[], None]:
    def save() -> None:
        state, seen = st.session_state, dict(draft.seen)
        values = {field: state.get(f"{field}-{version}", seen[field]) for field in FIELDS}
        if isinstance(values["measure"], list):
            values["measure"] = "; ".join(values["measure"])
        edited = {field: value for field, value in values.items() if value != seen[field]}
        if comment := str(state.get(f"{COMMENT}-{version}", "")).strip():
            edited[COMMENT] = comment
        try:
            name = here.reporter
            written = here.linker.set_plan(record_id, seen, reviewer=name, **edited)
        except LinkerError as error:
            state[SAID] = tr("Not written: {error}", error=error)
            # Told of somebody else's change, the reviewer may write over it.
            draft.seen = {}
            return
        fields = ", ".join(tr(title_of(change.field)) for change in written)
        said = tr("Written: {fields}.", fields=fields)
        state[SAID] = said if written else tr("Nothing was changed.")
        draft.values.clear()
        state[WRITTEN] = version
        if to:
            point("record", to)

    return save


def _beside(row: PlanRow) -> str:
    """Return what converges and which SDG indicators are linked, each with its mark."""
    parts = []
    if row.row.converging:
        items = "".join(
            f"<p><b>{escape(c.reference)}</b> <span dir='auto'>{escape(c.quote)}</span> "
            f"<span class='facts'>{escape(c.mark.text)}</span></p>"
            for c in row.row.converging
        )
        parts.append(f"<h2>{escape(tr('Asked by others too'))}</h2>{items}")
    refs = [*row.row.targets, *row.row.indicators]
    if refs:
        items = "".join(
            f"<p>{cards.goal_chip(ref.code)} {escape(official_title(ref.code, ref.entry.title))} "
            f"<span class='facts'>{escape(ref.mark.text)}</span></p>"
            for ref in refs
        )
        parts.append(f"<h2>{escape(tr('Linked SDG targets and indicators'))}</h2>{items}")
    return f'<div class="tags">{"".join(parts)}</div>' if parts else ""


def _comments(row: PlanRow) -> str:
    said = "".join(
        f"<p><b>{escape(c.reviewer)}</b> <span class='facts'>{escape(c.at[:10])}</span><br>"
        f"<span dir='auto'>{escape(c.text)}</span></p>"
        for c in row.entry.comments
    )
    own = "".join(
        f"<p><b>{escape(title)}</b>: {escape(value)}</p>" for title, value in row.entry.own
    )
    head = f"<h2>{escape(tr('Comments'))}</h2>" if said else ""
    return f"{own}{head}{said}"


def _said(change: PlanChange) -> str:
    if not change.value:
        return escape(tr("emptied"))
    return escape(official_name(change.value) if change.field in LISTS else change.value)


def _log(changes: Sequence[PlanChange]) -> str:
    lines = "".join(
        f"<li><b>{escape(tr(title_of(change.field)))}</b>: {_said(change)} "
        f"<span class='facts'>{escape(change.reviewer)}, "
        f"{escape(change.at[:16].replace('T', ' '))} UTC</span></li>"
        for change in changes[:SHOWN_OF_A_LOG]
    )
    return f"<ul>{lines}</ul>"
