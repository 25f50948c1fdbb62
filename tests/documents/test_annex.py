"""The annex: confirmed clusters alone, each footnote the original's symbol and paragraph."""

import re
import zipfile
from dataclasses import replace

import docx
import pytest
from made_up_state import (
    CEDAW,
    CRC,
    MARRIAGE_3,
    MARRIAGE_4,
    PRISONS,
    RECORDS,
    convergence,
    decided,
    made_up,
    tb,
)

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as Asked
from linker.documents.annex import LONG, SHORT, annex
from linker.documents.bibliography import bibtex, cited_documents, ris
from linker.documents.citation import reference
from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.errors import NotFound
from linker.links import SdgLink
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.review.cluster_sdg import SharedSdg
from linker.review.results import ProposedSdgLink
from linker.workspace.workspace import Linker

COMPILED = replace(
    tb("CERD", "60", "Prohibit the marriage of children", 2024),
    symbol="A/HRC/WG.6/47/XVM/2", cites="CERD/C/XVM/CO/3, para. 12",
)  # fmt: skip
UNHCR = replace(
    tb("UN entities", "61", "Registering every marriage", 2024), mechanism="SUB",
    symbol="A/HRC/WG.6/47/XVM/2", extra=(("submitted_by", "UNHCR"),),
    cites="UNHCR in A/HRC/WG.6/47/XVM/2, para. 61",
)  # fmt: skip
NEVER = tb("CESCR", "5", "Maintain the exceptions to the age of marriage", 2016)


def shared(code, verdict):
    link = SdgLink(MARRIAGE_4.id, 0, code, "", "", 0.9, "propose")
    return SharedSdg((ProposedSdgLink(link, MARRIAGE_4, decided(link.link_id, verdict)),), 1)


def cluster(number, title, *records, verdict="confirm", unseen=(), targets=()):
    key = f"CL-{number:010d}"
    asked = tuple(Asked(record.id, 0, "", 0.9) for record in (*records, *unseen))
    said = decided(key, verdict)
    shown = tuple(
        ShownMember(member, record, said if record in records else None)
        for member, record in zip(asked, (*records, *unseen), strict=True)
    )
    return ShownCluster(Cluster(key, title, asked), "XVM", shown, said, "", targets)


MARRIAGE = cluster(
    1, "End child marriage", MARRIAGE_4, MARRIAGE_3, CEDAW, COMPILED, unseen=[CRC],
    targets=(shared("5.3", "confirm"), shared("16.9", "")),
)  # fmt: skip
PRISON = cluster(2, "Reduce overcrowding", *PRISONS[3:4], verdict="")


def source(**changes):
    values = {
        "records": [*RECORDS, COMPILED, NEVER], "clusters": (PRISON, MARRIAGE),
        "convergences": [convergence(NEVER, MARRIAGE_4, 0.01, "confirm", 0, "opposite"),
                         convergence(NEVER, MARRIAGE_3, 0.01, "", 0, "opposite")],
    }  # fmt: skip
    return made_up(**{**values, **changes})


def test_a_paragraph_says_who_asked_when_and_where_it_stands():
    ((theme, (measure,)),) = annex(source()).sections
    assert theme.label == "Child, early and forced marriage"
    assert measure.text.startswith(
        "End child marriage. Asked by France, Kenya and Paraguay in 2024 (110.2), by Portugal in "
        "2019 (98.4), by CERD and by CEDAW in 2021. The State's position: 2 supported."
    )
    assert "SDG target 5.3." in measure.text
    notes = [piece.footnote for piece in measure.pieces if piece.footnote]
    assert notes[:4] == [
        "A/HRC/40/XVM, para. 110.2.", "A/HRC/30/XVM, para. 98.4.",
        "CERD/C/XVM/CO/3, para. 12.", "CEDAW/C/XVM/CO/5, para. 21 (b).",
    ]  # fmt: skip


def test_nothing_unconfirmed_stands_in_it():
    made = annex(source())
    assert [m.cluster.cluster_id for _, m in made.measures()] == [MARRIAGE.cluster_id]
    assert CRC not in next(made.measures())[1].records
    assert len(made.contrary) == 1
    assert "16.9" not in str(made.to_rows())


def test_nobody_is_named(tmp_path):
    for suffix in ("docx", "csv", "json", "ris", "bib"):
        path = write("annex", tmp_path / f"a.{suffix}", source())[0]
        parts = [path.read_bytes()]
        if suffix == "docx":
            parts = [zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist()]
        assert not any(b"Otieno" in part for part in parts)


def test_words_are_counted_against_the_limits():
    made = annex(source())
    counted = sum(len(m.text.split()) for _, m in made.measures())
    assert made.words > counted
    assert f"{SHORT:,}" in made.length
    assert f"{LONG:,}" in made.length


def footnotes(path):
    xml = zipfile.ZipFile(path).read("word/footnotes.xml").decode("utf-8")
    found = re.findall(r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', xml, re.DOTALL)
    return {int(number): "".join(re.findall(r"<w:t[^>]*>([^<]*)", said)) for number, said in found}


def test_footnotes_are_words_own_and_resolve_to_symbol_and_paragraph(tmp_path):
    path = write("annex", tmp_path / "a.docx", source())[0]
    notes = footnotes(path)
    body = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
    marks = [int(n) for n in re.findall(r'<w:footnoteReference w:id="(\d+)"/>', body)]
    assert marks == list(range(1, len(notes) + 1))
    known = {reference(r) for r in source().records}
    known |= {f"{r.symbol}, para. {r.paragraph}" for r in source().records if r.is_cyclic}
    for said in notes.values():
        assert said.strip().removesuffix(".") in known, said
    document = docx.Document(str(path))
    assert "Contrary asks" in [p.text for p in document.paragraphs]
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == ["Measure", "UPR", "Treaty bodies", "Others"]


def test_sources_leave_for_reference_managers_by_their_original():
    made = cited_documents([MARRIAGE_4, COMPILED, CEDAW])
    assert [(d.symbol, d.paragraphs) for d in made] == [
        ("A/HRC/40/XVM", ("110.2",)), ("CEDAW/C/XVM/CO/5", ("21 (b)",)),
        ("CERD/C/XVM/CO/3", ("12",)),
    ]  # fmt: skip
    assert made[2].year == 0
    entries = ris(made).split("ER  - ")
    assert len(entries) == 4
    assert "SN  - CERD/C/XVM/CO/3\r\n" in entries[2]
    assert "UR  - https://undocs.org/CEDAW/C/XVM/CO/5" in entries[1]
    assert bibtex(made).count("@techreport{") == 3
    assert "number = {A/HRC/40/XVM}" in bibtex(made)


def test_a_theme_can_be_chosen():
    assert not annex(source(), Options(theme="Inclusive education")).sections
    with pytest.raises(NotFound):
        annex(source(), Options(theme="Nothing of the kind"))


def test_several_themes_can_be_chosen():
    def told(*themes):
        made = annex(source(), Options(themes=themes))
        return {theme.theme_id: len(several) for theme, several in made.sections}

    every, known = told(), [theme.theme_id for theme in source().xray]
    with_measures = next(iter(every))
    without = next(key for key in known if key not in every)
    assert told(with_measures, without) == {with_measures: every[with_measures]}
    assert told(without, next(k for k in known if k not in every and k != without)) == {}
    assert told(*known) == every
    with pytest.raises(NotFound, match="Nowhere"):
        told(with_measures, "Nowhere")


def test_the_same_bytes_from_the_same_workspace(tmp_path):
    shuffled = source(records=[NEVER, COMPILED, *reversed(RECORDS)], clusters=(MARRIAGE, PRISON))
    for suffix in ("docx", "json", "ris", "bib"):
        one = write("annex", tmp_path / f"1.{suffix}", source())[0].read_bytes()
        assert write("annex", tmp_path / f"2.{suffix}", shuffled)[0].read_bytes() == one


def test_twenty_footnotes_of_the_demonstration_resolve(demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        known = linker.source()
    clusters = [
        replace(
            c,
            decision=decided(c.cluster_id, "confirm"),
            members=tuple(replace(m, decision=decided(c.cluster_id, "confirm")) for m in c.members),
        )
        for c in known.clusters
    ]
    path = write("annex", tmp_path / "a.docx", replace(known, clusters=clusters))[0]
    places = {(r.symbol, r.paragraph) for r in known.records}
    notes = footnotes(path)
    assert len(notes) >= 20
    for said in notes.values():
        for part in said.strip().removesuffix(".").split("; "):
            symbol, _, numbers = part.rpartition(", para")
            symbol = symbol.split(" ")[-1]
            for number in numbers.lstrip("s. ").split(", "):
                assert (symbol, number) in places, said


def test_a_part_of_the_united_nations_speaks_by_its_name():
    source = made_up(records=[*RECORDS, UNHCR], clusters=[cluster(3, "Register", UNHCR)])
    ((_, measure),) = annex(source).measures()
    assert "by UNHCR in 2024" in measure.text
    assert "In the words of UNHCR" in measure.text


def test_words_that_can_be_understood_alone_are_quoted():
    newer = replace(tb("CAT", "9", "Acceding to the Convention", 2024), state="XVM")
    source = made_up(records=[*RECORDS, newer], clusters=[cluster(4, "Accede", CRC, newer)])
    ((_, measure),) = annex(source).measures()
    assert "In the words of CRC" in measure.text
    assert "to the Convention”" not in measure.text
