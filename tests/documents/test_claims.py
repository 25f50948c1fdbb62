"""Claims hold against every record of the files, wherever it is filed and however it is linked."""

from dataclasses import replace

import pytest
from made_up_state import convergence, decided, made_up, tb, upr

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as Asked
from linker.documents.claims import SCOPE, TITLES, Claims
from linker.documents.inputs import Options
from linker.documents.rounds import round_of
from linker.documents.writers import write
from linker.documents.xray_numbers import picture
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.themes.theme import Member, Theme, Xray
from linker.workspace.workspace import Linker

FERRIES_4 = upr("110.1", "4", "Inspect ferries every year", ("FRA",), "supported")
FERRIES_3 = upr("98.2", "3", "Train the crews of ferries", ("KEN",), "supported")
COURTS_4 = upr("110.2", "4", "Shorten proceedings before courts", ("FRA",), "supported")
COURTS_3 = upr("98.3", "3", "Build courts in the valleys", ("KEN",), "supported")
COURTS_TB = tb("CAT", "9", "Shorten proceedings before courts.")
PIERS = tb("CEDAW", "11", "Repair the piers at which passengers embark.")
EVERYTHING = [FERRIES_4, COURTS_4, COURTS_3, COURTS_TB, PIERS]


def theme(label, *records):
    members = tuple(Member(record.id, 0.5) for record in records)
    return Theme(f"T-{label}", "Rights", label, "", members)


def cluster(title, *records, verdict="", band="propose"):
    asked = tuple(Asked(record.id, 0, "", 0.9, band) for record in records)
    said = decided("CL-1", verdict)
    shown = tuple(ShownMember(m, r, said) for m, r in zip(asked, records, strict=True))
    return ShownCluster(Cluster("CL-1", title, asked), "XVM", shown, said)


def claims(*themes, records=EVERYTHING, links=(), clusters=()):
    return Claims(
        made_up(
            xray=Xray("XVM", themes),
            records=records,
            convergences=list(links),
            clusters=clusters,
            sdg=[],
        )
    )


def standing(made, about):
    return {(claim.kind, claim.said) for claim in made.of(about)}


FERRIES, COURTS = theme("Ferries", FERRIES_4), theme("Courts", COURTS_4, COURTS_3, COURTS_TB, PIERS)
ALONE = {("new", "UPR cycle 4"), ("only", "the UPR")}


def test_what_nothing_contradicts_is_said_with_its_evidence_and_scope():
    made = claims(FERRIES, COURTS)
    assert standing(made, "T-Ferries") == ALONE
    new = next(claim for claim in made.of("T-Ferries") if claim.kind == "new")
    assert new.evidence == (FERRIES_4.id,)
    assert new.sentence == (
        "Ferries: raised by UPR cycle 4 for the first time in the files imported."
    )
    assert standing(made, "T-Courts") == set()


def test_an_earlier_record_filed_elsewhere_refutes_new():
    made = claims(
        FERRIES, replace(COURTS, members=(Member(FERRIES_3.id, 0.5),)),
        records=[*EVERYTHING, FERRIES_3],
    )  # fmt: skip
    assert ("new", "UPR cycle 4") not in standing(made, "T-Ferries")
    refuted = next(c for c in made.themes["T-Ferries"] if c.kind == "new")
    assert refuted.refuted_by == (FERRIES_3.id,)


@pytest.mark.parametrize("relation", ["convergence", "related", "opposite"])
@pytest.mark.parametrize("probability", [0.9, 0.5, 0.02])
def test_any_link_refutes_below_the_line_too(relation, probability):
    link = convergence(PIERS, FERRIES_4, probability, "", 0, relation)
    assert ("only", "the UPR") not in standing(claims(FERRIES, COURTS, links=[link]), "T-Ferries")


def test_a_rejected_link_refutes_nothing():
    link = convergence(PIERS, FERRIES_4, 0.5, "reject")
    assert standing(claims(FERRIES, COURTS, links=[link]), "T-Ferries") == ALONE


@pytest.mark.parametrize(("verdict", "refuted"), [("", True), ("confirm", True), ("reject", False)])
def test_a_cluster_refutes_unless_it_was_rejected(verdict, refuted):
    made = claims(
        FERRIES, COURTS, clusters=[cluster("Embarking", FERRIES_4, PIERS, verdict=verdict)]
    )
    assert (("only", "the UPR") not in standing(made, "T-Ferries")) is refuted


def test_a_record_without_a_year_refutes_that_its_body_was_first():
    undated = replace(FERRIES_3, cycle="", year=None, date="")
    made = claims(FERRIES, COURTS, records=[*EVERYTHING, undated])
    assert ("new", "UPR cycle 4") not in standing(made, "T-Ferries")


def test_a_gap_stands_until_a_state_speaks_of_it():
    piers = theme("Piers", PIERS)
    assert ("no UPR", "the UPR") in standing(claims(piers, COURTS), "T-Piers")
    spoken = upr("110.3", "4", "Light the piers", ("FRA",), "noted")
    made = claims(piers, COURTS, records=[*EVERYTHING, spoken])
    assert standing(made, "T-Piers") == set()


def test_one_theme_in_two_cycles_does_not_keep_coming_back_unless_a_measure_does():
    made = claims(COURTS)
    assert not [c for c in made.of("T-Courts") if c.kind == "returning"]
    again = [cluster("Shorten proceedings", COURTS_4, COURTS_3)]
    assert ("returning", "UPR in cycles 3 and 4") in standing(
        claims(COURTS, clusters=again), "T-Courts"
    )
    asked = [cluster("Shorten proceedings", COURTS_4, COURTS_3, band="ask")]
    assert not claims(COURTS, clusters=asked).of("T-Courts")
    linked = convergence(COURTS_3, COURTS_4, 0.9)
    assert claims(COURTS, links=[linked]).of("T-Courts")[0].evidence == (COURTS_3.id, COURTS_4.id)


def test_leaving_records_out_of_a_document_makes_no_claim_true():
    earlier = replace(COURTS, members=(Member(FERRIES_3.id, 0.5), *COURTS.members))
    source = made_up(
        xray=Xray("XVM", (FERRIES, earlier)), records=[*EVERYTHING, FERRIES_3], convergences=[],
        clusters=(), sdg=[],
    )  # fmt: skip
    shown = picture(source, Options(cycles=("4",), mechanisms=("UPR",)))
    assert TITLES["new"] not in shown.claimed()


def _contrary(claim, source):
    """Yield every record that contradicts a claim: by its words, and by a link of any strength."""
    records = {r.id: r for r in source.records}
    own = {m.record_id for t in source.xray if t.theme_id == claim.about for m in t.members}
    own |= {r.id for c in source.clusters if c.cluster_id == claim.about for r in c.records}
    near = {
        end
        for item in source.convergences
        for end in (item.link.left_id, item.link.right_id)
        if own & {item.link.left_id, item.link.right_id}
    }
    first = {round_of(records[key]) for key in claim.evidence}
    for key in near | own:
        record = records[key]
        if claim.kind == "new" and any(
            round_of(record).body == one.body and round_of(record).number < one.number
            for one in first
        ):
            yield record
        if claim.kind == "no UPR" and record.is_cyclic:
            yield record
        if claim.kind == "only" and record.raised_by != records[claim.evidence[0]].raised_by:
            yield record


def test_no_record_of_the_demonstration_contradicts_a_claim(demo):
    with Linker.open(demo[0]) as linker:
        source = linker.documents.source()
        made = Claims(source)
        found = [c for held in (made.themes, made.clusters) for several in held.values()
                 for c in several if c.stands]  # fmt: skip
        assert {"returning"} <= {c.kind for c in found}
        records = {r.id: r for r in source.records}
        for claim in found:
            assert claim.evidence, claim
            assert SCOPE in claim.sentence, claim
            assert list(_contrary(claim, source)) == [], claim
            if claim.kind == "returning":
                assert len({round_of(records[key]) for key in claim.evidence}) > 1, claim


def test_every_sentence_that_the_xray_prints_is_a_claim_that_stands(demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        source = linker.documents.source()
        labels = {t.label: t.theme_id for t in source.xray}
    made = Claims(source)
    write("xray", tmp_path / "xray.docx", source)
    lines = _claimed_lines(tmp_path / "xray.docx")
    assert lines
    for kind, said, themes in lines:
        for label in themes:
            assert (kind, said) in {(c.kind, c.said.casefold()) for c in made.of(labels[label])}


def _claimed_lines(path):
    import docx

    kinds, kind, lines = {title: kind for kind, title in TITLES.items()}, "", []
    for paragraph in docx.Document(str(path)).paragraphs:
        if paragraph.style.name.startswith("Heading"):
            kind = kinds.get(paragraph.text, "")
        elif kind:
            said, _, themes = paragraph.text.rstrip(".").partition(": ")
            lines.append((kind, said.casefold(), themes.split(" · ")))
    return lines


def test_general_words_of_a_label_refute_nothing():
    rights = theme("Access to human rights", FERRIES_4)
    assert standing(claims(rights, COURTS), rights.theme_id) == ALONE
