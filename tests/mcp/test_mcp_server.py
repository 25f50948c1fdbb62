"""An assistant's own client over stdio: what it finds, how sure, and that it changes nothing."""

import asyncio
import json
import sys
from urllib.parse import quote

import pytest

pytest.importorskip("mcp", reason="the mcp extra is not installed")
from mcp import Client, MCPError, StdioServerParameters

from linker import Linker

TOOLS = {"search", "records", "similar", "suggest", "clusters", "claims", "explain"}


def asking(folder, asked, errlog=None):
    """Start the server as an assistant does and let a coroutine ask it."""
    from mcp.client.stdio import stdio_client

    command = StdioServerParameters(
        command=sys.executable, args=["-m", "linker", "-w", str(folder), "mcp"]
    )

    async def main():
        transport = stdio_client(command, errlog=errlog or sys.stderr)
        async with Client(transport) as client:
            return await asked(client)

    return asyncio.run(main())


@pytest.fixture(scope="module")
def session(demo):
    """Everything that one session asked, and what the server said."""
    with Linker.open(demo[0]) as linker:
        before = linker.store.version()
        link = linker.convergences()[0].link
        cluster = linker.clusters()[0].cluster_id
    calls = {
        "search": {"text": "child marriage", "limit": 3},
        "records": {"mechanism": "TB", "limit": 2},
        "similar": {"record_or_text": "Criminalize marital rape", "state": "XVM"},
        "suggest": {"text": "End child marriage and female genital mutilation"},
        "clusters": {"limit": 2},
        "claims": {"limit": 3},
        "explain": {"link_id": link.link_id},
    }
    wrong = {
        "explain": {"link_id": "C-000000000000"},
        "records": {"theme": "zzzz"},
        "search": {"text": ""},
        "clusters": {"state": "Atlantis"},
    }

    async def asked(client):
        answers = {name: await client.call_tool(name, given) for name, given in calls.items()}
        refused = {name: await client.call_tool(name, given) for name, given in wrong.items()}
        read = {
            "record": await client.read_resource(f"linker://record/{quote(link.left_id, '')}"),
            "cluster": await client.read_resource(f"linker://cluster/{cluster}"),
        }
        with pytest.raises(MCPError, match="no such record"):
            await client.read_resource("linker://record/none")
        return {
            "tools": (await client.list_tools()).tools,
            "templates": (await client.list_resource_templates()).resource_templates,
            "instructions": client.instructions,
            "answers": answers,
            "refused": refused,
            "read": read,
            "link": link,
        }

    found = asking(demo[0], asked)
    with Linker.open(demo[0]) as linker:
        assert linker.store.version() == before
    return found


def test_every_tool_only_looks_and_says_what_it_does(session):
    assert {tool.name for tool in session["tools"]} == TOOLS
    for tool in session["tools"]:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert len(tool.description) > 40
    assert {t.uri_template for t in session["templates"]} == {
        "linker://record/{record_id}",
        "linker://cluster/{cluster_id}",
    }
    assert "decision" in session["instructions"]


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_each_answer_says_how_sure_it_is(session, name):
    answer = session["answers"][name]
    assert not answer.is_error, answer.content[0].text
    told = json.loads(answer.content[0].text)
    assert told["rows"]
    assert told["shown"] == len(told["rows"]) <= told["total"]
    assert "person" in told["how_sure"] or "nobody" in told["how_sure"].lower()


def test_answers_are_those_of_the_workspace(session, demo):
    def rows(name):
        return json.loads(session["answers"][name].content[0].text)["rows"]

    with Linker.open(demo[0]) as linker:
        assert [r["id"] for r in rows("search")] == [
            f.record.id for f in linker.search("child marriage", limit=3)
        ]
        assert rows("clusters")[0]["cluster_id"] == linker.clusters()[0].cluster_id
        assert rows("claims")[0]["evidence"]
    assert rows("explain")[0]["link_id"] == session["link"].link_id
    assert "Speaks for it" in rows("explain")[0]["in_words"]
    assert {"5.3"} <= {row["target"] for row in rows("suggest")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("explain", "no such link"),
        ("records", "zzzz"),
        ("search", "text"),
        ("clusters", "Atlantis"),
    ],
)
def test_what_is_wrong_is_said_in_words(session, name, said):
    answer = session["refused"][name]
    assert answer.is_error
    assert said in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_a_record_and_a_cluster_are_resources(session):
    record = json.loads(session["read"]["record"].contents[0].text)
    assert record["record"]["id"] == session["link"].left_id
    cluster = json.loads(session["read"]["cluster"].contents[0].text)
    assert len(cluster["records"]) >= 2
    assert "a person must" in cluster["how_sure"]


def test_no_workspace_is_said_on_the_error_stream(tmp_path):
    import subprocess

    command = [sys.executable, "-m", "linker", "-w", str(tmp_path / "none"), "mcp"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, input="")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "no workspace here" in ended.stderr
