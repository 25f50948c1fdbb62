"""Forms that change themes; each acts on ids, never on the place of a row."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.language import SCREENS, speaking
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.records.record import Record
from linker.review.edits import EditStatus, ThemeEdit, standing_edits
from linker.review.roles import Right
from linker.themes.theme import Theme
from linker.themes.umbrellas import NAMES
from linker.ui.address import point
from linker.ui.desk import Desk
from linker.ui.reviewer import reviewer_field
from linker.ui.wording import counted_records
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped
from linker.workspace.arranging import themes_wanted, umbrellas_of
from linker.workspace.handed_over import on_disk
from linker.workspace.workspace import Linker

LISTS = {
    "four": tr_later("Four: reforms, civil and political, economic and social, groups"),
    "ohchr": tr_later("Headings of OHCHR's themes"),
    "groups": tr_later("Groups of persons"),
    "goals": tr_later("The 17 Sustainable Development Goals"),
}
OWN = "own"
OWN_LIST = tr_later("My own list (CSV: umbrella, term)")
NEW = tr_later("a new theme")
SAID = "theme-said"
MOST = 60
"""Most themes that the slider offers."""


def said() -> None:
    """Show what the last change did, once."""
    if SAID in st.session_state:
        st.success(st.session_state.pop(SAID))


def undo_button(here: Desk) -> None:
    """Offer to take back the reviewer's last change of this State's themes, saying which."""
    mine = [
        edit
        for edit in standing_edits(here.bench.folded.edits, here.state)
        if edit.reviewer == here.reviewer
    ]
    if not mine or not here.reviewer:
        return
    last = mine[-1]
    if st.button(
        tr("Undo last change"),
        key=f"theme-undo-{last.seq}",
        icon=":material/undo:",
        help=_words(here, last),
    ):
        _act(
            here,
            lambda linker: linker.undo_theme_edit(here.reviewer, last.seq),
            tr_later("Taken back: {change}."),
        )


def waiting(here: Desk) -> None:
    """Say which changes cannot be followed now, and why."""
    lines = [f"{_words(here, e.edit)} ({e.unmet})" for e in _unmet(here)]
    if lines:
        st.caption(
            tr_plural(
                "{n:,} change cannot be followed wholly now and will be when what is missing is "
                "back: {changes}",
                "{n:,} changes cannot be followed wholly now and will be when what is missing is "
                "back: {changes}",
                len(lines),
                changes="; ".join(lines),
            )
        )


def change_theme(here: Desk, theme: Theme, members: list[Record]) -> None:
    """Show the forms that rename, merge, split or move one theme's records."""
    with st.expander(tr("Change this theme"), icon=":material/edit:"):
        if not here.reviewer:
            reviewer_field("theme-reviewer")
            return
        names, records, others = st.tabs([tr("Name and umbrella"), tr("Records"), tr("Merge")])
        with names:
            _name_form(here, theme)
            _umbrella_form(here, theme)
        with records:
            _records_form(here, theme, members)
        with others:
            _merge_form(here, theme)


def arrange(here: Desk) -> None:
    """Show the choice of umbrellas and of the number of themes."""
    if not here.may(Right.ARRANGE):
        return
    store = here.bench.linker.store
    using, wanted = umbrellas_of(store).name, themes_wanted(store, here.state)
    with (
        st.expander(tr("Umbrellas and number of themes"), icon=":material/tune:"),
        st.form("arrange", border=False),
    ):
        options = [*NAMES, OWN]
        chosen = st.selectbox(
            tr("Umbrellas"),
            options,
            index=options.index(using) if using in NAMES else len(NAMES),
            format_func={name: tr(LISTS.get(name, OWN_LIST)) for name in options}.__getitem__,
            key="arrange-umbrellas",
        )
        file = st.file_uploader(tr("My own list"), type="csv", key="arrange-file")
        data_decide = st.checkbox(
            tr("Let the data decide how many themes"), wanted is None, key="arrange-auto"
        )
        number = st.slider(
            tr("Number of themes (before your own changes)"),
            2,
            MOST,
            min(MOST, max(2, wanted or len(here.snapshot.xray))),
            key="arrange-number",
        )
        if st.form_submit_button(tr("Arrange")):
            again = None if data_decide and wanted is None else 0 if data_decide else number
            again = None if again == wanted else again
            _arrange(here, chosen, file.getvalue() if file else b"", again, using)


def _arrange(here: Desk, chosen: str, own: bytes, number: int | None, using: str) -> None:
    if chosen == OWN and not own and using in NAMES:
        st.error(tr("Add your own list as a CSV file with the columns umbrella and term."))
        return
    folder = here.bench.linker.folder
    with on_disk(folder, "my-umbrellas.csv", own) as path, st.spinner(tr("Arranging …")):
        listed: str | None = chosen if chosen != using else None
        if chosen == OWN:
            listed = str(path) if own else None

        def act(linker: Linker) -> str:
            linker.arrange(listed, number, here.state)
            return tr("the x-ray")

        _act(here, act, tr_later("Arranged: {change}."))


def _name_form(here: Desk, theme: Theme) -> None:
    with st.form(f"name-{theme.theme_id}", border=False):
        held = official_name(theme.label)
        label = st.text_input(tr("Label"), held, key=f"label-{theme.theme_id}")
        line = st.text_input(tr("In one line"), theme.description, key=f"line-{theme.theme_id}")
        if st.form_submit_button(tr("Rename"), key=f"rename-{theme.theme_id}"):
            _act(
                here,
                lambda linker: linker.rename_theme(
                    theme.theme_id,
                    here.reviewer,
                    label if label not in _in_each_language(theme.label) else "",
                    line if line != theme.description else "",
                ),
            )


def _umbrella_form(here: Desk, theme: Theme) -> None:
    order = list(dict.fromkeys([*umbrellas_of(here.bench.linker.store).order, theme.umbrella]))
    with st.form(f"umbrella-form-{theme.theme_id}", border=False):
        chosen = st.selectbox(
            tr("Umbrella"),
            order,
            order.index(theme.umbrella),
            format_func={name: official_name(name) for name in order}.__getitem__,
            key=f"umbrella-{theme.theme_id}",
        )
        if st.form_submit_button(tr("Put it there"), key=f"put-{theme.theme_id}"):
            _act(
                here,
                lambda linker: linker.choose_umbrella(theme.theme_id, chosen, here.reviewer),
            )


def _records_form(here: Desk, theme: Theme, members: list[Record]) -> None:
    texts = {record.id: f"{record.label}: {clipped(record.text, 90)}" for record in members}
    labels = _others(here, theme)
    with st.form(f"records-{theme.theme_id}", border=False):
        chosen = st.multiselect(
            tr("Records"),
            list(texts),
            format_func=texts.__getitem__,
            key=f"chosen-{theme.theme_id}",
        )
        where = st.selectbox(
            tr("belong to"),
            [NEW, *labels],
            format_func={NEW: tr(NEW), **labels}.__getitem__,
            key=f"where-{theme.theme_id}",
        )
        label = st.text_input(tr("Label of the new theme"), key=f"new-{theme.theme_id}")
        if not st.form_submit_button(tr("Move them"), key=f"move-{theme.theme_id}"):
            return
        if where == NEW:
            _act(
                here,
                lambda linker: linker.split_theme(theme.theme_id, chosen, label, here.reviewer),
            )
        else:
            _act(here, lambda linker: linker.move_records(chosen, where, here.reviewer))


def _merge_form(here: Desk, theme: Theme) -> None:
    labels = _others(here, theme)
    with st.form(f"merge-form-{theme.theme_id}", border=False):
        into = st.selectbox(
            tr("Put all its records into"),
            list(labels),
            format_func=labels.__getitem__,
            index=None,
            key=f"into-{theme.theme_id}",
        )
        if st.form_submit_button(tr("Merge"), key=f"merge-{theme.theme_id}") and into:

            def act(linker: Linker) -> ThemeEdit:
                edit = linker.merge_themes(theme.theme_id, into, here.reviewer)
                point("theme", into)
                return edit

            _act(here, act)


def _in_each_language(label: str) -> set[str]:
    """Return what a label is called on the pages: a field may hold it in the language before."""
    found = set()
    for code in SCREENS:
        with speaking(code):
            found.add(official_name(label))
    return found


def _others(here: Desk, theme: Theme) -> dict[str, str]:
    """Return what the other themes are called, by their ids."""
    others = (one for one in here.snapshot.xray if one.theme_id != theme.theme_id)
    return {one.theme_id: official_name(one.label) for one in others}


def _act(
    here: Desk,
    act: Callable[[Linker], ThemeEdit | str],
    said: str = tr_later("Done: {change}."),
) -> None:
    """Do something to the workspace, say so on the page as it is afterwards, or say why not."""
    try:
        with here.exclusive() as linker:
            done = act(linker)
    except LinkerError as error:
        st.error(str(error))
        return
    words = _words(here, done) if isinstance(done, ThemeEdit) else done
    st.session_state[SAID] = tr(said, change=words)
    st.rerun()


def _unmet(here: Desk) -> list[EditStatus]:
    return [e for e in here.bench.linker.theme_edits(here.state) if e.unmet]


def _words(here: Desk, edit: ThemeEdit) -> str:
    """Return an edit in words, themes by their labels: people know no ids."""
    names = _labels(here)
    theme, into = (names.get(key) or tr("a theme") for key in (edit.theme_id, edit.into))
    new, count = edit.label or edit.description, counted_records(len(edit.records))
    if edit.kind == "rename" and theme == new:
        return tr("renamed to “{new}”", new=new)
    said = {
        "rename": tr_later("renamed “{theme}” to “{new}”"),
        "merge": tr_later("merged “{theme}” into “{into}”"),
        "split": tr_later("split {count} off “{theme}” as “{new}”"),
        "move": tr_later("moved {count} to “{theme}”"),
        "umbrella": tr_later("put “{theme}” under “{umbrella}”"),
    }[edit.kind]
    umbrella = official_name(edit.umbrella)
    return tr(said, theme=theme, into=into, new=new, count=count, umbrella=umbrella)


def _labels(here: Desk) -> dict[str, str]:
    """Return what themes are called, those too that an edit merged away or an undo dissolved."""
    engine = {one["theme_id"]: one["label"] for one in here.bench.linker.store.themes(here.state)}
    edits = (ThemeEdit.of(d) for d in here.bench.folded.edits if d.verdict != "undo")
    founded = {edit.into: edit.label for edit in edits if edit.kind == "split"}
    now = {theme.theme_id: theme.label for theme in here.snapshot.xray}
    return {key: official_name(name) for key, name in {**engine, **founded, **now}.items()}
