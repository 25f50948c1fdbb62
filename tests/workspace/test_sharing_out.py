"""Work shared out, and what is public only after an administrator's release."""

import json

import docx
import pytest

from linker import Linker
from linker.documents.plan import plan_of
from linker.errors import AccessError, LinkerError
from linker.plan.entries import PlanChange, PlanEntry, standing_entries
from linker.plan.sharing_out import is_assigned, is_overdue, not_released, people
from linker.review.roles import Person
from linker.store.archive import read_archive, write_archive

ADA, BEA = "Ada Example", "Office of the Ombudsman"


def rows(linker):
    return {row.plan_id: row for row in linker.plan()}


def ids(linker):
    """Return a row of the plan, a theme that is not its own, and a cluster of neither."""
    one = next(iter(linker.plan()))
    theme = next(t for t in linker.xray() if t.theme_id != one.theme.theme_id)
    inside = {member.record_id for member in theme.members} | {one.plan_id}
    cluster = next(
        c
        for c in linker.clusters()
        if len(c.records) > 1 and not inside & {r.id for r in c.records}
        and {r.id for r in c.records} & set(rows(linker))
    )  # fmt: skip
    return one, theme, cluster


def test_a_row_a_theme_and_a_cluster_are_somebodys(linker):
    row, theme, cluster = ids(linker)
    keys = [row.plan_id, theme.theme_id, cluster.cluster_id]
    made = linker.assign(keys, f"{ADA}; {BEA}", reviewer="Lead")
    assert [(c.record_id, c.field, c.reviewer) for c in made] == [
        (k, "person", "Lead") for k in keys
    ]
    assert all(change.at for change in made)
    assert linker.assign(keys, f"{ADA}; {BEA}", reviewer="Lead") == []
    mine = {r.plan_id for r in linker.plan.shared_out(person="ada  example".title())}
    planned = set(rows(linker))
    expected = {row.plan_id} | ({m.record_id for m in theme.members} & planned)
    expected |= {record.id for record in cluster.records} & planned
    assert mine == expected
    assert {r.plan_id for r in linker.plan.shared_out(person=BEA)} == mine
    with pytest.raises(LinkerError, match="Ada Example"):
        linker.plan.shared_out(person="Ada Exemple")


def test_it_is_taken_back_unless_somebody_changed_it_since(linker):
    row, theme, _ = ids(linker)
    linker.assign([row.plan_id], BEA, reviewer="Lead")
    made = linker.assign([row.plan_id, theme.theme_id], ADA, reviewer="Lead")
    linker.take_back(made, reviewer="Lead")
    entries = standing_entries(linker.plan_log())
    assert (entries[row.plan_id].person, entries[theme.theme_id].person) == (BEA, "")
    made = linker.assign([row.plan_id], ADA, reviewer="Lead")
    linker.assign([row.plan_id], "Eve", reviewer="Eve")
    with pytest.raises(LinkerError, match="changed since"):
        linker.take_back(made, reviewer="Lead")


def test_what_is_not_there_cannot_be_assigned(linker):
    for key in ("nothing", "T-nothing", "CL-nothing"):
        with pytest.raises(LinkerError, match=key):
            linker.assign([key], ADA, reviewer="Lead")
    with pytest.raises(LinkerError, match="name"):
        linker.assign([ids(linker)[1].theme_id], ADA, reviewer=" ")
    assert not linker.plan_log()


def test_status_is_public_after_a_release_and_until_the_next_change(linker):
    key = ids(linker)[0].plan_id
    assert linker.release([key], reviewer="Lead") == []  # there is nothing to release
    linker.set_plan(key, reviewer="Ada", status="in progress", evidence="Law No. 9")
    entry = rows(linker)[key].entry
    assert (entry.released, entry.is_internal) == (False, True)
    assert (entry.as_released().status, entry.as_released().evidence) == ("", "")
    made = linker.release([key], reviewer="Lead")
    assert [(c.field, c.value, c.reviewer) for c in made] == [("released", "yes", "Lead")]
    assert rows(linker)[key].entry.released
    linker.set_plan(key, reviewer="Ada", deadline="2029")  # is nothing that is released
    assert rows(linker)[key].entry.as_released().status == "in progress"
    linker.set_plan(key, reviewer="Ada", status="fully implemented")
    assert rows(linker)[key].entry.is_internal
    linker.release([key], reviewer="Lead")
    linker.release([key], False, reviewer="Lead")
    assert not rows(linker)[key].entry.released


def test_only_the_lead_releases(linker):
    key = ids(linker)[0].plan_id
    linker.set_plan(key, reviewer="Ada", status="in progress")
    reviewer = linker.acting(Person("rev@example.org", "reviewer"))
    with pytest.raises(AccessError, match="release status and evidence"):
        reviewer.release([key], reviewer="rev")
    made = linker.acting(Person("lead@example.org", "lead")).release([key], reviewer="somebody")
    assert made[0].reviewer == "lead@example.org"
    with pytest.raises(AccessError):
        reviewer.take_back(made, reviewer="rev")
    reviewer.assign([key], ADA, reviewer="rev")


def test_documents_leave_out_or_say_what_is_not_released(linker, tmp_path):
    upr = [r for r in linker.plan() if r.row.record.is_cyclic and r.row.record.cycle == "4"][:2]
    one, other = (row.plan_id for row in upr)
    linker.set_plan(one, reviewer="Ada", status="in progress", result="A bill is before parliament")
    linker.set_plan(other, reviewer="Ada", status="fully implemented", result="The register works")
    linker.release([other], reviewer="Lead")

    def said(**options):
        path = linker.export("midterm", tmp_path / "m.docx", **options)[0]
        return "".join(t.text or "" for t in docx.Document(path).element.body.iter()
                       if t.tag.endswith("}t"))  # fmt: skip

    whole, public = said(), said(released_only=True)
    assert "1 recommendation not released" in whole
    assert "A bill is before parliament" in whole
    assert "not released" not in public
    assert "A bill is before parliament" not in public
    assert "The register works" in whole
    assert "The register works" in public
    path = linker.export("plan", tmp_path / "p.json")[0]
    found = {row["id"]: row["released"] for row in json.loads(path.read_text("utf-8"))["rows"]}
    assert (found[one], found[other]) == (False, True)


def test_the_archive_carries_both(linker, tmp_path):
    row, theme, _ = ids(linker)
    linker.assign([row.plan_id, theme.theme_id], ADA, reviewer="Lead")
    linker.set_plan(row.plan_id, reviewer="Ada", status="in progress")
    linker.release([row.plan_id], reviewer="Lead")
    write_archive(linker.store, tmp_path / "w.zip")
    read_archive(tmp_path / "w.zip", tmp_path / "again")
    with Linker.open(tmp_path / "again") as again:
        assert again.plan_log() == linker.plan_log()
        entry = {r.plan_id: r.entry for r in plan_of(again.source())}[row.plan_id]
        assert (entry.person, entry.released) == (ADA, True)


def test_who_and_when_by_the_words_alone():
    entry = PlanEntry(person="Ministry of Justice; José Núñez\n", deadline="2026-05")
    assert people(entry) == ("Ministry of Justice", "José Núñez")
    assert people(None) == ()
    assert is_assigned({"a": entry}, ["b", "a"], "jose nunez")
    assert not is_assigned({"a": entry}, ["a"], "José")
    assert not is_assigned({"a": PlanEntry()}, ["a"], "")
    assert is_overdue(entry, "2026-06-01")
    assert not is_overdue(entry, "2026-05-31")
    assert not is_overdue(PlanEntry(deadline="2020", status="fully implemented"), "2026-01-01")
    assert not is_overdue(None, "2026-01-01")
    assert not_released([entry]) == ""
    assert not_released([PlanEntry(status="in progress")] * 2).startswith("Status, result or")
    log = [PlanChange(1, "a", "released", "yes", "L", ""), PlanChange(2, "a", "law", "", "A", "")]
    assert not standing_entries(log)["a"].released


@pytest.mark.parametrize("by", ["recommendation", "cluster"])
def test_the_matrix_says_what_is_not_released_where_it_shows_a_status(linker, tmp_path, by):
    upr = [r for r in linker.plan() if r.row.record.is_cyclic and r.row.record.cycle == "4"][:2]
    one, other = (row.plan_id for row in upr)
    linker.set_plan(one, reviewer="Ada", status="in progress")
    linker.set_plan(other, reviewer="Ada", result="A bill is before parliament")

    def said(**options):
        path = linker.export("matrix", tmp_path / "m.html", by=by, **options)[0]
        return path.read_text("utf-8")

    assert "Status, result or evidence of 1 recommendation not released" in said()
    assert "not released" not in said(columns=("position",))
    assert "not released" not in said(released_only=True)
    linker.release([one], reviewer="Lead")
    assert "not released" not in said()
