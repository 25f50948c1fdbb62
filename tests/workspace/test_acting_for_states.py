"""Whose role is for some States reads and changes nothing of any other."""

import shutil
from contextlib import nullcontext

import pytest

from linker.errors import AccessError, LinkerError
from linker.records.filters import Filter
from linker.review.roles import OF_ALL_STATES, Person, Right
from linker.workspace.workspace import Linker
from tests.workspace.test_acting import READ, VERBS, contents, measures, signed, two_records


@pytest.fixture(scope="module")
def shared(demo, tmp_path_factory):
    """The demonstration, and a record of Nepal."""
    folder = tmp_path_factory.mktemp("states") / "valmora"
    shutil.copytree(demo[0], folder)
    table = folder / "nepal.csv"
    table.write_text("id,state,mechanism,text\nN1,Nepal,UPR,Build roads to every district\n")
    with Linker.open(folder) as linker:
        linker.add([table])
        linker.import_measures(measures(linker))
    return folder


@pytest.fixture
def folder(shared, tmp_path):
    copied = tmp_path / "valmora"
    shutil.copytree(shared, copied)
    return copied


TABLES = {"compare_plan", "import_plan", "import_plans", "import_review", "import_verdicts"}


def of(states, role="lead"):
    return Person(f"{role}@example.org", role, states=states)


class Borrowed:
    """Reads with one, writes with another: a stranger who got hold of all ids."""

    def __init__(self, whole, stranger):
        self._whole, self._stranger = whole, stranger

    def export(self, kind, path):
        state = self._whole.store.states()[-1]
        return self._whole.export(kind, path, state)

    def __getattr__(self, name):
        return getattr(self._whole if name in READ - {"person"} else self._stranger, name)


def logged(linker):
    return {name: n for name, n in linker.store.counts().items() if name != "exemplars"}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_changes_anything_of_another_state(verb, folder):
    _, act = VERBS[verb]
    with Linker.open(folder) as linker:
        before = contents(linker)
        with_all_ids = Borrowed(linker, linker.acting(of(("NPL",))))
        # Tables are read row by row: those of other States are told of as unknown.
        with nullcontext() if verb in TABLES else pytest.raises(LinkerError):
            act(with_all_ids)
        assert not signed(linker)
        assert contents(linker) == before


@pytest.mark.parametrize(
    "verb",
    [
        v
        for v, (right, _) in VERBS.items()
        if right is Right.DECIDE
        or v in ("set_plan", "correct", "add_sdg", "rename_theme", "assign", "merge_records")
    ],
)
def test_in_their_own_state_they_do_what_the_role_holds(verb, folder):
    with Linker.open(folder) as linker:
        state = linker.store.record(two_records(linker)[0]).state
        VERBS[verb][1](linker.acting(of((state,))))
        assert signed(linker) == {"lead@example.org"}


@pytest.mark.parametrize("right", Right)
def test_what_concerns_all_states_is_for_those_of_all(right):
    assert of(()).may(right)
    assert of(("NPL",)).may(right) == (right not in OF_ALL_STATES)
    if right in OF_ALL_STATES:
        with pytest.raises(AccessError, match=r"lead of NPL and may not .* lead of all States"):
            of(("NPL",)).check(right)


def test_nothing_of_another_state_is_read(shared, tmp_path):
    with Linker.open(shared) as linker:
        there, home = two_records(linker)[0], linker.convergences()[0].link.link_id
        nepal = linker.acting(of(("NPL",), "reader"))
        assert [record.id for record in nepal.records()] == ["N1"]
        assert [found.record.id for found in nepal.search("abolish the death penalty")] == ["N1"]
        assert nepal.search("roads", Filter(state=linker.store.record(there).state)) == []
        assert nepal.only_state() == "NPL"
        for listed in (nepal.convergences, nepal.sdg, nepal.clusters, nepal.plan_log,
                       nepal.record_log):  # fmt: skip
            assert list(listed()) == [], listed
        assert {one.record.id for one in nepal.similar("Abolish the death penalty")} <= {"N1"}
        assert [one.source.name for one in nepal.imports()] == ["nepal.csv"]
        state = linker.store.record(there).state
        for refused in (
            lambda: nepal.explain(home),
            lambda: nepal.only_state(state),
            lambda: nepal.theme_edits(state),
            lambda: nepal.shared_out(state),
            lambda: nepal.xray(state),
            lambda: nepal.export("records", tmp_path / "records.csv", state),
            lambda: nepal.source(state),
            lambda: nepal.map(state),
            lambda: nepal.claims(state),
            lambda: nepal.audit(state),
        ):
            try:
                assert not refused()
            except LinkerError:
                continue


def test_who_acts_for_some_states_gets_no_more_by_acting_as_another(shared):
    with Linker.open(shared) as linker:
        nepal = linker.acting(of(("NPL",)))
        for other in (None, of(("VTM", "NPL")), of(())):
            assert [record.id for record in nepal.acting(other).records()] == ["N1"]
        assert len(linker.records()) > 400


def test_no_record_is_drawn_into_another_state(folder):
    with Linker.open(folder) as linker:
        there = two_records(linker)[0]
        nepal, before = linker.acting(of(("NPL",))), contents(linker)
        for act in (
            lambda: nepal.correct("N1", "state", "Kenya", ""),
            lambda: nepal.merge_records("N1", there, ""),
            lambda: nepal.merge_records(there, "N1", ""),
            lambda: nepal.add_convergence("N1", there, ""),
        ):
            with pytest.raises(LinkerError):
                act()
        assert (signed(linker), contents(linker)) == (set(), before)
        assert linker.store.record("N1").state == "NPL"
