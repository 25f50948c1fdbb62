"""What people of each role may do to a workspace, and in whose name."""

import shutil
import threading

import openpyxl
import pytest

from linker.documents.judging import SHEET
from linker.errors import AccessError, LinkerError
from linker.review.roles import FOCAL_POINT, ONLOOKER, RIGHTS, ROLES, Person, Right
from linker.store.teaching import merged_exemplars
from linker.workspace.document_desk import DocumentDesk
from linker.workspace.facade_part import Verb
from linker.workspace.link_desk import LinkDesk
from linker.workspace.plan_desk import PlanDesk
from linker.workspace.source_desk import SourceDesk
from linker.workspace.theme_desk import ThemeDesk
from linker.workspace.workspace import Linker

BEFORE = "Somebody earlier"
JUSTICE = "Ministry of Justice"

READ = {
    "acting", "align", "answered_by", "audit", "claims", "close", "clusters", "contradictions",
    "convergences",
    "dates", "depends_on", "documents", "draft", "encoder", "explain", "export", "export_exemplars",
    "imports",
    "indices", "labels", "lexicon", "links", "map", "may", "moved", "older_copies", "only_state",
    "open",
    "person", "plan", "plan_log", "publish", "reader", "record_log", "records", "sdg", "search",
    "similar", "shared_out", "source", "sources", "theme_edits", "themes", "uptake",
    "why_nothing", "xray",
}  # fmt: skip


def a_link(linker):
    return linker.convergences()[0].link.link_id


def two_themes(linker):
    return [theme.theme_id for theme in list(linker.xray())[:2]]


def two_records(linker):
    """The two records of a convergence: they may be linked by hand too."""
    link = linker.convergences()[0].link
    return link.left_id, link.right_id


def a_split(linker):
    theme = max(linker.xray(), key=lambda theme: len(theme.members))
    return theme.theme_id, [theme.members[0].record_id], f"A theme {linker.person.role}s made"


def a_move(linker):
    one, other = two_themes(linker)
    home = {theme.theme_id: theme for theme in linker.xray()}[one]
    return [home.members[0].record_id], other


def assigned(linker):
    """A change that somebody wrote before, to be taken back."""
    with Linker.open(linker.folder) as whole:
        to = f"Bea, asked by a {linker.person.role}"
        return whole.assign(two_records(linker)[:1], to, reviewer=BEFORE)


def reported(linker):
    """Records of which somebody said before how they stand."""
    keys = two_records(linker)
    with Linker.open(linker.folder) as whole:
        for key in keys:
            whole.set_plan(key, reviewer=BEFORE, status="in progress")
    return keys


def written(linker, name, text):
    path = linker.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def a_table(linker):
    return written(linker, "more.csv", "state,mechanism,text\nVTM,UPR,Abolish the death penalty\n")


def exemplars(linker):
    return written(linker, "taught.csv", "text,target,accepted\nEnd child marriage,5.3,yes\n")


def umbrellas(linker):
    return str(written(linker, "umbrellas.csv", "umbrella,term\nChildren,child\n"))


def measures(linker):
    return written(linker, "measures.csv", "id,title\nM1,A register of births\n")


def verdicts(linker):
    rows = f"action,record_id,decision\nM1,{two_records(linker)[1]},confirm\n"
    return written(linker, "verdicts.csv", rows)


def theirs(linker):
    """A record that the focal point's institution answers for."""
    key = two_records(linker)[0]
    with Linker.open(linker.folder) as whole:
        whole.set_plan(key, reviewer=BEFORE, responsible=JUSTICE)
    return key


def filled_in(linker):
    path = linker.folder / "plan.xlsx"
    linker.export("plan", path)
    return path


def an_edit(linker):
    """The number of an edit of themes that somebody made before."""
    theme = two_themes(linker)[0]
    with Linker.open(linker.folder) as whole:
        return whole.rename_theme(theme, BEFORE, label=f"Named for {linker.person}"[:99]).seq


def a_source(linker):
    """The number of a source, put back where an earlier test person took it out."""
    with Linker.open(linker.folder) as whole:
        number = whole.imports()[0].source.number
        if whole.imports()[0].source.forgotten:
            whole.unforget(number, BEFORE)
    return number


def a_forgotten_source(linker):
    number = a_source(linker)
    with Linker.open(linker.folder) as whole:
        whole.forget(number, BEFORE)
    return number


def a_judged_sheet(linker):
    """The sheet of `export review` with a decision on its first cluster, another for each role."""
    path = linker.folder / "review.xlsx"
    linker.export("review", path)
    book = openpyxl.load_workbook(path)
    rows = book[SHEET].iter_rows()
    first = next(row for row in rows if str(row[0].value).startswith("CL-"))
    first[5].value = "confirm" if linker.person.role == "lead" else "reject"
    book.save(path)
    return path


def a_lexicon(linker):
    return written(linker, "lexicon.tsv", "language\tphrase\tenglish\nes\tcuota\tfee\n")


def a_correction(linker):
    record_id = two_records(linker)[0]
    with Linker.open(linker.folder) as whole:
        whole.correct(record_id, "heading", "Corrected", BEFORE)
    return record_id, "heading"


def a_merge(linker):
    pair = two_records(linker)
    with Linker.open(linker.folder) as whole:
        whole.merge_records(*pair, BEFORE)
    return pair


VERBS = {
    "decide": (Right.DECIDE, lambda on: on.decide(a_link(on), "confirm", "Eve")),
    "decide_many": (Right.DECIDE, lambda on: on.decide_many([a_link(on)], "reject", "Eve")),
    "settle": (
        Right.ADJUDICATE,
        lambda on: on.decide(a_link(on), "confirm", "Eve", settle=True),
    ),
    "import_review": (
        Right.DECIDE,
        lambda on: on.import_review(a_judged_sheet(on), reviewer="Eve"),
    ),
    "recalibrate": (Right.BUILD, lambda on: on.recalibrate(False)),
    "add_convergence": (Right.LINK, lambda on: on.add_convergence(*two_records(on), "Eve")),
    "add_sdg": (Right.LINK, lambda on: on.add_sdg(two_records(on)[0], "5.3", "Eve")),
    "rename_theme": (
        Right.THEMES,
        lambda on: on.rename_theme(two_themes(on)[0], "Eve", f"As {on.person.role}s call it"),
    ),
    "merge_themes": (Right.THEMES, lambda on: on.merge_themes(*two_themes(on), "Eve")),
    "split_theme": (Right.THEMES, lambda on: on.split_theme(*a_split(on), "Eve")),
    "move_records": (Right.THEMES, lambda on: on.move_records(*a_move(on), "Eve")),
    "choose_umbrella": (
        Right.THEMES,
        lambda on: on.choose_umbrella(two_themes(on)[0], on.xray().umbrellas[0], "Eve"),
    ),
    "undo_theme_edit": (Right.THEMES, lambda on: on.undo_theme_edit("Eve", an_edit(on))),
    "set_plan": (
        Right.REPORT,
        lambda on: on.set_plan(theirs(on), reviewer="Eve", comment=f"By a {on.person.role}"),
    ),
    "assign": (Right.PLAN, lambda on: on.assign(two_records(on), "Ada", reviewer="Eve")),
    "release": (Right.RELEASE, lambda on: on.release(reported(on), reviewer="Eve")),
    "take_back": (Right.PLAN, lambda on: on.take_back(assigned(on), reviewer="Eve")),
    "set_date": (Right.ARRANGE, lambda on: on.set_date("upr-review", "2030-02", reviewer="Eve")),
    "compare_plan": (Right.REPORT, lambda on: on.compare_plan(filled_in(on))),
    "import_plan": (Right.REPORT, lambda on: on.import_plan(filled_in(on), reviewer="Eve")),
    "import_plans": (Right.REPORT, lambda on: on.import_plans(filled_in(on), reviewer="Eve")),
    "judge_action": (
        Right.PLAN,
        lambda on: on.judge_action("M1", two_records(on)[0], "confirm", reviewer="Eve"),
    ),
    "import_verdicts": (Right.PLAN, lambda on: on.import_verdicts(verdicts(on), reviewer="Eve")),
    "import_measures": (Right.IMPORT, lambda on: on.import_measures(measures(on))),
    "preview": (Right.IMPORT, lambda on: on.preview(a_table(on))),
    "add": (Right.IMPORT, lambda on: on.add([a_table(on)])),
    "arrange": (Right.ARRANGE, lambda on: on.arrange(umbrellas=umbrellas(on))),
    "merge_exemplars": (Right.TEACH, lambda on: on.merge_exemplars(exemplars(on))),
    "forget": (Right.IMPORT, lambda on: on.forget(a_source(on))),
    "unforget": (Right.IMPORT, lambda on: on.unforget(a_forgotten_source(on))),
    "purge": (Right.IMPORT, lambda on: on.purge(a_source(on))),
    "correct": (
        Right.CORRECT,
        lambda on: on.correct(two_records(on)[0], "heading", f"By a {on.person.role}", "Eve"),
    ),
    "undo_correction": (
        Right.CORRECT,
        lambda on: on.undo_correction(*a_correction(on), "Eve"),
    ),
    "merge_records": (Right.CORRECT, lambda on: on.merge_records(*two_records(on), "Eve")),
    "undo_merge": (Right.CORRECT, lambda on: on.undo_merge(*a_merge(on), "Eve")),
    "build": (Right.BUILD, lambda on: on.build()),
}


@pytest.fixture
def folder(demo, tmp_path):
    copied = tmp_path / "valmora"
    shutil.copytree(demo[0], copied)
    with Linker.open(copied) as linker:
        linker.import_measures(measures(linker))
    return copied


def somebody(role):
    return Person(f"{role}@example.org", role, bodies=(JUSTICE,) if role == FOCAL_POINT else ())


def signed(linker):
    """In whose names the workspace was written to."""
    log = [*linker.store.decisions(), *linker.plan_log(), *linker.record_log()]
    return {entry.reviewer for entry in log} - {BEFORE}


def contents(linker):
    """Everything but decisions and the plan that writing could change."""
    return linker.store.counts()["imports"], linker.store.settings(), merged_exemplars(linker.store)


def test_every_verb_of_a_workspace_is_known_to_read_or_to_write():
    public = {name for name in dir(Linker) if not name.startswith("_")}
    guarded = {name for name in VERBS if not name.startswith("settle")}
    assert public == READ | guarded, "say in this test whether the new verb writes, and who may"
    assert {right for right, _ in VERBS.values()} == set(Right)


def test_the_verbs_of_the_parts_are_those_of_the_whole():
    """But for what clusters say of themselves, nothing is reached through a part alone."""
    flat = {verb.method for verb in vars(Linker).values() if isinstance(verb, Verb)}
    for part in (SourceDesk, LinkDesk, ThemeDesk, PlanDesk, DocumentDesk):
        own = {name: method for name, method in vars(part).items() if not name.startswith("_")}
        assert set(own.values()) <= flat, part
    assert Linker.decide is LinkDesk.decide


def test_a_part_is_in_the_hands_of_whoever_acts(folder):
    with Linker.open(folder) as linker:
        reader = linker.acting(Person("r", "reader"))
        for act in (
            lambda: reader.links.decide(a_link(linker), "confirm", "Ada"),
            lambda: reader.themes.rename(two_themes(linker)[0], "Ada", "Another name"),
            lambda: reader.plan.set(two_records(linker)[0], reviewer="Ada", comment="Done"),
            lambda: reader.lexicon.correct("es", "cuota", "fee", "Ada"),
            lambda: reader.lexicon.merge(a_lexicon(linker)),
            lambda: reader.clusters.rename(reader.clusters()[0].cluster_id, "A title", "Ada"),
        ):
            with pytest.raises(AccessError):
                act()
        assert reader.documents.write("records", folder / "records.csv")


@pytest.mark.parametrize("verb", VERBS)
def test_a_role_may_do_what_it_holds_the_right_to_and_signs_with_its_own_name(verb, folder):
    right, act = VERBS[verb]
    able = {role for role in ROLES if right in RIGHTS[role]}
    with Linker.open(folder) as linker:
        before = contents(linker)
        for person in (ONLOOKER, *map(somebody, ROLES)):
            if person.role not in able:
                with pytest.raises(AccessError, match=f"may not {right}"):
                    act(linker.acting(person))
                assert (signed(linker), contents(linker)) == (set(), before)
            else:
                act(linker.acting(person))
        names = signed(linker)
        assert names <= {somebody(role).identity for role in able}
        if right not in (Right.IMPORT, Right.ARRANGE, Right.TEACH, Right.BUILD):
            assert names or verb in ("compare_plan", "import_plan", "import_plans")


def test_without_a_person_everything_is_as_on_ones_own_machine(folder):
    with Linker.open(folder) as linker:
        assert linker.acting(None).person is None
        made = linker.decide(a_link(linker), "confirm", " Any Name ", settle=True)
        assert made.reviewer == "Any Name"
        # To act as nobody known is no way back to full rights.
        reader = linker.acting(Person("r", "reader"))
        with pytest.raises(AccessError):
            reader.acting(None).decide(made.link_id, "reject", "Any Name")


@pytest.mark.parametrize(
    "act",
    [
        lambda on, path: on.add([path]),
        lambda on, path: on.merge_exemplars(path),
        lambda on, path: on.import_measures(path),
        lambda on, path: on.compare_plan(path),
        lambda on, path: on.import_plan(path, reviewer=""),
        lambda on, path: on.import_plans(path, reviewer=""),
        lambda on, path: on.import_verdicts(path, reviewer=""),
        lambda on, path: on.arrange(umbrellas=str(path)),
        lambda on, path: on.preview(path),
        lambda on, path: on.import_review(path, reviewer=""),
        lambda on, path: on.lexicon.merge(path),
        lambda on, path: on.uptake(path),
    ],
)
def test_who_logged_in_reads_no_files_of_the_server(act, folder, tmp_path):
    outside = tmp_path / "secret.csv"
    outside.write_text("umbrella,term,id,title,text\nkept,quiet,1,2,3\n", encoding="utf-8")
    within = folder / "a-way-out.csv"
    within.symlink_to(outside)
    with Linker.open(folder) as linker:
        lead, before = linker.acting(Person("lead", "lead")), contents(linker)
        for path in (outside, within, folder / ".." / "secret.csv"):
            with pytest.raises(AccessError, match="not a file of this workspace") as refused:
                act(lead, path)
            assert str(tmp_path) not in str(refused.value)
        assert contents(linker) == before


def test_people_act_on_one_open_workspace_at_once(folder):
    with Linker.open(folder) as linker:
        links = [one.link.link_id for one in linker.convergences()[:40]]
        refused = []

        def judge(person):
            for link_id in links:
                try:
                    linker.acting(person).decide(link_id, "confirm", "somebody else")
                except LinkerError as error:
                    refused.append((person.identity, type(error)))

        people = [Person("a", "reviewer"), Person("b", "lead"), Person("c", "reader")]
        threads = [threading.Thread(target=judge, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert refused == [("c", AccessError)] * len(links)
        said = [(d.reviewer, d.link_id) for d in linker.store.decisions()]
        assert sorted(said) == sorted((who, link_id) for who in "ab" for link_id in links)
        assert linker.person is None


def test_the_encoder_is_loaded_once_for_all(folder, encoder):
    with Linker.open(folder, encoder=encoder) as linker:
        one, other = linker.acting(Person("a", "lead")), linker.acting(Person("b", "reader"))
        assert one.encoder is other.encoder is linker.encoder
