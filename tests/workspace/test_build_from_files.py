"""A build goes by the vocabularies as they are, and stores its links under their digest."""

import csv

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.convergence.convergence import ConvergenceLinker
from linker.errors import NotFound
from linker.reading.document_frequencies import Background, background
from linker.records.record import Record
from linker.vocabulary.files import refresh, vocabulary_file
from linker.workspace import building
from linker.workspace.workspace import Linker

CONCEPT = "\nmy office:\n  education as such: [education]\n"
PAIRS = (
    ("Train teachers in patience and pay for their education", "Offer civic education to voters"),
    ("Include sex education in all timetables", "Provide vocational education for prisoners"),
    ("Make evening education free for girls", "Promote education of older men in the villages"),
    ("Support education about rivers in towns", "Ensure education for people who sought asylum"),
)


def add_concept():
    path = vocabulary_file("concepts.yaml")
    path.write_text(path.read_text(encoding="utf-8") + CONCEPT, encoding="utf-8")


def records(pair):
    for mechanism, body, text in zip(("UPR", "TB"), ("UPR", "CRC"), pair, strict=True):
        symbol = f"{body}/MADE/UP"
        yield Record(
            id=f"{body}-1", state="KEN", mechanism=mechanism, body=body, symbol=symbol, text=text
        )


@pytest.fixture
def workspace(own_home, encoder, tmp_path):
    """A workspace of four loosely related pairs and a record of another State."""
    table = tmp_path / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "state", "mechanism", "body", "symbol", "text"))
        for number, (upr, tb) in enumerate(PAIRS):
            rows.writerow((f"u{number}", "KEN", "UPR", "UPR", "A/HRC/1/1", upr))
            rows.writerow((f"t{number}", "KEN", "TB", "CRC", f"CRC/C/KEN/CO/{number}", tb))
        rows.writerow(("n1", "NPL", "UPR", "UPR", "A/HRC/1/2", "Ratify the treaty on rivers"))
    with Linker.open(tmp_path / "w", create=True, encoder=encoder) as linker:
        linker.add([table])
        linker.build()
        yield linker


def related(linker, number=0):
    links = linker.store.convergences("KEN")
    pair = {f"u{number}", f"t{number}"}
    return next(link.probability_related for link in links if {link.left_id, link.right_id} == pair)


def explained(linker, number=0):
    links = linker.store.convergences("KEN")
    pair = {f"u{number}", f"t{number}"}
    link = next(link for link in links if {link.left_id, link.right_id} == pair)
    left, right = linker.store.record(link.left_id), linker.store.record(link.right_id)
    return ConvergenceLinker(linker.encoder).score(left, right).probability_related


def test_a_vocabulary_edited_in_a_running_process_is_used_by_the_next_build(workspace):
    before = related(workspace)
    assert workspace.build().up_to_date == ("KEN", "NPL")
    add_concept()
    report = workspace.build()
    assert [made.state for made in report.built] == ["KEN", "NPL"]
    assert report.uncounted == ("education as such",)
    assert related(workspace) > before
    assert related(workspace) == pytest.approx(explained(workspace), abs=1e-6)
    assert workspace.build().up_to_date == ("KEN", "NPL")


def test_words_that_change_during_a_build_are_those_it_stores(workspace):
    changed = []

    def change(stage, done, total):
        if not changed and stage == "KEN: convergences":
            changed.append(stage)
            add_concept()
            refresh()

    before = related(workspace)
    workspace.build(change, states=["KEN"], anew=True)
    assert changed
    assert related(workspace) > before
    assert related(workspace) == pytest.approx(explained(workspace), abs=1e-6)
    assert workspace.build(states=["KEN"]).up_to_date == ("KEN",)


def test_a_new_concept_is_no_rarer_than_the_median_until_it_is_counted(workspace, encoder):
    """Taken for the rarest of all, it lifted such pairs from 0.2 to 0.7 (house finding D2)."""

    def scores():
        return [
            ConvergenceLinker(encoder).score(*records(pair)).probability_related for pair in PAIRS
        ]

    before = scores()
    add_concept()
    refresh()
    shipped = [background().rarity(key) for key in background().counts if key.startswith("c:")]
    assert min(shipped) < background().rarity("c:education as such") < max(shipped)
    median = scores()
    result = CliRunner().invoke(main, ["-w", str(workspace.folder), "vocabulary", "count"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[1] == "concepts,education as such,8,9"
    refresh()
    counted = scores()
    assert background().rarity("c:education as such") < 5.25
    for one, two, three in zip(before, median, counted, strict=True):
        assert one < three < two < one + 0.25
    assert "No background count" not in str(workspace.build().uncounted)


def test_a_count_of_many_texts_outweighs_the_median():
    from linker.reading.own_counts import Counted

    counts = {"c:rare": 9, "c:usual": 99, "c:common": 999}
    few = Background(10_000, counts, [Counted("concepts", "new", 5, 10)])
    many = Background(10_000, counts, [Counted("concepts", "new", 50_000, 100_000)])
    assert few.rarity("c:new") == pytest.approx(4.2, abs=0.1)
    assert many.rarity("c:new") == pytest.approx(0.7, abs=0.1)
    assert few.rarity("c:unknown") == few.rarity("c:usual")
    assert few.rarity("w:unknown") > few.rarity("c:rare")


def test_one_state_is_built_anew_on_request(workspace, monkeypatch):
    run = CliRunner().invoke
    of = ["-w", str(workspace.folder), "build"]
    assert run(main, [*of, "--state", "Kenya"]).output == "Nothing had changed for: KEN.\n"
    made = run(main, [*of, "--state", "NPL", "--anew"]).output
    assert made.startswith("Nepal: 1 records")
    assert "Kenya" not in made
    assert run(main, [*of, "--state", "CHL"]).exit_code == 2
    with pytest.raises(NotFound, match="CHL: no records"):
        workspace.build(states=["CHL"])
    monkeypatch.setattr(building, "ENGINE", building.ENGINE + 1)
    assert len(workspace.build().built) == 2
