"""The pages of a shared workspace, as each role and as strangers see them."""

import os

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from linker.errors import AccessError
from linker.review.roles import Person
from linker.ui.access import identity
from linker.workspace.handed_over import file_name, on_disk
from linker.workspace.sharing import LOGIN, ROLES
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT

PEOPLE = """identity,role,name
lead@example.org,lead,Lea Example
reviewer@example.org,reviewer,
reader@example.org,reader,
"""
AUTH = {"client_id": "linker", "redirect_uri": "http://127.0.0.1:8501/oauth2callback"}


@pytest.fixture
def shared(valmora, monkeypatch):
    """The demonstration workspace as `linker app` shares it; its roles file."""
    roles = valmora / "roles.csv"
    roles.write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("LINKER_WORKSPACE", str(valmora))
    monkeypatch.setenv(LOGIN, "required")
    monkeypatch.setenv(ROLES, str(roles))
    return roles


def open_page(who, name="start", **address):
    """A page for who logged in with an e-mail address; None for nobody."""
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=120)
    app.secrets["auth"] = AUTH
    claims = {"is_logged_in": True, "email": who, "email_verified": True}
    app.user = claims if who else {"is_logged_in": False}
    app.query_params["reviewer"] = "Somebody Else"
    app.run()
    if name != "start":
        app.switch_page(f"linker/ui/pages/{name}.py")
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception, app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def shown(app):
    """The link that the page asks about."""
    link = app.query_params["link"]
    return link if isinstance(link, str) else link[0]


def everything(app):
    """All that is written on a page."""
    return " ".join(str(getattr(element, "value", "")) for element in app.main) + " ".join(
        element.proto.body for element in app.get("html")
    )


def test_nobody_sees_anything_before_logging_in(shared):
    for name in ("start", "xray", "convergences", "search", "documents"):
        app = open_page(None, name)
        assert labels(app) == ["Log in"]
        assert "Valmora" not in everything(app)
        assert not app.get("download_button")


def test_several_login_services_have_a_button_each(shared):
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=120)
    app.secrets["auth"] = {
        "redirect_uri": AUTH["redirect_uri"], "client_kwargs": {"prompt": "login"},
        "one": {"client_id": "a"}, "two": {"client_id": "b"},
    }  # fmt: skip
    app.user = {"is_logged_in": False}
    app.run()
    assert labels(app) == ["Log in with one", "Log in with two"]


def test_who_has_no_role_is_told_so_and_sees_nothing(shared):
    app = open_page("eve@example.org")
    assert "eve@example.org has no role here" in app.error[0].value
    assert labels(app) == ["Log out"]
    assert "Valmora" not in everything(app)


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": True, "email": "lead@example.org", "email_verified": False, "sub": "7"},
        {"is_logged_in": True, "email": "lead@example.org", "oid": "0f-1", "sub": "7"},
        {"is_logged_in": True, "sub": ""},
        {"is_logged_in": "true", "email": "lead@example.org"},
        {"email": "lead@example.org"},
    ],
)
def test_a_claim_that_nobody_vouches_for_opens_no_door(shared, claims):
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=120)
    app.secrets["auth"] = AUTH
    app.user = claims
    app.run()
    assert "Valmora" not in everything(app)
    assert labels(app) in (["Log out"], ["Log in"])


def test_without_its_files_a_shared_workspace_is_shut(shared):
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=120)
    app.user = {"is_logged_in": False}
    app.run()
    assert "secrets.toml is gone" in app.error[0].value
    for broken in ("identity,role\nlead@example.org,boss\n", None):
        shared.write_text(broken, "utf-8") if broken else shared.unlink()
        app = open_page("lead@example.org")
        assert "roles file cannot be read" in app.error[0].value
        assert "boss" not in everything(app)
        assert labels(app) == ["Log out"]


def test_a_reader_looks_and_is_offered_nothing_else(shared):
    app = open_page("reader@example.org", "convergences")
    assert "You are a reader here: you may look" in app.info[0].value
    decide = [b for b in app.button if b.label in ("Confirm", "Reject", "Unsure", "Undo")]
    assert len(decide) == 4
    assert all(button.disabled for button in decide)
    app = open_page("reader@example.org")
    assert not {"Read the files", "Build"} & set(labels(app))
    app = open_page("reader@example.org", "documents")
    assert app.get("download_button")


def test_a_reviewer_decides_in_the_own_name_and_in_no_other(shared, valmora, log):
    app = open_page("Reviewer@Example.org", "convergences", reviewer="Somebody Else")
    assert "bar-reviewer" not in [field.key for field in app.text_input]
    link = shown(app)
    app.button(f"confirm-{link}").click().run()
    assert not app.exception
    (made,) = log(valmora)
    assert (made.link_id, made.reviewer) == (link, "reviewer@example.org")
    app.button("undo").click().run()
    assert [d.verdict for d in log(valmora)] == ["confirm", "undo"]
    assert not {"Read the files", "Build"} & set(labels(open_page("reviewer@example.org")))
    assert "Arrange" not in labels(open_page("reviewer@example.org", "xray"))


def test_a_note_that_begins_like_a_settlement_is_none_of_a_reviewers(shared, valmora, log):
    app = open_page("reviewer@example.org", "convergences")
    link = shown(app)
    app.text_input(f"note-{link}").set_value("adjudication: mine counts")
    app.button(f"confirm-{link}").click().run()
    assert [(d.kind, d.note) for d in log(valmora)] == [("word", "adjudication: mine counts")]


def test_only_a_lead_settles_a_disagreement(shared, valmora, log):
    with Linker.open(valmora) as linker:
        link = linker.convergences()[0].link.link_id
        linker.acting(Person("a@example.org", "reviewer")).decide(link, "confirm", "")
        linker.acting(Person("b@example.org", "reviewer")).decide(link, "reject", "")
    key = f"settle-reject-{link}"
    assert open_page("reviewer@example.org", "agreement").button(key).disabled
    app = open_page("lead@example.org", "agreement")
    app.button(key).click().run()
    assert log(valmora)[-1].reviewer == "lead@example.org"
    assert log(valmora)[-1].kind == "settlement"


def test_a_lead_has_everything_but_the_servers_folders(shared, valmora):
    app = open_page("lead@example.org")
    assert {"Read the files", "Build", "Log out"} <= set(labels(app))
    assert not {"Open the demonstration", "Open or create"} & set(labels(app))
    assert not app.text_area, "files of the server are not to be named"
    assert "An archive" not in str(app.header)
    assert "Arrange" in labels(open_page("lead@example.org", "xray"))


def test_no_address_leads_out_of_the_workspace(shared, valmora, tmp_path):
    other = tmp_path / "other"
    with Linker.open(other, create=True):
        pass
    for folder in (other, tmp_path / "new", valmora / ".."):
        app = open_page("lead@example.org", "xray", workspace=str(folder))
        assert "Valmora" in everything(app)
    assert not (tmp_path / "new").exists()


def test_a_role_taken_away_counts_at_the_next_click(shared, valmora, log):
    app = open_page("reviewer@example.org", "convergences")
    link = shown(app)
    shared.write_text(PEOPLE.replace("@example.org,reviewer", "@example.org,reader"), "utf-8")
    app.button(f"confirm-{link}").click().run()
    assert "may not decide on links" in everything(app)
    shared.write_text("identity,role\nlead@example.org,lead\n", "utf-8")
    app.run()
    assert "has no role here" in app.error[0].value
    assert log(valmora) == []


def test_a_page_left_open_hands_nothing_out_once_the_role_is_gone(shared, monkeypatch):
    """What the page prepared is called when somebody clicks, long after it was drawn."""
    made = {}

    def button(_label, data, key, **_kwargs):
        made[key] = data

    monkeypatch.setattr(streamlit, "download_button", button)
    open_page("reader@example.org", "documents")
    assert made["records-csv"]().startswith(b"id,")
    assert made["archive-zip"]().startswith(b"PK")
    shared.write_text("identity,role\nlead@example.org,lead\n", "utf-8")
    assert len(made) > 20
    for prepared in made.values():
        with pytest.raises(AccessError, match="has no role here"):
            prepared()


def test_the_plan_is_filled_in_by_reviewers_in_their_own_name(shared, valmora):
    with Linker.open(valmora) as linker:
        record = linker.plan().rows[0].plan_id
    app = open_page("reader@example.org", "plan", record=record)
    assert next(b for b in app.button if b.label == "Write into the plan").disabled
    app = open_page("reviewer@example.org", "plan", record=record)
    next(f for f in app.text_input if f.label == "Responsible body").set_value("Ministry")
    next(b for b in app.button if b.label == "Write into the plan").click().run()
    with Linker.open(valmora) as linker:
        assert [c.reviewer for c in linker.plan_log()] == ["reviewer@example.org"]


def test_ones_own_machine_stays_open(valmora, show):
    assert LOGIN not in os.environ
    app = show("start", valmora)
    assert {"Read the files", "Build", "Open or create"} <= set(labels(app))
    assert app.text_area
    assert "Log out" not in labels(app)


@pytest.mark.parametrize(
    ("claims", "known_as"),
    [
        ({"email": "Ada@example.org", "email_verified": True}, "Ada@example.org"),
        ({"email": "ada@example.org", "sub": "7"}, "7"),
        ({"email": "ada@example.org", "oid": "0f-1", "sub": "7"}, "0f-1"),
        ({"email": "ada@example.org", "email_verified": True, "sub": "7"}, "ada@example.org"),
        ({"email": "ada@example.org", "email_verified": "true"}, "ada@example.org"),
        ({"email": "ada@example.org", "email_verified": False, "sub": "7"}, "7"),
        ({"email": "ada@example.org", "email_verified": "false", "sub": "7"}, "7"),
        ({"email": "ada@example.org", "email_verified": None, "sub": "7"}, "7"),
        ({"email": None, "sub": 7}, "7"),
        ({}, ""),
    ],
)
def test_people_are_known_by_an_address_that_was_verified(claims, known_as):
    assert identity(claims) == known_as


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("list.docx", "list.docx"),
        ("../../roles.csv", "roles.csv"),
        ("..\\..\\roles.csv", "roles.csv"),
        ("/etc/passwd", "passwd"),
        ("C:\\export.xlsx", "export.xlsx"),
        ("..", "file"),
        ("a/", "file"),
        ("", "file"),
        ("nul\0.csv", "_nul.csv"),  # a device on Windows
        ("\u202egnp.csv", "gnp.csv"),
        (".csv", "csv"),
        ("export.json.gz", "export.json.gz"),
        ("\udcff.csv", "csv"),
    ],
)
def test_names_of_uploads_do_no_harm(name, kept, tmp_path):
    assert file_name(name) == kept
    with on_disk(tmp_path, name, b"content") as path:
        assert path.read_bytes() == b"content"
        assert path.parent.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_very_long_name_keeps_its_suffix(tmp_path):
    with on_disk(tmp_path, "é" * 5000 + ".csv", b"") as path:
        assert path.suffix == ".csv"
        assert path.is_file()


@pytest.mark.parametrize("name", ["start", "convergences", "xray", "plan", "documents", "search"])
def test_whose_role_is_for_another_state_sees_nothing_of_this_one(shared, name):
    shared.write_text("identity,role,states\nlead@example.org,lead,NPL\n", encoding="utf-8")
    with Linker.open(shared.parent) as linker:
        titles = [cluster.title for cluster in linker.clusters()][:50]
        state = linker.only_state()
    app = open_page("lead@example.org", name, state=state)
    seen = everything(app)
    assert not [title for title in titles if title in seen]
    assert "Valmora" not in seen
    assert not app.get("download_button")
    assert "Nepal" in " ".join(caption.value for caption in app.caption)


def test_a_focal_point_reports_on_the_own_rows_alone(shared):
    row = "identity,role,bodies\njoy@example.org,focal point,Ministry of Justice\n"
    shared.write_text(row, encoding="utf-8")
    with Linker.open(shared.parent) as linker:
        own, other = [row.plan_id for row in linker.plan()][:2]
        linker.set_plan(own, reviewer="Lead", responsible="Ministry of Justice", deadline="2030")
        linker.set_plan(other, reviewer="Lead", responsible="Ministry of Health")
        answered = sum("Ministry of Justice" in row.entry.responsible for row in linker.plan())

    app = open_page("joy@example.org", "plan")
    assert f"answers for {answered} recommendation" in everything(app)
    assert not [key for key in (box.key for box in app.checkbox) if key.startswith("choose-")]
    app.toggle(key="plan-mine").set_value(True).run()
    assert len([b for b in app.button if (b.key or "").startswith("fill-")]) == min(answered, 10)

    app.button(f"fill-{own}").click().run()
    fields = {box.key.split("-")[0]: box for box in (*app.text_input, *app.text_area)}
    assert fields["deadline"].disabled
    assert fields["responsible"].disabled
    assert not fields["result"].disabled
    fields["result"].set_value("The bill was tabled.").run()
    next(b for b in app.button if (b.key or "").startswith("write-into-the-plan")).click().run()
    with Linker.open(shared.parent) as linker:
        last = linker.plan_log(own)[-1]
        assert (last.field, last.value, last.reviewer) == (
            "result", "The bill was tabled.", "joy@example.org",
        )  # fmt: skip

    app = open_page("joy@example.org", "plan", record=other)
    assert "Ministry of Health answers for it" in " ".join(one.value for one in app.info)
    assert all(box.disabled for box in app.text_area)


def test_whose_role_is_for_this_state_works_as_always(shared):
    row = "identity,role,states\nlead@example.org,lead,XVM\n"
    shared.write_text(row, encoding="utf-8")
    app = open_page("lead@example.org", "convergences")
    app.button(f"confirm-{shown(app)}").click().run()
    assert not app.exception
    with Linker.open(shared.parent) as linker:
        assert {one.reviewer for one in linker.store.decisions()} == {"lead@example.org"}
