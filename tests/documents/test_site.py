"""The public portal: what it shows and what it never shows, and that it is the same every time."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

import jsonschema
import pytest
from lxml import etree, html
from made_up_state import CLUSTERS, CRC, LOG, MARRIAGE_3, MARRIAGE_4, RECORDS, made_up, upr
from portal_held_against import wrong_in_portal

from linker.documents.inputs import Options
from linker.documents.site.addresses import address, further, institution_address, is_lasting
from linker.documents.site.published import publication
from linker.documents.site.site import portal
from linker.plan.entries import Comment, PlanEntry
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT

CONFIRMED, PROPOSALS = Options(only_confirmed=True), Options()
CONFIRMED_CLUSTERS = (
    replace(
        CLUSTERS[0],
        members=(*CLUSTERS[0].members[:1], replace(CLUSTERS[0].members[1], decision=LOG[0])),
    ),
)
FILLED = {
    MARRIAGE_4.id: PlanEntry(
        responsible="Ministry of Justice; Office of the Ombudsperson",
        deadline="2027-12-31",
        status="in progress",
        result="A bill was tabled.",
        evidence="https://example.org/bill, and javascript:alert(1)",
        budget="12 million, not for the public",
        partners="A partner in confidence",
        comments=(Comment("Amina Otieno", "2026-03-04T10:00:00Z", "Between ourselves"),),
        own=(("Internal", "for us alone"),),
        reported="2026-03-01",
        released=True,
    ),
    CRC.id: PlanEntry(status="fully implemented", responsible="ministry of justice", released=True),
}


@cache
def made(options=CONFIRMED):
    """The portal of the made-up State as (files, source), made once."""
    return of(options)


def of(options=CONFIRMED, **changes):
    source = made_up(**{"entries": FILLED, "clusters": CONFIRMED_CLUSTERS, **changes})
    return dict(portal([source], options, {})), source


def page(files, address):
    return html.fromstring(files[address].decode("utf-8"))


def text(files, address):
    return " ".join(page(files, address).get_element_by_id("content").text_content().split())


@pytest.mark.parametrize("options", [CONFIRMED, PROPOSALS])
def test_what_is_printed_stands_in_the_records(options):
    files, source = made(options)
    assert list(wrong_in_portal(files, source)) == []


def test_an_institution_written_in_two_ways_counts_each_record_once():
    entries = {
        MARRIAGE_4.id: PlanEntry(responsible="Ministry of Justice; ministry of  Justice"),
        CRC.id: PlanEntry(responsible="ministry of justice"),
    }
    files, _ = of(entries=entries)
    listed = page(files, institution_address("Ministry of Justice"))
    assert len(listed.xpath("//ol[@class='rows']/li")) == 2
    facets = files["search/facets.js"].decode().removeprefix('portal.facets("facets",')
    found = {one["key"]: one["values"] for one in json.loads(facets.rstrip(";\n)"))["facets"]}
    assert len(found["institution"]) == 1


def test_the_checker_sees_what_is_wrong():
    files, source = made(PROPOSALS)
    record = address("records", MARRIAGE_4.id)
    swaps = (
        (record, b"France", b"Fiji"),
        (record, b">5.3.1<", b">5.4.1<"),
        (record, b"confirmed, 2026-03-04", b"confirmed, 2025-01-01"),
        (record, b"A bill was tabled.", b"A bill was adopted."),
        ("themes.html", b"<h1>", b"<h1>CRC/C/ZZZ/CO/77 "),
        (address("themes", "T-0000000004"), b"Supported", b"Noted"),
        ("score-card.html", b"<td>10</td>", b"<td>11</td>"),
    )
    for place, before, after in swaps:
        assert before in files[place], before
        wrong = {**files, place: files[place].replace(before, after)}
        assert list(wrong_in_portal(wrong, source)), before


def test_nothing_but_what_was_confirmed():
    files, _ = made()
    said = text(files, address("records", MARRIAGE_4.id))
    assert "Who asks the same CEDAW/C/XVM/CO/5, para. 21 (b) [confirmed, 2026-03-04]" in said
    assert "5.3.1" in said
    assert "16.9" not in said
    for name, content in files.items():
        marks = [m.text_content() for m in html.fromstring(content).find_class("proposal")] \
            if name.endswith(".html") else []  # fmt: skip
        assert marks == [], name
    rows = json.loads(files["data/records.json"])["rows"]
    assert not any(row[key] for row in rows for key in row if key.startswith("proposed_"))
    assert "measures/cl-0000000001.html" in files
    # Confirmed with one record in it; the other came later and is a proposal.
    files, _ = of(clusters=CLUSTERS)
    assert json.loads(files["data/measures.json"])["rows"] == []


def test_proposals_where_asked_for_and_marked():
    files, _ = made(PROPOSALS)
    said = text(files, address("records", MARRIAGE_4.id))
    assert "CRC/C/XVM/CO/5, para. 34 [proposal, 87 %]" in said
    assert "also shows proposals" in page(files, "index.html").text_content()
    rejected = text(files, address("records", RECORDS[7].id))
    assert "Who asks the same" not in rejected


def test_nobody_is_named_and_nothing_internal_is_said():
    for options in (CONFIRMED, PROPOSALS):
        files, _ = made(options)
        for name, content in files.items():
            for secret in (b"Amina", b"Otieno", b"Ada", b"Between ourselves", b"12 million",
                           b"A partner in confidence", b"for us alone"):  # fmt: skip
                assert secret not in content, (name, secret)


def test_nothing_is_public_before_its_release():
    entries = {key: replace(entry, released=False) for key, entry in FILLED.items()}
    files, _ = of(entries=entries)
    said = b"".join(files.values())
    for hidden in (b"A bill was tabled", b"https://example.org/bill", b"2026-03-01"):
        assert hidden not in said
        assert hidden in b"".join(made()[0].values())
    assert b"Ombudsperson" in said


def test_status_with_evidence_and_date_and_in_words():
    files, _ = made()
    one = page(files, address("records", MARRIAGE_4.id))
    assert "In progress as reported on 2026-03-01" in " ".join(
        one.find_class("status")[0].text_content().split()
    )
    hrefs = [a.get("href") for a in one.iter("a")]
    assert "https://example.org/bill" in hrefs
    assert not [href for href in hrefs if not href.startswith(("https://", "../", "#"))]
    both = text(files, institution_address("Ministry of Justice"))
    assert "2 recommendations: 1 fully implemented, 1 in progress." in both


def test_every_thing_has_a_page_and_every_link_leads_to_one():
    files, source = made(PROPOSALS)
    made_of = publication(source, PROPOSALS)
    assert set(made_of.lasting) <= set(files)
    folders = {PurePosixPath(page).parts[0] for page in made_of.lasting}
    assert folders == {"records", "measures", "themes", "institutions", "targets"}
    assert all(map(is_lasting, made_of.lasting))
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        for element in html.fromstring(content.decode()).iter("a", "link", "script"):
            target = element.get("href") or element.get("src") or "#"
            if not target.startswith(("https://", "#")):
                parts = PurePosixPath(name).parent.joinpath(target.split("?")[0]).parts
                kept = []
                for part in parts:
                    kept.pop() if part == ".." else kept.append(part)
                assert "/".join(kept) in files, (name, target)


def test_pages_are_small_and_a_long_list_has_several():
    many = [
        upr(
            f"140.{n}",
            "4",
            f"Recommendation number {n} on prisons " + "and more " * 60,
            (),
            "noted",
        )
        for n in range(250)
    ]
    files, _ = of(records=many)
    assert max(len(c) for a, c in files.items() if a.endswith(".html")) < 200_000
    first = next(a for a in files if a.startswith("reviews/"))
    shown = [
        len(page(files, further(first, n)).xpath(".//ol[@class='rows']/li")) for n in (1, 2, 3)
    ]
    assert shown == [100, 100, 50]


def test_the_same_bytes_in_any_order():
    source = made_up(entries=FILLED)
    turned = replace(
        source,
        records=RECORDS[::-1],
        convergences=source.convergences[::-1],
        sdg=source.sdg[::-1],
        entries=dict(reversed(FILLED.items())),
    )
    assert dict(portal([source], PROPOSALS, {})) == dict(portal([turned], PROPOSALS, {}))


HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x {{ 7*7 }}'


def test_hostile_texts_stay_texts():
    bad = replace(
        MARRIAGE_4, text=HOSTILE, source_url="javascript:alert(3)", context=HOSTILE,
        themes=(HOSTILE,), groups=(HOSTILE,), recommending_states=(HOSTILE,), language='en" x="',
        id=f"../../{HOSTILE}", position_source=HOSTILE, symbol=f"A/HRC/1 {HOSTILE}",
    )  # fmt: skip
    entry = PlanEntry(status="in progress", evidence=f"javascript:alert(4) data:x {HOSTILE}",
                      responsible=HOSTILE, result=f"https://e.org/{HOSTILE}",
                      released=True)  # fmt: skip
    files, _ = of(records=[bad, MARRIAGE_3], entries={bad.id: entry}, clusters=())
    assert all(re.fullmatch(r"[\w./-]+", name) and ".." not in name for name in files)
    for name, content in files.items():
        if name.endswith(".html"):
            tree = html.fromstring(content.decode())
            assert not [e for e in tree.iter() if any(a.startswith("on") for a in e.attrib)]
            assert not list(tree.iter("img"))
            scripts = [s.get("src") for s in tree.iter("script")]
            assert scripts in ([], ["assets/search.js"]), name
            links = [a.get("href") for a in tree.iter("a")]
            assert not [a for a in links if ":" in a and not a.startswith("https://")], name
            assert b"x 49" not in content
        elif name.endswith(".xml"):
            etree.fromstring(content)
    for name in ("facets", "cards-0"):
        said = files[f"search/{name}.js"].decode()
        json.loads(said.removeprefix(f"portal.{name.split('-')[0]}(")[len(name) + 3 : -3])


@pytest.mark.parametrize("name", ["records", "measures", "changes"])
def test_open_data_fits_its_schema_and_csv_says_the_same(name):
    files, _ = made(PROPOSALS)
    schema = json.loads(files[f"data/{name}.schema.json"])
    published = CHECKOUT / "docs" / "schemas" / f"portal-{name}.json"
    assert published.read_bytes() == files[f"data/{name}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(files[f"data/{name}.json"])
    jsonschema.Draft202012Validator(schema).validate(data)
    rows = list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode())))
    assert len(rows) == len(data["rows"])
    described = schema["properties"]["rows"]["items"]["properties"]
    head = files[f"data/{name}.csv"].decode().splitlines()[0].split(",")
    assert head == [*described, "notice"]
    if name == "records":
        data["rows"][0]["status"] = "done"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(data)


def test_an_organisations_own_templates_stand_before_those_that_ship(tmp_path):
    from linker.errors import Invalid

    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "about.html").write_text(
        '{% extends "base.html" %}{% block main %}Ours{% endblock %}'
    )
    files, _ = of(Options(only_confirmed=True, template=str(tmp_path)))
    assert text(files, "about.html").endswith("Ours")
    assert "assets/logo.svg" in files
    for fault in ("{{ state.__class__.__mro__ }}", "{% if %}", "{{ nothing }}", "{{ 1 // 0 }}"):
        (tmp_path / "about.html").write_text(fault)
        with pytest.raises(Invalid, match=r"about\.html"):
            of(Options(only_confirmed=True, template=str(tmp_path)))
    with pytest.raises(Invalid, match="no folder"):
        of(Options(only_confirmed=True, template=str(tmp_path / "none")))


def test_several_states_stand_in_folders_of_their_own():
    other = replace(made_up(entries={}), state="KEN", records=[replace(MARRIAGE_3, state="KEN")],
                    convergences=[], sdg=[], clusters=[])  # fmt: skip
    files = dict(portal([made_up(entries=FILLED), other], CONFIRMED, {}))
    assert {"index.html", "xvm/index.html", "ken/index.html", "assets/style.css"} <= set(files)
    assert json.loads(files["portal.json"])["states"] == ["KEN", "XVM"]
    listed = page(files, "index.html").xpath(".//li/a")
    assert listed[0].text_content() == "Kenya: 1 recommendation"


def test_addresses_come_from_ids_alone():
    for one, other in (("A/1", "a/1"), ("CL-00000000ab", "cl-00000000ab"), ("5.a", "5.A")):
        assert address("records", one).casefold() != address("records", other).casefold()
    assert is_lasting(address("records", "٥.٣"))
    assert address("measures", "CL-00000000AB".lower().replace("cl", "CL")) == (
        "measures/cl-00000000ab.html"
    )
    assert institution_address("The Ministry of Justice") == institution_address(
        "ministry of justice"
    )
    for bad in ("records/../x.html", "http://x/records/a.html", "records/a.html/b", "data/x.html"):
        assert not is_lasting(bad)
    assert CLUSTERS[0].cluster_id.lower() in address("measures", CLUSTERS[0].cluster_id)


def test_the_demonstration_holds(demo):
    with Linker.open(demo[0]) as linker:
        source = linker.documents.source()
    files = dict(portal([source], PROPOSALS, {}))
    assert list(wrong_in_portal(files, source)) == []
    assert max(len(c) for a, c in files.items() if a.endswith(".html")) < 200_000
