"""Every page, on the demonstration workspace, with what a reviewer does there."""

import csv
import io
import re
from urllib.parse import parse_qs

import pytest

from linker.documents.kinds import FOLDER, KINDS, PDF, formats_of
from linker.programs import office_program
from linker.ui.background import works
from linker.ui.queue import UNCERTAIN_FIRST
from linker.workspace.workspace import Linker


def texts(app):
    """All text of a page: HTML, markdown, captions."""
    blocks = [element.body for element in app.get("html")]
    blocks += [element.value for kind in ("markdown", "caption") for element in app.get(kind)]
    blocks += [element.value for kind in ("info", "success", "error") for element in app.get(kind)]
    return "\n".join(blocks)


def button(app, label):
    return next(b for b in app.button if b.label == label)


def judge(app, verdict):
    """Click a verdict on the link that is shown; return its id."""
    link_id = app.query_params["link"]
    app.button(key=f"{verdict}-{link_id}").click().run()
    assert not app.exception
    return link_id


def test_start_of_an_empty_folder_offers_the_demonstration(show, tmp_path):
    app = show("start", tmp_path / "nothing")
    assert {b.label for b in app.button} >= {"Open the demonstration", "Open or create"}
    assert "nothing is sent anywhere" in texts(app).lower()


def test_start_makes_a_workspace_reads_files_and_builds(show, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(
        "state,mechanism,symbol,paragraph,text\n"
        "Kenya,TB,CEDAW/C/KEN/CO/8,21,Raise the minimum age of marriage to 18 years\n"
        "Kenya,UPR,A/HRC/44/9,142.1,Set the minimum age of marriage at 18\n"
        "Atlantis,UPR,A/HRC/44/9,142.2,Ratify the Convention\n",
        encoding="utf-8",
    )
    app = show("start", tmp_path / "kenya")
    button(app, "Open or create").click().run()
    app.text_area[0].set_value(f"{file}\n{tmp_path}/missing.csv")
    button(app, "Read the files").click().run()
    said = texts(app)
    assert not app.exception
    assert "table.csv" in said
    assert "missing.csv: not read" in said
    assert "Atlantis" in said
    button(app, "Build").click().run()
    assert not app.exception
    works().of(str(tmp_path / "kenya")).join()
    app.run()
    assert "likely convergence" in texts(app)
    with Linker.open(tmp_path / "kenya") as linker:
        assert linker.store.build_digest("KEN")
        assert len(linker.convergences()) >= 1


def test_start_reads_what_is_dropped_in(show, tmp_path):
    app = show("start", tmp_path / "w")
    button(app, "Open or create").click().run()
    app.file_uploader[0].upload(
        "../../dropped.csv", b"state,text\nKEN,Ratify the Convention\n", "text/csv"
    )
    button(app, "Read the files").click().run()
    assert not app.exception
    assert "dropped.csv" in texts(app)
    with Linker.open(tmp_path / "w") as linker:
        assert [record.state for record in linker.records()] == ["KEN"]


@pytest.mark.parametrize(
    "name", ["xray", "convergences", "sdg", "plan", "search", "documents", "method"]
)
def test_pages_without_records_point_to_start(show, tmp_path, name):
    app = show(name, tmp_path / "nothing")
    if name == "sdg":
        return
    assert button(app, "Go to Start")


@pytest.mark.parametrize("view", ["Themes", "Bodies", "Years", "SDGs", "Map"])
def test_xray_shows_every_view(show, demo, view):
    app = show("xray", demo[0], view=view)
    assert "X-ray of Valmora" in texts(app)


def test_xray_goes_from_theme_to_record_to_its_links(show, demo):
    with Linker.open(demo[0]) as linker:
        theme = max(linker.xray(), key=lambda t: len(t.members))
    app = show("xray", demo[0])
    app.button(key=f"theme-{theme.theme_id}").click().run()
    assert app.query_params["theme"] == theme.theme_id
    record_id = theme.members[0].record_id
    app.button(key=f"record-{record_id}").click().run()
    assert app.query_params["record"] == record_id
    assert not app.exception
    assert "SDG targets and indicators" in [h.value for h in app.header]


def test_judging_is_written_before_the_page_moves_on_and_never_offered_again(show, valmora, log):
    app = show("convergences", valmora, reviewer="Ada")
    first = judge(app, "confirm")
    assert [(d.link_id, d.verdict, d.reviewer) for d in log(valmora)] == [(first, "confirm", "Ada")]
    second = judge(app, "reject")
    third = app.query_params["link"]
    assert len({first, second, third}) == 3
    again = show("convergences", valmora, reviewer="Grace")
    assert again.query_params["link"] == third


def test_undo_takes_back_only_ones_own_last_decision(show, valmora, log):
    app = show("convergences", valmora, reviewer="Ada")
    link = judge(app, "unsure")
    other = show("convergences", valmora, reviewer="Grace")
    assert other.button(key="undo").disabled
    app.button(key="undo").click().run()
    assert [d.verdict for d in log(valmora)] == ["unsure", "undo"]
    assert app.query_params["link"] == link


def test_skip_brings_the_next_and_writes_nothing(show, valmora, log):
    app = show("convergences", valmora, reviewer="Ada")
    first = app.query_params["link"]
    app.button(key=f"skip-{first}").click().run()
    assert app.query_params["link"] != first
    assert log(valmora) == []


def test_a_note_is_kept_with_the_decision(show, valmora, log):
    app = show("convergences", valmora, reviewer="Ada")
    app.text_input(key=f"note-{app.query_params['link']}").set_value("same article <b>")
    judge(app, "confirm")
    assert log(valmora)[0].note == "same article <b>"


def test_blind_mode_hides_the_probability_until_judged(show, valmora):
    app = show("convergences", valmora, reviewer="Ada", blind="true")
    before = texts(app)
    assert "same measure" not in before.replace("for the same measure?", "")
    assert "Why Linker" not in before
    judge(app, "confirm")
    assert "Linker's estimate" in texts(app).replace("&#x27;", "'")


def test_without_a_name_nothing_can_be_decided(show, valmora):
    app = show("convergences", valmora)
    link = app.query_params["link"]
    assert app.button(key=f"confirm-{link}").disabled
    app.text_input(key="judge-reviewer").set_value("Ada").run()
    assert not app.button(key=f"confirm-{link}").disabled
    assert app.query_params["reviewer"] == "Ada"


def test_the_order_by_uncertainty_starts_in_the_middle(show, valmora):
    app = show("convergences", valmora, order=UNCERTAIN_FIRST)
    with Linker.open(valmora) as linker:
        shown = [item.link for item in linker.convergences().shown()]
    nearest = min(shown, key=lambda link: (abs(link.probability - 0.5), link.link_id))
    assert app.query_params["link"] == nearest.link_id


def test_a_shared_address_opens_its_link(show, valmora):
    with Linker.open(valmora) as linker:
        wanted = linker.convergences()[7].link.link_id
    app = show("convergences", valmora, link=wanted)
    assert app.query_params["link"] == wanted


def test_many_are_confirmed_at_once_and_taken_back_at_once(show, valmora, log):
    app = show("convergences", valmora, reviewer="Ada", band="Likely")
    with Linker.open(valmora) as linker:
        likely = {i.link.link_id for i in linker.convergences() if i.link.band == "propose"}
    app.button(key="bulk").click().run()
    app.button(key="bulk-confirmed").click().run()
    assert not app.exception
    assert {d.link_id for d in log(valmora) if d.verdict == "confirm"} == likely
    app.button(key="undo").click().run()
    with Linker.open(valmora) as linker:
        assert not linker.convergences().confirmed()


def test_sdg_proposals_are_confirmed_and_taken_back(show, valmora, log):
    with Linker.open(valmora) as linker:
        item = next(i for i in linker.sdg() if i.link.band == "propose")
    app = show("sdg", valmora, reviewer="Ada", record=item.link.record_id)
    app.button(key=f"confirm-{item.link.link_id}").click().run()
    assert not app.exception
    assert log(valmora)[0].link_id == item.link.link_id
    app.button(key="sdg-undo").click().run()
    assert [d.verdict for d in log(valmora)] == ["confirm", "undo"]


def test_sdg_of_a_pasted_text(show, demo):
    app = show("sdg", demo[0], **{"for": "A text of your own"})
    app.text_area(key="pasted").set_value("End child marriage and female genital mutilation")
    button(app, "Suggest").click().run()
    assert not app.exception
    assert "5.3.1" in texts(app)


def test_search_finds_and_filters(show, demo):
    app = show("search", demo[0], q="prison overcrowding")
    found = texts(app)
    assert "nearest first" in found
    app.multiselect(key="mechanism").set_value(["TB"]).run()
    assert not app.exception
    assert "Cycle 3" not in texts(app)
    assert app.get("download_button")


def test_documents_offer_every_kind(show, demo):
    app = show("documents", demo[0])
    offered = {f"{kind}-{suffix}" for kind in KINDS for suffix in formats_of(kind)} - {
        # No browser can save a folder; the same files come as an archive.
        *(f"{kind}-{FOLDER}" for kind in KINDS),
        *(() if office_program() else (f"{kind}-{PDF}" for kind in KINDS)),
    }
    assert {button.key for button in app.get("download_button")} == {*offered, "archive-zip"}


def test_method_says_the_limits_and_what_was_imported(show, demo):
    app = show("method", demo[0])
    assert "English only" in texts(app)
    assert any("upr-cycle-4.csv" in e.label for e in app.expander)
    assert {"Convergences", "SDG targets and indicators"} <= {e.label for e in app.expander}
    assert "MiniLM AP" in texts(app)


def test_texts_are_never_taken_for_html(show, tmp_path):
    with Linker.open(tmp_path / "w", create=True) as linker:
        file = tmp_path / "evil.csv"
        file.write_text(
            "state,mechanism,symbol,paragraph,text\n"
            'KEN,TB,<script>a</script>,1,"Ratify <img src=x onerror=alert(1)> it"\n',
            encoding="utf-8",
        )
        linker.add([file])
    said = texts(show("search", tmp_path / "w"))
    assert "<img" not in said
    assert "<script>a" not in said


def test_downloaded_records_can_be_imported_again(demo, tmp_path):
    from linker.ui.tables import to_csv

    with Linker.open(demo[0]) as linker:
        records = linker.records()[:30]
    text = to_csv(records)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == [record.id for record in records]
    file = tmp_path / "again.csv"
    file.write_text(text, encoding="utf-8")
    with Linker.open(tmp_path / "again", create=True) as linker:
        report = linker.add([file])[0]
        assert (report.kept, report.refused) == (30, 0)
        assert [r.text for r in linker.records()] == [r.text for r in records]


@pytest.mark.parametrize(("view", "drawn"), [("Bodies", "heat"), ("Years", "timeline")])
def test_a_page_shows_the_picture_that_the_document_shows(show, demo, tmp_path, view, drawn):
    with Linker.open(demo[0]) as linker:
        (path,) = linker.export("xray", tmp_path / "xray.html")
    of_document = re.sub(r"</?a\b[^>]*>", "", path.read_text(encoding="utf-8"))
    kind = "table" if drawn == "heat" else "svg"
    wanted = re.search(rf'<{kind} class="{drawn}".*?</{kind}>', of_document, re.DOTALL)
    shown = re.sub(r"</?a\b[^>]*>", "", texts(show("xray", demo[0], view=view)))
    assert " ".join(wanted[0].split()) in shown


@pytest.mark.parametrize("view", ["Bodies", "Map"])
def test_a_picture_calls_themes_as_the_page_does(show, demo, view):
    said = texts(show("xray", demo[0], view=view, language="fr"))
    assert "Mariage" in said
    assert ">Marriage<" not in said


@pytest.mark.parametrize(
    ("view", "name", "value"), [("Bodies", "body", "CEDAW"), ("SDGs", "goal", "5")]
)
def test_a_picture_leads_to_the_records_that_it_counts(show, demo, view, name, value):
    links = [one.proto for one in show("xray", demo[0], view=view).get("page_link")]
    wanted = next(one for one in links if parse_qs(one.query_string) == {name: [value]})
    assert wanted.page == "search"
    app = show("search", demo[0], **{name: value})
    assert app.multiselect(key=name).value == [value]
    with Linker.open(demo[0]) as linker:
        count = sum(record.body == value for record in linker.records())
    if view == "Bodies":
        assert f"{count} record" in texts(app)


def test_the_list_of_all_records_is_sent_where_it_is_opened(show, valmora):
    with Linker.open(valmora) as linker:
        records = linker.records()
    app = show("sdg", valmora, reviewer="Ada")
    first, other = app.query_params["record"], records[7].id
    assert "sdg-record" not in [one.key for one in app.selectbox]
    app.session_state["sdg-choose"] = True
    app.run()
    listed = app.selectbox(key="sdg-record")
    assert len(listed.options) == len(records)
    listed.set_value(other).run()
    assert not app.exception
    assert app.query_params["record"] == other != first
    assert not app.session_state["sdg-choose"]
    app.button(key="step-N").click().run()
    assert app.query_params["record"] not in (other, first)
