"""A second reviewer, links made by hand, and what becomes of both."""

import csv
import io

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import LinkerError
from linker.plan.entries import NOBODY
from linker.workspace.workspace import Linker
from tests.ui.test_pages import button, judge, texts


def pair_not_proposed(linker):
    """Two records of two documents between which the engine keeps no link."""
    records = linker.records()
    known = {frozenset((i.link.left_id, i.link.right_id)) for i in linker.convergences()}
    return next(
        (tb.id, upr.id)
        for tb in records if tb.mechanism == "TB"
        for upr in records if upr.mechanism == "UPR"
        if frozenset((tb.id, upr.id)) not in known
    )  # fmt: skip


def test_an_independent_reviewer_is_asked_again_and_sees_nothing_of_the_first(show, valmora, log):
    first = judge(show("convergences", valmora, reviewer="Ada"), "confirm")
    app = show("convergences", valmora, reviewer="Grace", independent="true", link=first)
    assert "Ada" not in texts(app)
    assert " %" not in texts(app), "who judges independently must not see how sure Linker is"
    assert judge(app, "reject") == first
    assert "Others said: Ada: confirmed" in texts(app)
    assert app.query_params["link"] != first
    assert [(d.reviewer, d.verdict) for d in log(valmora)] == [
        ("Ada", "confirm"), ("Grace", "reject")
    ]  # fmt: skip


def test_disagreements_are_listed_and_settled_by_a_third(show, valmora):
    link = judge(show("convergences", valmora, reviewer="Ada"), "confirm")
    with Linker.open(valmora) as linker:
        linker.decide(link, "reject", "Grace", "another article")
    app = show("agreement", valmora, reviewer="The lead")
    said = texts(app)
    assert "Ada and Grace" in said
    assert "another article" in said
    assert "1 link to settle" in said
    app.text_input(key=f"settle-note-{link}").set_value("same duty").run()
    app.button(key=f"settle-confirm-{link}").click().run()
    assert not app.exception
    assert "0 links to settle, 1 settled" in texts(app)
    with Linker.open(valmora) as linker:
        linker.decide(link, "reject", "Grace")
        item = next(i for i in linker.convergences() if i.link.link_id == link)
    assert item.confirmed
    assert (item.decision.kind, item.decision.note) == ("settlement", "same duty")
    app.toggle(key="settled").set_value(True).run()
    app.button(key=f"unsettle-{link}").click().run()
    assert "1 link to settle, 0 settled" in texts(app)


def test_an_independent_reviewer_sees_no_disagreement_before_the_own_word(show, valmora):
    links = [judge(show("convergences", valmora, reviewer="Ada"), "confirm")]
    with Linker.open(valmora) as linker:
        linker.decide(links[0], "reject", "Grace")
    app = show("agreement", valmora, reviewer="Third", independent="true")
    assert "Grace" not in texts(app)
    with pytest.raises(KeyError):
        app.button(key=f"settle-confirm-{links[0]}")


def test_a_link_by_hand_is_searched_added_listed_and_taken_back(show, valmora):
    with Linker.open(valmora) as linker:
        left, right = pair_not_proposed(linker)
    app = show("convergences", valmora, reviewer="Ada", left=left)
    app.text_input(key="find-right").set_value(right).run()
    app.button(key=f"take-right-{right}").click().run()
    app.text_input(key="by-hand-note").set_value("both follow from article 10").run()
    app.button(key="by-hand-add").click().run()
    assert not app.exception
    assert "Added:" in texts(app)
    with Linker.open(valmora) as linker:
        made = linker.convergences().confirmed()[0]
        row = made.to_row()
        assert {row["left_id"], row["right_id"]} == {left, right}
        assert (row["probability"], row["band"], row["decision"]) == (None, "by hand", "confirm")
        assert made.decision.note == "both follow from article 10"
        assert linker.explain(row["link_id"]).probability < 1
    again = show("convergences", valmora, reviewer="Ada", link=row["link_id"])
    assert "Added by hand" in texts(again)
    again.button(key="undo").click().run()
    with Linker.open(valmora) as linker:
        assert not linker.convergences().confirmed()


def test_links_by_hand_outlive_a_build_and_stand_in_documents(valmora, tmp_path):
    with Linker.open(valmora) as linker:
        left, right = pair_not_proposed(linker)
        linker.add_convergence(left, right, "Ada", "known from the report")
        state, record = linker.only_state(), linker.records()[0]
        linker.add_sdg(record.id, "5.3.1", "Ada")
        before = [i.to_row() for i in linker.convergences() if i.confirmed]
        linker.store.save_build(state, "", [], [], linker.store.themes(state), {})
        after = [i.to_row() for i in linker.convergences()]
        assert after == before
        codes = {(i.link.target, i.link.indicator) for i in linker.sdg() if i.confirmed}
        assert codes == {("5.3", ""), ("5.3", "5.3.1")}
        (file,) = linker.export(
            "links", tmp_path / "links.csv", confirmed_only=True, with_names=True
        )
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert sorted(row["band"] for row in rows) == ["by hand"] * 3
    assert {row["reviewer"] for row in rows} == {"Ada"}


def test_an_accepted_link_that_is_proposed_no_longer_is_kept(valmora):
    with Linker.open(valmora) as linker:
        item = linker.convergences()[0]
        linker.decide(item.link.link_id, "confirm", "Ada")
        state = linker.only_state()
        linker.store.save_build(state, "", [], [], linker.store.themes(state), {})
        (kept,) = linker.convergences().shown()
        assert kept.link.link_id == item.link.link_id
        assert kept.confirmed


def test_what_cannot_be_a_link_is_refused(valmora):
    with Linker.open(valmora) as linker:
        one, other, *_ = [r for r in linker.records() if r.mechanism == "UPR" and r.cycle == "3"]
        for arguments, said in (
            ((one.id, other.id, "Ada"), "stand in one document"),
            ((one.id, "nothing", "Ada"), "two records"),
            ((*pair_not_proposed(linker), " "), "reviewer's name"),
            ((*pair_not_proposed(linker), "Ada", "", "alike"), "'alike' is not known"),
        ):
            with pytest.raises(LinkerError, match=said):
                linker.add_convergence(*arguments)
        for code, said in (("5", "is a goal"), ("5.99", "is no goal, target")):
            with pytest.raises(LinkerError, match=said):
                linker.add_sdg(one.id, code, "Ada")
        assert linker.store.decisions() == []


def test_the_other_relation_counts_from_the_page(show, valmora):
    with Linker.open(valmora) as linker:
        item = next(i for i in linker.convergences() if i.link.relation == "related")
    app = show("convergences", valmora, reviewer="Ada", link=item.link.link_id)
    app.button(key=f"other-{item.link.link_id}").click().run()
    assert not app.exception
    with Linker.open(valmora) as linker:
        again = next(i for i in linker.convergences() if i.link.link_id == item.link.link_id)
    assert (again.confirmed, again.relation, again.to_row()["relation"]) == (
        True, "convergence", "convergence"
    )  # fmt: skip


def test_an_indicator_is_added_from_the_framework(show, valmora):
    with Linker.open(valmora) as linker:
        record = linker.records()[0]
    app = show("sdg", valmora, reviewer="Ada", record=record.id)
    app.selectbox(key=f"add-sdg-{record.id}").set_value("5.c.1").run()
    app.button(key=f"add-sdg-button-{record.id}").click().run()
    assert not app.exception
    assert "Added by hand: 5.c.1" in texts(app)
    with Linker.open(valmora) as linker:
        accepted = {i.link.indicator or i.link.target for i in linker.sdg().confirmed()}
    assert accepted == {"5.c", "5.c.1"}


def test_agreement_on_the_command_line(valmora):
    with Linker.open(valmora) as linker:
        for number, item in enumerate(linker.convergences()[:4]):
            linker.decide(item.link.link_id, "confirm", "Ada")
            linker.decide(item.link.link_id, "reject" if number == 3 else "confirm", "Grace")

    def run(*arguments):
        result = CliRunner().invoke(main, ["--workspace", str(valmora), "agreement", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    (row,) = csv.DictReader(io.StringIO(run("--format", "csv")))
    assert (row["both"], row["agreed"], row["confirm_reject"]) == ("4", "3", "1")
    (other,) = csv.DictReader(io.StringIO(run("--disagreements", "--format", "csv")))
    assert other["said"] == "Ada: confirm; Grace: reject"
    assert '"kappa"' in run("--format", "json")


def test_search_by_institution_goal_and_theme_of_the_x_ray(show, valmora):
    with Linker.open(valmora) as linker:
        records = list(linker.records())
        record = next(r for r in records if r.mechanism == "UPR" and r.cycle == "4")
        linker.set_plan(record.id, reviewer="Ada", responsible="Ministry of Justice; Parliament")
        theme = linker.xray().themes[0]
        tracked = {
            i.link.record_id
            for i in linker.sdg()
            if i.link.band == "propose" and not i.link.indicator and i.link.target[:2] == "5."
        }
    app = show("search", valmora)
    app.multiselect(key="responsible").set_value(["Parliament"]).run()
    assert not app.exception
    assert "1 record<" in texts(app)
    app.multiselect(key="responsible").set_value([NOBODY]).run()
    assert f"{len(records) - 1} records<" in texts(app)
    app = show("search", valmora)
    app.multiselect(key="home").set_value([theme.label]).run()
    assert f"{len(theme.members)} record" in texts(app)
    app = show("search", valmora)
    app.multiselect(key="goal").set_value(["5"]).run()
    assert f"{len(tracked)} record" in texts(app)
    assert {b.label for b in app.get("download_button")} == {"CSV", "Excel"}


def test_records_as_a_workbook_are_text_and_complete(demo):
    from openpyxl import load_workbook

    from linker.records.record import TABLE_COLUMNS
    from linker.ui.tables import to_xlsx

    with Linker.open(demo[0]) as linker:
        records = linker.records()[:20]
    sheet = load_workbook(io.BytesIO(to_xlsx(records))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == TABLE_COLUMNS
    assert [row[TABLE_COLUMNS.index("id")] for row in rows[1:]] == [record.id for record in records]
    assert [row[TABLE_COLUMNS.index("text")] for row in rows[1:]] == [
        record.text for record in records
    ]


def test_the_second_reviewer_is_pointed_to_independent_judging(show, valmora):
    with Linker.open(valmora) as linker:
        shown = [i.link.link_id for i in linker.convergences().shown()]
        linker.decide_many(shown, "confirm", "Ada")
    app = show("convergences", valmora, reviewer="Grace")
    assert "Everything that these filters show is judged" in texts(app)
    button(app, "Judge independently").click().run()
    assert not app.exception
    assert app.query_params["link"] in shown


def test_sdg_targets_of_a_theme(show, valmora):
    with Linker.open(valmora) as linker:
        theme = max(linker.xray(), key=lambda t: len(t.members))
        members = {m.record_id for m in theme.members}
        item = next(
            i for i in linker.sdg().shown() if i.link.record_id in members and not i.link.indicator
        )
        linker.decide(item.link.link_id, "confirm", "Ada")
    app = show("sdg", valmora, **{"for": "A theme"})
    app.selectbox(key="sdg-theme").set_value(theme.theme_id).run()
    assert not app.exception
    said = texts(app)
    assert f"of {len(members)} records, 1 confirmed" in said
    opened = next(b for b in app.button if b.key.startswith("theme-open-"))
    opened.click().run()
    assert not app.exception
    assert app.query_params["record"] in members
